import { type FilestoreKind, namesOf, poolOf } from "../../backups/backup-name.ts";
import type { Manifest } from "../../backups/manifest.ts";
import { parseRecords, recordPath } from "../../backups/run-record.ts";
import { and, type Program, program } from "../../commands/command.ts";
import type { Filestore } from "../../deployment/deployment.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import { type Check, failed, passed, switchedOff } from "../../report/check.ts";
import { counted } from "../../words/count.ts";
import { removeQuietly } from "../remove-quietly.ts";
import type { Run } from "../run.ts";
import { inBackup } from "../run-in-container.ts";
import { PACKER, readArchive } from "./commands/read-files.ts";
import { addToPool, NO_FILESTORE, noteVanished, saveArchive } from "./commands/save-files.ts";
import { type Attachments, compareFilestore, idsOf } from "./filestore-verdict.ts";
import { attachmentsOf, judgementCommand, runJudgement } from "./judge-filestore.ts";
import { inVolumesContainer, WORK } from "./volumes-container.ts";

export interface SavedFilestore {
  readonly check: Check;
  /** Still under its temporary name; absent when nothing was written. */
  readonly written?: {
    readonly partial: string;
    readonly manifest: NonNullable<Manifest["filestore"]>;
  };
}

/** If so, Odoo's collector of files must be kept out meanwhile. */
export function readsFilestore({ settings, facts, deployment }: Run): boolean {
  return (
    settings.backup.filestore !== "off" && facts.attachments && deployment.filestore !== undefined
  );
}

/**
 * Saves the filestore in the folder under a temporary name. Proves that what was written holds every file that
 * an attachment of the snapshot names. Trouble with the filestore is a failed check: the dump is kept.
 */
export async function saveFilestore(
  run: Run,
  folder: string,
  snapshot: string,
): Promise<SavedFilestore> {
  const { settings, facts, deployment, session } = run;
  const kind = settings.backup.filestore;
  if (kind === "off") return { check: NOT_SAVED };
  if (!facts.attachments) {
    const message =
      "The database has no attachments as Odoo's have: there is no filestore to save.";
    return { check: passed("attachments", message) };
  }
  if (!deployment.filestore) {
    return { check: judgeUnread(await attachmentsOf(session), NOT_FOUND) };
  }
  const output = filestoreOutputOf(run, folder, kind);
  try {
    return await saveAndJudge(run, deployment.filestore, output, snapshot);
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    await removeQuietly(run, filestorePartialsOf(run, folder));
    return { check: await unsaved(run, deployment.filestore, error) };
  }
}

/** The check of a backup that the settings keep from saving the filestore. */
export const NOT_SAVED: Check = {
  ...switchedOff("attachments"),
  message: "The filestore was not saved: it is switched off by `filestore: off`.",
};

interface FilestoreOutput {
  readonly kind: FilestoreKind;
  readonly name: string;
  /** The temporary name of the archive or the list. */
  readonly partial: string;
  readonly pool: string;
  /** Where new files of the pool are proven: hidden next to it, so that the next run removes what a dead run left. */
  readonly incoming: string;
}

function filestoreOutputOf(
  { deployment, stamp }: Run,
  folder: string,
  kind: FilestoreKind,
): FilestoreOutput {
  const { backups, database } = deployment;
  const name = namesOf(database.name, stamp).filestore[kind];
  const pool = poolOf(backups.directory, database.name);
  const incoming = pool.replace(/[^/]*$/, (last) => `.${last}.part`);
  return { kind, name, partial: `${folder}/.${name}.part`, pool, incoming };
}

/** Paths of the run's unfinished filestore; some may not exist. */
export function filestorePartialsOf(run: Run, folder: string): readonly string[] {
  const kind = run.settings.backup.filestore;
  if (kind === "off") return [];
  const { partial, incoming } = filestoreOutputOf(run, folder, kind);
  return kind === "incremental" ? [partial, incoming] : [partial];
}

async function saveAndJudge(
  run: Run,
  filestore: Filestore,
  output: FilestoreOutput,
  snapshot: string,
): Promise<SavedFilestore> {
  const { deployment } = run;
  const { kind, name, partial } = output;
  const doubted = kind === "incremental" && (await isPoolDoubted(run));
  const steps = savingSteps(run, filestore, output, doubted);
  const { findings, why } = await runJudgement(
    run,
    inVolumesContainer(
      deployment,
      { backups: "write", filestore: { at: filestore, may: "read" } },
      and(...steps, judgementCommand(run, { database: deployment.database.name, snapshot })),
    ),
  );
  const { files, bytes, digest } = findings;
  const hashed = kind === "incremental" && !doubted ? "new" : "all";
  const check = compareFilestore(findings, { check: "attachments", name, hashed, why, next: LOST });
  const proven = check.status === "passed";
  return {
    check,
    written: { partial, manifest: { file: name, kind, files, bytes, digest, proven } },
  };
}

/** A backup does not read all of a pool. But when the last drill failed, the pool may be why. */
async function isPoolDoubted(run: Run): Promise<boolean> {
  const path = recordPath(run.deployment.backups.directory, "drill");
  try {
    const record = await inBackup(run, program(["cat", path]));
    return parseRecords(record).some(({ verdict }) => verdict === "failed");
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    return false;
  }
}

const LOST =
  "Production itself has lost these files, or its rows are wrong about them. Put them back from an older backup, or delete these attachments in Odoo if nobody needs them. The backup is kept, as production is.";

/** They write the filestore, and read back what was written. */
function savingSteps(
  { deployment, settings }: Run,
  filestore: Filestore,
  { kind, partial, pool, incoming }: FilestoreOutput,
  doubted: boolean,
): readonly Program[] {
  const { name: database } = deployment.database;
  const reading = { work: WORK, jobs: settings.backup.jobs ?? deployment.cores };
  if (kind === "incremental") {
    return [
      addToPool(reading, `${filestore.directory}/${database}`, {
        pool,
        incoming,
        list: partial,
        doubted,
      }),
      noteVanished(WORK),
    ];
  }
  const packer = PACKER[kind];
  return [
    saveArchive(reading, filestore.directory, database, packer, partial),
    readArchive(reading, partial, database, packer),
    noteVanished(WORK),
  ];
}

async function unsaved(run: Run, filestore: Filestore, error: CommandFailed): Promise<Check> {
  const { directory, volume } = filestore;
  const { name } = run.deployment.database;
  if (error.exit === NO_FILESTORE) {
    return judgeUnread(await attachmentsOf(run.session), {
      what: `The filestore ${directory}/${name} is gone`,
      next: `See what became of the volume ${volume}. Put the filestore back from an older backup, together with a database of the same time.`,
    });
  }
  return failed(
    "attachments",
    `The filestore could not be saved: ${error.reason}`,
    "The dump is kept, without its filestore. See that the backup volume has room, then take the backup again.",
  );
}

const NOT_FOUND = {
  what: "The filestore was not found: no container of the Odoo service has it on a volume",
  next: "Start Odoo, or name the service with `odoo-service` and the folder with `filestore-directory`; or accept it by name: `filestore: off`.",
};

/** A new database has no attachment that names a file, and needs no filestore. */
function judgeUnread(
  attachments: Attachments,
  { what, next }: { what: string; next: string },
): Check {
  if (attachments.count === 0) {
    return passed("attachments", "No attachment names a file: there is no filestore to save.");
  }
  const message = `${what}, and ${counted(attachments.count, "attachment names", "attachments name")} files in it (ids ${idsOf(attachments)}).`;
  return failed("attachments", message, next);
}
