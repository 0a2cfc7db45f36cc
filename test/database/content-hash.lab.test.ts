import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { planControl } from "../../src/checks/control.ts";
import { LARGE_OBJECTS_QUERY } from "../../src/checks/large-objects.ts";
import {
  POSTGIS_SCHEMA_QUERY,
  REWRITTEN_QUERY,
  TABLES_QUERY,
  type TableContent,
  type TableSource,
} from "../../src/checks/scan.ts";
import { observe } from "../../src/database/observe.ts";
import { scanContent } from "../../src/database/scan-tables.ts";
import type { Session } from "../../src/database/session.ts";
import { AS_IT_STANDS } from "../../src/database/transactions.ts";
import { sharedLab } from "../lab/shared.ts";
import { openSession, rolledBack } from "./lab-session.ts";

let session: Session;

beforeAll(async () => {
  session = await openSession(await sharedLab("strict"));
});

afterAll(() => session.close());

/** Types of the user's, in a schema of its own: everything that is made here is rolled back. */
const TYPES = [
  "CREATE SCHEMA x_hash",
  "CREATE EXTENSION citext SCHEMA x_hash",
  "CREATE TYPE x_hash.state AS ENUM ('open', 'Open')",
  "CREATE TYPE x_hash.pair AS (amount numeric, code char(4))",
  "CREATE TYPE x_hash.spans AS RANGE (subtype = numeric)",
  ...["bigint", "numeric", "char(4)", "text", "float8", "timestamp", "x_hash.state"].map(
    (type, index) => `CREATE DOMAIN x_hash.d${index} AS ${type}`,
  ),
  "CREATE DOMAIN x_hash.dd AS x_hash.d0",
  "CREATE DOMAIN x_hash.shape AS public.geometry(PointZ, 4326)",
  "CREATE DOMAIN x_hash.shapes AS x_hash.shape",
];

async function contentsAfter(statements: readonly string[]): Promise<Map<string, TableContent>> {
  return rolledBack(session, async () => {
    await session.batch(statements);
    const [tables, postgisSchema] = await session.values<[TableSource[], string]>([
      TABLES_QUERY,
      POSTGIS_SCHEMA_QUERY,
    ]);
    const own = tables.filter(({ schema }) => schema === "x_hash");
    const contents = await scanContent([session], { tables: own, postgisSchema });
    return new Map(contents.map((content) => [content.name, content]));
  });
}

/** Two tables for each pair, with one value each. */
async function hashesOf(pairs: readonly (readonly [string, string, string])[]) {
  const contents = await contentsAfter([
    ...TYPES,
    ...pairs.flatMap(([type, one, other], index) => [
      `CREATE TABLE x_hash.a${index} (value ${type})`,
      `CREATE TABLE x_hash.b${index} (value ${type})`,
      `INSERT INTO x_hash.a${index} VALUES (${one})`,
      `INSERT INTO x_hash.b${index} VALUES (${other})`,
    ]),
  ]);
  return pairs.map(([type, one, other], index) => ({
    pair: `${type}: ${one}, ${other}`,
    one: contents.get(`a${index}`)?.hash,
    other: contents.get(`b${index}`)?.hash,
  }));
}

