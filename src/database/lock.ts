import { literal } from "../checks/sql.ts";
import { Failed } from "../failure.ts";
import type { Session } from "./session.ts";

/**
 * The database that holds the lock: no restore renames or drops it, and it exists when production does not.
 * Advisory locks belong to a database, and deployments may share a server, so the key contains the
 * production database's name.
 */
export const MAINTENANCE_DATABASE = "postgres";

/** The first half of our advisory locks' keys: "ospp" in ASCII. */
const CLASS = 0x6f737070;

/** Settings of the session that holds the lock. A runner that died loses it within 90 seconds. */
export const LOCK_SETTINGS = {
  idle_session_timeout: "90s",
  idle_in_transaction_session_timeout: "90s",
} as const;

const BEAT_MILLISECONDS = 20_000;

/** An advisory lock: the second half of its key, as SQL. */
export type LockKey = string;

/** Every run takes this lock in MAINTENANCE_DATABASE. */
export function lockOf(production: string): LockKey {
  return `hashtext(${literal(production)})`;
}

/** SQL that answers true when the lock was free and is now ours. */
export function takeLock(key: LockKey): string {
  return `SELECT pg_try_advisory_lock(${CLASS}, ${key}) AS taken`;
}

/** SQL like `takeLock`, which waits for it at most so long. */
export function awaitLock(key: LockKey, seconds: number): readonly string[] {
  return [
    `SET lock_timeout = '${seconds}s'`,
    `SELECT pg_advisory_lock(${CLASS}, ${key})`,
    "RESET lock_timeout",
  ];
}

/**
 * The sessions that hold the lock or wait for it. PostgreSQL takes the key's halves as signed numbers and
 * shows them as unsigned ones; `objsubid` is 2 for a key of two halves.
 */
const sessionsAt = (key: LockKey) => `
FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
WHERE l.locktype = 'advisory' AND l.classid = ${CLASS} AND l.objid::bigint = (${key})::bigint & 4294967295 AND l.objsubid = 2
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/** Who holds the lock. */
export interface LockHolder {
  readonly name: string;
  readonly role: string;
  readonly since: string;
  /** Whether it is a role that no run of this project has. Nothing stops such a role from taking the lock. */
  readonly intruder: boolean;
}

const INTRUDER =
  "a.usename <> current_user AND NOT (SELECT r.rolsuper FROM pg_roles r WHERE r.oid = a.usesysid)";

export async function lockHolder(session: Session, key: LockKey): Promise<LockHolder | undefined> {
  return session.value(`
SELECT json_build_object('name', a.application_name, 'role', a.usename, 'intruder', ${INTRUDER},
  'since', to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) AS holder ${sessionsAt(key)} AND l.granted`);
}

/** SQL that ends the sessions of intruders that hold the lock or wait for it. */
export function endIntruders(key: LockKey): string {
  return `SELECT count(pg_terminate_backend(a.pid)) AS ended ${sessionsAt(key)} AND ${INTRUDER}`;
}

export function lockedTrouble(holder: LockHolder | undefined): Failed {
  return new Failed({
    what: "Another backup, drill or restore of this deployment is running.",
    why: holder
      ? `${holder.name} (role ${holder.role}) has held the lock since ${holder.since}.`
      : "It held the lock a moment ago.",
    state: "Nothing was changed.",
    next: "Wait for it to end. A run that died loses the lock within two minutes.",
  });
}

/** Until the returned function is called. */
export function keepAlive(session: Session): () => void {
  const timer = setInterval(() => {
    // The session's own listener reports a lost connection.
    session.value("SELECT 1").catch(() => {});
  }, BEAT_MILLISECONDS);
  timer.unref();
  return () => clearInterval(timer);
}
