import { C as FACTS_QUERY, l as serverState, t as refuseServer } from "./refuse-server.js";
import { i as MAINTENANCE_DATABASE, r as withLock } from "./locked.js";
// src/operations/restore/server-run.ts
/** Holds the lock while `work` runs. */
function withServer(settings, effects, work) {
	return withLock("restore", settings, effects, {
		openSessions: async ({ deployment: { database }, sessions }) => {
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
				...state,
				sessions,
				session: maintenance,
				facts,
				readAt
			});
		}
	});
}
/** For after the run changed what is on the server. */
async function reloadServerState(run) {
	const { placeholder: _, ...rest } = run;
	return {
		...rest,
		...await serverState(run)
	};
}
export { withServer as n, reloadServerState as t };
