import {
  commentOf,
  extraDatabaseName,
  type FormerMark,
  type IncomingMark,
  type PlaceholderMark,
} from "../../backups/extra-databases.ts";
import {
  applyProperties,
  compareProperties,
  type DatabaseProperties,
  propertiesQuery,
} from "../../checks/database-properties.ts";
import { commentOnDatabase, dropDatabase } from "../../commands/databases.ts";
import { type Failure, Unreachable } from "../../failure.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import { type Check, failed, notRun, passed } from "../../report/check.ts";
import { formatDuration } from "../../words/duration.ts";
import { exchangeFilestoreWithRecord, keptFilestoreOf } from "../filestore/kept-filestores.ts";
import { exchangeFilestores, type FilestoreExchange } from "../filestore/restore-filestore.ts";
import { cutOff } from "./cut-off.ts";
import { exchangeDatabases } from "./exchange-databases.ts";
import type { GoLiveResult } from "./go-live-result.ts";
import type { ServerRun } from "./server-run.ts";
import {
  containersOf,
  type ServiceContainers,
  unhealthyService,
  whileStopped,
} from "./stop-services.ts";

/** A database that is to become production. */
export interface Candidate {
  readonly name: string;
  /** Its mark before the exchange, and again if production comes back. */
  readonly mark: IncomingMark | FormerMark;
  /** The filestore that becomes live with it, and where the live one goes. */
  readonly filestore?: FilestoreExchange;
  /** The mark for the present production database. */
  readonly formerMark: FormerMark;
}

/** What the candidate replaces: production, or the placeholder that has its name. */
interface ReplacedDatabase<
  Mark extends FormerMark | PlaceholderMark = FormerMark | PlaceholderMark,
> {
  readonly name: string;
  readonly mark: Mark;
}

/**
 * Stops the services, exchanges the names, starts the services, and waits until they are healthy. When they do not become
 * healthy in time, the former database is exchanged back. The candidate must be proven.
 */
export async function goLive(run: ServerRun, candidate: Candidate): Promise<GoLiveResult> {
  const { clock, journal, settings, maintenance, deployment, properties } = run;
  const database = deployment.database.name;
  const containers = await containersOf(run);
  const replaced = replacedDatabase(run, candidate.formerMark);
  const former =
    replaced?.mark.is === "former" ? { name: replaced.name, mark: replaced.mark } : undefined;
  const hasProductionSettings = candidate.mark.is === "incoming";
  await maintenance.batch([
    ...(properties && hasProductionSettings ? applyProperties(candidate.name, properties) : []),
    commentOnDatabase(candidate.name, commentOf({ ...candidate.mark, stopped: containers })),
  ]);
  const start = clock.seconds();
  const result = await journal.phase("Stop the services, exchange, start", () =>
    takeOver(run, containers, candidate, replaced),
  );
  const within = settings.restore.healthyWithinSeconds;
  const unhealthy =
    result.trouble ??
    (await journal.phase("Wait until the services are healthy", () =>
      withStateOnFailure(run, former?.name, () => unhealthyService(run, containers, within)),
    ));
  const downtimeSeconds = clock.seconds() - start;
  if (unhealthy !== undefined && former) {
    return rollBack(run, candidate, containers, former.name, unhealthy, start);
  }
  if (former) {
    const confirmed = commentOf({ ...former.mark, confirmed: true });
    await maintenance.batch([commentOnDatabase(former.name, confirmed)]);
  } else if (replaced) await maintenance.batch([dropDatabase(replaced.name)]);
  const message = former
    ? `${database} is the restored database; the former one is kept as ${former.name} until ${former.mark.until.slice(0, 10)}.`
    : `${database} is the restored database; there was no former one to keep.`;
  return {
    downtimeSeconds,
    ...(former && { kept: { name: former.name, until: former.mark.until } }),
    checks: await judgeProduction(run, {
      message,
      containers,
      downtimeSeconds,
      unhealthy,
      hasProductionSettings,
    }),
  };
}

function replacedDatabase(
  { deployment, production, placeholder, stamp }: ServerRun,
  formerMark: FormerMark,
): ReplacedDatabase | undefined {
  const { name } = deployment.database;
  if (production) return { name: extraDatabaseName(name, "before", stamp), mark: formerMark };
  return placeholder && { name: extraDatabaseName(name, "vacant", stamp), mark: placeholder };
}

/** A database that has become production. */
interface NewProduction {
  /** The sentence of the check `swap`. */
  readonly message: string;
  readonly containers: ServiceContainers;
  readonly downtimeSeconds: number;
  /** The service that is not healthy, in words; absent when all are. */
  readonly unhealthy: string | undefined;
  /** Whether it was given the former one's owner, rights and settings; otherwise it has its own. */
  readonly hasProductionSettings: boolean;
}

