import { i as sideDatabases, n as commentOf, t as COMMENTED_QUERY } from "./side-database.js";
import { h as commentOnDatabase, v as dropDatabase } from "./discover.js";
import { t as CommandFailed } from "./command-failed.js";
import { i as removeFolders, t as exchangeFilestores } from "./restore.js";
// src/operations/restore/settle.ts
/** Given a run that holds the lock, return the databases beside production that restores made. */
async function databasesBeside({ maintenance, deployment }) {
	const commented = await maintenance.value(COMMENTED_QUERY);
	return sideDatabases(commented, deployment.database.name);
}
/**
* Given a run that holds the lock, so that no restore is going on, settle those that were interrupted: one that had not
* taken production's place is undone, one that had is confirmed once the services are healthy. Returns a sentence for each.
*/
async function settleRestores(run) {
	const { journal } = run;
	const sentences = [];
	for (const { name, mark } of await databasesBeside(run)) {
		if (mark.is === "incoming") sentences.push(await dropIncoming(run, name, mark));
		if (mark.is === "former" && !mark.confirmed) sentences.push(await confirm(run, name, mark));
	}
	for (const sentence of sentences) journal.log.warning(sentence);
	return sentences;
}
async function dropIncoming(run, name, { of, backup, filestore }) {
	if (filestore) await removeFolders(run, [filestore]);
	await run.maintenance.batch([dropDatabase(name)]);
	return `A restore of ${backup} did not end: it had not taken the place of ${of}. Dropped ${name}.`;
}
async function confirm(run, name, mark) {
	const { maintenance, deployment, settings } = run;
	const { of, backup, until } = mark;
	const happened = `The restore of ${backup} was cut off after it had taken the place of ${of}`;
	try {
		if (mark.filestore) await exchangeFilestores(run, mark.filestore);
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		return `${happened}, and its filestore could not: ${error.explanation.why}. Go back: openspp-backup restore --undo`;
	}
	const ill = notServing(deployment, settings.restore.services);
	if (ill.length > 0) return `${happened}, and ${ill.join(", ")}. Start them, or go back: openspp-backup restore --undo`;
	await maintenance.batch([commentOnDatabase(name, commentOf({
		...mark,
		confirmed: true
	}))]);
	return `${happened}. The services are healthy on it, so it stays; the former database is kept as ${name} until ${until.slice(0, 10)}.`;
}
/** Given a deployment and names of services, return in words which of them do not serve: those with a health check must be healthy. */
function notServing({ services }, names) {
	return services.filter(({ name, created }) => names.includes(name) && created !== void 0).filter(({ state }) => state !== "running" && state !== "running (healthy)").map(({ name, state }) => `${name} is ${state}`);
}
export { settleRestores as n, notServing as t };
