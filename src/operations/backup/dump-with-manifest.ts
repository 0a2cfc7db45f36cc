import { setTimeout as sleep } from "node:timers/promises";
import type { Manifest } from "../../backups/manifest.ts";
import { geometriesOf } from "../../checks/geometry.ts";
import { EMPTY_QUERY } from "../../checks/rewritten-tables.ts";
import { SEQUENCES_QUERY, type SequenceContent, sequencesOf } from "../../checks/sequences.ts";
import { pgDump } from "../../commands/postgres.ts";
import { type Observation, observe } from "../../database/observe.ts";
import { firstValue, ServerError } from "../../database/session.ts";
import { inSnapshot, inTransactions } from "../../database/transactions.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import { counted } from "../../words/count.ts";
import { readsFilestore, type SavedFilestore, saveFilestore } from "../filestore/save-filestore.ts";
import type { Run } from "../run.ts";
import { inBackup } from "../run-in-container.ts";
import { withSessions } from "../sessions.ts";
import { ChangedMeanwhile, changesUnderFailure, refuseChanges } from "./changed-meanwhile.ts";

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

/** How long to wait before each further snapshot, in seconds: whoever changes the database may be done by then. */
const PAUSES_SECONDS = [5, 30] as const;

/**
 * Dumps the database into `file`, observes it and saves its filestore at the same time, all of one snapshot. When something
 * changed under the dump that takes no notice of a snapshot, all is done again with another one, twice at most. Throws
 * ChangedMeanwhile.
 */
export async function dumpWithManifest(
  run: Run,
  folder: string,
  file: string,
): Promise<SnapshotObservation> {
  const { journal, signal } = run;
  for (const seconds of PAUSES_SECONDS) {
    try {
      return await dumpSnapshot(run, folder, file);
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile)) throw error;
      journal.log.warning(
        `${error.explanation.what} Another snapshot is taken in ${counted(seconds, "second")}.`,
      );
    }
    await sleep(seconds * 1000, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
  return dumpSnapshot(run, folder, file).catch((error: unknown) => {
    // Where the dump itself failed, its own error says more.
    throw error instanceof ChangedMeanwhile ? (error.cause ?? error) : error;
  });
}

/**
 * The run's session exports the snapshot and keeps it open; pg_dump and the others import it (PostgreSQL manual, "Snapshot
 * Synchronization Functions").
 *
 * Odoo writes a file before the row that names it, so each file that the snapshot names is already there. No file is
 * deleted until the snapshot is closed.
 */
async function dumpSnapshot(run: Run, folder: string, file: string): Promise<SnapshotObservation> {
  const { session } = run;
  await session.batch([
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    ...(readsFilestore(run) ? [KEEP_FILES] : []),
  ]);
  try {
    return await dumpInTransaction(run, folder, file);
  } catch (error) {
    if (run.signal.aborted || !(error instanceof CommandFailed || error instanceof ServerError)) {
      throw error;
    }
    const changed = await changesUnderFailure(session);
    throw changed.length > 0 ? new ChangedMeanwhile(changed, error) : error;
  } finally {
    // Without a transaction it does nothing.
    await session.batch(["ROLLBACK"]).catch(() => {});
  }
}

async function dumpInTransaction(
  run: Run,
  folder: string,
  file: string,
): Promise<SnapshotObservation> {
  const { session, deployment, settings, journal } = run;
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
    async (sessions) => {
      // It may wait for a table that somebody holds, so it waits beside the dump.
      const empty = inTransactions(sessions[0], inSnapshot(snapshot), [EMPTY_QUERY]);
      empty.catch(() => {});
      const observation = await observe(sessions, {
        transaction: inSnapshot(snapshot),
        onProgress: (fraction) => journal.log.progress(fraction, "of the content fingerprinted"),
        signal: together.signal,
      });
      await dumping;
      const after = await session.value<SequenceContent[]>(SEQUENCES_QUERY);
      const [emptyRows = []] = await empty;
      await refuseChanges(session, sessions[0], observation, firstValue(emptyRows) as string[]);
      return { ...observation, sequences: sequencesOf(before, after) };
    },
  );
  const saving = saveFilestore(together, folder, snapshot);
  const [observation, filestore] = await allOrNone([observing, saving, dumping], failed);
  return {
    ...observation,
    takenAt,
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
