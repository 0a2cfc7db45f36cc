import "./rolldown-runtime.js";
import { E as literal, c as forgottenQuery, i as RESTORE_LIST, o as drop, r as withRun, s as dropThrowaway, u as APPLICATION, w as removeFiles } from "./run.js";
import { a as inContainer } from "./shell.js";
import { t as counted } from "./count.js";
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
	const [ended, forgotten] = await session.values([END_STRAY_SESSIONS, forgottenQuery(run)]);
	if (listing.partials.length > 0) {
		const files = [...listing.partials, RESTORE_LIST];
		await host.run(inContainer(deployment.backups.container, removeFiles(files)), { signal });
	}
	const removed = [...Number(ended) > 0 ? [`Ended ${counted(Number(ended), "session")} of a run that died.`] : [], ...listing.partials.map((path) => `Removed ${path}, which an unfinished run left.`)];
	for (const sentence of removed) journal.log.info(sentence);
	return [...removed, ...await drop(run, forgotten)];
}
const END_STRAY_SESSIONS = `
SELECT count(pg_terminate_backend(pid, 5000))::text AS ended FROM pg_stat_activity
WHERE application_name LIKE ${literal(`${APPLICATION} %`)} AND datname = current_database() AND pid <> pg_backend_pid()`;
export { sweep as n, removeLeftovers as t };
