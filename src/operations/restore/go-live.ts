import {
  commentOf,
  type Former,
  type Incoming,
  sideName,
  type Vacant,
} from "../../backups/side-database.ts";
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
import { exchangeKept, keptFilestoreOf } from "../filestore/kept-filestores.ts";
import { exchangeFilestores, type FilestoreExchange } from "../filestore/restore-filestore.ts";
import { cutOff } from "./cut-off.ts";
import { exchange } from "./exchange.ts";
import type { Live } from "./live.ts";
import type { ServerRun } from "./on-server.ts";
import { type Containers, containersOf, unhealthyOne, whileStopped } from "./stop-services.ts";

/** A database that is to become production, and the mark of the one that makes room for it. */
export interface Candidate {
  readonly name: string;
  /** What it carries should it have to make room again. */
  readonly mark: Incoming | Former;
  /** The filestore that becomes live with it, and where the live one goes. */
  readonly filestore?: FilestoreExchange;
  readonly formerMark: Former;
}

/** What makes room for a candidate: production, or what has its name while it is dropped. */
interface Aside<Mark extends Former | Vacant = Former | Vacant> {
  readonly name: string;
  readonly mark: Mark;
}

/**
 * Given a proven database, let it take production's place: stop the services, exchange the names, start them, and wait
 * until they are healthy. When they do not become so in time, the former database comes back by itself.
 */
export async function goLive(run: ServerRun, candidate: Candidate): Promise<Live> {
  const { clock, journal, settings, maintenance, deployment, properties } = run;
  const database = deployment.database.name;
  const containers = await containersOf(run);
  const aside = asideOf(run, candidate.formerMark);
  const former = aside?.mark.is === "former" ? { name: aside.name, mark: aside.mark } : undefined;
  const dressed = candidate.mark.is === "incoming";
  await maintenance.batch([
    ...(properties && dressed ? applyProperties(candidate.name, properties) : []),
    commentOnDatabase(candidate.name, commentOf({ ...candidate.mark, stopped: containers })),
  ]);
  const start = clock.seconds();
  const came = await journal.phase("Stop the services, exchange, start", () =>
    takeOver(run, containers, candidate, aside),
  );
  const within = settings.restore.healthyWithinSeconds;
  const ill =
    came.trouble ??
    (await journal.phase("Wait until the services are healthy", () =>
      knowingState(run, former?.name, () => unhealthyOne(run, containers, within)),
    ));
  const downtimeSeconds = clock.seconds() - start;
  if (ill !== undefined && former) {
    return comeBack(run, candidate, containers, former.name, ill, start);
  }
  if (former) {
    const confirmed = commentOf({ ...former.mark, confirmed: true });
    await maintenance.batch([commentOnDatabase(former.name, confirmed)]);
  } else if (aside) await maintenance.batch([dropDatabase(aside.name)]);
  const message = former
    ? `${database} is the restored database; the former one is kept as ${former.name} until ${former.mark.until.slice(0, 10)}.`
    : `${database} is the restored database; there was no former one to keep.`;
  return {
    downtimeSeconds,
    ...(former && { kept: { name: former.name, until: former.mark.until } }),
    checks: await judgeLive(run, { message, containers, downtimeSeconds, ill, dressed }),
  };
}

function asideOf(
  { deployment, production, vacancy, stamp }: ServerRun,
  formerMark: Former,
): Aside | undefined {
  const { name } = deployment.database;
  if (production) return { name: sideName(name, "before", stamp), mark: formerMark };
  return vacancy && { name: sideName(name, "vacant", stamp), mark: vacancy };
}

/** A database that has become production. */
interface Become {
  /** What became of the names. */
  readonly message: string;
  readonly containers: Containers;
  readonly downtimeSeconds: number;
  /** The service that is not healthy, in words; absent when all are. */
  readonly ill: string | undefined;
  /** Whether it was given what the former one was beside its content; otherwise it has its own. */
  readonly dressed: boolean;
}

/** Given a run and the database that has become production, return the checks of it. */
export async function judgeLive(
  { maintenance, deployment, properties }: ServerRun,
  { message, containers, downtimeSeconds, ill, dressed }: Become,
): Promise<readonly Check[]> {
  const now = await maintenance.value<DatabaseProperties>(
    propertiesQuery(deployment.database.name),
  );
  return [
    passed("swap", message),
    ...(dressed ? [compareProperties(properties, now)] : []),
    ill === undefined
      ? passed(
          "healthy",
          `${containers.join(", ")} run and are healthy, ${formatDuration(downtimeSeconds)} after they were stopped.`,
        )
      : failed("healthy", notHealthy(ill), READ_WHY),
  ];
}

