import type { BackupSite } from "../deployment/deployment.ts";
import { type Check, verdictOf } from "../report/check.ts";
import type { Operation, Report } from "../report/report-schema.ts";
import type { Run } from "./run.ts";

type ReportFindings = Pick<Report, "tables" | "rows"> & {
  readonly checks: readonly Check[];
} & Partial<Report>;

/** The server's version is known only where there was a session with it. */
type ReportedRun = Pick<Run, "host" | "journal" | "startedAt"> & {
  readonly deployment: BackupSite;
  readonly facts?: Pick<Run["facts"], "version">;
};

/** The verdict follows from the checks alone. */
export function assembleReport<Found extends ReportFindings>(
  run: ReportedRun,
  operation: Operation,
  findings: Found,
): Report & Found {
  const { deployment, facts, host, journal, startedAt } = run;
  const common: Omit<Report, "checks" | "tables" | "rows"> = {
    schemaVersion: 1,
    operation,
    verdict: verdictOf(findings.checks),
    startedAt: startedAt.toISOString(),
    seconds: journal.elapsed(),
    deployment: {
      host: host.name,
      project: deployment.project,
      database: deployment.database.name,
      policy: deployment.policy,
      ...(facts && { postgresql: facts.version }),
    },
    phases: [...journal.phases],
  };
  return Object.assign(common, findings);
}

/**
 * The report with these checks in place of its own, and with the verdict, the time and the phases
 * up to now.
 */
export function amendReport<Amended extends Report>(
  { journal }: Pick<Run, "journal">,
  report: Amended,
  checks: readonly Check[],
): Amended {
  return {
    ...report,
    checks,
    verdict: verdictOf(checks),
    seconds: journal.elapsed(),
    phases: [...journal.phases],
  };
}
