import { directoryOf, poolOf } from "../../backups/backup-name.ts";
import type { ListedFilestore } from "../../backups/listing.ts";
import { and, type InThrowaway, type Program } from "../../commands/command.ts";
import type { Deployment, Filestore } from "../../deployment/deployment.ts";
import { Failed, type Failure, UserMistake } from "../../failure.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import type { Check } from "../../report/check.ts";
import type { Archive } from "../proof/open-archive.ts";
import type { Run } from "../run.ts";
import { PACKER, readFolder } from "./commands/read-files.ts";
import {
  exchangeFolders,
  removeFilestores,
  STAGE_EXIT,
  type Staging,
  stageArchive,
  stageFromPool,
} from "./commands/restore-files.ts";
import { LACKS_ZSTD } from "./commands/scripts.ts";
import { compareFilestore } from "./filestore-verdict.ts";
import { judgementCommand, runJudgement } from "./judge-filestore.ts";
import { inVolumesContainer, WORK } from "./volumes-container.ts";

/** The names of a restore's filestores, all in one folder. */
export interface FilestoreNames {
  readonly live: string;
  /** The restored one, until it is live. */
  readonly staged: string;
  /** The folder that was live before, as long as it is kept. */
  readonly before: string;
}

/** Odoo finds a filestore by the name of its database, so it does not see a hidden one. */
export function filestoreNamesOf(database: string, stamp: string): FilestoreNames {
  return {
    live: database,
    staged: `.${database}_restore_${stamp}`,
    before: `.${database}_before_${stamp}`,
  };
}

/**
 * Puts the backup's filestore next to the live one, with the owner and the modes of Odoo's own. The live one
 * is not touched. Throws UserMistake when the backup has none, and Failed when there is no room.
 */
export async function stageFilestore(run: Run, archive: Archive, stamp: string): Promise<void> {
  const { filestore, name } = archive.backup;
  if (!filestore) {
    throw new UserMistake({
      what: `The backup ${name} holds no filestore.`,
      next: "Restore the database alone, or another backup. `openspp-backup list` says which have one.",
    });
  }
  const { staged } = filestoreNamesOf(run.deployment.database.name, stamp);
  try {
    await run.host.run(stagingCommand(run, archive, filestore, staged), { signal: run.signal });
  } catch (error) {
    await removeStaged(run, stamp);
    throw error instanceof CommandFailed ? notStaged(error, filestore, filestoreOf(run)) : error;
  }
}

export function stagingCommand(
  { deployment }: Pick<Run, "deployment">,
  { manifest }: Archive,
  { kind, path, bytes }: ListedFilestore,
  staged: string,
): InThrowaway {
  const database = deployment.database.name;
  const where: Staging = {
    filestores: filestoreOf({ deployment }).directory,
    database,
    staged,
    bytes: manifest?.filestore?.bytes ?? bytes,
  };
  const command =
    kind === "incremental"
      ? stageFromPool(where, path, poolOf(directoryOf(path), database))
      : stageArchive(where, path, PACKER[kind]);
  return onFilestore(deployment, command);
}

function notStaged(
  error: CommandFailed,
  { name }: ListedFilestore,
  { volume }: Filestore,
): Failure {
  const state = "What was restored of it was removed; the live filestore is as it was.";
  if (error.exit === STAGE_EXIT.noPacker) {
    return new UserMistake({ ...LACKS_ZSTD, state }, { cause: error });
  }
  if (error.exit === STAGE_EXIT.noRoom) {
    return new Failed(
      {
        what: `The volume ${volume} has no room for a second filestore.`,
        why: error.explanation.why,
        state,
        next: "Free space on that disk, or give it more: the live filestore is kept until the restored one serves.",
      },
      { cause: error },
    );
  }
  return new Failed(
    {
      what: `${name} could not be restored.`,
      why:
        error.exit === STAGE_EXIT.notPlain
          ? "It holds links or devices, which no filestore of Odoo's does."
          : error.explanation.why,
      state,
      next: "Restore another backup, and look at the disk that this one is on.",
    },
    { cause: error },
  );
}

/** Against the attachments of `database`: the database that was restored with it, or production. */
export async function proveStaged(run: Run, stamp: string, database: string): Promise<Check> {
  const { deployment, settings } = run;
  const at = filestoreOf(run);
  const { staged } = filestoreNamesOf(deployment.database.name, stamp);
  const reading = { work: WORK, jobs: settings.proof.jobs ?? deployment.cores };
  const read = readFolder(reading, `${at.directory}/${staged}`);
  const { findings, why } = await runJudgement(
    run,
    inVolumesContainer(
      deployment,
      { backups: "read", filestore: { at, may: "read" } },
      and(read, judgementCommand(run, { database })),
    ),
  );
  return compareFilestore(findings, {
    check: "filestore",
    name: "The restored filestore",
    hashed: "all",
    why,
    next: "Restore another backup; or accept it by name: `skip-checks: filestore`.",
  });
}

/** The names of two filestores that change places. */
export interface FilestoreExchange {
  /** It becomes live. */
  readonly next: string;
  /** What was live gets this name. */
  readonly aside: string;
}

/** By renames. An exchange that was already made is no error, so that an interrupted restore can be finished. */
export async function exchangeFilestores(
  run: FilestoreRun,
  names: FilestoreExchange,
): Promise<void> {
  await run.host.run(exchangeCommand(run, names), { signal: run.signal });
}

export function exchangeCommand(
  { deployment }: Pick<Run, "deployment">,
  { next, aside }: FilestoreExchange,
): InThrowaway {
  const live = deployment.database.name;
  const filestores = filestoreOf({ deployment }).directory;
  return onFilestore(deployment, exchangeFolders({ filestores, live, aside, next }));
}

/** A cancelled run does this, too. */
export async function removeFolders(
  { host, deployment }: Omit<FilestoreRun, "signal">,
  names: readonly string[],
): Promise<void> {
  const command = removeFilestores(filestoreOf({ deployment }).directory, names);
  await host.run(onFilestore(deployment, command));
}

/** Removes what a restore staged and did not make live. */
export async function removeStaged(run: Run, stamp: string): Promise<void> {
  await removeFolders(run, [filestoreNamesOf(run.deployment.database.name, stamp).staged]);
}

type FilestoreRun = Pick<Run, "host" | "deployment" | "signal">;

function filestoreOf({ deployment }: Pick<Run, "deployment">): Filestore {
  if (deployment.filestore) return deployment.filestore;
  throw new UserMistake({
    what: "No container of the Odoo service has a filestore on a volume.",
    next: "Create it (`docker compose create`), or name the service with `odoo-service` and the folder with `filestore-directory`.",
  });
}

function onFilestore(deployment: Deployment, command: Program): InThrowaway {
  const filestore = { at: filestoreOf({ deployment }), may: "write" } as const;
  return inVolumesContainer(deployment, { backups: "read", filestore }, command);
}
