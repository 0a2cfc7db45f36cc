import "./rolldown-runtime.js";
import { M as removeContainers, N as throwawayLabelOf, P as inBackup, ct as literal, et as removeTrees } from "./discover.js";
import { t as counted } from "./count.js";
import { n as LOCKING_VERBS, t as APPLICATION } from "./application.js";
import { a as dropThrowaway, i as dropFound, l as freeBytesIn, r as deadThrowawaysQuery, t as RESTORE_LIST } from "./throwaway-database.js";
import { i as silentEngine, n as missingTool } from "./machine-tools.js";
import { c as program, s as inThrowaway } from "./shell.js";
import { n as Failed, o as reasonOf } from "./failure.js";
import { t as CommandFailed } from "./command-failed.js";
import { C as FACTS_QUERY, l as serverState, m as noProductionFailure, n as resolveInterruptedRestores, r as restoreLeftovers, t as refuseServer } from "./refuse-server.js";
import { r as NoSuchDatabase } from "./sessions.js";
import { r as withLock } from "./locked.js";
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
/** What `makeServerFolder` printed. */
function serverFolderIn(output) {
	const [folder = "", space = "", cores = ""] = output.split("\n");
	return {
		folder,
		freeBytes: freeBytesIn(space),
		cores: Math.max(1, Number.parseInt(cores, 10) || 1)
	};
}
/** The name of a server's container and network, by its folder. */
function serverNameOf(folder) {
	return folder.slice(folder.lastIndexOf("/") + 1);
}
/** Pulls the image unless the machine has it. */
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
/**
* Runs the server for as long as somebody waits for it: it is supervised, so that it ends within seconds of the run that
* started it. Its log keeps nothing but the worst: an error may quote rows.
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
	return inThrowaway(image, server, { options: [...[
		"--name",
		name,
		"--label",
		labelOf(folder),
		"--network",
		name,
		"--shm-size",
		"256m"
	], ...["--mount", `type=bind,source=${folder},target=${FETCHED_DIRECTORY},readonly`]] });
}
/**
* Waits until the server can be reached, two minutes at most, and prints its address. While it is being initialised, it
* answers inside its container and at no address.
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
* Removes a server's container with its volume, its network and the folder, whichever of them there are. A
* container that is about to end by itself cannot be removed, and is waited for.
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
/** The folders that `removeDeadServers` removed, by what it printed. */
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
* Starts a throwaway server and does `work` while it starts; whatever happens, its container, volume,
* network and folder are removed.
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
/** It heeds no cancellation: what holds a country's data must go. Returns a sentence when it could not. */
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
/** Does `work` on a deployment that was discovered and locked for it; the lock is given back whatever happens. */
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
/** A restore that was cut off may have left production where the next run can bring it back; what else there is, is told. */
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
* Removes what our runs left on the deployment, and what drills left of fresh servers if that is where
* they are. Returns a sentence for each thing removed.
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
* Ends the sessions, drops the databases and removes the partial files that a dead run left. The run holds
* the lock, so no other one is alive. Returns a sentence for each thing removed.
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
/** Whoever holds the lock is the only one of its kind: any other session of these verbs belongs to a run that died. */
const endLeftoverSessions = (production) => `
SELECT count(pg_terminate_backend(a.pid, 5000))::text AS ended FROM pg_stat_activity a
WHERE a.application_name IN (${LOCKING_VERBS.map((verb) => literal(`${APPLICATION} ${verb}`)).join(", ")})
  AND a.datname = ${literal(production)} AND a.pid <> pg_backend_pid()`;
export { withThrowawayServer as a, removeDeadServersOn as i, sweep as n, FETCHED_DIRECTORY as o, withRun as r, removeLeftovers as t };
