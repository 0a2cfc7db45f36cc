import { FOLDERS, isPartial, manifestNameOf, parseDumpName } from "./backup-name.ts";
import { type Listing, parseListing } from "./listing.ts";
import type { LocalFile, StoredFile } from "./stored-file.ts";

/** The files of one backup, which have value only together. */
export interface BackupFiles<File extends StoredFile = StoredFile> {
  /** The dump's path, which messages use as the backup's name: `daily/openspp_20260115_020000.dump`. */
  readonly dump: string;
  /** In the order of copying: the manifest last, since it says that the rest is there. */
  readonly files: readonly File[];
  readonly manifest: boolean;
}

export interface CopyPlan {
  /** Files of the filestore's pool that the remote lacks; the lists of backups name them. */
  readonly pool: readonly LocalFile[];
  /** What the remote lacks, the newest backup first: it is safe if the connection is cut later. */
  readonly missing: readonly BackupFiles<LocalFile>[];
  /** Files of another size on the remote than here. */
  readonly conflicts: readonly Conflict[];
  /** Backups without a manifest that may still be written, by their dumps' paths. */
  readonly unfinished: readonly string[];
}

export interface Conflict {
  readonly path: string;
  readonly here: number;
  readonly there: number;
}

/**
 * The reference script writes straight to the final names. A file that changed within this time may be half
 * of a backup.
 */
const SETTLED_SECONDS = 120;

/**
 * The paths in the listing start with a slash, which is the remote's folder. `offset` is that of the clock
 * that wrote the stamps.
 */
export function remoteListing(
  files: readonly StoredFile[],
  database: string,
  offset: string,
): Listing {
  const lines = files.map(({ path, bytes }) => `/${path}|${bytes}|0`).join("\n");
  return parseListing(lines, "", database, offset);
}

/** With all files that have a backup's stamp, the newest backup first. */
export function backupFilesIn<File extends StoredFile>(
  files: readonly File[],
  database: string,
): readonly BackupFiles<File>[] {
  const inFolder = new Map<string, File[]>();
  for (const file of files) {
    const [folder = "", name = "", ...deeper] = file.path.split("/");
    if (deeper.length > 0 || !isFolder(folder) || isPartial(name)) continue;
    inFolder.set(folder, [...(inFolder.get(folder) ?? []), file]);
  }
  return [...inFolder.values()]
    .flatMap((all) => all.flatMap((dump) => backupOf(dump, all, database)))
    .sort((a, b) => compareAges(a.dump, b.dump));
}

function backupOf<File extends StoredFile>(
  dump: File,
  folder: readonly File[],
  database: string,
): BackupFiles<File>[] {
  const name = nameOf(dump.path);
  const parsed = parseDumpName(name);
  if (parsed?.database !== database) return [];
  const manifest = folder.find(({ path }) => nameOf(path) === manifestNameOf(name));
  const others = folder.filter((file) => {
    const [own, other] = [file === dump || file === manifest, nameOf(file.path)];
    return !own && other.startsWith(`${database}_`) && other.includes(`_${parsed.stamp}.`);
  });
  const files = [dump, ...others, ...(manifest ? [manifest] : [])];
  return [{ dump: dump.path, files, manifest: manifest !== undefined }];
}

/** `here` and `pool` are on the volume, `there` on the remote; `now` is in epoch seconds. */
export function planCopy(
  here: readonly BackupFiles<LocalFile>[],
  pool: readonly LocalFile[],
  there: readonly StoredFile[],
  now: number,
): CopyPlan {
  const sizes = new Map(there.map(({ path, bytes }) => [path, bytes]));
  const isUnfinished = ({ manifest, files }: BackupFiles<LocalFile>) =>
    !manifest &&
    files.some(({ bytes, changedAt }) => bytes === 0 || now - changedAt < SETTLED_SECONDS);
  const finished = here.filter((backup) => !isUnfinished(backup));
  return {
    pool: pool.filter(({ path, bytes }) => sizes.get(path) !== bytes),
    missing: finished
      .map((backup) => ({ ...backup, files: backup.files.filter(({ path }) => !sizes.has(path)) }))
      .filter(({ files }) => files.length > 0),
    conflicts: finished
      .flatMap(({ files }) => files)
      .flatMap(({ path, bytes }) => {
        const size = sizes.get(path);
        return size === undefined || size === bytes ? [] : [{ path, here: bytes, there: size }];
      }),
    unfinished: here.filter(isUnfinished).map(({ dump }) => dump),
  };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function isFolder(folder: string): boolean {
  return FOLDERS.some((known) => known === folder);
}

/** Newest first by the stamp. Of equal stamps, the daily one first. */
function compareAges(a: string, b: string): number {
  const [one, other] = [a, b].map((path) => parseDumpName(nameOf(path))?.stamp ?? "");
  if (one !== other) return (one ?? "") < (other ?? "") ? 1 : -1;
  const rank = (path: string) => FOLDERS.findIndex((folder) => path.startsWith(`${folder}/`));
  return rank(a) - rank(b);
}
