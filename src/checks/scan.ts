import { hashedValues, hashOfRow, type ValueType } from "./content-hash.ts";
import { joinValidities, type Validity, validityOf } from "./geometry-validity.ts";
import { identifier, qualified, userSchema } from "./sql.ts";

/** A table as the catalog lists it, with what is needed to query its content. */
export interface TableSource {
  readonly schema: string;
  readonly name: string;
  readonly bytes: number;
  readonly columns: readonly Column[];
  /** For an extension's table: the condition under which pg_dump dumps its rows (pg_extension.extcondition). */
  readonly dumped?: string;
}

export interface Column extends ValueType {
  readonly name: string;
  /** Only of a PostGIS geometry. */
  readonly declared?: DeclaredGeometry;
}

export interface DeclaredGeometry {
  /** As format_type prints it, with the dimensions: `geometry(PointZ,4326)`. */
  readonly type: string;
  /** 0 where none is declared. */
  readonly srid: number;
}

/** One statement's worth of work: a whole table or a range of its blocks. */
export interface ScanTask {
  readonly table: TableSource;
  readonly sql: string;
  readonly bytes: number;
}

/** The one row that answers a task. */
export interface ScanAnswer {
  readonly rows: string;
  readonly hash: string;
  /** One for each column of geometries. */
  readonly geometries: readonly Validity[];
}

/** What a table holds: exact rows, and a hash of their content that does not depend on their order. */
export interface TableContent {
  readonly schema: string;
  readonly name: string;
  readonly rows: number;
  /** 16 hexadecimal digits. */
  readonly hash: string;
  readonly geometries: readonly GeometryContent[];
}

export interface GeometryContent extends DeclaredGeometry {
  readonly column: string;
  readonly invalid: number;
  /** Geometries that PostGIS cannot judge, if any. */
  readonly unjudged?: { readonly count: number; readonly types: readonly string[] };
}

/** Where a geometry's type modifier holds the SRID: bits 8 to 27, and 28 for the sign (TYPMOD_GET_SRID of liblwgeom). */
const SRID =
  "CASE WHEN m.modifier = -1 THEN 0 ELSE ((m.modifier & 268435200) - (m.modifier & 268435456)) >> 8 END";

/**
 * For each type: the type beneath it, if it is a domain, and the modifier that the domain declares.
 * PostgreSQL's own types have the numbers that initdb gives. PostGIS's are those that the extension brought.
 */
const TYPES = `
RECURSIVE beneath AS (
  SELECT oid AS type, oid AS base, -1 AS modifier FROM pg_type WHERE typtype <> 'd'
  UNION ALL
  SELECT d.oid, b.base, CASE WHEN d.typtypmod = -1 THEN b.modifier ELSE d.typtypmod END
  FROM pg_type d JOIN beneath b ON b.type = d.typbasetype WHERE d.typtype = 'd'),
types AS (
  SELECT b.type, b.base, b.modifier, t.typname AS name, o.proname AS output,
    CASE WHEN t.typnamespace = 'pg_catalog'::regnamespace AND t.oid < '16384'::oid THEN 'postgresql'
      WHEN EXISTS (SELECT FROM pg_depend d JOIN pg_extension x ON x.oid = d.refobjid
        WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
          AND d.refclassid = 'pg_extension'::regclass AND x.extname = 'postgis') THEN 'postgis'
      ELSE 'other' END AS origin
  FROM beneath b JOIN pg_type t ON t.oid = b.base JOIN pg_proc o ON o.oid = t.typoutput)`;

/**
 * The tables whose rows a dump holds, with their columns by name: a restore can put those of a table with a
 * parent in another order. Ordinary tables and leaves of partitions, unlogged too. Of an
 * extension's tables, only those that it declares as configuration. One row, one JSON value.
 */
export const TABLES_QUERY = `
WITH ${TYPES},
columns AS (
  SELECT a.attrelid, json_agg(json_build_object('name', a.attname, 'type', t.name, 'origin', t.origin,
      'output', CASE t.origin WHEN 'postgresql' THEN t.output END,
      'declared', CASE WHEN t.origin = 'postgis' AND t.name = 'geometry' THEN json_build_object(
        'type', format_type(t.base, m.modifier), 'srid', ${SRID}) END)
    ORDER BY a.attname) AS columns
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' JOIN types t ON t.type = a.atttypid
  CROSS JOIN LATERAL (SELECT CASE WHEN a.atttypmod = -1 THEN t.modifier ELSE a.atttypmod END AS modifier) m
  WHERE a.attnum > 0 AND NOT a.attisdropped
  GROUP BY a.attrelid)
SELECT coalesce(json_strip_nulls(json_agg(json_build_object(
    'schema', n.nspname, 'name', c.relname, 'bytes', pg_relation_size(c.oid),
    'dumped', e.condition, 'columns', coalesce(a.columns, '[]')))), '[]') AS tables
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN columns a ON a.attrelid = c.oid
LEFT JOIN LATERAL (
  SELECT x.extcondition[array_position(x.extconfig, c.oid)] AS condition, array_position(x.extconfig, c.oid) AS position, x.oid AS extension
  FROM pg_depend d JOIN pg_extension x ON x.oid = d.refobjid
  WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
    AND d.refclassid = 'pg_extension'::regclass) e ON true
WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND ${userSchema("n.nspname")}
  AND (e.extension IS NULL OR e.position IS NOT NULL)`;

/**
 * Tables that were rewritten since the snapshot that asks: their files are others now. TRUNCATE, and the
 * kinds of ALTER TABLE that rewrite, are not safe under snapshots: an earlier snapshot sees the table empty
 * (PostgreSQL manual, "Caveats" of concurrency control). One row, one JSON value.
 */
