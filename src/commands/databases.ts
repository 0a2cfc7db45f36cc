import type { Manifest } from "../backups/manifest.ts";
import { identifier, literal } from "../checks/sql.ts";

/** Statements on whole databases. `CREATE` and `DROP DATABASE` cannot stand in a transaction; the others can. */

export interface NewDatabase {
  readonly name: string;
  readonly owner: string;
  readonly locale: Manifest["locale"];
  /** The server's default without it. */
  readonly tablespace?: string;
}

/** Given a name, an owner and a source's locale, return the statement that creates an empty database of them. */
export function createDatabase({ name, owner, locale, tablespace }: NewDatabase): string {
  const where = tablespace === undefined ? "" : ` TABLESPACE ${identifier(tablespace)}`;
  return `CREATE DATABASE ${identifier(name)} OWNER ${identifier(owner)} TEMPLATE template0 ${localeClause(locale)}${where}`;
}

/** A database carries this suffix until it carries the mark: one that died in between is ours by its name. */
export const UNMARKED_SUFFIX = "__openspp_backup_new";

/** Given the name of a database of ours, return the one that it has until it carries its mark. */
export function unmarkedNameOf(name: string): string {
  return `${name.slice(0, 63 - UNMARKED_SUFFIX.length)}${UNMARKED_SUFFIX}`;
}

/** A database that carries its mark from the moment that it has its name. */
export interface NewMarkedDatabase extends NewDatabase {
  /** The mark. */
  readonly comment: string;
  /** What is to be done before it gets its name, given the one that it has till then. */
  readonly finish?: (unmarked: string) => readonly string[];
}

/** Given what to create, return the statements that do it; the first cannot stand in a transaction with the others. */
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

/** As `CREATE DATABASE` takes what pg_database holds (PostgreSQL manual, "Locale Providers"). */
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

/** Given a database, return the statement that drops it and ends whoever is connected to it. */
export function dropDatabase(name: string): string {
  return `DROP DATABASE IF EXISTS ${identifier(name)} WITH (FORCE)`;
}

/** Given a database, return the statement by which anybody, or nobody, not even a superuser, can connect to it. */
export function allowConnections(name: string, allow: boolean): string {
  return `ALTER DATABASE ${identifier(name)} ALLOW_CONNECTIONS ${allow}`;
}

/** Given two names, return the statement that renames a database. It waits 5 s for others to leave it, then fails. */
export function renameDatabase(from: string, to: string): string {
  return `ALTER DATABASE ${identifier(from)} RENAME TO ${identifier(to)}`;
}

/** Given a database and a text, or null for none, return the statement that makes it the database's comment. */
export function commentOnDatabase(name: string, text: string | null): string {
  return `COMMENT ON DATABASE ${identifier(name)} IS ${text === null ? "NULL" : literal(text)}`;
}

/** Two databases that exchange names: one comes in as production, and the one that was production goes aside. */
export interface NameExchange {
  readonly production: string;
  readonly incoming: string;
  /** The comment that production has from then on. */
  readonly comment: string | null;
  /** Where the present production goes, and its comment there; nothing where there is no production. */
  readonly aside?: { readonly name: string; readonly comment: string | null };
}

/**
 * Given an exchange, return the statements that make it in one transaction: whatever happens, production is wholly the
 * one or wholly the other. While it waits for others to leave, nobody can connect to either.
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

/** Given a database, return the statement that ends whoever is connected to it and answers how many that were. */
export function endSessions(name: string): string {
  return `SELECT count(pg_terminate_backend(pid))::int AS ended FROM pg_stat_activity WHERE datname = ${literal(name)} AND pid <> pg_backend_pid()`;
}
