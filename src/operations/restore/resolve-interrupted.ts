import {
  commentOf,
  type DatabaseMark,
  type ExtraDatabase,
  type FormerMark,
  type IncomingMark,
} from "../../backups/extra-databases.ts";
import { commentOnDatabase } from "../../commands/databases.ts";
import { startContainers } from "../../commands/services.ts";
import type { Deployment } from "../../deployment/deployment.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import { tryDropLeftover } from "../drop-leftover.ts";
import {
  exchangeFilestoreWithRecord,
  keptFilestoreOf,
  keptFilestores,
  removeKeptFilestore,
  saveKeptFilestore,
} from "../filestore/kept-filestores.ts";
import type { KeptFilestore } from "../filestore/kept-record.ts";
import { exchangeFilestores, removeFolders } from "../filestore/restore-filestore.ts";
import type { LockedRun } from "../locked.ts";
import {
  databaseToBeDropped,
  noProductionFailure,
  restoreProductionName,
  takeProductionName,
} from "./placeholder.ts";
import { type ServerState, serverState } from "./server-state.ts";
import { unhealthyService } from "./stop-services.ts";

/** How long services that were started here may take to become healthy. After it the run goes on. */
const START_SECONDS = 60;

/** What restores left on a deployment's database server, and next to its filestore. */
export interface RestoreLeftovers {
  readonly state: ServerState;
  readonly filestores: readonly KeptFilestore[];
}

export async function restoreLeftovers(run: LockedRun): Promise<RestoreLeftovers> {
  const [state, filestores] = await Promise.all([serverState(run), keptFilestores(run)]);
  return { state, filestores };
}

/**
 * Finishes or undoes restores that were interrupted. The run holds the lock, so no restore is going on. Returns a sentence
 * for each:
 *
 * - one that had not taken production's place is undone;
 * - one that had is confirmed when the services are healthy;
 * - one for which production was dropped is finished if it was proven; otherwise the sentence says how to go on.
 */
export async function resolveInterruptedRestores(
  run: LockedRun,
  { state: found, filestores }: RestoreLeftovers,
): Promise<readonly string[]> {
  const { journal } = run;
  const sentences = [...(await resolvePlaceholder(run, found, filestores))];
  const served: KeptFilestore[] = [];
  for (const record of filestores) {
    const { sentence, live } = await resolveFilestore(run, record);
    if (sentence) sentences.push(sentence);
    if (live) served.push(live);
  }
  const state = found.placeholder ? await serverState(run) : found;
  const filestoreErrors = await finishFilestores(run, state.extraDatabases);
  const started = state.placeholder ? [] : await startStopped(run, found, filestores);
  // Only now: the new record no longer names the services that were stopped.
  for (const record of served) await saveKeptFilestore(run, record);
  if (started.length > 0) {
    sentences.push(`Started ${started.join(", ")}, which a restore had stopped.`);
  }
  for (const { name, mark } of state.extraDatabases) {
    if (mark.is === "incoming") sentences.push(await dropIncoming(run, name, mark));
    else if (mark.is === "vacant" || (mark.is === "former" && mark.doomed)) {
      await tryDropLeftover(run, name);
    } else if (mark.is === "former" && (!mark.confirmed || mark.stopped)) {
      sentences.push(
        ...(await confirmRestore(run, name, mark, started, filestoreErrors.get(name))),
      );
    }
  }
  for (const sentence of sentences) journal.log.warning(sentence);
  return sentences;
}

/**
 * Production was dropped, or was about to be. The placeholder gives the name back to production if that is still whole, or
 * to the restored database if that was proven.
 */
async function resolvePlaceholder(
  run: LockedRun,
  { placeholder, extraDatabases }: ServerState,
  records: readonly KeptFilestore[],
): Promise<readonly string[]> {
  if (!placeholder) return [];
  const { of, backup, properties } = placeholder;
  const before = await databaseToBeDropped(run, extraDatabases);
  if (before !== undefined) {
    await restoreProductionName(run, placeholder, before);
    return [
      `A restore of ${backup} was cut off before it had dropped ${of}: that is production again, as it was.`,
    ];
  }
  const proven = extraDatabases.find(({ mark }) => mark.is === "incoming" && mark.proven);
  if (proven?.mark.is === "incoming") {
    await finishFilestoreOf(run, proven.mark, records);
    await takeProductionName(run, placeholder, { name: proven.name, comment: properties.comment });
    return [
      `A restore of ${proven.mark.backup} was cut off when all of it was proven: it is finished now, and ${of} is the restored database.`,
    ];
  }
  const { what, state } = noProductionFailure(placeholder).explanation;
  return [`${what} ${state}`];
}

/** The former filestore is kept until its date. Where there is no record yet, one is made from the database's mark. */
async function finishFilestoreOf(
  run: LockedRun,
  { filestore, since, backup }: IncomingMark,
  records: readonly KeptFilestore[],
): Promise<void> {
  if (!filestore) return;
  const known = records.some(({ aside }) => aside === filestore.aside);
  if (known) return exchangeFilestores(run, filestore);
  const dated = { ...run, facts: { now: since } };
  await exchangeFilestoreWithRecord(run, keptFilestoreOf(dated, backup, filestore, false));
}

