import { type Check, failed, passed } from "../report/check.ts";
import { ownByNoExtension, userSchema } from "./sql.ts";

/** One object of the database by kind and name, with a hash of its definition. */
export interface StructureObject {
  readonly kind: string;
  readonly name: string;
  readonly hash: string;
}

/**
 * SQL of a definition in a form that a restore does not change. A check such as `state IN ('a', 'b')` on a
 * varchar prints other casts and parentheses after a restore (the parser folds them again), so these do not
 * count.
 */
const definition = (text: string) =>
  `translate(regexp_replace(${text}, '::(text|character varying|bpchar)(\\([0-9]+\\))?(\\[\\])?', '', 'g'), E'() \\n\\t', '')`;

/** Rights of all but the policy's two roles: the rights of those depend on who restored. */
const rights = (acl: string, owner: string) => `
  (SELECT string_agg(g.grantee::regrole::text || '=' || g.privilege_type || g.is_grantable, ',' ORDER BY g.grantee::regrole::text, g.privilege_type)
   FROM aclexplode(${acl}) g WHERE g.grantee <> ${owner} AND pg_get_userbyid(g.grantee) <> ALL ($roles$))`;

/** The owner, where it is neither of the two. */
const thirdOwner = (owner: string) =>
  `CASE WHEN pg_get_userbyid(${owner}) <> ALL ($roles$) THEN 'of ' || ${owner}::regrole END`;

const relation = `
SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialised view' WHEN 'S' THEN 'sequence'
    WHEN 'c' THEN 'composite type' WHEN 'f' THEN 'foreign table' ELSE 'table' END AS kind,
  n.nspname || '.' || c.relname AS name,
  concat_ws('|', c.relkind, c.relpersistence, c.reloptions, c.relrowsecurity, c.relforcerowsecurity, c.relreplident,
    pg_get_partkeydef(c.oid), ${definition("pg_get_expr(c.relpartbound, c.oid)")},
    (SELECT string_agg(i.inhparent::regclass::text, ',' ORDER BY i.inhseqno) FROM pg_inherits i WHERE i.inhrelid = c.oid),
    (SELECT string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
        a.attgenerated, ${definition("pg_get_expr(d.adbin, d.adrelid)")}, a.attcollation::regcollation, a.attoptions,
        a.attstorage, a.attcompression, ${rights("a.attacl", "c.relowner")}), ',' ORDER BY a.attnum)
     FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
    (SELECT string_agg(k.conname || ' ' || ${definition("pg_get_constraintdef(k.oid)")} || k.convalidated, ',' ORDER BY k.conname)
     FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype <> 'n'),
    (SELECT string_agg(${definition("pg_get_indexdef(i.indexrelid)")} || i.indisvalid || i.indisclustered || i.indisreplident, ',' ORDER BY i.indexrelid::regclass::text)
     FROM pg_index i WHERE i.indrelid = c.oid AND i.indisready AND (i.indisvalid OR c.relkind = 'p')),
    (SELECT string_agg(pg_get_triggerdef(t.oid) || t.tgenabled::text, ',' ORDER BY t.tgname)
     FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal),
    (SELECT string_agg(concat_ws(' ', p.polname, p.polcmd, p.polpermissive,
        (SELECT string_agg(o::regrole::text, ' ' ORDER BY o::regrole::text) FROM unnest(p.polroles) o), ${definition("pg_get_expr(p.polqual, p.polrelid)")}, ${definition("pg_get_expr(p.polwithcheck, p.polrelid)")}), ',' ORDER BY p.polname)
     FROM pg_policy p WHERE p.polrelid = c.oid),
    (SELECT string_agg(${definition("pg_get_ruledef(r.oid)")} || r.ev_enabled::text, ',' ORDER BY r.rulename)
     FROM pg_rewrite r WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN'),
    CASE WHEN c.relkind IN ('v', 'm') THEN ${definition("pg_get_viewdef(c.oid)")} || c.relispopulated END,
    (SELECT concat_ws(' ', s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmax, s.seqmin, s.seqcache, s.seqcycle)
     FROM pg_sequence s WHERE s.seqrelid = c.oid),
    (SELECT string_agg(d.refobjid::regclass::text || d.refobjsubid || d.deptype::text, ',' ORDER BY d.refobjid::regclass::text)
     FROM pg_depend d WHERE c.relkind = 'S' AND d.classid = 'pg_class'::regclass AND d.objid = c.oid
       AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')),
    (SELECT concat_ws(' ', s.srvname, f.ftoptions,
        (SELECT string_agg(a.attname || ' ' || a.attfdwoptions::text, ',' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attfdwoptions IS NOT NULL))
     FROM pg_foreign_table f JOIN pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = c.oid),
    (SELECT string_agg(x.objsubid || ' ' || x.description, ',' ORDER BY x.objsubid)
     FROM pg_description x WHERE x.classoid = 'pg_class'::regclass AND x.objoid = c.oid),
    ${rights("c.relacl", "c.relowner")}, ${thirdOwner("c.relowner")}) AS text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c') AND c.relpersistence <> 't'
  AND ${userSchema("n.nspname")} AND ${ownByNoExtension("'pg_class'::regclass", "c.oid")}
  AND (c.relkind <> 'c' OR ${ownByNoExtension("'pg_type'::regclass", "c.reltype")})`;

