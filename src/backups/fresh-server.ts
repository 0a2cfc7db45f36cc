import type { Manifest } from "./manifest.ts";

/** What a server needs to restore a backup that may be all that is left of the deployment. */

/** What OpenSPP 2's production compose file runs. */
const REFERENCE = { postgresql: "18", postgis: "3.6" };

/** Odoo's role in OpenSPP's compose file. */
const ODOO = "odoo";

/** The official PostGIS image with the backup's versions; without a manifest, with the reference's. */
export function imageOf(manifest?: Manifest): string {
  const postgis = manifest?.extensions.find(({ name }) => name === "postgis")?.version;
  const minor = /^\d+\.\d+/.exec(postgis ?? "")?.[0] ?? REFERENCE.postgis;
  const major = manifest ? Math.floor(manifest.server.number / 10_000) : REFERENCE.postgresql;
  return `postgis/postgis:${major}-${minor}-alpine`;
}

/** The names of the policy's two roles. What the user gives wins over the manifest. */
export function rolesOf(
  manifest: Manifest | undefined,
  given: { readonly databaseUser?: string | undefined; readonly adminUser?: string | undefined },
): { readonly owner: string; readonly admin: string } {
  const owner = given.databaseUser ?? manifest?.roles?.owner ?? ODOO;
  return { owner, admin: given.adminUser ?? manifest?.roles?.admin ?? owner };
}
