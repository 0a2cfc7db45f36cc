import { describe, expect, test } from "vitest";
import {
  applyProperties,
  compareProperties,
  type DatabaseProperties,
} from "../../src/checks/database-properties.ts";

const properties: DatabaseProperties = {
  owner: "openspp_admin",
  connectionLimit: 57,
  tablespace: "pg_default",
  comment: "The registry",
  grants: [
    { grantee: "odoo", privilege: "CONNECT", grantable: false },
    { grantee: null, privilege: "TEMPORARY", grantable: true },
  ],
  settings: [
    { role: null, name: "search_path", value: '"$user", public, "Données, à ""part"""' },
    { role: null, name: "work_mem", value: "11MB" },
    { role: "odoo", name: "odoo.mode", value: "it's \\ odd" },
    { role: null, name: "temp_tablespaces", value: "" },
  ],
  bytes: 1,
};

test("gives a database what another one has", () => {
  expect(applyProperties("new", properties)).toEqual([
    'ALTER DATABASE "new" OWNER TO "openspp_admin"',
    'REVOKE ALL ON DATABASE "new" FROM PUBLIC, "openspp_admin"',
    'GRANT CONNECT ON DATABASE "new" TO "odoo"',
    'GRANT TEMPORARY ON DATABASE "new" TO PUBLIC WITH GRANT OPTION',
    'ALTER DATABASE "new" RESET ALL',
    `ALTER DATABASE "new" SET "search_path" TO '$user', 'public', 'Données, à "part"'`,
    `ALTER DATABASE "new" SET "work_mem" TO '11MB'`,
    `ALTER ROLE "odoo" IN DATABASE "new" SET "odoo.mode" TO  E'it''s \\\\ odd'`,
    `ALTER DATABASE "new" SET "temp_tablespaces" TO ''`,
    'ALTER DATABASE "new" CONNECTION LIMIT 57',
  ]);
});

test("leaves PostgreSQL's own rights where nobody changed them", () => {
  const statements = applyProperties("new", { ...properties, grants: null });
  expect(statements.join("\n")).not.toMatch(/GRANT|REVOKE/);
});

describe("before and after", () => {
  test("the same, whatever the size", () => {
    expect(compareProperties(properties, { ...properties, bytes: 2 })).toMatchObject({
      status: "passed",
      message:
        "Owner (openspp_admin), grants, settings (4), connection limit and comment of the database are as before.",
    });
  });

  test.each<[keyof DatabaseProperties, Partial<DatabaseProperties>]>([
    ["owner", { owner: "odoo" }],
    ["connectionLimit", { connectionLimit: -1 }],
    ["comment", { comment: null }],
    ["grants", { grants: null }],
    ["settings", { settings: [] }],
    ["tablespace", { tablespace: "fast" }],
  ])("another %s", (part, change) => {
    expect(compareProperties(properties, { ...properties, ...change })).toMatchObject({
      status: "failed",
      message: `The database differs from the one before in its ${part}.`,
    });
  });

  test("no database before: nothing to keep, and it says so", () => {
    expect(compareProperties(null, properties).message).toMatch(/no production database any more/);
  });
});
