import { UserMistake } from "../failure.ts";
import {
  FILESTORE_KINDS,
  type FilestoreKind,
  FOLDERS,
  type Folder,
  isPartial,
  manifestNameOf,
  momentOf,
  namesOf,
  parseDumpName,
  stampOf,
} from "./backup-name.ts";
import { localFilesIn } from "./stored-file.ts";

/** A backup as its files in the volume show it. */
export interface ListedBackup {
  readonly name: string;
  readonly path: string;
  readonly kind: Folder;
  readonly takenAt: Date;
  readonly bytes: number;
  /** Whether a manifest is next to it, so that its content can be proven. */
  readonly manifest: boolean;
  /** The filestore next to it, if there is one. */
  readonly filestore?: ListedFilestore;
  /** Whether it is the newest of its database. */
  readonly latest: boolean;
}

/** A filestore's archive, or its list of files in the pool. */
export interface ListedFilestore {
  readonly name: string;
  readonly path: string;
  /** Of this one file. The bytes of the files that a list names are in the manifest. */
  readonly bytes: number;
  readonly kind: FilestoreKind;
}

export interface Listing {
  /** Newest first. A daily backup comes before its weekly or monthly copy. */
  readonly backups: readonly ListedBackup[];
  /** Paths of what our unfinished runs left. */
  readonly partials: readonly string[];
  /** What is left of backups whose dump is gone: the reference script deletes only dumps and archives. */
  readonly orphans: readonly Orphan[];
}

export interface Orphan {
  readonly path: string;
  readonly kind: Folder;
  readonly stamp: string;
  /** A filestore's archive has some value without its dump. A manifest or a list has none. */
  readonly archive: boolean;
}

interface File {
  path: string;
  folder: string;
  name: string;
  bytes: number;
}

/** Bytes of every file, by its path. */
type Sizes = ReadonlyMap<string, number>;

/** `lines` is the output of `listFiles`; `offset` is the container's offset from UTC. */
export function parseListing(
  lines: string,
  directory: string,
  database: string,
  offset: string,
): Listing {
  const files = localFilesIn(lines, directory).flatMap(({ path, bytes }) =>
    inFolder(path, bytes, directory),
  );
  const sizes: Sizes = new Map(files.map(({ path, bytes }) => [path, bytes]));
  const dumps = files
    .flatMap((file): Omit<ListedBackup, "latest">[] => {
      const parsed = parseDumpName(file.name);
      const kind = FOLDERS.find((folder) => folder === file.folder);
      if (parsed?.database !== database || !kind) return [];
      const { name, path, bytes } = file;
      const folder = `${directory}/${kind}`;
      const manifest = sizes.has(`${folder}/${manifestNameOf(name)}`);
      const filestore = filestoreIn(sizes, folder, database, parsed.stamp);
      const takenAt = momentOf(parsed.stamp, offset);
      return [{ name, path, bytes, kind, manifest, ...(filestore && { filestore }), takenAt }];
    })
    .sort(
      (a, b) =>
        b.takenAt.getTime() - a.takenAt.getTime() ||
        FOLDERS.indexOf(a.kind) - FOLDERS.indexOf(b.kind),
    );
  return {
    backups: dumps.map((dump) => ({ ...dump, latest: dump.name === dumps[0]?.name })),
    partials: files.filter(({ name }) => isPartial(name)).map(({ path }) => path),
    orphans: files.flatMap((file) => orphanOf(file, database, directory, sizes)),
  };
}

function orphanOf({ name, path, folder }: File, database: string, directory: string, sizes: Sizes) {
  const stamp = /_(\d{8}_\d{6})\./.exec(name.slice(database.length))?.[1] ?? "";
  const { dump, manifest, filestore } = namesOf(database, stamp);
  const kind = FOLDERS.find((known) => known === folder);
  const companions = [manifest, ...Object.values(filestore)];
  if (!kind || !parseDumpName(dump) || !companions.includes(name)) return [];
  if (sizes.has(`${directory}/${kind}/${dump}`)) return [];
  return [{ path, kind, stamp, archive: ![manifest, filestore.incremental].includes(name) }];
}

/** In the order of deletion: none of our dumps is ever seen without its manifest. */
export function filesOf({ path, filestore, manifest }: ListedBackup): readonly string[] {
  return [
    path,
    ...(filestore ? [filestore.path] : []),
    ...(manifest ? [manifestNameOf(path)] : []),
  ];
}

/**
 * The names of dumps that were not finished. The reference script writes straight to the final name, and
 * moves the link when it is done. `linked` is the dump that `…_latest.dump` names, empty without one.
 */
export function unfinishedDumps(
  { backups }: Pick<Listing, "backups">,
  linked: string,
): ReadonlySet<string> {
  const done = parseDumpName(linked)?.stamp ?? "";
  const unproven = backups.filter(({ manifest }) => !manifest);
  return new Set(unproven.map(({ name }) => name).filter((name) => stampOf(name) > done));
}

function filestoreIn(
  sizes: Sizes,
  folder: string,
  database: string,
  stamp: string,
): ListedFilestore | undefined {
  const names = namesOf(database, stamp).filestore;
  return FILESTORE_KINDS.flatMap((kind) => {
    const [name, path] = [names[kind], `${folder}/${names[kind]}`];
    const bytes = sizes.get(path);
    return bytes === undefined ? [] : [{ name, path, bytes, kind }];
  })[0];
}

function inFolder(path: string, bytes: number, directory: string): File[] {
  const [folder = "", name = "", ...deeper] = path.split("/");
  // A file's name may hold a line break, and so seem to be of another folder.
  if (deeper.length > 0) return [];
  return [{ path: `${directory}/${path}`, folder, name, bytes }];
}

/**
 * `wanted` is `latest`, `random` or a name; `random` is a number in [0, 1). Throws UserMistake when there
 * is none.
 */
export function chooseBackup(listing: Listing, wanted: string, random: number): ListedBackup {
  const { backups } = listing;
  const newest = backups[0];
  if (!newest) {
    throw new UserMistake({
      what: "There is no backup of this database in the backup volume.",
      why: "No file named `<database>_<date>_<time>.dump` is in daily/, weekly/ or monthly/.",
      state: "Nothing was changed.",
      next: "Take one: openspp-backup backup",
    });
  }
  if (wanted === "latest") return newest;
  if (wanted === "random") return backups[Math.floor(random * backups.length)] ?? newest;
  const found = backups.find(({ name, kind }) => [name, `${kind}/${name}`].includes(wanted));
  if (found) return found;
  throw new UserMistake({
    what: `There is no backup ${JSON.stringify(wanted)} of this database.`,
    why: `The newest of ${backups.length} is ${newest.name}.`,
    state: "Nothing was changed.",
    next: "See them all: openspp-backup list",
  });
}
