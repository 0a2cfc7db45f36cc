import { manifestNameOf } from "../../backups/backup-name.ts";
import type { ListedBackup } from "../../backups/listing.ts";
import { type Manifest, parseManifest } from "../../backups/manifest.ts";
import { parseTableOfContents, type TableOfContents } from "../../backups/table-of-contents.ts";
import { measure, measuredIn } from "../../commands/backup-files.ts";
import { program } from "../../commands/command.ts";
import { pgRestoreList } from "../../commands/postgres.ts";
import { Failed } from "../../failure.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import { type Check, failed, passed } from "../../report/check.ts";
import { formatBytes } from "../../words/bytes.ts";
import type { Run } from "../run.ts";
import { inBackup } from "../run-in-container.ts";

/** A backup that was opened. */
export interface Archive {
  readonly backup: ListedBackup;
  readonly manifest?: Manifest;
  readonly contents: TableOfContents;
  readonly sha256: string;
  /** Whether its bytes are those that were written. */
  readonly check: Check;
}

/**
 * Reads the manifest and the table of contents and measures the bytes, all at once. Throws Failed when the dump
 * cannot be read though its bytes are right or no manifest says what they were.
 */
export async function openArchive(run: Run, backup: ListedBackup): Promise<Archive> {
  const [text, listed, measured] = await Promise.all([
    backup.manifest ? inBackup(run, program(["cat", manifestNameOf(backup.path)])) : undefined,
    inBackup(run, pgRestoreList(backup.path)).catch((error: unknown) => unreadable(error, backup)),
    inBackup(run, measure(backup.path)),
  ]);
  const { bytes, sha256 } = measuredIn(measured);
  const manifest = text === undefined ? undefined : parseManifest(text, backup.name);
  const check = judgeArchive(backup.name, bytes, sha256, manifest);
  if (listed instanceof Failed && check.status === "passed") throw listed;
  return {
    backup,
    ...(manifest && { manifest }),
    contents: parseTableOfContents(listed instanceof Failed ? "" : listed),
    sha256,
    check,
  };
}

function unreadable(error: unknown, { name, bytes }: ListedBackup): Failed {
  if (!(error instanceof CommandFailed)) throw error;
  return new Failed(
    {
      what: `${name} (${formatBytes(bytes)}) is not a readable dump.`,
      // Some damage makes pg_restore crash without a message.
      why: error.reason,
      state: "Nothing was restored.",
      next: "It was cut short or damaged. Drill another backup, and take a new one.",
    },
    { cause: error },
  );
}

/** Compares size and checksum with the manifest. Without one, it passes: the table of contents was readable. */
export function judgeArchive(
  name: string,
  bytes: number,
  sha256: string,
  manifest?: Manifest,
): Check {
  const next =
    "It was changed or damaged after it was written. Drill another backup, take a new one, and look at the disk.";
  if (!manifest) {
    return passed(
      "archive",
      `${name} (${formatBytes(bytes)}) is readable. It has no manifest, so no checksum to compare.`,
    );
  }
  if (bytes !== manifest.dump.bytes) {
    return failed("archive", `${name} has ${bytes} bytes instead of ${manifest.dump.bytes}.`, next);
  }
  if (sha256 !== manifest.dump.sha256) {
    return failed("archive", `${name} has another SHA-256 than when it was written.`, next);
  }
  return passed(
    "archive",
    `${name} (${formatBytes(bytes)}) is readable, and its SHA-256 is the manifest's.`,
  );
}
