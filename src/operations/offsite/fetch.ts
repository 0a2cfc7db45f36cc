import { filesOf, type ListedBackup } from "../../backups/listing.ts";
import { print } from "../../commands/shell.ts";
import { Failed } from "../../failure.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import { formatBytes } from "../../report/bytes.ts";
import type { Effects } from "../run.ts";
import { type Offsite, runTool, whyOf } from "./offsite.ts";
import { withRetries } from "./retry.ts";

/** What must be free beyond the files' own size: a full disk stops what else the machine does. */
const MARGIN = 1.2;

type Fetching = Pick<Effects, "journal" | "signal"> & { readonly limit?: number };

/**
 * Given a backup on a remote and an empty folder of the machine that the tool runs on, copy the backup's files there,
 * each below the folder as it stands below the remote. Throws Failed, with the tool's own reason.
 */
export async function fetchBackup(
  { journal, signal, limit }: Fetching,
  offsite: Offsite,
  backup: ListedBackup,
  folder: string,
): Promise<void> {
  const { tool, remote } = offsite;
  const command = tool.download(
    filesOf(backup).map(belowRemote),
    folder,
    limit === undefined ? {} : { limit },
  );
  const onProgress = ({ fraction }: { fraction: number }) =>
    journal.log.progress(fraction, `of ${backup.name} fetched`);
  try {
    await withRetries({ journal, signal }, offsite, () =>
      runTool(offsite, offsite.within(command, folder), signal, onProgress),
    );
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    throw new Failed(
      {
        what: `${backup.name} could not be fetched from \`${remote.address}\`.`,
        why: whyOf(offsite, error),
        state: "Nothing was restored. What had arrived was removed; the remote is as it was.",
        next: `Try it there, by hand: ${print(tool.byHand())}`,
      },
      { cause: error },
    );
  }
}

/** A listing's paths start with a slash (backups/offsite-plan.ts). */
export function belowRemote(path: string): string {
  return path.replace(/^\//, "");
}

/** Given a backup of a remote and the bytes free where it is to be fetched to, throw Failed unless it fits there. */
export function refuseTooLarge(
  { name, bytes, filestore }: ListedBackup,
  freeBytes: number,
  where: string,
): void {
  const needed = bytes + (filestore?.bytes ?? 0);
  if (freeBytes >= needed * MARGIN) return;
  throw new Failed({
    what: `${where} has ${formatBytes(freeBytes)} free, and ${name} takes ${formatBytes(needed)}.`,
    state: "Nothing was fetched.",
    next: "Free space there, or give it more.",
  });
}
