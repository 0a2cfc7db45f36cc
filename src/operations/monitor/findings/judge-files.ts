import type { ListedBackup, Listing } from "../../../backups/listing.ts";
import { type Check, failed, passed, warned } from "../../../report/check.ts";
import { counted } from "../../../words/count.ts";

/** What was found out about the files, apart from their names and sizes. */
export interface FileFindings {
  /** The size that the manifest says, by the path of the dump. */
  readonly written: ReadonlyMap<string, number>;
  /**
   * Names of dumps that no run finished: newer than the dump that the link names, and without a
   * manifest.
   */
  readonly unfinished: ReadonlySet<string>;
  /** Whether a dump is being written now. */
  readonly dumping: boolean;
  /** Why the dump that the link names cannot be read. Absent when it can. */
  readonly unreadable?: string;
}

const SHOWN = 3;

/**
 * Whether any file is empty, cut short or unreadable. Where this project takes the backups, a dump
 * that the reference script did not finish is only a warning.
 */
export function judgeFiles({ backups, partials }: Listing, found: FileFindings): Check {
  const bad = backups.flatMap((backup) => {
    const trouble = fileProblem(backup, found);
    return trouble ? [{ backup, sentence: `${backup.kind}/${backup.name} ${trouble}` }] : [];
  });
  const next =
    "Do not rely on it. Take a new backup, see that the disk is sound and not full, then delete this one by hand.";
  // A wrong size says more than what pg_restore makes of it.
  const known = bad.some(({ backup }) => backup.latest && backup.manifest);
  if (found.unreadable !== undefined && !known) {
    return failed("backup-files", `The latest dump cannot be read: ${found.unreadable}`, next);
  }
  if (bad.length > 0) {
    const shown = bad.slice(0, SHOWN).map(({ sentence }) => sentence);
    const more = bad.length > SHOWN ? `; and ${counted(bad.length - SHOWN, "more", "more")}` : "";
    const provable = backups.some(({ manifest, bytes }) => manifest && bytes > 0);
    const tell = bad.some(({ backup }) => backup.latest && (backup.manifest || !provable))
      ? failed
      : warned;
    return tell("backup-files", `${shown.join("; ")}${more}.`, next);
  }
  if (partials.length > 0 && !found.dumping) {
    return warned(
      "backup-files",
      `${counted(partials.length, "file")} of a run that did not finish ${partials.length === 1 ? "takes" : "take"} space.`,
      "The next run removes them; or do it now: openspp-backup sweep",
    );
  }
  return passed(
    "backup-files",
    `${counted(backups.length, "dump")}, none empty, cut short or unreadable.`,
  );
}

function fileProblem(
  { name, path, bytes }: ListedBackup,
  { written, unfinished, dumping }: FileFindings,
): string | undefined {
  const writtenBytes = written.get(path);
  if (bytes === 0) return "is empty";
  if (writtenBytes !== undefined && writtenBytes !== bytes)
    return `has ${bytes} bytes instead of ${writtenBytes}`;
  return unfinished.has(name) && !dumping ? "was never finished" : undefined;
}

/** Whether the backups' content can be proven. `backups` are newest first. */
export function judgeManifests(backups: readonly ListedBackup[]): Check {
  const missing = backups.filter(({ manifest }) => !manifest);
  if (backups[0]?.manifest === false) {
    return warned(
      "manifests",
      `The newest backup, ${backups[0].name}, has no manifest, so its content cannot be proven.`,
      "Let this project take the backups: openspp-backup backup, or the action `backup`.",
    );
  }
  return passed(
    "manifests",
    missing.length === 0
      ? `Each of ${counted(backups.length, "dump")} has its manifest.`
      : `The newest backup has its manifest; ${counted(missing.length, "other")} of ${backups.length} dumps have none, as the deployment's own script writes them.`,
  );
}
