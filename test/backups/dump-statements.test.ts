import { expect, test } from "vitest";
import { after, begins, statementsOf, unquoted } from "../../src/backups/dump-statements.ts";

const words = (sql: string) =>
  statementsOf(sql).map((statement) => statement.map(({ text }) => text).join(" "));

test("statements end at a semicolon outside of parentheses and quotes", () => {
  expect(
    words(`-- Name: a; Type: TABLE
CREATE TABLE "a;""b" (c text DEFAULT 'x;''y', d text DEFAULT E'\\'; --');
SELECT 1; /* none; */`),
  ).toEqual([
    `CREATE TABLE "a;""b" ( c text DEFAULT 'x;''y' , d text DEFAULT E'\\'; --' )`,
    "SELECT 1",
  ]);
});

test("a body is one token, whatever it holds", () => {
  expect(
    words(`CREATE FUNCTION f() RETURNS void
    LANGUAGE plpgsql
    AS $_$BEGIN
;
CREATE FUNCTION g() RETURNS void LANGUAGE c AS $$x$$;
END$_$;`),
  ).toHaveLength(1);
});

test("what follows a word that is in no parentheses", () => {
  const [statement = []] = statementsOf(
    `CREATE FUNCTION f(a text DEFAULT '\n    LANGUAGE c\n', "LANGUAGE" d[] DEFAULT ('{LANGUAGE c}'::d[])) RETURNS public.language\n    LANGUAGE sql\n    AS $$ LANGUAGE c $$`,
  );
  expect(begins(statement, "CREATE", "FUNCTION")).toBe(true);
  expect(begins(statement, "CREATE", "TABLE")).toBe(false);
  expect(after(statement, "LANGUAGE")?.[0]?.text).toBe("sql");
  expect(after(statement, "DEFAULT")).toBeUndefined();
});

test("a name as the catalog has it", () => {
  expect(['"data ""steward"""', "reader"].map(unquoted)).toEqual(['data "steward"', "reader"]);
});
