import { a as UserMistake, i as Unreachable, n as Failed } from "./failure.js";
import { a as passed, r as failed } from "./check.js";
import { t as formatMoment } from "./moment.js";
import { c as program } from "./shell.js";
import { t as CommandFailed } from "./command-failed.js";
import { C as COMMENTED_DATABASES_QUERY, D as extraDatabasesIn, E as extraDatabaseName, J as ServerError, O as placeholderIn, _t as literal, b as endSessions, f as withSession, g as commentOnDatabase, gt as identifier, h as allowConnections, w as commentOf, x as exchangeStatements, y as dropDatabase } from "./discover.js";
import { a as saveKeptFilestore, i as removeKeptFilestore, n as keptFilestoreOf, r as keptFilestores, s as exchangeFilestores, t as exchangeFilestoreWithRecord, u as removeFolders } from "./kept-filestores.js";
import { r as tryDropLeftover } from "./drop-leftover.js";
import { t as createMarked } from "./create-database.js";
import { i as MAINTENANCE_DATABASE } from "./locked.js";
import { setTimeout } from "node:timers/promises";
// src/checks/server-facts.ts
/** In the order of creation, since one can need another. One row, one JSON value. */
const EXTENSIONS_QUERY = `
SELECT coalesce(json_agg(json_build_object('name', x.extname, 'version', x.extversion, 'schema', n.nspname,
  'owner', pg_get_userbyid(x.extowner)) ORDER BY x.oid), '[]') AS extensions
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
* For a superuser: by how many bytes the server's write-ahead log may still grow between two checkpoints
* (`max_wal_size`).
*/
const LOG_TO_COME_QUERY = `
SELECT greatest(0, pg_size_bytes(current_setting('max_wal_size')) - (SELECT coalesce(sum(size), 0) FROM pg_ls_waldir()))::float8 AS bytes`;
/**
* Passed when the same extensions are there, in the same schemas and versions. A fresh server's image is built again for each patch of PostGIS,
* so there only the minor version counts.
*/
function compareExtensions(expected, restored, server = "the source's") {
	const found = new Map(restored.map((one) => [one.name, one]));
	const elsewhere = (one) => found.has(one.name) && found.get(one.name)?.schema !== one.schema;
	const others = expected.filter(({ name, version }) => found.get(name)?.version !== version);
	const versions = server === "fresh" ? others.filter(({ name, version }) => minorOf(found.get(name)?.version ?? "") !== minorOf(version)) : others;
	const differing = (list) => list.map(({ name, version }) => `${name} is ${found.get(name)?.version ?? "missing"} instead of ${version}`);
	const known = new Set(expected.map(({ name }) => name));
	const places = [...expected.filter(elsewhere).map(({ name, schema }) => `${name} is in ${found.get(name)?.schema} instead of ${schema}`), ...restored.filter(({ name }) => !known.has(name)).map(({ name }) => `${name} is there, and the source has none`)];
	if (versions.length > 0) return failed("extensions", `${[...differing(versions), ...places].join("; ")}.`, server === "fresh" ? "Name with `runner-image` an image that has the versions of the source; or give a server that has them." : "In production: ALTER EXTENSION … UPDATE, so that it runs the version that this server installs; then take a new backup.");
	if (places.length > 0) return failed("extensions", `${places.join("; ")}.`, "Do not rely on this backup: its manifest and its dump say different things. Take a new one and drill it.");
	if (others.length > 0) return passed("extensions", `Every extension is there; on this fresh server ${differing(others).join("; ")}, of the same minor version.`);
	const list = expected.map(({ name, version }) => `${name} ${version}`).join(", ");
	return passed("extensions", `Every extension is there in the same version: ${list || "none"}.`);
}
/** `3.6` of 3.6.4. */
function minorOf(version) {
	return version.split(".").slice(0, 2).join(".");
}
// src/commands/services.ts
/** Stopping and starting the services that use the database. All run on the host. */
/** What `holdStopped` prints when the containers are stopped. */
const STOPPED = "stopped";
/** Docker gives each container 10 s to stop. */
function stopContainers(containers) {
	return program([
		"docker",
		"stop",
		...containers
	]);
}
/** A container that runs already is left alone. */
function startContainers(containers) {
	return program([
		"docker",
		"start",
		...containers
	]);
}
/**
* Stops containers, prints STOPPED, and stays. When the command ends, for whatever reason, it
* starts them again. So a runner that dies or a lost connection never leaves production stopped.
*
* - The starting runs in a session of its own, because the supervisor kills the group of a command
*   that takes too long to end.
* - It ignores TERM, because the supervisor may send that to the whole group before this session
*   exists.
* - It ignores PIPE, because a shell reports its ended `sleep` on a standard error that is gone
*   with the connection.
*/
function holdStopped(containers) {
	return program([
		"sh",
		"-c",
		`
