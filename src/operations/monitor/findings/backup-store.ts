import { type ListedBackup, type Listing, unfinishedDumps } from "../../../backups/listing.ts";
import type { RetentionPolicy } from "../../../backups/retention-plan.ts";
import type { RunRecord } from "../../../backups/run-record.ts";
import type { ManifestHead } from "../probe.ts";
import type { Zone } from "../schedule.ts";
import type { Volume } from "./judge-disk.ts";

/** What stands in the backup volume, and what is said there of it. */
export interface BackupStore {
  readonly listing: Listing;
  /** The deployment's wall clock, as a stamp. */
  readonly stamp: string;
  readonly zone: Zone;
  readonly schedule: string;
  readonly policy: RetentionPolicy;
  /** What the link to the latest dump names; empty without one. */
  readonly linked: string;
  /** What pg_restore says of that dump when it cannot read it. */
  readonly unreadable?: string;
  /** By the path of the dump. */
  readonly heads: ReadonlyMap<string, ManifestHead>;
  readonly records: readonly RunRecord[];
  readonly volume?: Volume;
}

export type CompleteBackup = ListedBackup &
  Partial<Pick<ManifestHead, "compression" | "pooledBytes">>;

/**
 * The backups that nothing speaks against, newest first: not empty, finished, and as large as the manifest
 * says. A name tells the deployment's wall clock, which was set back perhaps; the manifest tells the
 * moment.
 */
export function completeBackups({
  listing,
  linked,
  heads,
}: BackupStore): readonly CompleteBackup[] {
  const unfinished = unfinishedDumps(listing, linked);
  return listing.backups.flatMap((backup) => {
    const head = heads.get(backup.path);
    const complete = backup.bytes > 0 && (head?.bytes ?? backup.bytes) === backup.bytes;
    if (!complete || unfinished.has(backup.name)) return [];
    return [{ ...backup, ...head, bytes: backup.bytes }];
  });
}

/** What the last one of an operation left. */
export function recordOf(
  { records }: BackupStore,
  operation: RunRecord["operation"],
): RunRecord | undefined {
  return records.find((one) => one.operation === operation);
}
