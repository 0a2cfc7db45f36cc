import { COMMENTED_QUERY, type SideDatabase, sideDatabases } from "../../backups/side-database.ts";
import { type DatabaseProperties, propertiesQuery } from "../../checks/database-properties.ts";
import { FACTS_QUERY, type ServerFacts } from "../../checks/server.ts";
import {
  LOCK_IN_PRODUCTION,
  lockedTrouble,
  MAINTENANCE_DATABASE,
  takeLock,
} from "../../database/lock.ts";
import type { Session } from "../../database/session.ts";
import type { Settings } from "../../settings.ts";
import { type Effects, type Run, refuseServer, withLock } from "../run.ts";

/**
 * A run on the deployment's server, whether production stands there or not: its session is on the maintenance database,
 * since a database that somebody is connected to can neither be renamed nor dropped.
 */
export interface ServerRun extends Run {
  /** What production is, apart from its content; null when there is none. */
  readonly production: DatabaseProperties | null;
  /** Databases of ours beside it. */
  readonly beside: readonly SideDatabase[];
  /** Gives back the lock that runs of earlier versions ask for, which is held in production and in its way. */
  readonly leaveProduction: () => void;
  /** The session that holds that lock, until then; absent when there is no production. */
  readonly onProduction?: Session;
}

/** Given the settings, do `work` on the deployment's server, under the lock. */
export function withServer<T>(
  settings: Settings,
  effects: Effects,
  work: (run: ServerRun) => Promise<T>,
): Promise<T> {
  return withLock("restore", settings, effects, {
    // The restore logs in as the data's owner: a wrong password is told before anything is created.
    openBeside: async ({ deployment: { database }, open, tryLogin }) => {
      await tryLogin(database.owner, MAINTENANCE_DATABASE);
      return open;
    },
    work: async (locked, open) => {
      const { maintenance, deployment, journal } = locked;
      const { database } = deployment;
      const [facts, production, commented] = (await maintenance.values([
        FACTS_QUERY,
        propertiesQuery(database.name),
        COMMENTED_QUERY,
      ])) as [ServerFacts, DatabaseProperties | null, Parameters<typeof sideDatabases>[0]];
      const readAt = journal.elapsed();
      refuseServer(facts, deployment);
      const onProduction =
        production === null ? undefined : await open(database.admin, database.name);
      if (onProduction) await takeLockIn(onProduction);
      return work({
        ...locked,
        ...{ session: maintenance, facts, readAt, production },
        beside: sideDatabases(commented, database.name),
        leaveProduction: () => onProduction?.close(),
        ...(onProduction && { onProduction }),
      });
    },
  });
}

async function takeLockIn(production: Session): Promise<void> {
  const taken = await production.value<boolean>(takeLock(LOCK_IN_PRODUCTION));
  if (!taken) throw await lockedTrouble(production, LOCK_IN_PRODUCTION);
}
