import { i as sideDatabases, t as COMMENTED_QUERY } from "./side-database.js";
import { r as propertiesQuery } from "./database-properties.js";
import { i as refuseServer, s as FACTS_QUERY } from "./settle.js";
import { a as MAINTENANCE_DATABASE, r as withLock } from "./locked.js";
// src/operations/restore/on-server.ts
/** Given the settings, do `work` on the deployment's server, under the lock. */
function withServer(settings, effects, work) {
	return withLock("restore", settings, effects, {
		openBeside: async ({ deployment: { database }, sessions }) => {
			await sessions.tryLogin(database.owner, MAINTENANCE_DATABASE);
			return sessions;
		},
		work: async (locked, sessions) => {
			const { maintenance, deployment, journal } = locked;
			const { database } = deployment;
			const [facts, production, commented] = await maintenance.values([
				FACTS_QUERY,
				propertiesQuery(database.name),
				COMMENTED_QUERY
			]);
			const readAt = journal.elapsed();
			refuseServer(facts, deployment);
			return work({
				...locked,
				sessions,
				session: maintenance,
				facts,
				readAt,
				production,
				beside: sideDatabases(commented, database.name)
			});
		}
	});
}
export { withServer as t };
