import type { Manifest } from "./manifest.ts";

/** What a server must have, on which a backup is restored that may be all that is left of the deployment. */

/** What OpenSPP 2's production compose file runs. */
const REFERENCE = { postgresql: "18", postgis: "3.6" };

/** Odoo's role in OpenSPP's compose file. */
const ODOO = "odoo";

/** Given a backup's manifest, return the image of the official PostGIS ones that has its versions; without one, the reference's. */
export function imageOf(manifest?: Manifest): string {
  const postgis = manifest?.extensions.find(({ name }) => name === "postgis")?.version;
  const minor = /^\d+\.\d+/.exec(postgis ?? "")?.[0] ?? REFERENCE.postgis;
  const major = manifest ? Math.floor(manifest.server.number / 10_000) : REFERENCE.postgresql;
  return `postgis/postgis:${major}-${minor}-alpine`;
}

/** Given a backup's manifest and what the user says of the roles, return the names of the policy's two roles. */
export function rolesOf(
  manifest: Manifest | undefined,
  given: { readonly databaseUser?: string | undefined; readonly adminUser?: string | undefined },
): { readonly owner: string; readonly admin: string } {
  const owner = given.databaseUser ?? manifest?.roles?.owner ?? ODOO;
  return { owner, admin: given.adminUser ?? manifest?.roles?.admin ?? owner };
}
