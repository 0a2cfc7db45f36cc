import { describe, expect, test } from "vitest";
import type { Validity } from "../../src/checks/geometry-validity.ts";
import {
  batchesOf,
  type Column,
  contentOf,
  type ScanAnswer,
  type ScanTask,
  scanTasks,
  type TableSource,
} from "../../src/checks/scan.ts";

const MEBIBYTE = 1024 * 1024;
const column = (name: string, type = "text", origin: Column["origin"] = "postgresql"): Column => ({
  ...{ name, type, origin, ...(origin === "postgresql" && { output: `${type}_out` }) },
});
const table = (name: string, bytes: number, ...columns: Column[]): TableSource => ({
  ...{ schema: "public", name, bytes, columns },
});
const statementOf = (source: TableSource, postgis?: string) => {
  const tasks = scanTasks([source], postgis);
  expect(tasks).toHaveLength(1);
  return tasks[0]?.sql;
};

describe("the statement that reads a table", () => {
  test("counts its rows and sums a hash of each, in whatever order they lie", () => {
    const source = table("res_partner", 8192, column("id", "int4"), column("name", "varchar"));
    expect(statementOf(source)).toBe(
      [
        "SELECT count(*) AS rows,",
        'coalesce(sum(hashbyteaextended(int8send(hash_record_extended(ROW(t."id", t."name" COLLATE "C"), 0)), 0)), 0) AS hash,',
        'json_build_array() AS geometries FROM ONLY "public"."res_partner" t',
      ].join(" "),
    );
  });

  test("quotes every name", () => {
    const source = { ...table('say "hello"', 0, column('it\'s a "column"')), schema: "a.b" };
    const sql = statementOf(source);
    expect(sql).toContain('FROM ONLY "a.b"."say ""hello""" t');
    expect(sql).toContain('ROW(t."it\'s a ""column""" COLLATE "C")');
  });

  test("of a table without columns", () => {
    expect(statementOf(table("x_zero_columns", 0))).toContain("hash_record_extended(ROW(), 0)");
  });

  test("of an extension's table reads only the rows that a dump holds", () => {
    const source = { ...table("spatial_ref_sys", 7_000_000), dumped: "WHERE NOT (srid < 1000)" };
    expect(statementOf(source)).toContain(
      'FROM (SELECT * FROM ONLY "public"."spatial_ref_sys" WHERE NOT (srid < 1000)) t',
    );
  });

  test("judges the geometries, where PostGIS brought them", () => {
    const of = (origin: Column["origin"]) =>
      table("spp_area", 0, column("id", "int4"), column('a "shape"', "geometry", origin));
    const sql = statementOf(of("postgis"), "gis");
    expect(sql).toContain('THEN NOT gis.st_isvalid(t."a ""shape"""::gis.geometry) END)');
    expect(sql).toContain("json_build_array(json_build_object('invalid', ");
    expect(statementOf(of("other"), "gis")).toContain("json_build_array() AS geometries");
  });

  test.each([
    ["geometry", true],
    ["geometry(Geometry,4326)", true],
    ["geometry(GeometryCollection,4326)", true],
    ["geometry(PolyhedralSurfaceZ,4326)", true],
    ["geometry(Point,4326)", false],
    ["public.geometry(MultiPolygonZM)", false],
    ["gis.geometry(TinZ,4326)", false],
  ])("asks geometries of type %s for their own type: %s", (type, asks) => {
    const shape = { ...column("c", "geometry", "postgis"), declared: { type, srid: 4326 } };
    const sql = statementOf(table("t", 0, shape), "gis");
    expect(sql?.includes("st_geometrytype")).toBe(asks);
    expect(sql).toContain("st_isvalid");
  });
});

describe("tasks", () => {
  test("a large table is read in ranges of 64 MiB that leave no row out", () => {
    const tasks = scanTasks([table("res_partner", 150 * MEBIBYTE, column("id", "int4"))]);
    expect(tasks.map(({ sql }) => sql.slice(sql.indexOf(" WHERE ")))).toEqual([
      " WHERE t.ctid >= '(0,0)' AND t.ctid < '(8192,0)'",
      " WHERE t.ctid >= '(8192,0)' AND t.ctid < '(16384,0)'",
      " WHERE t.ctid >= '(16384,0)'",
    ]);
    expect(tasks.map(({ bytes }) => bytes)).toEqual([50, 50, 50].map((part) => part * MEBIBYTE));
  });

  test.each([
    [0, 1],
    [64 * MEBIBYTE, 1],
    [64 * MEBIBYTE + 8192, 2],
    [1024 * MEBIBYTE, 16],
  ])("a table of %d bytes is %d tasks", (bytes, count) => {
    expect(scanTasks([table("t", bytes)])).toHaveLength(count);
  });

  test("come largest first", () => {
    const tables = [table("small", 1), table("large", 100), table("middle", 10)];
    expect(scanTasks(tables).map(({ table }) => table.name)).toEqual(["large", "middle", "small"]);
  });
});

