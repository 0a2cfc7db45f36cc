import { describe, expect, test } from "vitest";
import { imageOf, rolesOf } from "../../src/backups/fresh-server.ts";
import type { Manifest } from "../../src/backups/manifest.ts";

const manifest = {
  server: { version: "18.6 (Debian 18.6-3)", number: 180_006 },
  extensions: [
    { name: "fuzzystrmatch", version: "1.2", schema: "public" },
    { name: "postgis", version: "3.6.4", schema: "public" },
  ],
  roles: { owner: "odoo", admin: "openspp_admin", others: [] },
} as unknown as Manifest;

describe("the image", () => {
  test("has the manifest's major version of PostgreSQL and minor version of PostGIS", () => {
    expect(imageOf(manifest)).toBe("postgis/postgis:18-3.6-alpine");
    const later = { ...manifest, server: { version: "19.1", number: 190_001 } };
    const postgis = { name: "postgis", version: "3.10.0dev", schema: "public" };
    expect(imageOf({ ...later, extensions: [postgis] })).toBe("postgis/postgis:19-3.10-alpine");
  });

  test("is the reference's where no manifest says otherwise", () => {
    expect(imageOf()).toBe("postgis/postgis:18-3.6-alpine");
    expect(imageOf({ ...manifest, extensions: [] })).toBe("postgis/postgis:18-3.6-alpine");
  });
});

describe("the policy's roles", () => {
  test("are the manifest's", () => {
    expect(rolesOf(manifest, {})).toEqual({ owner: "odoo", admin: "openspp_admin" });
  });

  test("are those that the user names, before all", () => {
    const given = { databaseUser: "spp", adminUser: "root" };
    expect(rolesOf(manifest, given)).toEqual({ owner: "spp", admin: "root" });
  });

  test("are Odoo's one role where nobody says otherwise", () => {
    expect(rolesOf(undefined, {})).toEqual({ owner: "odoo", admin: "odoo" });
    const { roles: _, ...earlier } = manifest;
    expect(rolesOf(earlier, {})).toEqual({ owner: "odoo", admin: "odoo" });
  });
});
