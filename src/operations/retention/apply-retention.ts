import { namesOf, stampOf } from "../../backups/backup-name.ts";
import { filesOf, type Listing, unfinishedDumps } from "../../backups/listing.ts";
import {
  overriddenPolicy,
  type Promotion,
  planRetention,
  type RetentionPlan,
  type RetentionPolicy,
} from "../../backups/retention-plan.ts";
import { parseRecords, type RunRecord, recordPath } from "../../backups/run-record.ts";
import { readStanding, removeFiles, standingIn } from "../../commands/backup-files.ts";
import { partialsOfPromotion, promote } from "../../commands/promote.ts";
import type { BackupSite } from "../../deployment/deployment.ts";
import { Failed, UserMistake } from "../../failure.ts";
import { type Check, failed, passed } from "../../report/check.ts";
import type { BackupReport, RetentionSummary } from "../../report/report-schema.ts";
import { describePlan, retentionSummary, summarisePlan } from "../../report/retention-summary.ts";
import { counted } from "../../words/count.ts";
import { amendReport } from "../assemble-report.ts";
import { pruneFilestores } from "../filestore/prune-pool.ts";
import { listBackups } from "../list-backups.ts";
import { removeQuietly } from "../remove-quietly.ts";
import type { Run } from "../run.ts";
import { inBackup } from "../run-in-container.ts";
import { dropExpired, findExpired } from "./drop-expired.ts";

/** A host limits the length of one argument (128 KiB on Linux), so paths are removed in parts. */
const PATHS_AT_ONCE = 200;

/**
 * Applies the retention after a backup, when that backup is good and the retention is not switched
 * off. Returns the report with the retention's part.
 */
export async function withRetention(run: Run, report: BackupReport): Promise<BackupReport> {
  if (!run.settings.retention.on || report.verdict !== "passed") return report;
  const { check, retention } = await tryRetention(run);
  const amended = amendReport(run, report, [...report.checks, check]);
  return { ...amended, ...(retention && { retention }) };
}

interface RetentionResult {
  readonly check: Check;
  readonly retention?: RetentionSummary;
}

/** The backup stays good even if the retention fails. That failure is a check of the report. */
async function tryRetention(run: Run): Promise<RetentionResult> {
  try {
    return await applyRetention(run);
  } catch (error) {
    if (run.signal.aborted || !(error instanceof Failed || error instanceof UserMistake))
      throw error;
    return { check: failed("retention", error.sentence, error.explanation.next) };
  }
}

/**
 * Plans what is kept and prints the plan. Unless it is a dry run, it then makes the weekly and
 * monthly copies and removes what goes. When a copy fails, nothing is removed.
 */
export async function applyRetention(
  run: Run,
): Promise<RetentionResult & { retention: RetentionSummary }> {
  const { settings, journal } = run;
  const { dryRun } = settings.retention;
  const policy = policyOf(run);
  const title = dryRun ? "Plan the retention" : "Apply the retention";
  const plan = await journal.phase(title, async () => {
    const [planned, expired] = await Promise.all([planOf(run, policy), findExpired(run)]);
    for (const line of describePlan(planned)) journal.log.info(line);
    for (const { name } of expired.databases) {
      journal.log.info(`Drop    database ${name}: its time is over`);
    }
    for (const { aside } of expired.filestores) {
      journal.log.info(`Remove  filestore ${aside}: its time is over`);
    }
    if (!dryRun) await executePlan(run, planned);
    if (!dryRun) await dropExpired(run, expired);
    return planned;
  });
  return {
    check: passed("retention", summarisePlan(plan, policy, dryRun)),
    retention: retentionSummary(plan, dryRun),
  };
}

async function executePlan(run: Run, { promoted, going, orphans }: RetentionPlan): Promise<void> {
  for (const promotion of promoted) await copy(run, promotion);
  const paths = [...going.flatMap(({ backup }) => filesOf(backup)), ...orphans];
  await remove(run, paths);
  const pruned = paths.length > 0 ? await pruneFilestores(run) : 0;
  if (pruned > 0) {
    const files = counted(pruned, "file");
    run.journal.log.info(`Removed ${files} of the filestore's pool that no backup names any more.`);
  }
}

async function planOf(run: Run, policy: RetentionPolicy): Promise<RetentionPlan> {
  const [{ listing, stamp }, { linked, sync }] = await Promise.all([
    listBackups(run, run.deployment),
    readLastFinished(run),
  ]);
  const unfinished = unfinishedDumps(listing, linked);
  const offsite = sync && offsiteNames(listing, sync);
  return planRetention({ ...listing, policy, now: stamp, unfinished, ...(offsite && { offsite }) });
}

interface LastFinished {
  /** The dump that `…_latest.dump` names: the last finished one. */
  readonly linked: string;
  /** The record of the last sync. Absent where there was none. */
  readonly sync?: RunRecord;
}

async function readLastFinished(run: Run): Promise<LastFinished> {
  const { deployment } = run;
  const { directory } = deployment.backups;
  const link = `${directory}/daily/${namesOf(deployment.database.name, "").latest}`;
  const output = await inBackup(run, readStanding(link, recordPath(directory, "sync")));
  const { linked, record } = standingIn(output);
  const [sync] = parseRecords(record);
  return { linked, ...(sync && { sync }) };
}

/**
 * A sync copies everything that is in the volume. So every backup up to the newest off-site one is
 * off-site too.
 */
function offsiteNames({ backups }: Listing, { backup, verdict }: RunRecord): ReadonlySet<string> {
  const newest = verdict === "passed" && backup ? stampOf(backup) : "";
  return new Set(backups.map(({ name }) => name).filter((name) => stampOf(name) <= newest));
}

/** Throws UserMistake when one of the deployment's values is no number. */
export function policyOf({
  settings,
  deployment,
}: Pick<Run, "settings"> & { readonly deployment: BackupSite }): RetentionPolicy {
  const policy = overriddenPolicy(deployment.backups.retention, settings.retention);
  const { days, weeks, months } = policy;
  const named = { BACKUP_KEEP_DAYS: days, BACKUP_KEEP_WEEKS: weeks, BACKUP_KEEP_MONTHS: months };
  const wrong = Object.entries(named).find(([, count]) => !Number.isInteger(count) || count < 0);
  if (wrong) {
    throw new UserMistake({
      what: `The deployment's ${wrong[0]} is not a whole number, so nothing was removed.`,
      next: `Correct it in ${deployment.directory}'s env file and recreate the backup service.`,
    });
  }
  return policy;
}

async function copy(run: Run, { backup, to }: Promotion): Promise<void> {
  const folder = `${run.deployment.backups.directory}/${to}`;
  const from = filesOf(backup).toReversed();
  const files = from.map((path) => ({
    from: path,
    to: `${folder}/${path.slice(path.lastIndexOf("/") + 1)}`,
  }));
  try {
    await inBackup(run, promote(folder, files));
  } catch (error) {
    await removeQuietly(run, partialsOfPromotion(files));
    throw error;
  }
}

async function remove(run: Run, paths: readonly string[]): Promise<void> {
  for (let from = 0; from < paths.length; from += PATHS_AT_ONCE) {
    await inBackup(run, removeFiles(paths.slice(from, from + PATHS_AT_ONCE)));
  }
}
