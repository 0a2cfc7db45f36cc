import type { Settings } from "../../inputs/settings.ts";
import type { Report } from "../../report/report-schema.ts";
import { assembleReport } from "../assemble-report.ts";
import type { Effects } from "../effects.ts";
import { removeLeftovers } from "../sweep.ts";
import { withRun } from "../with-run.ts";
import { applyRetention } from "./apply-retention.ts";

export async function prune(settings: Settings, effects: Effects): Promise<Report> {
  return withRun("prune", settings, effects, async (run) => {
    if (!settings.retention.dryRun) await removeLeftovers(run);
    const { check, retention } = await applyRetention(run);
    return assembleReport(run, "prune", { checks: [check], tables: [], rows: 0, retention });
  });
}
