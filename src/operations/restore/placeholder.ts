import {
  commentOf,
  type ExtraDatabase,
  extraDatabaseName,
  type FormerMark,
  type PlaceholderMark,
} from "../../backups/extra-databases.ts";
import { literal } from "../../checks/sql.ts";
import { allowConnections, dropDatabase } from "../../commands/databases.ts";
import { Failed, Unreachable } from "../../failure.ts";
import { formatMoment } from "../../words/moment.ts";
import type { LockedRun } from "../locked.ts";
import { createMarked } from "../proof/create-database.ts";
import { exchangeDatabases } from "./exchange-databases.ts";
import type { ServerRun } from "./server-run.ts";

/** Drops production; an empty database with the mark `vacant` has its name afterwards. The services must be stopped. */
export async function replaceWithPlaceholder(
  run: ServerRun,
  placeholder: PlaceholderMark,
  toBeDropped: FormerMark,
): Promise<void> {
  const { maintenance, deployment, facts, stamp } = run;
  const { name, admin } = deployment.database;
  const [incoming, before] = [
    extraDatabaseName(name, "vacant", stamp),
    extraDatabaseName(name, "before", stamp),
  ];
  await createMarked(maintenance, {
    name: incoming,
    owner: admin.name,
    locale: facts,
    comment: commentOf(placeholder),
    finish: (unmarked) => [allowConnections(unmarked, false)],
  });
  const aside = { name: before, comment: commentOf(toBeDropped) };
  let exchanged = false;
  try {
    await exchangeDatabases(run, {
      production: name,
      incoming,
      comment: commentOf(placeholder),
      aside,
    });
    exchanged = true;
    await maintenance.batch([dropDatabase(before)]);
  } catch (error) {
    if (error instanceof Unreachable) throw error;
    if (exchanged) {
      await restoreProductionName(run, placeholder, before);
      await dropVacant(run);
    } else await maintenance.batch([dropDatabase(incoming)]);
    throw error;
  }
}

/** `before` is the database that was to be dropped. It becomes production again. */
export async function restoreProductionName(
  run: LockedRun,
  placeholder: PlaceholderMark,
  before: string,
): Promise<void> {
  await takeProductionName(run, placeholder, {
    name: before,
    comment: placeholder.properties.comment,
  });
}

/**
 * The database must be complete. The placeholder is kept until the services run: after a reboot, only its mark says which
 * services were stopped.
 */
export async function takeProductionName(
  run: LockedRun,
  placeholder: PlaceholderMark | undefined,
  { name: incoming, comment }: { readonly name: string; readonly comment: string | null },
): Promise<void> {
  const { deployment, stamp } = run;
  const { name: production } = deployment.database;
  const aside = extraDatabaseName(production, "vacant", stamp);
  await exchangeDatabases(run, {
    production,
    incoming,
    comment,
    ...(placeholder && { aside: { name: aside, comment: commentOf(placeholder) } }),
  });
}

/** Call it when `takeProductionName` has given the name to another database. */
export async function dropVacant({ deployment, maintenance, stamp }: LockedRun): Promise<void> {
  await maintenance.batch([
    dropDatabase(extraDatabaseName(deployment.database.name, "vacant", stamp)),
  ]);
}

/**
 * The name of the database that was to be dropped, if it is still whole. PostgreSQL sets `datconnlimit` to -2 when it begins
 * to drop a database (manual, "pg_database").
 */
export async function databaseToBeDropped(
  { maintenance }: LockedRun,
  extraDatabases: readonly ExtraDatabase[],
): Promise<string | undefined> {
  const toBeDropped = extraDatabases.find(({ mark }) => mark.is === "former" && mark.doomed);
  if (!toBeDropped) return undefined;
  const whole = `SELECT datconnlimit <> -2 AS whole FROM pg_database WHERE datname = ${literal(toBeDropped.name)}`;
  return (await maintenance.value<boolean>(whole)) ? toBeDropped.name : undefined;
}

export function noProductionFailure({ of, backup, since, safety }: PlaceholderMark): Failed {
  const again = (which: string) => `openspp-backup restore --backup ${which} --strategy replace`;
  return new Failed({
    what: `There is no production database: ${of} was dropped at ${formatMoment(since)} for a restore of ${backup} that did not end.`,
    state: `${safetyBackupSentence(safety)} Nobody can connect to ${of} until a backup is restored.`,
    next: `Finish it: ${again(backup)}${safety ? `; or go back to what it was: ${again(safety)}` : ""}`,
  });
}

/** `safety` is the backup's name; null when none was taken. */
export function safetyBackupSentence(safety: string | null): string {
  return safety
    ? `As it was, it is in the safety backup ${safety}.`
    : "No safety backup was taken before: it was declined.";
}
