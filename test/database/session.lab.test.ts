import { beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { NoSuchDatabase, ServerError, Session } from "../../src/database/session.ts";
import type { Database } from "../../src/deployment/deployment.ts";
import { Unreachable, UserMistake } from "../../src/failure.ts";
import { LocalHost } from "../../src/host/local.ts";
import { Secret } from "../../src/secret.ts";
import type { Lab } from "../lab/lab.ts";
import { sharedLab } from "../lab/shared.ts";
import { databaseOf, openSession } from "./lab-session.ts";

let lab: Lab;
let database: Database;

beforeAll(async () => {
  lab = await sharedLab("strict");
  database = await databaseOf(lab);
});

const host = new LocalHost(systemClock);
const open = (given: { name?: string; password?: string; settings?: Record<string, string> }) => {
  const { admin } = database;
  const password = given.password === undefined ? admin.password : new Secret(given.password);
  return Session.open(host, database, {
    role: { ...admin, password },
    name: given.name ?? database.name,
    applicationName: "openspp-backup test",
    settings: given.settings,
  });
};

describe("a session that cannot be opened says why", () => {
  test("a wrong password", async () => {
    await expect(open({ password: "wrong" })).rejects.toThrow(
      new UserMistake({
        what: "The database refused the role `openspp_admin`.",
        why: 'password authentication failed for user "openspp_admin"',
        state: "Nothing was changed.",
        next: "Hand in the right password as the secret `admin-password` (or `database-password`).",
      }),
    );
  });

  test("no such database", async () => {
    await expect(open({ name: "no such" })).rejects.toThrow(
      new NoSuchDatabase({
        what: "There is no database `no such` on the server.",
        why: 'database "no such" does not exist',
        state: "Nothing was changed.",
        next: "Name the right one with `database`.",
      }),
    );
  });

  test("a server that does not know a setting is too old", async () => {
    await expect(open({ settings: { no_such_setting: "on" } })).rejects.toThrow(
      new UserMistake({
        what: "The server is too old: it lacks a setting that PostgreSQL 18 has.",
        why: 'unrecognized configuration parameter "no_such_setting"',
        state: "Nothing was changed.",
        next: "OpenSPP 2's production compose file runs postgis/postgis:18-3.6-alpine.",
      }),
    );
  });

  test("nobody at the address", async () => {
    const elsewhere = { ...database, address: { ...database.address, port: 5431 } };
    const opening = Session.open(host, elsewhere, {
      role: database.admin,
      name: database.name,
      applicationName: "openspp-backup test",
    });
    await expect(opening).rejects.toBeInstanceOf(Unreachable);
  });
});

describe("an open session", () => {
  test("carries its name and the settings under which values are compared", async () => {
    const session = await open({ settings: { search_path: "public, pg_temp" } });
    const names = ["application_name", "search_path", "TimeZone", "row_security", "jit"];
    const values = await session.values(names.map((name) => `SHOW "${name}"`));
    session.close();
    expect(values).toEqual(["openspp-backup test", "public, pg_temp", "UTC", "off", "off"]);
  });

  test("as a superuser goes over what else the server, the database or the role have set", async () => {
    const session = await open({});
    const names = ["event_triggers", "zero_damaged_pages", "transaction_timeout", "role"];
    expect(await session.values(names.map((name) => `SHOW ${name}`))).toEqual([
      ...["off", "off", "0", "none"],
    ]);
    session.close();
  });

  test("of an admin role that is no superuser is opened, so that somebody can say so", async () => {
    const session = await Session.open(host, database, {
      role: { ...database.owner, superuser: true },
      name: database.name,
      applicationName: "openspp-backup test",
    });
    expect(await session.values(["SHOW event_triggers", "SHOW statement_timeout"])).toEqual([
      ...["on", "0"],
    ]);
    session.close();
  });

  test("answers batches in the order in which they were asked", async () => {
    const session = await open({});
    const answers = await Promise.all(
      [1, 2, 3].map((n) => session.values([`SELECT pg_sleep(${0.03 / n})`, `SELECT ${n}`])),
    );
    session.close();
    expect(answers.map(([, n]) => n)).toEqual([1, 2, 3]);
  });

  test("goes on after a statement that the server refused, whose detail is not shown", async () => {
    const session = await open({});
    const refused = session.batch([
      "SELECT 1",
      "INSERT INTO public.x_coded (code) VALUES ('not a code of Ana Cruz')",
    ]);
    const error: unknown = await refused.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ServerError);
    expect((error as ServerError).code).toBe("23514");
    expect((error as ServerError).message).not.toContain("Ana Cruz");
    expect(await session.value("SELECT 5")).toBe(5);
    session.close();
  });

  test("that the server ended tells so, at once and at the next question", async () => {
    const [session, other] = [await open({}), await openSession(lab)];
    const lost: Unreachable[] = [];
    session.onLost((error) => lost.push(error));
    const pid = await session.value<number>("SELECT pg_backend_pid()");
    const sleeping = session.value("SELECT pg_sleep(60)").catch((thrown: unknown) => thrown);
    await other.value(`SELECT pg_terminate_backend(${pid}, 5000)`);
    other.close();
    expect(await sleeping).toBeInstanceOf(Error);
    await expect(session.value("SELECT 1")).rejects.toBeInstanceOf(Unreachable);
    expect(lost[0]?.explanation.what).toBe(
      "The connection to the database openspp on this machine was lost.",
    );
    session.close();
  });
});
