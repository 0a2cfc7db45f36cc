import type { ListedBackup } from "../../../backups/listing.ts";
import type { RunRecord } from "../../../backups/run-record.ts";
import { type Check, failed, passed, warned } from "../../../report/check.ts";
import { formatDuration } from "../../../words/duration.ts";
import { formatMoment } from "../../../words/moment.ts";
import type { ExpectedRun } from "../schedule.ts";

const HOUR = 3600;

/**
 * A quarter of the pause: an hourly schedule must not get two hours. A runner's schedule may be as
 * late as that.
 */
const MARGIN_SHARE = 0.25;
const MARGIN = 2 * HOUR;

/**
 * In seconds. What is dated further in the future than this was written by a wrong clock: clocks on
 * one host agree to the second.
 */
export const AHEAD_SECONDS = 300;

/**
 * In seconds, the oldest that the newest backup may be. It is the guide's RPO: the pause that the
 * schedule promises, and a margin.
 */
export function oldestAllowed(pauseSeconds: number): number {
  return pauseSeconds + Math.min(MARGIN, MARGIN_SHARE * pauseSeconds);
}

/**
 * Whether a loss now would cost more than was agreed. `now` is by the host's clock. `limitSeconds`
 * is what the user says instead of the schedule.
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

const DRILL = "openspp-backup drill, or the action `drill`";

/** Whether the last drill still proves something. `now` is by the host's clock. */
export function judgeDrill(last: RunRecord | undefined, now: Date, limitSeconds: number): Check {
  if (!last) {
    return failed(
      "drill",
      "No restore drill has proven a backup of this deployment yet.",
      `Run one: ${DRILL}`,
    );
  }
  const age = (now.getTime() - Date.parse(last.endedAt)) / 1000;
  if (age < -AHEAD_SECONDS) {
    return failed(
      "drill",
      `The last restore drill is dated ${formatDuration(-age)} in the future.`,
      `A clock was wrong when it ran: set it by NTP, and drill again: ${DRILL}`,
    );
  }
  const ago = `${formatDuration(Math.max(0, age))} ago`;
  if (last.verdict !== "passed") {
    return failed(
      "drill",
      `The last restore drill, ${ago}, ${last.verdict === "failed" ? "failed" : "proved nothing"}.`,
      `Read its report, mend what it names, and drill again: ${DRILL}`,
    );
  }
  const rto = last.rtoSeconds === undefined ? "" : ` and took ${formatDuration(last.rtoSeconds)}`;
  const sentence = `The last restore drill passed ${ago}${rto}; ${formatDuration(limitSeconds)} is allowed.`;
  return age > limitSeconds
    ? failed("drill", sentence, `Run one: ${DRILL}`)
    : passed("drill", sentence);
}

const NOTABLE_SECONDS = 60;
const WRONG_SECONDS = 600;

/**
 * Whether ages by the host's clock can be trusted. `skewSeconds` is how far it is ahead of this
 * machine's.
 */
export function judgeClock(skewSeconds: number): Check {
  const off = Math.abs(skewSeconds);
  const sentence = `The host's clock is ${formatDuration(off)} ${skewSeconds < 0 ? "behind" : "ahead of"} the clock of the machine that looks at it.`;
  const next =
    "Set both by NTP: timedatectl set-ntp true. Backups are named by that clock, and deleted by it.";
  if (off > WRONG_SECONDS) return failed("clock", sentence, next);
  return off > NOTABLE_SECONDS
    ? warned("clock", sentence, next)
    : passed("clock", "The host's clock agrees with that of the machine that looks at it.");
}
