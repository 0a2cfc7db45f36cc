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

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly builtIn: boolean;
  /** As format_type prints it; only for geometries. */
  readonly declared?: string;
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
  readonly invalid: readonly number[];
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

export interface GeometryContent {
  readonly column: string;
  readonly type: string;
  readonly srid: number;
  readonly invalid: number;
}

/**
 * The tables whose rows a dump holds: ordinary ones and leaves of partitions, unlogged too. Of an
 * extension's tables, only those that it declares as configuration. One row, one JSON value.
 */
export const TABLES_QUERY = `
SELECT coalesce(json_agg(json_build_object(
    'schema', n.nspname, 'name', c.relname, 'bytes', pg_relation_size(c.oid),
    'dumped', e.condition, 'columns', coalesce(a.columns, '[]'))), '[]') AS tables
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN LATERAL (
  SELECT json_agg(json_build_object('name', a.attname, 'type', t.typname,
      'builtIn', t.typnamespace = 'pg_catalog'::regnamespace AND t.typtype = 'b',
      'declared', CASE WHEN t.typname IN ('geometry', 'geography') THEN format_type(a.atttypid, a.atttypmod) END)
    ORDER BY a.attnum) AS columns
  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) a ON true
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

/** Goes up with every change to how content is hashed: hashes of two versions cannot be compared. */
export const HASH_VERSION = 1;

/** Types whose hash under PostgreSQL's own equality depends on every byte of the value. */
const HASHED_AS_THEY_ARE: ReadonlySet<string> = new Set([
  "bool",
  "int2",
  "int4",
  "int8",
  "oid",
  "date",
  "time",
  "timestamp",
  "timestamptz",
  "uuid",
  "bytea",
  "name",
]);
const HASHED_AS_BYTES_OF_TEXT: ReadonlySet<string> = new Set(["text", "varchar"]);
const HASHED_AS_BINARY: ReadonlySet<string> = new Set(["geometry", "geography"]);

/** Blocks in one task: 64 MiB of PostgreSQL's 8 KiB blocks, so that a large table keeps all sessions busy. */
const BLOCKS_PER_TASK = 8192;
const BLOCK_BYTES = 8192;

/**
 * Statements that read the tables' content, largest first. Each row is hashed as a record, and that hash is
 * mixed once more before it is summed. The sum does not depend on the order of rows, and counts duplicates.
 * It changes when a value moves from one row to another. The record hash alone would not show that, because
 * it is linear in its columns.
 */
export function scanTasks(
  tables: readonly TableSource[],
  postgisSchema?: string,
): readonly ScanTask[] {
  return tables.flatMap((table) => tasksOf(table, postgisSchema)).sort((a, b) => b.bytes - a.bytes);
}

function tasksOf(table: TableSource, postgisSchema?: string): ScanTask[] {
  const name = qualified(table.schema, table.name);
  const select = selectOf(table, postgisSchema);
  if (table.dumped) {
    return [
      {
        table,
        bytes: table.bytes,
        sql: `${select} FROM (SELECT * FROM ONLY ${name} ${table.dumped}) t`,
      },
    ];
  }
  const parts = Math.max(1, Math.ceil(table.bytes / BLOCK_BYTES / BLOCKS_PER_TASK));
  if (parts === 1) return [{ table, bytes: table.bytes, sql: `${select} FROM ONLY ${name} t` }];
  return Array.from({ length: parts }, (_, part) => {
    const from = `t.ctid >= '(${part * BLOCKS_PER_TASK},0)'`;
    const to = part < parts - 1 ? ` AND t.ctid < '(${(part + 1) * BLOCKS_PER_TASK},0)'` : "";
    return {
      table,
      bytes: table.bytes / parts,
      sql: `${select} FROM ONLY ${name} t WHERE ${from}${to}`,
    };
  });
}

function selectOf(table: TableSource, postgisSchema?: string): string {
  const invalid = geometriesOf(table, postgisSchema).map(
    (column) =>
      `count(*) FILTER (WHERE NOT ${postgisSchema}.st_isvalid(t.${identifier(column.name)}))`,
  );
  return `SELECT count(*)::text AS rows, ${hashOf(table.columns)} AS hash, json_build_array(${invalid.join(", ")}) AS invalid`;
}

function hashOf(columns: readonly Column[]): string {
  const record = `ROW(${columns.map(hashedValueOf).join(", ")})`;
  return `coalesce(sum(hashint8extended(hash_record_extended(${record}, 0), 0)), 0)::text`;
}

function hashedValueOf({ name, type, builtIn }: Column): string {
  const value = `t.${identifier(name)}`;
  if (builtIn && HASHED_AS_THEY_ARE.has(type)) return value;
  if (builtIn && HASHED_AS_BYTES_OF_TEXT.has(type)) return `${value} COLLATE "C"`;
  if (HASHED_AS_BINARY.has(type)) return `${value}::bytea`;
  // A dump holds what a type prints, and a cast to text may differ from that: for xml it does.
  return builtIn && type !== "xml"
    ? `${value}::text COLLATE "C"`
    : `ROW(${value})::text COLLATE "C"`;
}

function geometriesOf(table: TableSource, postgisSchema?: string): readonly Column[] {
  return postgisSchema === undefined ? [] : table.columns.filter(({ type }) => type === "geometry");
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
  postgisSchema?: string,
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
        geometries: geometriesOf(table, postgisSchema).map(
          ({ name, declared = "geometry" }, index) => ({
            column: name,
            type: declared,
            srid: Number(/,(\d+)\)$/.exec(declared)?.[1] ?? 0),
            invalid: parts.reduce((sum, { invalid }) => sum + (invalid[index] ?? 0), 0),
          }),
        ),
      };
    })
    .sort((a, b) => compareText(a.schema, b.schema) || compareText(a.name, b.name));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function hexOf(sum: bigint): string {
  return BigInt.asUintN(64, sum).toString(16).padStart(16, "0");
}