/** `hashint8extended` folds the upper half of 64 bits into the lower: each pair of the first seven is one to it. */
const DIFFERENT: readonly (readonly [type: string, one: string, other: string])[] = [
  ["bigint", "3", "4294967298"],
  ["bigint", "-1", "4294967295"],
  ["timestamp", "'2000-01-01 00:00:00.000003'", "'2000-01-01 01:11:34.967298'"],
  ["timestamptz", "'2000-01-01 00:00:00.000003+00'", "'2000-01-01 01:11:34.967298+00'"],
  ["time", "'00:00:00.000003'", "'01:11:34.967298'"],
  ["x_hash.dd", "3", "4294967298"],
  ["x_hash.d5", "'2000-01-01 00:00:00.000003'", "'2000-01-01 01:11:34.967298'"],
  // Two rows whose own hashes were one to it.
  ["int4", "49477", "94445"],
  ["int4", "69234", "70293"],
  ["bigint", "0", "NULL"],
  ["timestamp", "'infinity'", "'-infinity'"],
  ["timestamp", "'4714-11-24 00:00:00 BC'", "'294276-12-31 23:59:59.999999'"],
  ["timetz", "'10:00+00'", "'11:00+01'"],
  ["interval", "'1 day'", "'24:00:00'"],
  ["interval", "'1 mon'", "'30 days'"],
  ["float4", "'-0'", "'0'"],
  ["float8", "'-0'", "'0'"],
  ["float8", "'NaN'", "'Infinity'"],
  ["float8", "0.1", "0.10000000000000002"],
  ["float4", "0.1", "0.10000001"],
  ["numeric", "1.0", "1.00"],
  ["numeric", "'NaN'", "'Infinity'"],
  ["numeric", "0", "NULL"],
  ["money", "'0.01'", "'0.02'"],
  ["bpchar", "'a'", "'a '"],
  ["bpchar", "''", "' '"],
  ["char(4)", "'a'", "'b'"],
  [`"char"`, "'a'", "'A'"],
  [`"char"`, "''", "NULL"],
  ["name", "'a'", "'A'"],
  ["text", "'a'", "'a '"],
  ["text", "''", "NULL"],
  ["text", "U&'\\00e9'", "U&'e\\0301'"],
  ["varchar(9)", "'ß'", "'ss'"],
  ["x_hash.citext", "'Ab'", "'aB'"],
  ["bytea", "'\\x00'", "'\\x0000'"],
  ["json", `'{"a":1}'`, `'{"a": 1}'`],
  ["jsonb", `'{"a": 1.0}'`, `'{"a": 1.00}'`],
  ["jsonb", "'null'", "NULL"],
  ["xml", "'<a/>'", "'<a></a>'"],
  ["tsvector", "'cat:3'", "'cat:4'"],
  ["tsquery", "'a & b'", "'a | b'"],
  ["pg_lsn", "'1/00000002'", "'0/00000003'"],
  ["inet", "'10.0.0.1/8'", "'10.0.0.1/16'"],
  ["cidr", "'10.0.0.0/8'", "'10.0.0.0/9'"],
  ["macaddr", "'08:00:2b:01:02:03'", "'08:00:2b:01:02:04'"],
  ["macaddr8", "'08:00:2b:01:02:03:04:05'", "'08:00:2b:01:02:03:04:06'"],
  ["bit(3)", "'101'", "'100'"],
  ["varbit", "'1'", "'10'"],
  ["uuid", "'00000000-0000-0000-0000-000000000000'", "'00000000-0000-0000-0000-000000000001'"],
  ["regclass", "'pg_type'", "'pg_class'"],
  ["point", "'(0,0)'", "'(-0,0)'"],
  ["bigint[]", "'{3}'", "'{4294967298}'"],
  ["numeric[]", "'{1.0}'", "'{1.00}'"],
  ["text[]", "'{NULL}'", `'{"NULL"}'`],
  ["text[]", "'{a,b}'", `'{"a,b"}'`],
  ["int[]", "'{1}'", "'[0:0]={1}'"],
  ["char(4)[]", "'{a}'", "'{b}'"],
  ["float8[]", "'{-0}'", "'{0}'"],
  ["int4range", "'empty'", "'[1,2)'"],
  ["numrange", "'[1.0,2]'", "'[1.00,2]'"],
  ["nummultirange", "'{[1.0,2]}'", "'{[1.00,2]}'"],
  ["x_hash.spans", "'[1.0,2]'", "'[1.00,2]'"],
  ["x_hash.state", "'open'", "'Open'"],
  ["x_hash.state[]", "'{open}'", "'{Open}'"],
  ["x_hash.pair", "'(1.0,a)'", "'(1.00,a)'"],
  ["x_hash.pair", "'(1.0,)'", "NULL"],
  ["x_hash.pair[]", `'{"(1.0,a)"}'`, `'{"(1.00,a)"}'`],
  ["x_hash.d0", "3", "4294967298"],
  ["x_hash.d1", "1.0", "1.00"],
  ["x_hash.d2", "'a'", "'b'"],
  ["x_hash.d3", "'a'", "'a '"],
  ["x_hash.d4", "'-0'", "'0'"],
  ["x_hash.d6", "'open'", "'Open'"],
  ["public.geometry", "'POINT(NaN NaN)'", "'POINT EMPTY'"],
  ["public.geometry", "'GEOMETRYCOLLECTION(POINT(NaN NaN))'", "'GEOMETRYCOLLECTION(POINT EMPTY)'"],
  ["public.geometry", "'POINT(NaN 1)'", "'POINT(NaN 2)'"],
  ["public.geometry", "'SRID=4326;POINT(1 2)'", "'POINT(1 2)'"],
  ["public.geometry", "'POINT(-0 0)'", "'POINT(0 0)'"],
  ["public.geometry", "'POINT Z EMPTY'", "'POINT M EMPTY'"],
  ["public.geography", "'POINT(NaN NaN)'", "'POINT EMPTY'"],
  ["x_hash.shapes", "'SRID=4326;POINT Z(NaN NaN NaN)'", "'SRID=4326;POINT Z EMPTY'"],
  ["public.box2d", "'BOX(0 0,1 1)'", "'BOX(0 0,1 2)'"],
];

