import type { TableResult } from "./report-schema.ts";

/** The result of a table's comparison; `recorded` when nothing was restored to compare with. */
export type TableComparison = "different" | "equal" | "recorded";

export interface ComparedTable extends TableResult {
  readonly comparison: TableComparison;
}

/**
 * Different ones first, then the largest. A table that is missing among restored ones is different. When
 * nothing was restored, no table is different.
 */
export function compareTables(tables: readonly TableResult[]): readonly ComparedTable[] {
  const restored = tables.some(({ rows }) => rows.restored !== null);
  const comparisonOf = (table: TableResult): TableComparison => {
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

export function differentTables(tables: readonly ComparedTable[]): readonly ComparedTable[] {
  return tables.filter(({ comparison }) => comparison === "different");
}
