import { a as UserMistake, i as Unreachable, n as Failed } from "./failure.js";
import { a as passed, r as failed } from "./check.js";
import { t as formatMoment } from "./moment.js";
import { l as program } from "./shell.js";
import { t as CommandFailed } from "./command-failed.js";
import { E as vacancyIn, S as commentOf, T as sideName, X as literal, Y as identifier, _ as dropDatabase, m as commentOnDatabase, p as allowConnections, v as endSessions, w as sideDatabases, x as COMMENTED_QUERY, y as exchangeStatements } from "./discover.js";
import { a as exchangeFilestores, c as removeFolders, n as keptFilestores, r as remember, t as forget } from "./kept-filestores.js";
import { i as ServerError } from "./application.js";
import { t as createMarked } from "./create-database.js";
import { a as MAINTENANCE_DATABASE, i as withSessions } from "./locked.js";
import { setTimeout } from "node:timers/promises";
// src/checks/server-facts.ts
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
/** Asks a superuser by how many bytes the server's write-ahead log may still grow between two checkpoints (`max_wal_size`). */
const LOG_TO_COME_QUERY = `
SELECT greatest(0, pg_size_bytes(current_setting('max_wal_size')) - (SELECT coalesce(sum(size), 0) FROM pg_ls_waldir()))::float8 AS bytes`;
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
// src/commands/services.ts
/** Stopping and starting the services that use the database. All run on the host. */
/** What `holdStopped` prints once the containers are stopped. */
const STOPPED = "stopped";
/** Given containers, return the command that stops them, each within the 10 s that Docker gives it. */
function stopContainers(containers) {
	return program([
		"docker",
		"stop",
		...containers
	]);
}
/** Given containers, return the command that starts them; one that runs already is left alone. */
function startContainers(containers) {
	return program([
		"docker",
		"start",
		...containers
	]);
}
/**
* Given containers, return the command that stops them, says so, and stays. When it is ended, for whatever reason, it
* starts them again: so a runner that dies, or a line that is cut, never leaves production stopped. The starting has a
* session of its own, because the supervisor kills the group of a command that takes too long to end; and it ignores TERM,
* because the supervisor sends that to the whole group before this session is there. It ignores PIPE, because a shell tells
* of its ended `sleep` on a standard error that went with the connection.
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
* Given containers and seconds, return the command that waits until each is healthy, or runs where it has no health
* check; when the time is over, it prints the name and state of one that is not and ends with UNHEALTHY_EXIT.
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
// src/checks/database-properties.ts
/** Given a database, return SQL that answers its DatabaseProperties, or null when there is none. One row, one JSON value. */
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
/** Given a database and the properties of another, return the statements that give them to it; its comment and place are not among them. */
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
/** Settings whose value is a list of quoted names; `ALTER … SET` takes the names one by one (pg_dump's variable_is_guc_list_quote). */
const NAME_LISTS = /* @__PURE__ */ new Set([...[
	"local_preload_libraries",
	"search_path",
	"session_preload_libraries"
], ...[
	"shared_preload_libraries",
	"temp_tablespaces",
	"unix_socket_directories"
]]);
function settingValue({ name, value }) {
	if (!NAME_LISTS.has(name)) return literal(value);
	const names = [...value.matchAll(/"((?:[^"]|"")*)"|([^,\s]+)/g)].map(([, quoted, bare]) => literal(quoted === void 0 ? bare ?? "" : quoted.replaceAll("\"\"", "\"")));
	return names.length === 0 ? "''" : names.join(", ");
}
/** Given the properties before and after, return whether they are the same; without any before, there is nothing to keep. */
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
/** Given a run that holds the lock, return what stands on its server. */
async function serverState({ maintenance, deployment }) {
	const { name } = deployment.database;
	const [found, commented] = await maintenance.values([propertiesQuery(name), COMMENTED_QUERY]);
	const vacancy = vacancyIn(commented, name);
	return {
		production: vacancy ? null : found,
		properties: vacancy ? vacancy.properties : found,
		...vacancy && { vacancy },
		beside: sideDatabases(commented, name)
	};
}
// src/operations/restore/stop-services.ts
/**
* Given a run, return the containers of the services that use the database: those that the settings name, and any other
* of the project that has a session on it. Throws UserMistake when there is none to bring back up.
*/
async function containersOf(run) {
	const { deployment, settings, maintenance } = run;
	const addresses = await maintenance.value(clientsOf(deployment.database.name));
	return chooseContainers(deployment, settings.restore.services, addresses);
}
/** Given a deployment, the services named and the addresses with sessions on the database, return their containers. */
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
/** SQL that answers the addresses of everybody who is connected to a database. */
function clientsOf(database) {
	return `SELECT coalesce(json_agg(DISTINCT host(client_addr)) FILTER (WHERE client_addr IS NOT NULL), '[]') AS clients
FROM pg_stat_activity WHERE datname = ${literal(database)}`;
}
/** Given containers and work, stop them, do the work and start them again, whatever happened. */
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
* Given containers, stop them, and return what starts them again. Beside it, a command on the host starts them should
* nobody be there any more to do it.
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
/** Given containers, wait until they are healthy; return the name and state of one that is not within the time. */
async function unhealthyOne({ host, signal }, containers, seconds) {
	try {
		await host.run(awaitHealthy(containers, seconds), { signal });
		return;
	} catch (error) {
		if (error instanceof CommandFailed && error.exit === 75) return error.stdout.trim();
		throw error;
	}
}
// src/operations/restore/exchange.ts
/** SQLSTATE object_in_use: somebody is still connected. */
const IN_USE = "55006";
/** Each waits 5 s for others to leave. */
const ATTEMPTS = 4;
const PAUSE_MILLISECONDS = 50;
/**
* Given an exchange of names, make it, ending whoever is connected for as long as it takes. A client that reconnects at
* once waits, since the renaming holds the lock that a new connection takes, and then finds the new database.
*/
async function exchange(run, names) {
	const { deployment, applicationName } = run;
	const options = {
		role: deployment.database.admin,
		name: MAINTENANCE_DATABASE,
		applicationName
	};
	await withSessions(run, 1, options, async ([other]) => {
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
// src/operations/restore/vacancy.ts
/** Given a run whose services are stopped, drop production; what carries the mark `vacant` has its name from then on. */
async function vacate(run, vacant, doomed) {
	const { maintenance, deployment, facts, stamp } = run;
	const { name, admin } = deployment.database;
	const [incoming, before] = [sideName(name, "vacant", stamp), sideName(name, "before", stamp)];
	await createMarked(maintenance, {
		name: incoming,
		owner: admin.name,
		locale: facts,
		comment: commentOf(vacant),
		finish: (unmarked) => [allowConnections(unmarked, false)]
	});
	const aside = {
		name: before,
		comment: commentOf(doomed)
	};
	let exchanged = false;
	try {
		await exchange(run, {
			production: name,
			incoming,
			comment: commentOf(vacant),
			aside
		});
		exchanged = true;
		await maintenance.batch([dropDatabase(before)]);
	} catch (error) {
		if (error instanceof Unreachable) throw error;
		if (exchanged) await putBack(run, vacant, before);
		else await maintenance.batch([dropDatabase(incoming)]);
		throw error;
	}
}
/** Given a run and the name of the database that was to be dropped, let it be production again. */
async function putBack(run, vacant, before) {
	await occupy(run, vacant, {
		name: before,
		comment: vacant.properties.comment
	});
}
/** Given a run and a database that is whole, let it have production's name, and drop what had it meanwhile. */
async function occupy(run, vacant, { name: incoming, comment }) {
	const { deployment, maintenance, stamp } = run;
	const { name: production } = deployment.database;
	const aside = sideName(production, "vacant", stamp);
	await exchange(run, {
		production,
		incoming,
		comment,
		...vacant && { aside: {
			name: aside,
			comment: commentOf(vacant)
		} }
	});
	if (vacant) await maintenance.batch([dropDatabase(aside)]);
}
/** Given databases beside production, return the one that was to be dropped, if it is whole: PostgreSQL marks one whose dropping began (`datconnlimit`, catalogue pg_database). */
async function doomedOne({ maintenance }, beside) {
	const doomed = beside.find(({ mark }) => mark.is === "former" && mark.doomed);
	if (!doomed) return void 0;
	const whole = `SELECT datconnlimit <> -2 AS whole FROM pg_database WHERE datname = ${literal(doomed.name)}`;
	return await maintenance.value(whole) ? doomed.name : void 0;
}
/** Given the mark of what has production's name, return how things stand and how to go on. */
function vacancyTrouble({ of, backup, since, safety }) {
	const again = (which) => `openspp-backup restore --backup ${which} --strategy replace`;
	return new Failed({
		what: `There is no production database: ${of} was dropped at ${formatMoment(since)} for a restore of ${backup} that did not end.`,
		state: `${safetyOf(safety)} Nobody can connect to ${of} until a backup is restored.`,
		next: `Finish it: ${again(backup)}${safety ? `; or go back to what it was: ${again(safety)}` : ""}`
	});
}
/** Given the name of the safety backup, or null, return where production is as it was. */
function safetyOf(safety) {
	return safety ? `As it was, it is in the safety backup ${safety}.` : "No safety backup was taken before: it was declined.";
}
// src/operations/restore/settle.ts
/** How long services that had to be started here may take to become healthy, before the run goes on without having seen it. */
const START_SECONDS = 60;
/** Given a run that holds the lock, return what restores left. */
async function leftByRestores(run) {
	const [state, filestores] = await Promise.all([serverState(run), keptFilestores(run)]);
	return {
		state,
		filestores
	};
}
/**
* Given a run that holds the lock, so that no restore is going on, and what restores left, settle those that were interrupted: one that had not
* taken production's place is undone; one that had is confirmed once the services are healthy; one for which production
* was dropped is finished, or what is left of it told. Returns a sentence for each.
*/
async function settleRestores(run, { state: found, filestores }) {
	const { journal, maintenance } = run;
	const sentences = [...await settleVacancy(run, found)];
	for (const record of filestores) sentences.push(...await settleFilestore(run, record));
	const state = found.vacancy ? await serverState(run) : found;
	const left = await finishFilestores(run, state.beside);
	const started = state.vacancy ? [] : await startStopped(run, found, filestores);
	if (started.length > 0) sentences.push(`Started ${started.join(", ")}, which a restore had stopped.`);
	for (const { name, mark } of state.beside) if (mark.is === "incoming") sentences.push(await dropIncoming(run, name, mark));
	else if (mark.is === "vacant" || mark.is === "former" && mark.doomed) await maintenance.batch([dropDatabase(name)]);
	else if (mark.is === "former" && (!mark.confirmed || mark.stopped)) sentences.push(...await confirm(run, name, mark, started, left.get(name)));
	for (const sentence of sentences) journal.log.warning(sentence);
	return sentences;
}
/** Production was dropped, or was about to be: what has its name makes room for the one or the other, if either is whole. */
async function settleVacancy(run, { vacancy, beside }) {
	if (!vacancy) return [];
	const { of, backup, properties } = vacancy;
	const before = await doomedOne(run, beside);
	if (before !== void 0) {
		await putBack(run, vacancy, before);
		return [`A restore of ${backup} was cut off before it had dropped ${of}: that is production again, as it was.`];
	}
	const whole = beside.find(({ mark }) => mark.is === "incoming" && mark.proven);
	if (whole?.mark.is === "incoming") {
		if (whole.mark.filestore) await exchangeFilestores(run, whole.mark.filestore);
		await occupy(run, vacancy, {
			name: whole.name,
			comment: properties.comment
		});
		return [`A restore of ${whole.mark.backup} was cut off when all of it was proven: it is finished now, and ${of} is the restored database.`];
	}
	const { what, state } = vacancyTrouble(vacancy).explanation;
	return [`${what} ${state}`];
}
/** The database takes its place first; the filestore that goes with it may have been left where it was. Returns why one could not follow, by its former database. */
async function finishFilestores(run, beside) {
	const left = /* @__PURE__ */ new Map();
	for (const { name, mark } of beside) {
		if (mark.is !== "former" || mark.confirmed || mark.doomed || !mark.filestore) continue;
		try {
			await exchangeFilestores(run, mark.filestore);
		} catch (error) {
			if (!(error instanceof CommandFailed)) throw error;
			left.set(name, error.explanation.why ?? error.explanation.what);
		}
	}
	return left;
}
/** A filestore that was restored alone: it is proven, so it becomes live; or it is not, and goes. */
async function settleFilestore(run, record) {
	const { state, backup, aside, next, until, of, alone } = record;
	if (state === "live") return [];
	const cut = `A restore of the filestore of ${backup} was cut off`;
	if (state === "staging") {
		await forget(run, record, next);
		return [`${cut} before it was proven: that of ${of} is as it was.`];
	}
	try {
		await exchangeFilestores(run, {
			next,
			aside
		});
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		return [`${cut} when it was proven, and it cannot become live: ${error.explanation.why}.`];
	}
	const { stopped: _, ...rest } = record;
	await remember(run, {
		...rest,
		state: "live"
	});
	return [`${cut} when it was proven: it is live now, and the former one is kept as ${aside} until ${until.slice(0, 10)}.${alone ? " To go back: openspp-backup restore --undo" : ""}`];
}
/** Returns the containers that had to be started. */
async function startStopped({ host, deployment, signal }, { vacancy, beside }, filestores) {
	const marks = [
		...vacancy ? [vacancy] : [],
		...beside.map(({ mark }) => mark),
		...filestores
	];
	const stopped = new Set(marks.flatMap((mark) => "stopped" in mark && mark.stopped || []));
	const containers = deployment.services.filter(({ created, container }) => created && !container && stopped.has(created)).flatMap(({ created }) => created ?? []);
	if (containers.length > 0) await host.run(startContainers(containers), { signal });
	return containers;
}
async function dropIncoming(run, name, { of, backup, filestore }) {
	if (filestore) await removeFolders(run, [filestore.next]);
	await run.maintenance.batch([dropDatabase(name)]);
	return `A restore of ${backup} did not end: it had not taken the place of ${of}. Dropped ${name}.`;
}
async function confirm(run, name, mark, started, filestoreLeft) {
	const { maintenance, deployment, settings } = run;
	const { stopped: _, ...rest } = mark;
	const { of, backup, until } = rest;
	const happened = `The restore of ${backup} was cut off after it had taken the place of ${of}`;
	const back = "go back: openspp-backup restore --undo";
	if (filestoreLeft !== void 0) return [`${happened}, and its filestore could not: ${filestoreLeft}. To ${back}`];
	const ill = started.length > 0 ? [await unhealthyOne(run, started, START_SECONDS)].filter((one) => one !== void 0) : notServing(deployment, settings.restore.services);
	if (ill.length > 0 && !mark.confirmed) return [`${happened}, and ${ill.join(", ")}. Start them, or ${back}`];
	await maintenance.batch([commentOnDatabase(name, commentOf({
		...rest,
		confirmed: true
	}))]);
	if (mark.confirmed) return [];
	return [`${happened}. The services are healthy on it, so it stays; the former database is kept as ${name} until ${until.slice(0, 10)}.`];
}
/** Given a deployment and names of services, return in words which of them do not serve: those with a health check must be healthy. */
function notServing({ services }, names) {
	return services.filter(({ name, created }) => names.includes(name) && created !== void 0).filter(({ state }) => state !== "running" && state !== "running (healthy)").map(({ name, state }) => `${name} is ${state}`);
}
// src/operations/refuse-server.ts
/** PostgreSQL 18 brought `pg_get_sequence_data`, which proves sequences; OpenSPP 2 deploys it. */
const OLDEST_SERVER = 18e4;
/** Throws UserMistake for a server that is too old, or an admin role that is no superuser. */
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
export { LOG_TO_COME_QUERY as C, FACTS_QUERY as S, propertiesQuery as _, occupy as a, stopContainers as b, vacate as c, stopServices as d, unhealthyOne as f, compareProperties as g, applyProperties as h, settleRestores as i, exchange as l, serverState as m, leftByRestores as n, safetyOf as o, whileStopped as p, notServing as r, vacancyTrouble as s, refuseServer as t, containersOf as u, awaitHealthy as v, compareExtensions as w, EXTENSIONS_QUERY as x, startContainers as y };