describe("batches", () => {
  const tasks = (count: number, bytes = 8192): readonly ScanTask[] =>
    scanTasks(Array.from({ length: count }, (_, n) => table(`t${n}`, bytes * ((n % 7) + 1))));

  test.each([
    [60, 2],
    [600, 2],
    [2500, 2],
    [2500, 16],
    [1, 4],
  ])("of %d tasks on %d sessions hold each task once, in order, and are few", (count, sessions) => {
    const all = tasks(count);
    const batches = batchesOf(all, sessions);
    expect(batches.flat()).toEqual(all);
    expect(batches.every((batch) => batch.length > 0)).toBe(true);
    expect(batches.length).toBeLessThanOrEqual(4 * sessions + 1);
  });

  test("are as few for 25,000 tables as for 2,500", () => {
    expect(batchesOf(tasks(25_000), 2).length).toBeLessThanOrEqual(9);
  });

  test("of empty tables keep every session busy, with one round trip each", () => {
    expect(batchesOf(tasks(100, 0), 4)).toHaveLength(4);
  });

  test("of large tables are several a session, so that none waits long for the other", () => {
    expect(batchesOf(tasks(60, 16 * MEBIBYTE), 2).length).toBeGreaterThanOrEqual(7);
  });

  test("a large task does not drag small ones behind it", () => {
    const one = scanTasks([table("large", 50 * MEBIBYTE), table("a", 1), table("b", 1)]);
    expect(batchesOf(one, 2)[0]).toEqual([one[0]]);
  });

  test("of nothing are none", () => {
    expect(batchesOf([], 2)).toEqual([]);
  });
});

describe("the content", () => {
  const answer = (rows: string, hash: string, ...geometries: Validity[]): ScanAnswer => ({
    ...{ rows, hash, geometries },
  });

  test("of a table read in parts is their sum, modulo 2^64", () => {
    const source: TableSource = {
      ...table("spp_area", 100 * MEBIBYTE),
      columns: [
        {
          ...column("shape", "geometry", "postgis"),
          declared: { type: "geometry(MultiPolygon,4326)", srid: 4326 },
        },
      ],
    };
    const [one, two] = scanTasks([source], "public") as [ScanTask, ScanTask];
    const parts = [
      answer("3", "-1", { invalid: 1, unjudged: 2, types: ["ST_PolyhedralSurface"] }),
      answer("4", "18446744073709551618", { invalid: 2, unjudged: 1, types: ["ST_Else"] }),
    ];
    const answers = [
      { task: two, answer: parts[0] as ScanAnswer },
      { task: one, answer: parts[1] as ScanAnswer },
    ];
    expect(contentOf([source], answers)).toEqual([
      {
        schema: "public",
        name: "spp_area",
        rows: 7,
        hash: "0000000000000001",
        geometries: [
          {
            ...{ column: "shape", type: "geometry(MultiPolygon,4326)", srid: 4326, invalid: 3 },
            unjudged: { count: 3, types: ["ST_Else", "ST_PolyhedralSurface"] },
          },
        ],
      },
    ]);
  });

  test.each([
    ["0", "0000000000000000"],
    ["-1", "ffffffffffffffff"],
    ["255", "00000000000000ff"],
    ["-9223372036854775809", "7fffffffffffffff"],
  ])("a sum of %s is %s", (sum, hash) => {
    const source = table("t", 0);
    const [task] = scanTasks([source]) as [ScanTask];
    expect(contentOf([source], [{ task, answer: answer("1", sum) }])[0]?.hash).toBe(hash);
  });

  test("is sorted by schema and name, whatever the locale", () => {
    const tables = [table("b", 0), table("Z", 0), table("é", 0), { ...table("a", 0), schema: "A" }];
    const answers = scanTasks(tables).map((task) => ({ task, answer: answer("0", "0") }));
    expect(contentOf(tables, answers).map(({ name }) => name)).toEqual(["a", "Z", "b", "é"]);
  });

  test("a table that was not read is no empty one", () => {
    expect(() => contentOf([table("t", 0)], [])).toThrow("no answer for public.t");
  });
});
