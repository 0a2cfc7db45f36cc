import type { Manifest } from "../backups/manifest.ts";
import { type Check, failed, notRun, passed } from "../report/check.ts";
import { compareContent, pairTables } from "./content.ts";
import type { TableContent, TableSource } from "./scan.ts";
import { identifier, qualified } from "./sql.ts";

/** The control reads no larger table again: it proves the comparison and does not repeat the proof. */
const LARGEST_CONTROL_BYTES = 16 * 1024 * 1024;

/**
 * For each type that the control can change without knowing the column's meaning: an expression for another
 * value.
 */
const OTHER_VALUE: Readonly<Record<string, (column: string) => string>> = {
  text: (column) => `coalesce(${column}, '') || '~'`,
  varchar: (column) =>
    `CASE WHEN left(${column}, 1) = '~' THEN '^' ELSE '~' END || substr(${column}, 2)`,
  int4: (column) => `coalesce(${column}, 0) # 1`,
  int8: (column) => `coalesce(${column}, 0) # 1`,
  bool: (column) => `${column} IS NOT TRUE`,
  date: (column) => `coalesce(${column}, date '2000-01-01') + 1`,
  timestamp: (column) => `coalesce(${column}, timestamp '2000-01-01') + interval '1 second'`,
  jsonb: (column) => `jsonb_build_array(${column})`,
};

/**
 * Columns that no key, check, index or generation rule uses. Changing one changes nothing but the content.
 * One row, one JSON value.
 */
export const FREE_COLUMNS_QUERY = `
SELECT coalesce(json_agg(json_build_object('schema', n.nspname, 'table', c.relname, 'column', a.attname)), '[]') AS columns
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity = ''
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype <> 'n' AND (k.conkey IS NULL OR a.attnum = ANY (k.conkey)))
  AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND (i.indexprs IS NOT NULL OR a.attnum = ANY (i.indkey)))
  AND NOT EXISTS (SELECT FROM pg_attrdef g WHERE g.adrelid = c.oid AND EXISTS (
    SELECT FROM pg_attribute v WHERE v.attrelid = c.oid AND v.attnum = g.adnum AND v.attgenerated <> ''))`;

export interface FreeColumn {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
}

/** The control changes one row of one table, reads that table again, and takes the change back. */
export interface Control {
  readonly table: TableSource;
  readonly column: string;
  /** The statement that changes the row. */
  readonly change: string;
}

/**
 * Picks a row of the largest table that is not too large. Undefined when no table has a column that may be
 * changed.
 */
export function planControl(
  tables: readonly TableSource[],
  contents: readonly TableContent[],
  free: readonly FreeColumn[],
): Control | undefined {
  const filled = new Set(
    contents.filter(({ rows }) => rows > 0).map(({ schema, name }) => `${schema}.${name}`),
  );
  const candidates = tables
    .filter((table) => !table.dumped && filled.has(`${table.schema}.${table.name}`))
    .filter(({ bytes }) => bytes <= LARGEST_CONTROL_BYTES)
    .sort((a, b) => b.bytes - a.bytes);
  for (const table of candidates) {
    const column = table.columns.find(
      ({ name, type, builtIn }) =>
        builtIn &&
        type in OTHER_VALUE &&
        free.some(
          (one) => one.schema === table.schema && one.table === table.name && one.column === name,
        ),
    );
    if (column) return controlOf(table, column);
  }
  return undefined;
}

function controlOf(table: TableSource, column: TableSource["columns"][number]): Control {
  const name = qualified(table.schema, table.name);
  const value = OTHER_VALUE[column.type]?.(identifier(column.name));
  return {
    table,
    column: column.name,
    change: `UPDATE ONLY ${name} SET ${identifier(column.name)} = ${value} WHERE ctid = (SELECT ctid FROM ONLY ${name} LIMIT 1)`,
  };
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
  const before = compareContent(pairTables(expected.filter(isChanged), restored.filter(isChanged)));
  const after = compareContent(
    pairTables(expected.filter(isChanged), withChange.filter(isChanged)),
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
