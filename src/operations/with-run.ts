import { FACTS_QUERY, type ServerFacts } from "../checks/server-facts.ts";
import { NoSuchDatabase, type Session } from "../database/session.ts";
import type { Settings } from "../inputs/settings.ts";
import type { Effects } from "./effects.ts";
import { type LockedRun, type LockingVerb, withLock } from "./locked.ts";
import { refuseServer } from "./refuse-server.ts";
import { noProductionFailure } from "./restore/placeholder.ts";
import { resolveInterruptedRestores, restoreLeftovers } from "./restore/resolve-interrupted.ts";
import { serverState } from "./restore/server-state.ts";
import type { Run } from "./run.ts";

/** Discovers and locks the deployment, then does `work`. It always gives the lock back. */
export function withRun<T>(
  verb: LockingVerb,
  settings: Settings,
  effects: Effects,
  work: (run: Run) => Promise<T>,
): Promise<T> {
  return withLock(verb, settings, effects, {
    openSessions: async ({ deployment, sessions }) => {
      const { admin, owner, name } = deployment.database;
      const open = async () => readFacts(await sessions.open(admin, name), effects);
      const [production] = await Promise.all([
        open().catch(unlessAbsent),
        // The restore logs in as the data's owner. So a wrong password is reported before anything
        // is created.
        (verb === "drill" || verb === "cycle") &&
          sessions.tryLogin(owner, name).catch(unlessAbsent),
      ]);
      return { open, production };
    },
    work: async (locked, { open, production }) => {
      const found =
        production instanceof NoSuchDatabase
          ? await openAfterInterruptedRestore(locked, open)
          : production;
      refuseServer(found.facts, locked.deployment);
      return work({ ...locked, ...found });
    },
  });
}

/**
 * A restore that was cut off may have left production under a name from which this run can bring it
 * back. Throws Failed where it cannot.
 */
async function openAfterInterruptedRestore<Opened>(
  locked: LockedRun,
  open: () => Promise<Opened>,
): Promise<Opened & Pick<Run, "resolvedRestores">> {
  const resolvedRestores = await resolveInterruptedRestores(locked, await restoreLeftovers(locked));
  const { placeholder } = await serverState(locked);
  if (placeholder) throw noProductionFailure(placeholder);
  return { ...(await open()), resolvedRestores };
}

function unlessAbsent(error: unknown): NoSuchDatabase {
  if (error instanceof NoSuchDatabase) return error;
  throw error;
}

async function readFacts(session: Session, { journal }: Effects) {
  const facts = await session.value<ServerFacts>(FACTS_QUERY);
  return { session, facts, readAt: journal.elapsed() };
}
