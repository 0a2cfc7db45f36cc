import { hasRoom } from "../checks/disk-room.ts";
import { LOG_TO_COME_QUERY } from "../checks/server-facts.ts";
import { freeBytesIn, freeSpace, makeFolder } from "../commands/free-space.ts";
import { Failed } from "../failure.ts";
import { formatBytes } from "../words/bytes.ts";
import { estimateFilestore, type FilestoreEstimate } from "./filestore/estimate-filestore.ts";
import type { Run } from "./run.ts";
import { inBackup, onDatabase } from "./run-in-container.ts";

/**
 * Makes the folder to dump into. Throws Failed unless a dump as large as the last one fits there,
 * together with its filestore.
 */
export async function prepareBackupFolder(run: Run, folder: string): Promise<void> {
  const { volume } = run.deployment.backups;
  const dump = run.listing.backups[0]?.bytes ?? 0;
  const [space, filestore] = await Promise.all([
    inBackup(run, makeFolder(folder)),
    estimateFilestore(run),
  ]);
  const free = freeBytesIn(space);
  if (hasRoom(free, dump + filestore.bytes)) return;
  throw new Failed({
    what: `The backup volume has ${formatBytes(free)} free, and ${expectedSizeSentence(dump, filestore)}.`,
    state: "Nothing was written; the earlier backups are as they were.",
    next: `Free space on the volume ${volume}, or lower the retention.`,
  });
}

/**
 * Part of a sentence: what the next backup is expected to take. `dump` is the last one's bytes, 0
 * without one.
 */
export function expectedSizeSentence(dump: number, { bytes, measured }: FilestoreEstimate): string {
  if (!measured || bytes === 0) return `the last backup took ${formatBytes(dump + bytes)}`;
  const files = `the filestore's ${measured} take ${formatBytes(bytes)}`;
  return dump > 0 ? `the last dump took ${formatBytes(dump)} and ${files}` : files;
}

/**
 * Why a second database as large as production does not fit next to it. Undefined if it fits, or if
 * the server does not say where its data is.
 */
export async function noRoomFailure(run: Run): Promise<Failed | undefined> {
  const { databaseBytes, dataDirectory } = run.facts;
  if (dataDirectory === "") return undefined;
  const [space, logToCome] = await Promise.all([
    onDatabase(run, freeSpace(dataDirectory)),
    run.maintenance.value<number>(LOG_TO_COME_QUERY),
  ]);
  const free = freeBytesIn(space);
  if (hasRoom(free, databaseBytes, { logToCome })) return undefined;
  return new Failed({
    what: `The database server has ${formatBytes(free)} of disk free. The database takes ${formatBytes(databaseBytes)}, and the server's log up to ${formatBytes(logToCome)} more.`,
    why: "A disk that a drill fills stops whatever else is on it.",
    state: "Nothing was restored.",
    next: "Free space on that disk, or give it more.",
  });
}
