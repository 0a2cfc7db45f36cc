import "./rolldown-runtime.js";
import { F as removeContainers, I as throwawayLabelOf, L as inBackup, _t as literal, q as NoSuchDatabase, ut as removeTrees } from "./discover.js";
import { t as counted } from "./count.js";
import { n as LOCKING_VERBS, t as APPLICATION } from "./application.js";
import { a as dropThrowaway, i as dropFound, l as freeBytesIn, r as deadThrowawaysQuery, t as RESTORE_LIST } from "./throwaway-database.js";
import { i as silentEngine, n as missingTool } from "./machine-tools.js";
import { c as program, s as inThrowaway } from "./shell.js";
import { n as Failed, o as reasonOf } from "./failure.js";
import { t as CommandFailed } from "./command-failed.js";
import { C as FACTS_QUERY, l as serverState, m as noProductionFailure, n as resolveInterruptedRestores, r as restoreLeftovers, t as refuseServer } from "./refuse-server.js";
import { r as withLock } from "./locked.js";
// src/commands/throwaway-server.ts
/** A throwaway server's folder, container and network have this name, each with the same suffix. */
const NAME = "openspp-backup-drill";
/**
* The label of what a drill makes in Docker. By it, a later run finds what a dead one left. Its
* value is the temporary folder that holds the server's own. Runners that share an engine have
* different ones, so they leave each other's servers alone.
*/
const LABEL = "org.openspp.backup.drill";
const labelOf = (folder) => `${LABEL}=${folder.slice(0, folder.lastIndexOf("/"))}`;
/** The folder of the fetched backup, as the server's container sees it. */
const FETCHED_DIRECTORY = "/backups";
/** The exit codes of the scripts here that say what is wrong with the machine. */
const MACHINE_EXIT = {
	noDocker: 69,
	noEngine: 70
};
/**
* A GitHub runner has a temporary folder of its own, without anybody else's files. On many systems
* /tmp is in memory.
*/
const BASE = `base=\${RUNNER_TEMP:-\${TMPDIR:-/var/tmp}}`;
/**
* Makes a folder for one throwaway server, and prints it, the free bytes there (`df -P -k`) and the
* machine's cores.
*/
function makeServerFolder() {
	return sh(`
    command -v docker >/dev/null || exit ${MACHINE_EXIT.noDocker}
    docker version >/dev/null || exit ${MACHINE_EXIT.noEngine}
    ${BASE}
    mktemp -d "$base/${NAME}.XXXXXX"
    df -P -k "$base" | tail -n 1
    nproc`);
}
/** What `makeServerFolder` printed. */
function serverFolderIn(output) {
	const [folder = "", space = "", cores = ""] = output.split("\n");
	return {
		folder,
		freeBytes: freeBytesIn(space),
		cores: Math.max(1, Number.parseInt(cores, 10) || 1)
	};
}
/** The name of a server's container and network. */
function serverNameOf(folder) {
	return folder.slice(folder.lastIndexOf("/") + 1);
}
/** Pulls the image unless the machine has it. */
function pullImage(image) {
	return sh(`docker image inspect "$1" >/dev/null 2>&1 || docker pull --quiet "$1"`, image);
}
/** The network reaches only this machine. */
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
/**
* Runs the server. It is supervised, so that it ends within seconds of the run that started it. It
* logs only fatal errors, because others may quote rows.
*/
function runServer({ image, user, password, database }, folder) {
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
	const name = serverNameOf(folder);
	return inThrowaway(image, server, { options: [
		"--name",
		name,
		"--label",
		labelOf(folder),
		"--network",
		name,
		"--shm-size",
		"256m",
		"--mount",
		`type=bind,source=${folder},target=${FETCHED_DIRECTORY},readonly`
	] });
}
/**
* Waits until the server can be reached, two minutes at most, and prints its address. While it is
* being initialised, it answers only inside its container and has no address.
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
/**
* Removes a server's container with its volume, its network and its folder, as far as they exist. A
* container that is just ending cannot be removed, so this waits for it.
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
* Removes what dead runs left on this machine, and prints a line for each folder. A server that is
* running belongs to a run that is alive, or ends within seconds. A folder without a server may
* belong to a run that is about to start one. So it is removed only when it is this runner's own,
* or older than a minute.
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
/** The folders that `removeDeadServers` printed. */
function removedFoldersIn(output) {
	return output.split("\n").filter((line) => line !== "");
}
/** The arguments stay an argv, never text of the script. */
function sh(steps, ...args) {
	const text = steps.split("\n").map((line) => line.trim()).filter(Boolean).join("\n");
	return program([
		"sh",
		"-c",
		text,
		...args.length > 0 ? ["sh", ...args] : []
	]);
}
// src/operations/offsite/start-throwaway-server.ts
/**
* Starts a throwaway server and does `work` while it starts. Its container, volume, network and
* folder are always removed.
*/
async function withThrowawayServer(machine, options, work) {
	const { host, journal } = machine;
	const ended = new AbortController();
	const signal = AbortSignal.any([machine.signal, ended.signal]);
	const { folder, freeBytes, cores } = await makeFolder(machine);
	const container = serverNameOf(folder);
	const { image } = options;
	const starting = prepare({
		host,
		signal
	}, image, folder);
	const serving = starting.then(() => host.run(runServer(options, folder), { signal }));
	serving.then(() => ended.abort(notServing(image)), (error) => ended.abort(notServing(image, error)));
	const ready = starting.then(() => host.run(awaitServer(container), { signal })).then(({ stdout }) => stdout.trim());
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
		const notRemoved = await clear();
		return {
			result,
			...notRemoved !== void 0 && { notRemoved }
		};
	} catch (error) {
		const reason = ended.signal.aborted ? ended.signal.reason : void 0;
		await clear();
		throw reason !== void 0 && !machine.signal.aborted ? reason : error;
	}
}
/** Removes what dead runs left on the machine. Returns a sentence for each thing removed. */
async function removeDeadServersOn({ host, journal }) {
	const { stdout } = await onMachine(host.run(removeDeadServers()), host);
	const removed = removedFoldersIn(stdout).map((folder) => `Removed ${folder}, which a run that died left.`);
	for (const sentence of removed) journal.log.info(sentence);
	return removed;
}
async function makeFolder({ host, signal }) {
	const { stdout } = await onMachine(host.run(makeServerFolder(), { signal }), host);
	return serverFolderIn(stdout);
}
async function prepare({ host, signal }, image, folder) {
	await host.run(pullImage(image), { signal });
	await host.run(makeServerNetwork(folder), { signal });
}
/**
* It ignores a cancellation, because what holds a country's data must go. Returns a sentence when
* it could not be removed.
*/
async function remove({ host, journal }, folder) {
	try {
		await host.run(removeServer(folder));
		return;
	} catch (error) {
		const left = `${folder} and the container ${serverNameOf(folder)} could not be removed (${reasonOf(error)}).`;
		journal.log.warning(`${left} They hold personal data: remove them.`);
		return left;
	}
}
async function onMachine(running, { name }) {
	try {
		return await running;
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		const options = { cause: error };
		if (error.exit === MACHINE_EXIT.noDocker) throw missingTool("docker", name, options);
		if (error.exit !== MACHINE_EXIT.noEngine) throw error;
		throw silentEngine(name, error.explanation.why, options);
	}
}
function notServing(image, error) {
	if (error !== void 0 && !(error instanceof CommandFailed)) return error;
	return new Failed({
		what: `The throwaway container of the image \`${image}\` does not run.`,
		why: error?.reason ?? "It ended by itself.",
		state: "Nothing was proven; the deployment was not touched.",
		next: "Name an image with `runner-image` that this machine can pull and that has PostgreSQL and PostGIS, as postgis/postgis has."
	}, { cause: error });
}
// src/operations/with-run.ts
/** Discovers and locks the deployment, then does `work`. It always gives the lock back. */
function withRun(verb, settings, effects, work) {
	return withLock(verb, settings, effects, {
		openSessions: async ({ deployment, sessions }) => {
			const { admin, owner, name } = deployment.database;
			const open = async () => readFacts(await sessions.open(admin, name), effects);
			const [production] = await Promise.all([open().catch(unlessAbsent), (verb === "drill" || verb === "cycle") && sessions.tryLogin(owner, name).catch(unlessAbsent)]);
			return {
				open,
				production
			};
		},
		work: async (locked, { open, production }) => {
			const found = production instanceof NoSuchDatabase ? await openAfterInterruptedRestore(locked, open) : production;
			refuseServer(found.facts, locked.deployment);
			return work({
				...locked,
				...found
			});
		}
	});
}
/**
* A restore that was cut off may have left production under a name from which this run can bring it
* back. Throws Failed where it cannot.
*/
async function openAfterInterruptedRestore(locked, open) {
	const resolvedRestores = await resolveInterruptedRestores(locked, await restoreLeftovers(locked));
	const { placeholder } = await serverState(locked);
	if (placeholder) throw noProductionFailure(placeholder);
	return {
		...await open(),
		resolvedRestores
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
* Removes what our runs left on the deployment. Where the settings say that drills run on a fresh
* server, it also removes what they left of those. Returns a sentence for each thing removed.
*/
async function sweep(settings, effects) {
	const { where } = settings.drill;
	const machine = {
		...effects,
		host: where === "fresh" ? effects.host : effects.runner
	};
	const fresh = where === "host" ? [] : await removeDeadServersOn(machine);
	if (settings.deployment.directory === "") return fresh;
	return [...fresh, ...await sweepDeployment(settings, effects)];
}
function sweepDeployment(settings, effects) {
	return withRun("sweep", settings, effects, async (run) => [...await removeLeftovers(run), ...await dropThrowaway(run, settings.drill.throwawayDatabase)]);
}
/**
* Ends the sessions, drops the databases and removes the partial files that a dead run left.
* Because this run holds the lock, no other one is alive. Returns a sentence for each thing
* removed.
*/
async function removeLeftovers(run) {
	const { listing, deployment, journal, session, host, signal, resolvedRestores = [] } = run;
	const [[ended, forgotten], interrupted] = await Promise.all([
		session.values([endLeftoverSessions(deployment.database.name), deadThrowawaysQuery(run)]),
		restoreLeftovers(run),
		deployment.leftoverContainers > 0 && host.run(removeContainers(throwawayLabelOf(deployment.project)), { signal })
	]);
	if (listing.partials.length > 0) await inBackup(run, removeTrees([...listing.partials, RESTORE_LIST]));
	const removed = [...Number(ended) > 0 ? [`Ended ${counted(Number(ended), "session")} of a run that died.`] : [], ...listing.partials.map((path) => `Removed ${path}, which an unfinished run left.`)];
	for (const sentence of removed) journal.log.info(sentence);
	return [
		...resolvedRestores,
		...await resolveInterruptedRestores(run, interrupted),
		...removed,
		...await dropFound(run, forgotten)
	];
}
/**
* Only one run at a time holds the lock. So any other session of these verbs belongs to a run that
* died.
*/
const endLeftoverSessions = (production) => `
SELECT count(pg_terminate_backend(a.pid, 5000))::text AS ended FROM pg_stat_activity a
WHERE a.application_name IN (${LOCKING_VERBS.map((verb) => literal(`${APPLICATION} ${verb}`)).join(", ")})
  AND a.datname = ${literal(production)} AND a.pid <> pg_backend_pid()`;
export { withThrowawayServer as a, removeDeadServersOn as i, sweep as n, FETCHED_DIRECTORY as o, withRun as r, removeLeftovers as t };
