import { escapeLiteral } from "pg";
import { describe, expect, test } from "vitest";
import { UserMistake } from "../../../src/failure.ts";
import {
  judgeSessions,
  type ServerEvidence,
  serverQuery,
} from "../../../src/operations/monitor/findings/database-server.ts";
import { monitor } from "../../../src/operations/monitor/monitor.ts";
import { restartDb, startDb, stopDb } from "../../lab/faults.ts";
import { inBackup, KeptLog, onLab } from "../on-lab.ts";
import { CALM, find, troubles, type WatchedLab } from "./watched-lab.ts";

/** A database server that is down, full, or held by others. */
export function databaseCases(watched: () => WatchedLab): void {
  describe("the database", () => {
    async function asAdmin(...statements: string[]): Promise<void> {
      const client = await watched().lab.connect(watched().lab.database.admin);
      try {
        for (const statement of statements) await client.query(statement);
      } finally {
        await client.end();
      }
    }

    test("that is down is red, and the backups are still looked at", async () => {
      await stopDb(watched().lab);
      const report = await watched().look();
      await startDb(watched().lab);
      expect(find(report, "database").message).toMatch(
        /^The database server does not answer: The service `db` is not running \(exited/,
      );
      expect(troubles(report)).toEqual([
        "database: failed",
        "connections: not-run",
        "sessions: not-run",
        "leftovers: not-run",
      ]);
    });

    test("whose connections are used up", async () => {
      await asAdmin("ALTER DATABASE openspp CONNECTION LIMIT 1");
      const report = await watched().look();
      await asAdmin("ALTER DATABASE openspp CONNECTION LIMIT -1");
      expect(find(report, "connections")).toMatchObject({
        status: "failed",
        message: expect.stringMatching(
          /^The production database has \d+ of 1 connection in use\.$/,
        ),
      });
    });

    test("which the backup container does not reach though the host does", async () => {
      await inBackup(watched().lab, "cp /etc/hosts /tmp/hosts && echo 127.0.0.1 db >> /etc/hosts");
      const report = await watched().look();
      await inBackup(watched().lab, "cat /tmp/hosts > /etc/hosts");
      expect(find(report, "database")).toMatchObject({
        status: "failed",
        message:
          "The backup container does not reach the database server (pg_isready), though the host does.",
      });
    });

    test("of which a role has nearly all of its connections in use", async () => {
      const password = escapeLiteral(watched().lab.database.password);
      await asAdmin(`CREATE ROLE busy LOGIN CONNECTION LIMIT 10 PASSWORD ${password}`);
      const clients = await Promise.all(
        Array.from({ length: 9 }, () => watched().lab.connect("busy")),
      );
      const report = await watched().look();
      await Promise.all(clients.map((client) => client.end()));
      await asAdmin("DROP ROLE busy");
      expect(find(report, "connections")).toMatchObject({
        warning: true,
        message: "The role `busy` has 9 of 10 connections in use.",
      });
    });

    test("in which one session waits for another's lock", async () => {
      const [holding, waiting, asking] = await Promise.all([
        watched().lab.connect(),
        watched().lab.connect(),
        watched().lab.connect(watched().lab.database.admin),
      ]);
      await holding.query("BEGIN; LOCK TABLE res_partner IN ACCESS EXCLUSIVE MODE");
      const counted = waiting.query("SELECT count(*) FROM res_partner");
      const ask = async (): Promise<ServerEvidence> =>
        (await asking.query(serverQuery("openspp-backup", "", "__none"))).rows[0].evidence;
      const waits = ({ sessions }: ServerEvidence) =>
        sessions.filter(({ waitingSeconds }) => waitingSeconds > 0);
      await expect.poll(async () => waits(await ask()).length).toBe(1);
      const evidence = await ask();
      expect(waits(evidence)[0]).toMatchObject({ state: "active" });
      expect(judgeSessions(evidence, new Map()).warning).toBeUndefined();
      // Nobody waits five minutes here: the same, five minutes later.
      const later = evidence.sessions.map((session) =>
        session.waitingSeconds > 0
          ? { ...session, waitingSeconds: session.waitingSeconds + 300 }
          : session,
      );
      expect(judgeSessions({ ...evidence, sessions: later }, new Map())).toMatchObject({
        warning: true,
        message: expect.stringMatching(
          /a restore would be held up by a session that has waited for a lock for 5 min\b.*\.$/,
        ),
      });
      await holding.query("COMMIT");
      await counted;
      expect(waits(await ask())).toEqual([]);
      await Promise.all([holding, waiting, asking].map((client) => client.end()));
    });

    test("with a prepared transaction and a replication slot, which no disconnecting ends", async () => {
      await asAdmin(
        "ALTER SYSTEM SET max_prepared_transactions = 4",
        "ALTER SYSTEM SET wal_level = logical",
      );
      await restartDb(watched().lab);
      await asAdmin(
        // A slot waits for each transaction that has begun before it.
        "SELECT pg_create_logical_replication_slot('reporting', 'pgoutput')",
        "BEGIN; UPDATE res_partner SET ref = ref; PREPARE TRANSACTION 'left'",
      );
      const report = await watched().look();
      await asAdmin("ROLLBACK PREPARED 'left'", "SELECT pg_drop_replication_slot('reporting')");
      const after = await watched().look();
      expect(find(report, "sessions")).toMatchObject({
        warning: true,
        message: expect.stringMatching(
          /; a restore would be held up by 1 prepared transaction that no disconnecting ends and the logical replication slot `reporting`\.$/,
        ),
      });
      expect(find(after, "sessions").warning).toBeUndefined();
    });

    test("with what a drill left", async () => {
      await asAdmin("CREATE DATABASE x__openspp_backup_new");
      const report = await watched().look();
      await asAdmin("DROP DATABASE x__openspp_backup_new");
      expect(find(report, "leftovers")).toMatchObject({
        warning: true,
        message: "A drill left `x__openspp_backup_new` behind, which takes space.",
        next: "Drop it: openspp-backup sweep",
      });
    });

    test("whose sessions are ended by its name alone, and no other's", async () => {
      const client = await watched().lab.connect();
      const lost = new Promise((resolve) => client.on("error", resolve));
      const mistake: unknown = await watched()
        .look({ "end-sessions": "openspp_test" })
        .catch((error: unknown) => error);
      expect(mistake).toBeInstanceOf(UserMistake);
      expect((await client.query("SELECT 1")).rowCount).toBe(1);

      const log = new KeptLog();
      await onLab(watched().lab, monitor, { ...CALM, "end-sessions": "openspp" }, log);
      expect(await lost).toMatchObject({ code: "57P01" });
      expect(log.lines.join("\n")).toMatch(/^warning: Ended \d+ sessions? on openspp\./m);
    });
  });
}
