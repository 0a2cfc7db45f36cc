import { chooseBackup, type ListedBackup } from "../../backups/listing.ts";
import { relationsOfExtensions } from "../../backups/table-of-contents.ts";
import { judgeRpo, judgeRto } from "../../checks/objectives.ts";
import { reasonOf } from "../../failure.ts";
import type { Settings } from "../../inputs/settings.ts";
import { type Check, failed, notRun, passed, withSwitchedOff } from "../../report/check.ts";
import type { BackupReport, RehearsalSummary, Report } from "../../report/report-schema.ts";
import { assembleReport } from "../assemble-report.ts";
import { noRoomFailure } from "../disk-space.ts";
import { whileDiskHasSpace } from "../disk-watch.ts";
import { NotDropped } from "../drop-leftover.ts";
import { withFetchedCopy } from "../offsite/fetched-copy.ts";
import { type Archive, openArchive } from "../proof/open-archive.ts";
import {
  notProvenChecks,
  type ProofFindings,
  restoreAndProve,
} from "../proof/restore-and-prove.ts";
import type { Run } from "../run.ts";
import { createThrowaway, dropThrowaway, keepThrowaway } from "./throwaway-database.ts";

export interface Drilled {
  readonly report: BackupReport;
  /** What was restored from the volume and proven. */
  readonly proven?: Archive;
}

/**
 * The guide's "Test Restore", with a proof. The backup that the settings name comes from the volume or from its copy off-site.
 * It is restored into a throwaway database, proven there, and the database is dropped.
 */
export async function drillBackup(run: Run): Promise<Drilled> {
  const { listing, settings } = run;
  const { source, backup } = settings.drill;
  if (source === "local") return drillChosen(run, chooseBackup(listing, backup, Math.random()));
  return withFetchedCopy(run, backup, (fetched, since) => drillChosen(run, fetched, since));
}

/**
 * The run's backup container must be able to read the backup. `since`, in seconds of the clock, is when recovering
 * began, if that was before the restore.
 */
export async function drillChosen(
  run: Run,
  backup: ListedBackup,
  since?: number,
): Promise<Drilled> {
  const { settings, journal } = run;
  const [archive, obstacle] = await journal.phase(`Open ${backup.name}`, () =>
    Promise.all([openArchive(run, backup), makeRoom(run)]),
  );
  const rpoSeconds = ageOf(run, archive);
  const known = [archive.check, judgeRpo(rpoSeconds, settings.drill.rpoSeconds, settings.drill)];
  if (archive.check.status === "failed") {
    const reason = "a damaged archive is not restored.";
    const checks = [
      ...known,
      notRun("restore", `Not tried: ${reason}`),
      ...notProvenChecks(reason, { filestore: true }),
    ];
    return { report: reportOf(run, archive, { checks, rpoSeconds }) };
  }
  if (obstacle) {
    const { what, why, state, next } = obstacle.explanation;
    const reason = "an earlier throwaway database is in the way.";
    const checks = [
      ...known,
      notRun("restore", `Not tried: ${[what, why, state].join(" ")}`, next),
      ...notProvenChecks(reason, { filestore: true }),
    ];
    return { report: reportOf(run, archive, { checks, rpoSeconds }) };
  }
  const findings = await drillInThrowaway(run, archive, since);
  const checks = [...known, ...findings.checks];
  return {
    report: reportOf(run, archive, { ...findings, checks, rpoSeconds }),
    ...(findings.proven && settings.drill.source === "local" && { proven: archive }),
  };
}

/** Returns why the throwaway database of an earlier drill cannot be dropped, where something keeps it. */
async function makeRoom(run: Run): Promise<NotDropped | undefined> {
  const [dropped, trouble] = await Promise.all([
    dropThrowaway(run, run.settings.drill.throwawayDatabase).catch((error: unknown) => {
      if (error instanceof NotDropped) return error;
      throw error;
    }),
    noRoomFailure(run),
  ]);
  if (dropped instanceof NotDropped) return dropped;
  // What was dropped makes room.
  const left = trouble && dropped.length > 0 ? await noRoomFailure(run) : trouble;
  if (left) throw left;
  return undefined;
}

