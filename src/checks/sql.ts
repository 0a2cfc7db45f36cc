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
