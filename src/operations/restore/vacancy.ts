import {
  commentOf,
  type Former,
  type SideDatabase,
  sideName,
  type Vacant,
} from "../../backups/side-database.ts";
import { literal } from "../../checks/sql.ts";
import { allowConnections, dropDatabase } from "../../commands/databases.ts";
import { Failed, Unreachable } from "../../failure.ts";
import { formatMoment } from "../../words/moment.ts";
import type { Locked } from "../locked.ts";
import { createMarked } from "../proof/create-database.ts";
import { exchange } from "./exchange.ts";
import type { ServerRun } from "./on-server.ts";

/** Given a run whose services are stopped, drop production; what carries the mark `vacant` has its name from then on. */
export async function vacate(run: ServerRun, vacant: Vacant, doomed: Former): Promise<void> {
  const { maintenance, deployment, facts, stamp } = run;
  const { name, admin } = deployment.database;
  const [incoming, before] = [sideName(name, "vacant", stamp), sideName(name, "before", stamp)];
  await createMarked(maintenance, {
    ...{ name: incoming, owner: admin.name, locale: facts, comment: commentOf(vacant) },
    finish: (unmarked) => [allowConnections(unmarked, false)],
  });
  const aside = { name: before, comment: commentOf(doomed) };
  let exchanged = false;
  try {
    await exchange(run, { production: name, incoming, comment: commentOf(vacant), aside });
    exchanged = true;
    await maintenance.batch([dropDatabase(before)]);
  } catch (error) {
    if (error instanceof Unreachable) throw error;
    if (exchanged) {
      await putBack(run, vacant, before);
      await dropVacant(run);
    } else await maintenance.batch([dropDatabase(incoming)]);
    throw error;
  }
}

/** Given a run and the name of the database that was to be dropped, let it be production again. */
export async function putBack(run: Locked, vacant: Vacant, before: string): Promise<void> {
  await occupy(run, vacant, { name: before, comment: vacant.properties.comment });
}

/**
 * Given a run and a database that is whole, let it have production's name. What had it meanwhile stays next to it until the
 * services run: after a reboot, nothing but its mark says which were stopped.
 */
export async function occupy(
  run: Locked,
  vacant: Vacant | undefined,
  { name: incoming, comment }: { readonly name: string; readonly comment: string | null },
): Promise<void> {
  const { deployment, stamp } = run;
  const { name: production } = deployment.database;
  const aside = sideName(production, "vacant", stamp);
  await exchange(run, {
    ...{ production, incoming, comment },
    ...(vacant && { aside: { name: aside, comment: commentOf(vacant) } }),
  });
}

/** Drops what had production's name, once `occupy` has given that to another database. */
export async function dropVacant({ deployment, maintenance, stamp }: Locked): Promise<void> {
  await maintenance.batch([dropDatabase(sideName(deployment.database.name, "vacant", stamp))]);
}

/** Given databases beside production, return the one that was to be dropped, if it is whole: PostgreSQL marks one whose dropping began (`datconnlimit`, catalogue pg_database). */
export async function doomedOne(
  { maintenance }: Locked,
  beside: readonly SideDatabase[],
): Promise<string | undefined> {
  const doomed = beside.find(({ mark }) => mark.is === "former" && mark.doomed);
  if (!doomed) return undefined;
  const whole = `SELECT datconnlimit <> -2 AS whole FROM pg_database WHERE datname = ${literal(doomed.name)}`;
  return (await maintenance.value<boolean>(whole)) ? doomed.name : undefined;
}

/** Given the mark of what has production's name, return how things stand and how to go on. */
export function vacancyTrouble({ of, backup, since, safety }: Vacant): Failed {
  const again = (which: string) => `openspp-backup restore --backup ${which} --strategy replace`;
  return new Failed({
    what: `There is no production database: ${of} was dropped at ${formatMoment(since)} for a restore of ${backup} that did not end.`,
    state: `${safetyOf(safety)} Nobody can connect to ${of} until a backup is restored.`,
    next: `Finish it: ${again(backup)}${safety ? `; or go back to what it was: ${again(safety)}` : ""}`,
  });
}

/** Given the name of the safety backup, or null, return where production is as it was. */
export function safetyOf(safety: string | null): string {
  return safety
    ? `As it was, it is in the safety backup ${safety}.`
    : "No safety backup was taken before: it was declined.";
}
