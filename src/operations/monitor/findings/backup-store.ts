import { type ListedBackup, type Listing, unfinishedDumps } from "../../../backups/listing.ts";
import type { RetentionPolicy } from "../../../backups/retention-plan.ts";
import type { RunRecord } from "../../../backups/run-record.ts";
import type { ManifestHead } from "../probe.ts";
import type { Zone } from "../schedule.ts";
import type { Volume } from "./judge-disk.ts";

/** What is in the backup volume, and what is written there about it. */
export interface BackupStore {
  readonly listing: Listing;
  /** The deployment's wall clock, as a stamp. */
  readonly stamp: string;
  readonly zone: Zone;
  readonly schedule: string;
  readonly policy: RetentionPolicy;
  /** The name of the dump that the link to the latest one names. Empty without a link. */
  readonly linked: string;
  /** What pg_restore says about that dump when it cannot read it. */
  readonly unreadable?: string;
  /** By the path of the dump. */
  readonly heads: ReadonlyMap<string, ManifestHead>;
  readonly records: readonly RunRecord[];
  readonly volume?: Volume;
}

export type CompleteBackup = ListedBackup &
  Partial<Pick<ManifestHead, "compression" | "pooledBytes">>;

/**
 * The complete backups, newest first: not empty, finished, and as large as the manifest says. A
 * name holds the deployment's wall clock, which may have been set back. The manifest holds the
 * moment itself.
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

/** The record of the last run of an operation. */
export function recordOf(
  { records }: BackupStore,
  operation: RunRecord["operation"],
): RunRecord | undefined {
  return records.find((one) => one.operation === operation);
}
