import type { Settings } from "../../inputs/settings.ts";
import type { BackupReport } from "../../report/report-schema.ts";
import type { Effects } from "../effects.ts";
import { drillCopy } from "../offsite/drill-copy.ts";
import { drill } from "./drill.ts";

/** Given the settings, drill a backup where they say: on the deployment's own server, or its copy on a fresh one. */
export function rehearse(settings: Settings, effects: Effects): Promise<BackupReport> {
  return settings.drill.where === "host" ? drill(settings, effects) : drillCopy(settings, effects);
}
