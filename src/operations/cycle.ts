import type { Settings } from "../inputs/settings.ts";
import { type Check, notRun, verdictOf } from "../report/check.ts";
import type { BackupReport, SyncSummary } from "../report/report-schema.ts";
import { amendReport } from "./assemble-report.ts";
import { takeBackup } from "./backup/backup.ts";
import { type Drilled, drillBackup } from "./drill/drill-backup.ts";
import type { Effects } from "./effects.ts";
import { recordDrill } from "./leave-record.ts";
import { listBackups } from "./list-backups.ts";
import { drillCopy } from "./offsite/drill-copy.ts";
import { trySync } from "./offsite/sync.ts";
import { notProvenChecks } from "./proof/restore-and-prove.ts";
import { withRecovery } from "./restore/recovery.ts";
import { withRetention } from "./retention/apply-retention.ts";
import type { Run } from "./run.ts";
import { removeLeftovers } from "./sweep.ts";
import { withRun } from "./with-run.ts";

/**
 * Takes a backup, copies it off-site when the settings name a remote, and drills that very backup.
 * There is one report, whose verdict is that of all three.
 */
export async function cycle(settings: Settings, effects: Effects): Promise<BackupReport> {
  return withRun("cycle", settings, effects, async (run) => {
    await removeLeftovers(run);
    const taken = await takeBackup(run);
    if (taken.verdict !== "passed") return { ...taken, operation: "cycle" };
    const copied = settings.sync.remote && (await trySync(run));
    const newer = await withNewBackup(run, taken.backup.name);
    const drilled = await withRecovery(
      newer,
      await recordDrill(newer, () => drillNewBackup(newer, taken, copied?.checks)),
    );
    const checks = [...taken.checks, ...(copied?.checks ?? []), ...drilled.checks];
    const both = {
      ...drilled,
      ...copied,
      deployment: taken.deployment,
      startedAt: taken.startedAt,
      operation: "cycle",
      verdict: verdictOf(checks),
      checks,
    } as const;
    return withPromotedCopied(run, await withRetention(run, both));
  });
}

/** Copies off-site also the weekly and monthly copies that the retention of this cycle made. */
async function withPromotedCopied(run: Run, report: BackupReport): Promise<BackupReport> {
  const { sync: before, retention } = report;
  if (!before || !retention || retention.dryRun || retention.promoted.length === 0) return report;
  const { checks: again, sync: after } = await trySync(run);
  // The checks of the second copy replace those of the first.
  const names = again.map(({ name }) => name);
  const checks = [...report.checks.filter(({ name }) => !names.includes(name)), ...again];
  return {
    ...amendReport(run, report, checks),
    sync: after ? sumOf(before, after) : before,
  };
}

function sumOf(before: SyncSummary, after: SyncSummary): SyncSummary {
  return {
    ...after,
    copied: before.copied + after.copied,
    bytes: before.bytes + after.bytes,
    deleted: before.deleted + after.deleted,
  };
}

/**
 * Drills the backup that the run took, where the settings say. `copied` holds the checks of its
 * off-site copy.
 */
async function drillNewBackup(
  run: Run,
  taken: BackupReport,
  copied: readonly Check[] = [],
): Promise<Drilled> {
  const { settings } = run;
  if (settings.drill.source === "offsite" && verdictOf(copied) !== "passed") {
    const reason = "the backup was not copied off-site.";
    const checks = [notRun("restore", `Not tried: ${reason}`), ...notProvenChecks(reason, {})];
    return { report: { ...taken, checks, verdict: verdictOf(checks) } };
  }
  if (settings.drill.where === "host") return drillBackup(run);
  return { report: await drillCopy(settings, run) };
}

/** The same run with the new backup in its listing, and with that backup as the one to drill. */
async function withNewBackup(run: Run, name: string): Promise<Run> {
  const { listing } = await listBackups(run, run.deployment);
  const { settings } = run;
  return { ...run, listing, settings: { ...settings, drill: { ...settings.drill, backup: name } } };
}
