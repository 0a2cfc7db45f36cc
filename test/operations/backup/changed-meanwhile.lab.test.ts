import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { expectRefusal, Subject } from "../../lab/bad-input/subject.ts";
import { sharedLab } from "../../lab/shared.ts";

/** What others change under the dump, which waits for `res_partner` and has these objects still before it. */
let subject: Subject;
beforeAll(async () => {
  subject = new Subject(await sharedLab("flexible"));
});

beforeEach(async () => {
  await subject.sql(`
CREATE TABLE zz_meanwhile AS SELECT n FROM generate_series(1, 10) n;
CREATE INDEX zz_meanwhile_n ON zz_meanwhile (n);
CREATE FUNCTION zz_meanwhile() RETURNS text LANGUAGE sql AS $$ SELECT 'old' $$;
CREATE FUNCTION zz_default(a text DEFAULT 'old') RETURNS text LANGUAGE sql AS $$ SELECT a $$`);
});
afterEach(async () => {
  await subject.sql(
    "DROP TABLE IF EXISTS zz_meanwhile; DROP FUNCTION IF EXISTS zz_meanwhile(); DROP FUNCTION IF EXISTS zz_default(text)",
  );
});

const NEW_BODY =
  "CREATE OR REPLACE FUNCTION zz_meanwhile() RETURNS text LANGUAGE sql AS $$ SELECT 'new' $$";
const NEW_DEFAULT =
  "CREATE OR REPLACE FUNCTION zz_default(a text DEFAULT 'new') RETURNS text LANGUAGE sql AS $$ SELECT a $$";

async function backupWhile(statements: readonly string[]) {
  const running = await subject.whileDumpWaits(["backup"], async () => {
    for (const statement of statements) await subject.sql(statement);
  });
  const { code, stderr, stdout } = await running.ended;
  const { report } = await subject.run(["drill", "--json"]);
  return {
    code,
    warned: /changed under the dump.*/.exec(stderr + stdout)?.[0],
    red: report.checks.filter(({ status }) => status !== "passed"),
  };
}

test("what a snapshot still sees as it was, or what is rolled back, needs no other snapshot", async () => {
  const statements = [
    "VACUUM FULL zz_meanwhile",
    "CLUSTER zz_meanwhile USING zz_meanwhile_n",
    "ALTER TABLE zz_meanwhile ADD COLUMN later text",
    "CREATE TABLE zz_other AS SELECT 1 AS n; DROP TABLE zz_other",
    NEW_BODY,
    `BEGIN; ${NEW_DEFAULT}; TRUNCATE zz_meanwhile; ROLLBACK`,
  ];
  expect(await backupWhile(statements)).toEqual({ code: 0, warned: undefined, red: [] });
});

test.each([
  ["a table is emptied", "TRUNCATE zz_meanwhile", "public.zz_meanwhile"],
  ["a table is gone", "DROP TABLE zz_meanwhile", "public.zz_meanwhile"],
  ["a function has another default", NEW_DEFAULT, "function public.zz_default"],
])("%s: another snapshot is taken, and its drill is green", async (_, statement, name) => {
  const { code, warned, red } = await backupWhile([statement]);
  expect({ code, red }).toEqual({ code: 0, red: [] });
  expect(warned).toMatch(/^changed under the dump: .*\. Another snapshot is taken in 5 seconds\.$/);
  expect(warned).toContain(name);
});

test("what changes again and again fails the third dump, by name, and leaves nothing", async () => {
  const over = new AbortController();
  let truncating: Promise<void> = Promise.resolve();
  const truncate = async () => {
    while (!over.signal.aborted) {
      await subject.sql("TRUNCATE zz_meanwhile; INSERT INTO zz_meanwhile VALUES (1)");
      await sleep(50);
    }
  };
  await subject.untouched(async () => {
    const running = await subject.whileDumpWaits(["backup"], async () => {
      truncating = truncate();
      await sleep(200);
    });
    const outcome = await running.ended;
    over.abort();
    await truncating;
    expectRefusal(outcome, 1, /zz_meanwhile[\s\S]*module/);
    expect(outcome.stderr.match(/Another snapshot is taken in/g)?.length).toBe(2);
    await subject.expectNothingLeft();
  });
});
