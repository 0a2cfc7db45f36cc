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

/** Given a run whose services are stopped, drop production; what carries the mark `vacant` has its name from then on. */
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
    ...{ name: incoming, owner: admin.name, locale: facts, comment: commentOf(placeholder) },
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

/** Given a run and the name of the database that was to be dropped, let it be production again. */
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
 * Given a run and a database that is whole, let it have production's name. What had it meanwhile stays next to it until the
 * services run: after a reboot, nothing but its mark says which were stopped.
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
    ...{ production, incoming, comment },
    ...(placeholder && { aside: { name: aside, comment: commentOf(placeholder) } }),
  });
}

/** Drops what had production's name, once `occupy` has given that to another database. */
export async function dropVacant({ deployment, maintenance, stamp }: LockedRun): Promise<void> {
  await maintenance.batch([
    dropDatabase(extraDatabaseName(deployment.database.name, "vacant", stamp)),
  ]);
}

/** Given databases beside production, return the one that was to be dropped, if it is whole: PostgreSQL marks one whose dropping began (`datconnlimit`, catalogue pg_database). */
export async function databaseToBeDropped(
  { maintenance }: LockedRun,
  extraDatabases: readonly ExtraDatabase[],
): Promise<string | undefined> {
  const toBeDropped = extraDatabases.find(({ mark }) => mark.is === "former" && mark.doomed);
  if (!toBeDropped) return undefined;
  const whole = `SELECT datconnlimit <> -2 AS whole FROM pg_database WHERE datname = ${literal(toBeDropped.name)}`;
  return (await maintenance.value<boolean>(whole)) ? toBeDropped.name : undefined;
}

/** Given the mark of what has production's name, return how things stand and how to go on. */
export function noProductionFailure({ of, backup, since, safety }: PlaceholderMark): Failed {
  const again = (which: string) => `openspp-backup restore --backup ${which} --strategy replace`;
  return new Failed({
    what: `There is no production database: ${of} was dropped at ${formatMoment(since)} for a restore of ${backup} that did not end.`,
    state: `${safetyBackupSentence(safety)} Nobody can connect to ${of} until a backup is restored.`,
    next: `Finish it: ${again(backup)}${safety ? `; or go back to what it was: ${again(safety)}` : ""}`,
  });
}

/** Given the name of the safety backup, or null, return where production is as it was. */
export function safetyBackupSentence(safety: string | null): string {
  return safety
    ? `As it was, it is in the safety backup ${safety}.`
    : "No safety backup was taken before: it was declined.";
}
