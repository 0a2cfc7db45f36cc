import { directoryOf, poolOf } from "../../backups/backup-name.ts";
import type { ListedFilestore } from "../../backups/listing.ts";
import { and, type Joined, type Program } from "../../commands/command.ts";
import type { Session } from "../../database/session.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import { type Check, failed, notRun, passed, switchedOff } from "../../report/check.ts";
import { counted } from "../../words/count.ts";
import type { Archive } from "../proof/open-archive.ts";
import type { Run } from "../run.ts";
import { judgePool, PACKER, readArchive } from "./commands/read-files.ts";
import { LACKS_ZSTD, NO_PACKER } from "./commands/scripts.ts";
import { compareFilestore, idsOf } from "./filestore-verdict.ts";
import { attachmentsOf, judgementCommand, runJudgement } from "./judge-filestore.ts";
import { inVolumesContainer, WORK } from "./volumes-container.ts";

/**
 * Proves that the backup's filestore holds every file that an attachment of the restored database names.
 * Each must have the content that its name and its row say.
 */
export async function proveFilestore(
  run: Run,
  archive: Archive,
  database: string,
  session: Session,
): Promise<Check> {
  const odoo = archive.contents.entries.some(
    ({ kind, schema, name }) => kind === "TABLE" && schema === "public" && name === "ir_attachment",
  );
  if (!odoo) {
    return passed(
      "filestore",
      "The database has no attachments as Odoo's have, so it needs no filestore.",
    );
  }
  const { filestore } = archive.backup;
  if (!filestore) return judgeAbsent(run, archive, session);
  const proof = proofOf(run, archive, filestore, judgementCommand(run, { database }));
  try {
    const { findings, why } = await runJudgement(
      run,
      inVolumesContainer(run.deployment, { backups: "read" }, proof),
    );
    const expected = archive.manifest?.filestore;
    return compareFilestore(findings, {
      check: "filestore",
      name: filestore.name,
      expected,
      hashed: "all",
      why,
      next: filestore.kind === "incremental" ? DAMAGED_POOL : DAMAGED,
    });
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    if (error.exit === NO_PACKER) {
      const { what, next } = LACKS_ZSTD;
      return notRun("filestore", `${filestore.name} was not read. ${what}`, next);
    }
    return failed("filestore", `${filestore.name} could not be read: ${error.reason}`, DAMAGED);
  }
}

const DAMAGED =
  "Do not rely on this backup for attachments. Drill an older one, take a new one, and look at the disk.";

const DAMAGED_POOL =
  "Do not rely on this backup for attachments. Take a new one: after a drill that failed it hashes the pool, and copies again what is missing there or damaged. Then drill again, and look at the disk.";

function proofOf(
  { deployment, settings }: Run,
  { manifest }: Archive,
  { kind, path }: ListedFilestore,
  judging: Program,
): Program | Joined {
  const { name: database } = deployment.database;
  const reading = { work: WORK, jobs: settings.proof.jobs ?? deployment.cores };
  if (kind !== "incremental") {
    return and(readArchive(reading, path, database, PACKER[kind]), judging);
  }
  const pool = poolOf(directoryOf(path), database);
  const saved = manifest?.filestore;
  return judgePool(reading, path, pool, judging, saved?.proven ? saved : undefined);
}

async function judgeAbsent(
  { settings }: Run,
  { backup, manifest }: Archive,
  session: Session,
): Promise<Check> {
  const attachments = await attachmentsOf(session);
  if (attachments.count === 0) {
    return passed("filestore", "No attachment names a file, so this backup needs no filestore.");
  }
  const these = `${counted(attachments.count, "attachment names a file", "attachments name files")} (ids ${idsOf(attachments)})`;
  if (manifest?.filestore) {
    return failed(
      "filestore",
      `${manifest.filestore.file} is gone: it was written with ${backup.name}, and ${these}.`,
      DAMAGED,
    );
  }
  if (settings.backup.filestore === "off") {
    return { ...switchedOff("filestore"), message: "Switched off by `filestore: off`." };
  }
  return notRun(
    "filestore",
    `This backup holds no filestore, and ${these}.`,
    "Take a new backup with `filestore: tar.gz`; or accept it by name: `skip-checks: filestore`.",
  );
}
