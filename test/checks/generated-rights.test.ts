import { expect, test } from "vitest";
import { restoreGeneratedRights } from "../../src/checks/generated-rights.ts";

test("what the manifest says is only looked up and quoted, never run", () => {
  const [statement = ""] = restoreGeneratedRights(
    [
      {
        kind: "FUNCTION",
        name: "public.evil(integer); DROP TABLE x; --'",
        grants: [
          { grantee: "odoo_there", grantable: true },
          { grantee: null, grantable: false },
        ],
      },
    ],
    (name) => (name === "odoo_there" ? "odoo" : name),
  );
  expect(statement).toMatch(/^DO '\n/);
  expect(statement).toContain("to_regprocedure(''public.evil(integer); DROP TABLE x; --'''''')");
  expect(statement).toContain(
    `json_to_recordset(''[{"grantee":"odoo","grantable":true},{"grantee":null,"grantable":false}]'')`,
  );
  const [language = ""] = restoreGeneratedRights(
    [{ kind: "LANGUAGE", name: "sql; DROP TABLE x; --", grants: [] }],
    (name) => name,
  );
  expect(language).toContain("quote_ident(lanname) = ''sql; DROP TABLE x; --''");
  expect(restoreGeneratedRights([], (name) => name)).toEqual([]);
});
