import type { RunRecord } from "../../../backups/run-record.ts";
import { type Check, failed, passed } from "../../../report/check.ts";
import { formatDuration } from "../../../words/duration.ts";
import { AHEAD_SECONDS } from "./freshness.ts";

const DRILL = "openspp-backup drill, or the action `drill`";

/** Given what the last drill left, the host's clock and how old it may be, return whether it still proves something. */
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
