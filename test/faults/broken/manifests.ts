import type { Manifest } from "../../../src/backups/manifest.ts";
import type { CheckName } from "../../../src/report/check.ts";
import type { Fault } from "../fault.ts";

type Row = readonly [name: string, seenBy: CheckName, manifest: (manifest: Manifest) => Manifest];

const isNamed = (name: string) => (one: { readonly name: string }) => one.name === name;
const without = <One>(all: readonly One[], gone: (one: One) => boolean) => {
  const left = all.filter((one) => !gone(one));
  if (left.length === all.length) throw new RangeError("the manifest has nothing to leave out");
  return left;
};

const ROWS: readonly Row[] = [
  [
    "a manifest lacks a table",
    "content",
    (m) => ({ ...m, tables: without(m.tables, isNamed("res_users")) }),
  ],
  [
    "a manifest has a table more",
    "content",
    (m) => ({
      ...m,
      tables: [...m.tables, { schema: "public", name: "more", rows: 0, hash: "0".repeat(16) }],
    }),
  ],
  [
    "a manifest has another hash of a table",
    "content",
    (m) => ({
      ...m,
      tables: m.tables.map((one) =>
        one.name === "res_users" ? { ...one, hash: "0123456789abcdef" } : one,
      ),
    }),
  ],
  [
    "a manifest has a row more",
    "content",
    (m) => ({
      ...m,
      tables: m.tables.map((one) =>
        one.name === "res_users" ? { ...one, rows: one.rows + 1 } : one,
      ),
    }),
  ],
  ["a manifest has no tables", "content", (m) => ({ ...m, tables: [] })],
  [
    "a manifest lacks a sequence",
    "sequences",
    (m) => ({ ...m, sequences: without(m.sequences, isNamed("ir_sequence_001")) }),
  ],
  [
    "a manifest has a sequence more",
    "sequences",
    (m) => ({
      ...m,
      sequences: [
        ...m.sequences,
        {
          schema: "public",
          name: "more",
          before: { value: "1", called: true },
          after: { value: "1", called: true },
        },
      ],
    }),
  ],
  [
    "a manifest lacks a geometry column",
    "geometry",
    (m) => ({
      ...m,
      geometries: without(
        m.geometries,
        (one) => one.table === "spp_area" && one.column === "centroid",
      ),
    }),
  ],
  [
    "a manifest has a geometry column more",
    "geometry",
    (m) => ({
      ...m,
      geometries: [
        ...m.geometries,
        {
          schema: "public",
          table: "more",
          column: "place",
          type: "geometry(Point,4326)",
          srid: 4326,
          invalid: 0,
        },
      ],
    }),
  ],
  [
    "a manifest lacks an object of the structure",
    "structure",
    (m) => ({ ...m, structure: m.structure.slice(1) }),
  ],
  ["a manifest has no structure", "structure", (m) => ({ ...m, structure: [] })],
  [
    "a manifest lacks an extension",
    "extensions",
    (m) => ({ ...m, extensions: without(m.extensions, isNamed("pg_trgm")) }),
  ],
  [
    "a manifest has an extension more",
    "extensions",
    (m) => ({
      ...m,
      extensions: [...m.extensions, { name: "hstore", version: "1.8", schema: "public" }],
    }),
  ],
  [
    "a manifest has an extension in another schema",
    "extensions",
    (m) => ({
      ...m,
      extensions: m.extensions.map((one) =>
        one.name === "pg_trgm" ? { ...one, schema: "tiger" } : one,
      ),
    }),
  ],
  [
    "a manifest counts a large object less",
    "large-objects",
    (m) => ({ ...m, largeObjects: { ...m.largeObjects, count: m.largeObjects.count - 1 } }),
  ],
  [
    "a manifest has another hash of the large objects",
    "large-objects",
    (m) => ({ ...m, largeObjects: { ...m.largeObjects, hash: "0123456789abcdef" } }),
  ],
];

/** What somebody who changes a manifest, or a bug that writes one, may leave. */
export const MANIFESTS: readonly Fault[] = ROWS.map(([name, seenBy, manifest]) => ({
  name,
  seenBy,
  done: { manifest },
}));
