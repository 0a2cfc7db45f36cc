import { namesOf } from "../../backups/backup-name.ts";
import { type Manifest, serialize } from "../../backups/manifest.ts";
import { parseTableOfContents } from "../../backups/table-of-contents.ts";
import { HASH_VERSION } from "../../checks/content-hash.ts";
import { STRUCTURE_VERSION } from "../../checks/structure/structure-query.ts";
import { measure, measuredIn, partialsOf, publish } from "../../commands/backup-files.ts";
import { pgRestoreList } from "../../commands/postgres.ts";
import { ServerError } from "../../database/session.ts";
import { Failed } from "../../failure.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import type { Settings } from "../../inputs/settings.ts";
import { type Check, passed, withSwitchedOff } from "../../report/check.ts";
import type { BackupReport, BackupSummary } from "../../report/report-schema.ts";
import { formatBytes } from "../../words/bytes.ts";
import { counted } from "../../words/count.ts";
import { assembleReport } from "../assemble-report.ts";
import { prepareBackupFolder } from "../disk-space.ts";
import type { Effects } from "../effects.ts";
import { filestorePartialsOf } from "../filestore/save-filestore.ts";
import { removeQuietly } from "../remove-quietly.ts";
import { withRetention } from "../retention/apply-retention.ts";
import type { Run } from "../run.ts";
import { inBackup } from "../run-in-container.ts";
import { removeLeftovers } from "../sweep.ts";
import { withRun } from "../with-run.ts";
import { dumpWithManifest, type SnapshotObservation } from "./dump-with-manifest.ts";
import { backupByScript } from "./script-backup.ts";

/** The backup is verified before it becomes visible. */
export async function backup(settings: Settings, effects: Effects): Promise<BackupReport> {
  return withRun("backup", settings, effects, async (run) => {
    await removeLeftovers(run);
    return withRetention(run, await takeBackup(run));
  });
}

export function takeBackup(run: Run): Promise<BackupReport> {
  return run.settings.backup.mode === "script" ? backupByScript(run) : backupBySnapshot(run);
}

async function backupBySnapshot(run: Run): Promise<BackupReport> {
  const { journal, deployment, stamp } = run;
  const { directory } = deployment.backups;
  const folder = `${directory}/daily`;
  const names = namesOf(deployment.database.name, stamp);
  const partial = `${folder}/${names.partial}`;
  const files = {
    folder,
    partial,
    dump: `${folder}/${names.dump}`,
    manifest: `${folder}/${names.manifest}`,
    latest: `${folder}/${names.latest}`,
    latestTarget: names.dump,
  };
  try {
    await prepareBackupFolder(run, folder);
    const observed = await journal.phase("Dump and fingerprint one snapshot", () =>
      dumpWithManifest(run, folder, partial),
    );
    const measured = await journal.phase("Verify what was written", () =>
      verify(run, partial, observed),
    );
    const manifest = manifestOf(run, names.dump, observed, measured);
    const { check, written } = observed.filestore;
    const filestore = written && {
      partial: written.partial,
      file: `${folder}/${written.manifest.file}`,
    };
    await journal.phase("Make it visible", () =>
      inBackup(run, publish({ ...files, filestore, manifestText: serialize(manifest) })),
    );
    return reportOf(run, manifest, check);
  } catch (error) {
    const partials = [...partialsOf(files), ...filestorePartialsOf(run, folder)];
    const removed = await removeQuietly(run, partials);
    throw error instanceof CommandFailed || error instanceof ServerError
      ? unfinished(run, error, removed)
      : error;
  }
}

function unfinished(run: Run, error: Failed, removed: boolean): Failed {
  const { next } = error.explanation;
  const { volume } = run.deployment.backups;
  return new Failed(
    {
      what: "The backup could not be finished.",
      why: error instanceof CommandFailed ? error.reason : error.sentence,
      state: removed
        ? "What it had written was removed; the earlier backups are as they were."
        : "What it had written keeps a hidden name until the next run; the earlier backups are as they were.",
      next:
        next ??
        `If the disk is full, free space on the volume ${volume}. If Odoo was installing or upgrading a module, run it again afterwards.`,
    },
    { cause: error },
  );
}

interface Measured {
  readonly bytes: number;
  readonly sha256: string;
  readonly entries: number;
}

async function verify(
  run: Run,
  partial: string,
  { contents }: SnapshotObservation,
): Promise<Measured> {
  const [listed, measured] = await Promise.all([
    inBackup(run, pgRestoreList(partial)),
    inBackup(run, measure(partial)),
  ]);
  const { entries } = parseTableOfContents(listed);
  const data = entries.filter(({ kind }) => kind === "TABLE DATA").length;
  if (data < contents.length) {
    throw new Failed({
      what: `The dump holds the rows of ${data} tables, and the database has ${contents.length}.`,
      state: "It was removed; the earlier backups are as they were.",
      next: "Run the backup again with debug logging and look at what pg_dump says.",
    });
  }
  return { ...measuredIn(measured), entries: entries.length };
}

function manifestOf(
  run: Run,
  dump: string,
  observed: SnapshotObservation,
  measured: Measured,
): Manifest {
  const { facts, deployment, settings } = run;
  const { encoding, provider, collate, ctype, locale, icuRules } = facts;
  const { owner, admin } = deployment.database;
  return {
    manifestVersion: 1,
    hashVersion: HASH_VERSION,
    structureVersion: STRUCTURE_VERSION,
    database: deployment.database.name,
    takenAt: observed.takenAt,
    server: { version: facts.version, number: facts.number },
    locale: { encoding, provider, collate, ctype, locale, icuRules },
    dump: {
      file: dump,
      bytes: measured.bytes,
      sha256: measured.sha256,
      compression: settings.backup.compression,
    },
    extensions: [...observed.extensions],
    tables: observed.contents.map(({ schema, name, rows, hash }) => ({ schema, name, rows, hash })),
    sequences: observed.sequences,
    geometries: observed.geometries,
    structure: [...observed.structure],
    largeObjects: observed.largeObjects,
    generatedRights: [...observed.generatedRights],
    roles: {
      owner: owner.name,
      admin: admin.name,
      others: facts.roles.filter((name) => name !== owner.name && name !== admin.name),
    },
    databaseBytes: facts.databaseBytes,
    ...(observed.filestore.written && { filestore: observed.filestore.written.manifest }),
  };
}

function reportOf(run: Run, manifest: Manifest, attachments: Check): BackupReport {
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  const checks: Check[] = [
    passed(
      "dump",
      `${manifest.dump.file} is written, readable, synced to disk: ${formatBytes(manifest.dump.bytes)}, SHA-256 ${manifest.dump.sha256}.`,
    ),
    passed(
      "manifest",
      `It holds the row count and content hash of ${counted(manifest.tables.length, "table")} with ${counted(rows, "row")}, of the dump's own snapshot.`,
    ),
    attachments,
  ];
  const backup: BackupSummary = {
    name: manifest.dump.file,
    takenAt: manifest.takenAt,
    bytes: manifest.dump.bytes,
    sha256: manifest.dump.sha256,
    manifest: true,
  };
  const tables = manifest.tables.map(({ schema, name, rows: expected, hash }) => ({
    schema,
    name,
    rows: { expected, restored: null },
    hash: { expected: hash, restored: null },
  }));
  return assembleReport(run, "backup", {
    backup,
    checks: withSwitchedOff(checks, run.settings.proof.skipChecks),
    tables,
    rows,
  });
}
