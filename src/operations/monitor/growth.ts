import type { ListedBackup } from "../../backups/listing.ts";
import { planRetention, type RetentionPolicy } from "../../backups/retention-plan.ts";
import type { Forecast } from "./findings/judge-disk.ts";

const DAY_MILLISECONDS = 86_400_000;
const LOOK_AHEAD_DAYS = 365;

/** A slope needs at least three points. */
const FEWEST = 3;
const SHORTEST_DAYS = 2;

export type GrowingBackup = ListedBackup & {
  /**
   * Bytes of the files in the filestore's pool that this backup names. Absent where each backup has
   * an archive of its own.
   */
  readonly pooledBytes?: number;
};

export interface ForecastInput {
  /** The complete backups, newest first. */
  readonly backups: readonly GrowingBackup[];
  readonly policy: RetentionPolicy;
  readonly freeBytes: number;
  readonly now: Date;
  /** How many backups are taken in a day. */
  readonly perDay: number;
}

/**
 * Forecasts by how much a backup grows in a day, and when the volume is full. Undefined when there
 * are too few backups. It applies the retention's own plan to each day to come. A weekly or monthly
 * copy shares its storage with the daily one, so it takes space only once that one is removed. The
 * filestore's pool grows as the filestore does. The growth of other files is not seen.
 */
export function forecast(growing: ForecastInput): Forecast | undefined {
  const { freeBytes, now } = growing;
  const slope = slopeOf(growing.backups, bytesOf);
  if (slope === undefined) return undefined;
  const pooled = slopeOf(growing.backups, ({ pooledBytes }) => pooledBytes);
  const result = {
    bytesPerDay: slope,
    ...(pooled !== undefined && { pooledBytesPerDay: pooled }),
    lookedAheadDays: LOOK_AHEAD_DAYS,
  };
  const limit = storedBytes(growing.backups) + freeBytes;
  let backups: readonly ListedBackup[] = growing.backups;
  for (let day = 1; day <= LOOK_AHEAD_DAYS; day += 1) {
    const moment = new Date(now.getTime() + day * DAY_MILLISECONDS);
    backups = afterOneMoreDay(growing, backups, moment, slope * day);
    if (storedBytes(backups) + (pooled ?? 0) * day > limit) return { ...result, fullAt: moment };
  }
  return result;
}

/** The volume a day later. The new backup is larger than today's newest by `grown`. */
function afterOneMoreDay(
  { backups: [newest], policy, perDay }: ForecastInput,
  before: readonly ListedBackup[],
  day: Date,
  grown: number,
): readonly ListedBackup[] {
  const taken = Array.from({ length: perDay }, (_, index): ListedBackup => {
    const takenAt = new Date(day.getTime() - (index * DAY_MILLISECONDS) / perDay);
    const name = `forecast_${stampAt(takenAt)}.dump`;
    const bytes = bytesOf(newest) + grown;
    return { name, path: name, kind: "daily", takenAt, bytes, manifest: true, latest: false };
  });
  const { promoted, kept } = planRetention({
    backups: [...taken, ...before],
    orphans: [],
    policy,
    now: stampAt(day),
  });
  return [
    ...kept.map(({ backup }) => backup),
    ...promoted.map(({ backup, to }) => ({ ...backup, kind: to })),
  ].sort((a, b) => b.takenAt.getTime() - a.takenAt.getTime());
}

function stampAt(moment: Date): string {
  return moment.toISOString().replaceAll(/[-:]/g, "").replace("T", "_").slice(0, 15);
}

/** Bytes on the disk. A copy with the same name is a link, so it counts once. */
function storedBytes(backups: readonly ListedBackup[]): number {
  const sizes = new Map(backups.map((backup) => [backup.name, bytesOf(backup)]));
  return [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
}

function bytesOf(backup: ListedBackup | undefined): number {
  return (backup?.bytes ?? 0) + (backup?.filestore?.bytes ?? 0);
}

/** Growth in bytes per day: the slope, by least squares, of one size of the daily backups. At least 0. */
function slopeOf(
  backups: readonly GrowingBackup[],
  sizeOf: (backup: GrowingBackup) => number | undefined,
): number | undefined {
  const points = backups.flatMap((backup) => {
    const size = backup.kind === "daily" ? sizeOf(backup) : undefined;
    return size === undefined ? [] : [{ x: backup.takenAt.getTime() / DAY_MILLISECONDS, y: size }];
  });
  const [last, first] = [points[0], points.at(-1)];
  if (!last || !first || points.length < FEWEST || last.x - first.x < SHORTEST_DAYS)
    return undefined;
  const mean = (values: readonly number[]) =>
    values.reduce((sum, one) => sum + one, 0) / values.length;
  const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))];
  const above = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0);
  const below = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
  return Math.max(0, above / below);
}
