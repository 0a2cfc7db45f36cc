import { setTimeout as sleep } from "node:timers/promises";
import { freeSpace } from "../commands/backup-files.ts";
import { Failed } from "../failure.ts";
import { formatBytes } from "../words/bytes.ts";
import { DISK_RESERVE, freeBytes } from "./disk-space.ts";
import type { Run } from "./run.ts";

/** No disk is filled faster, in bytes a second: what is free now is enough for so long. */
const FASTEST_WRITES = 1e9;
const LONGEST_PAUSE_SECONDS = 10;

/** Given the bytes free on a disk, return the seconds for which it need not be looked at: a look costs the host a process in a container. */
export function pauseAt(free: number): number {
  return Math.min(Math.max(1, free / FASTEST_WRITES), LONGEST_PAUSE_SECONDS);
}

/**
 * Given a run, work that fills the database server's disk, and the state that things are in when it is ended, do the work,
 * and end it before that disk is full. A server that does not say where its data is, is not watched.
 */
export async function whileDiskLasts<Running extends Run, T>(
  run: Running,
  state: string,
  work: (run: Running) => Promise<T>,
): Promise<T> {
  if (run.facts.dataDirectory === "") return work(run);
  const full = new AbortController();
  const over = new AbortController();
  const signal = AbortSignal.any([run.signal, full.signal]);
  const watching = watch(run, state, full, over.signal).catch(() => {
    // A host that no longer answers ends the work by itself.
  });
  try {
    return await work({ ...run, signal });
  } catch (error) {
    throw full.signal.aborted && !run.signal.aborted ? full.signal.reason : error;
  } finally {
    over.abort();
    await watching;
  }
}

async function watch(
  run: Run,
  state: string,
  full: AbortController,
  over: AbortSignal,
): Promise<void> {
  const { deployment, facts, host } = run;
  while (!over.aborted) {
    const command = freeSpace(facts.dataDirectory);
    const free = await freeBytes({ host, signal: over }, deployment.database.container, command);
    if (free < DISK_RESERVE) return full.abort(almostFull(free, state));
    await sleep(pauseAt(free) * 1000, undefined, { signal: over });
  }
}

function almostFull(free: number, state: string): Failed {
  return new Failed({
    what: `The disk of the database server ran full while the backup was restored: ${formatBytes(free)} were left, and a server that cannot write stops.`,
    state,
    next: "Find what else fills that disk, free space on it or give it more, then try again.",
  });
}
