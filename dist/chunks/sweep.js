import "./rolldown-runtime.js";
import { I as removeContainers, K as removeTrees, L as throwawayLabelOf, X as literal, Y as identifier } from "./discover.js";
import { c as inThrowaway, l as program, s as inContainer } from "./shell.js";
import { t as counted } from "./count.js";
import { n as LOCKING_VERBS, r as NoSuchDatabase, t as APPLICATION } from "./application.js";
import { a as dropThrowaway, i as drop, n as abandonedQuery, o as forgottenQuery, t as RESTORE_LIST } from "./throwaway.js";
import { a as UserMistake, i as Unreachable, n as Failed, r as Failure } from "./failure.js";
import { S as FACTS_QUERY, i as settleRestores, m as serverState, n as leftByRestores, s as vacancyTrouble, t as refuseServer } from "./refuse-server.js";
import { a as WatchedSessions, c as lockedTrouble, i as withLock, l as takeLock, o as MAINTENANCE_DATABASE, r as refuseProduction, s as lockOf } from "./sessions.js";
import { t as CommandFailed } from "./command-failed.js";
// src/checks/given-server.ts
/** One row, one JSON value. */
const GIVEN_SERVER_QUERY = `
SELECT json_build_object('version', current_setting('server_version'), 'number', current_setting('server_version_num')::int,
  'superuser', (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
  'databases', (SELECT json_agg(datname) FROM pg_database),
  'roles', (SELECT json_agg(rolname) FROM pg_roles),
  'extensions', (SELECT json_agg(name) FROM pg_available_extensions),
  'installable', (SELECT json_agg(name || ' ' || version) FROM pg_available_extension_versions)) AS facts`;
