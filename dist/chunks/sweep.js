import "./rolldown-runtime.js";
import { d as literal, r as withRun, t as APPLICATION, u as identifier, y as removeFiles } from "./run.js";
import { a as inContainer } from "./shell.js";
import { t as counted } from "./count.js";
import { c as UserMistake } from "./secret.js";
// src/operations/throwaway.ts
/** The comment by which a database is known to be ours to drop. Nothing without it is ever dropped. */
const MARK = `${APPLICATION}: throwaway database of a restore drill; the next run drops it`;
/** A database carries this suffix until it carries the mark: one that died in between is ours by its name. */
const UNMARKED_SUFFIX = "__openspp_backup_new";
/** Where the backup container keeps the list of what is restored, while it is restored. */
const RESTORE_LIST = "/tmp/openspp-backup.list";
/** Settings that only speed up a database which nobody needs after a crash. */
const THROWAWAY_SETTINGS = {
	synchronous_commit: "off",
	maintenance_work_mem: "256MB",
	max_parallel_maintenance_workers: "0",
	wal_compression: "on",
	jit: "off"
};
/**
* Given a run and a source's locale, create the throwaway database, owned by the data's owner, and mark it.
* A database of ours with that name is dropped first. Throws UserMistake when the name is taken by one without
* our mark, or somebody works in it.
*/
async function createThrowaway(run, locale) {
	const { session, deployment, settings } = run;
	const name = settings.drill.throwawayDatabase;
	await dropThrowaways(run);
	const unmarked = identifier(unmarkedNameOf(name));
	await session.batch([`CREATE DATABASE ${unmarked} OWNER ${identifier(deployment.database.owner.name)} TEMPLATE template0 ${localeClause(locale)}`]);
	await session.batch([
		`COMMENT ON DATABASE ${unmarked} IS ${literal(MARK)}`,
		...Object.entries(THROWAWAY_SETTINGS).map(([setting, value]) => `ALTER DATABASE ${unmarked} SET ${setting} = ${literal(value)}`),
		`ALTER DATABASE ${unmarked} RENAME TO ${identifier(name)}`
	]);
}
/** As `CREATE DATABASE` takes what pg_database holds (PostgreSQL manual, "Locale Providers"). */
function localeClause({ encoding, provider, collate, ctype, locale, icuRules }) {
	const words = {
		b: "builtin",
		i: "icu",
		c: "libc"
	};
	const own = {
		b: "BUILTIN_LOCALE",
		i: "ICU_LOCALE"
	};
	return [
		`ENCODING ${literal(encoding)} LOCALE_PROVIDER ${words[provider] ?? "libc"}`,
		`LC_COLLATE ${literal(collate)} LC_CTYPE ${literal(ctype)}`,
		...locale !== null && own[provider] ? [`${own[provider]} ${literal(locale)}`] : [],
		...icuRules !== null ? [`ICU_RULES ${literal(icuRules)}`] : []
	].join(" ");
}
/** Given a run, drop the throwaway database if it is ours; return a sentence for each one dropped. */
async function dropThrowaways(run) {
	const { session, settings, journal } = run;
	const name = settings.drill.throwawayDatabase;
	const found = await session.value(findQuery(name));
	const dropped = [];
	for (const database of found) {
		refuseForeign(database, name);
		await session.batch([`DROP DATABASE ${identifier(database.name)} WITH (FORCE)`]);
		dropped.push(`Dropped the throwaway database ${database.name}.`);
	}
	for (const sentence of dropped) journal.log.info(sentence);
	return dropped;
}
function unmarkedNameOf(name) {
	return `${name.slice(0, 43)}${UNMARKED_SUFFIX}`;
}
function findQuery(name) {
	return `
SELECT coalesce(json_agg(json_build_object('name', d.datname, 'comment', shobj_description(d.oid, 'pg_database'),
  'foreignSessions', (SELECT count(*) FROM pg_stat_activity a WHERE a.datid = d.oid AND a.backend_type = 'client backend'
    AND a.application_name NOT LIKE ${literal(`${APPLICATION} %`)}))), '[]') AS found
FROM pg_database d WHERE d.datname IN (${literal(name)}, ${literal(unmarkedNameOf(name))})`;
}
function refuseForeign({ name, comment, foreignSessions }, wanted) {
	if (name === wanted && comment !== MARK) throw new UserMistake({
		what: `A database \`${name}\` exists already, and it is not ours.`,
		why: "It does not carry the comment by which this project marks its throwaway databases.",
		state: "Nothing was changed.",
		next: "Choose another name with `throwaway-database`, or drop it yourself if nobody needs it."
	});
	if (foreignSessions > 0) throw new UserMistake({
		what: `Somebody is working in the throwaway database \`${name}\` (${foreignSessions} sessions).`,
		state: "Nothing was changed.",
		next: "Ask them to disconnect; the next drill drops it."
	});
}
// src/operations/sweep.ts
/** Given the settings, remove what runs of ours left on the deployment; return a sentence for each thing removed. */
async function sweep(settings, effects) {
	return withRun("sweep", settings, effects, async (run) => [...await removeLeftovers(run), ...await dropThrowaways(run)]);
}
/**
* Given a run that holds the lock, so that no other one of ours is alive, end the sessions and remove the
* partial files that a dead one left; return a sentence for each thing removed.
*/
async function removeLeftovers(run) {
	const { listing, deployment, journal } = run;
	const ended = await endStraySessions(run);
	if (listing.partials.length > 0) {
		const files = [...listing.partials, RESTORE_LIST];
		await run.host.run(inContainer(deployment.backups.container, removeFiles(files)), { signal: run.signal });
	}
	const removed = [...ended > 0 ? [`Ended ${counted(ended, "session")} of a run that died.`] : [], ...listing.partials.map((path) => `Removed ${path}, which an unfinished run left.`)];
	for (const sentence of removed) journal.log.info(sentence);
	return removed;
}
async function endStraySessions({ session }) {
	return Number(await session.value(`
SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity
WHERE application_name LIKE ${literal(`${APPLICATION} %`)} AND pid <> pg_backend_pid()`));
}
export { dropThrowaways as a, createThrowaway as i, sweep as n, RESTORE_LIST as r, removeLeftovers as t };
