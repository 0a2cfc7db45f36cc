import type { Settings } from "../../inputs/settings.ts";
import type { BackupReport } from "../../report/report-schema.ts";
import type { Effects } from "../effects.ts";
import { recordDrill } from "../leave-record.ts";
import { drillCopy } from "../offsite/drill-copy.ts";
import { withRecovery } from "../restore/recovery.ts";
import { removeLeftovers } from "../sweep.ts";
import { withRun } from "../with-run.ts";
import { drillBackup } from "./drill-backup.ts";

/** Throws only what makes a drill impossible; what the checks found is in the report. */
export async function drill(settings: Settings, effects: Effects): Promise<BackupReport> {
  if (settings.drill.where !== "host") return drillCopy(settings, effects);
  return withRun("drill", settings, effects, async (run) => {
    await removeLeftovers(run);
    const drilled = await recordDrill(run, () => drillBackup(run));
    return withRecovery(run, drilled);
  });
}
