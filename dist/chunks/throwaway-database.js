import { a as UserMistake } from "./failure.js";
import { t as APPLICATION } from "./application.js";
import { t as counted } from "./count.js";
import { a as and, c as program } from "./shell.js";
import { _t as literal, g as commentOnDatabase, gt as identifier, m as UNMARKED_SUFFIX } from "./discover.js";
import { n as dropLeftover, r as tryDropLeftover } from "./drop-leftover.js";
import { t as createMarked } from "./create-database.js";
// src/commands/free-space.ts
/** Prints the space of a path's file system, in KiB. */
function freeSpace(path) {
	return program([
		"df",
		"-P",
		"-k",
		path
	]);
}
/** Makes a folder, and prints the space of its file system as `freeSpace` does. */
function makeFolder(folder) {
	return and(program([
		"mkdir",
		"-p",
		folder
	]), freeSpace(folder));
}
/** Free bytes, from output that ends with that of `freeSpace`. 0 where it holds no numbers. */
function freeBytesIn(output) {
	return (columnsIn(output)?.free ?? 0) * 1024;
}
/**
* The numbers in the last line of `df -P -k` (in KiB) or `df -P -i` (inodes): total, used, free
* (POSIX, "df"). They are between the device's name, which may hold spaces, and the percentage.
* Undefined without such a line.
*/
function columnsIn(output) {
	const line = output.trimEnd().split("\n").at(-1) ?? "";
	const [, total, free] = /\s(\d+)\s+\d+\s+(-?\d+)\s+\S+\s+\S+$/.exec(line) ?? [];
	return total === void 0 ? void 0 : {
		total: Number(total),
		free: Number(free)
	};
}
// src/operations/drill/throwaway-database.ts
/**
* The comments that say that this project may drop a database. A database without one is never dropped. They name the
* production database, since deployments that share a server do not share a lock.
*/
const throwawayMark = (production) => `${APPLICATION}: throwaway database of a restore drill of ${production}; the next run drops it`;
const keptThrowawayMark = (production) => `${APPLICATION}: kept after a restore drill of ${production}, as asked; the next drill drops it`;
/** Path in the backup container. The list of what is restored is there during the restore. */
const RESTORE_LIST = "/tmp/openspp-backup.list";
/** They speed up the restore, and are safe only for a database that nobody needs after a crash. */
const THROWAWAY_SETTINGS = {
	synchronous_commit: "off",
	maintenance_work_mem: "256MB",
	max_parallel_maintenance_workers: "0",
	jit: "off"
};
/** `locale` is the source's. The database belongs to the data's owner and carries the mark. */
async function createThrowaway(run, name, locale) {
	const { session, deployment } = run;
	await createMarked(session, {
		name,
		owner: deployment.database.owner.name,
		locale,
		comment: throwawayMark(deployment.database.name),
		finish: (unmarked) => Object.entries(THROWAWAY_SETTINGS).map(([setting, value]) => `ALTER DATABASE ${identifier(unmarked)} SET ${setting} = ${literal(value)}`)
	});
}
/** The next drill drops it. */
async function keepThrowaway({ session, deployment }, name) {
	await session.batch([commentOnDatabase(name, keptThrowawayMark(deployment.database.name))]);
}
/**
* Drops the database with this name if it carries a mark of this project, also a kept one. Returns a sentence if there was
* one. Throws UserMistake when it carries no mark, or somebody works in it; NotDropped when something else keeps it.
*/
async function dropThrowaway(run, name) {
	const production = run.deployment.database.name;
	const found = await run.session.value(findQuery(`d.datname = ${literal(name)}`));
	for (const database of found) refuseForeign(database, [throwawayMark(production), keptThrowawayMark(production)]);
	for (const { name } of found) await dropLeftover(run, name);
	return tellDropped(run, found);
}
/** SQL that finds the databases of dead drills, whatever their names. One in which somebody works is left out. */
function deadThrowawaysQuery({ deployment }) {
	return findQuery(`(${`shobj_description(d.oid, 'pg_database') = ${literal(throwawayMark(deployment.database.name))}`} OR ${`right(d.datname, ${UNMARKED_SUFFIX.length}) = ${literal(UNMARKED_SUFFIX)}`}) AND d.datname <> ${literal(deployment.database.name)} AND ${FOREIGN_SESSIONS} = 0`);
}
/**
* The caller has made sure that they carry a mark. Returns a sentence for each that was dropped. What keeps one is a warning:
* it stops no backup.
*/
async function dropFound(run, databases) {
	const dropped = [];
	for (const database of databases) if (await tryDropLeftover(run, database.name)) dropped.push(database);
	return tellDropped(run, dropped);
}
function tellDropped({ journal }, databases) {
	const sentences = databases.map(({ name }) => `Dropped the throwaway database ${name}.`);
	for (const sentence of sentences) journal.log.info(sentence);
	return sentences;
}
const FOREIGN_SESSIONS = `(SELECT count(*) FROM pg_stat_activity a WHERE a.datid = d.oid
    AND a.backend_type = 'client backend' AND a.application_name NOT LIKE ${literal(`${APPLICATION} %`)})`;
/** `condition` is SQL on pg_database `d`; it is not escaped. */
function findQuery(condition) {
	return `
SELECT coalesce(json_agg(json_build_object('name', d.datname, 'comment', shobj_description(d.oid, 'pg_database'),
  'foreignSessions', ${FOREIGN_SESSIONS})), '[]') AS found
FROM pg_database d WHERE ${condition}`;
}
function refuseForeign({ name, comment, foreignSessions }, marks) {
	if (comment === null || !marks.includes(comment)) throw new UserMistake({
		what: `A database \`${name}\` exists already, and it is not ours.`,
		why: "It does not have the comment that this project gives its throwaway databases.",
		next: "Choose another name with `throwaway-database`, or drop it yourself if nobody needs it."
	});
	if (foreignSessions > 0) throw new UserMistake({
		what: `Somebody is working in the throwaway database \`${name}\` (${counted(foreignSessions, "session")}).`,
		next: "Ask them to disconnect; the next drill drops it."
	});
}
export { dropThrowaway as a, columnsIn as c, makeFolder as d, dropFound as i, freeBytesIn as l, createThrowaway as n, keepThrowaway as o, deadThrowawaysQuery as r, throwawayMark as s, RESTORE_LIST as t, freeSpace as u };