const routine = `
SELECT 'function', n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
  concat_ws('|', p.prokind, CASE WHEN p.prokind = 'a' THEN p.prosrc ELSE pg_get_functiondef(p.oid) END,
    (SELECT concat_ws(' ', g.aggtransfn, g.aggfinalfn, g.aggtranstype::regtype, g.agginitval) FROM pg_aggregate g WHERE g.aggfnoid = p.oid),
    ${rights("coalesce(p.proacl, acldefault('f', p.proowner))", "p.proowner")}, ${thirdOwner("p.proowner")})
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE ${userSchema("n.nspname")} AND ${ownByNoExtension("'pg_proc'::regclass", "p.oid")}`;

const type = `
SELECT 'type', n.nspname || '.' || t.typname,
  concat_ws('|', t.typtype, format_type(nullif(t.typbasetype, 0), t.typtypmod), t.typnotnull, ${definition("t.typdefault")},
    (SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid),
    (SELECT string_agg(k.conname || ${definition("pg_get_constraintdef(k.oid)")}, ',' ORDER BY k.conname) FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype <> 'n'),
    (SELECT r.rngsubtype::regtype::text FROM pg_range r WHERE r.rngtypid = t.oid),
    ${rights("coalesce(t.typacl, acldefault('T', t.typowner))", "t.typowner")}, ${thirdOwner("t.typowner")})
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype IN ('e', 'd', 'r') AND ${userSchema("n.nspname")} AND ${ownByNoExtension("'pg_type'::regclass", "t.oid")}`;

const schema = `
SELECT 'schema', n.nspname::text,
  concat_ws('|', ${rights("coalesce(n.nspacl, acldefault('n', n.nspowner))", "n.nspowner")}, ${thirdOwner("n.nspowner")})
FROM pg_namespace n WHERE ${userSchema("n.nspname")} AND ${ownByNoExtension("'pg_namespace'::regclass", "n.oid")}
UNION ALL
SELECT 'default rights', concat_ws(' ', 'of', x.defaclrole::regrole, 'in', nullif(x.defaclnamespace, 0)::regnamespace, 'on', x.defaclobjtype),
  ${rights("x.defaclacl", "x.defaclrole")}
FROM pg_default_acl x`;

/** Their content is proven row by row. The rights of others to them are here, for all together. */
const largeObjects = `
SELECT 'large objects', 'rights',
  string_agg(concat_ws(' ', m.oid, ${rights("m.lomacl", "m.lomowner")}, ${thirdOwner("m.lomowner")}), ',' ORDER BY m.oid)
FROM pg_largeobject_metadata m
HAVING count(*) > 0`;

/** The lowest id of an object that is neither PostgreSQL's own nor initdb's (FirstNormalObjectId). */
const OWN = 16_384;

