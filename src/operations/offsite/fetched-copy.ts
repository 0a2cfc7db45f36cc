import { COPY_FOLDER } from "../../backups/backup-name.ts";
import type { ListedBackup } from "../../backups/listing.ts";
import { removeTrees, stampIn, stampNow } from "../../commands/backup-files.ts";
import { and } from "../../commands/command.ts";
import { freeBytesIn, makeFolder } from "../../commands/free-space.ts";
import type { Run } from "../run.ts";
import { inBackup, uncancelled } from "../run-in-container.ts";
import { fetchCopy, refuseTooLarge } from "./fetch-copy.ts";
import { findCopy } from "./find-copy.ts";
import { openFromHost } from "./offsite.ts";

/**
 * Fetches a backup from the remote into a hidden folder of the backup volume, does `work` with it,
 * and always removes the folder. `since`, in seconds of the clock, is when the first byte was asked
 * for. The volume's own backups are not used.
 */
export async function withFetchedCopy<T>(
  run: Run,
  wanted: string,
  work: (backup: ListedBackup, since: number) => Promise<T>,
): Promise<T> {
  const { journal, clock, deployment, settings, signal } = run;
  const { backups, database } = deployment;
  const offsite = await openFromHost(run);
  const since = clock.seconds();
  const folder = `${backups.directory}/daily/${COPY_FOLDER}`;
  const { freeBytes, offset } = await makeRoom(run, folder);
  try {
    const copy = await journal.phase("Find the backup off-site", () =>
      findCopy(run, offsite, { database: database.name, backup: wanted }, offset),
    );
    refuseTooLarge(copy, freeBytes, `The backup volume ${backups.volume}`);
    await journal.phase(`Fetch ${copy.backup.name}`, () =>
      fetchCopy(
        { journal, signal, bandwidthLimit: settings.sync.bandwidthLimit },
        offsite,
        copy,
        `${backups.hostPath}/daily/${COPY_FOLDER}`,
      ),
    );
    return await work(fetchedInto(folder, copy.backup), since);
  } finally {
    await removeFetched(run, folder);
  }
}

/** A remote's backup as it is in the folder that it was fetched to. */
export function fetchedInto(folder: string, backup: ListedBackup): ListedBackup {
  const { path, filestore } = backup;
  return {
    ...backup,
    path: `${folder}${path}`,
    ...(filestore && { filestore: { ...filestore, path: `${folder}${filestore.path}` } }),
  };
}

/** Backups that were taken here have their stamps from the container's clock. */
async function makeRoom(run: Run, folder: string): Promise<{ freeBytes: number; offset: string }> {
  const output = await inBackup(run, and(stampNow(), makeFolder(folder)));
  return { offset: stampIn(output).offset, freeBytes: freeBytesIn(output) };
}

/** It ignores a cancellation and throws nothing: the next run removes what stays. */
async function removeFetched(run: Run, folder: string): Promise<void> {
  await inBackup(uncancelled(run), removeTrees([folder])).catch(() => {
    run.journal.log.warning(`${folder} could not be removed; the next run does it.`);
  });
}
