import { type Listing, parseListing } from "../backups/listing.ts";
import { FACTS_QUERY, type ServerFacts } from "../checks/server.ts";
import type { Clock } from "../clock.ts";
import { listFiles, stampNow } from "../commands/backup-files.ts";
import { and, inContainer } from "../commands/command.ts";
import { keepAlive, LOCK_SETTINGS, lockedTrouble, TAKE_LOCK } from "../database/lock.ts";
import { Session } from "../database/session.ts";
import type { BackupSite, Deployment, Role } from "../deployment/deployment.ts";
import { describe } from "../deployment/describe.ts";
import { discover } from "../deployment/discover.ts";
import { type Failure, UserMistake } from "../failure.ts";
import type { Host } from "../host/host.ts";
import type { Journal } from "../report/journal.ts";
import type { Settings } from "../settings.ts";
import { APPLICATION } from "./application.ts";
import { unmarkedNameOf } from "./throwaway.ts";

/** What the entries construct and hand in. */
export interface Effects {
  readonly host: Host;
  readonly journal: Journal;
  readonly clock: Clock;
  /** Aborted when the run is cancelled; cleaning up goes on regardless. */
  readonly signal: AbortSignal;
}

/** A run that holds the deployment's lock: what stands there, and a session on the production database. */
export interface Run extends Effects {
  readonly settings: Settings;
  readonly deployment: Deployment;
  /** On the production database, as the admin role; it holds the lock. */
  readonly session: Session;
  readonly facts: ServerFacts;
  /** When `facts` were read, in seconds of the journal's. */
  readonly readAt: number;
  readonly listing: Listing;
  /** The backup container's clock when the run started: the stamp of a backup taken now. */
  readonly stamp: string;
  readonly startedAt: Date;
  readonly applicationName: string;
}

/** PostgreSQL 18 brought `pg_get_sequence_data`, by which sequences are proven; OpenSPP 2 deploys it. */
const OLDEST_SERVER = 180_000;

/** Given the verb, do `work` on a deployment that was discovered and locked for it; the lock is given back whatever happens. */
export async function withRun<T>(
  verb: "backup" | "drill" | "cycle" | "prune" | "sweep",
  settings: Settings,
  effects: Effects,
  work: (run: Run) => Promise<T>,
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
  const open = (role: Role, settings = {}) =>
    Session.open(effects.host, database, { role, name: database.name, applicationName, settings });
  const [session, { listing, stamp }] = await Promise.all([
    open(database.admin, LOCK_SETTINGS),
    listBackups({ ...effects, signal }, deployment),
    // The restore logs in as the data's owner: a wrong password is told before anything is created.
    (verb === "drill" || verb === "cycle") && open(database.owner).then((owner) => owner.close()),
  ]);
  session.onLost((error) => lost.abort(error));
  const rest = keepAlive(session);
  try {
    const [taken, facts] = (await session.values([TAKE_LOCK, FACTS_QUERY])) as [
      boolean,
      ServerFacts,
    ];
    const readAt = effects.journal.elapsed();
    if (!taken) throw await lockedTrouble(session);
    refuseServer(facts, deployment);
    const run = {
      ...effects,
      signal,
      settings,
      deployment,
      session,
      facts,
      readAt,
      listing,
      stamp,
      startedAt,
      applicationName,
    };
    const result = await work(run);
    // A server that went down in the middle fails checks, too, and says nothing of the backup by that.
    lost.signal.throwIfAborted();
    return result;
  } catch (error) {
    if (lost.signal.aborted && !effects.signal.aborted) throw lost.signal.reason as Failure;
    throw error;
  } finally {
    rest();
    session.close();
  }
}

/** Given a deployment that was discovered, see to it that no log shows its passwords. */
export function maskPasswords({ database }: Deployment, { journal }: Effects): void {
  for (const { password } of [database.admin, database.owner]) journal.log.mask(password.reveal());
}

/** Given a deployment, return the backups in its volume, and what its backup container's clock says. */
export async function listBackups(
  { host, signal }: Pick<Effects, "host"> & Partial<Pick<Effects, "signal">>,
  { backups, database }: Pick<BackupSite, "backups" | "database">,
): Promise<{ listing: Listing; stamp: string }> {
  const command = inContainer(backups.container, and(stampNow(), listFiles(backups.directory)));
  const { stdout } = await host.run(command, { signal });
  const at = stdout.indexOf("\n");
  const [stamp = "", offset = "+0000"] = stdout.slice(0, at).split(" ");
  return {
    listing: parseListing(stdout.slice(at + 1), backups.directory, database.name, offset),
    stamp,
  };
}

/** Names that differ in case alone are two databases to PostgreSQL, and one to a tired person. */
function refuseProduction({ drill }: Settings, { database }: Deployment): void {
  const name = drill.throwawayDatabase;
  if (![name, unmarkedNameOf(name)].includes(database.name.toLowerCase())) return;
  throw new UserMistake({
    what: `The throwaway database must not be the production database \`${database.name}\`.`,
    state: "Nothing was changed.",
    next: "Choose another name for `throwaway-database`, for example openspp_test.",
  });
}

function refuseServer(facts: ServerFacts, { database }: Deployment): void {
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