test("values that a dump tells apart have different hashes", async () => {
  const hashes = await hashesOf(DIFFERENT);
  expect(hashes.every(({ one, other }) => one !== undefined && other !== undefined)).toBe(true);
  expect(hashes.filter(({ one, other }) => one === other).map(({ pair }) => pair)).toEqual([]);
});

test("values that are one in a dump have one hash", async () => {
  const hashes = await hashesOf([
    ["float8", "'NaN'", "-'NaN'::float8"],
    ["numeric", "'-0'", "'0'"],
    ["bpchar(4)", "'a'", "'a   '"],
    ["jsonb", `'{"a": 1, "b": 2}'`, `'{"b":2,"a":1}'`],
    ["interval", "'1 year'", "'12 mons'"],
    ["inet", "'10.0.0.1'", "'10.0.0.1/32'"],
  ]);
  expect(hashes.filter(({ one, other }) => one !== other)).toEqual([]);
});

test("a table may have all the columns that PostgreSQL allows", async () => {
  const geometries = Array.from({ length: 100 }, (_, n) => `g${n} public.geometry`);
  const flags = Array.from({ length: 1500 }, (_, n) => `b${n} bool`);
  const contents = await contentsAfter([
    "CREATE SCHEMA x_hash",
    `CREATE TABLE x_hash.one (${[...geometries, ...flags].join(", ")})`,
    `CREATE TABLE x_hash.other (${[...geometries, ...flags].join(", ")})`,
    "INSERT INTO x_hash.one (b0) VALUES (true)",
    "INSERT INTO x_hash.other (g0, b0) VALUES ('POINT EMPTY', true)",
  ]);
  expect(contents.get("one")?.rows).toBe(1);
  expect(contents.get("one")?.hash).not.toBe(contents.get("other")?.hash);
});

