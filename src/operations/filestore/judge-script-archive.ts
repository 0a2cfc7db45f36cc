import type { ListedBackup } from "../../backups/listing.ts";
import { program } from "../../commands/command.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import { type Check, failed, notRun, passed } from "../../report/check.ts";
import { formatBytes } from "../../words/bytes.ts";
import { counted } from "../../words/count.ts";
import type { Run } from "../run.ts";
import { inBackup } from "../run-in-container.ts";
import { PACKER } from "./commands/read-files.ts";
import { idsOf } from "./filestore-verdict.ts";
import { attachmentsOf } from "./judge-filestore.ts";
import { NOT_SAVED } from "./save-filestore.ts";

/** Judges whether the deployment's own script saved the filestore, too. */
export async function judgeScriptArchive(run: Run, { filestore }: ListedBackup): Promise<Check> {
  const { settings, facts, session } = run;
  if (settings.backup.filestore === "off") return NOT_SAVED;
  if (filestore && filestore.kind !== "incremental") {
    const { name, path, bytes, kind } = filestore;
    try {
      await inBackup(run, program([PACKER[kind], "-t", path]));
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      return failed("attachments", `${name} cannot be read: ${error.reason}`, FULL);
    }
    const message = `${name} is written and readable (${formatBytes(bytes)}); a drill proves which files it holds.`;
    return passed("attachments", message);
  }
  const attachments = facts.attachments ? await attachmentsOf(session) : { count: 0, ids: [] };
  if (attachments.count === 0) {
    return passed("attachments", "No attachment names a file: there is no filestore to save.");
  }
  return notRun(
    "attachments",
    `/backup.sh saved no filestore, and ${counted(attachments.count, "attachment names a file", "attachments name files")} (ids ${idsOf(attachments)}).`,
    "Mount the volume of Odoo at /odoo_data in the backup service, where the script looks for it; or use `mode: snapshot`; or accept it by name: `filestore: off`.",
  );
}

const FULL = "See that the backup volume has room, then take the backup again.";
