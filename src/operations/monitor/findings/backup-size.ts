import type { ListedBackup } from "../../../backups/listing.ts";
import { type Check, failed, notRun, passed, warned } from "../../../report/check.ts";
import { formatBytes } from "../../../words/bytes.ts";
import { counted } from "../../../words/count.ts";

/** How many earlier backups are needed for a trend, and how many of them are looked at. */
const FEWEST = 3;
const MOST = 10;

/** In bytes. The bare structure of an Odoo database takes more, so a dump this small holds no registry. */
const COLLAPSED_BYTES = 20_000;
const COLLAPSED_SHARE = 0.5;
const JUMPED_SHARE = 2;

export type DumpSize = Pick<ListedBackup, "name" | "bytes" | "takenAt"> & {
  /** As the manifest says. A dump without a manifest is the reference script's. */
  readonly compression?: string;
};

/**
 * Whether the newest backup is as large as it should be. `backups` are the complete ones, newest
 * first, each once.
 */
export function judgeSize(backups: readonly DumpSize[]): Check {
  const [newest, ...others] = backups;
  if (!newest) return notRun("backup-size", "Not looked at: there is no complete backup.");
  const earlier = others
    .filter(({ compression }) => compression === newest.compression)
    .slice(0, MOST);
  const typical = median(earlier.map(({ bytes }) => bytes));
  const size = `${newest.name} takes ${formatBytes(newest.bytes)}`;
  const compared = `the ${counted(earlier.length, "backup")} before it ${formatBytes(typical)}`;
  const suspicious =
    "Drill it before you rely on it: openspp-backup drill. Until that passes, keep the earlier ones.";
  if (newest.bytes < COLLAPSED_BYTES) {
    return failed("backup-size", `${size}: too little for a registry.`, suspicious);
  }
  if (earlier.length < FEWEST) {
    return passed("backup-size", `${size}; there are not enough earlier backups for a trend yet.`);
  }
  if (newest.bytes < typical * COLLAPSED_SHARE) {
    return failed("backup-size", `${size}, ${compared}: it collapsed.`, suspicious);
  }
  if (newest.bytes > typical * JUMPED_SHARE) {
    return warned(
      "backup-size",
      `${size}, ${compared}: a sudden jump.`,
      "See whether somebody imported that much; if not, look at which table grew.",
    );
  }
  return passed("backup-size", `${size}, ${compared}.`);
}

/** 0 for no numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  return sorted.length % 2 === 1 ? middle : (middle + (sorted[sorted.length / 2 - 1] ?? 0)) / 2;
}