const READ_WHY =
  "Read why: docker compose logs odoo. A database of an older version of OpenSPP needs that version's image.";

function notHealthy(ill: string): string {
  return `The services did not become healthy on the restored database: ${ill}.`;
}

interface Came {
  /** Why a service does not start on the new database; the names are exchanged all the same. */
  readonly trouble?: string;
}

async function takeOver(
  run: ServerRun,
  containers: Containers,
  { name: incoming, mark, filestore }: Candidate,
  aside: Aside | undefined,
): Promise<Came> {
  const { deployment, properties } = run;
  const former = aside?.mark.is === "former";
  const names = {
    ...{ production: deployment.database.name, incoming, comment: properties?.comment ?? null },
    ...(aside && {
      aside: { name: aside.name, comment: commentOf({ ...aside.mark, stopped: containers }) },
    }),
  };
  let exchanged = false;
  try {
    await whileStopped(run, containers, async () => {
      // Without a former database, nobody would know afterwards that the filestore is still to be exchanged.
      if (filestore && !former) {
        await exchangeKept(run, keptFilestoreOf(run, mark.backup, filestore, false));
      }
      await exchange(run, names);
      exchanged = true;
      // The files of a newer database serve an older one as well, and not the other way round: so the database goes first.
      if (filestore && former) await exchangeFilestores(run, filestore);
    });
    return {};
  } catch (error) {
    const lost = [error, run.signal.reason].some((one) => one instanceof Unreachable);
    if (!exchanged) throw lost ? unsure(error, run) : error;
    if (error instanceof CommandFailed) return { trouble: error.reason };
    return knowingState(run, former ? aside.name : undefined, () => Promise.reject(error));
  }
}

/** The answer to the exchange may have been lost with the connection. */
function unsure(error: unknown, run: ServerRun): Failure {
  return cutOff(error, run, {
    what: "The run was cut off while the services were stopped.",
    state: `${run.deployment.database.name} is wholly what it was, or wholly the restored database; the services start by themselves.`,
    next: "Run any command once the server answers: it says which, and settles it. To look only: openspp-backup restore --status",
  });
}

/** Given work that comes after the exchange, do it, and tell of whatever ends it in which state things are then. */
export async function knowingState<T>(
  run: ServerRun,
  former: string | undefined,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw cutOff(error, run, {
      what: "The restored database took production's place, and then the run was cut off.",
      state: `${run.deployment.database.name} is the restored database${former ? `, and the former one stands as ${former}` : ""}. The services start by themselves; whether they are healthy was not seen.`,
      next: "Look at Odoo. The next run of any command confirms the restore when the services are healthy; to go back: openspp-backup restore --undo",
    });
  }
}

/** The services do not become healthy on the new database: the former one comes back. */
async function comeBack(
  run: ServerRun,
  { name, mark, filestore }: Candidate,
  containers: Containers,
  former: string,
  ill: string,
  start: number,
): Promise<Live> {
  const { journal, clock, settings, deployment, properties } = run;
  const database = deployment.database.name;
  const stillIll = await journal.phase("Bring the former database back", async () => {
    await whileStopped(run, containers, async () => {
      if (filestore) {
        const { next, aside } = filestore;
        await exchangeFilestores(run, { next: aside, aside: next });
      }
      await exchange(run, {
        production: database,
        incoming: former,
        comment: properties?.comment ?? null,
        aside: { name, comment: commentOf({ ...mark, stopped: containers }) },
      });
    });
    await run.maintenance.batch([commentOnDatabase(name, commentOf(mark))]);
    return unhealthyOne(run, containers, settings.restore.healthyWithinSeconds);
  });
  return {
    downtimeSeconds: clock.seconds() - start,
    checks: [
      failed(
        "swap",
        `The former database came back by itself: ${database} is what it was before. The restored one stands as ${name}.`,
        stillIll === undefined
          ? "The services run on it again. The next run drops the restored database; look at it before."
          : `The services are not healthy on it either (${stillIll}): so it is not the database.`,
      ),
      notRun("properties", "Not looked at: the restored database is not production."),
      failed("healthy", notHealthy(ill), READ_WHY),
    ],
  };
}
