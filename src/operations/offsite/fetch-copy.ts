import { poolOf } from "../../backups/backup-name.ts";
import { filesOf } from "../../backups/listing.ts";
import { hasRoom } from "../../checks/disk-room.ts";
import type { Program } from "../../commands/command.ts";
import { Failed } from "../../failure.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import { formatBytes } from "../../words/bytes.ts";
import type { Effects } from "../effects.ts";
import { belowRemote, type OffsiteCopy } from "./find-copy.ts";
import { nextOf, type Offsite, runTool, whyOf, withRetries } from "./offsite.ts";

type FetchEffects = Pick<Effects, "journal" | "signal"> & {
  readonly bandwidthLimit?: number | undefined;
};

/**
 * Fetches a copy's files into an empty folder of the machine that the tool runs on. Each gets the
 * path that it has on the remote. Throws Failed, with the tool's own reason.
 */
export async function fetchCopy(
  { journal, signal, bandwidthLimit }: FetchEffects,
  offsite: Offsite,
  copy: Pick<OffsiteCopy, "backup" | "database">,
  folder: string,
): Promise<void> {
  const { tool, remote } = offsite;
  const { name } = copy.backup;
  const bring = (command: Program, what: string) =>
    withRetries({ journal, signal }, offsite, () =>
      runTool(offsite, offsite.within(command, folder), signal, ({ fraction }) =>
        journal.log.progress(fraction, `of ${what} fetched`),
      ),
    );
  const options = bandwidthLimit === undefined ? {} : { bandwidthLimit };
  try {
    await bring(tool.download(filesOf(copy.backup).map(belowRemote), folder, options), name);
    if (copy.backup.filestore?.kind === "incremental") {
      const pool = belowRemote(poolOf("", copy.database));
      await bring(tool.downloadFolder(pool, folder, options), "the filestore's files");
    }
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    throw new Failed(
      {
        what: `${name} could not be fetched from \`${remote.address}\`.`,
        why: whyOf(offsite, error),
        state: "Nothing was restored. What had arrived was removed; the remote is as it was.",
        next: nextOf(offsite, error),
      },
      { cause: error },
    );
  }
}

/** Throws Failed unless the copy fits where it is to be fetched to. */
export function refuseTooLarge(
  { backup, bytes }: OffsiteCopy,
  freeBytes: number,
  where: string,
): void {
  if (hasRoom(freeBytes, bytes)) return;
  throw new Failed({
    what: `${where} has ${formatBytes(freeBytes)} free, and ${backup.name} takes ${formatBytes(bytes)} with what belongs to it.`,
    state: "Nothing was fetched.",
    next: "Free space there, or give it more.",
  });
}
