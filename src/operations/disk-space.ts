import type { ListedBackup } from "../backups/listing.ts";
import { freeSpace, makeFolder } from "../commands/backup-files.ts";
import { inContainer, type Joined, type Program } from "../commands/command.ts";
import { Failed } from "../failure.ts";
import { formatBytes } from "../report/bytes.ts";
import type { Run } from "./run.ts";

/** What must be free beyond the expected size: a full disk stops production, too. */
const MARGIN = 1.2;

/** Given a run and the folder to dump into, make it, and throw Failed unless a backup as large as the last one fits there. */
export async function prepareBackupFolder(run: Run, folder: string): Promise<void> {
  const { container, volume } = run.deployment.backups;
  const last = bytesOf(run, run.listing.backups[0]);
  const free = await freeBytes(run, container, makeFolder(folder));
  if (free >= last * MARGIN) return;
  throw new Failed({
    what: `The backup volume has ${formatBytes(free)} free, and the last backup took ${formatBytes(last)}.`,
    state: "Nothing was written; the earlier backups are as they were.",
    next: `Free space on the volume ${volume}, or lower the retention.`,
  });
}

/** What a backup took, with its filestore when the next one's is kept in the same way. */
function bytesOf({ settings }: Run, backup: ListedBackup | undefined): number {
  const { bytes = 0, filestore } = backup ?? {};
  return bytes + (filestore?.kind === settings.backup.filestore ? filestore.bytes : 0);
}

/** Given a run, return why a second database as large as production does not fit beside it; nothing if it does. */
export async function roomTrouble(run: Run): Promise<Failed | undefined> {
  const { databaseBytes, dataDirectory } = run.facts;
  const free = await freeBytes(run, run.deployment.database.container, freeSpace(dataDirectory));
  if (free >= databaseBytes * MARGIN) return undefined;
  return new Failed({
    what: `The database server has ${formatBytes(free)} of disk free, and the database takes ${formatBytes(databaseBytes)}.`,
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
