import type { Manifest } from "../backups/manifest.ts";
import { identifier, literal } from "../checks/sql.ts";

/**
 * Statements on whole databases. `CREATE` and `DROP DATABASE` cannot be in a transaction. The
 * others can.
 */

export interface NewDatabase {
  readonly name: string;
  readonly owner: string;
  readonly locale: Manifest["locale"];
  /** Without it, the server's default. */
  readonly tablespace?: string;
}

export function createDatabase({ name, owner, locale, tablespace }: NewDatabase): string {
  const where = tablespace === undefined ? "" : ` TABLESPACE ${identifier(tablespace)}`;
  return `CREATE DATABASE ${identifier(name)} OWNER ${identifier(owner)} TEMPLATE template0 ${localeClause(locale)}${where}`;
}

/**
 * A database has this suffix until it has its mark. If the run dies in between, the suffix says
 * that it is ours.
 */
export const UNMARKED_SUFFIX = "__openspp_backup_new";

/** The name of a database until it has its mark. */
export function unmarkedNameOf(name: string): string {
  return `${name.slice(0, 63 - UNMARKED_SUFFIX.length)}${UNMARKED_SUFFIX}`;
}

/** A database that has its mark from the moment that it has its name. */
export interface NewMarkedDatabase extends NewDatabase {
  /** The mark, as the database's comment. */
  readonly comment: string;
  /** Statements for the database before it gets its name, on the name that it has until then. */
  readonly finish?: (unmarked: string) => readonly string[];
}

/** The first statement cannot be in a transaction with the others. */
export function createMarkedStatements({
  comment,
  finish,
  ...database
}: NewMarkedDatabase): [create: string, ...rest: string[]] {
  const unmarked = unmarkedNameOf(database.name);
  return [
    createDatabase({ ...database, name: unmarked }),
    commentOnDatabase(unmarked, comment),
    ...(finish?.(unmarked) ?? []),
    renameDatabase(unmarked, database.name),
  ];
}

/** For `CREATE DATABASE`, from the columns of pg_database (PostgreSQL manual, "Locale Providers"). */
function localeClause({
  encoding,
  provider,
  collate,
  ctype,
  locale,
  icuRules,
}: Manifest["locale"]): string {
  const words: Readonly<Record<string, string>> = { b: "builtin", i: "icu", c: "libc" };
  const own: Readonly<Record<string, string>> = { b: "BUILTIN_LOCALE", i: "ICU_LOCALE" };
  return [
    `ENCODING ${literal(encoding)} LOCALE_PROVIDER ${words[provider] ?? "libc"}`,
    `LC_COLLATE ${literal(collate)} LC_CTYPE ${literal(ctype)}`,
    ...(locale !== null && own[provider] ? [`${own[provider]} ${literal(locale)}`] : []),
    ...(icuRules !== null ? [`ICU_RULES ${literal(icuRules)}`] : []),
  ].join(" ");
}

/** It also ends all sessions on the database. */
export function dropDatabase(name: string): string {
  return `DROP DATABASE IF EXISTS ${identifier(name)} WITH (FORCE)`;
}

/** If not allowed, nobody can connect, not even a superuser. */
export function allowConnections(name: string, allow: boolean): string {
  return `ALTER DATABASE ${identifier(name)} ALLOW_CONNECTIONS ${allow}`;
}

/** It waits 5 s for others to leave the database, then fails. */
export function renameDatabase(from: string, to: string): string {
  return `ALTER DATABASE ${identifier(from)} RENAME TO ${identifier(to)}`;
}

/** Null removes the comment. */
export function commentOnDatabase(name: string, text: string | null): string {
  return `COMMENT ON DATABASE ${identifier(name)} IS ${text === null ? "NULL" : literal(text)}`;
}

/** One database takes production's name, and the database that had this name gets another. */
export interface NameExchange {
  readonly production: string;
  readonly incoming: string;
  /** Production's comment afterwards. */
  readonly comment: string | null;
  /** The former production's new name and comment. Absent where there is no production. */
  readonly aside?: { readonly name: string; readonly comment: string | null };
}

/**
 * The statements are for one transaction: whatever happens, production is either the one database
 * or the other. While it waits for others to leave, nobody can connect to either.
 */
export function exchangeStatements({
  production,
  incoming,
  comment,
  aside,
}: NameExchange): readonly string[] {
  return [
    "BEGIN",
    ...(aside
      ? [renameDatabase(production, aside.name), commentOnDatabase(aside.name, aside.comment)]
      : []),
    renameDatabase(incoming, production),
    commentOnDatabase(production, comment),
    "COMMIT",
  ];
}

/** Ends all sessions on the database, and answers how many there were. */
export function endSessions(name: string): string {
  return `SELECT count(pg_terminate_backend(pid))::int AS ended FROM pg_stat_activity WHERE datname = ${literal(name)} AND pid <> pg_backend_pid()`;
}
