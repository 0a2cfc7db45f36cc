import { literal } from "../checks/sql.ts";
import { Failed } from "../failure.ts";
import type { Session } from "./session.ts";

/**
 * The database in which the lock is held: no restore renames or drops it, and it is there when production is not.
 * Advisory locks belong to a database, and deployments may share a server: so the key names the production database.
 */
export const MAINTENANCE_DATABASE = "postgres";

/** The first half of our advisory locks' keys: "ospp" in ASCII. */
const CLASS = 0x6f737070;

/** Settings of the session that holds the lock: a runner that died loses it within 90 seconds. */
export const LOCK_SETTINGS = {
  idle_session_timeout: "90s",
  idle_in_transaction_session_timeout: "90s",
} as const;

const BEAT_MILLISECONDS = 20_000;

/** An advisory lock: the second half of its key, as SQL. */
export type LockKey = string;

/** Given the production database's name, return the lock that every run takes in MAINTENANCE_DATABASE. */
export function lockOf(production: string): LockKey {
  return `hashtext(${literal(production)})`;
}

/** Given a lock, return SQL that answers whether it was free and is ours now. */
export function takeLock(key: LockKey): string {
  return `SELECT pg_try_advisory_lock(${CLASS}, ${key}) AS taken`;
}

/** The key's halves are signed where they are given, and unsigned where they are shown. */
const holderOf = (key: LockKey) => `
SELECT json_build_object('name', a.application_name, 'since', to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) AS holder
FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.classid = ${CLASS} AND l.objid::bigint = (${key})::bigint & 4294967295 AND l.granted
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/** Given a session and the lock that it asked for in vain, return the error that says who holds it and since when. */
export async function lockedTrouble(session: Session, key: LockKey): Promise<Failed> {
  const holder = await session.value<{ name: string; since: string } | undefined>(holderOf(key));
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
