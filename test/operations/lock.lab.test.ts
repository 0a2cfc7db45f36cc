import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Failed } from "../../src/failure.ts";
import { backup } from "../../src/operations/backup/backup.ts";
import { drill } from "../../src/operations/drill/drill.ts";
import { list } from "../../src/operations/list.ts";
import type { Run } from "../../src/operations/run.ts";
import { sweep } from "../../src/operations/sweep.ts";
import { withRun } from "../../src/operations/with-run.ts";
import type { Lab } from "../lab/lab.ts";
import { sharedLab } from "../lab/shared.ts";
import { KeptLog, onLab } from "./on-lab.ts";

let lab: Lab;

beforeAll(async () => {
  lab = await sharedLab("flexible");
});

/** Does `work` while another run, a drill, holds the lock. */
function whileHeld<Result>(work: (holder: Run) => Promise<Result>): Promise<Result> {
  return onLab(lab, (settings, effects) => withRun("drill", settings, effects, work));
}

test.each([
  ["backup", backup],
  ["drill", drill],
  ["sweep", sweep],
] as const)("a second run, a %s, says who holds the lock and since when", async (_, operation) => {
  const error: unknown = await whileHeld(() =>
    onLab<unknown>(lab, operation).catch((thrown: unknown) => thrown),
  );
  expect(error).toBeInstanceOf(Failed);
  expect((error as Failed).explanation).toEqual({
    what: "Another backup, drill or restore of this deployment is running.",
    why: expect.stringMatching(
      /^openspp-backup drill \(role odoo\) has held the lock since \d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC\.$/,
    ),
    state: "Nothing was changed.",
    next: "Wait for it to end. A run that died loses the lock within two minutes.",
  });
});

test("a listing needs no lock", async () => {
  expect(await whileHeld(() => onLab(lab, list))).toMatchObject({ backups: expect.any(Array) });
});

test("the server is told to end the session that holds it after 90 s of silence", async () => {
  const timeouts = await whileHeld(({ session }) =>
    session.values(["SHOW idle_session_timeout", "SHOW idle_in_transaction_session_timeout"]),
  );
  expect(timeouts).toEqual(["90s", "90s"]);
});

test("it is free again when the run is over, however it ended", async () => {
  await expect(whileHeld(() => Promise.reject(new Error("ended badly")))).rejects.toThrow(
    "ended badly",
  );
  expect(await onLab(lab, sweep)).toEqual([]);
});

test("whoever holds it ends what a run left that died, and nobody who needs no lock", async () => {
  const named = async (applicationName: string) => {
    const client = await lab.connect(lab.database.admin);
    const ended = new Promise((lost) => client.once("error", lost));
    // A second error says that the connection went, too.
    client.on("error", () => {});
    await client.query(`SET application_name = '${applicationName}'`);
    return { client, ended };
  };
  const [dead, monitor] = await Promise.all([
    named("openspp-backup backup"),
    named("openspp-backup monitor"),
  ]);
  try {
    expect(await onLab(lab, sweep)).toEqual(["Ended 1 session of a run that died."]);
    expect(await dead.ended).toMatchObject({ code: "57P01" });
    expect((await monitor.client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  } finally {
    await monitor.client.end();
  }
});

describe("a role that no run uses", () => {
  const INTRUDER = "x_intruder";
  const TAKE = "SELECT pg_advisory_lock(1869836400, hashtext('openspp'))";

  beforeAll(async () => {
    const admin = await lab.connect(lab.database.admin);
    await admin.query(
      `CREATE ROLE ${INTRUDER} LOGIN PASSWORD ${admin.escapeLiteral(lab.database.password)}`,
    );
    await admin.end();
  });

  afterAll(async () => {
    const admin = await lab.connect(lab.database.admin);
    await admin.query(`DROP ROLE ${INTRUDER}`);
    await admin.end();
  });

  test("cannot keep the lock, however many of its sessions wait for it and come back", async () => {
    const over = new AbortController();
    let taken = 0;
    const takeAgainAndAgain = async () => {
      while (!over.signal.aborted) {
        const client = await lab.connect(INTRUDER, "postgres");
        client.on("error", () => {});
        await client.query(TAKE).then(
          () => taken++,
          () => {},
        );
        if (!over.signal.aborted) await client.query("SELECT pg_sleep(600)").catch(() => {});
        await client.end().catch(() => {});
      }
    };
    const intruders = Array.from({ length: 4 }, takeAgainAndAgain);
    try {
      await expect.poll(() => taken).toBe(1);
      const log = new KeptLog();
      expect(await onLab(lab, sweep, {}, log)).toEqual([]);
      expect(log.lines.join("\n")).toContain(
        `warning: The role ${INTRUDER} held this project's lock (`,
      );
    } finally {
      over.abort();
      const admin = await lab.connect(lab.database.admin);
      const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${INTRUDER}'`;
      const ended = Promise.all(intruders).then(() => true);
      const endThem = () => admin.query(`${end}; SELECT pg_sleep(0.05)`).then(() => false);
      while (!(await Promise.race([ended, endThem()])));
      await admin.end();
    }
  });
});
