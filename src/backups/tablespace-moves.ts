import type { TableOfContents } from "./table-of-contents.ts";

/**
 * Where the Odoo role's relations were. It may not create anything in a tablespace that the admin has put them into. A definition
 * of its own must not be read with the admin's rights. So each relation is created in the database's own tablespace, and moved.
 */
export interface TablespaceMove {
  readonly kind: "TABLE" | "INDEX" | "MATERIALIZED VIEW";
  readonly schema: string;
  readonly name: string;
  readonly tablespace: string;
}

/** What pg_restore prints above each definition that has a tablespace of its own. */
const HEADER =
  /^-- Name: (?<name>.*); Type: (?<kind>[A-Z ]+); Schema: (?<schema>.*); Owner: (?<owner>.*); Tablespace: (?<tablespace>.*)$/;

/**
 * `headers` are lines of that form. A body of a function may hold one, too, so only those count that the table of contents
 * confirms. `owner` is the Odoo role in the source.
 */
export function tablespaceMoves(
  headers: string,
  { entries }: TableOfContents,
  owner: string,
): readonly TablespaceMove[] {
  const lines = new Set(entries.map(({ line }) => line));
  const tables = new Set(
    entries.filter(({ kind }) => kind === "TABLE").map(({ schema, name }) => `${schema}.${name}`),
  );
  return headers.split("\n").flatMap((header): TablespaceMove[] => {
    const {
      name = "",
      kind,
      schema = "",
      owner: of,
      tablespace = "",
    } = HEADER.exec(header)?.groups ?? {};
    if (of !== owner || !lines.has([kind, schema, name, of].join(" "))) return [];
    switch (kind) {
      case "TABLE":
      case "INDEX":
      case "MATERIALIZED VIEW":
        return [{ kind, schema, name, tablespace }];
      case "CONSTRAINT":
        return [{ kind: "INDEX", schema, name: indexOf(name, schema, tables), tablespace }];
      default:
        return [];
    }
  });
}

/** The entry of a key is named by its table and itself. Its index has its own name. */
function indexOf(name: string, schema: string, tables: ReadonlySet<string>): string {
  const words = name.split(" ");
  const length = words.findIndex((_, index) =>
    tables.has(`${schema}.${words.slice(0, index + 1).join(" ")}`),
  );
  return words.slice(length + 1).join(" ");
}
