import type { Conflict } from "../backups/offsite-plan.ts";
import { type Check, failed, passed } from "../report/check.ts";
import { formatBytes } from "../words/bytes.ts";
import { counted, formatCount } from "../words/count.ts";

/** What a sync did, and what the remote's own list says after it. */
export interface SyncState {
  readonly remote: string;
  /** How many complete backups the volume holds. */
  readonly here: number;
  /** The volume's backups that the remote does not hold whole, by the paths of their dumps. */
  readonly missing: readonly string[];
  /** Files of the filestore's pool that the remote does not hold. */
  readonly missingInPool: number;
  readonly conflicts: readonly Conflict[];
  /** Left out because they may still be written. */
  readonly unfinished: readonly string[];
  readonly copied: number;
  readonly bytes: number;
  /** What ended the copying before it was done. */
  readonly stopped?: { readonly at: string; readonly why: string };
}

const NEVER_OVERWRITTEN =
  "A file on the remote is never overwritten. Find out which of the two is right, delete the other by hand, and run it again.";

/** Passed when every backup of the volume is on the remote, whole. */
export function judgeCopy(outcome: SyncState): Check {
  const { remote, here, missing, missingInPool, conflicts, stopped } = outcome;
  if (stopped) {
    const left = missing.length > 0 ? ` ${notThere(missing, here)}` : "";
    return failed(
      "offsite-copy",
      `Copying ${stopped.at} to \`${remote}\` failed: ${withoutStop(stopped.why)}.${left} ${copiedNow(outcome)}`,
      "Check the remote, its free space and the connection to it. The next run copies only what is missing.",
    );
  }
  const [conflict] = conflicts;
  if (conflict) {
    const { path, here: local, there } = conflict;
    const more =
      conflicts.length > 1 ? ` So do ${counted(conflicts.length - 1, "more file")}.` : "";
    return failed(
      "offsite-copy",
      `${path} has ${formatCount(there)} bytes on \`${remote}\` and ${formatCount(local)} here.${more}`,
      NEVER_OVERWRITTEN,
    );
  }
  if (missing.length > 0) {
    return failed(
      "offsite-copy",
      `${notThere(missing, here)} The tool reported no error.`,
      "Run it again, with debug logging, and check the remote.",
    );
  }
  if (missingInPool > 0) {
    return failed(
      "offsite-copy",
      `${counted(missingInPool, "file")} of the filestore's pool ${missingInPool === 1 ? "is" : "are"} not on \`${remote}\`, or of another size there.`,
      NEVER_OVERWRITTEN,
    );
  }
  return passed("offsite-copy", `${allThere(outcome)} ${copiedNow(outcome)}${leftOut(outcome)}`);
}

function allThere({ here, remote }: SyncState): string {
  const all = here === 1 ? "The one backup" : `All ${formatCount(here)} backups`;
  return `${all} of the volume ${here === 1 ? "is" : "are"} on \`${remote}\`.`;
}

function notThere(missing: readonly string[], here: number): string {
  const names = missing.slice(0, 3).join(", ") + (missing.length > 3 ? ", …" : "");
  return `Of ${counted(here, "backup")}, ${formatCount(missing.length)} ${missing.length === 1 ? "is" : "are"} not off-site: ${names}.`;
}

function copiedNow({ copied, bytes }: SyncState): string {
  if (copied === 0) return "Nothing was copied.";
  return `${counted(copied, "backup")} ${copied === 1 ? "was" : "were"} copied now (${formatBytes(bytes)}).`;
}

function leftOut({ unfinished }: SyncState): string {
  if (unfinished.length === 0) return "";
  return ` Left out, since ${unfinished.length === 1 ? "it" : "they"} may still be written: ${unfinished.join(", ")}.`;
}

function withoutStop(sentence: string): string {
  return sentence.trim().replace(/\.$/, "");
}
