/** One entry of `pg_restore --list`. */
export interface ArchiveEntry {
  readonly id: number;
  /** For example `TABLE DATA`, `EXTENSION`, `DEFAULT ACL`. */
  readonly kind: string;
  /** `-` when the entry is in no schema. */
  readonly schema: string;
  readonly name: string;
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

const ENTRY = new RegExp(`^(\\d+); \\d+ \\d+ (${KINDS.join("|")}) (.*)$`);

export function parseTableOfContents(output: string): TableOfContents {
  return {
    database: /^; {5}dbname: (.*)$/m.exec(output)?.[1] ?? "",
    serverVersion: /^; {5}Dumped from database version: (.*)$/m.exec(output)?.[1] ?? "",
    dumpVersion: /^; {5}Dumped by pg_dump version: (.*)$/m.exec(output)?.[1] ?? "",
    entries: output.split("\n").flatMap(parseEntry),
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

function parseEntry(line: string): ArchiveEntry[] {
  const [, id, kind, rest] = ENTRY.exec(line) ?? [];
  if (id === undefined || kind === undefined || rest === undefined) return [];
  const words = rest.split(" ");
  return [
    {
      id: Number(id),
      kind,
      schema: words[0] ?? "-",
      name: words.slice(1, -1).join(" "),
      owner: words.at(-1) ?? "",
    },
  ];
}
