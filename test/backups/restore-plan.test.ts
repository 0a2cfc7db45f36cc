import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { planRestore } from "../../src/backups/restore-plan.ts";
import { type ArchiveEntry, parseTableOfContents } from "../../src/backups/table-of-contents.ts";

const contents = parseTableOfContents(
  readFileSync(join(import.meta.dirname, "table-of-contents.txt"), "utf8"),
);
/** As the target says once the four extensions of PostGIS's image stand in it. */
const extensions = {
  relations: new Set([
    ...["public.spatial_ref_sys", "topology.topology", "topology.layer"],
    ...["topology.topology_id_seq", "tiger.geocode_settings", "tiger.pagc_gaz"],
    ...["tiger.pagc_lex", "tiger.pagc_rules"],
  ]),
  schemas: new Set(["public", "topology", "tiger"]),
};

describe("the dump of a database with PostGIS", () => {
  const plan = planRestore(contents, extensions);
  const named = (ids: readonly number[]) =>
    contents.entries
      .filter(({ id }) => ids.includes(id))
      .map(({ kind, schema, name }) => `${kind} ${schema} ${name}`);

  test("leaves out what stands there already", () => {
    expect(named(plan.leftOut)).toEqual([
      "SCHEMA - tiger",
      "SCHEMA - topology",
      "EXTENSION - fuzzystrmatch",
      "EXTENSION - pg_trgm",
      "EXTENSION - postgis",
      "EXTENSION - postgis_tiger_geocoder",
      "EXTENSION - postgis_topology",
      "EXTENSION - unaccent",
    ]);
  });

  test("hands the extensions' own rows and comments to the admin role, first", () => {
    expect(named(plan.adminFirst)).toEqual([
      "COMMENT - SCHEMA topology",
      "COMMENT - EXTENSION fuzzystrmatch",
      "COMMENT - EXTENSION pg_trgm",
      "COMMENT - EXTENSION postgis",
      "COMMENT - EXTENSION postgis_tiger_geocoder",
      "COMMENT - EXTENSION postgis_topology",
      "COMMENT - EXTENSION unaccent",
      "TABLE DATA public spatial_ref_sys",
      "TABLE DATA tiger geocode_settings",
      "TABLE DATA tiger pagc_gaz",
      "TABLE DATA tiger pagc_lex",
      "TABLE DATA tiger pagc_rules",
      "TABLE DATA topology topology",
      "TABLE DATA topology layer",
      "SEQUENCE SET topology topology_id_seq",
    ]);
  });

  test("hands what only a superuser may create to the admin role, last", () => {
    expect(named(plan.adminLast)).toEqual([
      "DEFAULT ACL spp_reporting DEFAULT PRIVILEGES FOR TABLES",
    ]);
  });

  test("leaves all the rest to the data's owner, so that nothing is lost", () => {
    const { leftOut, adminFirst, adminLast } = plan;
    const others = leftOut.length + adminFirst.length + adminLast.length;
    expect(contents.entries.length - others).toBe(42);
  });
});

describe("one entry", () => {
  const entry = (kind: string, schema: string, name: string): ArchiveEntry => ({
    ...{ id: 7, kind, schema, name, owner: "odoo" },
  });
  test.each<[string, ArchiveEntry, "leftOut" | "adminFirst" | "adminLast" | "owner"]>([
    ["a schema of the user's", entry("SCHEMA", "-", "spp_reporting"), "owner"],
    ["public, though extensions stand in it", entry("SCHEMA", "-", "public"), "owner"],
    ["public's comment", entry("COMMENT", "-", "SCHEMA public"), "owner"],
    ["public's rights", entry("ACL", "-", "SCHEMA public"), "owner"],
    ["rights on an extension's schema", entry("ACL", "-", "SCHEMA tiger"), "adminFirst"],
    [
      "rights on an extension's table",
      entry("ACL", "public", "TABLE spatial_ref_sys"),
      "adminFirst",
    ],
    ["rights on a table of the user's", entry("ACL", "public", "TABLE spp_area"), "owner"],
    ["a table of the same name elsewhere", entry("TABLE DATA", "own", "spatial_ref_sys"), "owner"],
    ["an index on an extension's table", entry("INDEX", "public", "spatial_ref_sys"), "owner"],
    ["an event trigger", entry("EVENT TRIGGER", "-", "on_ddl"), "adminLast"],
    ["a publication", entry("PUBLICATION", "-", "all"), "adminLast"],
    ["a subscription", entry("SUBSCRIPTION", "-", "from_elsewhere"), "adminLast"],
    ["large objects", entry("BLOBS", "-", "900001..900005"), "owner"],
  ])("%s", (_, one, expected) => {
    const plan = planRestore({ ...contents, entries: [one] }, extensions);
    expect(plan).toEqual({
      leftOut: expected === "leftOut" ? [7] : [],
      adminFirst: expected === "adminFirst" ? [7] : [],
      adminLast: expected === "adminLast" ? [7] : [],
    });
  });
});
