import {
  after,
  begins,
  type Statement,
  statementsOf,
  unquoted,
} from "../backups/dump-statements.ts";
import type { ListRule } from "../backups/restore-selection.ts";
import type { ArchiveEntry, TableOfContents } from "../backups/table-of-contents.ts";
import { UserMistake } from "../failure.ts";
import { counted } from "../words/count.ts";
import { literal } from "./sql.ts";

/** What a dump needs from the server that it is restored into. */
export interface DumpNeeds {
  /** Roles that own something in it, have a right to it or granted one, or are named otherwise. */
  readonly roles: readonly string[];
  readonly extensions: readonly ExtensionNeed[];
  readonly tablespaces: readonly string[];
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
  'extensions', (SELECT json_agg(name) FROM pg_available_extensions), 'tablespaces', (SELECT json_agg(spcname) FROM pg_tablespace),
  'subscriptions', (SELECT coalesce(json_agg(s.subname), '[]') FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid WHERE d.datname = ${literal(production)}),
  'prepared', (SELECT count(*) FROM pg_prepared_xacts WHERE database = ${literal(production)}),
  'number', current_setting('server_version_num')::int, 'version', current_setting('server_version'),
  'installable', (SELECT coalesce(json_agg(v.name || ' ' || v.version), '[]') FROM pg_available_extension_versions v
    WHERE v.name = ANY (ARRAY[${names}]::text[]))) AS offers`;
}

export interface ServerOffers {
  readonly roles: readonly string[];
  readonly extensions: readonly string[];
  readonly tablespaces: readonly string[];
  /** Subscriptions of the production database. */
  readonly subscriptions: readonly string[];
  /** `name version` of each version that it can create. */
  readonly installable: readonly string[];
  /** Prepared transactions of the production database. */
  readonly prepared: number;
  readonly number: number;
  readonly version: string;
}

/** Picks the entries whose statements name roles and extensions. */
export const TELLING_ENTRIES: readonly ListRule[] = [
  { action: "keep", lines: ["ACL ", "DEFAULT ACL ", "EXTENSION ", "POLICY ", "USER MAPPING "] },
];

/** What is known of a dump without its statements. */
interface KnownNeeds {
  /** The entries that are restored with their owner. */
  readonly admins: readonly ArchiveEntry[];
  /** Those that something is moved into. */
  readonly tablespaces: readonly string[];
  /** Roles that the manifest gives rights to. */
  readonly grantees?: readonly string[];
}

/** `statements` are those of the telling entries. */
export function dumpNeeds(
  contents: TableOfContents,
  statements: string,
  { admins, tablespaces, grantees = [] }: KnownNeeds,
): DumpNeeds {
  const owners = admins.filter(({ kind }) => !WITHOUT_OWNER.has(kind)).map(({ owner }) => owner);
  const parsed = statementsOf(statements);
  const roles = new Set([...owners, ...grantees, ...parsed.flatMap(rolesIn)]);
  for (const none of ["", "PUBLIC", "public"]) roles.delete(none);
  return {
    roles: [...roles],
    extensions: parsed.flatMap(extensionIn),
    tablespaces: [...new Set(tablespaces)],
    major: Number.parseInt(contents.serverVersion, 10),
  };
}

/** pg_restore does not give them the owner that their line names. */
const WITHOUT_OWNER: ReadonlySet<string> = new Set([
  "ACL",
  "DEFAULT ACL",
  "COMMENT",
  "SECURITY LABEL",
  "EXTENSION",
  "TABLE DATA",
  "USER MAPPING",
]);

/** Roles that are granted something or grant it, that a policy is for, or that have default privileges or a user mapping. */
function rolesIn(statement: Statement): readonly string[] {
  const named = (...words: string[]) => listOf(after(statement, ...words));
  if (begins(statement, "GRANT")) return named("TO");
  if (begins(statement, "REVOKE")) return named("FROM");
  if (begins(statement, "CREATE", "POLICY")) return named("TO");
  if (begins(statement, "CREATE", "USER", "MAPPING")) return named("FOR");
  if (begins(statement, "SET", "SESSION", "AUTHORIZATION")) return named("AUTHORIZATION");
  if (begins(statement, "ALTER", "DEFAULT", "PRIVILEGES")) {
    return [...named("FOR", "ROLE"), ...named("TO"), ...named("FROM")];
  }
  return [];
}

/** Names that are separated by commas, at the beginning of the tokens. `DEFAULT` is no role. */
function listOf(tokens: Statement | undefined = []): readonly string[] {
  const [first, comma] = tokens;
  if (first === undefined || first.text === "DEFAULT") return [];
  return [
    // pg_dump writes the name of a session's role as a literal.
    unquoted(first.text.replace(/^'(.*)'$/s, (_, text: string) => text.replaceAll("''", "'"))),
    ...(comma?.text === "," ? listOf(tokens.slice(2)) : []),
  ];
}

function extensionIn(statement: Statement): ExtensionNeed[] {
  if (!begins(statement, "CREATE", "EXTENSION", "IF", "NOT", "EXISTS")) return [];
  const [name, schema] = [statement[5], after(statement, "SCHEMA")?.[0]];
  return name && schema ? [{ name: unquoted(name.text), schema: unquoted(schema.text) }] : [];
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
      what: `The server has no role ${roles.map((role) => `\`${role}\``).join(", ")}, which ${backup} names as an owner, in a right or in a policy.`,
      state: "Nothing was changed.",
      next: `Create ${roles.length === 1 ? "it" : "them"} first: ${roles.map((role) => `CREATE ROLE ${JSON.stringify(role)};`).join(" ")}`,
    });
  }
  const tablespaces = needs.tablespaces.filter((one) => !offers.tablespaces.includes(one));
  if (tablespaces.length > 0) {
    throw new UserMistake({
      what: `The server has no tablespace ${tablespaces.map((one) => `\`${one}\``).join(", ")}, which ${backup} has tables or indexes in.`,
      state: "Nothing was changed.",
      next: `Create ${tablespaces.length === 1 ? "it" : "them"} first: ${tablespaces.map((one) => `CREATE TABLESPACE ${JSON.stringify(one)} LOCATION '…';`).join(" ")}`,
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

/** A database with a subscription cannot be dropped. Throws UserMistake. */
export function refuseSubscriptions(production: string, { subscriptions }: ServerOffers): void {
  if (subscriptions.length === 0) return;
  const drop = subscriptions.map((name) => `DROP SUBSCRIPTION ${JSON.stringify(name)};`).join(" ");
  throw new UserMistake({
    what: `${production} has the subscription ${subscriptions.map((name) => `\`${name}\``).join(", ")}, so PostgreSQL does not let it be dropped.`,
    state: "Nothing was changed.",
    next: `Drop it first, in ${production}: ${drop} Or restore next to production: \`strategy: swap\`.`,
  });
}
