import { Failed } from "../failure.ts";
import type { Session } from "./session.ts";

/** The two halves of our advisory lock's key: "ospp" and "bkup" in ASCII. */
const CLASS = 0x6f737070;
const OBJECT = 0x626b7570;

/** Settings of the session that holds the lock: a runner that died loses it within 90 seconds. */
export const LOCK_SETTINGS = {
  idle_session_timeout: "90s",
  idle_in_transaction_session_timeout: "90s",
} as const;

const BEAT_MILLISECONDS = 20_000;

/** SQL that answers whether the lock was free and is ours now. */
export const TAKE_LOCK = `SELECT pg_try_advisory_lock(${CLASS}, ${OBJECT}) AS taken`;

const HOLDER = `
SELECT json_build_object('name', a.application_name, 'since', to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) AS holder
FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.classid = ${CLASS} AND l.objid = ${OBJECT} AND l.granted
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/** Given the session that asked for the lock in vain, return the error that says who holds it and since when. */
export async function lockedTrouble(session: Session): Promise<Failed> {
  const holder = await session.value<{ name: string; since: string } | undefined>(HOLDER);
  return new Failed({
    what: "Another backup, drill or restore of this deployment is running.",
    why: holder
      ? `${holder.name} has held the lock since ${holder.since}.`
      : "It held the lock a moment ago.",
    state: "Nothing was changed.",
    next: "Wait for it to end. A run that died loses the lock within two minutes.",
  });
}

/** Given the session that holds the lock, keep it alive until the returned function is called. */
export function keepAlive(session: Session): () => void {
  const timer = setInterval(() => {
    // A lost connection is told by the session's own listener.
    session.value("SELECT 1").catch(() => {});
  }, BEAT_MILLISECONDS);
  timer.unref();
  return () => clearInterval(timer);
}
