import { beforeAll, describe, expect, test } from "vitest";
import { qualified } from "../../src/checks/sql.ts";
import type { Policy } from "../../src/deployment/deployment.ts";
import { cycle } from "../../src/operations/cycle.ts";
import { sweep } from "../../src/operations/sweep.ts";
import { readReport } from "../../src/report/read-report.ts";
import type { BackupReport } from "../../src/report/report-schema.ts";
import type { Lab } from "../lab/lab.ts";
import { sharedLab } from "../lab/shared.ts";
import { databasesOf, inBackup, KeptLog, onLab } from "./on-lab.ts";

const SQL_CHECKS = `
- name: programmes
  sql: SELECT count(*) FROM spp_program
  expect: "5"
- name: asked as the owner of the data
  sql: SELECT current_user || ' ' || current_setting('transaction_read_only')
  expect: odoo on
`;

describe.each<Policy>(["flexible", "strict"])("a cycle under the %s policy", (policy) => {
  let lab: Lab;
  let report: BackupReport;
  let manifest: string;
  const log = new KeptLog();

  beforeAll(async () => {
    lab = await sharedLab(policy);
    await inBackup(
      lab,
      "mkdir -p /backups/daily && ln -sf older.dump /backups/daily/openspp_latest.dump",
    );
    report = await onLab(lab, cycle, { "sql-checks": SQL_CHECKS }, log);
    const name = report.backup.name.replace(".dump", ".manifest.json");
    manifest = await inBackup(lab, `cat /backups/daily/${name}`);
  });

  test("takes a backup, restores it, and every check passes", () => {
    expect(report.checks.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(report.checks.map(({ name }) => name)).toEqual([
      ...["dump", "manifest", "attachments", "archive", "rpo", "restore"],
      ...["content", "structure", "sequences", "large-objects", "extensions", "geometry"],
      ...["partners", "postgis", "control", "filestore"],
      ...["sql: programmes", "sql: asked as the owner of the data", "rto", "cleanup", "retention"],
    ]);
    expect(report.verdict).toBe("passed");
  });

  test("reports what a machine may rely on", () => {
    expect(report).toMatchObject({
      schemaVersion: 1,
      operation: "cycle",
      verdict: "passed",
      deployment: { project: lab.project, database: "openspp", policy },
      backup: { manifest: true, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      postgis: expect.stringMatching(/^3\./),
      rtoObjectiveSeconds: 1800,
      rpoObjectiveSeconds: 86_400,
    });
    expect(report.rtoSeconds).toBeGreaterThan(0);
    expect(report.rtoSeconds).toBeLessThan(report.seconds);
    expect(report.rpoSeconds).toBeGreaterThan(0);
    expect(report.checks.every(({ message }) => message.endsWith("."))).toBe(true);
    expect(readReport(JSON.stringify(report), "report.json")).toEqual(report);
  });

  test("reports every phase, in order, within the time of the whole", () => {
    expect(report.phases.map(({ name }) => name)).toEqual(log.groups);
    expect(log.groups.map((name) => name.replace(report.backup.name, "…"))).toEqual([
      ...["Discover the deployment", "Dump and fingerprint one snapshot"],
      ...["Verify what was written", "Make it visible", "Open …"],
      ...["Create openspp_test", "Restore", "Prove every table"],
      ...["Control: change one row", "Prove the filestore"],
      ...["Your own SQL checks", "Drop openspp_test", "Apply the retention"],
    ]);
    for (const { startedAfter, seconds } of report.phases) {
      expect(startedAfter + seconds).toBeLessThanOrEqual(report.seconds);
    }
  });

  test("reports every table that holds rows of its own, with the rows that it holds", async () => {
    const client = await lab.connect(lab.database.admin);
    const names = await client.query(
      `SELECT n.nspname AS schema, c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind = 'r' AND n.nspname IN ('public', 'spp_reporting', 'Données à part') AND c.relname <> 'spatial_ref_sys'`,
    );
    const counts: Record<string, number> = {};
    for (const { schema, name } of names.rows) {
      const { rows } = await client.query(
        `SELECT count(*)::int AS n FROM ONLY ${qualified(schema, name)}`,
      );
      counts[`${schema}.${name}`] = rows[0].n;
    }
    await client.end();

    const own = report.tables.filter(({ schema }) => !["topology", "tiger"].includes(schema));
    const reported = own.filter(({ name }) => name !== "spatial_ref_sys");
    const shown = (which: "expected" | "restored") =>
      Object.fromEntries(
        reported.map(({ schema, name, rows }) => [`${schema}.${name}`, rows[which]]),
      );
    expect(shown("expected")).toEqual(counts);
    expect(shown("restored")).toEqual(counts);
    expect(report.partners).toBe(counts["public.res_partner"]);
    expect(report.rows).toBe(report.tables.reduce((sum, { rows }) => sum + rows.expected, 0));
    expect(report.tables.map(({ hash }) => hash.restored)).toEqual(
      report.tables.map(({ hash }) => hash.expected),
    );
  });

  test("counts the country's own spatial reference, and not those that PostGIS brings", () => {
    const table = report.tables.find(({ name }) => name === "spatial_ref_sys");
    expect(table?.rows).toEqual({ expected: 1, restored: 1 });
  });

  test("names its files as the reference script does, moves the link, leaves nothing partial", async () => {
    expect(report.backup.name).toMatch(/^openspp_\d{8}_\d{6}\.dump$/);
    expect(await inBackup(lab, "readlink /backups/daily/openspp_latest.dump")).toBe(
      report.backup.name,
    );
    const files = (await inBackup(lab, "ls -A /backups/daily")).split("\n");
    expect(files).toContain(report.backup.name);
    expect(files.filter((file) => file.includes("part"))).toEqual([]);
    const [bytes, sum] = (
      await inBackup(
        lab,
        `cd /backups/daily && stat -c %s ${report.backup.name} && sha256sum ${report.backup.name}`,
      )
    ).split("\n");
    expect(Number(bytes)).toBe(report.backup.bytes);
    expect(sum?.split(" ")[0]).toBe(report.backup.sha256);
    expect(await inBackup(lab, "ls -A /tmp")).not.toContain("openspp-backup");
  });

  test("writes no personal data into the manifest, the report or the log", async () => {
    const client = await lab.connect(lab.database.admin);
    const { rows } = await client.query(
      "SELECT DISTINCT unnest(ARRAY[name, given_name, family_name, complete_name, email, phone, street]) AS value FROM res_partner",
    );
    await client.end();
    const values = rows.map(({ value }) => value).filter((value) => value && value.length > 2);
    expect(values.length).toBeGreaterThan(300);
    const written = [manifest, JSON.stringify(report), log.lines.join("\n")].join("\n");
    const words = new Set(written.split(/[^\p{L}\p{N}@.+-]+/u));
    expect(
      values.filter((value) => words.has(value) || (/\s/.test(value) && written.includes(value))),
    ).toEqual([]);
  });

  test("shows no password", async () => {
    const { password } = lab.database;
    const written = [manifest, JSON.stringify(report), log.lines.join("\n")].join("\n");
    expect(written).not.toContain(password);
    expect(written).not.toContain("w0rd");
  });

  test("leaves production alone in its server, and no session", async () => {
    expect(await databasesOf(lab)).toEqual(["openspp"]);
    const client = await lab.connect(lab.database.admin);
    const { rows } = await client.query(
      "SELECT application_name FROM pg_stat_activity WHERE application_name LIKE 'openspp-backup%' OR pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')",
    );
    await client.end();
    expect(rows).toEqual([]);
  });

  test("leaves nothing for a sweep", async () => {
    expect(await onLab(lab, sweep)).toEqual([]);
  });
});
