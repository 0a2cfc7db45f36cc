/** One entry of `pg_restore --list --verbose`. */
export interface ArchiveEntry {
  readonly id: number;
  /** The entry's line without its three numbers: what the patterns of a restore list look at. */
  readonly line: string;
  /** Ids of entries that must be restored before it. Some are not in the list. */
  readonly dependsOn: readonly number[];
  /** For example `TABLE DATA`, `EXTENSION`, `DEFAULT ACL`. */
  readonly kind: string;
  /** `-` when the entry is in no schema. */
  readonly schema: string;
  readonly name: string;
  /** Empty where the list names none: extensions, casts, transforms, access methods. */
  readonly owner: string;
}

/** The header that `pg_restore --list` prints before the entries. */
export interface TableOfContents {
  readonly database: string;
  readonly serverVersion: string;
  readonly dumpVersion: string;
  readonly entries: readonly ArchiveEntry[];
}

/** Longest first, so that `TABLE DATA` is not read as `TABLE`. From pg_dump's archiver, PostgreSQL 18. */
const KINDS = [
  "ACCESS METHOD",
  "ACL",
  "AGGREGATE",
  "BLOB COMMENTS",
  "BLOB METADATA",
  "BLOB",
  "BLOBS",
  "CAST",
  "CHECK CONSTRAINT",
  "COLLATION",
  "COMMENT",
  "CONSTRAINT",
  "CONVERSION",
  "DATABASE PROPERTIES",
  "DATABASE",
  "DEFAULT ACL",
  "DEFAULT",
  "DOMAIN",
  "ENCODING",
  "EVENT TRIGGER",
  "EXTENSION",
  "FK CONSTRAINT",
  "FOREIGN DATA WRAPPER",
  "FOREIGN SERVER",
  "FOREIGN TABLE",
  "FUNCTION",
  "INDEX ATTACH",
  "INDEX",
  "LARGE OBJECT",
  "MATERIALIZED VIEW DATA",
  "MATERIALIZED VIEW",
  "OPERATOR CLASS",
  "OPERATOR FAMILY",
  "OPERATOR",
  "POLICY",
  "PROCEDURAL LANGUAGE",
  "PROCEDURE",
  "PUBLICATION TABLES IN SCHEMA",
  "PUBLICATION TABLE",
  "PUBLICATION",
  "ROW SECURITY",
  "RULE",
  "SCHEMA",
  "SEARCHPATH",
  "SECURITY LABEL",
  "SEQUENCE OWNED BY",
  "SEQUENCE SET",
  "SEQUENCE",
  "SERVER",
  "SHELL TYPE",
  "STATISTICS DATA",
  "STATISTICS",
  "STDSTRINGS",
  "SUBSCRIPTION TABLE",
  "SUBSCRIPTION",
  "TABLE ATTACH",
  "TABLE DATA",
  "TABLE",
  "TEXT SEARCH CONFIGURATION",
  "TEXT SEARCH DICTIONARY",
  "TEXT SEARCH PARSER",
  "TEXT SEARCH TEMPLATE",
  "TRANSFORM",
  "TRIGGER",
  "TYPE",
  "USER MAPPING",
  "VIEW",
].sort((a, b) => b.length - a.length);

const ENTRY = new RegExp(`^(\\d+); \\d+ \\d+ ((${KINDS.join("|")}) (.*))$`);

/** Restored only together with the database itself; a list that is not verbose leaves them out. */
const OF_THE_DATABASE =
  /^(?:ENCODING|STDSTRINGS|SEARCHPATH|DATABASE|DATABASE PROPERTIES|(?:ACL|COMMENT|SECURITY LABEL) - DATABASE) /;

/** `roles` are names of roles that are known: a name with a space can be told from the object's only by them. */
export function parseTableOfContents(
  output: string,
  roles: readonly string[] = [],
): TableOfContents {
  const entries: (ArchiveEntry & { dependsOn: number[] })[] = [];
  for (const line of output.split("\n")) {
    const depends = /^;\tdepends on:([ \d]*)$/.exec(line)?.[1];
    if (depends !== undefined) {
      entries.at(-1)?.dependsOn.push(...depends.trim().split(" ").filter(Boolean).map(Number));
    } else entries.push(...parseEntry(line, roles));
  }
  return {
    database: /^; {5}dbname: (.*)$/m.exec(output)?.[1] ?? "",
    serverVersion: /^; {5}Dumped from database version: (.*)$/m.exec(output)?.[1] ?? "",
    dumpVersion: /^; {5}Dumped by pg_dump version: (.*)$/m.exec(output)?.[1] ?? "",
    entries: entries.filter(({ line }) => !OF_THE_DATABASE.test(line)),
  };
}

const RELATIONS: ReadonlySet<string> = new Set([
  "TABLE",
  "VIEW",
  "MATERIALIZED VIEW",
  "FOREIGN TABLE",
  "SEQUENCE",
]);

/**
 * The relations, as `schema.name`, that an archive mentions but does not define. They belong to extensions:
 * of these a dump holds only the name and the rows that are the user's own.
 */
export function relationsOfExtensions({ entries }: TableOfContents): ReadonlySet<string> {
  const nameOf = ({ schema, name }: ArchiveEntry) => `${schema}.${name}`;
  const defined = new Set(entries.filter(({ kind }) => RELATIONS.has(kind)).map(nameOf));
  const named = entries.flatMap((entry) => {
    if (entry.kind === "TABLE DATA" || entry.kind === "SEQUENCE SET") return [nameOf(entry)];
    const [what, ...rest] = entry.name.split(" ");
    const tells =
      entry.kind === "ACL" || entry.kind === "COMMENT" || entry.kind === "SECURITY LABEL";
    return tells && what === "TABLE" ? [`${entry.schema}.${unquoted(rest.join(" "))}`] : [];
  });
  return new Set(named.filter((name) => !defined.has(name)));
}

/** Inside another entry, a list quotes an object's name where the name needs it. */
function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}

function parseEntry(
  text: string,
  roles: readonly string[],
): (ArchiveEntry & { dependsOn: number[] })[] {
  const [, id, line, kind, rest] = ENTRY.exec(text) ?? [];
  if (id === undefined || line === undefined || kind === undefined || rest === undefined) return [];
  const owner = ownerIn(rest, roles);
  const [schema = "-", ...name] = rest.slice(0, rest.length - owner.length - 1).split(" ");
  return [{ id: Number(id), line, dependsOn: [], kind, schema, name: name.join(" "), owner }];
}

/** The longest known role that the line ends with; without one, its last word. */
function ownerIn(rest: string, roles: readonly string[]): string {
  const known = roles
    .filter((role) => rest.endsWith(` ${role}`))
    .sort((a, b) => b.length - a.length);
  return known[0] ?? rest.split(" ").at(-1) ?? "";
}
