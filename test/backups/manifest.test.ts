import { describe, expect, test } from "vitest";
import { type Manifest, parseManifest, serialize } from "../../src/backups/manifest.ts";
import { Failed } from "../../src/failure.ts";

const DUMP = "openspp_20260115_020000.dump";

const manifest: Manifest = {
  manifestVersion: 1,
  hashVersion: 1,
  structureVersion: 1,
  database: "openspp",
  takenAt: "2026-01-15T02:00:00.123Z",
  server: { version: "18.6", number: 180_006 },
  locale: {
    encoding: "UTF8",
    provider: "c",
    collate: "C",
    ctype: "C",
    locale: null,
    icuRules: null,
  },
  dump: { file: DUMP, bytes: 88_000_000, sha256: "0".repeat(64), compression: "gzip:6" },
  extensions: [{ name: "postgis", version: "3.6.4", schema: "public" }],
  tables: [{ schema: "public", name: 'say "hello"', rows: 2, hash: "00ff00ff00ff00ff" }],
  sequences: [
    {
      schema: "public",
      name: "res_partner_id_seq",
      before: { value: "9223372036854775807", called: true },
      after: { value: null, called: false },
    },
  ],
  geometries: [
    {
      schema: "public",
      table: "spp_area",
      column: "geo_polygon",
      type: "geometry(MultiPolygon,4326)",
      srid: 4326,
      invalid: 0,
    },
  ],
  structure: [{ kind: "table", name: "public.res_partner", hash: "0123456789abcdef" }],
  largeObjects: { count: 0, hash: "0".repeat(16) },
};

test("may say what a fresh server needs: earlier versions wrote nothing of that", () => {
  const roles = { owner: "odoo", admin: "openspp_admin", others: ["reporting"] };
  const told = { ...manifest, roles, databaseBytes: 52_000_000 };
  expect(parseManifest(serialize(told), DUMP)).toEqual(told);
  expect(parseManifest(serialize(manifest), DUMP)).not.toHaveProperty("roles");
});

function failureOf(text: string): Failed {
  try {
    parseManifest(text, DUMP);
  } catch (error) {
    return error as Failed;
  }
  throw new Error("the manifest was accepted");
}

test("comes back as it was written, with a filestore and without", () => {
  expect(parseManifest(serialize(manifest), DUMP)).toEqual(manifest);
  const filestore = {
    file: "openspp_filestore_20260115_020000.tar.gz",
    kind: "tar.gz" as const,
    files: 20_000,
    bytes: 2_000_000_000,
    digest: "0".repeat(64),
  };
  const whole = { ...manifest, filestore };
  expect(parseManifest(serialize(whole), DUMP)).toEqual(whole);
  expect(serialize(manifest).endsWith("}\n")).toBe(true);
});

test("a later version may add fields", () => {
  const later = JSON.stringify({ ...manifest, mailboxes: { files: 5 } });
  expect(parseManifest(later, DUMP)).toEqual(manifest);
});

describe("a manifest that was cut short or is none", () => {
  test.each(["", "{", serialize(manifest).slice(0, 900), "\0\0\0"])("%j", (text) => {
    const failure = failureOf(text);
    expect(failure).toBeInstanceOf(Failed);
    expect(failure.explanation.what).toBe(`The manifest of ${DUMP} is not JSON.`);
    expect(failure.explanation.state).toBe("Nothing was restored.");
  });
});

describe("a manifest of another form says which field", () => {
  const changed = (change: object) => JSON.stringify({ ...manifest, ...change });
  const table = manifest.tables[0];
  test.each<[string, string, string]>([
    ["a later version", changed({ manifestVersion: 2 }), "manifestVersion"],
    ["another hash", changed({ hashVersion: "2" }), "hashVersion"],
    ["no tables", changed({ tables: undefined }), "tables"],
    ["a negative count", changed({ tables: [{ ...table, rows: -1 }] }), "tables.0.rows"],
    ["half a row", changed({ tables: [{ ...table, rows: 1.5 }] }), "tables.0.rows"],
    ["a short hash", changed({ tables: [{ ...table, hash: "ff" }] }), "tables.0.hash"],
    [
      "an upper-case checksum",
      changed({ dump: { ...manifest.dump, sha256: "F".repeat(64) } }),
      "dump.sha256",
    ],
    ["no moment", changed({ takenAt: "yesterday" }), "takenAt"],
    ["an array", "[]", "whole"],
    ["null", "null", "whole"],
  ])("%s", (_, text, field) => {
    const { explanation } = failureOf(text);
    expect(explanation.what).toBe(`The manifest of ${DUMP} cannot be read.`);
    expect(explanation.why).toMatch(/^Its \S+ is not as this version writes it: .+\.$/);
    expect(explanation.why?.split(" ")[1]).toBe(field);
    expect(explanation.next).toBe(
      "If a newer version of this project wrote it, use that version here too.",
    );
  });
});

test("a manifest of another backup is told as such", () => {
  const other = { ...manifest, dump: { ...manifest.dump, file: "openspp_20260114_020000.dump" } };
  expect(failureOf(JSON.stringify(other)).explanation).toEqual({
    what: `The manifest next to ${DUMP} is that of another backup, openspp_20260114_020000.dump.`,
    state: "Nothing was restored.",
    next: "Somebody renamed or copied one of the two. Put the right manifest back, or drill another backup.",
  });
});
