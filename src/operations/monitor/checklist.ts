import { program } from "../../commands/command.ts";
import type { Settings } from "../../inputs/settings.ts";
import type { Effects } from "../effects.ts";
import { recordOf } from "./findings/backup-store.ts";
import { type ChecklistItem, checklist } from "./findings/checklist-items.ts";
import { checkDeployment } from "./monitor.ts";

const DOCUMENT = "RECOVERY.md";

/** The guide's checklist "Before going to production". Each line is ticked or not by evidence. */
export async function askChecklist(
  settings: Settings,
  effects: Effects,
): Promise<readonly ChecklistItem[]> {
  const [{ checks, evidence }, documented] = await Promise.all([
    checkDeployment(settings, effects),
    fileExists(effects, `${settings.deployment.directory}/${DOCUMENT}`),
  ]);
  const store = evidence?.store;
  const last =
    store === undefined || typeof store === "string" ? undefined : recordOf(store, "drill");
  return checklist({
    checks,
    drillPassed: last?.verdict === "passed",
    documented,
    pinged: settings.monitor.pingUrl !== undefined,
  });
}

async function fileExists({ host, signal }: Effects, path: string): Promise<boolean> {
  const test = program(["sh", "-c", 'if [ -s "$1" ]; then echo yes; fi', "sh", path]);
  return (await host.run(test, { signal })).stdout.trim() === "yes";
}