export async function judgeProduction(
  { maintenance, deployment, properties }: ServerRun,
  { message, containers, downtimeSeconds, unhealthy, hasProductionSettings }: NewProduction,
): Promise<readonly Check[]> {
  const now = await maintenance.value<DatabaseProperties>(
    propertiesQuery(deployment.database.name),
  );
  return [
    passed("swap", message),
    ...(hasProductionSettings ? [compareProperties(properties, now)] : []),
    unhealthy === undefined
      ? passed(
          "healthy",
          `${containers.join(", ")} run and are healthy, ${formatDuration(downtimeSeconds)} after they were stopped.`,
        )
      : failed("healthy", notHealthy(unhealthy), READ_WHY),
  ];
}

const READ_WHY =
  "Read why: docker compose logs odoo. A database of an older version of OpenSPP needs that version's image.";

function notHealthy(unhealthy: string): string {
  return `The services did not become healthy on the restored database: ${unhealthy}.`;
}

interface TakeOverResult {
  /** Why a service does not start on the new database. The names are exchanged nevertheless. */
  readonly trouble?: string;
}

async function takeOver(
  run: ServerRun,
  containers: ServiceContainers,
  { name: incoming, mark, filestore }: Candidate,
  replaced: ReplacedDatabase | undefined,
): Promise<TakeOverResult> {
  const { deployment, properties } = run;
  const former = replaced?.mark.is === "former";
  const names = {
    production: deployment.database.name,
    incoming,
    comment: properties?.comment ?? null,
    ...(replaced && {
      aside: { name: replaced.name, comment: commentOf({ ...replaced.mark, stopped: containers }) },
    }),
  };
  let exchanged = false;
  try {
    await whileStopped(run, containers, async () => {
      // Without a former database no mark says that the filestore is still to be exchanged, so a record does.
      if (filestore && !former) {
        await exchangeFilestoreWithRecord(run, keptFilestoreOf(run, mark.backup, filestore, false));
      }
      await exchangeDatabases(run, names);
      exchanged = true;
      // A newer filestore also has the files of an older database, but not the other way round. So the database goes first.
      if (filestore && former) await exchangeFilestores(run, filestore);
    });
    return {};
  } catch (error) {
    const lost = [error, run.signal.reason].some((one) => one instanceof Unreachable);
    if (!exchanged) throw lost ? exchangeOutcomeUnknown(error, run) : error;
    if (error instanceof CommandFailed) return { trouble: error.reason };
    return withStateOnFailure(run, former ? replaced.name : undefined, () => Promise.reject(error));
  }
}

/** The server's answer to the exchange may have been lost with the connection. */
function exchangeOutcomeUnknown(error: unknown, run: ServerRun): Failure {
  return cutOff(error, run, {
    what: "The run was cut off while the services were stopped.",
    state: `${run.deployment.database.name} is either what it was or the restored database, never half of each. The services start by themselves.`,
    next: "Run any command once the server answers: it says which, and finishes or undoes the restore. To look only: openspp-backup restore --status",
  });
}

/** For work after the exchange: its failure says which database is production. `former` is the name of the kept one. */
export async function withStateOnFailure<T>(
  run: ServerRun,
  former: string | undefined,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw cutOff(error, run, {
      what: "The restored database took production's place, and then the run was cut off.",
      state: `${run.deployment.database.name} is the restored database${former ? `, and the former one is kept as ${former}` : ""}. The services start by themselves; whether they are healthy was not seen.`,
      next: "Look at Odoo. The next run of any command confirms the restore when the services are healthy; to go back: openspp-backup restore --undo",
    });
  }
}

/** For services that do not become healthy on the new database. */
async function rollBack(
  run: ServerRun,
  { name, mark, filestore }: Candidate,
  containers: ServiceContainers,
  former: string,
  unhealthy: string,
  start: number,
): Promise<GoLiveResult> {
  const { journal, clock, settings, deployment, properties } = run;
  const database = deployment.database.name;
  const stillUnhealthy = await journal.phase("Bring the former database back", async () => {
    await whileStopped(run, containers, async () => {
      if (filestore) {
        const { next, aside } = filestore;
        await exchangeFilestores(run, { next: aside, aside: next });
      }
      await exchangeDatabases(run, {
        production: database,
        incoming: former,
        comment: properties?.comment ?? null,
        aside: { name, comment: commentOf({ ...mark, stopped: containers }) },
      });
    });
    await run.maintenance.batch([commentOnDatabase(name, commentOf(mark))]);
    return unhealthyService(run, containers, settings.restore.healthyWithinSeconds);
  });
  return {
    downtimeSeconds: clock.seconds() - start,
    checks: [
      failed(
        "swap",
        `The former database came back by itself: ${database} is what it was before. The restored one is kept as ${name}.`,
        stillUnhealthy === undefined
          ? "The services run on it again. The next run drops the restored database, so look at it before."
          : `The services are not healthy on it either (${stillUnhealthy}): so it is not the database.`,
      ),
      notRun("properties", "Not looked at: the restored database is not production."),
      failed("healthy", notHealthy(unhealthy), READ_WHY),
    ],
  };
}
