/**
 * How the reference script names its files: `<database>_<YYYYmmdd>_<HHMMSS>.dump`, the manifest and the
 * filestore archive next to it with the same stamp, and a link `<database>_latest.dump`.
 */
const STAMP = /^(\d{4})(\d{2})(\d{2})_(\d{2})(\d{2})(\d{2})$/;
const DUMP = /^(?<database>.+)_(?<stamp>\d{8}_\d{6})\.dump$/s;
const PARTIAL = /^\..*\.part$|\.manifest\.json\.part$|_latest\.dump\.part$/s;

/**
 * How a backup keeps the filestore: in its own archive, or as a list of files in the pool that all backups
 * share.
 */
export const FILESTORE_KINDS = ["tar.gz", "tar.zst", "incremental"] as const;
export type FilestoreKind = (typeof FILESTORE_KINDS)[number];

export const FOLDERS = ["daily", "weekly", "monthly"] as const;
export type Folder = (typeof FOLDERS)[number];

/**
 * The folder, inside one of those, that holds an off-site copy while it is checked. Its name marks it as
 * partial, so it is never listed.
 */
export const COPY_FOLDER = ".openspp_offsite.part";

/** The names of one backup's files within its folder. */
export interface BackupNames {
  readonly dump: string;
  readonly partial: string;
  readonly manifest: string;
  readonly latest: string;
  /** The filestore's archive, or for the incremental kind its list: one of these. */
  readonly filestore: Readonly<Record<FilestoreKind, string>>;
}

export function namesOf(database: string, stamp: string): BackupNames {
  const dump = `${database}_${stamp}.dump`;
  return {
    dump,
    partial: `.${dump}.part`,
    manifest: manifestNameOf(dump),
    latest: `${database}_latest.dump`,
    filestore: {
      "tar.gz": `${database}_filestore_${stamp}.tar.gz`,
      "tar.zst": `${database}_filestore_${stamp}.tar.zst`,
      incremental: `${database}_filestore_${stamp}.sha1`,
    },
  };
}

/** The pool holds each file of the filestore once, named by its content. */
export function poolOf(directory: string, database: string): string {
  return `${directory}/filestore/${database}`;
}

/** The directory that holds the folder `…/daily` of a backup's file. */
export function directoryOf(path: string): string {
  return path.split("/").slice(0, -2).join("/");
}

export function manifestNameOf(dump: string): string {
  return dump.replace(/\.dump$/, ".manifest.json");
}

/** Undefined for a file that is not a dump. */
export function parseDumpName(name: string): { database: string; stamp: string } | undefined {
  const { database, stamp } = DUMP.exec(name)?.groups ?? {};
  return database && stamp && namesMoment(stamp) ? { database, stamp } : undefined;
}

/** `dump` must be the name of a dump, `<database>_<stamp>.dump`. */
export function stampOf(dump: string): string {
  return dump.slice(-"20260115_020000.dump".length, -".dump".length);
}

/** No clock writes a 30th of February, so such a file is neither our backup nor the script's. */
function namesMoment(stamp: string): boolean {
  const moment = momentOf(stamp, "+0000");
  if (Number.isNaN(moment.getTime())) return false;
  return moment.toISOString().replaceAll(/\D/g, "") === `${stamp.replace("_", "")}000`;
}

/** Whether an unfinished run of this project left the file. */
export function isPartial(name: string): boolean {
  return PARTIAL.test(name);
}

/** `offset` is that of the clock that wrote the stamp: `+0200`. */
export function momentOf(stamp: string, offset: string): Date {
  const [, year, month, day, hour, minute, second] = STAMP.exec(stamp) ?? [];
  return new Date(
    `${year}-${month}-${day}T${hour}:${minute}:${second}${offset.slice(0, 3)}:${offset.slice(3)}`,
  );
}
