import { expect, test } from "vitest";
import {
  definitionsToRead,
  superuserDefinitions,
} from "../../src/backups/superuser-definitions.ts";
import { parseTableOfContents } from "../../src/backups/table-of-contents.ts";

const contents = parseTableOfContents(`
10; 1255 1 FUNCTION public plain(integer) odoo
11; 1255 2 FUNCTION public root(double precision) odoo
12; 1255 3 FUNCTION public admins() openspp_admin
13; 1255 4 AGGREGATE public joined(text) odoo
14; 1255 5 AGGREGATE public product(numeric) odoo
15; 1255 6 PROCEDURE public tidy() odoo
16; 1255 7 FUNCTION public leakproof(text) odoo
17; 1255 8 FUNCTION public leakproof_with_default(text) odoo
18; 1255 9 FUNCTION public leakproof_standard(text) odoo
30; 2620 1 TRIGGER public res_partner on_change odoo
;	depends on: 3 12
31; 2620 2 TRIGGER public res_partner on_change_when odoo
;	depends on: 3 12
32; 2620 3 TRIGGER public res_partner own odoo
;	depends on: 3 10
33; 2620 4 TRIGGER public trail admins openspp_admin
;	depends on: 12
`);

const DEFINITIONS: Readonly<Record<number, string>> = {
  10: `CREATE FUNCTION public.plain(integer DEFAULT 1) RETURNS integer
    LANGUAGE plpgsql
    AS $_$ BEGIN; CREATE FUNCTION x() RETURNS void LANGUAGE c; END $_$;`,
  11: "CREATE FUNCTION public.root(double precision DEFAULT 4) RETURNS double precision\n    LANGUAGE internal IMMUTABLE\n    AS $$dsqrt$$;",
  13: "CREATE AGGREGATE public.joined(text) (\n    SFUNC = string_agg_transfn,\n    STYPE = internal\n);",
  14: "CREATE AGGREGATE public.product(numeric) (\n    SFUNC = numeric_mul,\n    STYPE = numeric,\n    INITCOND = 'STYPE = internal'\n);",
  15: "CREATE PROCEDURE public.tidy()\n    LANGUAGE sql\n    BEGIN ATOMIC\n SELECT 1;\n SELECT 2;\nEND;",
  16: "CREATE FUNCTION public.leakproof(text) RETURNS text\n    LANGUAGE sql LEAKPROOF\n    AS $_$ SELECT $1 $_$;",
  17: "CREATE FUNCTION public.leakproof_with_default(text DEFAULT '{x}'::public.own[]) RETURNS text\n    LANGUAGE sql LEAKPROOF\n    AS $_$ SELECT $1 $_$;",
  18: "CREATE FUNCTION public.leakproof_standard(text) RETURNS text\n    LANGUAGE sql LEAKPROOF\n    RETURN $1;",
  30: "CREATE TRIGGER on_change AFTER DELETE ON public.res_partner FOR EACH ROW EXECUTE FUNCTION public.admins('WHEN (');",
  31: "CREATE TRIGGER on_change_when AFTER DELETE ON public.res_partner FOR EACH ROW WHEN ((old.x = '{y}'::public.own[])) EXECUTE FUNCTION public.admins();\n\nALTER TABLE public.res_partner DISABLE TRIGGER on_change_when;",
};

test("only the Odoo role's routines are read, and its triggers on functions of others", () => {
  expect(definitionsToRead(contents, "odoo").map(({ id }) => id)).toEqual(
    Object.keys(DEFINITIONS).map(Number),
  );
});

test("named are those that a superuser must create, and that evaluate nothing of the Odoo role's", () => {
  const sql = Object.values(DEFINITIONS)
    .map((one) => `-- Name: x; Type: FUNCTION\n${one}\n\nALTER FUNCTION x OWNER TO odoo;\n`)
    .join("\n");
  expect(superuserDefinitions(definitionsToRead(contents, "odoo"), sql)).toEqual([11, 13, 16, 30]);
});

test("an output of fewer definitions is not guessed at", () => {
  expect(() => superuserDefinitions(definitionsToRead(contents, "odoo"), "SELECT 1;")).toThrow(
    "pg_restore printed 0 definitions of 10",
  );
});
