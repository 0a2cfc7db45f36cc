import { verdictOf } from "../checks/check.ts";
import type { BackupReport } from "../report/report.ts";
import type { Settings } from "../settings.ts";
import { takeBackup } from "./backup.ts";
import { drillBackup } from "./drill.ts";
import { withRetention } from "./retention.ts";
import { type Effects, listBackups, type Run, withRun } from "./run.ts";
import { removeLeftovers } from "./sweep.ts";

/** Given the settings, take a backup and drill that very backup: one report, whose verdict is that of both. */
export async function cycle(settings: Settings, effects: Effects): Promise<BackupReport> {
  return withRun("cycle", settings, effects, async (run) => {
    await removeLeftovers(run);
    const taken = await takeBackup(run);
    if (taken.verdict !== "passed") return { ...taken, operation: "cycle" };
    const drilled = await drillBackup(await withNewBackup(run, taken.backup.name));
    const checks = [...taken.checks, ...drilled.checks];
    const both = { ...drilled, operation: "cycle", verdict: verdictOf(checks), checks } as const;
    return withRetention(run, both);
  });
}

/** The same run, which knows the backup that it took and drills that one. */
async function withNewBackup(run: Run, name: string): Promise<Run> {
  const { listing } = await listBackups(run, run.deployment);
  const { settings } = run;
  return { ...run, listing, settings: { ...settings, drill: { ...settings.drill, backup: name } } };
}
