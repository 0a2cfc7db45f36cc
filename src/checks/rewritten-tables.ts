import type { TableContent } from "./scan.ts";
import { userSchema } from "./sql.ts";

/**
 * Tables that surely have no row in the snapshot that asks: their files are those of the snapshot, and empty. The sizes are
 * read first, so that a table which is truncated meanwhile does not count. One row, one JSON value.
 */
export const EMPTY_QUERY = `
WITH empty AS MATERIALIZED (
  SELECT c.oid, n.nspname || '.' || c.relname AS name, c.relfilenode
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND ${userSchema("n.nspname")} AND pg_relation_size(c.oid) = 0
)
SELECT coalesce(json_agg(name), '[]') AS empty FROM empty WHERE pg_relation_filenode(oid) = relfilenode`;

/** `schema.name`, as REWRITTEN_QUERY answers it. */
export function tableNameOf({ schema, name }: Pick<TableContent, "schema" | "name">): string {
  return `${schema}.${name}`;
}

/**
 * VACUUM FULL and CLUSTER keep the rows that older snapshots see. TRUNCATE and the ALTER TABLE that rewrites do not: an older
 * snapshot sees the table empty from then on (PostgreSQL manual, "Caveats" of concurrency control). So a rewritten table that
 * still holds in the snapshot what was read of it was never emptied. An empty one tells nothing, unless it was empty when the
 * snapshot was taken. Returns the names of those whose rows may be missing from the dump.
 */
export function emptiedTables(
  rewritten: readonly string[],
  read: readonly TableContent[],
  again: readonly TableContent[],
  empty: readonly string[],
): readonly string[] {
  const before = new Map(read.map((table) => [tableNameOf(table), table]));
  const kept = again.filter((table) => {
    const name = tableNameOf(table);
    const same = before.get(name)?.hash === table.hash && before.get(name)?.rows === table.rows;
    return same && (table.rows > 0 || empty.includes(name));
  });
  const safe = new Set(kept.map(tableNameOf));
  return rewritten.filter((name) => !safe.has(name));
}
