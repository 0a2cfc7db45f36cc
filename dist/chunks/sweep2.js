import "./rolldown-runtime.js";
import { E as APPLICATION, R as removeTrees, V as literal, p as removeContainers } from "./discover.js";
import { s as inContainer } from "./shell.js";
import { a as withRun, c as holdsLock } from "./run.js";
import { t as counted } from "./count.js";
import { _ as labelOf, n as settleRestores } from "./settle.js";
import { a as forgottenQuery, i as dropThrowaway, r as drop, t as RESTORE_LIST } from "./throwaway.js";
// src/operations/sweep.ts
/** Given the settings, remove what runs of ours left on the deployment; return a sentence for each thing removed. */
async function sweep(settings, effects) {
	return withRun("sweep", settings, effects, async (run) => [...await removeLeftovers(run), ...await dropThrowaway(run, settings.drill.throwawayDatabase)]);
}
/**
* Given a run that holds the lock, so that no other one of ours is alive, end the sessions, drop the databases
* and remove the partial files that a dead one left; return a sentence for each thing removed.
*/
async function removeLeftovers(run) {
	const { listing, deployment, journal, session, host, signal } = run;
	const [[ended, forgotten]] = await Promise.all([session.values([endStraySessions(deployment.database.name), forgottenQuery(run)]), host.run(removeContainers(labelOf(deployment)), { signal })]);
	if (listing.partials.length > 0) {
		const files = [...listing.partials, RESTORE_LIST];
		await host.run(inContainer(deployment.backups.container, removeTrees(files)), { signal });
	}
	const removed = [...Number(ended) > 0 ? [`Ended ${counted(Number(ended), "session")} of a run that died.`] : [], ...listing.partials.map((path) => `Removed ${path}, which an unfinished run left.`)];
	for (const sentence of removed) journal.log.info(sentence);
	return [
		...await settleRestores(run),
		...removed,
		...await drop(run, forgotten)
	];
}
const endStraySessions = (production) => `
SELECT count(pg_terminate_backend(a.pid, 5000))::text AS ended FROM pg_stat_activity a
WHERE a.application_name LIKE ${literal(`${APPLICATION} %`)} AND a.datname = ${literal(production)}
  AND a.pid <> pg_backend_pid() AND NOT ${holdsLock("a.pid")}`;
export { sweep as n, removeLeftovers as t };
