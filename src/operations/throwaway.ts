import type { Manifest } from "../backups/manifest.ts";
import { identifier, literal } from "../checks/sql.ts";
import { UserMistake } from "../failure.ts";
import { APPLICATION, type Run } from "./run.ts";

/** The comment by which a database is known to be ours to drop. Nothing without it is ever dropped. */
const MARK = `${APPLICATION}: throwaway database of a restore drill; the next run drops it`;

/** A database carries this suffix until it carries the mark: one that died in between is ours by its name. */
const UNMARKED_SUFFIX = "__openspp_backup_new";

/** Where the backup container keeps the list of what is restored, while it is restored. */
export const RESTORE_LIST = "/tmp/openspp-backup.list";

/** Settings that only speed up a database which nobody needs after a crash. */
export const THROWAWAY_SETTINGS: Readonly<Record<string, string>> = {
  synchronous_commit: "off",
  maintenance_work_mem: "256MB",
  max_parallel_maintenance_workers: "0",
  wal_compression: "on",
  jit: "off",
};

interface Found {
  readonly name: string;
  readonly comment: string | null;
  readonly foreignSessions: number;
}

/**
 * Given a run and a source's locale, create the throwaway database, owned by the data's owner, and mark it.
 * A database of ours with that name is dropped first. Throws UserMistake when the name is taken by one without
 * our mark, or somebody works in it.
 */
export async function createThrowaway(run: Run, locale: Manifest["locale"]): Promise<void> {
  const { session, deployment, settings } = run;
  const name = settings.drill.throwawayDatabase;
  await dropThrowaways(run);
  const unmarked = identifier(unmarkedNameOf(name));
  await session.batch([
    `CREATE DATABASE ${unmarked} OWNER ${identifier(deployment.database.owner.name)} TEMPLATE template0 ${localeClause(locale)}`,
  ]);
  await session.batch([
    `COMMENT ON DATABASE ${unmarked} IS ${literal(MARK)}`,
    ...Object.entries(THROWAWAY_SETTINGS).map(
      ([setting, value]) => `ALTER DATABASE ${unmarked} SET ${setting} = ${literal(value)}`,
    ),
    `ALTER DATABASE ${unmarked} RENAME TO ${identifier(name)}`,
  ]);
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

/** Given a run, drop the throwaway database if it is ours; return a sentence for each one dropped. */
export async function dropThrowaways(run: Run): Promise<readonly string[]> {
  const { session, settings, journal } = run;
  const name = settings.drill.throwawayDatabase;
  const found = await session.value<Found[]>(findQuery(name));
  const dropped: string[] = [];
  for (const database of found) {
    refuseForeign(database, name);
    await session.batch([`DROP DATABASE ${identifier(database.name)} WITH (FORCE)`]);
    dropped.push(`Dropped the throwaway database ${database.name}.`);
  }
  for (const sentence of dropped) journal.log.info(sentence);
  return dropped;
}

function unmarkedNameOf(name: string): string {
  return `${name.slice(0, 63 - UNMARKED_SUFFIX.length)}${UNMARKED_SUFFIX}`;
}

function findQuery(name: string): string {
  return `
SELECT coalesce(json_agg(json_build_object('name', d.datname, 'comment', shobj_description(d.oid, 'pg_database'),
  'foreignSessions', (SELECT count(*) FROM pg_stat_activity a WHERE a.datid = d.oid AND a.backend_type = 'client backend'
    AND a.application_name NOT LIKE ${literal(`${APPLICATION} %`)}))), '[]') AS found
FROM pg_database d WHERE d.datname IN (${literal(name)}, ${literal(unmarkedNameOf(name))})`;
}

function refuseForeign({ name, comment, foreignSessions }: Found, wanted: string): void {
  if (name === wanted && comment !== MARK) {
    throw new UserMistake({
      what: `A database \`${name}\` exists already, and it is not ours.`,
      why: "It does not carry the comment by which this project marks its throwaway databases.",
      state: "Nothing was changed.",
      next: "Choose another name with `throwaway-database`, or drop it yourself if nobody needs it.",
    });
  }
  if (foreignSessions > 0) {
    throw new UserMistake({
      what: `Somebody is working in the throwaway database \`${name}\` (${foreignSessions} sessions).`,
      state: "Nothing was changed.",
      next: "Ask them to disconnect; the next drill drops it.",
    });
  }
}
