import { S as FACTS_QUERY, m as serverState, t as refuseServer } from "./refuse-server.js";
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
			const [facts, state] = await Promise.all([maintenance.value(FACTS_QUERY), serverState(locked)]);
			const readAt = journal.elapsed();
			refuseServer(facts, deployment);
			return work({
				...locked,
				sessions,
				session: maintenance,
				facts,
				readAt,
				...state
			});
		}
	});
}
/** Given a run that has changed what stands on its server, return it knowing that. */
async function lookAgain(run) {
	const { vacancy: _, ...rest } = run;
	return {
		...rest,
		...await serverState(run)
	};
}
export { withServer as n, lookAgain as t };
