import { setTimeout as sleep } from "node:timers/promises";
import { UNMARKED_SUFFIX } from "../../commands/databases.ts";
import { NoSuchDatabase } from "../../database/session.ts";
import type { Database } from "../../deployment/deployment.ts";
import { Failure } from "../../failure.ts";
import { APPLICATION } from "../application.ts";
import { throwawayMark } from "../drill/throwaway-database.ts";
import type { Effects } from "../effects.ts";
import { withSession } from "../sessions.ts";
import { type ServerEvidence, serverQuery } from "./findings/database-server.ts";

/** In seconds. A server that accepts a connection and then says nothing must not hold the monitor. */
const PATIENCE_SECONDS = 20;

/** The server's answer, or why there is none. */
export async function askServer(
  effects: Effects,
  database: Database,
): Promise<ServerEvidence | string> {
  const over = new AbortController();
  const late = sleep(PATIENCE_SECONDS * 1000, undefined, { signal: over.signal, ref: false }).then(
    () => `it did not answer within ${PATIENCE_SECONDS} s.`,
    () => "",
  );
  try {
    return await Promise.race([ask(effects, database), late]);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { reason, explanation } = error;
    return error instanceof NoSuchDatabase ? `${reason}. ${explanation.next}` : reason;
  } finally {
    over.abort();
  }
}

function ask({ host }: Effects, database: Database): Promise<ServerEvidence> {
  const options = {
    role: database.admin,
    name: database.name,
    applicationName: `${APPLICATION} monitor`,
    settings: { statement_timeout: `${PATIENCE_SECONDS}s` },
  };
  const query = serverQuery(APPLICATION, throwawayMark(database.name), UNMARKED_SUFFIX);
  return withSession({ host, deployment: { database } }, options, (session) =>
    session.value<ServerEvidence>(query),
  );
}
