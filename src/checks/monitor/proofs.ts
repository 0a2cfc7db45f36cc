import type { RunRecord } from "../../backups/record.ts";
import { formatDuration } from "../../report/duration.ts";
import { type Check, failed, passed, warned } from "../check.ts";

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
  const age = ageOf(last, now);
  const ago = `${formatDuration(age)} ago`;
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

/** What is known of the copies elsewhere. */
export interface OffsiteEvidence {
  /** When the newest backup that stands off-site was taken. */
  readonly newest?: Date;
  /** What the last sync left. */
  readonly record?: RunRecord;
}

/**
 * Given what is known off-site, the newest local backup's moment, the clock and the oldest that a backup may be,
 * return whether a copy that is new enough stands elsewhere.
 */
export function judgeOffsite(
  { newest, record }: OffsiteEvidence,
  local: Date | undefined,
  now: Date,
  limitSeconds: number,
): Check {
  const sync = "openspp-backup sync, or the action `sync`";
  if (!newest && !record) {
    return warned(
      "off-site",
      "No copy of the backups elsewhere is known.",
      `Configure a remote, and copy: ${sync}`,
    );
  }
  if (record && record.verdict !== "passed") {
    return failed(
      "off-site",
      `The last copy to elsewhere, ${formatDuration(ageOf(record, now))} ago, ${record.verdict === "failed" ? "failed" : "proved nothing"}.`,
      `Read its report and copy again: ${sync}`,
    );
  }
  if (!newest) return failed("off-site", "No backup stands off-site.", `Copy them: ${sync}`);
  const age = (now.getTime() - newest.getTime()) / 1000;
  const gap = local ? (local.getTime() - newest.getTime()) / 1000 : 0;
  const behind = gap > 0 ? `, ${formatDuration(gap)} behind the newest here` : ", the same as here";
  const sentence = `The newest off-site copy is ${formatDuration(age)} old${behind}; ${formatDuration(limitSeconds)} is allowed.`;
  return age > limitSeconds
    ? failed("off-site", sentence, `Copy now: ${sync}`)
    : passed("off-site", sentence);
}

function ageOf({ endedAt }: RunRecord, now: Date): number {
  return Math.max(0, (now.getTime() - Date.parse(endedAt)) / 1000);
}
