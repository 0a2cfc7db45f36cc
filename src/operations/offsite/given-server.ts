import {
  GIVEN_SERVER_QUERY,
  type GivenServerFacts,
  refuseGivenServer,
} from "../../checks/given-server.ts";
import { FACTS_QUERY, type ServerFacts } from "../../checks/server-facts.ts";
import { createMarkedRoles, dropRole, markedRolesQuery } from "../../commands/roles.ts";
import type { Session } from "../../database/session.ts";
import type { Deployment } from "../../deployment/deployment.ts";
import { Failure, UserMistake } from "../../failure.ts";
import type { GivenServer, Settings } from "../../inputs/settings.ts";
import { counted } from "../../words/count.ts";
import { APPLICATION } from "../application.ts";
import { abandonedQuery, drop, type Found } from "../drill/throwaway.ts";
import type { Effects } from "../effects.ts";
import { refuseProduction } from "../locked.ts";
import type { Run } from "../run.ts";
import { deploymentOn } from "./deployment-on.ts";
import type { Copy } from "./find-copy.ts";
import { databaseOf, nameOf, onLockedServer, onServer } from "./given-session.ts";
import type { Offsite } from "./offsite.ts";
import type { Outcome, ThrowawayServer } from "./start-throwaway-server.ts";

/** A server that the user gave, and what is to be restored there. */
export interface GivenDeployment {
  readonly settings: Settings;
  readonly given: GivenServer;
  readonly copy: Copy;
  readonly remote: Offsite["remote"];
  /** It has the tools and the copy, and no server. */
  readonly tools: ThrowawayServer;
  readonly startedAt: Date;
}

/** The comment by which a role is known to be ours to drop. */
const markOfRoles = (throwaway: string) =>
  `${APPLICATION}: role of a restore drill into ${throwaway}; the next drill drops it`;

/** Given a server and a copy, throw UserMistake unless the one can take the other; nothing is done there. */
export async function requireGivenServer(
  effects: Effects,
  { given, copy }: Pick<GivenDeployment, "given" | "copy">,
): Promise<void> {
  await onServer(effects, given, ({ session }) => lookAt(session, given, copy));
}

/**
 * Given a server and what is to be restored there, make the roles that it lacks and do `work` as on any deployment, all as
 * the server's superuser. Whatever happens, the roles are dropped.
 */
export async function onGivenServer<T>(
  effects: Effects,
  deployment: GivenDeployment,
  work: (run: Run) => Promise<T>,
): Promise<Outcome<T>> {
  const { settings, given, copy, startedAt } = deployment;
  const { journal } = effects;
  const { manifest, listing } = copy;
  const throwaway = settings.drill.throwawayDatabase;
  return onLockedServer(effects, given, settings, async ({ session, signal }) => {
    await lookAt(session, given, copy);
    await removeLeftovers(session, throwaway, effects);
    const [offered, facts] = (await session.values([GIVEN_SERVER_QUERY, FACTS_QUERY])) as [
      GivenServerFacts,
      ServerFacts,
    ];
    const lacking = rolesOf(copy).filter((name) => !offered.roles.includes(name));
    const stand = deploymentOf(deployment);
    refuseProduction(settings, stand);
    await session.batch(["BEGIN", ...createMarkedRoles(lacking, markOfRoles(throwaway)), "COMMIT"]);
    let left: string | undefined;
    const clear = async () => {
      left = await dropRoles(session, throwaway, effects);
    };
    try {
      const result = await work({
        ...{ ...effects, signal, settings, deployment: stand, session, maintenance: session },
        ...{ startedAt, applicationName: `${APPLICATION} drill`, listing, stamp: "" },
        readAt: journal.elapsed(),
        facts: {
          ...facts,
          extensions: manifest?.extensions ?? [],
          installable: offered.installable,
          databaseBytes: manifest?.databaseBytes ?? 0,
          // How much room there is, only the server's own machine can say.
          dataDirectory: "",
        },
      });
      signal.throwIfAborted();
      await clear();
      return { result, ...(left !== undefined && { left }) };
    } catch (error) {
      await clear();
      throw error;
    }
  });
}

/** Given a server, remove what drills that died left there; return a sentence for each thing removed. */
export function sweepGivenServer(
  settings: Settings,
  given: GivenServer,
  effects: Effects,
): Promise<readonly string[]> {
  return onLockedServer(effects, given, settings, ({ session }) =>
    removeLeftovers(session, settings.drill.throwawayDatabase, effects),
  );
}

async function lookAt(
  session: Session,
  given: GivenServer,
  { manifest, database, backup }: Copy,
): Promise<void> {
  if (!manifest) {
    throw new UserMistake({
      what: `${backup.name} has no manifest, so nothing says which server it needs.`,
      state: "Nothing was restored.",
      next: "Drill it in a container: leave `runner-server` out.",
    });
  }
  const facts = await session.value<GivenServerFacts>(GIVEN_SERVER_QUERY);
  refuseGivenServer(nameOf(given), facts, { manifest, database });
}

/** The throwaway database and the roles of a drill that died. Nothing without our mark is dropped, nor a database in which somebody works. */
async function removeLeftovers(
  session: Session,
  throwaway: string,
  { journal }: Effects,
): Promise<readonly string[]> {
  const found = await session.value<Found[]>(abandonedQuery(throwaway));
  const dropped = await drop({ session, journal }, found);
  const roles = await session.value<string[]>(markedRolesQuery(markOfRoles(throwaway)));
  if (roles.length === 0) return dropped;
  await session.batch(roles.map(dropRole));
  const sentence = `Dropped ${counted(roles.length, "role")} of a drill that died: ${roles.join(", ")}.`;
  journal.log.info(sentence);
  return [...dropped, sentence];
}

/** It heeds no cancellation. Returns a sentence when it could not. */
async function dropRoles(
  session: Session,
  throwaway: string,
  { journal }: Effects,
): Promise<string | undefined> {
  try {
    const roles = await session.value<string[]>(markedRolesQuery(markOfRoles(throwaway)));
    if (roles.length > 0) await session.batch(roles.map(dropRole));
    return undefined;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const why = error.explanation.why ?? error.explanation.what;
    const left = `The drill's roles could not be dropped: ${why}`;
    journal.log.warning(`${left} The next drill drops them.`);
    return left;
  }
}

function rolesOf({ manifest }: Copy): readonly string[] {
  const { owner, admin, others = [] } = manifest?.roles ?? {};
  return [...new Set([owner, admin, ...others])].filter((name) => name !== undefined);
}

function deploymentOf({ given, copy, remote, tools }: GivenDeployment): Deployment {
  return deploymentOn(tools, remote.address, {
    database: databaseOf(given, copy.database, tools.container),
    policy: "flexible",
  });
}
