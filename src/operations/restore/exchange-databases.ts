import { setTimeout as sleep } from "node:timers/promises";
import { endSessions, exchangeStatements, type NameExchange } from "../../commands/databases.ts";
import { MAINTENANCE_DATABASE } from "../../database/lock.ts";
import { ServerError, type Session } from "../../database/session.ts";
import { Failed } from "../../failure.ts";
import type { LockedRun } from "../locked.ts";
import { withSession } from "../sessions.ts";

/** SQLSTATE object_in_use: somebody is still connected. */
const IN_USE = "55006";
/** Each attempt waits 5 s for others to leave. */
const ATTEMPTS = 4;
const PAUSE_MILLISECONDS = 50;

/**
 * Ends the sessions on both databases again and again until the names are exchanged. A client that reconnects at
 * once waits, since the renaming holds the lock that a new connection takes. Then it finds the new database.
 * Throws Failed.
 */
export async function exchangeDatabases(run: LockedRun, names: NameExchange): Promise<void> {
  const { deployment, applicationName } = run;
  const options = {
    role: deployment.database.admin,
    name: MAINTENANCE_DATABASE,
    applicationName,
  };
  await withSession(run, options, async (other) => {
    const done = new AbortController();
    const ending = endUntil(other, [names.production, names.incoming], done.signal);
    try {
      await rename(run, names);
    } finally {
      done.abort();
      await ending.catch(() => {});
    }
  });
}

async function rename({ maintenance, signal }: LockedRun, names: NameExchange): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      await maintenance.batch(exchangeStatements(names));
      return;
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      await maintenance.batch(["ROLLBACK"]);
      if (error.code !== IN_USE || attempt === ATTEMPTS) throw notExchanged(error);
    }
  }
}

async function endUntil(
  session: Session,
  databases: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await session.batch(databases.map(endSessions));
    await sleep(PAUSE_MILLISECONDS);
  }
}

function notExchanged(error: ServerError): Failed {
  return new Failed(
    {
      what: "The databases could not exchange their names.",
      why: error.explanation.why,
      state: "Neither was changed.",
      next: "Find who stays connected: SELECT * FROM pg_stat_activity",
    },
    { cause: error },
  );
}
