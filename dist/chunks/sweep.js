import "./rolldown-runtime.js";
import { B as literal, E as APPLICATION, L as removeTrees, h as commentOnDatabase, p as removeContainers, v as dropDatabase } from "./discover.js";
import { o as inContainer, s as inThrowaway } from "./shell.js";
import { a as withRun, c as holdsLock } from "./run.js";
import { t as counted } from "./count.js";
import { c as literal$1, d as object, f as optional, i as boolean, l as nullable, m as string, o as discriminatedUnion, t as datetime } from "./mini.js";
import { a as forgottenQuery, i as dropThrowaway, r as drop, t as RESTORE_LIST } from "./throwaway.js";
// src/operations/filestore/container.ts
/** Where a throwaway container keeps what goes with it. */
const WORK = "/tmp/openspp-backup";
/** Given a deployment, return the label of its throwaway containers, by which one that a dead run left is found. */
function labelOf({ project }) {
	return `${APPLICATION}=${project}`;
}
/**
* Given a deployment, what a command may do and the command, return it in a container of its own: with the volumes where the
* deployment's containers have them, whether these run or not, and the backup container's way to the database. It is
* root, because the files belong to whom Odoo runs as, and leaves no log on the host.
*/
function besideBackups(site, { backups, filestore }, command) {
	const { container, image } = site.backups;
	const volumesOf = (name, may) => `--volumes-from=${name}${may === "read" ? ":ro" : ""}`;
	const options = [
		...[
			"--user=0:0",
			"--log-driver=none",
			`--label=${labelOf(site)}`
		],
		`--network=container:${container}`,
		volumesOf(container, backups),
		...filestore ? [volumesOf(filestore.at.container, filestore.may)] : []
	];
	return inThrowaway(image, command, { options });
}
// src/backups/side-database.ts
/** Databases that a restore makes beside production: their names, and the comments by which they are known to be ours. */
/** What a database of ours is, as its comment says it. */
const schema = discriminatedUnion("is", [
	object({
		is: literal$1("incoming"),
		of: string(),
		backup: string(),
		since: datetime(),
		/** The production database was dropped for it (`strategy: replace`), and this names the backup taken before. */
		replaces: optional(nullable(string()))
	}),
	object({
		is: literal$1("former"),
		of: string(),
		backup: string(),
		since: datetime(),
		until: datetime(),
		/** False until the services were seen to be healthy on the new one. */
		confirmed: boolean(),
		/** It was itself restored, and an undo took it back. */
		undone: optional(boolean())
	}),
	object({
		is: literal$1("copy"),
		of: string(),
		backup: string(),
		since: datetime(),
		until: datetime()
	})
]);
const PREFIX = "openspp-backup: ";
/** Given a mark, return the comment that carries it: a sentence for people, then the same for machines. */
function commentOf(mark) {
	return `${PREFIX}${sentenceOf(mark)} ${JSON.stringify(mark)}`;
}
function sentenceOf(mark) {
	switch (mark.is) {
		case "incoming": return `${mark.backup} on its way into ${mark.of}; the next run drops it if the restore is over.`;
		case "former": return `${mark.of} as it was before ${mark.undone ? "undoing " : ""}the restore of ${mark.backup}; kept until ${mark.until.slice(0, 10)}.`;
		case "copy": return `${mark.backup} of ${mark.of}, to look at; kept until ${mark.until.slice(0, 10)}.`;
	}
}
/** Given a database's comment, return our mark in it, or undefined when it is somebody else's. */
function parseMark(comment) {
	const text = comment?.startsWith(PREFIX) ? /\{.*\}$/s.exec(comment)?.[0] : void 0;
	if (text === void 0) return void 0;
	try {
		return schema.safeParse(JSON.parse(text)).data;
	} catch {
		return;
	}
}
/** SQL that answers every database with a comment that may be a mark of ours. One row, one JSON value. */
const COMMENTED_QUERY = `
SELECT coalesce(json_agg(json_build_object('name', d.datname, 'comment', shobj_description(d.oid, 'pg_database'),
  'bytes', pg_database_size(d.oid)) ORDER BY d.datname), '[]') AS commented
FROM pg_database d WHERE shobj_description(d.oid, 'pg_database') LIKE '${PREFIX}%}'`;
/** Given what COMMENTED_QUERY answered and the production database, return the databases beside it that are ours. */
function sideDatabases(commented, production) {
	return commented.flatMap(({ name, comment, bytes }) => {
		const mark = parseMark(comment);
		return mark?.of === production && name !== production ? [{
			name,
			mark,
			bytes
		}] : [];
	});
}
/** PostgreSQL cuts longer names off silently (NAMEDATALEN - 1). */
const LONGEST_NAME = 63;
/** Given the production database, what a database beside it is for and a stamp, return its name. */
function sideName(production, purpose, stamp) {
	const suffix = `_${purpose}_${stamp}`;
	let stem = production;
	while (Buffer.byteLength(stem + suffix) > LONGEST_NAME) stem = stem.replace(/.$/su, "");
	return stem + suffix;
}
// src/operations/restore/settle.ts
/** Given a run that holds the lock, return the databases beside production that restores made. */
async function databasesBeside({ maintenance, deployment }) {
	return sideDatabases(await maintenance.value(COMMENTED_QUERY), deployment.database.name);
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
async function dropIncoming({ maintenance }, name, { of, backup }) {
	await maintenance.batch([dropDatabase(name)]);
	return `A restore of ${backup} did not end: it had not taken the place of ${of}. Dropped ${name}.`;
}
async function confirm({ maintenance, deployment, settings }, name, mark) {
	const { of, backup, until } = mark;
	const happened = `The restore of ${backup} was cut off after it had taken the place of ${of}`;
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
export { sideDatabases as a, besideBackups as c, commentOf as i, sweep as n, sideName as o, COMMENTED_QUERY as r, WORK as s, removeLeftovers as t };
