import { literal } from "../../checks/sql.ts";
import {
  awaitHealthy,
  holdStopped,
  STOPPED,
  startContainers,
  UNHEALTHY_EXIT,
} from "../../commands/services.ts";
import type { Deployment } from "../../deployment/deployment.ts";
import { UserMistake } from "../../failure.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import type { LockedRun } from "../locked.ts";

/** The containers to stop and start again, in this order. */
export type ServiceContainers = readonly string[];

/**
 * The containers of the services that the settings name, and of any other service of the project that has a session on the
 * database. Throws UserMistake when there is no container to start again.
 */
export async function containersOf(run: LockedRun): Promise<ServiceContainers> {
  const { deployment, settings, maintenance } = run;
  const addresses = await maintenance.value<string[]>(clientsOf(deployment.database.name));
  return chooseContainers(deployment, settings.restore.services, addresses);
}

/** `addresses` are the clients that have a session on the database. */
export function chooseContainers(
  { services, database, backups, project }: Deployment,
  named: readonly string[],
  addresses: readonly string[],
): ServiceContainers {
  const wanted = named.map((name) => services.find((service) => service.name === name));
  if (wanted.every((service) => service?.created === undefined)) {
    throw new UserMistake({
      what: `None of the services ${named.join(", ")} has a container in the project \`${project}\`.`,
      why: `Its services are ${services.map(({ name }) => name).join(", ")}.`,
      next: "Name those that use the database with `services`, or create them: docker compose up --no-start",
    });
  }
  const others = services.filter(
    (service) =>
      !wanted.includes(service) &&
      ![database.container, backups.container].includes(service.created ?? "") &&
      service.addresses.some((address) => addresses.includes(address)),
  );
  return [...wanted, ...others].flatMap((service) => service?.created ?? []);
}

function clientsOf(database: string): string {
  return `SELECT coalesce(json_agg(DISTINCT host(client_addr)) FILTER (WHERE client_addr IS NOT NULL), '[]') AS clients
FROM pg_stat_activity WHERE datname = ${literal(database)}`;
}

/** Starts them again even when the work fails. */
export async function whileStopped<T>(
  run: LockedRun,
  containers: ServiceContainers,
  work: () => Promise<T>,
): Promise<T> {
  const start = await stopServices(run, containers);
  try {
    run.signal.throwIfAborted();
    return await work();
  } finally {
    await start();
  }
}

/**
 * Returns the function that starts them again. If the connection is lost before that, a command on the host starts them.
 */
export async function stopServices(
  run: LockedRun,
  containers: ServiceContainers,
): Promise<() => Promise<void>> {
  const { host } = run;
  const release = new AbortController();
  const stopped = Promise.withResolvers<void>();
  const holding = host
    .run(holdStopped(containers), {
      signal: release.signal,
      onLine: (line) => line === STOPPED && stopped.resolve(),
    })
    .then(() => {}, stopped.reject);
  const start = async () => {
    // A cancelled run starts them, too. If this fails, the command on the host tries once more.
    await host.run(startContainers(containers)).finally(() => release.abort());
    await holding;
  };
  try {
    await stopped.promise;
    return start;
  } catch (error) {
    await start();
    throw error;
  }
}

/** Waits until they are healthy. Returns the name and state of one that is not healthy in time. */
export async function unhealthyService(
  { host, signal }: LockedRun,
  containers: ServiceContainers,
  seconds: number,
): Promise<string | undefined> {
  try {
    await host.run(awaitHealthy(containers, seconds), { signal });
    return undefined;
  } catch (error) {
    if (error instanceof CommandFailed && error.exit === UNHEALTHY_EXIT) return error.stdout.trim();
    throw error;
  }
}
