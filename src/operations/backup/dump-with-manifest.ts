import type { Manifest } from "../../backups/manifest.ts";
import { geometriesOf } from "../../checks/geometry.ts";
import { REWRITTEN_QUERY } from "../../checks/scan.ts";
import { SEQUENCES_QUERY, type SequenceContent, sequencesOf } from "../../checks/sequences.ts";
import { pgDump } from "../../commands/postgres.ts";
import { type Observation, observe } from "../../database/observe.ts";
import { inSnapshot } from "../../database/transactions.ts";
import { Failed } from "../../failure.ts";
import { counted } from "../../words/count.ts";
import { readsFilestore, type SavedFilestore, saveFilestore } from "../filestore/save-filestore.ts";
import type { Run } from "../run.ts";
import { inBackup } from "../run-in-container.ts";
import { withSessions } from "../sessions.ts";

/** What the manifest says of the database, all of the dump's own snapshot. */
export interface SnapshotObservation extends Omit<Observation, "sequences"> {
  /** ISO 8601, UTC: when the snapshot was taken. */
  readonly takenAt: string;
  readonly sequences: Manifest["sequences"];
  readonly geometries: Manifest["geometries"];
  readonly filestore: SavedFilestore;
}

/**
 * Keeps out Odoo's collector of files, which takes SHARE on this table, or else gives up until the next day. Whoever writes is
 * not kept out.
 */
const KEEP_FILES = "LOCK TABLE public.ir_attachment IN ROW EXCLUSIVE MODE";

/**
 * Dumps the database into `file`, observes it and saves its filestore at the same time, all of one snapshot. The run's
 * session exports the snapshot and keeps it open; pg_dump and the others import it (PostgreSQL manual, "Snapshot
 * Synchronization Functions").
 *
 * Odoo writes a file before the row that names it, so each file that the snapshot names is already there. No file is
 * deleted until the snapshot is closed.
 */
export async function dumpWithManifest(
  run: Run,
  folder: string,
  file: string,
): Promise<SnapshotObservation> {
  const { session, deployment, settings, journal } = run;
  await session.batch([
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    ...(readsFilestore(run) ? [KEEP_FILES] : []),
  ]);
  // Sequences do not follow a snapshot: their values must be read before pg_dump starts, and again after it.
  const [snapshot, takenAt, before] = await session.values<[string, string, SequenceContent[]]>([
    "SELECT pg_export_snapshot()",
    `SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
    SEQUENCES_QUERY,
  ]);
  const { database } = deployment;
  const failed = new AbortController();
  const together = { ...run, signal: AbortSignal.any([run.signal, failed.signal]) };
  const dumping = dump(together, file, snapshot);
  const observing = withSessions(
    run,
    settings.backup.jobs ?? jobsDuringDump(deployment.cores),
    { role: database.admin, name: database.name, applicationName: run.applicationName },
    (sessions) =>
      observe(sessions, {
        transaction: inSnapshot(snapshot),
        onProgress: (fraction) => journal.log.progress(fraction, "of the content fingerprinted"),
        signal: together.signal,
      }),
  );
  const saving = saveFilestore(together, folder, snapshot);
  const [observation, filestore] = await allOrNone([observing, saving, dumping], failed);
  const [after, rewritten] = await session.values<[SequenceContent[], string[]]>([
    SEQUENCES_QUERY,
    REWRITTEN_QUERY,
  ]);
  await session.batch(["COMMIT"]);
  if (rewritten.length > 0) throw rewrittenMeanwhile(rewritten);
  return {
    ...observation,
    takenAt,
    sequences: sequencesOf(before, after),
    geometries: geometriesOf(observation.contents),
    filestore,
  };
}

/** When one fails, the others are aborted through `failed`, and awaited, before its error is thrown. */
async function allOrNone<Work extends readonly Promise<unknown>[]>(
  work: readonly [...Work],
  failed: AbortController,
): Promise<{ -readonly [Index in keyof Work]: Awaited<Work[Index]> }> {
  try {
    return await Promise.all(work);
  } catch (error) {
    failed.abort();
    await Promise.allSettled(work);
    throw error;
  }
}

/** Half the cores: pg_dump compresses on one, and production needs some. */
function jobsDuringDump(cores: number): number {
  return Math.ceil(cores / 2);
}

function rewrittenMeanwhile(tables: readonly string[]): Failed {
  return new Failed({
    what: `${counted(tables.length, "table")} of the database changed under the dump: ${tables.slice(0, 5).join(", ")}${tables.length > 5 ? ", …" : ""}.`,
    why: "TRUNCATE, DROP and the ALTER TABLE that rewrites take no notice of the snapshot that a dump sees.",
    state: "What was written was removed; the earlier backups are as they were.",
    next: "Run it again when nobody installs or upgrades a module.",
  });
}

async function dump(run: Run, file: string, snapshot: string): Promise<void> {
  const { deployment, settings, applicationName, facts } = run;
  const { database } = deployment;
  const command = pgDump(
    {
      host: database.innerHost,
      port: database.innerPort,
      role: database.admin,
      database: database.name,
      applicationName,
    },
    { file, compression: settings.backup.compression, snapshot, encoding: facts.encoding },
  );
  await inBackup(run, command);
}