/** A fresh server has no database that lists the extensions' own relations, so the archive's list is used. */
function withArchiveRelations(run: Run, { contents }: Archive): Run {
  const relations = [...run.facts.extensionRelations, ...relationsOfExtensions(contents)];
  return { ...run, facts: { ...run.facts, extensionRelations: relations } };
}

/** The throwaway database is dropped on success, failure and cancellation; or kept, if the settings say so. */
async function drillInThrowaway(
  run: Run,
  archive: Archive,
  since?: number,
): Promise<ProofFindings> {
  const { journal, clock, settings, facts } = run;
  const name = settings.drill.throwawayDatabase;
  const start = since ?? clock.seconds();
  let cleanup: Check | undefined;
  const drop = async () => {
    const { keepDatabase } = settings.drill;
    cleanup = await journal.phase(`${keepDatabase ? "Keep" : "Drop"} ${name}`, () => cleanUp(run));
  };
  await journal.phase(`Create ${name}`, () =>
    createThrowaway(run, name, archive.manifest?.locale ?? facts),
  );
  try {
    const findings = await whileDiskHasSpace(run, "Production is as it was.", (watched) =>
      settings.drill.where === "host"
        ? restoreAndProve(watched, archive, { name, filestore: true, live: run.session })
        : restoreAndProve(withArchiveRelations(watched, archive), archive, {
            name,
            filestore: true,
            server: "fresh",
          }),
    );
    const rtoSeconds = clock.seconds() - start;
    const inTime = findings.proven ? [judgeRto(rtoSeconds, settings.drill.rtoSeconds)] : [];
    await drop();
    return {
      ...findings,
      checks: [...findings.checks, ...inTime, ...(cleanup ? [cleanup] : [])],
      ...(findings.proven && { rtoSeconds }),
    };
  } finally {
    if (!cleanup) await drop();
  }
}

async function cleanUp(run: Run): Promise<Check> {
  const name = run.settings.drill.throwawayDatabase;
  try {
    if (run.settings.drill.keepDatabase) {
      await keepThrowaway(run, name);
      return passed("cleanup", `${name} was kept, as asked. The next drill drops it.`);
    }
    await dropThrowaway(run, name);
    return passed("cleanup", `${name} was dropped.`);
  } catch (error) {
    return failed(
      "cleanup",
      `${name} could not be dropped: ${reasonOf(error)}`,
      error instanceof NotDropped
        ? error.explanation.next
        : "The next run drops it; or do it now: openspp-backup sweep",
    );
  }
}

/**
 * Seconds between the snapshot and now, both by the server's own clock, so that the runner's does not matter. The server's
 * clock was read when the run began; the time since then is added.
 */
function ageOf({ facts, journal, readAt }: Run, archive: Archive): number {
  const now = Date.parse(facts.now) / 1000 + (journal.elapsed() - readAt);
  return now - takenAtOf(archive).getTime() / 1000;
}

function takenAtOf({ manifest, backup }: Archive): Date {
  return manifest ? new Date(manifest.takenAt) : backup.takenAt;
}

function reportOf(
  run: Run,
  archive: Archive,
  findings: Pick<Report, "checks"> & Partial<ProofFindings> & { rpoSeconds: number },
): BackupReport {
  const { settings } = run;
  const { proven: _, ...found } = findings;
  return assembleReport(run, "drill", {
    tables: [],
    rows: 0,
    ...found,
    checks: withSwitchedOff(findings.checks, settings.proof.skipChecks),
    backup: {
      name: archive.backup.name,
      takenAt: takenAtOf(archive).toISOString(),
      bytes: archive.backup.bytes,
      sha256: archive.sha256,
      manifest: archive.manifest !== undefined,
    },
    rehearsal: rehearsalOf(settings),
    rpoObjectiveSeconds: settings.drill.rpoSeconds,
    rtoObjectiveSeconds: settings.drill.rtoSeconds,
  });
}

function rehearsalOf({ drill, sync }: Settings): RehearsalSummary {
  const { scenario, source, where } = drill;
  const remote = source === "offsite" ? sync.remote?.address : undefined;
  return { scenario, source, where, ...(remote !== undefined && { remote }) };
}
