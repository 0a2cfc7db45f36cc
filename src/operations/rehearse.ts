import type { BackupReport } from "../report/report.ts";
import type { Settings } from "../settings.ts";
import { drill } from "./drill.ts";
import type { Effects } from "./effects.ts";
import { drillOnRunner } from "./offsite/drill-on-runner.ts";

/** Given the settings, drill a backup where they say: on the deployment's own server, or on one that the runner starts. */
export function rehearse(settings: Settings, effects: Effects): Promise<BackupReport> {
  return settings.drill.where === "runner"
    ? drillOnRunner(settings, effects)
    : drill(settings, effects);
}
