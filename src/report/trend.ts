import type { Verdict } from "../checks/check.ts";
import { type PastResult, pastResultOf } from "./past-result.ts";
import type { Report } from "./report.ts";

/** One number of a run, as a trend shows it. */
export interface Point {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly value: number;
  readonly verdict: Verdict;
}

export interface Trend {
  readonly points: readonly Point[];
  /** What was agreed, by the latest run that names it. */
  readonly objective?: number;
}

/** What changes from run to run: seconds, seconds, bytes. */
export interface Trends {
  readonly rto: Trend;
  readonly rpo: Trend;
  readonly size: Trend;
}

/** More would be a smear. */
const MOST_POINTS = 40;

/** Given a report and past results in any order, return the trends of its deployment, oldest first, itself included. */
export function trendsOf(report: Report, past: readonly PastResult[]): Trends {
  const present = pastResultOf(report);
  const earlier = past.filter(
    ({ host, database, startedAt }) =>
      host === present.host && database === present.database && startedAt < present.startedAt,
  );
  const results = [...earlier, present].sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  return {
    rto: trend(results, "rtoSeconds", "rtoObjectiveSeconds"),
    rpo: trend(results, "rpoSeconds", "rpoObjectiveSeconds"),
    size: trend(results, "bytes"),
  };
}

/** Given a trend, return whether it shows more than the present. */
export function isTrend({ points }: Trend): boolean {
  return points.length > 1;
}

function trend(
  results: readonly PastResult[],
  field: "rtoSeconds" | "rpoSeconds" | "bytes",
  objectiveField?: "rtoObjectiveSeconds" | "rpoObjectiveSeconds",
): Trend {
  const points = results.flatMap(({ startedAt: at, verdict, [field]: value }) =>
    value === undefined ? [] : [{ at, value, verdict }],
  );
  const objective =
    objectiveField &&
    results.findLast((one) => one[objectiveField] !== undefined)?.[objectiveField];
  return { points: points.slice(-MOST_POINTS), ...(objective !== undefined && { objective }) };
}
