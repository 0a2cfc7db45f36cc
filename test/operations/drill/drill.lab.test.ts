import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { backup } from "../../../src/operations/backup/backup.ts";
import { cycle } from "../../../src/operations/cycle.ts";
import { drill } from "../../../src/operations/drill/drill.ts";
import { list } from "../../../src/operations/list.ts";
import type { BackupReport } from "../../../src/report/report-schema.ts";
import { delayProxy } from "../../lab/delay-proxy.ts";
import { corrupt } from "../../lab/faults.ts";
import type { Lab } from "../../lab/lab.ts";
import { sharedLab } from "../../lab/shared.ts";
import { databasesOf, inBackup, KeptLog, onLab } from "../on-lab.ts";

let lab: Lab;

beforeAll(async () => {
  lab = await sharedLab("flexible");
  // A drill of any backup must not meet the damaged ones of other files.
  await inBackup(lab, "mkdir -p /backups/daily; find /backups/daily -mindepth 1 -delete");
});

const checkOf = (report: BackupReport, name: string) =>
  report.checks.find((check) => check.name === name);
const troublesOf = (report: BackupReport) =>
  report.checks.filter(({ status }) => status !== "passed").map(({ name }) => name);
const manifestOf = async ({ backup }: BackupReport) =>
  JSON.parse(
    await inBackup(lab, `cat /backups/daily/${backup.name.replace(".dump", ".manifest.json")}`),
  );

describe("a kept database", () => {
  let kept: BackupReport;
  const checks = `
    - {name: wrong, sql: "SELECT 1", expect: "2"}
    - {name: refused, sql: "SELECT * FROM no_such_table", expect: "x"}
    - {name: nothing, sql: "SELECT NULL", expect: ""}
    - {name: writes, sql: "DELETE FROM spp_program", expect: "5"}
    - {name: right, sql: "SELECT name FROM spp_program ORDER BY id LIMIT 1", expect: Cash transfer}`;

  beforeAll(async () => {
    kept = await onLab(lab, cycle, {
      compression: "zstd:3",
      "keep-database": "true",
      "sql-checks": checks,
      "skip-checks": "geometry",
      jobs: "1",
    });
  });

  test("is there, with what was restored, and says whose it is", async () => {
    expect(await databasesOf(lab)).toEqual(["openspp", "openspp_test"]);
    const client = await lab.connect(lab.database.owner, "openspp_test");
    const { rows } = await client.query(
      `SELECT (SELECT count(*)::int FROM res_partner) AS partners, shobj_description(d.oid, 'pg_database') AS comment
       FROM pg_database d WHERE datname = current_database()`,
    );
    await client.end();
    expect(rows[0].partners).toBe(kept.partners);
    expect(rows[0].comment).toMatch(/^openspp-backup/);
    expect(checkOf(kept, "cleanup")?.message).toBe(
      "openspp_test was kept, as asked. The next drill drops it.",
    );
  });

  test("a dump compressed by zstd is one, and is proven like any other", async () => {
    expect((await manifestOf(kept)).dump.compression).toBe("zstd:3");
    const listed = await inBackup(lab, `pg_restore --list /backups/daily/${kept.backup.name}`);
    expect(listed).toContain("Compression: zstd");
    expect(checkOf(kept, "content")?.status).toBe("passed");
  });

  test("the user's own checks that fail turn the drill red, and their answers are not shown", () => {
    expect(kept.verdict).toBe("failed");
    expect(troublesOf(kept)).toEqual([
      "geometry",
      "sql: wrong",
      "sql: refused",
      "sql: nothing",
      "sql: writes",
    ]);
    expect(checkOf(kept, "sql: refused")?.message).toBe(
      "The server refused the statement: SQLSTATE 42P01.",
    );
    expect(checkOf(kept, "sql: writes")?.message).toBe(
      "The server refused the statement: SQLSTATE 25006.",
    );
    expect(JSON.stringify(kept)).not.toContain("Cash transfer");
  });

  test("a check that was switched off says so", () => {
    expect(checkOf(kept, "geometry")).toEqual({
      name: "geometry",
      status: "not-run",
      message: "Switched off by name in `skip-checks`.",
      switchedOff: true,
    });
  });

  test("the next drill drops it; of the backup that was named; both objectives exceeded turn it red", async () => {
    const log = new KeptLog();
    const report = await onLab(lab, drill, { backup: kept.backup.name, rpo: "1s", rto: "1s" }, log);
    expect(log.lines.filter((line) => line.startsWith("Dropped"))).toHaveLength(2);
    expect(report.backup.name).toBe(kept.backup.name);
    expect(report.verdict).toBe("failed");
    expect(troublesOf(report)).toEqual(["rpo", "rto"]);
    expect(checkOf(report, "rpo")?.message).toMatch(/ old; the objective \(RPO\) is 1(\.0)? s\.$/);
    expect(await databasesOf(lab)).toEqual(["openspp"]);
  });
});

