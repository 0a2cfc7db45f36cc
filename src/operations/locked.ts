import type { Listing } from "../backups/listing.ts";
import { unmarkedNameOf } from "../commands/databases.ts";
import {
  awaitLock,
  endIntruders,
  type LockHolder,
  type LockKey,
  lockedTrouble,
  lockHolder,
  lockOf,
  MAINTENANCE_DATABASE,
  takeLock,
} from "../database/lock.ts";
import { ServerError, type Session } from "../database/session.ts";
import type { Deployment } from "../deployment/deployment.ts";
import { describe } from "../deployment/describe.ts";
import { discover } from "../deployment/discover.ts";
import { type Failure, Unreachable, UserMistake } from "../failure.ts";
import type { Settings } from "../inputs/settings.ts";
import { APPLICATION, type LOCKING_VERBS } from "./application.ts";
import type { Effects } from "./effects.ts";
import { listBackups } from "./list-backups.ts";
import { WatchedSessions } from "./watched-sessions.ts";

export interface LockedRun extends Effects {
  readonly settings: Settings;
  readonly deployment: Deployment;
  /** A session on the server's maintenance database, as the admin role. It holds the lock. */
  readonly maintenance: Session;
  readonly listing: Listing;
  /** The backup container's clock when the run started. A backup that is taken now gets it as its stamp. */
  readonly stamp: string;
  readonly startedAt: Date;
  readonly applicationName: string;
}

export type LockingVerb = (typeof LOCKING_VERBS)[number];

/** What is known while the lock is being taken. */
interface LockOpening {
  readonly deployment: Deployment;
  readonly sessions: WatchedSessions;
}

/**
 * What a run does with the lock. It opens its sessions while the lock is being taken, and then does
 * its work.
 */
interface LockedWork<T, Opened> {
  readonly openSessions: (opening: LockOpening) => Promise<Opened>;
  readonly work: (locked: LockedRun, opened: Opened) => Promise<T>;
}

/**
 * Takes the deployment's lock and lists its backups at the same time, then does the work. It always
 * gives the lock back.
 */
export async function withLock<T, Opened>(
  verb: LockingVerb,
  settings: Settings,
  effects: Effects,
  { openSessions, work }: LockedWork<T, Opened>,
): Promise<T> {
  const lost = new AbortController();
  const signal = AbortSignal.any([effects.signal, lost.signal]);
  const startedAt = effects.clock.now();
  const deployment = await discoverDeployment(settings, { ...effects, signal });
  const applicationName = `${APPLICATION} ${verb}`;
  const sessions = new WatchedSessions(effects.host, deployment.database, applicationName, lost);
  try {
    const [maintenance, { listing, stamp }, opened] = await Promise.all([
      lock(sessions, deployment, effects),
      listBackups({ ...effects, signal }, deployment),
      openSessions({ deployment, sessions }),
    ]);
    const locked: LockedRun = {
      ...effects,
      signal,
      settings,
      deployment,
      maintenance,
      listing,
      stamp,
      startedAt,
      applicationName,
    };
    const result = await work(locked, opened);
    // When the server went down in the middle, checks fail too, and that says nothing about the
    // backup.
    lost.signal.throwIfAborted();
    return result;
  } catch (error) {
    // An error with a cause comes from a step that has already said in which state the loss left
    // things.
    if (error instanceof Unreachable && error.cause !== undefined) throw error;
    if (lost.signal.aborted && !effects.signal.aborted) throw lost.signal.reason as Failure;
    throw error;
  } finally {
    sessions.close();
  }
}

function discoverDeployment(settings: Settings, effects: Effects): Promise<Deployment> {
  const { host, journal, clock, signal } = effects;
  return journal.phase("Discover the deployment", async () => {
    const found = await discover(host, settings.deployment, { clock, signal });
    maskPasswords(found, effects);
    for (const line of describe(found)) journal.log.info(line);
    refuseProduction(settings, found);
    return found;
  });
}

async function lock(
  sessions: WatchedSessions,
  { database }: Deployment,
  { journal }: Effects,
): Promise<Session> {
  const session = await sessions.open(database.admin, MAINTENANCE_DATABASE);
  const key = lockOf(database.name);
  if (await session.value<boolean>(takeLock(key))) return session;
  const holder = await lockHolder(session, key);
  if (!holder?.intruder) throw lockedTrouble(holder);
  journal.log.warning(
    `The role ${holder.role} held this project's lock (${holder.name}, since ${holder.since}). No run uses this role, so its sessions are ended. Find out what took the lock.`,
  );
  const other = await sessions.open(database.admin, MAINTENANCE_DATABASE);
  await takeFromIntruders(session, other, { key, holder });
  return session;
}

const LOCK_WAIT_SECONDS = 5;

/**
 * PostgreSQL hands the lock on in the order of the queue. So this waits in it first, and then ends whoever
 * is ahead: who comes back is behind.
 */
async function takeFromIntruders(
  session: Session,
  other: Session,
  { key, holder }: { readonly key: LockKey; readonly holder: LockHolder },
): Promise<void> {
  const waiting = session.batch(awaitLock(key, LOCK_WAIT_SECONDS));
  const isOver = waiting.then(
    () => true,
    () => true,
  );
  const end = () => other.batch([endIntruders(key), "SELECT pg_sleep(0.05)"]).then(() => false);
  while (!(await Promise.race([isOver, end()])));
  await waiting.catch((error: unknown) => {
    throw error instanceof ServerError ? lockedTrouble(holder) : error;
  });
}

export function maskPasswords({ database }: Deployment, { journal }: Effects): void {
  for (const { password } of [database.admin, database.owner]) journal.log.mask(password.reveal());
}

/** PostgreSQL keeps names apart that differ only in case. A tired person does not. */
export function refuseProduction({ drill }: Settings, { database }: Deployment): void {
  const name = drill.throwawayDatabase;
  if (![name, unmarkedNameOf(name)].includes(database.name.toLowerCase())) return;
  throw new UserMistake({
    what: `The throwaway database must not be the production database \`${database.name}\`.`,
    state: "Nothing was changed.",
    next: "Choose another name for `throwaway-database`, for example openspp_test.",
  });
}
