import { formatBytes } from "../words/bytes.ts";
import { counted } from "../words/count.ts";
import { parseDumpName } from "./backup-name.ts";
import type { Listing } from "./listing.ts";
import type { StoredFile } from "./stored-file.ts";

/** What is known of the backup volume, or of the remote that will mirror it. */
export interface MirrorSide {
  readonly files: readonly StoredFile[];
  readonly newest: Listing["backups"][number] | undefined;
}

/** A dump smaller than this share of the one before has probably lost something. */
const MUCH_SMALLER = 0.5;

/** The remote's files that a mirror would delete. */
export function deletedByMirror(here: MirrorSide, there: MirrorSide): readonly StoredFile[] {
  const present = new Set(here.files.map(({ path }) => path));
  return there.files.filter(({ path }) => !present.has(path));
}

/**
 * Why mirroring could lose backups, or undefined when nothing speaks against it. An emptied or encrypted
 * volume would empty the remote, too. `mostDeleted` is the share of the remote's files that may be deleted,
 * 0 to 1.
 */
export function whyNotMirror(
  here: MirrorSide,
  there: MirrorSide,
  mostDeleted: number,
): string | undefined {
  if (!here.newest) return "The backup volume holds no backup of this database.";
  if (there.newest) {
    if (here.newest.takenAt < there.newest.takenAt) {
      return `The newest backup here, ${here.newest.name}, is older than the remote's, ${there.newest.name}.`;
    }
    if (here.newest.bytes < there.newest.bytes * MUCH_SMALLER) {
      return `The newest backup here has ${formatBytes(here.newest.bytes)}, and the remote's newest ${formatBytes(there.newest.bytes)}.`;
    }
  }
  const going = deletedByMirror(here, there);
  const own = new Set([undefined, ...here.files.map(databaseOf)]);
  const foreign = going.find((file) => !own.has(databaseOf(file)));
  if (foreign) {
    return `It would delete ${foreign.path}, a backup of a database that has no backup in the volume: the remote is not this deployment's alone.`;
  }
  const deleted = going.length;
  if (deleted > there.files.length * mostDeleted) {
    return `It would delete ${deleted} of the remote's ${counted(there.files.length, "file")}, and \`max-delete\` allows ${Math.round(mostDeleted * 100)} %.`;
  }
  return undefined;
}

/** Undefined for a file that is not a dump. */
function databaseOf({ path }: StoredFile): string | undefined {
  return parseDumpName(path.slice(path.lastIndexOf("/") + 1))?.database;
}
