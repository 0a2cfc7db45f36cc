import type { TableResult } from "./report.ts";

/** What the comparison of one table came to; `recorded` where nothing was restored to compare with. */
export type Comparison = "differs" | "equal" | "recorded";

/** Given a table of a report, return what its comparison came to. */
export function comparisonOf({ rows, hash }: TableResult): Comparison {
  if (rows.restored === null && hash.restored === null) return "recorded";
  return rows.restored === rows.expected && hash.restored === hash.expected ? "equal" : "differs";
}

/** Given the tables of a report, return them with those that differ first, then by size: what a reader looks for. */
export function byInterest(tables: readonly TableResult[]): readonly TableResult[] {
  const rank = (table: TableResult) => (comparisonOf(table) === "differs" ? 0 : 1);
  return [...tables].sort((a, b) => rank(a) - rank(b) || b.rows.expected - a.rows.expected);
}
