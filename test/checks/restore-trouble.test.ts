import { describe, expect, test } from "vitest";
import { restoreTrouble, withoutValues } from "../../src/checks/restore-trouble.ts";

/** As PostgreSQL 18 prints them. */
const SEARCH_PATH = `pg_restore: while PROCESSING TOC:
pg_restore: from TOC entry 5640; 0 24601 TABLE DATA x_searched odoo
pg_restore: error: COPY failed for table "x_searched": ERROR:  function unaccent(text) does not exist
LINE 1: lower(unaccent(value))
              ^
HINT:  No function matches the given name and argument types. You might need to add explicit type casts.
QUERY:  lower(unaccent(value))
CONTEXT:  PL/pgSQL function public.x_search_key(text) line 1 at RETURN
COPY x_searched, line 1: "1\tZoé Personal"`;

const INLINED = `pg_restore: error: could not execute query: ERROR:  relation "x_z_code" does not exist
LINE 1:  SELECT EXISTS (SELECT FROM x_z_code z WHERE z.code = value)...
                                    ^
QUERY:   SELECT EXISTS (SELECT FROM x_z_code z WHERE z.code = value)
CONTEXT:  SQL function "x_code_known" during inlining
Command was: CREATE TABLE public.x_searched (
    id integer NOT NULL
);`;

const CHECK = `pg_restore: error: COPY failed for table "x_a_coded": ERROR:  new row for relation "x_a_coded" violates check constraint "x_a_coded_code_check"
DETAIL:  Failing row contains (1, Ana Cruz).
CONTEXT:  COPY x_a_coded, line 1: "1\tAna Cruz"`;

const RAISED = `pg_restore: error: COPY failed for table "x_a": ERROR:  unknown Ana Cruz
CONTEXT:  PL/pgSQL function public.x_ok(text) line 1 at RAISE
COPY x_a, line 1: "Ana Cruz"`;

const serverError = (message: string) =>
  `pg_restore: error: could not execute query: ERROR:  ${message}`;
const of = (output: string) => restoreTrouble(output, "ended with exit code 1");

describe("what the dump of a good database may hold that no restore can do", () => {
  test("a function that needs a search path is named, and how to give it one", () => {
    expect(of(SEARCH_PATH)).toEqual({
      why: 'pg_restore: error: COPY failed for table "x_searched": ERROR:  function unaccent(text) does not exist (in the function public.x_search_key(text))',
      next: "A restore has no search path, so this function must bring its own. In production: ALTER FUNCTION public.x_search_key(text) SET search_path = public, pg_temp; name other schemas there, too, if it needs them. Then take a new backup; the older ones have the same fault.",
    });
    expect(of(INLINED).next).toContain(
      'ALTER FUNCTION "x_code_known" SET search_path = public, pg_temp;',
    );
  });

  test("a check that looks at another table is named, and how to do without", () => {
    const { why, next } = of(CHECK);
    expect(why).toMatch(/violates check constraint "x_a_coded_code_check"$/);
    expect(next).toContain('ALTER TABLE "x_a_coded" DROP CONSTRAINT "x_a_coded_code_check"');
    expect(next).not.toContain("Drill an older one");
  });

  test("so is the check of a domain, and one that is added when the rows are in", () => {
    const domain = 'value for domain public.x_d violates check constraint "x_d_check"';
    expect(of(serverError(domain)).next).toContain(
      'ALTER DOMAIN public.x_d DROP CONSTRAINT "x_d_check"',
    );
    const late = 'check constraint "late" of relation "x_t" is violated by some row';
    expect(of(serverError(late)).next).toContain('ALTER TABLE "x_t" DROP CONSTRAINT "late"');
  });

  test("what a function raises itself may say anything, and is not shown", () => {
    const { why, next } = of(RAISED);
    expect(why).toBe("the function public.x_ok(text) raises an error");
    expect(next).toMatch(/^public\.x_ok\(text\) is called while rows are restored/);
  });

  test("another error in a function names it", () => {
    const divided = `${serverError("division by zero")}\nCONTEXT:  SQL function "x" statement 1`;
    expect(of(divided).why).toMatch(/division by zero \(in the function "x"\)$/);
    expect(of(divided).next).toMatch(/^"x" is called while rows are restored, without/);
  });
});

describe("what production holds against its own rules", () => {
  test.each([
    [
      'insert or update on table "c" violates foreign key constraint "c_id_fkey"\nDETAIL:  Key (id)=(7) is not present in table "p".',
      "Production holds rows of `c` that point to rows which do not exist, although `c_id_fkey` forbids it.",
    ],
    [
      'could not create unique index "res_partner_ref"\nDETAIL:  Key (ref)=(Ana Cruz) is duplicated.',
      "Production holds rows twice that `res_partner_ref` should keep apart",
    ],
    ['duplicate key value violates unique constraint "u"', "`u` should keep apart"],
  ])("%s", (message, next) => {
    const found = of(serverError(message));
    expect(found.next).toContain(next);
    expect(JSON.stringify(found)).not.toMatch(/Ana Cruz|\(7\)/);
  });
});

test("what is not known has the general advice; the tool's reason is shown where it printed no error", () => {
  expect(restoreTrouble("", "ended with SIGKILL")).toEqual({
    why: "ended with SIGKILL",
    next: "This backup cannot be restored as it is. Drill an older one now, and take a new backup.",
  });
  expect(of(serverError('type "x" does not exist')).next).toMatch(/^This backup cannot be/);
});

test("the context of a later error is not taken for that of the first", () => {
  const two = `${serverError("out of memory")}\n${SEARCH_PATH}`;
  expect(of(two).why).toMatch(/out of memory$/);
});

test.each([
  ['invalid input syntax for type integer: "Ana Cruz"', "invalid input syntax for type integer: …"],
  [
    'value "99999999999" is out of range for type integer',
    "value … is out of range for type integer",
  ],
  ['malformed array literal: "{Ana ""A"" Cruz', "malformed array literal: …"],
  ["Key (name)=(Ana (A) Cruz) already exists", "Key (name)=(…) already exists"],
  ['column "ref" of relation "res_partner" does not exist', undefined],
  ['could not open file "base/5/1259": No such file or directory', undefined],
  ['COPY failed for table "a""b": ERROR:  invalid byte sequence for encoding …: 0xff', undefined],
])("of %s no value is shown", (message, shown = message) => {
  expect(withoutValues(message)).toBe(shown);
});
