export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function qualified(schema: string, name: string): string {
  return `${identifier(schema)}.${identifier(name)}`;
}

/** Correct under both values of `standard_conforming_strings`. */
export function literal(text: string): string {
  const quoted = `'${text.replaceAll("'", "''").replaceAll("\\", "\\\\")}'`;
  return text.includes("\\") ? ` E${quoted}` : quoted;
}

/** SQL that is true for an object that no extension owns. `oid` and `catalog` are SQL from our code. */
export function ownByNoExtension(catalog: string, oid: string): string {
  return `NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = ${catalog} AND d.objid = ${oid} AND d.deptype = 'e')`;
}

/** SQL that is true for a schema of the user's. `name` is SQL from our code. */
export function userSchema(name: string): string {
  return `${name} !~ '^pg_' AND ${name} <> 'information_schema'`;
}

/**
 * Settings of every session that compares. The text form of values depends on some of them, the printed
 * form of definitions on `search_path`. `row_security = off` makes a hidden row an error instead of a
 * missing row.
 */
export const COMPARING_SETTINGS: Readonly<Record<string, string>> = {
  search_path: "pg_catalog",
  timezone: "UTC",
  datestyle: "ISO, YMD",
  intervalstyle: "postgres",
  extra_float_digits: "1",
  bytea_output: "hex",
  lc_monetary: "C",
  xmlbinary: "base64",
  row_security: "off",
  client_min_messages: "error",
  jit: "off",
  max_parallel_workers_per_gather: "0",
  statement_timeout: "0",
  lock_timeout: "0",
};
