import { type ListedBackup, type Listing, unfinishedOnes } from "../../../backups/listing.ts";
import type { RetentionPolicy } from "../../../backups/retention-plan.ts";
import type { RunRecord } from "../../../backups/run-record.ts";
import type { ManifestHead } from "../probe.ts";
import type { Zone } from "../schedule.ts";
import type { Volume } from "./disk.ts";

/** What stands in the backup volume, and what is said there of it. */
export interface Store {
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

export type WholeBackup = ListedBackup & Partial<Pick<ManifestHead, "compression" | "pooledBytes">>;

/**
 * The backups that nothing speaks against, newest first: not empty, finished, and as large as the manifest
 * says. A name tells the deployment's wall clock, which was set back perhaps; the manifest tells the
 * moment.
 */
export function wholeOnes({ listing, linked, heads }: Store): readonly WholeBackup[] {
  const unfinished = unfinishedOnes(listing, linked);
  return listing.backups.flatMap((backup) => {
    const head = heads.get(backup.path);
    const whole = backup.bytes > 0 && (head?.bytes ?? backup.bytes) === backup.bytes;
    if (!whole || unfinished.has(backup.name)) return [];
    return [{ ...backup, ...head, bytes: backup.bytes }];
  });
}

/** What the last one of an operation left. */
export function recordOf(
  { records }: Store,
  operation: RunRecord["operation"],
): RunRecord | undefined {
  return records.find((one) => one.operation === operation);
}
