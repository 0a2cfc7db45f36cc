import {
  type DropObstacles,
  dropObstaclesQuery,
  dropSubscription,
  removeObstacles,
} from "../checks/drop-obstacles.ts";
import { dropDatabase } from "../commands/databases.ts";
import { ServerError } from "../database/session.ts";
import { Failed } from "../failure.ts";
import type { LockedRun } from "./locked.ts";
import { withSession } from "./sessions.ts";

/** A database that this project made cannot be dropped. What keeps it is in the next step. */
export class NotDropped extends Failed {}

export type Leftovers = Pick<
  LockedRun,
  "host" | "deployment" | "applicationName" | "maintenance" | "journal"
>;

/**
 * Drops a database that this project made, or that is no longer production. A subscription in it keeps
 * PostgreSQL from that, so it goes first. Its slot at the publisher stays: it is production's. Throws
 * NotDropped.
 */
export async function dropLeftover(run: Leftovers, name: string): Promise<void> {
  const { maintenance } = run;
  const obstacles = () => maintenance.value<DropObstacles>(dropObstaclesQuery(name));
  try {
    await dropSubscriptions(run, name, (await obstacles()).subscriptions);
    await maintenance.batch([dropDatabase(name)]);
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    throw new NotDropped(
      {
        what: `The database \`${name}\` could not be dropped.`,
        why: error.explanation.why,
        state: "It is still there. Production is as it was.",
        next: removeObstacles(name, await obstacles()),
      },
      { cause: error },
    );
  }
}

async function dropSubscriptions(
  run: Leftovers,
  name: string,
  subscriptions: readonly string[],
): Promise<void> {
  if (subscriptions.length === 0) return;
  const { deployment, applicationName } = run;
  await withSession(run, { role: deployment.database.admin, name, applicationName }, (session) =>
    session.batch(subscriptions.flatMap(dropSubscription)),
  );
}

/** What a dead run left must not stop a backup: a database that cannot be dropped is a warning. Returns whether it is gone. */
export async function tryDropLeftover(run: Leftovers, name: string): Promise<boolean> {
  try {
    await dropLeftover(run, name);
    return true;
  } catch (error) {
    if (!(error instanceof NotDropped)) throw error;
    run.journal.log.warning(error.message);
    return false;
  }
}