export const REWRITTEN_QUERY = `
SELECT coalesce(json_agg(n.nspname || '.' || c.relname), '[]') AS rewritten
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND ${userSchema("n.nspname")}
  AND pg_relation_filenode(c.oid) IS DISTINCT FROM c.relfilenode`;

/** The schema that holds PostGIS, or no row. */
export const POSTGIS_SCHEMA_QUERY = `
SELECT extnamespace::regnamespace::text AS schema FROM pg_extension WHERE extname = 'postgis'`;

/** Blocks in one task: 64 MiB of PostgreSQL's 8 KiB blocks, so that a large table keeps all sessions busy. */
const BLOCKS_PER_TASK = 8192;
const BLOCK_BYTES = 8192;

/**
 * Statements that read the tables' content, largest first. The hashes of the rows are summed: the sum does not
 * depend on the order of rows, and counts duplicates.
 */
export function scanTasks(
  tables: readonly TableSource[],
  postgisSchema?: string,
): readonly ScanTask[] {
  return tables.flatMap((table) => tasksOf(table, postgisSchema)).sort((a, b) => b.bytes - a.bytes);
}

function tasksOf(table: TableSource, postgisSchema?: string): ScanTask[] {
  const name = qualified(table.schema, table.name);
  if (table.dumped) {
    return [scanTask(table, `(SELECT * FROM ONLY ${name} ${table.dumped})`, postgisSchema)];
  }
  const whole = scanTask(table, `ONLY ${name}`, postgisSchema);
  const parts = Math.max(1, Math.ceil(table.bytes / BLOCK_BYTES / BLOCKS_PER_TASK));
  if (parts === 1) return [whole];
  return Array.from({ length: parts }, (_, part) => {
    const from = `t.ctid >= '(${part * BLOCKS_PER_TASK},0)'`;
    const to = part < parts - 1 ? ` AND t.ctid < '(${(part + 1) * BLOCKS_PER_TASK},0)'` : "";
    return { table, bytes: table.bytes / parts, sql: `${whole.sql} WHERE ${from}${to}` };
  });
}

/** Reads the whole table at once, from `rows`: SQL from our code of a relation with the table's columns. */
export function scanTask(table: TableSource, rows: string, postgisSchema?: string): ScanTask {
  const columns = table.columns.map((column) => ({
    column,
    value: `t.${identifier(column.name)}`,
  }));
  const values = columns.flatMap(({ column, value }) => hashedValues(value, column, postgisSchema));
  const validities = columns
    .filter(({ column }) => isGeometry(column))
    .map(({ column, value }) => validityOf(value, String(postgisSchema), column.declared?.type));
  return {
    table,
    bytes: table.bytes,
    sql: `SELECT count(*) AS rows, coalesce(sum(${hashOfRow(values)}), 0) AS hash, json_build_array(${validities.join(", ")}) AS geometries FROM ${rows} t`,
  };
}

function isGeometry({ type, origin }: Column): boolean {
  return origin === "postgis" && type === "geometry";
}

/**
 * Each batch is one round trip. They are few enough for a slow line, and enough to keep all sessions busy
 * to the end. Tasks keep their order, largest first.
 */
export function batchesOf(
  tasks: readonly ScanTask[],
  sessions: number,
): readonly (readonly ScanTask[])[] {
  const weight = (task: ScanTask) => task.bytes + BLOCK_BYTES;
  const total = tasks.reduce((sum, task) => sum + weight(task), 0);
  const share = total / sessions;
  const target = Math.max(share / BATCHES_PER_SESSION, Math.min(share, WORTH_A_ROUND_TRIP));
  const batches: ScanTask[][] = [];
  let room = 0;
  for (const task of tasks) {
    if (room <= 0 || batches.length === 0) {
      batches.push([]);
      room = target;
    }
    batches.at(-1)?.push(task);
    room -= weight(task);
  }
  return batches;
}

const BATCHES_PER_SESSION = 4;
/** About as many bytes as are read during one slow round trip: less is not worth balancing. */
const WORTH_A_ROUND_TRIP = 16 * 1024 * 1024;

/** Sorted by schema and name. */
export function contentOf(
  tables: readonly TableSource[],
  answers: readonly { task: ScanTask; answer: ScanAnswer }[],
): readonly TableContent[] {
  const byTable = Map.groupBy(answers, ({ task }) => task.table);
  return tables
    .map((table) => {
      const parts = (byTable.get(table) ?? []).map(({ answer }) => answer);
      if (parts.length === 0) throw new Error(`no answer for ${table.schema}.${table.name}`);
      return {
        schema: table.schema,
        name: table.name,
        rows: parts.reduce((sum, { rows }) => sum + Number(rows), 0),
        hash: hexOf(parts.reduce((sum, { hash }) => sum + BigInt(hash), 0n)),
        geometries: table.columns.filter(isGeometry).map(({ name, declared }, index) => ({
          column: name,
          ...(declared ?? { type: "geometry", srid: 0 }),
          ...validity(parts.flatMap(({ geometries }) => geometries[index] ?? [])),
        })),
      };
    })
    .sort((a, b) => compareText(a.schema, b.schema) || compareText(a.name, b.name));
}

function validity(parts: readonly Validity[]): Pick<GeometryContent, "invalid" | "unjudged"> {
  const { invalid, unjudged, types } = joinValidities(parts);
  return { invalid, ...(unjudged > 0 && { unjudged: { count: unjudged, types } }) };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function hexOf(sum: bigint): string {
  return BigInt.asUintN(64, sum).toString(16).padStart(16, "0");
}