test("lz4, and any of the backups at random", async () => {
  const taken = await onLab(lab, backup, { compression: "lz4:1" });
  expect(taken.verdict).toBe("passed");
  expect(taken.tables.every(({ rows }) => rows.restored === null)).toBe(true);
  expect(await inBackup(lab, `pg_restore --list /backups/daily/${taken.backup.name}`)).toContain(
    "Compression: lz4",
  );
  const { backups: listed } = await onLab(lab, list);
  expect(listed[0]).toMatchObject({ name: taken.backup.name, latest: true, manifest: true });

  const report = await onLab(lab, drill, { backup: "random", "skip-checks": "content" });
  expect(listed.map(({ name }) => name)).toContain(report.backup.name);
  expect(report.checks.filter(({ status }) => status === "failed")).toEqual([]);
  expect(report.verdict).toBe("passed");
});

test.each([
  ["beside the host", 0],
  // So that pg_dump on the host is far ahead of the sessions from here.
  ["far from it", 300],
])(
  "a backup taken %s while Odoo writes is of one moment, and proves so",
  async (_, roundTripMs) => {
    const proxy = await delayProxy(lab.ssh.port, roundTripMs);
    const there = await lab.env(proxy.port);
    const stop = new AbortController();
    const writing = writeUntil(stop.signal);
    try {
      const report = await onLab(lab, cycle, {
        jobs: "2",
        "ssh-port": there.OPENSPP_SSH_PORT,
        "ssh-known-hosts": there.OPENSPP_SSH_KNOWN_HOSTS,
      });
      expect(troublesOf(report)).toEqual([]);
    } finally {
      stop.abort();
      expect(await writing).toBeGreaterThan(20);
      await proxy.close();
    }
  },
);

/** Does what Odoo does, transaction after transaction, until it is told to stop; returns how many. */
async function writeUntil(signal: AbortSignal): Promise<number> {
  const client = await lab.connect();
  let written = 0;
  while (!signal.aborted) {
    await client.query("BEGIN");
    await client.query(
      `INSERT INTO res_partner (name, complete_name, type, commercial_partner_id) SELECT 'Written ' || $1, 'x', 'contact', 1`,
      [String(written)],
    );
    await client.query("UPDATE spp_program SET description = to_jsonb(now()) WHERE id = 1");
    await client.query("SELECT nextval('ir_sequence_001')");
    await client.query("COMMIT");
    written += 1;
  }
  await client.query("DELETE FROM res_partner WHERE name LIKE 'Written %'");
  await client.query("UPDATE spp_program SET description = NULL WHERE id = 1");
  await client.end();
  return written;
}

test("a damaged archive is not restored, and not green either when that check is switched off", async () => {
  const taken = await onLab(lab, backup);
  await corrupt(lab, `daily/${taken.backup.name}`, taken.backup.bytes - 100, 3);
  const report = await onLab(lab, drill, { "skip-checks": "archive" });
  await inBackup(lab, `rm /backups/daily/${taken.backup.name}`);

  expect(report.backup.name).toBe(taken.backup.name);
  expect(report.verdict).toBe("not-run");
  expect(checkOf(report, "restore")).toEqual({
    name: "restore",
    status: "not-run",
    message: "Not tried: a damaged archive is not restored.",
  });
  expect(report.phases.map(({ name }) => name)).not.toContain("Restore");
});

