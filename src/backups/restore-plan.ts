import type { Entry, TableOfContents } from "./table-of-contents.ts";

/** Which entries of an archive are restored by whom. Together they are all of it but the extensions, which exist already. */
export interface RestorePlan {
  /** Restored by the admin role before anything else: the extensions' own rows, comments and rights. */
  readonly adminFirst: readonly number[];
  /** Restored by the admin role after the data: what only a superuser may create. */
  readonly adminLast: readonly number[];
  /** Left out: the extensions, created beforehand, and schemas that they brought along. */
  readonly leftOut: readonly number[];
  /** The only entries that the owner restores; without it, all that are not listed above. */
  readonly ownerOnly?: readonly number[];
}

/** What must be known of the extensions created in the target, so that their objects are told from the owner's. */
export interface ExtensionObjects {
  /** `schema.name` of tables and sequences that belong to an extension. */
  readonly relations: ReadonlySet<string>;
  /** Schemas that exist in the target already. */
  readonly schemas: ReadonlySet<string>;
}

const SUPERUSER_KINDS: ReadonlySet<string> = new Set([
  ...["EVENT TRIGGER", "PUBLICATION", "PUBLICATION TABLE", "PUBLICATION TABLES IN SCHEMA"],
  ...["SUBSCRIPTION", "SUBSCRIPTION TABLE", "FOREIGN DATA WRAPPER", "DEFAULT ACL"],
]);

/**
 * Given an archive's contents and the extensions' objects, return who restores what. Under the strict
 * policy the Odoo role owns neither extensions nor their tables, so these need the admin role
 * (measured on PostgreSQL 18: `must be owner of extension`, `permission denied for table spatial_ref_sys`).
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

/** Which entries of an archive: by their ids in it, or by how their lines go on after the ids, whatever archive it is; or by both. */
export type Entries =
  | readonly number[]
  | { readonly ids?: readonly number[]; readonly lines: readonly string[] };

/** A plan, in the form in which it picks entries from the list of an archive. */
export interface Selection {
  readonly adminFirst: Entries;
  readonly owner: { readonly mode: "keep" | "leave out"; readonly entries: Entries };
  /** What the owner restores in a last pass of its own: it changes no row. */
  readonly keys?: Entries;
  readonly adminLast: Entries;
}

/** Given a plan, return which entries it picks from the very archive that it was made for. */
export function selectById({ leftOut, adminFirst, adminLast, ownerOnly }: RestorePlan): Selection {
  return {
    ...{ adminFirst, adminLast },
    owner: ownerOnly
      ? { mode: "keep", entries: ownerOnly }
      : { mode: "leave out", entries: [...leftOut, ...adminFirst, ...adminLast] },
  };
}

/** Foreign keys, and what is said of constraints: by their lines, since a database of Odoo has thousands of them. */
const KEYS = ["FK CONSTRAINT ", "COMMENT .* CONSTRAINT "];

/** Given a plan, return the same with the foreign keys in a pass of their own. */
export function selectKeysApart(plan: RestorePlan): Selection {
  const { adminFirst, adminLast, leftOut, ownerOnly } = plan;
  if (ownerOnly) return selectById(plan);
  const ids = [...leftOut, ...adminFirst, ...adminLast];
  return {
    ...{ adminFirst, adminLast },
    owner: { mode: "leave out", entries: { ids, lines: KEYS } },
    keys: { lines: KEYS },
  };
}

/**
 * Given a plan and its archive, return which entries to pick from any other archive of the same deployment: by their
 * kinds and names, in extended regular expressions, since every dump gives out ids anew.
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

/** What a table's columns may be made of. */
const COLUMN_KINDS: ReadonlySet<string> = new Set([
  "SCHEMA",
  "TYPE",
  "SHELL TYPE",
  "DOMAIN",
  "COLLATION",
]);

/**
 * Given an archive's contents, tables as `schema.name` and the extensions' objects, return the plan that restores the rows
 * of these tables and what their columns are made of, and nothing else: no keys, no defaults, no triggers.
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

/** Given an archive's contents and tables as `schema.name`, return those that it does not hold. */
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

function isCreatedBeforehand({ kind, name }: Entry, { schemas }: ExtensionObjects): boolean {
  return kind === "EXTENSION" || (kind === "SCHEMA" && schemas.has(name) && name !== "public");
}

function belongsToExtension(
  { kind, schema, name }: Entry,
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