describe("code of whoever owns a type", () => {
  const FORBIDDEN = "AS $$BEGIN RAISE 'our session ran this'; END$$";

  test("is not run by our sessions: a cast, a function of a name that we call, an operator", async () => {
    const contents = await contentsAfter([
      ...TYPES,
      "CREATE TYPE x_hash.geometry AS ENUM ('a')",
      'CREATE TYPE x_hash."varchar" AS (value text)',
      ...[
        ["x_hash.geometry", "bytea"],
        ["x_hash.geometry", "text"],
        ['x_hash."varchar"', "text"],
        ["x_hash.state", "text"],
        ["x_hash.pair", "text"],
      ].flatMap(([from, to], index) => [
        `CREATE FUNCTION x_hash.cast${index}(${from}) RETURNS ${to} LANGUAGE plpgsql IMMUTABLE ${FORBIDDEN}`,
        `CREATE CAST (${from} AS ${to}) WITH FUNCTION x_hash.cast${index}(${from}) AS IMPLICIT`,
      ]),
      ...["st_isvalid", "st_npoints", "st_geometrytype", "st_astext", "bytea"].map(
        (name) =>
          `CREATE FUNCTION public.${name}(x_hash.shapes) RETURNS text LANGUAGE plpgsql ${FORBIDDEN}`,
      ),
      `CREATE FUNCTION x_hash.shifted(x_hash.dd, int4) RETURNS int8 LANGUAGE plpgsql ${FORBIDDEN}`,
      "CREATE OPERATOR public.>> (LEFTARG = x_hash.dd, RIGHTARG = int4, FUNCTION = x_hash.shifted)",
      'CREATE TABLE x_hash.t (a x_hash.geometry, b x_hash."varchar", c x_hash.state, d x_hash.pair, e x_hash.shapes, f x_hash.dd)',
      "INSERT INTO x_hash.t VALUES ('a', '(a)', 'open', '(1,a)', 'SRID=4326;POINT Z(1 2 3)', 3)",
    ]);
    expect(contents.get("t")).toMatchObject({
      rows: 1,
      geometries: [{ column: "e", type: "public.geometry(PointZ,4326)", srid: 4326, invalid: 0 }],
    });
  });

  test("casts of an administrator make nothing that we ask ambiguous", async () => {
    await rolledBack(session, async () => {
      const ask = () => observe([session], { transaction: AS_IT_STANDS });
      const before = await ask();
      await session.batch([
        `DO $$ DECLARE one text; other text; BEGIN
          FOREACH one IN ARRAY ARRAY['int2', 'int4', 'int8', 'numeric', 'float8', 'bool', 'oid', 'timestamp', 'name', 'varchar', 'text', 'bytea', 'json', 'regclass'] LOOP
            FOREACH other IN ARRAY ARRAY['text', 'varchar', 'int4', 'int8', 'numeric', 'bool', 'oid'] LOOP
              BEGIN
                EXECUTE format('CREATE CAST (%s AS %s) WITH INOUT AS IMPLICIT', one, other);
              EXCEPTION WHEN duplicate_object OR invalid_object_definition THEN NULL;
              END;
            END LOOP;
          END LOOP;
        END $$`,
      ]);
      const count = `SELECT count(*)::int4 AS count FROM pg_cast WHERE oid >= '16384'::oid AND castmethod = 'i'`;
      expect(await session.value(count)).toBeGreaterThan(40);
      const after = await ask();
      expect(after.contents).toEqual(before.contents);
      expect(after.sequences).toEqual(before.sequences);
      expect(after.largeObjects).toEqual(before.largeObjects);
      expect(await session.value(REWRITTEN_QUERY)).toEqual([]);
      const controls = after.tables.flatMap(
        (table) => planControl([table], after.contents, "public")?.task ?? [],
      );
      expect(await session.batch(controls.map(({ sql }) => sql))).toHaveLength(controls.length);
    });
  });
});