test("what came back and is not in the manifest turns the drill red, by name", async () => {
  const taken = await onLab(lab, backup, { filestore: "off" });
  const file = `/backups/daily/${taken.backup.name.replace(".dump", ".manifest.json")}`;
  const manifest = await manifestOf(taken);
  const without = (key: string, lost: (entry: Record<string, string>) => boolean) => {
    const left = manifest[key].filter((entry: Record<string, string>) => !lost(entry));
    expect(left).toHaveLength(manifest[key].length - 1);
    return left;
  };
  const folder = await mkdtemp(join(tmpdir(), "manifest-"));
  await writeFile(
    join(folder, "changed"),
    JSON.stringify({
      ...manifest,
      tables: without("tables", ({ name }) => name === "res_users"),
      sequences: without("sequences", ({ name }) => name === "res_users_id_seq"),
      geometries: without("geometries", ({ column }) => column === "geo_polygon"),
    }),
  );
  await lab.docker("cp", join(folder, "changed"), `${lab.container("backup")}:${file}`);
  await rm(folder, { recursive: true });
  const report = await onLab(lab, drill, {
    backup: taken.backup.name,
    "skip-checks": "filestore, structure",
  });
  await inBackup(lab, `rm /backups/daily/${taken.backup.name.replace(".dump", "")}*`);
  expect(troublesOf(report).filter((name) => checkOf(report, name)?.status === "failed")).toEqual([
    "content",
    "sequences",
    "geometry",
  ]);
  expect(checkOf(report, "content")?.message).toBe(
    "1 table came back that the manifest does not know: public.res_users.",
  );
});

describe("foreign keys, restored while the rows are hashed", () => {
  test("one that does not hold in the backup turns the drill red, and its row is not shown", async () => {
    await asAdmin("openspp", [
      "CREATE TABLE zz_parent (id int PRIMARY KEY)",
      "CREATE TABLE zz_child (parent int REFERENCES zz_parent)",
      "SET session_replication_role = replica",
      "INSERT INTO zz_child VALUES (4711)",
    ]);
    const taken = await onLab(lab, backup);
    await asAdmin("openspp", ["DROP TABLE zz_child, zz_parent"]);
    const report = await onLab(lab, drill, { backup: taken.backup.name });
    await inBackup(lab, `rm /backups/daily/${taken.backup.name.replace(".dump", "")}*`);

    expect(report.verdict).toBe("failed");
    expect(checkOf(report, "restore")?.message).toMatch(
      /^The restore stopped at an error: .*violates foreign key constraint "zz_child_parent_fkey"/,
    );
    expect(checkOf(report, "content")).toMatchObject({ status: "not-run" });
    expect(JSON.stringify(report)).not.toContain("4711");
    expect(await databasesOf(lab)).toEqual(["openspp"]);
  });

  test("one with a comment, in a schema with a space in its name, comes back with it", async () => {
    await asAdmin("openspp", [
      'CREATE SCHEMA "of the country"',
      'CREATE TABLE "of the country".area (id int PRIMARY KEY, parent int CONSTRAINT "in area" REFERENCES "of the country".area)',
      'COMMENT ON CONSTRAINT "in area" ON "of the country".area IS $$whose part it is$$',
      `ALTER SCHEMA "of the country" OWNER TO "${lab.database.owner}"`,
      `ALTER TABLE "of the country".area OWNER TO "${lab.database.owner}"`,
    ]);
    const report = await onLab(lab, cycle);
    await asAdmin("openspp", ['DROP SCHEMA "of the country" CASCADE']);
    expect(troublesOf(report)).toEqual([]);
  });

  test("a database without any is restored, too", async () => {
    await asAdmin("postgres", [`CREATE DATABASE keyless OWNER "${lab.database.owner}"`]);
    try {
      await asAdmin("keyless", [
        "CREATE EXTENSION postgis",
        "CREATE TABLE res_partner (id int PRIMARY KEY, name text)",
        "INSERT INTO res_partner VALUES (1), (2)",
        `ALTER TABLE res_partner OWNER TO "${lab.database.owner}"`,
      ]);
      const report = await onLab(lab, cycle, { database: "keyless" });
      expect(checkOf(report, "restore")?.status).toBe("passed");
      expect(checkOf(report, "content")?.status).toBe("passed");
      expect(report.partners).toBe(2);
    } finally {
      await asAdmin("postgres", ["DROP DATABASE keyless WITH (FORCE)"]);
      await inBackup(lab, "rm -f /backups/daily/keyless*");
    }
  });
});

async function asAdmin(database: string, statements: readonly string[]): Promise<void> {
  const client = await lab.connect(lab.database.admin, database);
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
