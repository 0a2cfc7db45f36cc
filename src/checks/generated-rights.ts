import type { Manifest } from "../backups/manifest.ts";
import { literal } from "./sql.ts";

/**
 * Rights that no dump holds: on the functions that PostgreSQL makes with a range type (`GRANT … ON ALL FUNCTIONS IN SCHEMA`
 * reaches them), and on the languages that are PostgreSQL's own, such as `sql`.
 */
export type GeneratedRights = NonNullable<Manifest["generatedRights"]>;

const grantsOf = (
  acl: string,
) => `(SELECT coalesce(json_agg(json_build_object('grantee', r.rolname, 'grantable', g.is_grantable) ORDER BY g.grantee), '[]')
   FROM aclexplode(${acl}) g LEFT JOIN pg_roles r ON r.oid = g.grantee)`;

/** One row, one JSON value. The name is quoted, a function's with its schema and arguments. */
export const GENERATED_RIGHTS_QUERY = `
SELECT coalesce(json_agg(json_build_object('kind', x.kind, 'name', x.name, 'grants', x.grants) ORDER BY x.kind, x.name), '[]') AS rights
FROM (
  SELECT 'FUNCTION' AS kind, i.identity AS name, ${grantsOf("p.proacl")} AS grants
  FROM pg_proc p CROSS JOIN LATERAL pg_identify_object('pg_proc'::regclass, p.oid, 0) i
  WHERE p.proacl IS NOT NULL AND EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
    AND d.refclassid = 'pg_type'::regclass AND d.deptype = 'i'
    AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = d.refclassid AND x.objid = d.refobjid AND x.deptype = 'e'))
  UNION ALL
  SELECT 'LANGUAGE', quote_ident(l.lanname), ${grantsOf("l.lanacl")}
  FROM pg_language l WHERE l.lanacl IS NOT NULL AND NOT l.lanispl) x`;

interface Kind {
  /** The type of the variable that holds what was found. */
  readonly type: string;
  readonly right: string;
  readonly owner: string;
  readonly find: (name: string) => string;
}

const KINDS: Readonly<Record<GeneratedRights[number]["kind"], Kind>> = {
  FUNCTION: {
    type: "regprocedure",
    right: "EXECUTE",
    owner: "SELECT pg_get_userbyid(proowner) FROM pg_catalog.pg_proc WHERE oid = object",
    find: (name) => `to_regprocedure(${literal(name)})`,
  },
  LANGUAGE: {
    type: "name",
    right: "USAGE",
    owner: "SELECT pg_get_userbyid(lanowner) FROM pg_catalog.pg_language WHERE lanname = object",
    find: (name) =>
      `(SELECT lanname FROM pg_catalog.pg_language WHERE quote_ident(lanname) = ${literal(name)})`,
  },
};

/**
 * Statements for the admin role. `roleHere` says how a role of the source is called here. The name of an object is only looked
 * up, never run as part of a statement: it comes from a file.
 */
export function restoreGeneratedRights(
  rights: GeneratedRights,
  roleHere: (name: string) => string,
): readonly string[] {
  return rights.map(({ kind, name, grants }) => {
    const given = grants.map(({ grantee, grantable }) => ({
      grantee: grantee === null ? null : roleHere(grantee),
      grantable,
    }));
    const { type, right, owner, find } = KINDS[kind];
    return `DO ${literal(`
DECLARE
  object ${type} := ${find(name)};
  given record;
BEGIN
  IF object IS NULL THEN RETURN; END IF;
  EXECUTE format('REVOKE ALL ON ${kind} %s FROM PUBLIC, %I', object, (${owner}));
  FOR given IN SELECT * FROM json_to_recordset(${literal(JSON.stringify(given))}) AS x (grantee text, grantable boolean) LOOP
    EXECUTE format('GRANT ${right} ON ${kind} %s TO %s', object, coalesce(quote_ident(given.grantee), 'PUBLIC'))
      || CASE WHEN given.grantable THEN ' WITH GRANT OPTION' ELSE '' END;
  END LOOP;
END`)}`;
  });
}
