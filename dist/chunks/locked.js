import { J as ServerError, S as unmarkedNameOf, Y as Session, _t as literal, n as discover } from "./discover.js";
import { a as UserMistake, i as Unreachable, n as Failed } from "./failure.js";
import { t as formatDuration } from "./duration.js";
import { t as APPLICATION } from "./application.js";
import { _ as listBackups } from "./kept-filestores.js";
// src/database/lock.ts
/**
* The database that holds the lock: no restore renames or drops it, and it exists when production does not.
* Advisory locks belong to a database, and deployments may share a server, so the key contains the
* production database's name.
*/
const MAINTENANCE_DATABASE = "postgres";
/** The first half of our advisory locks' keys: "ospp" in ASCII. */
const CLASS = 1869836400;
/** Settings of the session that holds the lock. A runner that died loses it within 90 seconds. */
const LOCK_SETTINGS = {
	idle_session_timeout: "90s",
	idle_in_transaction_session_timeout: "90s"
};
const BEAT_MILLISECONDS = 2e4;
/** Every run takes this lock in MAINTENANCE_DATABASE. */
function lockOf(production) {
	return `hashtext(${literal(production)})`;
}
/** SQL that answers true when the lock was free and is now ours. */
function takeLock(key) {
	return `SELECT pg_try_advisory_lock(${CLASS}, ${key}) AS taken`;
}
/** SQL like `takeLock`, which waits for it at most so long. */
function awaitLock(key, seconds) {
	return [
		`SET lock_timeout = '${seconds}s'`,
		`SELECT pg_advisory_lock(${CLASS}, ${key})`,
		"RESET lock_timeout"
	];
}
/**
* The sessions that hold the lock or wait for it. PostgreSQL takes the key's halves as signed numbers and
* shows them as unsigned ones; `objsubid` is 2 for a key of two halves.
*/
const sessionsAt = (key) => `
FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.classid = ${CLASS} AND l.objid::bigint = (${key})::bigint & 4294967295 AND l.objsubid = 2
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
const INTRUDER = "a.usename <> current_user AND NOT (SELECT r.rolsuper FROM pg_roles r WHERE r.oid = a.usesysid)";
async function lockHolder(session, key) {
	return session.value(`
