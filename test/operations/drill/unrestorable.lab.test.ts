import { afterAll, beforeAll, expect, test } from "vitest";
import { cycle } from "../../../src/operations/cycle.ts";
import type { Check } from "../../../src/report/check.ts";
import type { Lab } from "../../lab/lab.ts";
import { sharedLab } from "../../lab/shared.ts";
import { onLab } from "../on-lab.ts";
import { sql } from "../restore/on-production.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await sharedLab("strict");
  await sql(
    lab,
    `SET ROLE odoo;
CREATE FUNCTION x_search_key(value text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN lower(unaccent(value)); END $$;
CREATE TABLE x_searched (id serial PRIMARY KEY, name text, key text GENERATED ALWAYS AS (x_search_key(name)) STORED);
INSERT INTO x_searched (name) VALUES ('Zoé Personal');
CREATE TABLE x_z_code (code text PRIMARY KEY);
INSERT INTO x_z_code VALUES ('a');
CREATE FUNCTION x_code_known(value text) RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT EXISTS (SELECT FROM public.x_z_code z WHERE z.code = value) $$;
CREATE TABLE x_a_coded (id serial PRIMARY KEY, code text CHECK (x_code_known(code)));
INSERT INTO x_a_coded (code) VALUES ('a')`,
  );
});
afterAll(() =>
  sql(
    lab,
    "DROP TABLE x_searched, x_a_coded, x_z_code; DROP FUNCTION x_search_key(text), x_code_known(text)",
  ),
);

test("a dump that no restore can do is red by name, and green once the advice was followed", async () => {
  const followed: string[] = [];
  for (;;) {
    const { checks, verdict } = await onLab(lab, cycle, { filestore: "off" });
    const restored = checks.find(({ name }) => name === "restore");
    if (restored?.status === "passed") {
      expect(checks.filter(({ status }) => status === "failed")).toEqual([]);
      expect(verdict).toBe("passed");
      break;
    }
    expect(JSON.stringify(checks)).not.toMatch(/Zoé|Personal/);
    const advice = adviceOf(restored);
    expect(followed).not.toContain(advice);
    followed.push(advice);
    await sql(lab, advice);
  }
  expect(followed.toSorted()).toEqual([
    "ALTER FUNCTION public.x_search_key(text) SET search_path = public, pg_temp",
    'ALTER TABLE "x_a_coded" DROP CONSTRAINT "x_a_coded_code_check"',
  ]);
});

/** What the next step says is to be done in production. */
function adviceOf(check: Check | undefined): string {
  expect(check?.next).toContain("the older ones have the same fault.");
  return String(/In production: (ALTER [^;]+?)(?:;|\. )/.exec(String(check?.next))?.[1]);
}
