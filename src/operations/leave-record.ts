import { type RunRecord, recordPath, serializeRecord } from "../backups/run-record.ts";
import { writeRecord } from "../commands/record-files.ts";
import type { BackupSite } from "../deployment/deployment.ts";
import { Failed, reasonOf } from "../failure.ts";
import type { Report } from "../report/report-schema.ts";
import type { Effects } from "./effects.ts";
import type { Run } from "./run.ts";
import { inBackup } from "./run-in-container.ts";

type RunResult = Omit<RunRecord, "recordVersion" | "endedAt">;

/**
 * Does the drill and leaves a record of its result in the backup volume, also when it failed before
 * there was a report. A drill that did not get as far as trying the backup leaves none.
 */
export async function recordDrill<Drilled extends { readonly report: Report }>(
  run: Run,
  drill: () => Promise<Drilled>,
): Promise<Drilled> {
  try {
    const drilled = await drill();
    const { verdict, backup, rtoSeconds } = drilled.report;
    await leaveRecord(run, run.deployment, {
      operation: "drill",
      verdict,
      ...(backup && { backup: backup.name, takenAt: backup.takenAt }),
      ...(rtoSeconds !== undefined && { rtoSeconds }),
    });
    return drilled;
  } catch (error) {
    if (error instanceof Failed && !run.signal.aborted) {
      await leaveRecord(run, run.deployment, { operation: "drill", verdict: "failed" });
    }
    throw error;
  }
}

/**
 * Leaves the result of an operation in the backup volume, even if the run was cancelled. If that
 * fails, it is only a warning.
 */
export async function leaveRecord(
  { host, clock, journal }: Pick<Effects, "host" | "clock" | "journal">,
  deployment: Pick<BackupSite, "backups" | "clockSkewSeconds">,
  result: RunResult,
): Promise<void> {
  const { backups, clockSkewSeconds } = deployment;
  const endedAt = new Date(clock.now().getTime() + clockSkewSeconds * 1000).toISOString();
  const path = recordPath(backups.directory, result.operation);
  const text = serializeRecord({ recordVersion: 1, endedAt, ...result });
  try {
    await inBackup({ host, deployment }, writeRecord(path, text));
  } catch (trouble) {
    journal.log.warning(
      `The monitor will not know of this ${result.operation}: ${reasonOf(trouble)}`,
    );
  }
}
