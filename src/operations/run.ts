import { type Listing, parseListing } from "../backups/listing.ts";
import { FACTS_QUERY, type ServerFacts } from "../checks/server.ts";
import type { Clock } from "../clock.ts";
import { listFiles, stampNow } from "../commands/backup-files.ts";
import { and, inContainer } from "../commands/command.ts";
import { unmarkedNameOf } from "../commands/databases.ts";
import {
  keepAlive,
  LOCK_IN_PRODUCTION,
  LOCK_SETTINGS,
  lockedTrouble,
  lockOf,
  MAINTENANCE_DATABASE,
  takeLock,
} from "../database/lock.ts";
import { Session } from "../database/session.ts";
import type { BackupSite, Deployment, Role } from "../deployment/deployment.ts";
import { describe } from "../deployment/describe.ts";
import { discover } from "../deployment/discover.ts";
import { type Failure, Unreachable, UserMistake } from "../failure.ts";
import type { Host } from "../host/host.ts";
import type { Journal } from "../report/journal.ts";
import type { Settings } from "../settings.ts";
import { APPLICATION } from "./application.ts";

/** What the entries construct and hand in. */
export interface Effects {
  readonly host: Host;
  /** The machine that we are on. */
  readonly runner: Host;
  readonly journal: Journal;
  readonly clock: Clock;
  /** Aborted when the run is cancelled; cleaning up goes on regardless. */
  readonly signal: AbortSignal;
}

/** A run that holds the deployment's lock, and what stands there. */
export interface Locked extends Effects {
  readonly settings: Settings;
  readonly deployment: Deployment;
  /** On the server's maintenance database, as the admin role; it holds the lock. */
  readonly maintenance: Session;
  readonly listing: Listing;
  /** The backup container's clock when the run started: the stamp of a backup taken now. */
  readonly stamp: string;
  readonly startedAt: Date;
  readonly applicationName: string;
}

/** A run on a deployment whose production database stands. */
export interface Run extends Locked {
  /** On the production database, as the admin role. */
  readonly session: Session;
  readonly facts: ServerFacts;
  /** When `facts` were read, in seconds of the journal's. */
  readonly readAt: number;
}

export type RunVerb = "backup" | "drill" | "cycle" | "restore" | "prune" | "sweep";

/** PostgreSQL 18 brought `pg_get_sequence_data`, by which sequences are proven; OpenSPP 2 deploys it. */
const OLDEST_SERVER = 180_000;

/** Given the verb, do `work` on a deployment that was discovered and locked for it; the lock is given back whatever happens. */
export function withRun<T>(
  verb: RunVerb,
  settings: Settings,
  effects: Effects,
  work: (run: Run) => Promise<T>,
): Promise<T> {
  return withLock(verb, settings, effects, {
    openBeside: async ({ deployment: { database }, open, tryLogin }) => {
      const [session] = await Promise.all([
        open(database.admin, database.name),
        // The restore logs in as the data's owner: a wrong password is told before anything is created.
        (verb === "drill" || verb === "cycle") && tryLogin(database.owner, database.name),
      ]);
      return session;
    },
    work: async (locked, session) => {
      const [taken, facts] = (await session.values([
        takeLock(LOCK_IN_PRODUCTION),
        FACTS_QUERY,
      ])) as [boolean, ServerFacts];
      const readAt = effects.journal.elapsed();
      if (!taken) throw await lockedTrouble(session, LOCK_IN_PRODUCTION);
      refuseServer(facts, locked.deployment);
      return work({ ...locked, session, facts, readAt });
    },
  });
}

/** What is known while the lock is being taken. */
interface Opening {
  readonly deployment: Deployment;
  /** Given a role and a database, return a session that is kept alive, watched, and closed when the run is over. */
  readonly open: (role: Role, name: string) => Promise<Session>;
  /** Given a role and a database, find out whether it may log in there. */
  readonly tryLogin: (role: Role, name: string) => Promise<void>;
}

/** What a run does around the lock: open more sessions at the same time, and then its work. */
interface Story<T, Beside> {
  readonly openBeside: (opening: Opening) => Promise<Beside>;
  readonly work: (locked: Locked, beside: Beside) => Promise<T>;
}

