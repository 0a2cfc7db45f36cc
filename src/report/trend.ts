import type { Verdict } from "./check.ts";
import { type PastResult, pastResultOf } from "./past-result.ts";
import type { Report } from "./report-schema.ts";

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

const NONE: Trend = { points: [] };

/** More would be a smear. */
const MOST_POINTS = 40;

/**
 * Given a report and past results in any order, return the trends of its deployment up to that report. A trend ends with
 * what the report itself measured: of what it did not, it has none.
 */
export function trendsOf(report: Report, past: readonly PastResult[]): Trends {
  const { startedAt } = report;
  const earlier = past.filter((one) => one.startedAt < startedAt);
  const { rto, rpo, size } = trendsOfResults([pastResultOf(report), ...earlier]);
  const measured = (trend: Trend) => (trend.points.at(-1)?.at === startedAt ? trend : NONE);
  return { rto: measured(rto), rpo: measured(rpo), size: measured(size) };
}

/** Given the results of runs in any order, return the trends of the deployment that the newest one was on, oldest first. */
export function trendsOfResults(results: readonly PastResult[]): Trends {
  const ordered = results
    .filter(({ host }) => host !== undefined)
    .sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  const newest = ordered.at(-1);
  // A monitor looks every hour; what it sees is no run of its own.
  const own = ordered.filter(
    ({ host, database, operation }) =>
      host === newest?.host && database === newest?.database && operation !== "monitor",
  );
  return {
    rto: trend(own, "rtoSeconds", "rtoObjectiveSeconds"),
    rpo: trend(own, "rpoSeconds", "rpoObjectiveSeconds"),
    size: trend(own, "bytes"),
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
