import { systemClock } from "../../src/clock.ts";
import { Session } from "../../src/database/session.ts";
import type { Database } from "../../src/deployment/deployment.ts";
import { LocalHost } from "../../src/host/local.ts";
import { Secret } from "../../src/secret.ts";
import type { Lab } from "../lab/lab.ts";
import { addressOf } from "../lab/stack.ts";

/** Given a lab, return its database as discovery would. */
export async function databaseOf(lab: Lab): Promise<Database> {
  const role = (name: string) => ({ name, password: new Secret(lab.database.password) });
  return {
    name: lab.database.name,
    container: lab.container("db"),
    address: { host: await addressOf(lab.engine.env, lab.project, "db"), port: 5432 },
    innerHost: "db",
    innerPort: 5432,
    admin: { ...role(lab.database.admin), superuser: true },
    owner: role(lab.database.owner),
  };
}

/** Given a lab, return our session on its production database, or another one, as the admin role or the owner. */
export async function openSession(
  lab: Lab,
  name?: string,
  role: "admin" | "owner" = "admin",
): Promise<Session> {
  const database = await databaseOf(lab);
  return Session.open(new LocalHost(systemClock), database, {
    role: database[role],
    name: name ?? database.name,
    applicationName: "openspp-backup test",
  });
}

/** Given a session and what to do in a transaction, do it and roll it back. */
export async function rolledBack<T>(session: Session, work: () => Promise<T>): Promise<T> {
  await session.batch(["BEGIN"]);
  try {
    return await work();
  } finally {
    await session.batch(["ROLLBACK"]);
  }
}
