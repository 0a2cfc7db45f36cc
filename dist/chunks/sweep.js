import "./rolldown-runtime.js";
import { B as literal, R as removeTrees, T as APPLICATION, a as withRun, f as holdsLock, g as commentOnDatabase, h as UNMARKED_SUFFIX, k as ServerError, l as removeContainers, v as createMarkedStatements, y as dropDatabase, z as identifier } from "./run.js";
import { o as inContainer, s as inThrowaway } from "./shell.js";
import { t as counted } from "./count.js";
import { c as literal$1, d as object, f as optional, i as boolean, l as nullable, m as string, o as discriminatedUnion, t as datetime } from "./mini.js";
import { a as UserMistake, n as Failed } from "./failure.js";
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
// src/operations/create-database.ts
/** Given a session and what to create, create the database, mark it, and only then give it its name. */
async function createMarked(session, database) {
	const [create, ...rest] = createMarkedStatements(database);
	await session.batch([create]).catch((error) => {
		throw error instanceof ServerError ? notCreated(database.name, error) : error;
	});
	await session.batch(rest);
}
function notCreated(name, error) {
	return new Failed({
		what: `The database \`${name}\` could not be created.`,
		why: error.explanation.why,
		state: "Nothing was restored.",
		next: "See to the disk space of the `db` service, and that its server knows the locale that the backup's database had."
	}, { cause: error });
}
// src/operations/throwaway.ts
/**
* The comments by which a database is known to be ours to drop. Nothing without one is ever dropped. They name
* the production database, since deployments that share a server do not share a lock.
*/
const markOf = (production) => `${APPLICATION}: throwaway database of a restore drill of ${production}; the next run drops it`;
const keptMarkOf = (production) => `${APPLICATION}: kept after a restore drill of ${production}, as asked; the next drill drops it`;
/** Where the backup container keeps the list of what is restored, while it is restored. */
const RESTORE_LIST = "/tmp/openspp-backup.list";
/** Settings that only speed up a database which nobody needs after a crash. */
const THROWAWAY_SETTINGS = {
	synchronous_commit: "off",
	maintenance_work_mem: "256MB",
	max_parallel_maintenance_workers: "0",
	jit: "off"
};
/**
* Given a run, a name and a source's locale, create the throwaway database, owned by the data's owner, and mark it.
*/
async function createThrowaway(run, name, locale) {
	const { session, deployment } = run;
	await createMarked(session, {
		name,
		owner: deployment.database.owner.name,
		locale,
		comment: markOf(deployment.database.name),
		finish: (unmarked) => Object.entries(THROWAWAY_SETTINGS).map(([setting, value]) => `ALTER DATABASE ${identifier(unmarked)} SET ${setting} = ${literal(value)}`)
	});
}
/** Given a run and its throwaway database, mark it as one to keep until the next drill. */
async function keepThrowaway({ session, deployment }, name) {
	await session.batch([commentOnDatabase(name, keptMarkOf(deployment.database.name))]);
}
/**
* Given a run and the name of a throwaway database, drop it if it is ours, a kept one too; return a sentence if
* there was one. Throws UserMistake when it is not ours, or somebody works in it.
*/
async function dropThrowaway(run, name) {
	const production = run.deployment.database.name;
	const found = await run.session.value(findQuery(`d.datname = ${literal(name)}`));
	for (const database of found) refuseForeign(database, [markOf(production), keptMarkOf(production)]);
	return drop(run, found);
}
/** SQL that finds the databases of drills that died, whatever their names, but for one in which somebody works. */
function forgottenQuery({ deployment }) {
	return findQuery(`(${`shobj_description(d.oid, 'pg_database') = ${literal(markOf(deployment.database.name))}`} OR ${`right(d.datname, ${UNMARKED_SUFFIX.length}) = ${literal(UNMARKED_SUFFIX)}`}) AND d.datname <> ${literal(deployment.database.name)} AND ${FOREIGN_SESSIONS} = 0`);
}
/** Given databases that were found to be ours, drop them; return a sentence for each. */
async function drop({ session, journal }, databases) {
	const dropped = [];
	for (const { name } of databases) {
		await session.batch([dropDatabase(name)]);
		dropped.push(`Dropped the throwaway database ${name}.`);
	}
	for (const sentence of dropped) journal.log.info(sentence);
	return dropped;
}
const FOREIGN_SESSIONS = `(SELECT count(*) FROM pg_stat_activity a WHERE a.datid = d.oid
    AND a.backend_type = 'client backend' AND a.application_name NOT LIKE ${literal(`${APPLICATION} %`)})`;
/** SQL that answers the databases for which `condition`, SQL of ours on pg_database `d`, is true. */
function findQuery(condition) {
	return `
SELECT coalesce(json_agg(json_build_object('name', d.datname, 'comment', shobj_description(d.oid, 'pg_database'),
  'foreignSessions', ${FOREIGN_SESSIONS})), '[]') AS found
FROM pg_database d WHERE ${condition}`;
}
function refuseForeign({ name, comment, foreignSessions }, marks) {
	if (comment === null || !marks.includes(comment)) throw new UserMistake({
		what: `A database \`${name}\` exists already, and it is not ours.`,
		why: "It does not carry the comment by which this project marks its throwaway databases.",
		next: "Choose another name with `throwaway-database`, or drop it yourself if nobody needs it."
	});
	if (foreignSessions > 0) throw new UserMistake({
		what: `Somebody is working in the throwaway database \`${name}\` (${counted(foreignSessions, "session")}).`,
		next: "Ask them to disconnect; the next drill drops it."
	});
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
export { dropThrowaway as a, COMMENTED_QUERY as c, sideName as d, WORK as f, createThrowaway as i, commentOf as l, sweep as n, keepThrowaway as o, besideBackups as p, RESTORE_LIST as r, createMarked as s, removeLeftovers as t, sideDatabases as u };
