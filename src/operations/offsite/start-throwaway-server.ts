import { missingTool, silentEngine } from "../../commands/machine-tools.ts";
import {
  awaitServer,
  MACHINE_EXIT,
  makeServerFolder,
  makeServerNetwork,
  pullImage,
  removeDeadServers,
  removedFoldersIn,
  removeServer,
  runServer,
  type ServerOptions,
  serverFolderIn,
  serverNameOf,
} from "../../commands/throwaway-server.ts";
import { Failed, reasonOf } from "../../failure.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import type { Host } from "../../host/host.ts";
import type { Effects } from "../effects.ts";

/** A PostgreSQL server that a run has started for itself, in a container on some machine. */
export interface ThrowawayServer {
  readonly image: string;
  /** The container's name. */
  readonly container: string;
  /** The folder on the machine that the container sees as FETCHED_DIRECTORY. */
  readonly folder: string;
  readonly freeBytes: number;
  readonly cores: number;
  /**
   * Resolves to the server's address, as the machine reaches it, once it answers. Rejects when it
   * never does.
   */
  readonly ready: Promise<string>;
  /** Aborted when the run is cancelled, and when the server ends too early. */
  readonly signal: AbortSignal;
}

type Machine = Pick<Effects, "journal" | "signal"> & { readonly host: Host };

/** The work's result, and a sentence on what could not be removed after it. */
export interface ThrowawayResult<T> {
  readonly result: T;
  readonly notRemoved?: string;
}

/**
 * Starts a throwaway server and does `work` while it starts. Its container, volume, network and
 * folder are always removed.
 */
export async function withThrowawayServer<T>(
  machine: Machine,
  options: ServerOptions,
  work: (server: ThrowawayServer) => Promise<T>,
): Promise<ThrowawayResult<T>> {
  const { host, journal } = machine;
  const ended = new AbortController();
  const signal = AbortSignal.any([machine.signal, ended.signal]);
  const { folder, freeBytes, cores } = await makeFolder(machine);
  const container = serverNameOf(folder);
  const { image } = options;
  const starting = prepare({ host, signal }, image, folder);
  const serving = starting.then(() => host.run(runServer(options, folder), { signal }));
  serving.then(
    () => ended.abort(notServing(image)),
    (error: unknown) => ended.abort(notServing(image, error)),
  );
  const ready = starting
    .then(() => host.run(awaitServer(container), { signal }))
    .then(({ stdout }) => stdout.trim());
  ready.catch((error: unknown) => ended.abort(notServing(image, error)));
  const clear = async () => {
    ended.abort();
    const left = await journal.phase("Remove the container", () => remove(machine, folder));
    await Promise.allSettled([serving, ready]);
    return left;
  };
  try {
    const result = await work({ image, container, folder, freeBytes, cores, ready, signal });
    signal.throwIfAborted();
    const notRemoved = await clear();
    return { result, ...(notRemoved !== undefined && { notRemoved }) };
  } catch (error) {
    const reason: unknown = ended.signal.aborted ? ended.signal.reason : undefined;
    await clear();
    throw reason !== undefined && !machine.signal.aborted ? reason : error;
  }
}

/** Removes what dead runs left on the machine. Returns a sentence for each thing removed. */
export async function removeDeadServersOn({ host, journal }: Machine): Promise<readonly string[]> {
  const { stdout } = await onMachine(host.run(removeDeadServers()), host);
  const removed = removedFoldersIn(stdout).map(
    (folder) => `Removed ${folder}, which a run that died left.`,
  );
  for (const sentence of removed) journal.log.info(sentence);
  return removed;
}

async function makeFolder({ host, signal }: Machine) {
  const { stdout } = await onMachine(host.run(makeServerFolder(), { signal }), host);
  return serverFolderIn(stdout);
}

async function prepare(
  { host, signal }: Pick<Machine, "host" | "signal">,
  image: string,
  folder: string,
): Promise<void> {
  await host.run(pullImage(image), { signal });
  await host.run(makeServerNetwork(folder), { signal });
}

/**
 * It ignores a cancellation, because what holds a country's data must go. Returns a sentence when
 * it could not be removed.
 */
async function remove({ host, journal }: Machine, folder: string): Promise<string | undefined> {
  try {
    await host.run(removeServer(folder));
    return undefined;
  } catch (error) {
    const left = `${folder} and the container ${serverNameOf(folder)} could not be removed (${reasonOf(error)}).`;
    journal.log.warning(`${left} They hold personal data: remove them.`);
    return left;
  }
}

async function onMachine<T>(running: Promise<T>, { name }: Host): Promise<T> {
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

function notServing(image: string, error?: unknown): unknown {
  if (error !== undefined && !(error instanceof CommandFailed)) return error;
  return new Failed(
    {
      what: `The throwaway container of the image \`${image}\` does not run.`,
      why: error?.reason ?? "It ended by itself.",
      state: "Nothing was proven; the deployment was not touched.",
      next: "Name an image with `runner-image` that this machine can pull and that has PostgreSQL and PostGIS, as postgis/postgis has.",
    },
    { cause: error },
  );
}
