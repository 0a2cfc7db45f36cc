/** Given a name, return it quoted as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Given a schema and a name, return the qualified and quoted name. */
export function qualified(schema: string, name: string): string {
  return `${identifier(schema)}.${identifier(name)}`;
}

/** Given a text, return it as an SQL literal, whatever `standard_conforming_strings` says. */
export function literal(text: string): string {
  const quoted = `'${text.replaceAll("'", "''").replaceAll("\\", "\\\\")}'`;
  return text.includes("\\") ? ` E${quoted}` : quoted;
}

/** SQL that is true for an object that no extension owns; `oid` and `catalog` are SQL of ours. */
export function ownByNoExtension(catalog: string, oid: string): string {
  return `NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = ${catalog} AND d.objid = ${oid} AND d.deptype = 'e')`;
}

/** SQL that is true for a schema of the user's; `name` is SQL of ours. */
export function userSchema(name: string): string {
  return `${name} !~ '^pg_' AND ${name} <> 'information_schema'`;
}

/**
 * Settings under which every session of ours compares: the text form of values depends on some of
 * them, the printed form of definitions on `search_path`, and `row_security = off` makes a hidden row
 * an error instead of a missing one.
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
