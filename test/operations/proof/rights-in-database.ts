import type pg from "pg";

const acl = (column: string, kind: string, owner: string) =>
  `ARRAY(SELECT x::text FROM unnest(coalesce(${column}, acldefault('${kind}', ${owner}))) x ORDER BY 1) AS acl`;

/** For all objects of a database, also those of extensions and of PostgreSQL itself: owners and rights, by name. */
const QUERIES: Readonly<Record<string, string>> = {
  schemas: `SELECT nspname AS name, nspowner::regrole, ${acl("nspacl", "n", "nspowner")} FROM pg_namespace WHERE nspname !~ '^pg_(toast|temp)'`,
  relations: `SELECT c.oid::regclass::text AS name, relkind, relowner::regrole, ${acl("relacl", "r", "relowner")}, t.spcname
    FROM pg_class c LEFT JOIN pg_tablespace t ON t.oid = c.reltablespace WHERE c.relkind <> 'S' AND c.relnamespace <> 'pg_toast'::regnamespace`,
  sequences: `SELECT oid::regclass::text AS name, relowner::regrole, ${acl("relacl", "s", "relowner")} FROM pg_class WHERE relkind = 'S'`,
  columns: `SELECT attrelid::regclass || '.' || attname AS name, ARRAY(SELECT x::text FROM unnest(attacl) x ORDER BY 1) AS acl
    FROM pg_attribute WHERE attacl IS NOT NULL`,
  routines: `SELECT oid::regprocedure::text AS name, proowner::regrole, ${acl("proacl", "f", "proowner")} FROM pg_proc`,
  types: `SELECT oid::regtype::text AS name, typowner::regrole, ${acl("typacl", "T", "typowner")} FROM pg_type WHERE typnamespace <> 'pg_toast'::regnamespace`,
  languages: `SELECT lanname AS name, lanowner::regrole, ${acl("lanacl", "l", "lanowner")} FROM pg_language`,
  wrappers: `SELECT fdwname AS name, fdwowner::regrole, ${acl("fdwacl", "F", "fdwowner")} FROM pg_foreign_data_wrapper`,
  servers: `SELECT srvname AS name, srvowner::regrole, ARRAY(SELECT x FROM unnest(srvoptions) x ORDER BY 1) AS options, ${acl("srvacl", "S", "srvowner")} FROM pg_foreign_server`,
  mappings: `SELECT srvname || ' ' || usename AS name, ARRAY(SELECT x FROM unnest(umoptions) x ORDER BY 1) AS options FROM pg_user_mappings`,
  "large objects": `SELECT oid AS name, lomowner::regrole, ${acl("lomacl", "L", "lomowner")} FROM pg_largeobject_metadata`,
  extensions: `SELECT extname AS name, extowner::regrole, extversion, extnamespace::regnamespace FROM pg_extension`,
  "default rights": `SELECT defaclrole::regrole || ' ' || concat_ws(' ', defaclnamespace, defaclobjtype) AS name, ARRAY(SELECT x::text FROM unnest(defaclacl) x ORDER BY 1) AS acl
    FROM (SELECT defaclrole, coalesce(nullif(defaclnamespace, 0)::regnamespace::text, '') AS defaclnamespace, defaclobjtype, defaclacl FROM pg_default_acl) d`,
  policies: `SELECT polrelid::regclass || ' ' || polname AS name, ARRAY(SELECT x::regrole::text FROM unnest(polroles) x ORDER BY 1) AS roles FROM pg_policy`,
  publications: `SELECT pubname AS name, pubowner::regrole FROM pg_publication`,
  "event triggers": `SELECT evtname AS name, evtowner::regrole, evtenabled FROM pg_event_trigger`,
  triggers: `SELECT tgrelid::regclass || ' ' || tgname AS name, tgfoid::regprocedure, tgenabled FROM pg_trigger WHERE NOT tgisinternal`,
  operators: `SELECT oid::regoperator::text AS name, oprowner::regrole FROM pg_operator`,
  "operator families": `SELECT opfname || ' ' || opfmethod AS name, opfowner::regrole FROM pg_opfamily`,
  "operator classes": `SELECT opcname || ' ' || opcmethod AS name, opcowner::regrole FROM pg_opclass`,
  dictionaries: `SELECT dictname AS name, dictowner::regrole FROM pg_ts_dict`,
  configurations: `SELECT cfgname AS name, cfgowner::regrole FROM pg_ts_config`,
  collations: `SELECT collname AS name, collencoding, collowner::regrole FROM pg_collation`,
  comments: `SELECT o.type || ' ' || o.identity AS name, d.description FROM pg_description d
    CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) o`,
};

export type RightsInDatabase = Readonly<Record<string, readonly string[]>>;

/** One line for each object. */
export async function rightsInDatabase(client: pg.Client): Promise<RightsInDatabase> {
  await client.query("SET search_path = pg_catalog");
  const found: Record<string, string[]> = {};
  for (const [what, query] of Object.entries(QUERIES)) {
    const { rows } = await client.query(query);
    found[what] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return found;
}