/** Given the verb, take the deployment's lock and list its backups at the same time, then do the story's work. */
export async function withLock<T, Beside>(
  verb: RunVerb,
  settings: Settings,
  effects: Effects,
  { openBeside, work }: Story<T, Beside>,
): Promise<T> {
  const lost = new AbortController();
  const signal = AbortSignal.any([effects.signal, lost.signal]);
  const startedAt = effects.clock.now();
  const deployment = await effects.journal.phase("Discover the deployment", async () => {
    const found = await discover(effects.host, settings.deployment, {
      clock: effects.clock,
      signal,
    });
    maskPasswords(found, effects);
    for (const line of describe(found)) effects.journal.log.info(line);
    refuseProduction(settings, found);
    return found;
  });
  const applicationName = `${APPLICATION} ${verb}`;
  const { database } = deployment;
  const closers: (() => void)[] = [];
  const open = async (role: Role, name: string) => {
    const session = await Session.open(effects.host, database, {
      ...{ role, name, applicationName },
      settings: LOCK_SETTINGS,
    });
    session.onLost((error) => lost.abort(error));
    const rest = keepAlive(session);
    closers.push(() => {
      rest();
      session.close();
    });
    return session;
  };
  const tryLogin = async (role: Role, name: string) =>
    (await Session.open(effects.host, database, { role, name, applicationName })).close();
  const lock = async () => {
    const session = await open(database.admin, MAINTENANCE_DATABASE);
    const key = lockOf(database.name);
    if (!(await session.value<boolean>(takeLock(key)))) throw await lockedTrouble(session, key);
    return session;
  };
  try {
    const [maintenance, { listing, stamp }, beside] = await Promise.all([
      lock(),
      listBackups({ ...effects, signal }, deployment),
      openBeside({ deployment, open, tryLogin }),
    ]);
    const locked = {
      ...effects,
      ...{ signal, settings, deployment, maintenance, listing, stamp, startedAt, applicationName },
    };
    const result = await work(locked, beside);
    // A server that went down in the middle fails checks, too, and says nothing of the backup by that.
    lost.signal.throwIfAborted();
    return result;
  } catch (error) {
    // What knows the state that the loss left things in has told it already.
    if (error instanceof Unreachable && error.cause !== undefined) throw error;
    if (lost.signal.aborted && !effects.signal.aborted) throw lost.signal.reason as Failure;
    throw error;
  } finally {
    for (const close of closers) close();
  }
}

/** Given a deployment that was discovered, see to it that no log shows its passwords. */
export function maskPasswords({ database }: Deployment, { journal }: Effects): void {
  for (const { password } of [database.admin, database.owner]) journal.log.mask(password.reveal());
}

/** Given a deployment, return the backups in its volume, its files as `listFiles` prints them, and what its backup container's clock says. */
export async function listBackups(
  { host, signal }: Pick<Effects, "host"> & Partial<Pick<Effects, "signal">>,
  { backups, database }: Pick<BackupSite, "backups" | "database">,
): Promise<{ listing: Listing; lines: string; stamp: string; offset: string }> {
  const command = inContainer(backups.container, and(stampNow(), listFiles(backups.directory)));
  const { stdout } = await host.run(command, { signal });
  const at = stdout.indexOf("\n");
  const [stamp = "", offset = "+0000"] = stdout.slice(0, at).split(" ");
  const lines = stdout.slice(at + 1);
  return {
    listing: parseListing(lines, backups.directory, database.name, offset),
    lines,
    stamp,
    offset,
  };
}

/** Names that differ in case alone are two databases to PostgreSQL, and one to a tired person. */
export function refuseProduction({ drill }: Settings, { database }: Deployment): void {
  const name = drill.throwawayDatabase;
  if (![name, unmarkedNameOf(name)].includes(database.name.toLowerCase())) return;
  throw new UserMistake({
    what: `The throwaway database must not be the production database \`${database.name}\`.`,
    state: "Nothing was changed.",
    next: "Choose another name for `throwaway-database`, for example openspp_test.",
  });
}

export function refuseServer(facts: ServerFacts, { database }: Deployment): void {
  if (facts.number < OLDEST_SERVER) {
    throw new UserMistake({
      what: `The server runs PostgreSQL ${facts.version}; this project needs 18 or newer.`,
      state: "Nothing was changed.",
      next: "OpenSPP 2's production compose file runs postgis/postgis:18-3.6-alpine.",
    });
  }
  if (!facts.superuser) {
    throw new UserMistake({
      what: `The role \`${database.admin.name}\` has not the rights to back up and restore this database.`,
      why: "It is no superuser, so it can neither read the extensions' schemas nor create PostGIS in another database.",
      state: "Nothing was changed.",
      next: "Name the role that the database was created with (`POSTGRES_USER` of the `db` service) with `admin-user`.",
    });
  }
}
