import { FACTS_QUERY, type ServerFacts } from "../checks/server.ts";
import { NoSuchDatabase, type Session } from "../database/session.ts";
import type { Deployment } from "../deployment/deployment.ts";
import { UserMistake } from "../failure.ts";
import type { Settings } from "../settings.ts";
import type { Effects } from "./effects.ts";
import { type Locked, type RunVerb, withLock } from "./locked.ts";
import { serverState } from "./restore/server-state.ts";
import { leftByRestores, settleRestores } from "./restore/settle.ts";
import { vacancyTrouble } from "./restore/vacancy.ts";

/** A run on a deployment whose production database stands. */
export interface Run extends Locked {
  /** On the production database, as the admin role. */
  readonly session: Session;
  readonly facts: ServerFacts;
  /** When `facts` were read, in seconds of the journal's. */
  readonly readAt: number;
  /** What was settled of a restore that was cut off before production could be opened, a sentence each. */
  readonly settled?: readonly string[];
}

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
    openBeside: async ({ deployment, sessions }) => {
      const { admin, owner, name } = deployment.database;
      const open = async () => readFacts(await sessions.open(admin, name), effects);
      const [production] = await Promise.all([
        open().catch(unlessAbsent),
        // The restore logs in as the data's owner: a wrong password is told before anything is created.
        (verb === "drill" || verb === "cycle") &&
          sessions.tryLogin(owner, name).catch(unlessAbsent),
      ]);
      return { open, production };
    },
    work: async (locked, { open, production }) => {
      const found =
        production instanceof NoSuchDatabase ? await bringBack(locked, open) : production;
      refuseServer(found.facts, locked.deployment);
      return work({ ...locked, ...found });
    },
  });
}

/** A restore that was cut off may have left production where the next run can bring it back; what else there is, is told. */
async function bringBack<Opened>(
  locked: Locked,
  open: () => Promise<Opened>,
): Promise<Opened & Pick<Run, "settled">> {
  const settled = await settleRestores(locked, await leftByRestores(locked));
  const { vacancy } = await serverState(locked);
  if (vacancy) throw vacancyTrouble(vacancy);
  return { ...(await open()), settled };
}

function unlessAbsent(error: unknown): NoSuchDatabase {
  if (error instanceof NoSuchDatabase) return error;
  throw error;
}

async function readFacts(session: Session, { journal }: Effects) {
  const facts = await session.value<ServerFacts>(FACTS_QUERY);
  return { session, facts, readAt: journal.elapsed() };
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
