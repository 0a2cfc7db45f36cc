import type { Manifest } from "../backups/manifest.ts";
import { type Check, failed, passed } from "../report/check.ts";
import { isProven } from "../report/compared-tables.ts";
import type { TableResult } from "../report/report-schema.ts";
import { counted } from "../words/count.ts";
import { firstFew } from "../words/first-few.ts";
import type { TableContent, TableSource } from "./scan.ts";

/** A table that was not restored has nulls. */
export function pairTables(
  expected: readonly Manifest["tables"][number][],
  restored: readonly TableContent[],
): readonly TableResult[] {
  const found = new Map(restored.map((table) => [keyOf(table), table]));
  return expected.map((table) => {
    const other = found.get(keyOf(table));
    return {
      schema: table.schema,
      name: table.name,
      rows: { expected: table.rows, restored: other?.rows ?? null },
      hash: { expected: table.hash, restored: other?.hash ?? null },
    };
  });
}

interface TableName {
  readonly schema: string;
  readonly name: string;
}

/** Tables that were restored and that the manifest does not know. */
export function unknownTables(
  expected: readonly TableName[],
  restored: readonly TableContent[],
): readonly TableContent[] {
  const known = new Set(expected.map(keyOf));
  return restored.filter((table) => !known.has(keyOf(table)));
}

/**
 * Without the tables that another version of an extension brought: nothing of the source is in them. Which
 * versions there are is for another check.
 */
export function withoutNewExtensionTables(
  expected: readonly TableName[],
  { tables, contents }: { tables: readonly TableSource[]; contents: readonly TableContent[] },
): readonly TableContent[] {
  const extensions = new Set(tables.filter(({ dumped }) => dumped !== undefined).map(keyOf));
  const unknown = new Set(unknownTables(expected, contents));
  return contents.filter(
    (table) => table.rows > 0 || !extensions.has(keyOf(table)) || !unknown.has(table),
  );
}

/** Compares every table's row count and content hash. `unknown` are tables that nothing is known of. */
export function compareContent(
  tables: readonly TableResult[],
  unknown: readonly TableName[],
): Check {
  const wrong = tables.filter((table) => !isProven(table));
  if (wrong.length > 0 || unknown.length > 0) {
    const sentences = [
      wrong.length > 0 &&
        `${wrong.length} of ${tables.length} tables did not come back as they were: ${firstFew(wrong.map(describe))}.`,
      unknown.length > 0 &&
        `${counted(unknown.length, "table")} came back that the manifest does not know: ${firstFew(unknown.map(({ schema, name }) => `${schema}.${name}`))}.`,
    ];
    return failed(
      "content",
      sentences.filter(Boolean).join(" "),
      "Do not rely on this backup. Take a new one and drill it; keep the older ones until that passes.",
    );
  }
  const rows = tables.reduce((sum, table) => sum + table.rows.expected, 0);
  return passed(
    "content",
    `${counted(tables.length, "table")} with ${counted(rows, "row")} came back exactly as they were at the snapshot: every row count and content hash agrees.`,
  );
}

function describe({ schema, name, rows }: TableResult): string {
  if (rows.restored === null) return `${schema}.${name} is missing`;
  if (rows.restored !== rows.expected) {
    return `${schema}.${name} has ${rows.restored} rows instead of ${rows.expected}`;
  }
  return `${schema}.${name} has other content in its ${rows.expected} rows`;
}

export type TableCount = Pick<TableContent, "schema" | "name" | "rows">;

/**
 * For a backup without a manifest. It proves no content, and says so. `tolerance` is the share by which a
 * count may differ, 0 to 1.
 */
export function compareCounts(
  live: readonly TableCount[],
  restored: readonly TableCount[],
  tolerance: number,
): Check {
  const found = new Map(restored.map((table) => [keyOf(table), table.rows]));
  const wrong = live.filter((table) => {
    const rows = found.get(keyOf(table));
    return rows === undefined || Math.abs(rows - table.rows) > Math.ceil(table.rows * tolerance);
  });
  const percent = `${Number((tolerance * 100).toFixed(3))} %`;
  if (wrong.length > 0) {
    const shown = wrong.map(
      (table) =>
        `${table.schema}.${table.name} has ${found.get(keyOf(table)) ?? "no"} rows, live ${table.rows}`,
    );
    return failed(
      "row-counts",
      `${wrong.length} of ${live.length} tables differ from the live database by more than ${percent}: ${firstFew(shown)}.`,
      "If the database changed that much since the backup, raise `count-tolerance`; else do not rely on this backup.",
    );
  }
  return passed(
    "row-counts",
    `${counted(live.length, "table")} restored, row counts within ${percent} of the live database. Their content is not proven: this backup has no manifest.`,
  );
}

function keyOf({ schema, name }: TableName): string {
  return JSON.stringify([schema, name]);
}
