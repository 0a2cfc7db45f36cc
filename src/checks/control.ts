import type { Manifest } from "../backups/manifest.ts";
import { type Check, failed, notRun, passed } from "../report/check.ts";
import { compareContent, pairTables } from "./content.ts";
import {
  type Column,
  type ScanTask,
  scanTask,
  type TableContent,
  type TableSource,
} from "./scan.ts";
import { identifier, qualified } from "./sql.ts";

/** The control reads no larger table again: it proves the comparison and does not repeat the proof. */
const LARGEST_CONTROL_BYTES = 16 * 1024 * 1024;

/**
 * For each type that the control can change without knowing the column's meaning: an expression for another
 * value.
 */
const OTHER_VALUE: Readonly<Record<string, (column: string) => string>> = {
  text: (column) => `concat(${column}, '~')`,
  varchar: (column) => `concat(${column}, '~')::varchar`,
  int4: (column) => `coalesce(${column}, '0'::int4) # '1'::int4`,
  int8: (column) => `coalesce(${column}, '0'::int8) # '1'::int8`,
  bool: (column) => `${column} IS NOT TRUE`,
  jsonb: (column) => `jsonb_build_array(${column})`,
};

/**
 * The control reads one table once more, with another value in one row. It changes what is read and not the
 * table: an UPDATE would run the table's triggers, check constraints and indexes with the rights of the admin
 * role, and whoever owns the table wrote those.
 */
export interface Control {
  readonly table: TableSource;
  readonly column: string;
  readonly task: ScanTask;
}

/**
 * Picks a row of the largest table that is not too large. Undefined when no table has a column that may be
 * changed.
 */
export function planControl(
  tables: readonly TableSource[],
  contents: readonly TableContent[],
  postgisSchema?: string,
): Control | undefined {
  const filled = new Set(contents.filter(({ rows }) => rows > 0).map(keyOf));
  const candidates = tables
    .filter((table) => table.dumped === undefined && filled.has(keyOf(table)))
    .filter(({ bytes }) => bytes <= LARGEST_CONTROL_BYTES)
    .sort((a, b) => b.bytes - a.bytes);
  for (const table of candidates) {
    const column = table.columns.find(
      ({ type, origin }) => origin === "postgresql" && type in OTHER_VALUE,
    );
    if (column) {
      const rows = rowsWithChange(table, column);
      return { table, column: column.name, task: scanTask(table, rows, postgisSchema) };
    }
  }
  return undefined;
}

function rowsWithChange(table: TableSource, changed: Column): string {
  const name = qualified(table.schema, table.name);
  const columns = table.columns.map((column) => {
    const value = `r.${identifier(column.name)}`;
    if (column !== changed) return value;
    const other = OTHER_VALUE[column.type]?.(value);
    return `CASE WHEN r.ctid = (SELECT o.ctid FROM ONLY ${name} o LIMIT 1) THEN ${other} ELSE ${value} END AS ${identifier(column.name)}`;
  });
  return `(SELECT ${columns.join(", ")} FROM ONLY ${name} r)`;
}

function keyOf({ schema, name }: { schema: string; name: string }): string {
  return JSON.stringify([schema, name]);
}

/** Passed when the drill's own comparison turned red for that one table. */
export function judgeControl(
  expected: readonly Manifest["tables"][number][],
  restored: readonly TableContent[],
  changed: TableContent,
): Check {
  const isChanged = ({ schema, name }: { schema: string; name: string }) =>
    schema === changed.schema && name === changed.name;
  const withChange = restored.map((table) => (isChanged(table) ? changed : table));
  const before = compareContent(
    pairTables(expected.filter(isChanged), restored.filter(isChanged)),
    [],
  );
  const after = compareContent(
    pairTables(expected.filter(isChanged), withChange.filter(isChanged)),
    [],
  );
  const table = `${changed.schema}.${changed.name}`;
  if (before.status === "passed" && after.status === "failed") {
    return passed("control", `One changed row in ${table} turned the comparison red, as it must.`);
  }
  if (before.status === "failed") {
    return notRun(
      "control",
      `${table} differed already, so a change in it shows nothing.`,
      "See the content check.",
    );
  }
  return failed(
    "control",
    `One row of ${table} was changed, and the comparison stayed green: it proves nothing.`,
    "This is a bug in this project: report it, and do not rely on this drill.",
  );
}