trap "" PIPE
again='docker stop "$@"; docker start "$@"'
trap 'trap "" TERM INT HUP; setsid sh -c "$again" sh "$@" </dev/null >/dev/null 2>&1 & exit 0' TERM INT HUP
docker stop "$@" >/dev/null || { setsid docker start "$@" >/dev/null 2>&1; exit 1; }
again='docker start "$@"'
echo ${STOPPED}
while :; do sleep 3600 & wait "$!"; done`.trim(),
		"hold",
		...containers
	]);
}
/**
* Waits until each container is healthy, or is running where it has no health check. When the time
* is over, it prints the name and state of one that is not, and exits with UNHEALTHY_EXIT.
*/
function awaitHealthy(containers, seconds) {
	return program([
		"sh",
		"-c",
		`
end=$(($(date +%s) + $1)); shift
for container in "$@"; do
  until
    state=$(docker inspect --format '{{if .State.Health}}{{.State.Health.Status}}{{else}}{{.State.Status}}{{end}}' "$container") || exit
    [ "$state" = healthy ] || [ "$state" = running ]
  do
    [ "$(date +%s)" -lt "$end" ] || { echo "$container $state"; exit 75; }
    sleep 0.5
  done
done`.trim(),
		"await",
		String(Math.ceil(seconds)),
		...containers
	]);
}
// src/operations/restore/exchange-databases.ts
/** SQLSTATE object_in_use: somebody is still connected. */
const IN_USE = "55006";
/** Each attempt waits 5 s for others to leave. */
const ATTEMPTS = 4;
const PAUSE_MILLISECONDS = 50;
/**
* Ends the sessions on both databases again and again until the names are exchanged. A client that reconnects at
* once waits, since the renaming holds the lock that a new connection takes. Then it finds the new database.
* Throws Failed.
*/
async function exchangeDatabases(run, names) {
	const { deployment, applicationName } = run;
	const options = {
		role: deployment.database.admin,
		name: MAINTENANCE_DATABASE,
		applicationName
	};
	await withSession(run, options, async (other) => {
		const done = new AbortController();
		const ending = endUntil(other, [names.production, names.incoming], done.signal);
		try {
			await rename(run, names);
		} finally {
			done.abort();
			await ending.catch(() => {});
		}
	});
}
async function rename({ maintenance, signal }, names) {
	for (let attempt = 1;; attempt += 1) {
		signal.throwIfAborted();
		try {
			await maintenance.batch(exchangeStatements(names));
			return;
		} catch (error) {
			if (!(error instanceof ServerError)) throw error;
			await maintenance.batch(["ROLLBACK"]);
			if (error.code !== IN_USE || attempt === ATTEMPTS) throw notExchanged(error);
		}
	}
}
async function endUntil(session, databases, signal) {
	while (!signal.aborted) {
		await session.batch(databases.map(endSessions));
		await setTimeout(PAUSE_MILLISECONDS);
	}
}
function notExchanged(error) {
	return new Failed({
		what: "The databases could not exchange their names.",
		why: error.explanation.why,
		state: "Neither was changed.",
		next: "Find who stays connected: SELECT * FROM pg_stat_activity"
	}, { cause: error });
}
// src/operations/restore/placeholder.ts
/** Drops production; an empty database with the mark `vacant` has its name afterwards. The services must be stopped. */
async function replaceWithPlaceholder(run, placeholder, toBeDropped) {
	const { maintenance, deployment, facts, stamp } = run;
	const { name, admin } = deployment.database;
	const [incoming, before] = [extraDatabaseName(name, "vacant", stamp), extraDatabaseName(name, "before", stamp)];
	await createMarked(maintenance, {
		name: incoming,
		owner: admin.name,
		locale: facts,
		comment: commentOf(placeholder),
		finish: (unmarked) => [allowConnections(unmarked, false)]
	});
	const aside = {
		name: before,
		comment: commentOf(toBeDropped)
	};
	let exchanged = false;
	try {
		await exchangeDatabases(run, {
			production: name,
			incoming,
			comment: commentOf(placeholder),
			aside
		});
		exchanged = true;
		await maintenance.batch([dropDatabase(before)]);
	} catch (error) {
		if (error instanceof Unreachable) throw error;
		if (exchanged) {
			await restoreProductionName(run, placeholder, before);
			await dropVacant(run);
		} else await maintenance.batch([dropDatabase(incoming)]);
		throw error;
	}
}
/** `before` is the database that was to be dropped. It becomes production again. */
async function restoreProductionName(run, placeholder, before) {
	await takeProductionName(run, placeholder, {
		name: before,
		comment: placeholder.properties.comment
	});
}
/**
* The database must be complete. The placeholder is kept until the services run: after a reboot, only its mark says which
* services were stopped.
*/
async function takeProductionName(run, placeholder, { name: incoming, comment }) {
	const { deployment, stamp } = run;
	const { name: production } = deployment.database;
	const aside = extraDatabaseName(production, "vacant", stamp);
	await exchangeDatabases(run, {
		production,
		incoming,
		comment,
		...placeholder && { aside: {
			name: aside,
			comment: commentOf(placeholder)
		} }
	});
}
/** Call it when `takeProductionName` has given the name to another database. */
async function dropVacant({ deployment, maintenance, stamp }) {
	await maintenance.batch([dropDatabase(extraDatabaseName(deployment.database.name, "vacant", stamp))]);
}
/**
* The name of the database that was to be dropped, if it is still whole. PostgreSQL sets `datconnlimit` to -2 when it begins
* to drop a database (manual, "pg_database").
*/
async function databaseToBeDropped({ maintenance }, extraDatabases) {
	const toBeDropped = extraDatabases.find(({ mark }) => mark.is === "former" && mark.doomed);
	if (!toBeDropped) return void 0;
	const whole = `SELECT datconnlimit <> -2 AS whole FROM pg_database WHERE datname = ${literal(toBeDropped.name)}`;
	return await maintenance.value(whole) ? toBeDropped.name : void 0;
}
function noProductionFailure({ of, backup, since, safety }) {
	const again = (which) => `openspp-backup restore --backup ${which} --strategy replace`;
	return new Failed({
		what: `There is no production database: ${of} was dropped at ${formatMoment(since)} for a restore of ${backup} that did not end.`,
		state: `${safetyBackupSentence(safety)} Nobody can connect to ${of} until a backup is restored.`,
		next: `Finish it: ${again(backup)}${safety ? `; or go back to what it was: ${again(safety)}` : ""}`
	});
}
/** `safety` is the backup's name; null when none was taken. */
function safetyBackupSentence(safety) {
	return safety ? `As it was, it is in the safety backup ${safety}.` : "No safety backup was taken before: it was declined.";
}
// src/checks/database-properties.ts
/** Answers DatabaseProperties, or null when there is no such database. One row, one JSON value. */
function propertiesQuery(database) {
	return `
