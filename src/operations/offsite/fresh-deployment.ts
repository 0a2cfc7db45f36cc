import { FACTS_QUERY, type ServerFacts } from "../../checks/server-facts.ts";
import { identifier, literal } from "../../checks/sql.ts";
import { FETCHED_DIRECTORY } from "../../commands/throwaway-server.ts";
import { MAINTENANCE_DATABASE } from "../../database/lock.ts";
import { ServerError, Session } from "../../database/session.ts";
import type { Deployment } from "../../deployment/deployment.ts";
import { Failed } from "../../failure.ts";
import type { Settings } from "../../inputs/settings.ts";
import type { Secret } from "../../secret.ts";
import { APPLICATION } from "../application.ts";
import type { Effects } from "../effects.ts";
import { refuseProduction } from "../locked.ts";
import { createSchema } from "../proof/create-extensions.ts";
import { refuseServer } from "../refuse-server.ts";
import type { Run } from "../run.ts";
import type { OffsiteCopy } from "./find-copy.ts";
import type { Offsite } from "./offsite.ts";
import type { ThrowawayServer } from "./start-throwaway-server.ts";

/** A fresh server in place of a deployment of which only the off-site copy is left. */
export interface FreshDeployment {
  readonly settings: Settings;
  readonly server: ThrowawayServer;
  /** The server's address, as this machine reaches it. */
  readonly address: string;
  readonly copy: OffsiteCopy;
  readonly remote: Offsite["remote"];
  /** The names of the policy's two roles. Their password is made for this server. */
  readonly roles: { readonly owner: string; readonly admin: string };
  readonly password: Secret;
  readonly startedAt: Date;
}

/**
 * Makes on the fresh server what a dump needs: the roles and, in a database with production's name,
 * the extensions. Then does `work` as on any deployment. Nobody else uses the server, so there is
 * no lock to take.
 */
export async function onFreshDeployment<T>(
  effects: Effects,
  fresh: FreshDeployment,
  work: (run: Run) => Promise<T>,
): Promise<T> {
  const { settings, copy, startedAt } = fresh;
  const deployment = deploymentOf(fresh);
  refuseProduction(settings, deployment);
  const { database } = deployment;
  const applicationName = `${APPLICATION} drill`;
  const open = (name: string) =>
    Session.open(effects.host, database, { role: database.admin, name, applicationName });
  const session = await open(database.name);
  const maintenance = await open(MAINTENANCE_DATABASE);
  try {
    await maintenance.batch(rolesToCreate(deployment, copy));
    await createExtensions(session, copy, deployment.database.admin.name);
    const facts = await session.value<ServerFacts>(FACTS_QUERY);
    refuseServer(facts, deployment);
    return await work({
      ...effects,
      settings,
      deployment,
      session,
      maintenance,
      startedAt,
      applicationName,
      facts: { ...facts, databaseBytes: copy.manifest?.databaseBytes ?? 0 },
      readAt: effects.journal.elapsed(),
      listing: copy.listing,
      stamp: "",
    });
  } finally {
    for (const one of [session, maintenance]) one.close();
  }
}

/** There are no project, services or schedule: only the server, and the backup that was fetched. */
function deploymentOf(fresh: FreshDeployment): Deployment {
  const { server, address, copy, remote, roles, password } = fresh;
  const { container, cores, folder, image } = server;
  const admin = { name: roles.admin, password, superuser: true as const };
  const strict = roles.owner !== roles.admin;
  return {
    project: remote.address,
    directory: "",
    services: [],
    leftoverContainers: 0,
    backups: {
      container,
      directory: FETCHED_DIRECTORY,
      volume: folder,
      hostPath: folder,
      image,
      schedule: "",
      retention: { days: 0, weeks: 0, months: 0 },
    },
    cores,
    clockSkewSeconds: 0,
    database: {
      name: copy.database,
      container,
      address: { host: address, port: 5432 },
      innerHost: address,
      innerPort: 5432,
      admin,
      owner: strict ? { name: roles.owner, password } : admin,
    },
    policy: strict ? "strict" : "flexible",
  };
}

/**
 * A dump holds no roles, and it restores the rights of those that the source had; also of its Odoo role and its admin role,
 * where the user gives these other names.
 */
function rolesToCreate({ database }: Deployment, { manifest }: OffsiteCopy): readonly string[] {
  const { owner, admin } = database;
  const named = new Set(Object.values(manifest?.roles ?? {}).flat());
  for (const { name } of [owner, admin]) named.delete(name);
  const login = `LOGIN NOSUPERUSER NOCREATEDB PASSWORD ${literal(owner.password.reveal())}`;
  return [
    ...(owner === admin ? [] : [`CREATE ROLE ${identifier(owner.name)} ${login}`]),
    ...[...named].map((name) => `CREATE ROLE ${identifier(name)} NOLOGIN`),
  ];
}

/** The server's image has already made the extensions of PostGIS. */
async function createExtensions(
  session: Session,
  { manifest }: OffsiteCopy,
  admin: string,
): Promise<void> {
  const statements = (manifest?.extensions ?? []).flatMap(({ name, schema }) => [
    ...createSchema(schema, admin),
    `CREATE EXTENSION IF NOT EXISTS ${identifier(name)} SCHEMA ${identifier(schema)}`,
  ]);
  try {
    await session.batch(["SET search_path = public", ...statements, "RESET search_path"]);
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    throw new Failed(
      {
        what: "The throwaway server lacks an extension that the backup needs.",
        why: error.explanation.why,
        state: "Nothing was proven; the deployment was not touched.",
        next: "Name an image that has it with `runner-image`, for example the one of production.",
      },
      { cause: error },
    );
  }
}
