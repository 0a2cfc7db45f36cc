import { hasRoom } from "../../../checks/disk-room.ts";
import { type Check, failed, passed, warned } from "../../../report/check.ts";
import { formatBytes } from "../../../words/bytes.ts";
import { formatDuration } from "../../../words/duration.ts";

export interface Volume {
  /** What a sentence calls it: `the backup volume`. */
  readonly name: string;
  readonly totalBytes: number;
  readonly freeBytes: number;
  /** Zero where the file system has no fixed number of them. */
  readonly totalInodes: number;
  readonly freeInodes: number;
}

const LOW_SHARE = 0.1;
const NO_INODES_SHARE = 0.02;

/**
 * Whether the next backup has room, by the same rule that the backup applies before it begins. The
 * backup volume is the first of `volumes`.
 */
export function judgeSpace(volumes: readonly Volume[], backupBytes: number): Check {
  const [backups] = volumes;
  const shown = volumes
    .map(
      ({ name, freeBytes, totalBytes }) =>
        `${name} has ${formatBytes(freeBytes)} of ${formatBytes(totalBytes)} free`,
    )
    .join("; ");
  const next =
    "Free space there, lower the retention, or give it a larger disk. A full disk stops the database, too.";
  if (backups && !hasRoom(backups.freeBytes, backupBytes)) {
    return failed(
      "disk-space",
      `${capital(shown)}, and a backup takes ${formatBytes(backupBytes)}: the next one has no room.`,
      next,
    );
  }
  const low = volumes.filter(({ freeBytes, totalBytes }) => freeBytes < totalBytes * LOW_SHARE);
  return low.length > 0
    ? warned("disk-space", `${capital(shown)}.`, next)
    : passed("disk-space", `${capital(shown)}.`);
}

/** Whether the file systems still have inodes for new files. */
export function judgeInodes(volumes: readonly Volume[]): Check {
  const limited = volumes.filter(({ totalInodes }) => totalInodes > 0);
  const share = ({ freeInodes, totalInodes }: Volume) => freeInodes / totalInodes;
  const least = limited.toSorted((a, b) => share(a) - share(b))[0];
  if (!least) return passed("inodes", "The file systems have no fixed number of files.");
  const sentence = `${capital(least.name)} has ${Math.floor(share(least) * 100)} % of its inodes free.`;
  const next = "Find what made so many small files, and remove it: df -i, then du --inodes";
  if (share(least) < NO_INODES_SHARE) return failed("inodes", sentence, next);
  return share(least) < LOW_SHARE ? warned("inodes", sentence, next) : passed("inodes", sentence);
}

const DAY = 86_400;
const SOON = 7 * DAY;
const WARNING = 30 * DAY;

/** What `forecast` (growth.ts) finds. */
export interface Forecast {
  /** How much larger a backup gets in a day. */
  readonly bytesPerDay: number;
  /**
   * How much larger the filestore's pool gets in a day. Absent where there is no pool, or where too
   * little is known about it.
   */
  readonly pooledBytesPerDay?: number;
  /** Absent when the volume has room for all the days that were looked at. */
  readonly fullAt?: Date;
  readonly lookedAheadDays: number;
}

/** Undefined means that there were too few backups for a forecast. */
export function judgeForecast(forecast: Forecast | undefined, now: Date): Check {
  if (!forecast) {
    return passed(
      "disk-forecast",
      "There are not enough backups yet to tell when the volume is full.",
    );
  }
  const { bytesPerDay, pooledBytesPerDay } = forecast;
  const pooled =
    pooledBytesPerDay === undefined
      ? ""
      : `, the filestore's pool by ${formatBytes(pooledBytesPerDay)}`;
  const growth = `A backup grows by ${formatBytes(bytesPerDay)} a day${pooled}`;
  if (!forecast.fullAt) {
    return passed(
      "disk-forecast",
      `${growth}; at that rate the backup volume is not full within ${forecast.lookedAheadDays} days.`,
    );
  }
  const seconds = (forecast.fullAt.getTime() - now.getTime()) / 1000;
  const sentence = `${growth}; at that rate the backup volume is full on ${forecast.fullAt.toISOString().slice(0, 10)}, in ${formatDuration(seconds)}.`;
  const next = "Give it a larger disk or lower the retention before that day.";
  if (seconds <= SOON) return failed("disk-forecast", sentence, next);
  return seconds <= WARNING
    ? warned("disk-forecast", sentence, next)
    : passed("disk-forecast", sentence);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
