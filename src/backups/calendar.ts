import type { Folder } from "./backup-name.ts";

const DAY_MILLISECONDS = 86_400_000;

/** 1970-01-01 was a Thursday, four days after the Sunday on which its week began. */
const DAYS_AFTER_SUNDAY = 4;

/**
 * Given a folder and a stamp, return the number of the period that the folder keeps one backup of: the day, the
 * week (from Sunday to Saturday) or the month. A stamp is the deployment's own wall clock, so its date is the
 * day there, whatever the time zone, and whether the clock was changed that night or not.
 */
export function periodOf(kind: Folder, stamp: string): number {
  const year = Number(stamp.slice(0, 4));
  const month = Number(stamp.slice(4, 6));
  if (kind === "monthly") return year * 12 + month;
  const days = Date.UTC(year, month - 1, Number(stamp.slice(6, 8))) / DAY_MILLISECONDS;
  return kind === "daily" ? days : Math.floor((days + DAYS_AFTER_SUNDAY) / 7);
}
