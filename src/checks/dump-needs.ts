import type { ArchiveEntry, TableOfContents } from "../backups/table-of-contents.ts";
import { UserMistake } from "../failure.ts";
import { counted } from "../words/count.ts";
import { literal } from "./sql.ts";

/** What a dump needs from the server that it is restored into. */
export interface DumpNeeds {
  /** Roles that own something in it, or are granted something. */
  readonly roles: readonly string[];
  readonly extensions: readonly ExtensionNeed[];
  /** The major version of the server that it was dumped from. */
  readonly major: number;
}

export interface ExtensionNeed {
  readonly name: string;
  readonly schema: string;
}

/** What the server offers, and which versions of these extensions. One row, one JSON value. */
export function serverOffersQuery(
  production: string,
  extensions: readonly ExtensionNeed[],
): string {
  const names = extensions.map(({ name }) => literal(name)).join(", ");
  return `
SELECT json_build_object('roles', (SELECT json_agg(rolname) FROM pg_roles),
  'extensions', (SELECT json_agg(name) FROM pg_available_extensions),
  'prepared', (SELECT count(*) FROM pg_prepared_xacts WHERE database = ${literal(production)}),
  'number', current_setting('server_version_num')::int, 'version', current_setting('server_version'),
  'installable', (SELECT coalesce(json_agg(v.name || ' ' || v.version), '[]') FROM pg_available_extension_versions v
    WHERE v.name = ANY (ARRAY[${names}]::text[]))) AS offers`;
}

export interface ServerOffers {
  readonly roles: readonly string[];
  readonly extensions: readonly string[];
  /** `name version` of each version that it can create. */
  readonly installable: readonly string[];
  /** Prepared transactions of the production database. */
  readonly prepared: number;
  readonly number: number;
  readonly version: string;
}

/** The entries whose statements name roles and extensions. */
export function relevantEntries({ entries }: TableOfContents): readonly ArchiveEntry[] {
  return entries.filter(({ kind }) => ["ACL", "DEFAULT ACL", "EXTENSION"].includes(kind));
}

/** `statements` are those of the telling entries; `withOwners` says whether ownership is restored, too. */
export function dumpNeeds(
  contents: TableOfContents,
  statements: string,
  withOwners: boolean,
): DumpNeeds {
  const owners = withOwners ? contents.entries.map(({ owner }) => owner).filter(Boolean) : [];
  const granted = [
    ...statements.matchAll(
      /^(?:GRANT|ALTER DEFAULT PRIVILEGES) .* TO (.+?)(?: WITH GRANT OPTION)?;$/gm,
    ),
  ].map(([, role = ""]) => unquoted(role));
  const extensions = [
    ...statements.matchAll(/^CREATE EXTENSION IF NOT EXISTS (.+?) WITH SCHEMA (.+);$/gm),
  ].map(([, name = "", schema = ""]) => ({ name: unquoted(name), schema: unquoted(schema) }));
  const roles = new Set([...owners, ...granted]);
  roles.delete("PUBLIC");
  return {
    roles: [...roles],
    extensions,
    major: Number.parseInt(contents.serverVersion, 10),
  };
}

function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}

/** Throws UserMistake with the reason when the server lacks something. */
export function refuseUnmet(backup: string, needs: DumpNeeds, offers: ServerOffers): void {
  const major = Math.floor(offers.number / 10_000);
  if (needs.major > major) {
    throw new UserMistake({
      what: `${backup} was dumped from PostgreSQL ${needs.major}, and this server runs ${offers.version}.`,
      why: "A dump holds what a newer server can do and an older one cannot: it can be restored only into the same or a newer version.",
      state: "Nothing was changed.",
      next: `Run PostgreSQL ${needs.major} or newer in the \`db\` service, or restore a backup of an older one.`,
    });
  }
  const extensions = needs.extensions.filter(({ name }) => !offers.extensions.includes(name));
  if (extensions.length > 0) {
    throw new UserMistake({
      what: `The server cannot create ${extensions.map(({ name }) => `\`${name}\``).join(", ")}, which ${backup} needs.`,
      why: "The extension is not installed in the image of the `db` service.",
      state: "Nothing was changed.",
      next: "Use the image that the backup was taken with: OpenSPP 2 runs postgis/postgis:18-3.6-alpine.",
    });
  }
  const roles = needs.roles.filter((role) => !offers.roles.includes(role));
  if (roles.length > 0) {
    throw new UserMistake({
      what: `The server has no role ${roles.map((role) => `\`${role}\``).join(", ")}, which ${backup} names as an owner or grants rights to.`,
      state: "Nothing was changed.",
      next: `Create ${roles.length === 1 ? "it" : "them"} first: ${roles.map((role) => `CREATE ROLE ${JSON.stringify(role)};`).join(" ")}`,
    });
  }
  if (offers.prepared > 0) {
    throw new UserMistake({
      what: `Production has ${counted(offers.prepared, "prepared transaction")}, and can be neither renamed nor dropped meanwhile.`,
      state: "Nothing was changed.",
      next: "See them with SELECT * FROM pg_prepared_xacts, and end each there: COMMIT PREPARED or ROLLBACK PREPARED.",
    });
  }
}
