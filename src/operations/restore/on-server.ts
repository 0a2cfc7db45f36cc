import { COMMENTED_QUERY, type SideDatabase, sideDatabases } from "../../backups/side-database.ts";
import { type DatabaseProperties, propertiesQuery } from "../../checks/database-properties.ts";
import { FACTS_QUERY, type ServerFacts } from "../../checks/server.ts";
import { MAINTENANCE_DATABASE } from "../../database/lock.ts";
import type { Settings } from "../../settings.ts";
import type { Effects } from "../effects.ts";
import { withLock } from "../locked.ts";
import { type Run, refuseServer } from "../run.ts";
import type { WatchedSessions } from "../watched-sessions.ts";

/**
 * A run on the deployment's server, whether production stands there or not: its session is on the maintenance database,
 * since a database that somebody is connected to can neither be renamed nor dropped.
 */
export interface ServerRun extends Run {
  /** What production is, apart from its content; null when there is none. */
  readonly production: DatabaseProperties | null;
  /** Databases of ours beside it. */
  readonly beside: readonly SideDatabase[];
  readonly sessions: WatchedSessions;
}

/** Given the settings, do `work` on the deployment's server, under the lock. */
export function withServer<T>(
  settings: Settings,
  effects: Effects,
  work: (run: ServerRun) => Promise<T>,
): Promise<T> {
  return withLock("restore", settings, effects, {
    // The restore logs in as the data's owner: a wrong password is told before anything is created.
    openBeside: async ({ deployment: { database }, sessions }) => {
      await sessions.tryLogin(database.owner, MAINTENANCE_DATABASE);
      return sessions;
    },
    work: async (locked, sessions) => {
      const { maintenance, deployment, journal } = locked;
      const { database } = deployment;
      const [facts, production, commented] = (await maintenance.values([
        FACTS_QUERY,
        propertiesQuery(database.name),
        COMMENTED_QUERY,
      ])) as [ServerFacts, DatabaseProperties | null, Parameters<typeof sideDatabases>[0]];
      const readAt = journal.elapsed();
      refuseServer(facts, deployment);
      return work({
        ...locked,
        ...{ sessions, session: maintenance, facts, readAt, production },
        beside: sideDatabases(commented, database.name),
      });
    },
  });
}
