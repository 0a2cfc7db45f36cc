import { beforeAll, expect, test } from "vitest";
import {
  CONNECTION_SETTINGS,
  connectionOptions,
  SUPERUSER_SETTINGS,
  TOOL_SETTINGS,
} from "../../../src/checks/session-settings.ts";
import { literal } from "../../../src/checks/sql.ts";
import { cycle } from "../../../src/operations/cycle.ts";
import type { Lab } from "../../lab/lab.ts";
import { sharedLab } from "../../lab/shared.ts";
import { onLab } from "../on-lab.ts";

/** What keeps a plain session from finishing, or makes it print or read something else. */
const HOSTILE: Readonly<Record<string, string>> = {
  statement_timeout: "1ms",
  lock_timeout: "1ms",
  idle_in_transaction_session_timeout: "1ms",
  idle_session_timeout: "1ms",
  exit_on_error: "on",
  default_transaction_read_only: "on",
  default_transaction_isolation: "serializable",
  default_transaction_deferrable: "on",
  restrict_nonsystem_relation_kind: "view, foreign-table",
  standard_conforming_strings: "off",
  transform_null_equals: "on",
  array_nulls: "off",
  xmloption: "document",
  quote_all_identifiers: "on",
  timezone: "Asia/Manila",
  datestyle: "SQL, DMY",
  intervalstyle: "sql_standard",
  extra_float_digits: "-15",
  bytea_output: "escape",
  xmlbinary: "hex",
  search_path: "nowhere",
  client_encoding: "SQL_ASCII",
  zero_damaged_pages: "on",
  ignore_checksum_failure: "on",
  session_replication_role: "replica",
  temp_file_limit: "0",
};
/** The transaction's limit goes first, or else the session's own is never tried. */
const TRANSACTION_LIMIT = { transaction_timeout: "1ms" };
/** A session becomes another role's. */
const OTHER_ROLE = { role: "pg_monitor" };

const EVENT_TRIGGERS = `
SET ROLE odoo;
CREATE TABLE zz_login (name text);
CREATE FUNCTION zz_forbid() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the schema is frozen'; END $$;
CREATE FUNCTION zz_note_login() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.zz_login VALUES (session_user); END $$;
RESET ROLE;
CREATE EVENT TRIGGER zz_forbid_ddl ON ddl_command_start EXECUTE FUNCTION zz_forbid();
CREATE EVENT TRIGGER zz_note_login ON login EXECUTE FUNCTION zz_note_login();`;

let lab: Lab;
beforeAll(async () => {
  lab = await sharedLab("strict");
});

const RESET = [
  "DATABASE openspp",
  ...["openspp_admin", "odoo"].flatMap((role) => [
    `ROLE ${role}`,
    `ROLE ${role} IN DATABASE openspp`,
  ]),
]
  .map((target) => `ALTER ${target} RESET ALL`)
  .join("; ");

/** Given SQL, run it as the admin role in production, whatever its settings are there, and return what it prints. */
function undisturbed(statements: string): Promise<string> {
  const options = connectionOptions({ ...TOOL_SETTINGS, ...SUPERUSER_SETTINGS });
  return lab.docker(
    ...["exec", "--user", "postgres", "--env", `PGOPTIONS=${options}`, lab.container("db")],
    ...["psql", "-U", lab.database.admin, "-d", "openspp", "-qAt", "-v", "ON_ERROR_STOP=1"],
    ...["-c", statements],
  );
}

const BOTH_ROLES = ["ROLE openspp_admin", "ROLE odoo"];

test.each<[string, readonly string[], Readonly<Record<string, string>>]>([
  ["the database cuts off, forbids and prints otherwise", ["DATABASE openspp"], HOSTILE],
  [
    "both roles do so in this database",
    BOTH_ROLES.map((role) => `${role} IN DATABASE openspp`),
    HOSTILE,
  ],
  ["both roles limit a transaction", BOTH_ROLES, TRANSACTION_LIMIT],
  ["the admin's sessions become another role's", ["ROLE openspp_admin"], OTHER_ROLE],
])("%s: a cycle is green", async (_, targets, settings) => {
  const set = targets.flatMap((target) =>
    Object.entries(settings).map(
      ([name, value]) => `ALTER ${target} SET ${name} = ${literal(value)}`,
    ),
  );
  await undisturbed(set.join(";\n"));
  try {
    const report = await onLab(lab, cycle, {
      "sql-checks": "- name: who\n  sql: SELECT current_user\n  expect: odoo\n",
    });
    expect(report.checks.filter(({ status }) => status !== "passed")).toEqual([]);
  } finally {
    await undisturbed(RESET);
  }
});

test("each setting that we fix was tried with another value, or there is a reason", () => {
  const fixed = Object.keys({ ...CONNECTION_SETTINGS, ...SUPERUSER_SETTINGS });
  const tried = { ...HOSTILE, ...TRANSACTION_LIMIT, ...OTHER_ROLE };
  const untried = fixed.filter((name) => !(name in tried));
  expect(untried.sort()).toEqual(Object.keys(NOT_TRIED).sort());
});

/** Why another value is not tried here. */
const NOT_TRIED = {
  row_security: "on is the default",
  check_function_bodies: "on is the default",
  lc_monetary: "the lab's image has no other locale",
  default_tablespace: "the lab has no other tablespace",
  event_triggers: "on is the default; the next test has event triggers",
  lc_messages: "the lab's image has no other locale",
};

test("event triggers that forbid all DDL, and that write at each login: a cycle is green", async () => {
  await undisturbed(EVENT_TRIGGERS);
  try {
    const report = await onLab(lab, cycle);
    expect(report.checks.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(await undisturbed("SELECT count(*) FROM zz_login WHERE name = 'openspp_admin'")).toBe(
      "0",
    );
  } finally {
    await undisturbed(
      "DROP EVENT TRIGGER zz_note_login; DROP EVENT TRIGGER zz_forbid_ddl; DROP FUNCTION zz_note_login, zz_forbid; DROP TABLE zz_login",
    );
  }
});
