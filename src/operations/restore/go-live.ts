import { commentOf, type Former, type Incoming, sideName } from "../../backups/side-database.ts";
import { type Check, failed, notRun, passed } from "../../checks/check.ts";
import {
  applyProperties,
  compareProperties,
  type DatabaseProperties,
  propertiesQuery,
} from "../../checks/database-properties.ts";
import { commentOnDatabase } from "../../commands/databases.ts";
import { Cancelled, Failed, Failure, Unreachable } from "../../failure.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import { formatDuration } from "../../report/duration.ts";
import { exchangeFilestores, type FilestoreExchange } from "../filestore/restore.ts";
import { exchange } from "./exchange.ts";
import type { ServerRun } from "./on-server.ts";
import { type Containers, containersOf, unhealthyOne, whileStopped } from "./services.ts";

/** What taking production's place came to. */
export interface Live {
  readonly checks: readonly Check[];
  readonly downtimeSeconds: number;
  /** The former production database, which is kept until then; absent where there was none, or where it came back. */
  readonly kept?: { readonly name: string; readonly until: string };
}

/** A database that is to become production, and the mark of the one that makes room for it. */
export interface Candidate {
  readonly name: string;
  /** What it carries should it have to make room again. */
  readonly mark: Incoming | Former;
  /** The filestore that becomes live with it, and where the live one goes. */
  readonly filestore?: FilestoreExchange;
  /** Absent where nothing has to make room any more. */
  readonly formerMark?: Former;
  /** When the services were stopped, in seconds of the clock; now, without it. */
  readonly stoppedAt?: number;
}

/**
 * Given a proven database, let it take production's place: stop the services, exchange the names, start them, and wait
 * until they are healthy. When they do not become so in time, the former database comes back by itself.
 */
export async function goLive(run: ServerRun, candidate: Candidate): Promise<Live> {
  const { clock, journal, settings, maintenance, deployment, production } = run;
  const database = deployment.database.name;
  const containers = await containersOf(run);
  const { formerMark } = candidate;
  const aside =
    production && formerMark
      ? { name: sideName(database, "before", run.stamp), mark: formerMark }
      : undefined;
  if (production !== null && candidate.mark.is === "incoming") {
    await maintenance.batch(applyProperties(candidate.name, production));
  }
  const start = candidate.stoppedAt ?? clock.seconds();
  const came = await journal.phase("Stop the services, exchange, start", () =>
    takeOver(
      run,
      containers,
      {
        production: database,
        incoming: candidate.name,
        comment: production?.comment ?? null,
        ...(aside && { aside: { name: aside.name, comment: commentOf(aside.mark) } }),
      },
      candidate.filestore,
    ),
  );
  const within = settings.restore.healthyWithinSeconds;
  const ill =
    came.trouble ??
    (await journal.phase("Wait until the services are healthy", () =>
      knowingState(run, aside?.name, () => unhealthyOne(run, containers, within)),
    ));
  const downtimeSeconds = clock.seconds() - start;
  if (ill !== undefined) return comeBack(run, candidate, containers, aside?.name, ill, start);
  const properties = await maintenance.value<DatabaseProperties>(propertiesQuery(database));
  if (aside) {
    const confirmed = commentOf({ ...aside.mark, confirmed: true });
    await maintenance.batch([commentOnDatabase(aside.name, confirmed)]);
  }
  return {
    downtimeSeconds,
    ...(aside && { kept: { name: aside.name, until: aside.mark.until } }),
    checks: [
      passed(
        "swap",
        aside
          ? `${database} is the restored database; the former one is kept as ${aside.name} until ${aside.mark.until.slice(0, 10)}.`
          : `${database} is the restored database.`,
      ),
      ...(candidate.mark.is === "incoming" ? [compareProperties(production, properties)] : []),
      passed(
        "healthy",
        `${containers.join(", ")} run and are healthy, ${formatDuration(downtimeSeconds)} after they were stopped.`,
      ),
    ],
  };
}

interface Came {
  /** Why a service does not start on the new database; the names are exchanged all the same. */
  readonly trouble?: string;
}

async function takeOver(
  run: ServerRun,
  containers: Containers,
  names: Parameters<typeof exchange>[1],
  filestore: FilestoreExchange | undefined,
): Promise<Came> {
  let exchanged = false;
  try {
    await whileStopped(run, containers, async () => {
      await exchange(run, names);
      exchanged = true;
      // The files of a newer database serve an older one as well, and not the other way round: so the database goes first.
      if (filestore) await exchangeFilestores(run, filestore);
    });
    return {};
  } catch (error) {
    if (!exchanged) throw error;
    if (error instanceof CommandFailed)
      return { trouble: error.explanation.why ?? error.explanation.what };
    return knowingState(run, names.aside?.name, () => Promise.reject(error));
  }
}

/** Given work that comes after the exchange, do it, and tell of whatever ends it in which state things are then. */
async function knowingState<T>(
  run: ServerRun,
  former: string | undefined,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { what, why } =
      error instanceof Failure ? error.explanation : { what: String(error), why: undefined };
    const explanation = {
      what: "The restored database took production's place, and then the run was cut off.",
      why: error instanceof Cancelled ? "It was cancelled." : (why ?? what),
      state: `${run.deployment.database.name} is the restored database${former ? `, and the former one stands as ${former}` : ""}. The services start by themselves; whether they are healthy was not seen.`,
      next: "Look at Odoo. The next run of any command confirms the restore when the services are healthy; to go back: openspp-backup restore --undo",
    };
    const Kind = error instanceof Unreachable ? Unreachable : Failed;
    throw new Kind(explanation, { cause: error });
  }
}

/** The services do not become healthy on the new database: the former one comes back, where there is one. */
async function comeBack(
  run: ServerRun,
  { name, mark, filestore }: Candidate,
  containers: Containers,
  former: string | undefined,
  ill: string,
  start: number,
): Promise<Live> {
  const { journal, clock, settings, deployment, production } = run;
  const database = deployment.database.name;
  const why = `The services did not become healthy on the restored database: ${ill}.`;
  const next =
    "Read why: docker compose logs odoo. A database of an older version of OpenSPP needs that version's image.";
  if (former === undefined) {
    return {
      downtimeSeconds: clock.seconds() - start,
      checks: [
        passed("swap", `${database} is the restored database; there was no former one to keep.`),
        failed("healthy", why, next),
      ],
    };
  }
  const stillIll = await journal.phase("Bring the former database back", async () => {
    await whileStopped(run, containers, async () => {
      if (filestore) {
        const { next, aside } = filestore;
        await exchangeFilestores(run, { next: aside, aside: next });
      }
      await exchange(run, {
        production: database,
        incoming: former,
        comment: production?.comment ?? null,
        aside: { name, comment: commentOf(mark) },
      });
    });
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
      failed("healthy", why, next),
    ],
  };
}
