import { setTimeout as sleep } from "node:timers/promises";
import { freeSpace } from "../../commands/backup-files.ts";
import { Failed } from "../../failure.ts";
import { formatBytes } from "../../report/bytes.ts";
import { freeBytes } from "../disk-space.ts";
import type { ServerRun } from "./on-server.ts";

/**
 * What must stay free: a server that cannot write its log ends every session and stops, production's too (PostgreSQL
 * manual, "Disk Full Failure"). Four segments of the log, of 16 MiB each.
 */
export const DISK_RESERVE = 4 * 16 * 1024 * 1024;

const PAUSE_MILLISECONDS = 1000;

/** Given a run and work that fills the database server's disk, do it, and end it before that disk is full. */
export async function whileDiskLasts<T>(
  run: ServerRun,
  work: (run: ServerRun) => Promise<T>,
): Promise<T> {
  const full = new AbortController();
  const over = new AbortController();
  const signal = AbortSignal.any([run.signal, full.signal]);
  const watching = watch(run, full, over.signal).catch(() => {
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

async function watch(run: ServerRun, full: AbortController, over: AbortSignal): Promise<void> {
  const { deployment, facts, host } = run;
  while (!over.aborted) {
    const command = freeSpace(facts.dataDirectory);
    const free = await freeBytes({ host, signal: over }, deployment.database.container, command);
    if (free < DISK_RESERVE) return full.abort(almostFull(run, free));
    await sleep(PAUSE_MILLISECONDS, undefined, { signal: over });
  }
}

function almostFull({ deployment }: ServerRun, free: number): Failed {
  return new Failed({
    what: `The disk of the database server ran full while the backup was restored: ${formatBytes(free)} were left, and a server that cannot write stops.`,
    state: `${deployment.database.name} is as it was, and was never stopped; what was restored was dropped.`,
    next: "Find what else fills that disk, free space on it or give it more, then restore again.",
  });
}