const rare = `
SELECT o.type, o.identity, x.text
FROM (
  SELECT 'pg_operator'::regclass AS catalog, oid, concat_ws(' ', oprcode, oprcom::regoperator, oprnegate::regoperator, oprrest, oprjoin, oprcanmerge, oprcanhash)
  FROM pg_operator
  UNION ALL
  SELECT 'pg_cast'::regclass, oid, concat_ws(' ', castfunc::regprocedure, castcontext, castmethod) FROM pg_cast
  UNION ALL
  SELECT 'pg_collation'::regclass, oid, concat_ws(' ', collprovider, collisdeterministic, collcollate, collctype, colllocale, collicurules) FROM pg_collation
  UNION ALL
  SELECT 'pg_ts_config'::regclass, c.oid, (SELECT string_agg(concat_ws(' ', m.maptokentype, m.mapdict::regdictionary), ',' ORDER BY m.maptokentype, m.mapseqno) FROM pg_ts_config_map m WHERE m.mapcfg = c.oid)
  FROM pg_ts_config c
  UNION ALL
  SELECT 'pg_ts_dict'::regclass, oid, dictinitoption FROM pg_ts_dict
  UNION ALL
  SELECT 'pg_statistic_ext'::regclass, oid, pg_get_statisticsobjdef(oid) FROM pg_statistic_ext
  UNION ALL
  SELECT 'pg_foreign_server'::regclass, s.oid, concat_ws('|', w.fdwname, s.srvtype, s.srvversion, s.srvoptions)
  FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
  UNION ALL
  SELECT 'pg_event_trigger'::regclass, oid, concat_ws('|', evtevent, evtfoid::regprocedure, evtenabled, evttags) FROM pg_event_trigger
) AS x (catalog, oid, text)
CROSS JOIN LATERAL pg_identify_object(x.catalog, x.oid, 0) o
WHERE x.oid >= ${OWN} AND ${ownByNoExtension("x.catalog", "x.oid")}`;

/** All comments but those on tables and their columns, which count as part of the table. */
const comments = `
SELECT 'comment on', concat_ws(' ', o.type, o.identity), x.description
FROM pg_description x CROSS JOIN LATERAL pg_identify_object(x.classoid, x.objoid, x.objsubid) o
WHERE x.objoid >= ${OWN} AND x.classoid <> 'pg_extension'::regclass
  AND NOT EXISTS (SELECT FROM pg_class c WHERE x.classoid = 'pg_class'::regclass AND c.oid = x.objoid AND c.relkind NOT IN ('i', 'I'))
  AND ${ownByNoExtension("x.classoid", "x.objoid")}`;

/**
 * Lists every object that belongs to no extension, with a hash of its definition. `roles` are the policy's
 * two roles. One row, one JSON value.
 */
export function structureQuery(roles: readonly string[]): string {
  const array = `ARRAY[${roles.map((role) => `'${role.replaceAll("'", "''")}'`).join(", ")}]::text[]`;
  return `
SELECT coalesce(json_agg(json_build_object('kind', kind, 'name', name,
    'hash', lpad(to_hex(hashtextextended(coalesce(text, '') COLLATE "C", 0)), 16, '0')) ORDER BY kind, name), '[]') AS structure
FROM (${[relation, routine, type, schema, largeObjects, rare, comments].join("\nUNION ALL\n")}) AS objects (kind, name, text)`.replaceAll(
    "$roles$",
    () => array,
  );
}

/** Goes up with every change to the query: hashes of two versions cannot be compared. */
export const STRUCTURE_VERSION = 2;

/** Passed when each object of the source is there and defined alike, and no other. */
export function compareStructure(
  expected: readonly StructureObject[],
  restored: readonly StructureObject[],
): Check {
  const key = ({ kind, name }: StructureObject) => `${kind} ${name}`;
  const found = new Map(restored.map((object) => [key(object), object.hash]));
  const wanted = new Set(expected.map(key));
  const missing = expected.filter((object) => !found.has(key(object)));
  const changed = expected.filter(
    (object) => found.has(key(object)) && found.get(key(object)) !== object.hash,
  );
  const extra = restored.filter((object) => !wanted.has(key(object)));
  const trouble = [
    named("missing", missing, key),
    named("different", changed, key),
    named("unexpected", extra, key),
  ].filter(Boolean);
  if (trouble.length > 0) {
    return failed(
      "structure",
      `The restored structure is not the source's: ${trouble.join("; ")}.`,
      "Restore this backup by hand and compare `pg_dump --schema-only` of both; report it if they agree.",
    );
  }
  return passed(
    "structure",
    `All ${expected.length} objects are there and defined as in the source.`,
  );
}

function named<T>(what: string, objects: readonly T[], key: (object: T) => string): string {
  if (objects.length === 0) return "";
  const shown = objects.slice(0, 5).map(key).join(", ");
  return `${objects.length} ${what} (${shown}${objects.length > 5 ? ", …" : ""})`;
}
