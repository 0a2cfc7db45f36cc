import { a as UserMistake } from "./failure.js";
import { a as passed, r as failed } from "./check.js";
import { t as CommandFailed } from "./command-failed.js";
import { g as dropDatabase, p as commentOnDatabase } from "./discover.js";
import { i as removeFolders, t as exchangeFilestores } from "./restore.js";
import { i as sideDatabases, n as commentOf, t as COMMENTED_QUERY } from "./side-database.js";
import { r as withLock } from "./locked.js";
// src/checks/server.ts
/** One row, one JSON value; in the order in which they were created, so that one can need another. */
const EXTENSIONS_QUERY = `
SELECT coalesce(json_agg(json_build_object('name', x.extname, 'version', x.extversion, 'schema', n.nspname) ORDER BY x.oid), '[]') AS extensions
FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace WHERE x.extname <> 'plpgsql'`;
/** One row, one JSON value. */
const FACTS_QUERY = `
SELECT json_build_object('version', current_setting('server_version'), 'number', current_setting('server_version_num')::int,
  'superuser', r.rolsuper, 'createsDatabases', r.rolcreatedb, 'encoding', pg_encoding_to_char(d.encoding),
  'provider', d.datlocprovider, 'collate', d.datcollate, 'ctype', d.datctype, 'locale', d.datlocale,
  'icuRules', d.daticurules, 'databaseBytes', pg_database_size(d.oid),
  'attachments', EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = to_regclass('public.ir_attachment') AND a.attname = 'store_fname'),
  'dataDirectory', CASE WHEN r.rolsuper THEN current_setting('data_directory') ELSE '' END,
  'extensions', (${EXTENSIONS_QUERY}),
  'installable', (SELECT coalesce(json_agg(v.name || ' ' || v.version), '[]') FROM pg_available_extension_versions v
    WHERE v.name IN (SELECT x.extname FROM pg_extension x)),
  'extensionRelations', (SELECT coalesce(json_agg(n.nspname || '.' || c.relname), '[]')
    FROM pg_depend p JOIN pg_class c ON c.oid = p.objid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE p.classid = 'pg_class'::regclass AND p.deptype = 'e'),
  'roles', (SELECT coalesce(json_agg(DISTINCT o.rolname), '[]') FROM pg_shdepend s JOIN pg_roles o ON o.oid = s.refobjid
    WHERE s.refclassid = 'pg_authid'::regclass AND s.dbid = d.oid),
  'now', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS facts
FROM pg_database d, pg_roles r WHERE d.datname = current_database() AND r.rolname = current_user`;
/**
* Given the extensions of the source and of the restored database, return whether they are the same versions. On a
* fresh server, whose image is built anew with each patch of PostGIS, the minor version counts.
*/
function compareExtensions(expected, restored, server = "the source's") {
	const found = new Map(restored.map(({ name, version }) => [name, version]));
	const others = expected.filter(({ name, version }) => found.get(name) !== version);
	const wrong = server === "fresh" ? others.filter(({ name, version }) => minorOf(found.get(name) ?? "") !== minorOf(version)) : others;
	const differing = (list) => list.map(({ name, version }) => `${name} is ${found.get(name) ?? "missing"} instead of ${version}`).join("; ");
	if (wrong.length > 0) return failed("extensions", `${differing(wrong)}.`, server === "fresh" ? "Name with `runner-image` an image that has the versions of the source; or give a server that has them." : "In production: ALTER EXTENSION … UPDATE, so that it runs the version that this server installs; then take a new backup.");
	if (others.length > 0) return passed("extensions", `Every extension is there; on this fresh server ${differing(others)}, of the same minor version.`);
	const list = expected.map(({ name, version }) => `${name} ${version}`).join(", ");
	return passed("extensions", `Every extension is there in the same version: ${list || "none"}.`);
}
/** `3.6` of 3.6.4. */
function minorOf(version) {
	return version.split(".").slice(0, 2).join(".");
}
// src/operations/run.ts
/** PostgreSQL 18 brought `pg_get_sequence_data`, by which sequences are proven; OpenSPP 2 deploys it. */
const OLDEST_SERVER = 18e4;
/** Given the verb, do `work` on a deployment that was discovered and locked for it; the lock is given back whatever happens. */
function withRun(verb, settings, effects, work) {
	return withLock(verb, settings, effects, {
		openBeside: async ({ deployment, sessions }) => {
			const { admin, owner, name } = deployment.database;
			const [production] = await Promise.all([sessions.open(admin, name).then((session) => readFacts(session, effects)), (verb === "drill" || verb === "cycle") && sessions.tryLogin(owner, name)]);
			return production;
		},
		work: async (locked, production) => {
			refuseServer(production.facts, locked.deployment);
			return work({
				...locked,
				...production
			});
		}
	});
}
async function readFacts(session, { journal }) {
	return {
		session,
		facts: await session.value(FACTS_QUERY),
		readAt: journal.elapsed()
	};
}
function refuseServer(facts, { database }) {
	if (facts.number < OLDEST_SERVER) throw new UserMistake({
		what: `The server runs PostgreSQL ${facts.version}; this project needs 18 or newer.`,
		state: "Nothing was changed.",
		next: "OpenSPP 2's production compose file runs postgis/postgis:18-3.6-alpine."
	});
	if (!facts.superuser) throw new UserMistake({
		what: `The role \`${database.admin.name}\` has not the rights to back up and restore this database.`,
		why: "It is no superuser, so it can neither read the extensions' schemas nor create PostGIS in another database.",
		state: "Nothing was changed.",
		next: "Name the role that the database was created with (`POSTGRES_USER` of the `db` service) with `admin-user`."
	});
}
// src/operations/restore/settle.ts
/** Given a run that holds the lock, return the databases beside production that restores made. */
async function databasesBeside({ maintenance, deployment }) {
	const commented = await maintenance.value(COMMENTED_QUERY);
	return sideDatabases(commented, deployment.database.name);
}
/**
* Given a run that holds the lock, so that no restore is going on, and the databases beside production, settle the restores
* that were interrupted: one that had not taken production's place is undone, one that had is confirmed once the services
* are healthy. Returns a sentence for each.
*/
async function settleRestores(run, beside) {
	const { journal } = run;
	const sentences = [];
	for (const { name, mark } of beside) {
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
export { withRun as a, compareExtensions as c, refuseServer as i, notServing as n, EXTENSIONS_QUERY as o, settleRestores as r, FACTS_QUERY as s, databasesBeside as t };
