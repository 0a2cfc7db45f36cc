import {
  COMMENTED_QUERY,
  commentOf,
  type Former,
  type Incoming,
  type SideDatabase,
  sideDatabases,
} from "../../backups/side-database.ts";
import { commentOnDatabase, dropDatabase } from "../../commands/databases.ts";
import type { Deployment } from "../../deployment/deployment.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import { exchangeFilestores, removeFolders } from "../filestore/restore.ts";
import type { Locked } from "../locked.ts";

/** Given a run that holds the lock, return the databases beside production that restores made. */
export async function databasesBeside({
  maintenance,
  deployment,
}: Locked): Promise<readonly SideDatabase[]> {
  const commented = await maintenance.value<Parameters<typeof sideDatabases>[0]>(COMMENTED_QUERY);
  return sideDatabases(commented, deployment.database.name);
}

/**
 * Given a run that holds the lock, so that no restore is going on, and the databases beside production, settle the restores
 * that were interrupted: one that had not taken production's place is undone, one that had is confirmed once the services
 * are healthy. Returns a sentence for each.
 */
export async function settleRestores(
  run: Locked,
  beside: readonly SideDatabase[],
): Promise<readonly string[]> {
  const { journal } = run;
  const sentences: string[] = [];
  for (const { name, mark } of beside) {
    if (mark.is === "incoming") sentences.push(await dropIncoming(run, name, mark));
    if (mark.is === "former" && !mark.confirmed) sentences.push(await confirm(run, name, mark));
  }
  for (const sentence of sentences) journal.log.warning(sentence);
  return sentences;
}

async function dropIncoming(
  run: Locked,
  name: string,
  { of, backup, filestore }: Incoming,
): Promise<string> {
  if (filestore) await removeFolders(run, [filestore]);
  await run.maintenance.batch([dropDatabase(name)]);
  return `A restore of ${backup} did not end: it had not taken the place of ${of}. Dropped ${name}.`;
}

async function confirm(run: Locked, name: string, mark: Former): Promise<string> {
  const { maintenance, deployment, settings } = run;
  const { of, backup, until } = mark;
  const happened = `The restore of ${backup} was cut off after it had taken the place of ${of}`;
  // The database takes its place first; the filestore that goes with it may have been left where it was.
  try {
    if (mark.filestore) await exchangeFilestores(run, mark.filestore);
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    return `${happened}, and its filestore could not: ${error.explanation.why}. Go back: openspp-backup restore --undo`;
  }
  const ill = notServing(deployment, settings.restore.services);
  if (ill.length > 0) {
    return `${happened}, and ${ill.join(", ")}. Start them, or go back: openspp-backup restore --undo`;
  }
  await maintenance.batch([commentOnDatabase(name, commentOf({ ...mark, confirmed: true }))]);
  return `${happened}. The services are healthy on it, so it stays; the former database is kept as ${name} until ${until.slice(0, 10)}.`;
}

/** Given a deployment and names of services, return in words which of them do not serve: those with a health check must be healthy. */
export function notServing(
  { services }: Pick<Deployment, "services">,
  names: readonly string[],
): readonly string[] {
  return services
    .filter(({ name, created }) => names.includes(name) && created !== undefined)
    .filter(({ state }) => state !== "running" && state !== "running (healthy)")
    .map(({ name, state }) => `${name} is ${state}`);
}