SELECT (SELECT json_build_object('owner', d.datdba::regrole::name, 'connectionLimit', d.datconnlimit,
  'tablespace', (SELECT spcname FROM pg_tablespace t WHERE t.oid = d.dattablespace), 'bytes', pg_database_size(d.oid),
  'comment', shobj_description(d.oid, 'pg_database'),
  'grants', CASE WHEN d.datacl IS NOT NULL THEN (SELECT coalesce(json_agg(json_build_object('grantee', r.rolname, 'privilege', g.privilege_type, 'grantable', g.is_grantable)
      ORDER BY r.rolname, g.privilege_type), '[]')
    FROM aclexplode(d.datacl) g LEFT JOIN pg_roles r ON r.oid = g.grantee) END,
  'settings', (SELECT coalesce(json_agg(json_build_object('role', r.rolname, 'name', split_part(c.line, '=', 1),
      'value', substr(c.line, strpos(c.line, '=') + 1)) ORDER BY r.rolname NULLS FIRST, c.line), '[]')
    FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) c (line) LEFT JOIN pg_roles r ON r.oid = s.setrole
    WHERE s.setdatabase = d.oid))
 FROM pg_database d WHERE d.datname = ${literal(database)}) AS properties`;
}
/** Statements that give the properties to a database, without comment and tablespace. */
function applyProperties(database, { owner, connectionLimit, grants, settings }) {
	const name = identifier(database);
	return [
		`ALTER DATABASE ${name} OWNER TO ${identifier(owner)}`,
		...grants === null ? [] : [`REVOKE ALL ON DATABASE ${name} FROM PUBLIC, ${identifier(owner)}`],
		...(grants ?? []).map(({ grantee, privilege, grantable }) => {
			const to = grantee === null ? "PUBLIC" : identifier(grantee);
			return `GRANT ${privilege} ON DATABASE ${name} TO ${to}${grantable ? " WITH GRANT OPTION" : ""}`;
		}),
		`ALTER DATABASE ${name} RESET ALL`,
		...settings.map((setting) => {
			return `ALTER ${setting.role === null ? `DATABASE ${name}` : `ROLE ${identifier(setting.role)} IN DATABASE ${name}`} SET ${identifier(setting.name)} TO ${settingValue(setting)}`;
		}),
		`ALTER DATABASE ${name} CONNECTION LIMIT ${connectionLimit}`
	];
}
/**
* Settings whose value is a list of quoted names. `ALTER … SET` takes the names one by one (pg_dump's
* variable_is_guc_list_quote).
*/
const NAME_LISTS = /* @__PURE__ */ new Set([
	"local_preload_libraries",
	"search_path",
	"session_preload_libraries",
	"shared_preload_libraries",
	"temp_tablespaces",
	"unix_socket_directories"
]);
function settingValue({ name, value }) {
	if (!NAME_LISTS.has(name)) return literal(value);
	const names = [...value.matchAll(/"((?:[^"]|"")*)"|([^,\s]+)/g)].map(([, quoted, bare]) => literal(quoted === void 0 ? bare ?? "" : quoted.replaceAll("\"\"", "\"")));
	return names.length === 0 ? "''" : names.join(", ");
}
/** When there was no database before, there is nothing to keep. */
function compareProperties(before, after) {
	if (before === null) return passed("properties", `There was no production database any more: it has ${after.owner} as its owner, and the defaults of a new one.`);
	const different = [
		"owner",
		"connectionLimit",
		"tablespace",
		"comment",
		"grants",
		"settings"
	].filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]));
	if (different.length === 0) return passed("properties", `Owner (${after.owner}), grants, settings (${after.settings.length}), connection limit and comment of the database are as before.`);
	return failed("properties", `The database differs from the one before in its ${different.join(", ")}.`, "Compare `\\l+` and `\\drds` in psql for both databases, and set what differs.");
}
// src/operations/restore/server-state.ts
async function serverState({ maintenance, deployment }) {
	const { name } = deployment.database;
	const [found, commented] = await maintenance.values([propertiesQuery(name), COMMENTED_DATABASES_QUERY]);
	const placeholder = placeholderIn(commented, name);
	return {
		production: placeholder ? null : found,
		properties: placeholder ? placeholder.properties : found,
		...placeholder && { placeholder },
		extraDatabases: extraDatabasesIn(commented, name)
	};
}
// src/operations/restore/stop-services.ts
/**
* The containers of the services that the settings name, and of any other service of the project that has a session on the
* database. Throws UserMistake when there is no container to start again.
*/
async function containersOf(run) {
	const { deployment, settings, maintenance } = run;
	const addresses = await maintenance.value(clientsOf(deployment.database.name));
	return chooseContainers(deployment, settings.restore.services, addresses);
}
/** `addresses` are the clients that have a session on the database. */
function chooseContainers({ services, database, backups, project }, named, addresses) {
	const wanted = named.map((name) => services.find((service) => service.name === name));
	if (wanted.every((service) => service?.created === void 0)) throw new UserMistake({
		what: `None of the services ${named.join(", ")} has a container in the project \`${project}\`.`,
		why: `Its services are ${services.map(({ name }) => name).join(", ")}.`,
		next: "Name those that use the database with `services`, or create them: docker compose up --no-start"
	});
	const others = services.filter((service) => !wanted.includes(service) && ![database.container, backups.container].includes(service.created ?? "") && service.addresses.some((address) => addresses.includes(address)));
	return [...wanted, ...others].flatMap((service) => service?.created ?? []);
}
function clientsOf(database) {
	return `SELECT coalesce(json_agg(DISTINCT host(client_addr)) FILTER (WHERE client_addr IS NOT NULL), '[]') AS clients
FROM pg_stat_activity WHERE datname = ${literal(database)}`;
}
/** Starts them again even when the work fails. */
async function whileStopped(run, containers, work) {
	const start = await stopServices(run, containers);
	try {
		run.signal.throwIfAborted();
		return await work();
	} finally {
		await start();
	}
}
/**
* Returns the function that starts them again. If the connection is lost before that, a command on the host starts them.
*/
async function stopServices(run, containers) {
	const { host } = run;
	const release = new AbortController();
	const stopped = Promise.withResolvers();
	const holding = host.run(holdStopped(containers), {
		signal: release.signal,
		onLine: (line) => line === "stopped" && stopped.resolve()
	}).then(() => {}, stopped.reject);
	const start = async () => {
		await host.run(startContainers(containers)).finally(() => release.abort());
		await holding;
	};
	try {
		await stopped.promise;
		return start;
	} catch (error) {
		await start();
		throw error;
	}
}
/** Waits until they are healthy. Returns the name and state of one that is not healthy in time. */
async function unhealthyService({ host, signal }, containers, seconds) {
	try {
		await host.run(awaitHealthy(containers, seconds), { signal });
		return;
	} catch (error) {
		if (error instanceof CommandFailed && error.exit === 75) return error.stdout.trim();
		throw error;
	}
}
// src/operations/restore/resolve-interrupted.ts
/** How long services that were started here may take to become healthy. After it the run goes on. */
const START_SECONDS = 60;
async function restoreLeftovers(run) {
	const [state, filestores] = await Promise.all([serverState(run), keptFilestores(run)]);
	return {
		state,
		filestores
	};
}
/**
* Finishes or undoes restores that were interrupted. The run holds the lock, so no restore is going on. Returns a sentence
* for each:
*
* - one that had not taken production's place is undone;
* - one that had is confirmed when the services are healthy;
* - one for which production was dropped is finished if it was proven; otherwise the sentence says how to go on.
*/
async function resolveInterruptedRestores(run, { state: found, filestores }) {
	const { journal } = run;
	const sentences = [...await resolvePlaceholder(run, found, filestores)];
	const served = [];
	for (const record of filestores) {
		const { sentence, live } = await resolveFilestore(run, record);
		if (sentence) sentences.push(sentence);
		if (live) served.push(live);
	}
	const state = found.placeholder ? await serverState(run) : found;
	const filestoreErrors = await finishFilestores(run, state.extraDatabases);
	const started = state.placeholder ? [] : await startStopped(run, found, filestores);
	for (const record of served) await saveKeptFilestore(run, record);
	if (started.length > 0) sentences.push(`Started ${started.join(", ")}, which a restore had stopped.`);
	for (const { name, mark } of state.extraDatabases) if (mark.is === "incoming") sentences.push(await dropIncoming(run, name, mark));
	else if (mark.is === "vacant" || mark.is === "former" && mark.doomed) await tryDropLeftover(run, name);
	else if (mark.is === "former" && (!mark.confirmed || mark.stopped)) sentences.push(...await confirmRestore(run, name, mark, started, filestoreErrors.get(name)));
	for (const sentence of sentences) journal.log.warning(sentence);
	return sentences;
}
/**
* Production was dropped, or was about to be. The placeholder gives the name back to production if that is still whole, or
* to the restored database if that was proven.
*/
async function resolvePlaceholder(run, { placeholder, extraDatabases }, records) {
	if (!placeholder) return [];
	const { of, backup, properties } = placeholder;
	const before = await databaseToBeDropped(run, extraDatabases);
	if (before !== void 0) {
		await restoreProductionName(run, placeholder, before);
		return [`A restore of ${backup} was cut off before it had dropped ${of}: that is production again, as it was.`];
	}
	const proven = extraDatabases.find(({ mark }) => mark.is === "incoming" && mark.proven);
	if (proven?.mark.is === "incoming") {
		await finishFilestoreOf(run, proven.mark, records);
		await takeProductionName(run, placeholder, {
			name: proven.name,
			comment: properties.comment
		});
		return [`A restore of ${proven.mark.backup} was cut off when all of it was proven: it is finished now, and ${of} is the restored database.`];
	}
	const { what, state } = noProductionFailure(placeholder).explanation;
	return [`${what} ${state}`];
}
/** The former filestore is kept until its date. Where there is no record yet, one is made from the database's mark. */
async function finishFilestoreOf(run, { filestore, since, backup }, records) {
	if (!filestore) return;
	if (records.some(({ aside }) => aside === filestore.aside)) return exchangeFilestores(run, filestore);
	const dated = {
		...run,
		facts: { now: since }
	};
	await exchangeFilestoreWithRecord(run, keptFilestoreOf(dated, backup, filestore, false));
}
/**
* The database takes production's place first, so a cut may have left its filestore behind. Returns the errors of those that
* could not follow, by the name of the former database.
*/
async function finishFilestores(run, extraDatabases) {
	const errors = /* @__PURE__ */ new Map();
	for (const { name, mark } of extraDatabases) {
		if (mark.is !== "former" || mark.confirmed || mark.doomed || !mark.filestore) continue;
		try {
			await exchangeFilestores(run, mark.filestore);
		} catch (error) {
			if (!(error instanceof CommandFailed)) throw error;
			errors.set(name, error.reason);
		}
	}
	return errors;
}
/** The filestore becomes live if it was proven; otherwise it is removed. */
async function resolveFilestore(run, record) {
	const { state, backup, aside, next, until, of, alone } = record;
	if (state === "live") return {};
	const cut = `A restore of the filestore of ${backup} was cut off`;
	if (state === "staging") {
		await removeKeptFilestore(run, record, next);
		return { sentence: `${cut} before it was proven: that of ${of} is as it was.` };
	}
	try {
		await exchangeFilestores(run, {
			next,
			aside
		});
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		return { sentence: `${cut} when it was proven, and it cannot become live: ${error.reason}.` };
	}
	const { stopped: _, ...rest } = record;
	const back = alone ? " To go back: openspp-backup restore --undo" : "";
	return {
		live: {
			...rest,
			state: "live"
		},
		sentence: `${cut} when it was proven: it is live now, and the former one is kept as ${aside} until ${until.slice(0, 10)}.${back}`
	};
}
/** Returns the containers that had to be started. */
async function startStopped({ host, deployment, signal }, { placeholder, extraDatabases }, filestores) {
	const marks = [
		...placeholder ? [placeholder] : [],
		...extraDatabases.map(({ mark }) => mark),
		...filestores
	];
	const stopped = new Set(marks.flatMap((mark) => "stopped" in mark && mark.stopped || []));
	const containers = deployment.services.filter(({ created, container }) => created && !container && stopped.has(created)).flatMap(({ created }) => created ?? []);
	if (containers.length > 0) await host.run(startContainers(containers), { signal });
	return containers;
}
async function dropIncoming(run, name, { of, backup, filestore }) {
	if (filestore) await removeFolders(run, [filestore.next]);
	return `A restore of ${backup} did not end: it had not taken the place of ${of}. ${await tryDropLeftover(run, name) ? `Dropped ${name}` : `${name} is still there`}.`;
}
async function confirmRestore(run, name, mark, started, filestoreError) {
	const { maintenance, deployment, settings } = run;
	const { stopped: _, ...rest } = mark;
	const { of, backup, until } = rest;
	const happened = `The restore of ${backup} was cut off after it had taken the place of ${of}`;
	const back = "go back: openspp-backup restore --undo";
	if (filestoreError !== void 0) return [`${happened}, and its filestore could not follow: ${filestoreError}. To ${back}`];
	const unhealthy = started.length > 0 ? [await unhealthyService(run, started, START_SECONDS)].filter((one) => one !== void 0) : stoppedOrUnhealthy(deployment, settings.restore.services);
	if (unhealthy.length > 0 && !mark.confirmed) return [`${happened}, and ${unhealthy.join(", ")}. Start them, or ${back}`];
	await maintenance.batch([commentOnDatabase(name, commentOf({
		...rest,
		confirmed: true
	}))]);
	if (mark.confirmed) return [];
	return [`${happened}. The services are healthy on it, so it stays; the former database is kept as ${name} until ${until.slice(0, 10)}.`];
}
/** In words, for example `odoo is exited`. A service that has a health check must be healthy. */
function stoppedOrUnhealthy({ services }, names) {
	return services.filter(({ name, created }) => names.includes(name) && created !== void 0).filter(({ state }) => state !== "running" && state !== "running (healthy)").map(({ name, state }) => `${name} is ${state}`);
}
// src/operations/refuse-server.ts
/** PostgreSQL 18 brought `pg_get_sequence_data`, which proves sequences. OpenSPP 2 deploys that version. */
const OLDEST_SERVER = 18e4;
/** Throws UserMistake for a server that is too old, and for an admin role that is no superuser. */
function refuseServer(facts, { database }) {
	if (facts.number < OLDEST_SERVER) throw new UserMistake({
		what: `The server runs PostgreSQL ${facts.version}; this project needs 18 or newer.`,
		state: "Nothing was changed.",
		next: "OpenSPP 2's production compose file runs postgis/postgis:18-3.6-alpine."
	});
	if (!facts.superuser) throw new UserMistake({
		what: `The role \`${database.admin.name}\` does not have the rights to back up and restore this database.`,
		why: "It is no superuser, so it can neither read the extensions' schemas nor create PostGIS in another database.",
		state: "Nothing was changed.",
		next: "Name the role that the database was created with (`POSTGRES_USER` of the `db` service) with `admin-user`."
	});
}
export { FACTS_QUERY as C, EXTENSIONS_QUERY as S, compareExtensions as T, takeProductionName as _, containersOf as a, startContainers as b, whileStopped as c, compareProperties as d, propertiesQuery as f, safetyBackupSentence as g, replaceWithPlaceholder as h, stoppedOrUnhealthy as i, serverState as l, noProductionFailure as m, resolveInterruptedRestores as n, stopServices as o, dropVacant as p, restoreLeftovers as r, unhealthyService as s, refuseServer as t, applyProperties as u, exchangeDatabases as v, LOG_TO_COME_QUERY as w, stopContainers as x, awaitHealthy as y };
