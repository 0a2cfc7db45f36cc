import { C as FACTS_QUERY, l as serverState, t as refuseServer } from "./refuse-server.js";
import { i as MAINTENANCE_DATABASE, r as withLock } from "./locked.js";
// src/operations/restore/server-run.ts
/** Does `work` on the deployment's server, under the lock. */
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
/** The run, knowing what is on its server after it changed that. */
async function reloadServerState(run) {
	const { placeholder: _, ...rest } = run;
	return {
		...rest,
		...await serverState(run)
	};
}
export { withServer as n, reloadServerState as t };
