import { E as APPLICATION, O as Session, V as literal, j as listFiles, n as discover, w as parseListing, x as unmarkedNameOf, z as stampNow } from "./discover.js";
import { a as passed, r as failed } from "./check.js";
import { a as and, s as inContainer } from "./shell.js";
import { a as UserMistake, i as Unreachable, n as Failed } from "./failure.js";
import { t as formatDuration } from "./duration.js";
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
	if (wrong.length > 0) return failed("extensions", `${differing(wrong)}.`, server === "fresh" ? "Name with `runner-image` an image that has the versions of the source." : "In production: ALTER EXTENSION … UPDATE, so that it runs the version that this server installs; then take a new backup.");
	if (others.length > 0) return passed("extensions", `Every extension is there; on this fresh server ${differing(others)}, of the same minor version.`);
	const list = expected.map(({ name, version }) => `${name} ${version}`).join(", ");
	return passed("extensions", `Every extension is there in the same version: ${list || "none"}.`);
}
/** `3.6` of 3.6.4. */
function minorOf(version) {
	return version.split(".").slice(0, 2).join(".");
}
// src/database/lock.ts
/**
* The database in which the lock is held: no restore renames or drops it, and it is there when production is not.
* Advisory locks belong to a database, and deployments may share a server: so the key names the production database.
*/
const MAINTENANCE_DATABASE = "postgres";
/** The first half of our advisory locks' keys, "ospp" in ASCII, and the second half of the lock in production. */
const CLASS = 1869836400;
const OBJECT = 1651209584;
/** Settings of the session that holds the lock: a runner that died loses it within 90 seconds. */
const LOCK_SETTINGS = {
	idle_session_timeout: "90s",
	idle_in_transaction_session_timeout: "90s"
};
const BEAT_MILLISECONDS = 2e4;
/** Given the production database's name, return the lock that every run takes in MAINTENANCE_DATABASE. */
function lockOf(production) {
	return `hashtext(${literal(production)})`;
}
/** The lock that runs of earlier versions hold in the production database itself, and no other. */
const LOCK_IN_PRODUCTION = String(OBJECT);
/** Given a lock, return SQL that answers whether it was free and is ours now. */
function takeLock(key) {
	return `SELECT pg_try_advisory_lock(${CLASS}, ${key}) AS taken`;
}
/** Given SQL for a session's process id, return SQL that is true when it holds a lock of ours: then it belongs to a run that lives. */
function holdsLock(pid) {
	return `EXISTS (SELECT FROM pg_locks l WHERE l.pid = ${pid} AND l.locktype = 'advisory' AND l.classid = ${CLASS} AND l.granted)`;
}
/** The key's halves are signed where they are given, and unsigned where they are shown. */
const holderOf = (key) => `
SELECT json_build_object('name', a.application_name, 'since', to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) AS holder
FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.classid = ${CLASS} AND l.objid::bigint = (${key})::bigint & 4294967295 AND l.granted
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
/** Given a session and the lock that it asked for in vain, return the error that says who holds it and since when. */
async function lockedTrouble(session, key) {
	const holder = await session.value(holderOf(key));
	return new Failed({
		what: "Another backup, drill or restore of this deployment is running.",
		why: holder ? `${holder.name} has held the lock since ${holder.since}.` : "It held the lock a moment ago.",
		state: "Nothing was changed.",
		next: "Wait for it to end. A run that died loses the lock within two minutes."
	});
}
/** Given the session that holds the lock, keep it alive until the returned function is called. */
function keepAlive(session) {
	const timer = setInterval(() => {
		session.value("SELECT 1").catch(() => {});
	}, BEAT_MILLISECONDS);
	timer.unref();
	return () => clearInterval(timer);
}
// src/deployment/describe.ts
/** Given a deployment, return the lines that tell a person what was discovered; passwords are never among them. */
function describe(deployment) {
	const { database, backups, filestore, policy } = deployment;
	const { retention } = backups;
	return [
		`Project    ${deployment.project} in ${deployment.directory}, ${deployment.cores} cores`,
		...clockOf(deployment),
		...deployment.services.map((service, index) => `${index === 0 ? "Services   " : "           "}${service.name}: ${service.image}, ${service.state}`),
		`Database   ${database.name} at ${database.address.host}:${database.address.port}`,
		`Policy     ${policy}: data owned by ${database.owner.name}, databases made by ${database.admin.name}`,
		`Backups    ${backups.directory} in ${backups.container} (volume ${backups.volume})`,
		filestore ? `Filestore  ${filestore.directory} in ${filestore.container} (volume ${filestore.volume})` : "Filestore  not found on a volume of the Odoo service",
		`Schedule   ${backups.schedule}`,
		`Retention  ${retention.days} daily, ${retention.weeks} weekly, ${retention.months} monthly`
	];
}
/** Stamps and ages come from the host's clock: a wrong one is worth a line. */
function clockOf({ clockSkewSeconds }) {
	const seconds = Math.round(clockSkewSeconds);
	if (Math.abs(seconds) < 60) return [];
	const direction = seconds > 0 ? "ahead of" : "behind";
	return [`Clock      ${formatDuration(Math.abs(seconds))} ${direction} this machine's`];
}
// src/operations/run.ts
/** PostgreSQL 18 brought `pg_get_sequence_data`, by which sequences are proven; OpenSPP 2 deploys it. */
const OLDEST_SERVER = 18e4;
/** Given the verb, do `work` on a deployment that was discovered and locked for it; the lock is given back whatever happens. */
function withRun(verb, settings, effects, work) {
	return withLock(verb, settings, effects, {
		openBeside: async ({ deployment: { database }, open, tryLogin }) => {
			const [session] = await Promise.all([open(database.admin, database.name), (verb === "drill" || verb === "cycle") && tryLogin(database.owner, database.name)]);
			return session;
		},
		work: async (locked, session) => {
			const [taken, facts] = await session.values([takeLock(LOCK_IN_PRODUCTION), FACTS_QUERY]);
			const readAt = effects.journal.elapsed();
			if (!taken) throw await lockedTrouble(session, LOCK_IN_PRODUCTION);
			refuseServer(facts, locked.deployment);
			return work({
				...locked,
				session,
				facts,
				readAt
			});
		}
	});
}
/** Given the verb, take the deployment's lock and list its backups at the same time, then do the story's work. */
async function withLock(verb, settings, effects, { openBeside, work }) {
	const lost = new AbortController();
	const signal = AbortSignal.any([effects.signal, lost.signal]);
	const startedAt = effects.clock.now();
	const deployment = await effects.journal.phase("Discover the deployment", async () => {
		const found = await discover(effects.host, settings.deployment, {
			clock: effects.clock,
			signal
		});
		maskPasswords(found, effects);
		for (const line of describe(found)) effects.journal.log.info(line);
		refuseProduction(settings, found);
		return found;
	});
	const applicationName = `${APPLICATION} ${verb}`;
	const { database } = deployment;
	const closers = [];
	const open = async (role, name) => {
		const session = await Session.open(effects.host, database, {
			role,
			name,
			applicationName,
			settings: LOCK_SETTINGS
		});
		session.onLost((error) => lost.abort(error));
		const rest = keepAlive(session);
		closers.push(() => {
			rest();
			session.close();
		});
		return session;
	};
	const tryLogin = async (role, name) => (await Session.open(effects.host, database, {
		role,
		name,
		applicationName
	})).close();
	const lock = async () => {
		const session = await open(database.admin, MAINTENANCE_DATABASE);
		const key = lockOf(database.name);
		if (!await session.value(takeLock(key))) throw await lockedTrouble(session, key);
		return session;
	};
	try {
		const [maintenance, { listing, stamp }, beside] = await Promise.all([
			lock(),
			listBackups({
				...effects,
				signal
			}, deployment),
			openBeside({
				deployment,
				open,
				tryLogin
			})
		]);
		const result = await work({
			...effects,
			signal,
			settings,
			deployment,
			maintenance,
			listing,
			stamp,
			startedAt,
			applicationName
		}, beside);
		lost.signal.throwIfAborted();
		return result;
	} catch (error) {
		if (error instanceof Unreachable && error.cause !== void 0) throw error;
		if (lost.signal.aborted && !effects.signal.aborted) throw lost.signal.reason;
		throw error;
	} finally {
		for (const close of closers) close();
	}
}
/** Given a deployment that was discovered, see to it that no log shows its passwords. */
function maskPasswords({ database }, { journal }) {
	for (const { password } of [database.admin, database.owner]) journal.log.mask(password.reveal());
}
/** Given a deployment, return the backups in its volume, its files as `listFiles` prints them, and what its backup container's clock says. */
async function listBackups({ host, signal }, { backups, database }) {
	const command = inContainer(backups.container, and(stampNow(), listFiles(backups.directory)));
	const { stdout } = await host.run(command, { signal });
	const at = stdout.indexOf("\n");
	const [stamp = "", offset = "+0000"] = stdout.slice(0, at).split(" ");
	const lines = stdout.slice(at + 1);
	return {
		listing: parseListing(lines, backups.directory, database.name, offset),
		lines,
		stamp,
		offset
	};
}
/** Names that differ in case alone are two databases to PostgreSQL, and one to a tired person. */
function refuseProduction({ drill }, { database }) {
	const name = drill.throwawayDatabase;
	if (![name, unmarkedNameOf(name)].includes(database.name.toLowerCase())) return;
	throw new UserMistake({
		what: `The throwaway database must not be the production database \`${database.name}\`.`,
		state: "Nothing was changed.",
		next: "Choose another name for `throwaway-database`, for example openspp_test."
	});
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
export { withLock as a, MAINTENANCE_DATABASE as c, takeLock as d, EXTENSIONS_QUERY as f, refuseServer as i, holdsLock as l, compareExtensions as m, maskPasswords as n, withRun as o, FACTS_QUERY as p, refuseProduction as r, LOCK_IN_PRODUCTION as s, listBackups as t, lockedTrouble as u };
