import { setTimeout as sleep } from "node:timers/promises";
import { SERVER_RESERVE } from "../checks/disk-room.ts";
import { freeBytesIn, freeSpace } from "../commands/free-space.ts";
import { Failed } from "../failure.ts";
import { formatBytes } from "../words/bytes.ts";
import type { Run } from "./run.ts";
import { onDatabase } from "./run-in-container.ts";

/** In bytes per second: no disk is filled faster. */
const FASTEST_WRITES = 1e9;
const LONGEST_PAUSE_SECONDS = 10;

/** Seconds until the disk must be looked at again. Each look costs the host a process in a container. */
export function pauseAt(free: number): number {
  return Math.min(Math.max(1, free / FASTEST_WRITES), LONGEST_PAUSE_SECONDS);
}

/**
 * Does work that fills the database server's disk, and ends it with Failed before that disk is
 * full. `state` says how things are then. Without the server's data directory nothing is watched.
 */
export async function whileDiskHasSpace<Running extends Run, T>(
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
  const command = freeSpace(run.facts.dataDirectory);
  while (!over.aborted) {
    const free = freeBytesIn(await onDatabase({ ...run, signal: over }, command));
    if (free < SERVER_RESERVE) return full.abort(almostFull(free, state));
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
