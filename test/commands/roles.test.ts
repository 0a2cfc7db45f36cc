import { expect, test } from "vitest";
import { createMarkedRoles, dropRole, markedRolesQuery } from "../../src/commands/roles.ts";

test("a role of ours can log in nowhere, and carries its mark from the start", () => {
  expect(createMarkedRoles(["odoo", 'a "b"'], "ours, it's")).toEqual([
    'CREATE ROLE "odoo" NOLOGIN',
    `COMMENT ON ROLE "odoo" IS 'ours, it''s'`,
    'CREATE ROLE "a ""b""" NOLOGIN',
    `COMMENT ON ROLE "a ""b""" IS 'ours, it''s'`,
  ]);
  expect(createMarkedRoles([], "ours")).toEqual([]);
});

test("it is found by its mark, and dropped by its name", () => {
  expect(markedRolesQuery("ours")).toContain("shobj_description(oid, 'pg_authid') = 'ours'");
  expect(dropRole("odoo")).toBe('DROP ROLE IF EXISTS "odoo"');
});
