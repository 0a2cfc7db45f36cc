import { manifestNameOf, parseDumpName, poolOf } from "../../backups/backup-name.ts";
import { chooseBackup, type ListedBackup, type Listing } from "../../backups/listing.ts";
import { type Manifest, parseManifest } from "../../backups/manifest.ts";
import { remoteListing } from "../../backups/offsite-plan.ts";
import type { StoredFile } from "../../backups/stored-file.ts";
import { Failed, UserMistake } from "../../failure.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import type { Effects } from "../effects.ts";
import { listFilesOf, type Offsite, runTool, whyOf, withRetries } from "./offsite.ts";

/**
 * No clock of the deployment can be asked here, so stamps of backups without a manifest are read as
 * UTC.
 */
const UTC = "+0000";

export interface OffsiteCopy {
  readonly database: string;
  readonly backup: ListedBackup;
  readonly listing: Listing;
  readonly manifest?: Manifest;
  /** Of all its files. */
  readonly bytes: number;
}

type FindEffects = Pick<Effects, "journal" | "signal">;

/** Throws UserMistake when there is none. */
export async function findCopy(
  finding: FindEffects,
  offsite: Offsite,
  wanted: { readonly database?: string | undefined; readonly backup: string },
  offset = UTC,
): Promise<OffsiteCopy> {
  const files = await listFilesOf(offsite, finding.signal);
  const database = wanted.database ?? onlyDatabaseIn(files, offsite);
  const listing = remoteListing(files, database, offset);
  const backup = chooseCopy(listing, wanted.backup, offsite);
  warnOfIncomplete(listing, backup, finding);
  const bytes = await bytesOf(finding, offsite, backup, database);
  if (!backup.manifest) return { database, backup, listing, bytes };
  const manifest = await readManifest(finding, offsite, backup);
  return { database, backup, listing, bytes, manifest };
}

/** A listing's paths start with a slash (backups/offsite-plan.ts); a remote's do not. */
export function belowRemote(path: string): string {
  return path.replace(/^\//, "");
}

/** All backups share the pool, so all of it is fetched. */
async function bytesOf(
  { signal }: FindEffects,
  offsite: Offsite,
  { bytes, filestore }: ListedBackup,
  database: string,
): Promise<number> {
  const own = bytes + (filestore?.bytes ?? 0);
  if (filestore?.kind !== "incremental") return own;
  const pool = belowRemote(`${poolOf("", database)}/`);
  const files = await listFilesOf(offsite, signal, true);
  return files
    .filter(({ path }) => path.startsWith(pool))
    .reduce((sum, file) => sum + file.bytes, own);
}

/**
 * The manifest is copied last. So the latest backup is the newest with a manifest, or simply the
 * newest when none has one. Throws UserMistake when there is no backup.
 */
export function chooseCopy(
  listing: Listing,
  wanted: string,
  { remote }: Pick<Offsite, "remote">,
): ListedBackup {
  const complete = listing.backups.filter(({ manifest }) => manifest);
  if (wanted === "latest" && complete[0]) return complete[0];
  if (listing.backups.length > 0) return chooseBackup(listing, wanted, Math.random());
  throw new UserMistake({
    what: `There is no backup of this database on \`${remote.address}\`.`,
    why: "Its daily/, weekly/ and monthly/ hold no file named `<database>_<date>_<time>.dump`.",
    state: "Nothing was changed.",
    next: "Copy one there: openspp-backup sync. If the path is wrong, correct `remote`.",
  });
}

function warnOfIncomplete(
  { backups }: Listing,
  { takenAt, manifest }: ListedBackup,
  { journal }: FindEffects,
): void {
  const newer = manifest ? backups.filter((one) => !one.manifest && one.takenAt > takenAt) : [];
  for (const { name } of newer)
    journal.log.warning(
      `${name} has no manifest there: its copy is not complete, and it is passed over.`,
    );
}

function onlyDatabaseIn(files: readonly StoredFile[], { remote }: Offsite): string {
  const names = new Set(
    files.flatMap(
      ({ path }) => parseDumpName(path.slice(path.lastIndexOf("/") + 1))?.database ?? [],
    ),
  );
  const [only = "", ...others] = [...names].sort();
  if (others.length === 0) return only;
  throw new UserMistake({
    what: `\`${remote.address}\` holds the backups of ${names.size} databases: ${[...names].sort().join(", ")}.`,
    state: "Nothing was done.",
    next: "Say with `database` which of them you mean.",
  });
}

async function readManifest(
  finding: FindEffects,
  offsite: Offsite,
  { path, name }: ListedBackup,
): Promise<Manifest> {
  try {
    const { stdout } = await withRetries(finding, offsite, () =>
      runTool(offsite, offsite.tool.read(belowRemote(manifestNameOf(path))), finding.signal),
    );
    return parseManifest(stdout, name);
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    throw new Failed(
      {
        what: `The manifest of ${name} could not be read from \`${offsite.remote.address}\`.`,
        why: whyOf(offsite, error),
        state: "Nothing was restored.",
      },
      { cause: error },
    );
  }
}