/**
 * The database takes production's place first, so a cut may have left its filestore behind. Returns the errors of those that
 * could not follow, by the name of the former database.
 */
async function finishFilestores(
  run: LockedRun,
  extraDatabases: readonly ExtraDatabase[],
): Promise<ReadonlyMap<string, string>> {
  const errors = new Map<string, string>();
  for (const { name, mark } of extraDatabases) {
    if (mark.is !== "former" || mark.confirmed || mark.doomed || !mark.filestore) continue;
    try {
      await exchangeFilestores(run, mark.filestore);
    } catch (error) {
      if (!(error instanceof CommandFailed)) throw error;
      errors.set(name, error.reason);
    }
  }
  return errors;
}

/** The filestore becomes live if it was proven; otherwise it is removed. */
async function resolveFilestore(
  run: LockedRun,
  record: KeptFilestore,
): Promise<{ readonly sentence?: string; readonly live?: KeptFilestore }> {
  const { state, backup, aside, next, until, of, alone } = record;
  if (state === "live") return {};
  const cut = `A restore of the filestore of ${backup} was cut off`;
  if (state === "staging") {
    await removeKeptFilestore(run, record, next);
    return { sentence: `${cut} before it was proven: that of ${of} is as it was.` };
  }
  try {
    await exchangeFilestores(run, { next, aside });
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    return {
      sentence: `${cut} when it was proven, and it cannot become live: ${error.reason}.`,
    };
  }
  const { stopped: _, ...rest } = record;
  const back = alone ? " To go back: openspp-backup restore --undo" : "";
  return {
    live: { ...rest, state: "live" },
    sentence: `${cut} when it was proven: it is live now, and the former one is kept as ${aside} until ${until.slice(0, 10)}.${back}`,
  };
}

/** Returns the containers that had to be started. */
async function startStopped(
  { host, deployment, signal }: LockedRun,
  { placeholder, extraDatabases }: ServerState,
  filestores: readonly KeptFilestore[],
): Promise<readonly string[]> {
  const marks: readonly (DatabaseMark | KeptFilestore)[] = [
    ...(placeholder ? [placeholder] : []),
    ...extraDatabases.map(({ mark }) => mark),
    ...filestores,
  ];
  const stopped = new Set(marks.flatMap((mark) => ("stopped" in mark && mark.stopped) || []));
  const containers = deployment.services
    .filter(({ created, container }) => created && !container && stopped.has(created))
    .flatMap(({ created }) => created ?? []);
  if (containers.length > 0) await host.run(startContainers(containers), { signal });
  return containers;
}

async function dropIncoming(
  run: LockedRun,
  name: string,
  { of, backup, filestore }: IncomingMark,
): Promise<string> {
  if (filestore) await removeFolders(run, [filestore.next]);
  const dropped = await tryDropLeftover(run, name);
  return `A restore of ${backup} did not end: it had not taken the place of ${of}. ${dropped ? `Dropped ${name}` : `${name} is still there`}.`;
}

async function confirmRestore(
  run: LockedRun,
  name: string,
  mark: FormerMark,
  started: readonly string[],
  filestoreError: string | undefined,
): Promise<readonly string[]> {
  const { maintenance, deployment, settings } = run;
  const { stopped: _, ...rest } = mark;
  const { of, backup, until } = rest;
  const happened = `The restore of ${backup} was cut off after it had taken the place of ${of}`;
  const back = "go back: openspp-backup restore --undo";
  if (filestoreError !== undefined) {
    return [`${happened}, and its filestore could not follow: ${filestoreError}. To ${back}`];
  }
  const unhealthy =
    started.length > 0
      ? [await unhealthyService(run, started, START_SECONDS)].filter((one) => one !== undefined)
      : stoppedOrUnhealthy(deployment, settings.restore.services);
  if (unhealthy.length > 0 && !mark.confirmed) {
    return [`${happened}, and ${unhealthy.join(", ")}. Start them, or ${back}`];
  }
  await maintenance.batch([commentOnDatabase(name, commentOf({ ...rest, confirmed: true }))]);
  if (mark.confirmed) return [];
  return [
    `${happened}. The services are healthy on it, so it stays; the former database is kept as ${name} until ${until.slice(0, 10)}.`,
  ];
}

/** In words, for example `odoo is exited`. A service that has a health check must be healthy. */
export function stoppedOrUnhealthy(
  { services }: Pick<Deployment, "services">,
  names: readonly string[],
): readonly string[] {
  return services
    .filter(({ name, created }) => names.includes(name) && created !== undefined)
    .filter(({ state }) => state !== "running" && state !== "running (healthy)")
    .map(({ name, state }) => `${name} is ${state}`);
}
