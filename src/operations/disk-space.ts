import { LOG_TO_COME_QUERY } from "../checks/server-facts.ts";
import { freeSpace, makeFolder } from "../commands/backup-files.ts";
import { inContainer, type Joined, type Program } from "../commands/command.ts";
import { Failed } from "../failure.ts";
import { formatBytes } from "../words/bytes.ts";
import { type Foreseen, foreseeFilestore } from "./filestore/foresee.ts";
import type { Run } from "./run.ts";

/** What must be free beyond the expected size: a full disk stops production, too. */
const MARGIN = 1.2;

/**
 * What must stay free at the database: a server that cannot write its log ends every session and stops, production's too
 * (PostgreSQL manual, "Disk Full Failure"). Four segments of the log, of 16 MiB each.
 */
export const DISK_RESERVE = 4 * 16 * 1024 * 1024;

/**
 * Given a run and the folder to dump into, make it, and throw Failed unless a dump as large as the last one fits there, and
 * its filestore with it.
 */
export async function prepareBackupFolder(run: Run, folder: string): Promise<void> {
  const { container, volume } = run.deployment.backups;
  const dump = run.listing.backups[0]?.bytes ?? 0;
  const [free, filestore] = await Promise.all([
    freeBytes(run, container, makeFolder(folder)),
    foreseeFilestore(run),
  ]);
  if (free >= (dump + filestore.bytes) * MARGIN) return;
  throw new Failed({
    what: `The backup volume has ${formatBytes(free)} free, and ${whatItTakes(dump, filestore)}.`,
    state: "Nothing was written; the earlier backups are as they were.",
    next: `Free space on the volume ${volume}, or lower the retention.`,
  });
}

/** Given the bytes of the last dump, 0 without one, and what is foreseen of the filestore, return what the next backup takes. */
export function whatItTakes(dump: number, { bytes, measured }: Foreseen): string {
  if (!measured || bytes === 0) return `the last backup took ${formatBytes(dump + bytes)}`;
  const files = `the filestore's ${measured} take ${formatBytes(bytes)}`;
  return dump > 0 ? `the last dump took ${formatBytes(dump)} and ${files}` : files;
}

/** Given a run, return why a second database as large as production does not fit beside it; nothing if it does, or if its server does not say what is free. */
export async function roomTrouble(run: Run): Promise<Failed | undefined> {
  const { databaseBytes, dataDirectory } = run.facts;
  if (dataDirectory === "") return undefined;
  const [free, logToCome] = await Promise.all([
    freeBytes(run, run.deployment.database.container, freeSpace(dataDirectory)),
    run.maintenance.value<number>(LOG_TO_COME_QUERY),
  ]);
  if (free >= databaseBytes * MARGIN + Math.max(logToCome, DISK_RESERVE)) return undefined;
  return new Failed({
    what: `The database server has ${formatBytes(free)} of disk free, and the database takes ${formatBytes(databaseBytes)}, the server's log meanwhile up to ${formatBytes(logToCome)} more.`,
    why: "A disk that a drill fills stops whatever else is on it.",
    state: "Nothing was restored.",
    next: "Free space on that disk, or give it more.",
  });
}

/** Given output that ends with that of `df -P -k`, return the free bytes: its fourth column is what is available, in KiB (POSIX, "df"). */
export function freeBytesIn(output: string): number {
  const columns = output.trim().split("\n").at(-1)?.split(/\s+/) ?? [];
  return Number(columns[3] ?? 0) * 1024;
}

/** Given a container and a command that ends in `df -P -k`, return the free bytes. */
export async function freeBytes(
  { host, signal }: Pick<Run, "host" | "signal">,
  container: string,
  command: Program | Joined,
): Promise<number> {
  const { stdout } = await host.run(inContainer(container, command), { signal });
  return freeBytesIn(stdout);
}
