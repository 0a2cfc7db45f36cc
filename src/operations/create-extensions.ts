import { planRestore, type RestorePlan } from "../backups/restore-plan.ts";
import { EXTENSIONS_QUERY, type ExtensionVersion } from "../checks/server.ts";
import { identifier, literal } from "../checks/sql.ts";
import type { Session } from "../database/session.ts";
import type { Archive } from "./archive.ts";
import type { Run } from "./run.ts";

/** The script of postgis_tiger_geocoder resets search_path to the session's own, and then looks for geometry in it. */
export const CREATING_SETTINGS = { search_path: "public" } as const;

/** The relations that belong to an extension, as `schema.name`. One row, one JSON value. */
const EXTENSION_RELATIONS_QUERY = `
SELECT coalesce(json_agg(n.nspname || '.' || c.relname), '[]') AS relations
FROM pg_depend d JOIN pg_class c ON c.oid = d.objid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE d.classid = 'pg_class'::regclass AND d.deptype = 'e'`;

const INSTALLABLE_QUERY = `
SELECT json_agg(name || ' ' || version) AS versions FROM pg_available_extension_versions`;

/**
 * Given an opened archive and an admin session on the empty throwaway database, create the archive's extensions
 * where the source had them, in its versions where the server still has these, and return who restores what.
 */
export async function createExtensions(
  run: Run,
  archive: Archive,
  session: Session,
): Promise<RestorePlan> {
  const { manifest, contents } = archive;
  const names = contents.entries.filter(({ kind }) => kind === "EXTENSION").map(({ name }) => name);
  const [known, installable] = await Promise.all([
    manifest?.extensions ?? run.session.value<ExtensionVersion[]>(EXTENSIONS_QUERY),
    session.value<string[]>(INSTALLABLE_QUERY),
  ]);
  const wanted = known.filter(({ name }) => names.includes(name));
  const { owner, admin } = run.deployment.database;
  const statements = wanted.flatMap(({ name, version, schema }) => {
    const ofOwner = contents.entries.some(
      (entry) => entry.kind === "SCHEMA" && entry.name === schema && entry.owner === owner.name,
    );
    const role = identifier(ofOwner ? owner.name : admin.name);
    const inVersion = installable.includes(`${name} ${version}`)
      ? ` VERSION ${literal(version)}`
      : "";
    return [
      `CREATE SCHEMA IF NOT EXISTS ${identifier(schema)} AUTHORIZATION ${role}`,
      `CREATE EXTENSION IF NOT EXISTS ${identifier(name)} SCHEMA ${identifier(schema)}${inVersion}`,
      ...(name === "unaccent" ? [immutableUnaccent(schema)] : []),
    ];
  });
  const answers = await session.values([...statements, EXTENSION_RELATIONS_QUERY]);
  return planRestore(contents, {
    relations: new Set(answers.at(-1) as string[]),
    schemas: new Set(wanted.map(({ schema }) => schema)),
  });
}

/**
 * Odoo declares unaccent immutable when it makes a database (odoo/service/db.py), to index by it. A dump holds the
 * index and not the declaration, so that a plain restore fails: `functions in index expression must be marked IMMUTABLE`.
 */
function immutableUnaccent(schema: string): string {
  return `ALTER FUNCTION ${identifier(schema)}.unaccent(text) IMMUTABLE`;
}
