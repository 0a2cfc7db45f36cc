import { identifier, literal } from "../checks/sql.ts";

/** Statements on roles, which belong to a whole server: one of ours carries a comment by which it is known to be ours to drop. */

/** Given names and a mark, return the statements that create these roles; no one can log in as them. */
export function createMarkedRoles(names: readonly string[], mark: string): readonly string[] {
  return names.flatMap((name) => [
    `CREATE ROLE ${identifier(name)} NOLOGIN`,
    `COMMENT ON ROLE ${identifier(name)} IS ${literal(mark)}`,
  ]);
}

/** Given a mark, return the query that answers the roles that carry it. One row, one JSON value. */
export function markedRolesQuery(mark: string): string {
  return `
SELECT coalesce(json_agg(rolname ORDER BY rolname), '[]') AS roles FROM pg_roles
WHERE shobj_description(oid, 'pg_authid') = ${literal(mark)}`;
}

/** Given a name, return the statement that drops a role; it fails while something belongs to it. */
export function dropRole(name: string): string {
  return `DROP ROLE IF EXISTS ${identifier(name)}`;
}
