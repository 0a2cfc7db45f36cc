import { i as sideDatabases, t as COMMENTED_QUERY } from "./side-database.js";
import { r as propertiesQuery } from "./database-properties.js";
import { a as withLock, c as MAINTENANCE_DATABASE, d as takeLock, i as refuseServer, p as FACTS_QUERY, s as LOCK_IN_PRODUCTION, u as lockedTrouble } from "./run.js";
// src/operations/restore/on-server.ts
/** Given the settings, do `work` on the deployment's server, under the lock. */
function withServer(settings, effects, work) {
	return withLock("restore", settings, effects, {
		openBeside: async ({ deployment: { database }, open, tryLogin }) => {
			await tryLogin(database.owner, MAINTENANCE_DATABASE);
			return open;
		},
		work: async (locked, open) => {
			const { maintenance, deployment, journal } = locked;
			const { database } = deployment;
			const [facts, production, commented] = await maintenance.values([
				FACTS_QUERY,
				propertiesQuery(database.name),
				COMMENTED_QUERY
			]);
			const readAt = journal.elapsed();
			refuseServer(facts, deployment);
			const onProduction = production === null ? void 0 : await open(database.admin, database.name);
			if (onProduction) await takeLockIn(onProduction);
			return work({
				...locked,
				session: maintenance,
				facts,
				readAt,
				production,
				beside: sideDatabases(commented, database.name),
				leaveProduction: () => onProduction?.close(),
				...onProduction && { onProduction }
			});
		}
	});
}
async function takeLockIn(production) {
	if (!await production.value(takeLock(LOCK_IN_PRODUCTION))) throw await lockedTrouble(production, LOCK_IN_PRODUCTION);
}
export { withServer as t };
