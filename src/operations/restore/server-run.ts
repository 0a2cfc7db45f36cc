import { FACTS_QUERY, type ServerFacts } from "../../checks/server-facts.ts";
import { MAINTENANCE_DATABASE } from "../../database/lock.ts";
import type { Settings } from "../../inputs/settings.ts";
import type { Effects } from "../effects.ts";
import { withLock } from "../locked.ts";
import { refuseServer } from "../refuse-server.ts";
import type { Run } from "../run.ts";
import type { WatchedSessions } from "../watched-sessions.ts";
import { type ServerState, serverState } from "./server-state.ts";

/**
 * A run on the deployment's server, also when there is no production database. Its session is on the maintenance database,
 * since a database that somebody is connected to can be neither renamed nor dropped.
 */
export interface ServerRun extends Run, ServerState {
  readonly sessions: WatchedSessions;
}

/** Holds the lock while `work` runs. */
export function withServer<T>(
  settings: Settings,
  effects: Effects,
  work: (run: ServerRun) => Promise<T>,
): Promise<T> {
  return withLock("restore", settings, effects, {
    // The restore logs in as the data's owner: a wrong password must fail before anything is created.
    openSessions: async ({ deployment: { database }, sessions }) => {
      await sessions.tryLogin(database.owner, MAINTENANCE_DATABASE);
      return sessions;
    },
    work: async (locked, sessions) => {
      const { maintenance, deployment, journal } = locked;
      const [facts, state] = await Promise.all([
        maintenance.value<ServerFacts>(FACTS_QUERY),
        serverState(locked),
      ]);
      const readAt = journal.elapsed();
      refuseServer(facts, deployment);
      return work({ ...locked, ...state, sessions, session: maintenance, facts, readAt });
    },
  });
}

/** For after the run changed what is on the server. */
export async function reloadServerState(run: ServerRun): Promise<ServerRun> {
  const { placeholder: _, ...rest } = run;
  return { ...rest, ...(await serverState(run)) };
}
