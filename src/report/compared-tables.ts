import type { TableResult } from "./report-schema.ts";

/** What the comparison of a table came to; `recorded` where nothing was restored to compare with. */
export type Comparison = "different" | "equal" | "recorded";

export interface ComparedTable extends TableResult {
  readonly comparison: Comparison;
}

/**
 * Given the tables of a report, return them with what their comparison came to: different ones first,
 * then the largest. A table that is missing among restored ones is different; where none was
 * restored, none is.
 */
export function compareTables(tables: readonly TableResult[]): readonly ComparedTable[] {
  const restored = tables.some(({ rows }) => rows.restored !== null);
  const comparisonOf = (table: TableResult): Comparison => {
    if (!restored) return "recorded";
    return isProven(table) ? "equal" : "different";
  };
  const rank = ({ comparison }: ComparedTable) => (comparison === "different" ? 0 : 1);
  return tables
    .map((table) => ({ ...table, comparison: comparisonOf(table) }))
    .sort((a, b) => rank(a) - rank(b) || b.rows.expected - a.rows.expected);
}

/** Whether the restored table holds exactly what the source held. */
export function isProven({ rows, hash }: TableResult): boolean {
  return rows.expected === rows.restored && hash.expected === hash.restored;
}

/** Given compared tables, return those that are different. */
export function differentOnes(tables: readonly ComparedTable[]): readonly ComparedTable[] {
  return tables.filter(({ comparison }) => comparison === "different");
}
