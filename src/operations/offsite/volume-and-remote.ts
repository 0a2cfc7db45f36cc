import { momentOf } from "../../backups/backup-name.ts";
import type { Listing } from "../../backups/listing.ts";
import type { MirrorSide } from "../../backups/mirror-guard.ts";
import { type BackupFiles, backupFilesIn, remoteListing } from "../../backups/offsite-plan.ts";
import { type LocalFile, localFilesIn, type StoredFile } from "../../backups/stored-file.ts";
import { listTree } from "../../commands/backup-files.ts";
import { listBackups } from "../list-backups.ts";
import { inBackup } from "../run-in-container.ts";
import { listFilesOf, type Offsite, type OffsiteRun } from "./offsite.ts";

/** What is in the backup volume. */
export interface VolumeContent extends MirrorSide {
  readonly files: readonly LocalFile[];
  readonly backups: readonly BackupFiles<LocalFile>[];
  /** The filestore's pool, from which the lists of backups name files. */
  readonly pool: readonly LocalFile[];
  readonly stamp: string;
  readonly offset: string;
  /** The backup container's clock, in epoch seconds. */
  readonly now: number;
  /** Whether files below the backups' folders were looked at too. */
  readonly deep: boolean;
}

/** What is on the remote. */
export interface RemoteContent extends MirrorSide {
  readonly listing: Listing;
}

/** All that is in the backup volume is looked at for a mirror, or when there is a pool. */
export async function readVolume(run: OffsiteRun): Promise<VolumeContent> {
  const { settings, deployment } = run;
  const { backups, database } = deployment;
  const { listing, lines, stamp, offset } = await listBackups(run, deployment);
  const pooled = listing.backups.some(({ filestore }) => filestore?.kind === "incremental");
  const deep = pooled || settings.sync.mode === "sync";
  const all = deep ? await inBackup(run, listTree(backups.directory)) : lines;
  const files = localFilesIn(all, backups.directory);
  return {
    files,
    backups: backupFilesIn(files, database.name),
    pool: files.filter(({ path }) => path.startsWith(`filestore/${database.name}/`)),
    newest: listing.backups[0],
    stamp,
    offset,
    now: momentOf(stamp, offset).getTime() / 1000,
    deep,
  };
}

/** What is on the remote, looked at as deeply as the volume was. */
export async function readRemote(
  run: OffsiteRun,
  offsite: Offsite,
  here: VolumeContent,
): Promise<RemoteContent> {
  return remoteContentOf(run, here, await listFilesOf(offsite, run.signal, here.deep));
}

export function remoteContentOf(
  { deployment }: OffsiteRun,
  { offset }: VolumeContent,
  files: readonly StoredFile[],
): RemoteContent {
  const listing = remoteListing(files, deployment.database.name, offset);
  return { files, listing, newest: listing.backups[0] };
}
