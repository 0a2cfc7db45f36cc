import { manifestNameOf } from "../../backups/backup-name.ts";
import type { ListedBackup } from "../../backups/listing.ts";
import { type Manifest, parseManifest } from "../../backups/manifest.ts";
import { definitionsToRead, superuserDefinitions } from "../../backups/superuser-definitions.ts";
import { parseTableOfContents, type TableOfContents } from "../../backups/table-of-contents.ts";
import { type TablespaceMove, tablespaceMoves } from "../../backups/tablespace-moves.ts";
import { measure, measuredIn } from "../../commands/backup-files.ts";
import { program } from "../../commands/command.ts";
import { pgRestoreList, printTablespaces, restoreStatements } from "../../commands/postgres.ts";
import { Failed } from "../../failure.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import { type Check, failed, passed } from "../../report/check.ts";
import { formatBytes } from "../../words/bytes.ts";
import { RESTORE_LIST } from "../drill/throwaway-database.ts";
import type { Run } from "../run.ts";
import { inBackup } from "../run-in-container.ts";

/** A backup that was opened. */
export interface Archive {
  readonly backup: ListedBackup;
  readonly manifest?: Manifest;
  readonly contents: TableOfContents;
  /** Ids of what the Odoo role owns and only a superuser may create. */
  readonly superuser: readonly number[];
  readonly moves: readonly TablespaceMove[];
  readonly sha256: string;
  /** Whether its bytes are those that were written. */
  readonly check: Check;
}

/**
 * Reads the manifest and the table of contents and measures the bytes, all at once. Throws Failed when the dump
 * cannot be read though its bytes are right or no manifest says what they were.
 */
export async function openArchive(run: Run, backup: ListedBackup): Promise<Archive> {
  const reading = Promise.all([
    backup.manifest ? inBackup(run, program(["cat", manifestNameOf(backup.path)])) : undefined,
    inBackup(run, pgRestoreList(backup.path, "verbose")).catch((error: unknown) =>
      unreadable(error, backup),
    ),
  ]);
  const measuring = inBackup(run, measure(backup.path));
  // Awaited below, also when the manifest or the list cannot be read.
  measuring.catch(() => {});
  const [text, listed] = await reading;
  const manifest = text === undefined ? undefined : parseManifest(text, backup.name);
  const contents = parseTableOfContents(
    listed instanceof Failed ? "" : listed,
    manifest?.roles ? Object.values(manifest.roles).flat() : [],
  );
  const [definitions, { bytes, sha256 }] = await Promise.all([
    readDefinitions(run, backup, contents, manifest).catch((error: unknown) =>
      unreadable(error, backup),
    ),
    measuring.then(measuredIn),
  ]);
  const check = judgeArchive(backup.name, bytes, sha256, manifest);
  for (const one of [listed, definitions]) {
    if (one instanceof Failed && check.status === "passed") throw one;
  }
  return {
    backup,
    ...(manifest && { manifest }),
    contents,
    ...(definitions instanceof Failed ? { superuser: [], moves: [] } : definitions),
    sha256,
    check,
  };
}

/** The Odoo role in the database that was dumped; undefined under the flexible policy, where one login restores all. */
export function sourceOwner(
  { policy, database }: Run["deployment"],
  manifest: Manifest | undefined,
): string | undefined {
  if (policy === "flexible") return undefined;
  return manifest?.roles?.owner ?? database.owner.name;
}

/** What the definitions say about the login that must restore them. */
async function readDefinitions(
  run: Run,
  { path }: ListedBackup,
  contents: TableOfContents,
  manifest: Manifest | undefined,
): Promise<Pick<Archive, "superuser" | "moves">> {
  const owner = sourceOwner(run.deployment, manifest);
  if (owner === undefined || contents.entries.length === 0) return { superuser: [], moves: [] };
  const toRead = definitionsToRead(contents, owner);
  const ids = toRead.map(({ id }) => id);
  const [statements, headers] = await Promise.all([
    ids.length === 0
      ? ""
      : inBackup(run, restoreStatements(path, RESTORE_LIST, [{ action: "keep", ids }])),
    inBackup(run, printTablespaces(path, `${RESTORE_LIST}.sql`)),
  ]);
  return {
    superuser: superuserDefinitions(toRead, statements),
    moves: tablespaceMoves(headers, contents, owner),
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
