import { isAlwaysAdmins, unknownTables } from "../../backups/restore-plan.ts";
import { hasRoom } from "../../checks/disk-room.ts";
import {
  type DumpNeeds,
  dumpNeeds,
  refuseSubscriptions,
  refuseUnmet,
  type ServerOffers,
  serverOffersQuery,
  TELLING_ENTRIES,
} from "../../checks/dump-needs.ts";
import { LOG_TO_COME_QUERY } from "../../checks/server-facts.ts";
import { freeBytesIn, freeSpace } from "../../commands/free-space.ts";
import { readArchive, restoreStatements } from "../../commands/postgres.ts";
import { Failed, UserMistake } from "../../failure.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import { type Check, passed } from "../../report/check.ts";
import { formatBytes } from "../../words/bytes.ts";
import { RESTORE_LIST } from "../drill/throwaway-database.ts";
import { type Archive, sourceOwner } from "../proof/open-archive.ts";
import { inBackup, onDatabase } from "../run-in-container.ts";
import type { ServerRun } from "./server-run.ts";

export interface Preconditions {
  readonly check: Check;
  readonly needs: DumpNeeds;
  readonly offers: ServerOffers;
}

/** A database is about seven times the size of its dump; this is a safe guess for when its size is not known. */
const DATABASE_PER_DUMP = 10;

/**
 * Checks versions, extensions, roles and disk space; without a manifest it also reads every block of the archive. Throws
 * UserMistake or Failed when the archive cannot be restored with the strategy.
 */
export async function requirePreconditions(
  run: ServerRun,
  archive: Archive,
): Promise<Preconditions> {
  const { settings, deployment, maintenance } = run;
  const { contents, backup } = archive;
  refuseUnknownTables(archive, settings.restore.tables);
  const [statements, space] = await Promise.all([
    inBackup(run, restoreStatements(backup.path, RESTORE_LIST, TELLING_ENTRIES)),
    onDatabase(run, freeSpace(run.facts.dataDirectory)),
    archive.manifest
      ? undefined
      : inBackup(run, readArchive(backup.path)).catch(unreadableArchive(archive)),
  ]);
  const needs = dumpNeeds(contents, statements, {
    admins: ownedEntries(run, archive),
    tablespaces: archive.moves.map(({ tablespace }) => tablespace),
    grantees: (archive.manifest?.generatedRights ?? []).flatMap(({ grants }) =>
      grants.flatMap(({ grantee }) => grantee ?? []),
    ),
  });
  const free = freeBytesIn(space);
  const [offers, logToCome] = await maintenance.values<[ServerOffers, number]>([
    serverOffersQuery(deployment.database.name, needs.extensions),
    LOG_TO_COME_QUERY,
  ]);
  refuseUnmet(backup.name, needs, offers);
  if (settings.restore.strategy === "replace")
    refuseSubscriptions(deployment.database.name, offers);
  const wanted = refuseFullDisk(run, archive, free, logToCome);
  const message = `PostgreSQL ${offers.version} takes a dump of version ${needs.major}, has its roles and ${needs.extensions.length} extensions, and ${formatBytes(free)} of disk for about ${formatBytes(wanted)}.`;
  return { check: passed("preconditions", message), needs, offers };
}

/** The entries that are restored with their owner. */
function ownedEntries({ deployment, settings }: ServerRun, archive: Archive) {
  const { contents, manifest, superuser } = archive;
  if (settings.restore.tables.length > 0) return [];
  if (deployment.policy === "flexible") return contents.entries;
  const owner = sourceOwner(deployment, manifest);
  return contents.entries.filter(
    (entry) => entry.owner !== owner || superuser.includes(entry.id) || isAlwaysAdmins(entry),
  );
}

function refuseUnknownTables({ contents, backup }: Archive, tables: readonly string[]): void {
  const unknown = unknownTables(contents, tables);
  if (unknown.length === 0) return;
  throw new UserMistake({
    what: `${backup.name} holds no table ${unknown.join(", ")}.`,
    next: `Write a table as schema.name; see them with: pg_restore --list ${backup.path}`,
  });
}

/** Returns about how many bytes the restored database will take. Throws Failed when the disk has no room. */
function refuseFullDisk(run: ServerRun, archive: Archive, free: number, logToCome: number): number {
  const { production, settings } = run;
  const whole =
    archive.manifest?.databaseBytes ??
    production?.bytes ??
    archive.backup.bytes * DATABASE_PER_DUMP;
  const freed = settings.restore.strategy === "replace" ? (production?.bytes ?? 0) : 0;
  if (settings.restore.tables.length > 0 || hasRoom(free + freed, whole, { logToCome }))
    return whole;
  const next =
    settings.restore.strategy === "swap" && production !== null
      ? "Free space on that disk or give it more; or drop production first: `strategy: replace`."
      : "Free space on that disk, or give it more.";
  throw new Failed({
    what: `The database server has ${formatBytes(free)} of disk free. The restored database takes about ${formatBytes(whole)}, and the server's log up to ${formatBytes(logToCome)} more.`,
    why: "A disk that a restore fills stops production.",
    state: "Nothing was changed.",
    next,
  });
}

function unreadableArchive({ backup }: Archive) {
  return (error: unknown): never => {
    if (!(error instanceof CommandFailed)) throw error;
    throw new Failed(
      {
        what: `${backup.name} cannot be read to its end.`,
        why: error.explanation.why,
        state: "Nothing was changed.",
        next: "It was cut short or damaged. Restore another backup: openspp-backup list",
      },
      { cause: error },
    );
  };
}
