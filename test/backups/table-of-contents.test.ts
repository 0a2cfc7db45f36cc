import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseTableOfContents } from "../../src/backups/table-of-contents.ts";

/** An excerpt of what pg_restore 18 lists of a seeded lab's dump. */
const OUTPUT = readFileSync(join(import.meta.dirname, "table-of-contents.txt"), "utf8");
const contents = parseTableOfContents(OUTPUT);

test("the header", () => {
  expect(contents.database).toBe("openspp");
  expect(contents.serverVersion).toBe("18.6 (Debian 18.6-3)");
  expect(contents.dumpVersion).toBe("18.6 (Debian 18.6-3)");
});

test("every line that is no comment is an entry", () => {
  const lines = OUTPUT.split("\n").filter((line) => line !== "" && !line.startsWith(";"));
  expect(contents.entries).toHaveLength(lines.length);
});

test.each([
  [16, "SCHEMA", "-", "Données à part", "odoo"],
  [2, "EXTENSION", "-", "postgis", ""],
  [5640, "COMMENT", "-", "EXTENSION fuzzystrmatch", ""],
  [5638, "ACL", "-", "SCHEMA spp_reporting", "odoo"],
  [4984, "TABLE DATA", "public", "spatial_ref_sys", "odoo"],
  [4987, "TABLE DATA", "topology", "layer", "odoo"],
  [5717, "SEQUENCE SET", "topology", "topology_id_seq", "odoo"],
  [5610, "TABLE DATA", "public", "x'; DROP TABLE res_partner; --", "odoo"],
  [5608, "TABLE DATA", "public", " leading and trailing ", "odoo"],
  [5617, "TABLE DATA", "public", "line break", "odoo"],
  [318, "MATERIALIZED VIEW", "public", "spp_program_forecast", "odoo"],
  [5552, "MATERIALIZED VIEW DATA", "public", "spp_program_summary", "odoo"],
  [5068, "CHECK CONSTRAINT", "public", "x_constraint x_constraint_amount_positive", "odoo"],
  [5355, "FK CONSTRAINT", "public", "ir_attachment ir_attachment_company_id_fkey", "odoo"],
  [5524, "ROW SECURITY", "public", "x_case_note", "odoo"],
  [5628, "BLOB METADATA", "-", "900001..900005", "odoo"],
  [3683, "DEFAULT ACL", "spp_reporting", "DEFAULT PRIVILEGES FOR TABLES", "odoo"],
  [3682, "TEXT SEARCH CONFIGURATION", "public", "x_simple", "odoo"],
])("entry %d is a %s", (id, kind, schema, name, owner) => {
  expect(contents.entries.find((entry) => entry.id === id)).toMatchObject({
    id,
    kind,
    schema,
    name,
    owner,
  });
});

test("what is no list holds nothing", () => {
  expect(parseTableOfContents("pg_restore: error: did not find magic string")).toEqual({
    database: "",
    serverVersion: "",
    dumpVersion: "",
    entries: [],
  });
});

test("a verbose list says what an entry depends on, and names what belongs to the database itself", () => {
  const { entries } = parseTableOfContents(`
5632; 0 0 ENCODING - ENCODING 
5635; 1262 16384 DATABASE - openspp openspp_admin
5637; 0 0 COMMENT - DATABASE openspp openspp_admin
;	depends on: 5635
318; 1259 20176 MATERIALIZED VIEW public summary odoo
;	depends on: 316 316 18
5736; 0 0 ACL public TABLE summary odoo
;	depends on: 318
`);
  expect(entries).toEqual([
    {
      id: 318,
      line: "MATERIALIZED VIEW public summary odoo",
      dependsOn: [316, 316, 18],
      kind: "MATERIALIZED VIEW",
      schema: "public",
      name: "summary",
      owner: "odoo",
    },
    {
      id: 5736,
      line: "ACL public TABLE summary odoo",
      dependsOn: [318],
      kind: "ACL",
      schema: "public",
      name: "TABLE summary",
      owner: "odoo",
    },
  ]);
});

test("a role with a space in its name is told from the object's by the roles that are known", () => {
  const line = "1; 1259 1 TABLE public of the data steward";
  expect(parseTableOfContents(line, ["steward", "data steward"]).entries[0]).toMatchObject({
    name: "of the",
    owner: "data steward",
  });
  expect(parseTableOfContents(line).entries[0]).toMatchObject({ owner: "steward" });
});
