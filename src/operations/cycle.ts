import { verdictOf } from "../checks/check.ts";
import type { Report } from "../report/report.ts";
import type { Settings } from "../settings.ts";
import { backup } from "./backup.ts";
import { drill } from "./drill.ts";
import type { Effects } from "./run.ts";

/** Given the settings, take a backup and drill that very backup: one report, whose verdict is that of both. */
export async function cycle(settings: Settings, effects: Effects): Promise<Report> {
  const taken = await backup(settings, effects);
  if (taken.verdict !== "passed") return { ...taken, operation: "cycle" };
  const drilled = await drill(
    { ...settings, drill: { ...settings.drill, backup: taken.backup.name } },
    effects,
  );
  const checks = [...taken.checks, ...drilled.checks];
  return {
    ...drilled,
    operation: "cycle",
    verdict: verdictOf(checks),
    startedAt: taken.startedAt,
    checks,
  };
}