SELECT json_build_object('name', a.application_name, 'role', a.usename, 'intruder', ${INTRUDER},
  'since', to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) AS holder ${sessionsAt(key)} AND l.granted`);
}
/** SQL that ends the sessions of intruders that hold the lock or wait for it. */
function endIntruders(key) {
	return `SELECT count(pg_terminate_backend(a.pid)) AS ended ${sessionsAt(key)} AND ${INTRUDER}`;
}
function lockedTrouble(holder) {
	return new Failed({
		what: "Another backup, drill or restore of this deployment is running.",
		why: holder ? `${holder.name} (role ${holder.role}) has held the lock since ${holder.since}.` : "It held the lock a moment ago.",
		state: "Nothing was changed.",
		next: "Wait for it to end. A run that died loses the lock within two minutes."
	});
}
/** Until the returned function is called. */
function keepAlive(session) {
	const timer = setInterval(() => {
		session.value("SELECT 1").catch(() => {});
	}, BEAT_MILLISECONDS);
	timer.unref();
	return () => clearInterval(timer);
}
// src/deployment/describe.ts
/** For people. Passwords are never among the lines. */
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
/** Stamps and ages come from the host's clock, so a wrong clock is worth a line. */
function clockOf({ clockSkewSeconds }) {
	const seconds = Math.round(clockSkewSeconds);
	if (Math.abs(seconds) < 60) return [];
	const direction = seconds > 0 ? "ahead of" : "behind";
	return [`Clock      ${formatDuration(Math.abs(seconds))} ${direction} this machine's`];
}
// src/operations/watched-sessions.ts
/**
* Sessions that live as long as the run. They are kept alive. The run is aborted when the server or
* the connection takes one away.
*/
var WatchedSessions = class {
	#host;
	#database;
	#applicationName;
	#lost;
	#closers = [];
	/** Opens nothing yet. `lost` is aborted with the reason when a session is lost. */
	constructor(host, database, applicationName, lost) {
		this.#host = host;
		this.#database = database;
		this.#applicationName = applicationName;
		this.#lost = lost;
	}
	/** The session is closed at the end of the run at the latest. */
	async open(role, name) {
		const session = await Session.open(this.#host, this.#database, {
			role,
			name,
			applicationName: this.#applicationName,
			settings: LOCK_SETTINGS
		});
		session.onLost((error) => this.#lost.abort(error));
		const rest = keepAlive(session);
		this.#closers.push(() => {
			rest();
			session.close();
		});
		return session;
	}
	/** Throws the server's error when the role may not log in there. */
	async tryLogin(role, name) {
		const options = {
			role,
			name,
			applicationName: `${APPLICATION} login`
		};
		(await Session.open(this.#host, this.#database, options)).close();
	}
	close() {
		for (const close of this.#closers) close();
	}
};
// src/operations/locked.ts
/**
* Takes the deployment's lock and lists its backups at the same time, then does the work. It always
* gives the lock back.
*/
async function withLock(verb, settings, effects, { openSessions, work }) {
	const lost = new AbortController();
	const signal = AbortSignal.any([effects.signal, lost.signal]);
	const startedAt = effects.clock.now();
	const deployment = await discoverDeployment(settings, {
		...effects,
		signal
	});
	const applicationName = `${APPLICATION} ${verb}`;
	const sessions = new WatchedSessions(effects.host, deployment.database, applicationName, lost);
	try {
		const [maintenance, { listing, stamp }, opened] = await Promise.all([
			lock(sessions, deployment, effects),
			listBackups({
				...effects,
				signal
			}, deployment),
			openSessions({
				deployment,
				sessions
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
		}, opened);
		lost.signal.throwIfAborted();
		return result;
	} catch (error) {
		if (error instanceof Unreachable && error.cause !== void 0) throw error;
		if (lost.signal.aborted && !effects.signal.aborted) throw lost.signal.reason;
		throw error;
	} finally {
		sessions.close();
	}
}
function discoverDeployment(settings, effects) {
	const { host, journal, clock, signal } = effects;
	return journal.phase("Discover the deployment", async () => {
		const found = await discover(host, settings.deployment, {
			clock,
			signal
		});
		maskPasswords(found, effects);
		for (const line of describe(found)) journal.log.info(line);
		refuseProduction(settings, found);
		return found;
	});
}
async function lock(sessions, { database }, { journal }) {
	const session = await sessions.open(database.admin, MAINTENANCE_DATABASE);
	const key = lockOf(database.name);
	if (await session.value(takeLock(key))) return session;
	const holder = await lockHolder(session, key);
	if (!holder?.intruder) throw lockedTrouble(holder);
	journal.log.warning(`The role ${holder.role} held this project's lock (${holder.name}, since ${holder.since}). No run uses this role, so its sessions are ended. Find out what took the lock.`);
	await takeFromIntruders(session, await sessions.open(database.admin, MAINTENANCE_DATABASE), {
		key,
		holder
	});
	return session;
}
const LOCK_WAIT_SECONDS = 5;
/**
* PostgreSQL hands the lock on in the order of the queue. So this waits in it first, and then ends whoever
* is ahead: who comes back is behind.
*/
async function takeFromIntruders(session, other, { key, holder }) {
	const waiting = session.batch(awaitLock(key, LOCK_WAIT_SECONDS));
	const isOver = waiting.then(() => true, () => true);
	const end = () => other.batch([endIntruders(key), "SELECT pg_sleep(0.05)"]).then(() => false);
	while (!await Promise.race([isOver, end()]));
	await waiting.catch((error) => {
		throw error instanceof ServerError ? lockedTrouble(holder) : error;
	});
}
function maskPasswords({ database }, { journal }) {
	for (const { password } of [database.admin, database.owner]) journal.log.mask(password.reveal());
}
/** PostgreSQL keeps names apart that differ only in case. A tired person does not. */
function refuseProduction({ drill }, { database }) {
	const name = drill.throwawayDatabase;
	if (![name, unmarkedNameOf(name)].includes(database.name.toLowerCase())) return;
	throw new UserMistake({
		what: `The throwaway database must not be the production database \`${database.name}\`.`,
		state: "Nothing was changed.",
		next: "Choose another name for `throwaway-database`, for example openspp_test."
	});
}
export { MAINTENANCE_DATABASE as i, refuseProduction as n, withLock as r, maskPasswords as t };
