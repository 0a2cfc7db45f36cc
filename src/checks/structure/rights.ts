/** Where rights are: the catalog, its columns for rights and owner, and the letter of `acldefault`. */
const HOLDERS: readonly (readonly [catalog: string, acl: string, owner: string, letter: string])[] =
  [
    ["pg_proc", "proacl", "proowner", "'f'"],
    ["pg_type", "typacl", "typowner", "'T'"],
    ["pg_namespace", "nspacl", "nspowner", "'n'"],
    ["pg_language", "lanacl", "lanowner", "'l'"],
    ["pg_foreign_data_wrapper", "fdwacl", "fdwowner", "'F'"],
    ["pg_foreign_server", "srvacl", "srvowner", "'S'"],
    ["pg_class", "relacl", "relowner", "CASE o.relkind WHEN 'S' THEN 's' ELSE 'r' END"],
    ["pg_largeobject_metadata", "lomacl", "lomowner", "'L'"],
  ];

const exploded = (acl: string) => `(SELECT coalesce(json_agg(x.one ORDER BY x.one), '[]')::text
    FROM (SELECT concat_ws(' ', g.grantor::regrole, g.grantee::regrole, g.privilege_type, g.is_grantable) FROM aclexplode(${acl}) g) x (one))`;

function initial(catalog: string, part = "0"): string {
  return `(SELECT p.initprivs FROM pg_init_privs p WHERE p.classoid = '${catalog}'::regclass AND p.objoid = ${catalog === "pg_attribute" ? "o.attrelid" : "o.oid"} AND p.objsubid = ${part})`;
}

/**
 * SQL: one SELECT for each object whose rights are not those that it was made with, also for PostgreSQL's
 * own and extensions' objects: a dump holds just these.
 */
export function selectRights(): readonly string[] {
  const holders = HOLDERS.map(([catalog, acl, owner, letter]) =>
    select(
      `${catalog} o`,
      `pg_identify_object('${catalog.replace("pg_largeobject_metadata", "pg_largeobject")}'::regclass, o.oid, 0)`,
      `o.${acl}`,
      `coalesce(${initial(catalog)}, acldefault((${letter})::"char", o.${owner}))`,
      catalog === "pg_class" ? "o.relpersistence <> 't'" : "true",
    ),
  );
  const columns = select(
    "pg_attribute o JOIN pg_class c ON c.oid = o.attrelid",
    "pg_identify_object('pg_class'::regclass, o.attrelid, o.attnum)",
    "o.attacl",
    `coalesce(${initial("pg_attribute", "o.attnum").replace("pg_attribute", "pg_class")}, NULL::aclitem[])`,
    `o.attnum > 0 AND NOT o.attisdropped AND c.relpersistence <> 't'`,
  );
  return [...holders, columns];
}

function select(from: string, identity: string, acl: string, made: string, where: string): string {
  return `SELECT 'rights on ' || i.type AS kind, i.identity AS name, ${exploded(acl)} AS text,
  NULL::text[] AS prints
FROM ${from} CROSS JOIN LATERAL ${identity} i
WHERE ${acl} IS NOT NULL AND ${where} AND coalesce(i.schema, i.name, '') <> 'information_schema'
  AND ${exploded(acl)} <> ${exploded(made)}`;
}

/** The columns that hold these rights, as `catalog.column`. */
export const RIGHTS: readonly string[] = [
  ...HOLDERS.map(([catalog, acl]) => `${catalog}.${acl}`),
  "pg_attribute.attacl",
];
