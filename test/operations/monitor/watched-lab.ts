import { cycle } from "../../../src/operations/cycle.ts";
import { monitor } from "../../../src/operations/monitor/monitor.ts";
import type { Check } from "../../../src/report/check.ts";
import type { Report } from "../../../src/report/report-schema.ts";
import { type Lab, startLab } from "../../lab/lab.ts";
import { type Inputs, inBackup, onLab } from "../on-lab.ts";

export const MEGABYTE = 1_000_000;
export const INODES = 2000;

/** What this lab lacks by its nature, and is looked at in cases of its own. */
export const CALM: Inputs = { "skip-checks": "backup-log, off-site" };

/** A deployment that is well, which cases break in each way and mend again. */
export class WatchedLab {
  readonly lab: Lab;
  /** The dump that stands there. */
  readonly taken: string;

  private constructor(lab: Lab, taken: string) {
    this.lab = lab;
    this.taken = taken;
  }

  /** Return a lab with a small backup volume, a backup in it, and a drill of that behind it. */
  static async start(): Promise<WatchedLab> {
    const lab = await startLab({
      name: `monitor-${process.pid}`,
      policy: "flexible",
      backupVolumeBytes: 64 * MEGABYTE,
      backupVolumeInodes: INODES,
      seed: { registrants: 300 },
    });
    const { backup } = await onLab(lab, cycle);
    await inBackup(lab, "cp -a /backups /var/kept");
    return new WatchedLab(lab, backup.name);
  }

  /** Given inputs, look at the deployment as `openspp-backup monitor` does. */
  look(inputs: Inputs = CALM): Promise<Report> {
    return onLab(this.lab, monitor, inputs);
  }

  /** Given a line for a shell, break the backup volume by it, look, and put back what stood there. */
  async withBroken(line: string): Promise<Report> {
    await inBackup(this.lab, `cd /backups && ${line}`);
    try {
      return await this.look();
    } finally {
      await inBackup(this.lab, "find /backups -mindepth 1 -delete; cp -a /var/kept/. /backups");
    }
  }
}

/** Given a report and the name of a check, return its finding. */
export function find({ checks }: Report, name: string): Check {
  const found = checks.find((check) => check.name === name);
  if (!found) throw new Error(`no finding on ${name}`);
  return found;
}

/** Given a report, return what is not well in it, by name. */
export function troubles({ checks }: Report): string[] {
  return checks
    .filter(({ status, switchedOff, warning }) => (status !== "passed" && !switchedOff) || warning)
    .map(({ name, status, warning }) => `${name}: ${warning ? "warning" : status}`);
}