/** Given how messages call a server, what it says of itself and a backup, throw UserMistake with the reason unless the one can take the other. */
function refuseGivenServer(server, facts, { manifest, database }) {
	const { file } = manifest.dump;
	const state = "Nothing was changed there.";
	if (facts.databases.includes(database)) throw new UserMistake({
		what: `${server} holds a database \`${database}\`: it may be production.`,
		why: "A drill uses a given server only where no database has the name of the backup's.",
		state,
		next: "Give a server that holds nothing, for example a `services:` container of the job."
	});
	if (!facts.superuser) throw new UserMistake({
		what: `${server} is reached as a user who is no superuser, and can create neither PostGIS nor what belongs to other roles.`,
		state,
		next: "Give its superuser, `postgres` in most images."
	});
	const major = (number) => Math.floor(number / 1e4);
	if (major(facts.number) !== major(manifest.server.number)) throw new UserMistake({
		what: `${server} runs PostgreSQL ${facts.version}, and ${file} was dumped from ${manifest.server.version}.`,
		why: "On another major version a restore proves neither this backup nor the day it is needed.",
		state,
		next: `Give a server of version ${major(manifest.server.number)}, or none: a container of that version is started then.`
	});
	const missing = manifest.extensions.filter(({ name }) => !facts.extensions.includes(name));
	if (missing.length > 0) throw new UserMistake({
		what: `${server} cannot create ${missing.map(({ name }) => `\`${name}\``).join(", ")}, which ${file} needs.`,
		state,
		next: "Give a server that has PostGIS, such as one of the image postgis/postgis."
	});
}
// src/commands/roles.ts
/** Statements on roles, which belong to a whole server: one of ours carries a comment by which it is known to be ours to drop. */
/** Given names and a mark, return the statements that create these roles; no one can log in as them. */
function createMarkedRoles(names, mark) {
	return names.flatMap((name) => [`CREATE ROLE ${identifier(name)} NOLOGIN`, `COMMENT ON ROLE ${identifier(name)} IS ${literal(mark)}`]);
}
/** Given a mark, return the query that answers the roles that carry it. One row, one JSON value. */
function markedRolesQuery(mark) {
	return `
SELECT coalesce(json_agg(rolname ORDER BY rolname), '[]') AS roles FROM pg_roles
WHERE shobj_description(oid, 'pg_authid') = ${literal(mark)}`;
}
/** Given a name, return the statement that drops a role; it fails while something belongs to it. */
function dropRole(name) {
	return `DROP ROLE IF EXISTS ${identifier(name)}`;
}
// src/commands/throwaway-server.ts
/** Everything of one throwaway server bears this name and a suffix of its own: folder, container and network. */
const NAME = "openspp-backup-drill";
/**
* What is made in Docker carries it, so that a later run finds what a dead one left. Its value is the temporary folder
* that the server's own stands in: runners that share an engine do not share that, and leave each other alone.
*/
const LABEL = "org.openspp.backup.drill";
const labelOf = (folder) => `${LABEL}=${folder.slice(0, folder.lastIndexOf("/"))}`;
/** Where the server's container has the folder that takes the backup. */
const FETCHED_DIRECTORY = "/backups";
/** The exit codes by which the scripts here tell what is wrong with the machine. */
const MACHINE_EXIT = {
	noDocker: 69,
	noEngine: 70
};
/** A GitHub runner has a temporary folder of its own, where nobody else's work stands; /tmp is memory on many systems. */
const BASE = `base=\${RUNNER_TEMP:-\${TMPDIR:-/var/tmp}}`;
/** Return the command that makes a folder for one throwaway server and prints it, the bytes free there (`df -P -k`), and the machine's cores. */
function makeServerFolder() {
	return sh(`
    command -v docker >/dev/null || exit ${MACHINE_EXIT.noDocker}
    docker version >/dev/null || exit ${MACHINE_EXIT.noEngine}
    ${BASE}
    mktemp -d "$base/${NAME}.XXXXXX"
    df -P -k "$base" | tail -n 1
    nproc`);
}
/** Given the folder of a server, return the name of its container and network. */
function serverNameOf(folder) {
	return folder.slice(folder.lastIndexOf("/") + 1);
}
/** Given an image, return the command that pulls it unless the machine has it. */
function pullImage(image) {
	return sh(`docker image inspect "$1" >/dev/null 2>&1 || docker pull --quiet "$1"`, image);
}
/** Its network leads nowhere but to this machine. */
function makeServerNetwork(folder) {
	return program([
		...[
			"docker",
			"network",
			"create",
			"--internal"
		],
		"--label",
		labelOf(folder),
		serverNameOf(folder)
	]);
}
/** Given what to start, return the container that is a PostgreSQL server. Of its log nothing but the worst is kept: an error may quote rows. */
function throwawayServer({ image, user, password, database }) {
	const server = program([
		"docker-entrypoint.sh",
		"postgres",
		...[
			"-c",
			"log_min_messages=fatal",
			"-c",
			"log_min_error_statement=panic"
		]
	], { env: {
		POSTGRES_USER: user,
		POSTGRES_PASSWORD: password,
		POSTGRES_DB: database,
		POSTGRES_INITDB_ARGS: "--encoding=UTF8"
	} });
	return {
		image,
		prepare: makeServerNetwork,
		run: (folder) => {
			const network = [
				"--network",
				serverNameOf(folder),
				"--shm-size",
				"256m"
			];
			return inThrowaway(image, server, { options: optionsOf(folder, network) });
		},
		ready: awaitServer
	};
}
/** Given an image, return the container that has PostgreSQL's tools for a server of this machine, at whose addresses it is. */
function throwawayTools(image) {
	const idle = program([
		"tail",
		"-f",
		"/dev/null"
	]);
	return {
		image,
		run: (folder) => inThrowaway(image, idle, { options: optionsOf(folder, ["--network", "host"]) }),
		ready: awaitTools
	};
}
function optionsOf(folder, others) {
	return [...[
		"--name",
		serverNameOf(folder),
		"--label",
		labelOf(folder),
		...others
	], ...["--mount", `type=bind,source=${folder},target=${FETCHED_DIRECTORY},readonly`]];
}
/**
* Given a server's name, return the command that waits until it can be reached and prints its address. While it is
* being initialised, it answers inside its container and at no address.
*/
function awaitServer(name) {
	return sh(`
    left=600
    until address=$(docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$1" 2>/dev/null) \\
    && [ -n "$address" ] && docker exec "$1" pg_isready --quiet --host "$address" 2>/dev/null; do
    left=$((left - 1)); [ "$left" -gt 0 ] || exit 1
    sleep 0.2
    done
    echo "$address"`, name);
}
function awaitTools(name) {
	return sh(`
    left=600
    until docker exec "$1" true 2>/dev/null; do
    left=$((left - 1)); [ "$left" -gt 0 ] || exit 1
    sleep 0.2
    done`, name);
}
/**
* Given a server's folder, return the command that removes its container with its volume, its network and the folder,
* whichever of them there are. A container that is about to go by itself cannot be removed, and is waited for.
*/
function removeServer(folder) {
	return sh(`
    code=0
    left=50
    while docker container inspect "$1" >/dev/null 2>&1; do
    docker rm --force --volumes "$1" >/dev/null && break
    left=$((left - 1)); [ "$left" -gt 0 ] || { code=1; break; }
    sleep 0.2
    done
    ! docker network inspect "$1" >/dev/null 2>&1 || docker network rm "$1" >/dev/null || code=$?
    rm -rf -- "$2" || code=$?
    exit "$code"`, serverNameOf(folder), folder);
}
/**
* Return the command that removes what dead runs left on this machine, and prints a line for each folder. A server
* that runs belongs to a run that is alive, or ends within seconds; a folder without one may be that of a run that is
* about to start it, unless the folder is this runner's own or a minute old.
*/
function removeDeadServers() {
	return sh(`
    ${BASE}
    command -v docker >/dev/null || exit ${MACHINE_EXIT.noDocker}
    live=$(docker ps --filter "label=${LABEL}=$base" --format '{{.Names}}') || exit ${MACHINE_EXIT.noEngine}
    is_live() { printf '%s\\n' "$live" | grep -qxF -- "$1"; }
    dead=$(docker ps --all --quiet --filter "label=${LABEL}=$base" --filter status=exited --filter status=dead)
    [ -z "$dead" ] || docker rm --force --volumes $dead >/dev/null
    age='-mmin +1'; [ -z "\${RUNNER_TEMP:-}" ] || age=
    find "$base" -maxdepth 1 -type d -name '${NAME}.*' $age | while IFS= read -r folder; do
    is_live "\${folder##*/}" && continue
    rm -rf -- "$folder" && echo "$folder"
    done
    for name in $(docker network ls --filter "label=${LABEL}=$base" --format '{{.Name}}'); do
    is_live "$name" || [ -e "$base/$name" ] || docker network rm "$name" >/dev/null
    done`);
}
/** Given a fixed script and its arguments, return the command; the arguments stay an argv, never text of the script. */
function sh(steps, ...args) {
	const text = steps.split("\n").map((line) => line.trim()).filter(Boolean).join("\n");
	return program([
		"sh",
		"-c",
		text,
		...args.length > 0 ? ["sh", ...args] : []
	]);
}
// src/operations/offsite/deployment-on.ts
/**
* Given a throwaway container that has the fetched copy, the remote that this came from, and the database to restore
* into, return all that stands there as a deployment: no project, no services, no schedule.
*/
function deploymentOn({ container, cores, folder, image }, remote, target) {
	return {
		...target,
		project: remote,
		directory: "",
		services: [],
		strays: 0,
		backups: {
			container,
			directory: FETCHED_DIRECTORY,
			volume: folder,
			hostPath: folder,
			image,
			schedule: "",
			retention: {
				days: 0,
				weeks: 0,
				months: 0
			}
		},
		cores,
		clockSkewSeconds: 0
	};
}
// src/operations/offsite/given-session.ts
/**
* Given a server, do `work` with a session on it, under a lock of the throwaway database's name: that is what two drills of
* whatever deployments have in common there.
*/
function onLockedServer(effects, given, { drill }, work) {
	return onServer(effects, given, async (on) => {
		const key = lockOf(drill.throwawayDatabase);
		if (!await on.session.value(takeLock(key))) throw await lockedTrouble(on.session, key);
		return work(on);
	});
}
/** Given a server, do `work` with a session on it. */
async function onServer(effects, given, work) {
	const lost = new AbortController();
	const signal = AbortSignal.any([effects.signal, lost.signal]);
	const database = databaseOf(given);
	const sessions = new WatchedSessions(effects.host, database, `${APPLICATION} drill`, lost);
	try {
		return await work({
			session: await sessions.open(database.admin, MAINTENANCE_DATABASE).catch((error) => {
				throw notReached(given, error);
			}),
			signal
		});
	} catch (error) {
		if (lost.signal.aborted && !effects.signal.aborted) throw lost.signal.reason;
		throw error;
	} finally {
		sessions.close();
	}
}
/** Given a server, a database's name and the container that has the tools, return the database as runs know it. */
function databaseOf({ host, port, user, password }, name = "", container = "") {
	const role = {
		name: user,
		password
	};
	return {
		name,
		container,
		owner: role,
		admin: role,
		address: {
			host,
			port
		},
		innerHost: host,
		innerPort: port
	};
}
/** Given a server, return how messages call it. */
function nameOf({ host, port, user }) {
	return `The given server ${user}@${host}:${port}`;
}
/** What the deployment's own server would need done is no help here. */
function notReached(given, error) {
	if (error instanceof UserMistake) return new UserMistake({
		what: `${nameOf(given)} refused the login.`,
		why: error.explanation.why,
		next: "Hand its password in as the secret `runner-server-password`, and name its superuser in `runner-server`."
	}, { cause: error });
	if (!(error instanceof Unreachable)) return error;
	return new Unreachable({
		what: `${nameOf(given)} cannot be reached.`,
		why: error.explanation.why,
		state: "Nothing was changed.",
		next: "See whether it runs, and at which port: of a `services:` container, the one under `ports`."
	}, { cause: error });
}
// src/operations/offsite/given-server.ts
/** The comment by which a role is known to be ours to drop. */
const markOfRoles = (throwaway) => `${APPLICATION}: role of a restore drill into ${throwaway}; the next drill drops it`;
/** Given a server and a copy, throw UserMistake unless the one can take the other; nothing is done there. */
async function requireGivenServer(effects, { given, copy }) {
	await onServer(effects, given, ({ session }) => lookAt(session, given, copy));
}
/**
* Given a server and what is to be restored there, make the roles that it lacks and do `work` as on any deployment, all as
* the server's superuser. Whatever happens, the roles are dropped.
*/
async function onGivenServer(effects, deployment, work) {
	const { settings, given, copy, startedAt } = deployment;
	const { journal } = effects;
	const { manifest, listing } = copy;
	const throwaway = settings.drill.throwawayDatabase;
	return onLockedServer(effects, given, settings, async ({ session, signal }) => {
		await lookAt(session, given, copy);
		await removeLeftovers$1(session, throwaway, effects);
		const [offered, facts] = await session.values([GIVEN_SERVER_QUERY, FACTS_QUERY]);
		const lacking = rolesOf(copy).filter((name) => !offered.roles.includes(name));
		const stand = deploymentOf(deployment);
		refuseProduction(settings, stand);
		await session.batch([
			"BEGIN",
			...createMarkedRoles(lacking, markOfRoles(throwaway)),
			"COMMIT"
		]);
		let left;
		const clear = async () => {
			left = await dropRoles(session, throwaway, effects);
		};
		try {
			const result = await work({
				...effects,
				signal,
				settings,
				deployment: stand,
				session,
				maintenance: session,
				startedAt,
				applicationName: `${APPLICATION} drill`,
				listing,
				stamp: "",
				readAt: journal.elapsed(),
				facts: {
					...facts,
					extensions: manifest?.extensions ?? [],
					installable: offered.installable,
					databaseBytes: manifest?.databaseBytes ?? 0,
					dataDirectory: ""
				}
			});
			signal.throwIfAborted();
			await clear();
			return {
				result,
				...left !== void 0 && { left }
			};
		} catch (error) {
			await clear();
			throw error;
		}
	});
}
/** Given a server, remove what drills that died left there; return a sentence for each thing removed. */
function sweepGivenServer(settings, given, effects) {
	return onLockedServer(effects, given, settings, ({ session }) => removeLeftovers$1(session, settings.drill.throwawayDatabase, effects));
}
async function lookAt(session, given, { manifest, database, backup }) {
	if (!manifest) throw new UserMistake({
		what: `${backup.name} has no manifest, so nothing says which server it needs.`,
		state: "Nothing was restored.",
		next: "Drill it in a container: leave `runner-server` out."
	});
	const facts = await session.value(GIVEN_SERVER_QUERY);
	refuseGivenServer(nameOf(given), facts, {
		manifest,
		database
	});
}
/** The throwaway database and the roles of a drill that died. Nothing without our mark is dropped, nor a database in which somebody works. */
async function removeLeftovers$1(session, throwaway, { journal }) {
	const found = await session.value(abandonedQuery(throwaway));
	const dropped = await drop({
		session,
		journal
	}, found);
	const roles = await session.value(markedRolesQuery(markOfRoles(throwaway)));
	if (roles.length === 0) return dropped;
	await session.batch(roles.map(dropRole));
	const sentence = `Dropped ${counted(roles.length, "role")} of a drill that died: ${roles.join(", ")}.`;
	journal.log.info(sentence);
	return [...dropped, sentence];
}
/** It heeds no cancellation. Returns a sentence when it could not. */
async function dropRoles(session, throwaway, { journal }) {
	try {
		const roles = await session.value(markedRolesQuery(markOfRoles(throwaway)));
		if (roles.length > 0) await session.batch(roles.map(dropRole));
		return;
	} catch (error) {
		if (!(error instanceof Failure)) throw error;
		const left = `The drill's roles could not be dropped: ${error.explanation.why ?? error.explanation.what}`;
		journal.log.warning(`${left} The next drill drops them.`);
		return left;
	}
}
function rolesOf({ manifest }) {
	const { owner, admin, others = [] } = manifest?.roles ?? {};
	return [.../* @__PURE__ */ new Set([
		owner,
		admin,
		...others
	])].filter((name) => name !== void 0);
}
function deploymentOf({ given, copy, remote, tools }) {
	return deploymentOn(tools, remote.address, {
		database: databaseOf(given, copy.database, tools.container),
		policy: "flexible"
	});
}
// src/operations/offsite/start-throwaway-server.ts
/**
* Given a machine and what to start there, start a throwaway server and do `work` while it comes up; whatever happens,
* its container, volume, network and folder are removed.
*/
async function withThrowawayServer(machine, wanted, work) {
	const { host, journal } = machine;
	const ended = new AbortController();
	const signal = AbortSignal.any([machine.signal, ended.signal]);
	const { folder, freeBytes, cores } = await makeFolder(machine);
	const container = serverNameOf(folder);
	const { image } = wanted;
	const starting = prepare({
		host,
		signal
	}, wanted, folder);
	const serving = starting.then(() => host.run(wanted.run(folder), { signal }));
	serving.then(() => ended.abort(notServing(image)), (error) => ended.abort(notServing(image, error)));
	const ready = starting.then(() => host.run(wanted.ready(container), { signal })).then(({ stdout }) => stdout.trim());
	ready.catch((error) => ended.abort(notServing(image, error)));
	const clear = async () => {
		ended.abort();
		const left = await journal.phase("Remove the container", () => remove(machine, folder));
		await Promise.allSettled([serving, ready]);
		return left;
	};
	try {
		const result = await work({
			image,
			container,
			folder,
			freeBytes,
			cores,
			ready,
			signal
		});
		signal.throwIfAborted();
		const left = await clear();
		return {
			result,
			...left !== void 0 && { left }
		};
	} catch (error) {
		const reason = ended.signal.aborted ? ended.signal.reason : void 0;
		await clear();
		throw reason !== void 0 && !machine.signal.aborted ? reason : error;
	}
}
/** Given a machine, remove what dead runs left there; return a sentence for each thing removed. */
async function removeDeadServersOn({ host, journal }) {
	const { stdout } = await onMachine(host.run(removeDeadServers()), host);
	const removed = stdout.split("\n").filter((line) => line !== "").map((folder) => `Removed ${folder}, which a run that died left.`);
	for (const sentence of removed) journal.log.info(sentence);
	return removed;
}
async function makeFolder({ host, signal }) {
	const { stdout } = await onMachine(host.run(makeServerFolder(), { signal }), host);
	const [folder = "", space = "", cores = ""] = stdout.split("\n");
	return {
		folder,
		freeBytes: Number(space.split(/\s+/)[3] ?? 0) * 1024,
		cores: Math.max(1, Number.parseInt(cores, 10) || 1)
	};
}
async function prepare({ host, signal }, { image, prepare: network }, folder) {
	await host.run(pullImage(image), { signal });
	if (network) await host.run(network(folder), { signal });
}
/** It heeds no cancellation: what holds a country's data must go. Returns a sentence when it could not. */
async function remove({ host, journal }, folder) {
	try {
		await host.run(removeServer(folder));
		return;
	} catch (error) {
		const why = error instanceof Failure ? error.explanation.why : void 0;
		const left = `${folder} and the container ${serverNameOf(folder)} could not be removed${why ? ` (${why})` : ""}.`;
		journal.log.warning(`${left} They hold personal data: remove them.`);
		return left;
	}
}
async function onMachine(running, { name }) {
	try {
		return await running;
	} catch (error) {
		const exit = error instanceof CommandFailed ? error.exit : void 0;
		if (exit !== MACHINE_EXIT.noDocker && exit !== MACHINE_EXIT.noEngine) throw error;
		throw new UserMistake({
			what: exit === MACHINE_EXIT.noDocker ? `The command \`docker\` is not on the PATH of ${name}.` : `The Docker engine of ${name} does not answer.`,
			why: error.explanation.why,
			state: "Nothing was done.",
			next: "A fresh server is a container: use a machine that has Docker, as GitHub's Ubuntu runners do, or `where: host`."
		}, { cause: error });
	}
}
function notServing(image, error) {
	if (error !== void 0 && !(error instanceof CommandFailed)) return error;
	return new Failed({
		what: `The throwaway container of the image \`${image}\` does not run.`,
		why: error ? error.explanation.why ?? error.explanation.what : "It ended by itself.",
		state: "Nothing was proven; the deployment was not touched.",
		next: "Name an image with `runner-image` that this machine can pull and that has PostgreSQL and PostGIS, as postgis/postgis has."
	}, { cause: error });
}
// src/operations/with-run.ts
/** Given the verb, do `work` on a deployment that was discovered and locked for it; the lock is given back whatever happens. */
function withRun(verb, settings, effects, work) {
	return withLock(verb, settings, effects, {
		openBeside: async ({ deployment, sessions }) => {
			const { admin, owner, name } = deployment.database;
			const open = async () => readFacts(await sessions.open(admin, name), effects);
			const [production] = await Promise.all([open().catch(unlessAbsent), (verb === "drill" || verb === "cycle") && sessions.tryLogin(owner, name).catch(unlessAbsent)]);
			return {
				open,
				production
			};
		},
		work: async (locked, { open, production }) => {
			const found = production instanceof NoSuchDatabase ? await bringBack(locked, open) : production;
			refuseServer(found.facts, locked.deployment);
			return work({
				...locked,
				...found
			});
		}
	});
}
/** A restore that was cut off may have left production where the next run can bring it back; what else there is, is told. */
async function bringBack(locked, open) {
	const settled = await settleRestores(locked, await leftByRestores(locked));
	const { vacancy } = await serverState(locked);
	if (vacancy) throw vacancyTrouble(vacancy);
	return {
		...await open(),
		settled
	};
}
function unlessAbsent(error) {
	if (error instanceof NoSuchDatabase) return error;
	throw error;
}
async function readFacts(session, { journal }) {
	return {
		session,
		facts: await session.value(FACTS_QUERY),
		readAt: journal.elapsed()
	};
}
// src/operations/sweep.ts
/**
* Given the settings, remove what runs of ours left on the deployment, and what drills left of fresh servers if that is
* where they are; return a sentence for each thing removed.
*/
async function sweep(settings, effects) {
	const fresh = settings.drill.where === "host" ? [] : await sweepFresh(settings, effects);
	if (settings.deployment.directory === "") return fresh;
	return [...fresh, ...await sweepDeployment(settings, effects)];
}
async function sweepFresh(settings, { host, runner, ...effects }) {
	const { where, runnerServer } = settings.drill;
	const machine = {
		...effects,
		runner,
		host: where === "fresh" ? host : runner
	};
	const containers = await removeDeadServersOn(machine);
	if (!runnerServer) return containers;
	return [...containers, ...await sweepGivenServer(settings, runnerServer, machine)];
}
function sweepDeployment(settings, effects) {
	return withRun("sweep", settings, effects, async (run) => [...await removeLeftovers(run), ...await dropThrowaway(run, settings.drill.throwawayDatabase)]);
}
/**
* Given a run that holds the lock, so that no other one of ours is alive, end the sessions, drop the databases
* and remove the partial files that a dead one left; return a sentence for each thing removed.
*/
async function removeLeftovers(run) {
	const { listing, deployment, journal, session, host, signal, settled = [] } = run;
	const [[ended, forgotten], left] = await Promise.all([
		session.values([endStraySessions(deployment.database.name), forgottenQuery(run)]),
		leftByRestores(run),
		deployment.strays > 0 && host.run(removeContainers(throwawayLabelOf(deployment.project)), { signal })
	]);
	if (listing.partials.length > 0) {
		const files = [...listing.partials, RESTORE_LIST];
		await host.run(inContainer(deployment.backups.container, removeTrees(files)), { signal });
	}
	const removed = [...Number(ended) > 0 ? [`Ended ${counted(Number(ended), "session")} of a run that died.`] : [], ...listing.partials.map((path) => `Removed ${path}, which an unfinished run left.`)];
	for (const sentence of removed) journal.log.info(sentence);
	return [
		...settled,
		...await settleRestores(run, left),
		...removed,
		...await drop(run, forgotten)
	];
}
/** Whoever holds the lock is the only one of its kind: any other session of these verbs belongs to a run that died. */
const endStraySessions = (production) => `
SELECT count(pg_terminate_backend(a.pid, 5000))::text AS ended FROM pg_stat_activity a
WHERE a.application_name IN (${LOCKING_VERBS.map((verb) => literal(`${APPLICATION} ${verb}`)).join(", ")})
  AND a.datname = ${literal(production)} AND a.pid <> pg_backend_pid()`;
export { withThrowawayServer as a, deploymentOn as c, throwawayTools as d, removeDeadServersOn as i, FETCHED_DIRECTORY as l, sweep as n, onGivenServer as o, withRun as r, requireGivenServer as s, removeLeftovers as t, throwawayServer as u };
