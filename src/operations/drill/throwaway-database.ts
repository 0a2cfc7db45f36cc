import type { Manifest } from "../../backups/manifest.ts";
import { identifier, literal } from "../../checks/sql.ts";
import { commentOnDatabase, UNMARKED_SUFFIX } from "../../commands/databases.ts";
import { UserMistake } from "../../failure.ts";
import { counted } from "../../words/count.ts";
import { APPLICATION } from "../application.ts";
import { dropLeftover, type Leftovers, tryDropLeftover } from "../drop-leftover.ts";
import { createMarked } from "../proof/create-database.ts";
import type { Run } from "../run.ts";

/**
 * The comments that say that this project may drop a database. A database without one is never dropped. They name the
 * production database, since deployments that share a server do not share a lock.
 */
export const throwawayMark = (production: string) =>
  `${APPLICATION}: throwaway database of a restore drill of ${production}; the next run drops it`;
const keptThrowawayMark = (production: string) =>
  `${APPLICATION}: kept after a restore drill of ${production}, as asked; the next drill drops it`;

/** Path in the backup container. The list of what is restored is there during the restore. */
export const RESTORE_LIST = "/tmp/openspp-backup.list";

/** They speed up the restore, and are safe only for a database that nobody needs after a crash. */
export const THROWAWAY_SETTINGS: Readonly<Record<string, string>> = {
  synchronous_commit: "off",
  maintenance_work_mem: "256MB",
  max_parallel_maintenance_workers: "0",
  jit: "off",
};

export interface FoundDatabase {
  readonly name: string;
  readonly comment: string | null;
  readonly foreignSessions: number;
}

/** `locale` is the source's. The database belongs to the data's owner and carries the mark. */
export async function createThrowaway(
  run: Run,
  name: string,
  locale: Manifest["locale"],
): Promise<void> {
  const { session, deployment } = run;
  await createMarked(session, {
    name,
    owner: deployment.database.owner.name,
    locale,
    comment: throwawayMark(deployment.database.name),
    finish: (unmarked) =>
      Object.entries(THROWAWAY_SETTINGS).map(
        ([setting, value]) =>
          `ALTER DATABASE ${identifier(unmarked)} SET ${setting} = ${literal(value)}`,
      ),
  });
}

/** The next drill drops it. */
export async function keepThrowaway({ session, deployment }: Run, name: string): Promise<void> {
  await session.batch([commentOnDatabase(name, keptThrowawayMark(deployment.database.name))]);
}

/**
 * Drops the database with this name if it carries a mark of this project, also a kept one. Returns a sentence if there was
 * one. Throws UserMistake when it carries no mark, or somebody works in it; NotDropped when something else keeps it.
 */
export async function dropThrowaway(run: Run, name: string): Promise<readonly string[]> {
  const production = run.deployment.database.name;
  const found = await run.session.value<FoundDatabase[]>(findQuery(`d.datname = ${literal(name)}`));
  for (const database of found) {
    refuseForeign(database, [throwawayMark(production), keptThrowawayMark(production)]);
  }
  for (const { name } of found) await dropLeftover(run, name);
  return tellDropped(run, found);
}

/** SQL that finds the databases of dead drills, whatever their names. One in which somebody works is left out. */
export function deadThrowawaysQuery({ deployment }: Run): string {
  const marked = `shobj_description(d.oid, 'pg_database') = ${literal(throwawayMark(deployment.database.name))}`;
  const unmarked = `right(d.datname, ${UNMARKED_SUFFIX.length}) = ${literal(UNMARKED_SUFFIX)}`;
  return findQuery(
    `(${marked} OR ${unmarked}) AND d.datname <> ${literal(deployment.database.name)} AND ${FOREIGN_SESSIONS} = 0`,
  );
}

/**
 * The caller has made sure that they carry a mark. Returns a sentence for each that was dropped. What keeps one is a warning:
 * it stops no backup.
 */
export async function dropFound(
  run: Leftovers,
  databases: readonly FoundDatabase[],
): Promise<readonly string[]> {
  const dropped: FoundDatabase[] = [];
  for (const database of databases) {
    if (await tryDropLeftover(run, database.name)) dropped.push(database);
  }
  return tellDropped(run, dropped);
}

function tellDropped(
  { journal }: Pick<Run, "journal">,
  databases: readonly FoundDatabase[],
): readonly string[] {
  const sentences = databases.map(({ name }) => `Dropped the throwaway database ${name}.`);
  for (const sentence of sentences) journal.log.info(sentence);
  return sentences;
}

const FOREIGN_SESSIONS = `(SELECT count(*) FROM pg_stat_activity a WHERE a.datid = d.oid
    AND a.backend_type = 'client backend' AND a.application_name NOT LIKE ${literal(`${APPLICATION} %`)})`;

/** `condition` is SQL on pg_database `d`; it is not escaped. */
function findQuery(condition: string): string {
  return `
SELECT coalesce(json_agg(json_build_object('name', d.datname, 'comment', shobj_description(d.oid, 'pg_database'),
  'foreignSessions', ${FOREIGN_SESSIONS})), '[]') AS found
FROM pg_database d WHERE ${condition}`;
}

function refuseForeign(
  { name, comment, foreignSessions }: FoundDatabase,
  marks: readonly string[],
): void {
  if (comment === null || !marks.includes(comment)) {
    throw new UserMistake({
      what: `A database \`${name}\` exists already, and it is not ours.`,
      why: "It does not have the comment that this project gives its throwaway databases.",
      next: "Choose another name with `throwaway-database`, or drop it yourself if nobody needs it.",
    });
  }
  if (foreignSessions > 0) {
    throw new UserMistake({
      what: `Somebody is working in the throwaway database \`${name}\` (${counted(foreignSessions, "session")}).`,
      next: "Ask them to disconnect; the next drill drops it.",
    });
  }
}
