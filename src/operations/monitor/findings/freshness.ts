import type { ListedBackup } from "../../../backups/listing.ts";
import { type Check, failed, passed } from "../../../report/check.ts";
import { formatDuration } from "../../../words/duration.ts";
import { formatMoment } from "../../../words/moment.ts";
import type { ExpectedRun } from "../schedule.ts";

const HOUR = 3600;

/** A quarter of the pause, so that an hourly schedule is not given two hours; a runner's schedule may be late by as much. */
const MARGIN_SHARE = 0.25;
const MARGIN = 2 * HOUR;

/** What is dated later than this from now was written by a wrong clock: those of one host agree to the second. */
export const AHEAD_SECONDS = 300;

/** Given the pause that a schedule promises, return the oldest that the newest backup may be, in seconds: the guide's RPO and a margin. */
export function oldestAllowed(pauseSeconds: number): number {
  return pauseSeconds + Math.min(MARGIN, MARGIN_SHARE * pauseSeconds);
}

/**
 * Given the newest complete backup, the host's clock, what the schedule expects and what the user says instead,
 * return whether a loss now would cost more than was agreed.
 */
export function judgeAge(
  newest: Pick<ListedBackup, "name" | "takenAt"> | undefined,
  now: Date,
  expected: ExpectedRun | undefined,
  limitSeconds?: number,
): Check {
  if (!newest) {
    return failed(
      "backup-age",
      "There is no complete backup of this database.",
      "Take one now: openspp-backup backup",
    );
  }
  const age = (now.getTime() - newest.takenAt.getTime()) / 1000;
  if (age < -AHEAD_SECONDS) {
    return failed(
      "backup-age",
      `The newest backup, ${newest.name}, is dated ${formatDuration(-age)} in the future.`,
      "The clock of the host or of the backup container was wrong: set it by NTP, and delete that backup by hand once a newer one is proven.",
    );
  }
  const limit = limitSeconds ?? (expected && oldestAllowed(expected.pauseSeconds));
  if (limit === undefined) {
    return failed(
      "backup-age",
      "The deployment's BACKUP_SCHEDULE is no schedule in cron format, so no age can be too old.",
      "Correct BACKUP_SCHEDULE in the env file, or say how old the newest backup may be with `backup-within`.",
    );
  }
  const sentence = `The newest backup, ${newest.name}, is ${formatDuration(Math.max(0, age))} old; ${formatDuration(limit)} is allowed`;
  if (age > limit) {
    return failed(
      "backup-age",
      `${sentence}.`,
      "Take one now: openspp-backup backup. Then see why none was taken: docker compose logs backup",
    );
  }
  const next = expected
    ? `, and the schedule's next is due ${formatMoment(expected.next.toISOString())}`
    : "";
  return passed("backup-age", `${sentence}${next}.`);
}
