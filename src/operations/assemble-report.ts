import { type Check, verdictOf } from "../checks/check.ts";
import type { Report } from "../report/report.ts";
import type { Run } from "./run.ts";

type Findings = Pick<Report, "backup" | "tables" | "rows"> & {
  readonly checks: readonly Check[];
} & Partial<Report>;

/** Given a run and what it found, return its report: the verdict follows from the checks alone. */
export function assembleReport(
  run: Run,
  operation: Report["operation"],
  findings: Findings,
): Report {
  const { deployment, facts, host, journal, startedAt } = run;
  return {
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
      postgresql: facts.version,
    },
    phases: [...journal.phases],
    ...findings,
  };
}
