import { lockedTrouble, lockOf, MAINTENANCE_DATABASE, takeLock } from "../../database/lock.ts";
import type { Session } from "../../database/session.ts";
import type { Database } from "../../deployment/deployment.ts";
import { type Failure, Unreachable, UserMistake } from "../../failure.ts";
import type { GivenServer, Settings } from "../../inputs/settings.ts";
import { APPLICATION } from "../application.ts";
import type { Effects } from "../effects.ts";
import { WatchedSessions } from "../watched-sessions.ts";

/** A session on a server that the user gave. */
export interface OnServer {
  /** On the maintenance database, as the superuser. */
  readonly session: Session;
  /** Aborted when the run is cancelled, and when the server is lost. */
  readonly signal: AbortSignal;
}

/**
 * Given a server, do `work` with a session on it, under a lock of the throwaway database's name: that is what two drills of
 * whatever deployments have in common there.
 */
export function onLockedServer<T>(
  effects: Effects,
  given: GivenServer,
  { drill }: Settings,
  work: (on: OnServer) => Promise<T>,
): Promise<T> {
  return onServer(effects, given, async (on) => {
    const key = lockOf(drill.throwawayDatabase);
    if (!(await on.session.value<boolean>(takeLock(key)))) {
      throw await lockedTrouble(on.session, key);
    }
    return work(on);
  });
}

/** Given a server, do `work` with a session on it. */
export async function onServer<T>(
  effects: Effects,
  given: GivenServer,
  work: (on: OnServer) => Promise<T>,
): Promise<T> {
  const lost = new AbortController();
  const signal = AbortSignal.any([effects.signal, lost.signal]);
  const database = databaseOf(given);
  const sessions = new WatchedSessions(effects.host, database, `${APPLICATION} drill`, lost);
  try {
    const session = await sessions
      .open(database.admin, MAINTENANCE_DATABASE)
      .catch((error: unknown) => {
        throw notReached(given, error);
      });
    return await work({ session, signal });
  } catch (error) {
    if (lost.signal.aborted && !effects.signal.aborted) throw lost.signal.reason as Failure;
    throw error;
  } finally {
    sessions.close();
  }
}

/** Given a server, a database's name and the container that has the tools, return the database as runs know it. */
export function databaseOf(
  { host, port, user, password }: GivenServer,
  name = "",
  container = "",
): Database {
  const role = { name: user, password };
  return {
    ...{ name, container, owner: role, admin: role },
    address: { host, port },
    ...{ innerHost: host, innerPort: port },
  };
}

/** Given a server, return how messages call it. */
export function nameOf({ host, port, user }: Pick<GivenServer, "host" | "port" | "user">): string {
  return `The given server ${user}@${host}:${port}`;
}

/** What the deployment's own server would need done is no help here. */
function notReached(given: GivenServer, error: unknown): unknown {
  if (error instanceof UserMistake) {
    return new UserMistake(
      {
        what: `${nameOf(given)} refused the login.`,
        why: error.explanation.why,
        next: "Hand its password in as the secret `runner-server-password`, and name its superuser in `runner-server`.",
      },
      { cause: error },
    );
  }
  if (!(error instanceof Unreachable)) return error;
  return new Unreachable(
    {
      what: `${nameOf(given)} cannot be reached.`,
      why: error.explanation.why,
      state: "Nothing was changed.",
      next: "See whether it runs, and at which port: of a `services:` container, the one under `ports`.",
    },
    { cause: error },
  );
}
