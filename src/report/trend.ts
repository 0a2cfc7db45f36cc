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
  /** The objective of the latest run that names one. */
  readonly objective?: number;
}

/** Values that change from run to run: seconds, seconds, bytes. */
export interface Trends {
  readonly rto: Trend;
  readonly rpo: Trend;
  readonly size: Trend;
}

const NONE: Trend = { points: [] };

/** With more points, nobody could tell them apart. */
const MOST_POINTS = 40;

/**
 * Trends of the report's deployment up to this report; `past` may be in any order. Each ends with this
 * report's own value. A value that the report did not measure has no trend.
 */
export function trendsOf(report: Report, past: readonly PastResult[]): Trends {
  const { startedAt } = report;
  const earlier = past.filter((one) => one.startedAt < startedAt);
  const { rto, rpo, size } = trendsOfResults([pastResultOf(report), ...earlier]);
  const measured = (trend: Trend) => (trend.points.at(-1)?.at === startedAt ? trend : NONE);
  return { rto: measured(rto), rpo: measured(rpo), size: measured(size) };
}

/** Trends of the deployment of the newest run, oldest first. `results` may be in any order. */
export function trendsOfResults(results: readonly PastResult[]): Trends {
  const ordered = results
    .filter(({ host }) => host !== undefined)
    .sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  const newest = ordered.at(-1);
  // A monitor looks every hour; what it sees was done by another run.
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

/** Whether it shows more than the present. */
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
