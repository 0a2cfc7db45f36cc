import { expect, test } from "vitest";
import { parseTableOfContents } from "../../../src/backups/table-of-contents.ts";
import { extensionsToCreate } from "../../../src/operations/proof/create-extensions.ts";
import { Secret } from "../../../src/secret.ts";

const role = (name: string) => ({ name, password: new Secret("x") });
const contents = parseTableOfContents(`
1; 2615 1 SCHEMA - tiger odoo_there
2; 2615 2 SCHEMA - own steward
3; 3079 3 EXTENSION - postgis 
4; 3079 4 EXTENSION - plperl 
5; 3079 5 EXTENSION - tiger 
6; 3079 6 EXTENSION - citext 
7; 3079 7 EXTENSION - unaccent 
`);
const extension = (name: string, schema: string, owner?: string) => ({
  name,
  schema,
  version: "1.0",
  ...(owner !== undefined && { owner }),
});

const created = (
  extensions: readonly ReturnType<typeof extension>[],
  installable: readonly string[] = [],
) =>
  extensionsToCreate(
    { contents },
    { extensions, installable },
    { owner: role("odoo"), admin: role("openspp_admin") },
    { database: "openspp_test", source: { owner: "odoo_there", admin: "admin_there" } },
  );

test("each is created in its schema, which has the owner that it had; the policy's roles have other names here", () => {
  expect(
    created(
      [
        extension("postgis", "public", "admin_there"),
        extension("plperl", "pg_catalog"),
        extension("tiger", "tiger"),
        extension("unaccent", "own"),
        extension("dropped_since", "public"),
      ],
      ["postgis 1.0"],
    ),
  ).toEqual({
    statements: [
      `CREATE EXTENSION IF NOT EXISTS "postgis" SCHEMA "public" VERSION '1.0'`,
      'CREATE EXTENSION IF NOT EXISTS "plperl" SCHEMA "pg_catalog"',
      'CREATE SCHEMA IF NOT EXISTS "tiger" AUTHORIZATION "odoo"',
      'CREATE EXTENSION IF NOT EXISTS "tiger" SCHEMA "tiger"',
      'CREATE SCHEMA IF NOT EXISTS "own" AUTHORIZATION "steward"',
      'CREATE EXTENSION IF NOT EXISTS "unaccent" SCHEMA "own"',
      'ALTER FUNCTION "own".unaccent(text) IMMUTABLE',
    ],
    schemas: ["public", "pg_catalog", "tiger", "own"],
  });
});

test("one of another role's is created by that role, or given to it", () => {
  const { statements } = created([extension("citext", "public", "odoo_there")]);
  expect(statements).toHaveLength(1);
  expect(statements[0]).toContain(`rolname = ''odoo''`);
  expect(statements[0]).toMatch(
    /SET LOCAL ROLE "odoo";\s+CREATE EXTENSION IF NOT EXISTS "citext" SCHEMA "public";\s+RESET ROLE;/,
  );
  expect(statements[0]).toMatch(/REASSIGN OWNED BY \w+ TO "odoo";\s+DROP ROLE/);
});
