import type { ServerFacts } from "../../checks/server-facts.ts";
import { identifier, literal } from "../../checks/sql.ts";
import type { Database } from "../../deployment/deployment.ts";
import type { Archive } from "./open-archive.ts";

/** What creates an archive's extensions in an empty database before the rest is restored. */
export interface ExtensionsToCreate {
  /** For the admin role, with `public` in the search path: the tiger geocoder's script looks for geometry there. */
  readonly statements: readonly string[];
  /** Schemas that exist afterwards. */
  readonly schemas: readonly string[];
}

/** Each extension is created in the schema where the source had it, and in the source's version where the server has that. */
export function extensionsToCreate(
  { manifest, contents }: Pick<Archive, "manifest" | "contents">,
  facts: Pick<ServerFacts, "extensions" | "installable">,
  { owner, admin }: Pick<Database, "owner" | "admin">,
): ExtensionsToCreate {
  const names = contents.entries.filter(({ kind }) => kind === "EXTENSION").map(({ name }) => name);
  const known = manifest?.extensions ?? facts.extensions;
  const wanted = known.filter(({ name }) => names.includes(name));
  const statements = wanted.flatMap(({ name, version, schema }) => {
    const ofOwner = contents.entries.some(
      (entry) => entry.kind === "SCHEMA" && entry.name === schema && entry.owner === owner.name,
    );
    const role = identifier(ofOwner ? owner.name : admin.name);
    const inVersion = facts.installable.includes(`${name} ${version}`)
      ? ` VERSION ${literal(version)}`
      : "";
    return [
      `CREATE SCHEMA IF NOT EXISTS ${identifier(schema)} AUTHORIZATION ${role}`,
      `CREATE EXTENSION IF NOT EXISTS ${identifier(name)} SCHEMA ${identifier(schema)}${inVersion}`,
      ...(name === "unaccent" ? [immutableUnaccent(schema)] : []),
    ];
  });
  return { statements, schemas: wanted.map(({ schema }) => schema) };
}

/**
 * Odoo declares unaccent immutable when it makes a database (odoo/service/db.py), so that indexes can use it. A dump holds the
 * index but not the declaration. So a plain restore fails: `functions in index expression must be marked IMMUTABLE`.
 */
function immutableUnaccent(schema: string): string {
  return `ALTER FUNCTION ${identifier(schema)}.unaccent(text) IMMUTABLE`;
}
