import { namesOf } from "../../backups/backup-name.ts";
import type { ListedBackup } from "../../backups/listing.ts";
import { parseTableOfContents } from "../../backups/table-of-contents.ts";
import { measure, measuredIn, readLink } from "../../commands/backup-files.ts";
import { program } from "../../commands/command.ts";
import { pgRestoreList } from "../../commands/postgres.ts";
import { Failed } from "../../failure.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import { type Check, passed, switchedOff, withSwitchedOff } from "../../report/check.ts";
import type { BackupReport } from "../../report/report-schema.ts";
import { formatBytes } from "../../words/bytes.ts";
import { counted } from "../../words/count.ts";
import { assembleReport } from "../assemble-report.ts";
import { judgeScriptArchive } from "../filestore/judge-script-archive.ts";
import { listBackups } from "../list-backups.ts";
import { removeQuietly } from "../remove-quietly.ts";
import type { Run } from "../run.ts";
import { inBackup, uncancelled } from "../run-in-container.ts";

/**
 * Calls the deployment's own /backup.sh as the guide does by hand ("Manual Backup"). Afterwards a new, complete,
 * readable dump must be there. Its content is not proven: the script writes no manifest.
 */
export async function backupByScript(run: Run): Promise<BackupReport> {
  const { journal } = run;
  try {
    await journal.phase("Run the deployment's /backup.sh", () => callScript(run));
    const backup = await journal.phase("Verify what it wrote", () => verify(run));
    return reportOf(run, backup, await judgeScriptArchive(run, backup.written));
  } catch (error) {
    await removeWritten(run);
    throw error;
  }
}

async function verify(run: Run): Promise<ScriptDump> {
  const [written] = await newDumps(run);
  if (!written) throw nothingWritten(run);
  const [contents, measured] = await Promise.all([
    inBackup(run, pgRestoreList(written.path)).catch(unreadable),
    inBackup(run, measure(written.path)),
  ]);
  const { entries } = parseTableOfContents(contents);
  return { written, entries: entries.length, sha256: measuredIn(measured).sha256 };
}

/** The dumps in daily/ that were not there when the run began, newest first. */
async function newDumps(run: Run): Promise<readonly ListedBackup[]> {
  const { listing } = await listBackups(uncancelled(run), run.deployment);
  const known = new Set(run.listing.backups.map(({ path }) => path));
  return listing.backups.filter(({ path, kind }) => kind === "daily" && !known.has(path));
}

/**
 * The script writes straight to the final name, so a dump that a failed script left would be taken for a backup. A dump that
 * it has linked as the latest is complete, and is kept.
 */
async function removeWritten(run: Run): Promise<void> {
  const [written, linked] = await Promise.all([newDumps(run).catch(() => []), linkedDump(run)]);
  const partial = written.filter(({ name }) => name !== linked);
  if (partial.length === 0) return;
  const paths = partial.map(({ path }) => path);
  if (await removeQuietly(run, paths)) run.journal.log.info(`Removed ${paths.join(", ")}.`);
}

async function linkedDump(run: Run): Promise<string> {
  const { backups, database } = run.deployment;
  const { latest } = namesOf(database.name, "");
  const read = readLink(`${backups.directory}/daily/${latest}`);
  return inBackup(uncancelled(run), read).then(
    (name) => name.trim(),
    () => "",
  );
}

function unreadable(error: unknown): never {
  if (!(error instanceof CommandFailed)) throw error;
  throw new Failed(
    {
      what: "/backup.sh ended without an error, and the dump that it wrote cannot be read.",
      why: error.explanation.why,
      state: "That dump was removed; the earlier backups are as they were.",
      next: "Look at the disk, and use `mode: snapshot`, which makes nothing visible before it was read.",
    },
    { cause: error },
  );
}

async function callScript(run: Run): Promise<void> {
  const { deployment, journal } = run;
  try {
    await inBackup(run, program(["/backup.sh"]), { onLine: (line) => journal.log.info(line) });
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    throw new Failed(
      {
        what: "The deployment's /backup.sh failed.",
        why: error.explanation.why,
        state: "What it had not finished was removed; the earlier backups are as they were.",
        next:
          deployment.policy === "strict"
            ? "Under the strict policy the Odoo role may not read the extensions' schemas: use `mode: snapshot`, or let the script dump as the admin role."
            : "Read its output above; `docker compose logs backup` shows its earlier runs.",
      },
      { cause: error },
    );
  }
}

function nothingWritten({ deployment }: Run): Failed {
  return new Failed({
    what: "/backup.sh ended without an error, and no new dump is in daily/.",
    state: "The earlier backups are as they were.",
    next: `Look at what it writes, and where: docker exec ${deployment.backups.container} cat /backup.sh`,
  });
}

interface ScriptDump {
  readonly written: ListedBackup;
  readonly entries: number;
  readonly sha256: string;
}

function reportOf(
  run: Run,
  { written, entries, sha256 }: ScriptDump,
  attachments: Check,
): BackupReport {
  const { name, bytes, takenAt } = written;
  return assembleReport(run, "backup", {
    backup: { name, bytes, sha256, takenAt: takenAt.toISOString(), manifest: false },
    checks: [
      passed(
        "dump",
        `${name} is new and readable: ${formatBytes(bytes)}, ${counted(entries, "entry", "entries")}.`,
      ),
      {
        ...switchedOff("manifest"),
        message: "Its content is not proven: `mode: script` writes no manifest.",
      },
      ...withSwitchedOff([attachments], run.settings.proof.skipChecks),
    ],
    tables: [],
    rows: 0,
  });
}
