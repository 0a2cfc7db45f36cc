import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cycle } from "../../../src/operations/cycle.ts";
import { sweep } from "../../../src/operations/sweep.ts";
import type { Check } from "../../../src/report/check.ts";
import { type Lab, startLab } from "../../lab/lab.ts";
import { databasesOf, onLab } from "../on-lab.ts";
import { restoreOn, sql } from "../restore/on-production.ts";
import { type RightsInDatabase, rightsInDatabase } from "./rights-in-database.ts";

/** A stand-in for plperl, plpython3u or pg_cron, whose control files say `schema = pg_catalog`. */
const EXTENSION_IN_PG_CATALOG = `
d=/usr/share/postgresql/18/extension
printf '%s\\n' 'comment = stand-in' 'default_version = 1.0' 'relocatable = false' 'schema = pg_catalog' 'superuser = true' > $d/x_catalog.control
echo 'CREATE FUNCTION x_catalog_one() RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 1 $$;' > $d/x_catalog--1.0.sql
install -d -o postgres -g postgres /var/lib/postgresql/x_fast`;

let lab: Lab;
let before: RightsInDatabase;

beforeAll(async () => {
  lab = await startLab({
    name: "restore-roles",
    policy: "strict",
    seed: { registrants: 100 },
    fsyncOff: true,
  });
  await lab.docker("exec", lab.container("db"), "sh", "-c", EXTENSION_IN_PG_CATALOG);
  await sql(lab, "CREATE TABLESPACE x_fast LOCATION '/var/lib/postgresql/x_fast'");
  await sql(lab, await readFile(join(import.meta.dirname, "owners.sql"), "utf8"));
  before = await rightsOf("openspp");
});

afterAll(() => lab.down());

async function rightsOf(database: string): Promise<RightsInDatabase> {
  const client = await lab.connect(lab.database.admin, database);
  try {
    return await rightsInDatabase(client);
  } finally {
    await client.end();
  }
}

const troubles = (checks: readonly Check[]) => checks.filter(({ status }) => status !== "passed");
const messageOf = (checks: readonly Check[], name: string) =>
  checks.find((check) => check.name === name)?.message;

test("a drill restores whatever others own and grant, as it was", async () => {
  const report = await onLab(lab, cycle, { "keep-database": "true" });
  expect(troubles(report.checks)).toEqual([]);
  expect(messageOf(report.checks, "restore")).toContain("`x_subscribed` was left out");
  const restored = await rightsOf("openspp_test");
  for (const [what, objects] of Object.entries(before)) {
    expect({ [what]: restored[what] }).toEqual({ [what]: objects });
  }
});

test("what the Odoo role may do there is what it may do in production", async () => {
  const asOdoo = async (statement: string, database: string) => {
    const client = await lab.connect(lab.database.owner, database);
    try {
      const { rows } = await client.query(statement);
      return JSON.stringify(rows);
    } catch (error) {
      return (error as Error).message;
    } finally {
      await client.end();
    }
  };
  for (const statement of [
    "SELECT count(*) > 0 AS some FROM x_trail",
    "DELETE FROM x_trail",
    "TRUNCATE x_trail",
    "DROP TABLE x_trail",
    "SELECT x_server_file_count() > 0 AS some",
    "CREATE FUNCTION x_new() RETURNS void LANGUAGE plpgsql AS 'BEGIN END'",
    "SELECT rolpassword FROM pg_authid",
    "SELECT x_note_change()",
  ]) {
    const inProduction = await asOdoo(statement, "openspp");
    expect([statement, await asOdoo(statement, "openspp_test")]).toEqual([statement, inProduction]);
  }
});

test("a throwaway database with a subscription is dropped all the same", async () => {
  await sql(
    lab,
    "CREATE SUBSCRIPTION x_left CONNECTION 'host=nowhere.example.org' PUBLICATION x WITH (connect = false, slot_name = 'x')",
    "openspp_test",
  );
  expect(await onLab(lab, sweep)).toContain("Dropped the throwaway database openspp_test.");
  expect(await databasesOf(lab)).toEqual(["openspp"]);
});

test("a restore brings it all back as production, the subscription disabled", async () => {
  const report = await restoreOn(lab, { backup: "latest" });
  expect(troubles(report.checks)).toEqual([]);
  expect(messageOf(report.checks, "restore")).toContain("`x_subscribed` is there, but disabled");
  expect(await rightsOf("openspp")).toEqual(before);
  expect(
    await sql(
      lab,
      "SELECT subenabled FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid WHERE datname = 'openspp'",
    ),
  ).toEqual([{ subenabled: false }]);
  await expect(restoreOn(lab, { backup: "latest", strategy: "replace" })).rejects.toThrow(
    "openspp has the subscription `x_subscribed`, so PostgreSQL does not let it be dropped.",
  );
});

test("a copy has none of the subscriptions", async () => {
  const report = await restoreOn(lab, { backup: "latest", strategy: "copy" });
  expect(troubles(report.checks)).toEqual([]);
  expect(messageOf(report.checks, "restore")).toContain("`x_subscribed` was left out");
});
