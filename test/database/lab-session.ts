import { systemClock } from "../../src/clock.ts";
import { Secret } from "../../src/commands/secret.ts";
import { Session } from "../../src/database/session.ts";
import { LocalHost } from "../../src/host/local.ts";
import type { Lab } from "../lab/lab.ts";
import { addressOf } from "../lab/stack.ts";

/** Given a lab and a database of it (production by default), return a session of ours on it, as the admin role. */
export async function openSession(lab: Lab, name = lab.database.name): Promise<Session> {
  const { admin, owner, password } = lab.database;
  const role = { name: admin, password: new Secret(password) };
  const database = {
    name,
    address: { host: await addressOf(lab.engine.env, lab.project, "db"), port: 5432 },
    innerHost: "db",
    innerPort: 5432,
    admin: role,
    owner: { ...role, name: owner },
  };
  const options = { role, name, applicationName: "openspp-backup test" };
  return Session.open(new LocalHost(systemClock), database, options);
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
