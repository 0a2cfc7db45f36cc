import { deletedByMirror, type MirrorSide, whyNotMirror } from "../../backups/mirror-guard.ts";
import { TRASH } from "../../commands/remote-tool.ts";
import { Failed } from "../../failure.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import { counted } from "../../words/count.ts";
import { type CopyResult, logProgress } from "./copy-backups.ts";
import { type Offsite, type OffsiteRun, runTool, whyOf, withRetries } from "./offsite.ts";

/**
 * Makes the remote what the volume is: the guide's `rclone sync`. What it deletes or replaces goes
 * to a dated folder of the remote, unless the settings say otherwise. Throws Failed when it could
 * lose backups.
 */
export async function mirror(
  run: OffsiteRun,
  offsite: Offsite,
  here: MirrorSide,
  there: MirrorSide,
  stamp: string,
): Promise<CopyResult> {
  const { settings, deployment, journal, signal } = run;
  const { maxDelete, deletedFiles, bandwidthLimit } = settings.sync;
  const reason = whyNotMirror(here, there, maxDelete);
  if (reason !== undefined) throw refused(reason, offsite);
  const deleted = deletedByMirror(here, there);
  const had = new Map(there.files.map(({ path, bytes }) => [path, bytes]));
  const lacking = here.files.filter(({ path, bytes }) => had.get(path) !== bytes);
  const bytes = lacking.reduce((sum, file) => sum + file.bytes, 0);
  const backups = lacking.map(({ path }) => path).filter((path) => path.endsWith(".dump"));
  const folder = `${TRASH}/${stamp}`;
  const trash = deletedFiles === "trash";
  if (deleted.length > 0) {
    const where = trash ? `moved to \`${folder}\` there` : "deleted there";
    journal.log.info(`${counted(deleted.length, "file")} that the volume no longer has: ${where}.`);
  }
  const command = offsite.tool.mirror(deployment.backups.hostPath, {
    ...(bandwidthLimit !== undefined && { bandwidthLimit }),
    ...(trash && { trash: folder }),
    mostDeleted: deleted.length,
  });
  try {
    await withRetries(run, offsite, () =>
      runTool(offsite, offsite.within(command), signal, (transfer) =>
        logProgress(run, transfer.bytes, bytes, transfer.bytesPerSecond),
      ),
    );
    return { backups, bytes, deleted: deleted.length };
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    const stopped = { at: "the backup volume", why: whyOf(offsite, error) };
    return { backups: [], bytes: 0, deleted: 0, stopped };
  }
}

function refused(reason: string, { remote }: Offsite): Failed {
  return new Failed({
    what: `Mirroring the backup volume to \`${remote.address}\` was refused.`,
    why: reason,
    state: "The remote is as it was.",
    next: "If the volume was emptied or damaged, the remote's backups are the good ones: drill them, and fetch them back. If it is as you want it, sync once with `sync-mode: copy`, or raise `max-delete`.",
  });
}