describe("geometries that ST_IsValid refuses", () => {
  const surface = "POLYHEDRALSURFACE Z(((0 0 0,1 0 0,1 1 0,0 0 0)))";

  test("are counted and named, in a collection, too", async () => {
    const contents = await contentsAfter([
      "CREATE SCHEMA x_hash",
      "CREATE TABLE x_hash.t (a public.geometry, b public.geometry(PolygonZ, 32651))",
      `INSERT INTO x_hash.t VALUES ('${surface}', NULL), ('GEOMETRYCOLLECTION Z(${surface})', NULL),
        ('GEOMETRYCOLLECTION(GEOMETRYCOLLECTION(POINT(NaN 1), TIN EMPTY))', NULL), (NULL, NULL),
        ('POLYGON((0 0,1 1,1 0,0 1,0 0))', 'SRID=32651;POLYGON Z((0 0 0,1 1 0,1 0 0,0 1 0,0 0 0))')`,
    ]);
    expect(contents.get("t")?.geometries).toEqual([
      {
        ...{ column: "a", type: "public.geometry", srid: 0, invalid: 2 },
        unjudged: { count: 2, types: ["ST_GeometryCollection", "ST_PolyhedralSurface"] },
      },
      { column: "b", type: "public.geometry(PolygonZ,32651)", srid: 32_651, invalid: 1 },
    ]);
  });

  test("are those alone: every other type is judged", async () => {
    const shapes = [
      ...["POINT(1 2)", "LINESTRING(0 0,1 1)", "POLYGON((0 0,1 0,1 1,0 0))", "MULTIPOINT(0 0)"],
      ...["MULTILINESTRING((0 0,1 1))", "MULTIPOLYGON(((0 0,1 0,1 1,0 0)))"],
      ...["CIRCULARSTRING(0 0,1 1,2 0)", "COMPOUNDCURVE(CIRCULARSTRING(0 0,1 1,2 0))"],
      ...["CURVEPOLYGON(CIRCULARSTRING(0 0,1 1,0 0))", "MULTICURVE((0 0,1 1))"],
      ...["MULTISURFACE(CURVEPOLYGON(CIRCULARSTRING(0 0,1 1,0 0)))", "TRIANGLE((0 0,1 0,1 1,0 0))"],
      "TIN(((0 0,1 0,1 1,0 0)))",
    ];
    const contents = await contentsAfter([
      "CREATE SCHEMA x_hash",
      "CREATE TABLE x_hash.t (g public.geometry)",
      ...shapes.flatMap((shape) => [
        `INSERT INTO x_hash.t VALUES ('${shape}'), ('GEOMETRYCOLLECTION(${shape})')`,
      ]),
    ]);
    expect(contents.get("t")?.geometries).toEqual([
      { column: "g", type: "public.geometry", srid: 0, invalid: 0 },
    ]);
  });
});

describe("large objects", () => {
  const hashAfter = (...statements: string[]) =>
    rolledBack(session, async () => {
      await session.batch(statements);
      return session.value<{ count: number; hash: string }>(LARGE_OBJECTS_QUERY);
    });
  const beyond = 1_200_000_000;

  test("with holes are what a restore writes out: zeros", async () => {
    const hole = await hashAfter(
      "SELECT lo_from_bytea(900100, 'a')",
      "SELECT lo_put(900100, 9000, 'b')",
    );
    const written = await hashAfter(
      "SELECT lo_from_bytea(900100, decode('61' || repeat('00', 8999) || '62', 'hex'))",
    );
    expect(hole).toEqual(written);
  });

  test.each([
    ["a byte beyond 1 GB", `SELECT lo_put(900100, ${beyond}, 'c')`],
    ["a byte in a hole", "SELECT lo_put(900100, 5000, 'c')"],
    ["a zero at the end", `SELECT lo_put(900100, ${beyond + 1}, '\\x00')`],
  ])("of more than 1 GB show %s", async (_, change) => {
    const sparse = ["SELECT lo_from_bytea(900100, 'a')", `SELECT lo_put(900100, ${beyond}, 'b')`];
    const [before, after] = [await hashAfter(...sparse), await hashAfter(...sparse, change)];
    expect(after.count).toBe(before.count);
    expect(after.hash).not.toBe(before.hash);
  });

  test("an empty one is not one with a zero in it", async () => {
    const empty = await hashAfter("SELECT lo_from_bytea(900100, '')");
    const zero = await hashAfter("SELECT lo_from_bytea(900100, '\\x00')");
    expect(zero).not.toEqual(empty);
  });
});
