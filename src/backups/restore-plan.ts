import type { ArchiveEntry, TableOfContents } from "./table-of-contents.ts";

/**
 * Which role restores which entries of an archive. Together these are all entries but the extensions, which
 * exist already.
 */
export interface RestorePlan {
  /** Restored by the admin role before anything else: the extensions' own rows, comments and rights. */
  readonly adminFirst: readonly number[];
  /** Restored by the admin role after the data: what only a superuser may create. */
  readonly adminLast: readonly number[];
  /** Left out: the extensions, which were created before, and the schemas that came with them. */
  readonly leftOut: readonly number[];
  /** The only entries that the owner restores; without it, all that are not listed above. */
  readonly ownerOnly?: readonly number[];
}

/** What must be known of the extensions in the target, to tell their objects from the owner's. */
export interface ExtensionObjects {
  /** `schema.name` of tables and sequences that belong to an extension. */
  readonly relations: ReadonlySet<string>;
  /** Schemas that exist in the target already. */
  readonly schemas: ReadonlySet<string>;
}

const SUPERUSER_KINDS: ReadonlySet<string> = new Set([
  "EVENT TRIGGER",
  "PUBLICATION",
  "PUBLICATION TABLE",
  "PUBLICATION TABLES IN SCHEMA",
  "SUBSCRIPTION",
  "SUBSCRIPTION TABLE",
  "FOREIGN DATA WRAPPER",
  "DEFAULT ACL",
]);

/**
 * Under the strict policy the Odoo role owns neither extensions nor their tables, so these need the admin
 * role. Measured on PostgreSQL 18: `must be owner of extension`, `permission denied for table
 * spatial_ref_sys`.
 */
export function planRestore(contents: TableOfContents, extensions: ExtensionObjects): RestorePlan {
  const plan = {
    adminFirst: [] as number[],
    adminLast: [] as number[],
    leftOut: [] as number[],
  };
  for (const entry of contents.entries) {
    if (isCreatedBeforehand(entry, extensions)) plan.leftOut.push(entry.id);
    else if (belongsToExtension(entry, extensions)) plan.adminFirst.push(entry.id);
    else if (SUPERUSER_KINDS.has(entry.kind)) plan.adminLast.push(entry.id);
  }
  return plan;
}

/**
 * Entries of an archive, by their ids in it, by their lines after the ids (which hold for any archive), or
 * by both.
 */
export type Entries =
  | readonly number[]
  | { readonly ids?: readonly number[]; readonly lines: readonly string[] };

/** A plan in the form that picks entries from the list of an archive. */
export interface Selection {
  readonly adminFirst: Entries;
  readonly owner: { readonly mode: "keep" | "leave out"; readonly entries: Entries };
  /** What the owner restores last, in a separate pass that changes no row. */
  readonly keys?: Entries;
  readonly adminLast: Entries;
}

/** For the archive that the plan was made for: ids differ in any other. */
export function selectById({ leftOut, adminFirst, adminLast, ownerOnly }: RestorePlan): Selection {
  return {
    adminFirst,
    adminLast,
    owner: ownerOnly
      ? { mode: "keep", entries: ownerOnly }
      : { mode: "leave out", entries: [...leftOut, ...adminFirst, ...adminLast] },
  };
}

/**
 * Foreign keys, and comments on constraints. They are picked by line, since an Odoo database has thousands
 * of them.
 */
const KEYS = ["FK CONSTRAINT ", "COMMENT .* CONSTRAINT "];

/** The same plan, with the foreign keys in a separate pass. */
export function selectKeysApart(plan: RestorePlan): Selection {
  const { adminFirst, adminLast, leftOut, ownerOnly } = plan;
  if (ownerOnly) return selectById(plan);
  const ids = [...leftOut, ...adminFirst, ...adminLast];
  return {
    adminFirst,
    adminLast,
    owner: { mode: "leave out", entries: { ids, lines: KEYS } },
    keys: { lines: KEYS },
  };
}

/**
 * For any other archive of the same deployment. Picks entries by kind and name, in extended regular
 * expressions, since every dump numbers its entries again.
 */
export function selectByLine(plan: RestorePlan, { entries }: TableOfContents): Selection {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const linesOf = (ids: readonly number[]) =>
    ids.flatMap((id) => {
      const entry = byId.get(id);
      if (!entry || entry.kind === "EXTENSION" || SUPERUSER_KINDS.has(entry.kind)) return [];
      return `${escaped([entry.kind, entry.schema, entry.name, entry.owner].join(" "))}$`;
    });
  const adminFirst = ["COMMENT - EXTENSION ", ...linesOf(plan.adminFirst)];
  const adminLast = [...SUPERUSER_KINDS].map((kind) => `${kind} `);
  const leftOut = ["EXTENSION ", ...linesOf(plan.leftOut)];
  return {
    adminFirst: { lines: adminFirst },
    adminLast: { lines: adminLast },
    owner: { mode: "leave out", entries: { lines: [...leftOut, ...adminFirst, ...adminLast] } },
  };
}

function escaped(text: string): string {
  return text.replaceAll(/[.[\]{}()*+?^$|\\]/g, "\\$&");
}

/** What the types of a table's columns may need. */
const COLUMN_KINDS: ReadonlySet<string> = new Set([
  "SCHEMA",
  "TYPE",
  "SHELL TYPE",
  "DOMAIN",
  "COLLATION",
]);

/**
 * Restores the rows of these tables and what the types of their columns need, nothing else: no keys, no
 * defaults, no triggers. `tables` are `schema.name`.
 */
export function planTables(
  contents: TableOfContents,
  tables: readonly string[],
  extensions: ExtensionObjects,
): RestorePlan {
  const wanted = new Set(tables);
  const ownerOnly = contents.entries
    .filter(
      (entry) =>
        (COLUMN_KINDS.has(entry.kind) && !isCreatedBeforehand(entry, extensions)) ||
        (["TABLE", "TABLE DATA"].includes(entry.kind) &&
          wanted.has(`${entry.schema}.${entry.name}`)),
    )
    .map(({ id }) => id);
  return { adminFirst: [], adminLast: [], leftOut: [], ownerOnly };
}

/** Tables, as `schema.name`, that the archive does not hold. */
export function unknownTables(
  contents: TableOfContents,
  tables: readonly string[],
): readonly string[] {
  const known = new Set(
    contents.entries
      .filter(({ kind }) => kind === "TABLE")
      .map(({ schema, name }) => `${schema}.${name}`),
  );
  return tables.filter((table) => !known.has(table));
}

function isCreatedBeforehand({ kind, name }: ArchiveEntry, { schemas }: ExtensionObjects): boolean {
  return kind === "EXTENSION" || (kind === "SCHEMA" && schemas.has(name) && name !== "public");
}

function belongsToExtension(
  { kind, schema, name }: ArchiveEntry,
  { relations, schemas }: ExtensionObjects,
): boolean {
  if (kind === "COMMENT" || kind === "ACL" || kind === "SECURITY LABEL") {
    const [what = "", ...rest] = name.split(" ");
    const object = rest.join(" ");
    return (
      what === "EXTENSION" ||
      (what === "SCHEMA" && schemas.has(object) && object !== "public") ||
      (what === "TABLE" && relations.has(`${schema}.${object}`))
    );
  }
  return (kind === "TABLE DATA" || kind === "SEQUENCE SET") && relations.has(`${schema}.${name}`);
}
