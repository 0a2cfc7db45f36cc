import type { Folder } from "./backup-name.ts";

const DAY_MILLISECONDS = 86_400_000;

/** 1970-01-01 was a Thursday, four days after the Sunday that began its week. */
const DAYS_AFTER_SUNDAY = 4;

/**
 * The number of the period of which the folder keeps one backup: the day, the week (from Sunday to
 * Saturday) or the month. A stamp is the deployment's own wall clock. So its date is the day there, in any
 * time zone, even in a night when the clock changes.
 */
export function periodOf(kind: Folder, stamp: string): number {
  const year = Number(stamp.slice(0, 4));
  const month = Number(stamp.slice(4, 6));
  if (kind === "monthly") return year * 12 + month;
  const days = Date.UTC(year, month - 1, Number(stamp.slice(6, 8))) / DAY_MILLISECONDS;
  return kind === "daily" ? days : Math.floor((days + DAYS_AFTER_SUNDAY) / 7);
}
