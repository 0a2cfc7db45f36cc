import { describe, expect, test } from "vitest";
import { commentOf, type FormerMark } from "../../../../src/backups/extra-databases.ts";
import {
  judgeConnections,
  judgeDatabase,
  judgeLeftovers,
  judgeSessions,
  type ServerEvidence,
} from "../../../../src/operations/monitor/findings/database-server.ts";
import { failed, passed } from "../../../../src/report/check.ts";

const CALM: ServerEvidence = {
  version: "18.6",
  maxConnections: 100,
  reserved: 3,
  connections: 10,
  databaseLimit: -1,
  databaseConnections: 9,
  roles: [],
  sessions: [],
  preparedTransactions: 0,
  slots: [],
  leftovers: [],
  commented: [],
  busy: false,
};
const ODOO = {
  application: "odoo",
  address: "172.18.0.3",
  state: "idle",
  transactionSeconds: 0,
  waitingSeconds: 0,
};
const SERVICES = new Map([["172.18.0.3", "odoo"]]);

test("a database that serves, or why it does not", () => {
  expect(judgeDatabase(true, CALM)).toEqual(
    passed("database", "PostgreSQL 18.6 accepts connections."),
  );
  expect(judgeDatabase(undefined, CALM).status).toBe("passed");
  expect(judgeDatabase(false, "the connection was refused.")).toEqual(
    failed(
      "database",
      "The database server does not answer: the connection was refused.",
      "See what it says: docker compose logs db",
    ),
  );
  expect(judgeDatabase(true, "a wrong password.").message).toBe(
    "The server accepts connections, but not ours: a wrong password.",
  );
  expect(judgeDatabase(false, CALM).message).toMatch(/^The backup container does not reach/);
});

describe("connections", () => {
  test.each<[string, Partial<ServerEvidence>, string, true | undefined, string]>([
    ["few", {}, "passed", undefined, "The server has 10 of 97 connections in use."],
    ["many", { connections: 90 }, "passed", true, "The server has 90 of 97 connections in use."],
    [
      "all",
      { connections: 97 },
      "failed",
      undefined,
      "The server has 97 of 97 connections in use.",
    ],
    [
      "all of the database's",
      { databaseLimit: 9 },
      "failed",
      undefined,
      "The production database has 9 of 9 connections in use.",
    ],
    [
      "a database that takes none",
      { databaseLimit: 0 },
      "failed",
      undefined,
      "The production database has 9 of 0 connections in use.",
    ],
    [
      "all of a role's",
      { roles: [{ name: "odoo", limit: 5, connections: 5 }] },
      "failed",
      undefined,
      "The role `odoo` has 5 of 5 connections in use.",
    ],
  ])("%s", (_, more, status, warning, message) => {
    const finding = judgeConnections({ ...CALM, ...more });
    expect([finding.status, finding.warning, finding.message]).toEqual([status, warning, message]);
  });
});

describe("sessions", () => {
  test("of the deployment's own services hold up nothing", () => {
    expect(
      judgeSessions({ ...CALM, sessions: [ODOO, { ...ODOO, address: "" }] }, SERVICES),
    ).toEqual(
      passed(
        "sessions",
        "2 sessions on the production database, 1 of them not of the deployment's services; none would hold up a restore.",
      ),
    );
  });

  test.each<[string, Partial<ServerEvidence>, string]>([
    [
      "a prepared transaction",
      { preparedTransactions: 1 },
      "1 prepared transaction that no disconnecting ends",
    ],
    ["replication slots", { slots: ["a", "b"] }, "the logical replication slots `a`, `b`"],
    [
      "a long transaction",
      { sessions: [{ ...ODOO, transactionSeconds: 7200 }] },
      "a transaction that has been open for 2 h",
    ],
    [
      "a long wait",
      { sessions: [{ ...ODOO, waitingSeconds: 600 }] },
      "a session that has waited for a lock for 10 min",
    ],
  ])("%s would", (_, more, blocker) => {
    const finding = judgeSessions({ ...CALM, ...more }, SERVICES);
    expect(finding.warning).toBe(true);
    expect(finding.message).toMatch(
      new RegExp(`; a restore would be held up by ${blocker.replaceAll(/[`]/g, "`")}\\.$`),
    );
  });
});

test("what a drill left, unless one is at work", () => {
  const left = { ...CALM, leftovers: ["openspp_test"] };
  expect(judgeLeftovers(CALM, "openspp").status).toBe("passed");
  expect(judgeLeftovers(left, "openspp")).toMatchObject({
    warning: true,
    next: "Drop it: openspp-backup sweep",
  });
  expect(judgeLeftovers({ ...left, busy: true }, "openspp").warning).toBeUndefined();
});

test("a restore that was interrupted, unless it is at work; one that is over is no trouble", () => {
  const marked = (more: Partial<FormerMark>) => {
    const mark: FormerMark = {
      is: "former",
      of: "openspp",
      backup: "a.dump",
      since: "2026-01-15T02:00:00.000Z",
      until: "2026-01-22T02:00:00.000Z",
      confirmed: false,
      ...more,
    };
    const comment = commentOf(mark);
    return { ...CALM, commented: [{ name: "openspp_before_1", comment, bytes: 1 }] };
  };
  expect(judgeLeftovers(marked({}), "openspp")).toMatchObject({
    status: "failed",
    message: "A restore of a.dump was interrupted: `openspp_before_1` is left of it.",
  });
  expect(judgeLeftovers({ ...marked({}), busy: true }, "openspp").status).toBe("passed");
  expect(judgeLeftovers(marked({ confirmed: true }), "openspp").status).toBe("passed");
  expect(judgeLeftovers(marked({ of: "other" }), "openspp").status).toBe("passed");
});
