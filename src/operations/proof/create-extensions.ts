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

/** The empty database, and the names that the policy's two roles have in the source. */
export interface CreatedIn {
  readonly database: string;
  readonly source?: { readonly owner: string; readonly admin: string } | undefined;
}

/**
 * Each extension is created in the schema where the source had it, and in the source's version where the server has that. Its
 * owner is the source's.
 */
export function extensionsToCreate(
  { manifest, contents }: Pick<Archive, "manifest" | "contents">,
  facts: Pick<ServerFacts, "extensions" | "installable">,
  { owner, admin }: Pick<Database, "owner" | "admin">,
  { database, source = { owner: owner.name, admin: admin.name } }: CreatedIn,
): ExtensionsToCreate {
  const here = new Map([
    [source.admin, admin.name],
    [source.owner, owner.name],
  ]);
  const roleHere = (name: string) => here.get(name) ?? name;
  const names = contents.entries.filter(({ kind }) => kind === "EXTENSION").map(({ name }) => name);
  const known = manifest?.extensions ?? facts.extensions;
  const wanted = known.filter(({ name }) => names.includes(name));
  const statements = wanted.flatMap(({ name, version, schema, owner: creator = source.admin }) => {
    const schemaEntry = contents.entries.find(
      (entry) => entry.kind === "SCHEMA" && entry.name === schema,
    );
    const inVersion = facts.installable.includes(`${name} ${version}`)
      ? ` VERSION ${literal(version)}`
      : "";
    const create = `CREATE EXTENSION IF NOT EXISTS ${identifier(name)} SCHEMA ${identifier(schema)}${inVersion}`;
    const role = roleHere(creator);
    return [
      ...createSchema(schema, roleHere(schemaEntry?.owner || source.admin)),
      role === admin.name
        ? create
        : createAs(role, create, { name, database, databaseOwner: owner.name }),
      ...(name === "unaccent" ? [immutableUnaccent(schema)] : []),
    ];
  });
  return { statements, schemas: wanted.map(({ schema }) => schema) };
}

/** No statement for a schema that every database has. */
export function createSchema(schema: string, owner: string): readonly string[] {
  if (ALWAYS_THERE.test(schema)) return [];
  return [`CREATE SCHEMA IF NOT EXISTS ${identifier(schema)} AUTHORIZATION ${identifier(owner)}`];
}

/** `CREATE SCHEMA` refuses names that begin with `pg_`, also with IF NOT EXISTS. */
const ALWAYS_THERE = /^(?:pg_|public$|information_schema$)/;

interface OwnedExtension {
  readonly name: string;
  readonly database: string;
  readonly databaseOwner: string;
}

/**
 * ALTER EXTENSION has no OWNER TO, so another role than the admin's creates its extensions itself. To create a trusted one it
 * needs CREATE on the database, which the database's owner has; a GRANT would leave a trace in the rights. A role that may not
 * create it (it was a superuser once) gets it, with its members, from a superuser that exists only in this transaction.
 */
function createAs(
  role: string,
  create: string,
  { name, database, databaseOwner }: OwnedExtension,
): string {
  const giveTo = (to: string) =>
    `ALTER DATABASE ${identifier(database)} OWNER TO ${identifier(to)};`;
  const isTrusted = `EXISTS (SELECT FROM pg_available_extension_versions v WHERE v.name = ${literal(name)} AND v.trusted)`;
  const isSuperuser = `(SELECT r.rolsuper FROM pg_roles r WHERE r.rolname = ${literal(role)})`;
  return `DO ${literal(`BEGIN
  IF ${isSuperuser} OR ${isTrusted} THEN
    ${giveTo(role)}
    SET LOCAL ROLE ${identifier(role)};
    ${create};
    RESET ROLE;
    ${giveTo(databaseOwner)}
  ELSE
    CREATE ROLE ${ONCE} SUPERUSER NOLOGIN;
    SET LOCAL ROLE ${ONCE};
    ${create};
    RESET ROLE;
    REASSIGN OWNED BY ${ONCE} TO ${identifier(role)};
    DROP ROLE ${ONCE};
  END IF;
END`)}`;
}

const ONCE = "openspp_backup_creates_extension";

/**
 * Odoo declares unaccent immutable when it makes a database (odoo/service/db.py), so that indexes can use it. A dump holds the
 * index but not the declaration. So a plain restore fails: `functions in index expression must be marked IMMUTABLE`.
 */
function immutableUnaccent(schema: string): string {
  return `ALTER FUNCTION ${identifier(schema)}.unaccent(text) IMMUTABLE`;
}
