import type { Manifest } from "../backups/manifest.ts";
import { literal } from "./sql.ts";

/**
 * Rights that no dump holds: those on the functions that PostgreSQL makes with a range type. `GRANT … ON ALL FUNCTIONS IN SCHEMA`
 * reaches them.
 */
export type GeneratedRights = NonNullable<Manifest["generatedRights"]>;

/** One row, one JSON value. `identity` is quoted, with its schema. */
export const GENERATED_RIGHTS_QUERY = `
SELECT coalesce(json_agg(json_build_object('routine', i.identity, 'grants',
  (SELECT coalesce(json_agg(json_build_object('grantee', r.rolname, 'grantable', g.is_grantable) ORDER BY g.grantee), '[]')
   FROM aclexplode(p.proacl) g LEFT JOIN pg_roles r ON r.oid = g.grantee)) ORDER BY i.identity), '[]') AS rights
FROM pg_proc p CROSS JOIN LATERAL pg_identify_object('pg_proc'::regclass, p.oid, 0) i
WHERE p.proacl IS NOT NULL AND EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
    AND d.refclassid = 'pg_type'::regclass AND d.deptype = 'i'
    AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = d.refclassid AND x.objid = d.refobjid AND x.deptype = 'e'))`;

/**
 * Statements for the admin role. `roleHere` says how a role of the source is called here. A name of a routine is only looked up,
 * never run as part of a statement: it comes from a file.
 */
export function restoreGeneratedRights(
  rights: GeneratedRights,
  roleHere: (name: string) => string,
): readonly string[] {
  return rights.map(({ routine, grants }) => {
    const given = grants.map(({ grantee, grantable }) => ({
      grantee: grantee === null ? null : roleHere(grantee),
      grantable,
    }));
    return `DO ${literal(`
DECLARE
  routine regprocedure := to_regprocedure(${literal(routine)});
  given record;
BEGIN
  IF routine IS NULL THEN RETURN; END IF;
  EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC, %I', routine,
    (SELECT pg_get_userbyid(proowner) FROM pg_catalog.pg_proc WHERE oid = routine));
  FOR given IN SELECT * FROM json_to_recordset(${literal(JSON.stringify(given))}) AS x (grantee text, grantable boolean) LOOP
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %s', routine, coalesce(quote_ident(given.grantee), 'PUBLIC'))
      || CASE WHEN given.grantable THEN ' WITH GRANT OPTION' ELSE '' END;
  END LOOP;
END`)}`;
  });
}
