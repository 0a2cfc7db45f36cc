import { literal, userSchema } from "./sql.ts";

/**
 * A version of an object that a snapshot sees, and that a later transaction has replaced, deleted, or only tried to: `version`
 * is compared with the present one.
 */
export interface CatalogVersion {
  /** The catalog, and the object's number there. */
  readonly key: string;
  /** For a person. */
  readonly name: string;
  readonly version: string;
}

interface Catalog {
  readonly catalog: string;
  /** SQL for the key and the name. `c` is the catalog's row, and `n` its schema. */
  readonly key: string;
  readonly name: string;
  /** SQL for what must not change. */
  readonly version: string;
  readonly from: string;
}

const IN_USER_SCHEMA = (schema: string) =>
  `JOIN pg_namespace n ON n.oid = ${schema} AND ${userSchema("n.nspname")}`;

/** A row's own version: the transaction that wrote it. */
const WRITTEN = "c.xmin::text";

/**
 * What PostgreSQL's printing functions (`pg_get_functiondef`, `pg_get_indexdef`, `pg_get_triggerdef`, `format_type`, output of
 * enums and names) read as it is now, and not as the snapshot has it (`ruleutils.c`: only constraints, rules and views are read
 * in the transaction's snapshot). New objects and new columns do not matter. Of a relation only its name counts: VACUUM FULL,
 * ANALYZE and a new foreign key write its row, too.
 */
const CATALOGS: readonly Catalog[] = [
  {
    catalog: "pg_class",
    key: "c.oid::text",
    name: "n.nspname || '.' || c.relname",
    version: "concat_ws('|', n.nspname, c.relname, c.relkind)",
    from: `pg_class c ${IN_USER_SCHEMA("c.relnamespace")} AND c.relpersistence <> 't'`,
  },
  {
    catalog: "pg_attribute",
    key: "concat_ws('.', c.attrelid, c.attnum)",
    name: "'column ' || n.nspname || '.' || r.relname || '.' || c.attname",
    version: "c.attname || c.attisdropped",
    from: `pg_attribute c JOIN pg_class r ON r.oid = c.attrelid AND r.relpersistence <> 't' AND c.attnum > 0 ${IN_USER_SCHEMA("r.relnamespace")}`,
  },
  {
    catalog: "pg_proc",
    key: "c.oid::text",
    name: "'function ' || n.nspname || '.' || c.proname",
    // Its row is read in the snapshot. Only its result is printed as it is now; and the whole function, where it has a parsed
    // expression.
    version: `CASE WHEN c.proargdefaults IS NULL AND c.prosqlbody IS NULL
      THEN concat_ws('|', n.nspname, c.proname, c.proargtypes, c.proallargtypes, c.proargmodes, c.proargnames, c.prorettype, c.proretset)
      ELSE ${WRITTEN} END`,
    from: `pg_proc c ${IN_USER_SCHEMA("c.pronamespace")}`,
  },
  {
    catalog: "pg_type",
    key: "c.oid::text",
    name: "'type ' || n.nspname || '.' || c.typname",
    version: WRITTEN,
    from: `pg_type c ${IN_USER_SCHEMA("c.typnamespace")}`,
  },
  {
    catalog: "pg_enum",
    key: "c.oid::text",
    name: "'type ' || n.nspname || '.' || t.typname",
    version: WRITTEN,
    from: `pg_enum c JOIN pg_type t ON t.oid = c.enumtypid ${IN_USER_SCHEMA("t.typnamespace")}`,
  },
  {
    catalog: "pg_trigger",
    key: "c.oid::text",
    name: "'trigger ' || c.tgname || ' on ' || n.nspname || '.' || r.relname",
    version: WRITTEN,
    from: `pg_trigger c JOIN pg_class r ON r.oid = c.tgrelid AND NOT c.tgisinternal ${IN_USER_SCHEMA("r.relnamespace")}`,
  },
  {
    catalog: "pg_statistic_ext",
    key: "c.oid::text",
    name: "'statistics ' || n.nspname || '.' || c.stxname",
    version: WRITTEN,
    from: `pg_statistic_ext c ${IN_USER_SCHEMA("c.stxnamespace")}`,
  },
  {
    catalog: "pg_operator",
    key: "c.oid::text",
    name: "'operator ' || n.nspname || '.' || c.oprname",
    version: WRITTEN,
    from: `pg_operator c ${IN_USER_SCHEMA("c.oprnamespace")}`,
  },
  {
    catalog: "pg_collation",
    key: "c.oid::text",
    name: "'collation ' || n.nspname || '.' || c.collname",
    version: WRITTEN,
    from: `pg_collation c ${IN_USER_SCHEMA("c.collnamespace")}`,
  },
  {
    catalog: "pg_namespace",
    key: "c.oid::text",
    name: "'schema ' || c.nspname",
    version: "c.nspname",
    from: `pg_namespace c`,
  },
];

function versionsQuery(condition: (catalog: Catalog) => string): string {
  const parts = CATALOGS.map(
    (one) =>
      `SELECT ${literal(`${one.catalog} `)} || ${one.key} AS key, ${one.name} AS name, ${one.version} AS version FROM ${one.from} WHERE ${condition(one)}`,
  );
  return `
SELECT coalesce(json_agg(json_build_object('key', key, 'name', name, 'version', version)), '[]') AS versions
FROM (${parts.join("\nUNION ALL\n")}) v`;
}

/**
 * For a session in the snapshot: the versions that a later transaction has marked as replaced or deleted (`xmax`). It may have
 * been rolled back. One row, one JSON value.
 */
export const OUTDATED_QUERY = versionsQuery(() => "c.xmax <> '0'::xid");

/** For a session without a snapshot: the present versions of these. One row, one JSON value. */
export function presentQuery(outdated: readonly CatalogVersion[]): string {
  return versionsQuery(({ catalog, key }) => {
    const keys = outdated
      .map((one) => one.key.split(" "))
      .flatMap(([of, number = ""]) => (of === catalog ? [literal(number)] : []));
    return keys.length === 0 ? "false" : `${key} IN (${keys.join(", ")})`;
  });
}

/** The names of what is another now, or gone, each once. */
export function changedObjects(
  outdated: readonly CatalogVersion[],
  present: readonly CatalogVersion[],
): readonly string[] {
  const now = new Map(present.map(({ key, version }) => [key, version]));
  const changed = outdated.filter(({ key, version }) => now.get(key) !== version);
  return [...new Set(changed.map(({ name }) => name))];
}
