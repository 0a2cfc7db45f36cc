import { describe, expect, test } from "vitest";
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
const column = (name: string, type = "text", builtIn = true): Column => ({ name, type, builtIn });
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
        "SELECT count(*)::text AS rows,",
        'coalesce(sum(hashint8extended(hash_record_extended(ROW(t."id", t."name" COLLATE "C"), 0), 0)), 0)::text AS hash,',
        'json_build_array() AS invalid FROM ONLY "public"."res_partner" t',
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

  test.each([
    ["int4", true, 't."c"'],
    ["timestamptz", true, 't."c"'],
    ["uuid", true, 't."c"'],
    ["bytea", true, 't."c"'],
    ["bool", true, 't."c"'],
    ["text", true, 't."c" COLLATE "C"'],
    ["varchar", true, 't."c" COLLATE "C"'],
    ["geometry", false, 't."c"::bytea'],
    ["geography", false, 't."c"::bytea'],
    ["numeric", true, 't."c"::text COLLATE "C"'],
    ["float8", true, 't."c"::text COLLATE "C"'],
    ["jsonb", true, 't."c"::text COLLATE "C"'],
    ["json", true, 't."c"::text COLLATE "C"'],
    ["bpchar", true, 't."c"::text COLLATE "C"'],
    ["_text", true, 't."c"::text COLLATE "C"'],
    ["interval", true, 't."c"::text COLLATE "C"'],
    ["xml", true, 'ROW(t."c")::text COLLATE "C"'],
    ["text", false, 'ROW(t."c")::text COLLATE "C"'],
    ["int4", false, 'ROW(t."c")::text COLLATE "C"'],
    ["spp_case_state", false, 'ROW(t."c")::text COLLATE "C"'],
  ])("hashes a value of type %s (PostgreSQL's own: %s) as %s", (type, builtIn, expression) => {
    expect(statementOf(table("t", 0, column("c", type, builtIn)))).toContain(
      `hash_record_extended(ROW(${expression}), 0)`,
    );
  });

  test("counts invalid geometries, where PostGIS stands", () => {
    const source = table(
      "spp_area",
      0,
      column("id", "int4"),
      column('a "shape"', "geometry", false),
    );
    expect(statementOf(source, "gis")).toContain(
      'json_build_array(count(*) FILTER (WHERE NOT gis.st_isvalid(t."a ""shape"""))) AS invalid',
    );
    expect(statementOf(source)).toContain("json_build_array() AS invalid");
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
  const answer = (rows: string, hash: string, ...invalid: number[]): ScanAnswer => ({
    ...{ rows, hash, invalid },
  });

  test("of a table read in parts is their sum, modulo 2^64", () => {
    const source: TableSource = {
      ...table("spp_area", 100 * MEBIBYTE),
      columns: [
        {
          ...column("shape", "geometry", false),
          declared: "geometry(MultiPolygon,4326)",
        },
      ],
    };
    const [one, two] = scanTasks([source], "public") as [ScanTask, ScanTask];
    const parts = [answer("3", "-1", 1), answer("4", "18446744073709551618", 2)];
    const answers = [
      { task: two, answer: parts[0] as ScanAnswer },
      { task: one, answer: parts[1] as ScanAnswer },
    ];
    expect(contentOf([source], answers, "public")).toEqual([
      {
        schema: "public",
        name: "spp_area",
        rows: 7,
        hash: "0000000000000001",
        geometries: [
          { column: "shape", type: "geometry(MultiPolygon,4326)", srid: 4326, invalid: 3 },
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

  test("a geometry column without a declared SRID has none", () => {
    const source = {
      ...table("t", 0),
      columns: [{ ...column("c", "geometry", false), declared: "geometry" }],
    };
    const [task] = scanTasks([source], "public") as [ScanTask];
    const [content] = contentOf([source], [{ task, answer: answer("1", "0", 0) }], "public");
    expect(content?.geometries).toEqual([{ column: "c", type: "geometry", srid: 0, invalid: 0 }]);
  });

  test("a table that was not read is no empty one", () => {
    expect(() => contentOf([table("t", 0)], [])).toThrow("no answer for public.t");
  });
});
