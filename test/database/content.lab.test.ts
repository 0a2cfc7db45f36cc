import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  scanTasks,
  TABLES_QUERY,
  type TableContent,
  type TableSource,
} from "../../src/checks/scan.ts";
import { identifier, qualified } from "../../src/checks/sql.ts";
import { countRows } from "../../src/database/count-rows.ts";
import { scanContent } from "../../src/database/scan-tables.ts";
import type { Session } from "../../src/database/session.ts";
import { sharedLab } from "../lab/shared.ts";
import { openSession, rolledBack } from "./lab-session.ts";

let session: Session;
let tables: readonly TableSource[];
let contents: readonly TableContent[];

beforeAll(async () => {
  session = await openSession(await sharedLab("strict"));
  tables = await session.value<TableSource[]>(TABLES_QUERY);
  contents = await scanContent([session], { tables, postgisSchema: "public" });
});

afterAll(() => session.close());

const isNamed = (table: string) => (one: { schema: string; name: string }) =>
  one.schema === "public" && one.name === table;

const contentBefore = (table: string) => contents.find(isNamed(table)) as TableContent;

/** Given a table and changes, return its content with them; the changes are rolled back. */
async function contentAfter(table: string, ...changes: string[]): Promise<TableContent> {
  return rolledBack(session, async () => {
    await session.batch(["SET LOCAL session_replication_role = replica", ...changes]);
    const [content] = await scanContent([session], {
      tables: tables.filter(isNamed(table)),
      postgisSchema: "public",
    });
    return content as TableContent;
  });
}

/** One change for every column of the tables of values, as small as its type can tell apart. */
const CHANGES: readonly [table: string, column: string, value: string, row: string][] = [
  ["x_value_number", "id", "DEFAULT", "label = 'a third'"],
  ["x_value_number", "label", "label || ' '", "label = 'a third'"],
  ["x_value_number", "exact", "'1.500'", "label = 'trailing zeros'"],
  ["x_value_number", "rounded", "200", "label = 'denormal'"],
  ["x_value_number", "double", "'0'", "label = 'minus zero'"],
  ["x_value_number", "single", "'0'", "label = 'minus zero'"],
  ["x_value_number", "price", "'0.02'", "label = 'denormal'"],
  ["x_value_number", "small", "0", "label = 'denormal'"],
  ["x_value_number", "big", "9007199254740992", "big = 9007199254740993"],
  ["x_value_time", "id", "1000", "label = 'infinity'"],
  ["x_value_time", "label", "'Infinity'", "label = 'infinity'"],
  ["x_value_time", "zoned", "'-infinity'", "label = 'infinity'"],
  [
    "x_value_time",
    "zoned_seconds",
    "zoned_seconds + interval '1 second'",
    "label = 'before Christ'",
  ],
  ["x_value_time", "plain", "plain - interval '1 microsecond'", "label = 'far future'"],
  ["x_value_time", "day", "day - 1", "label = 'far future'"],
  ["x_value_time", "clock", "'00:00:00'", "clock = '24:00:00'"],
  ["x_value_time", "clock_zoned", "'11:00+04:45'", "label = 'before Christ'"],
  ["x_value_time", "duration", "'1 day 1 hour'", "label = 'the hour that comes twice'"],
  ["x_value_time", "months", "'11 months'", "label = 'the hour that comes twice'"],
  ["x_value_text", "id", "-1", "label = 'quotes'"],
  ["x_value_text", "label", "'Quotes'", "label = 'quotes'"],
  ["x_value_text", "body", "NULL", "label = 'empty'"],
  ["x_value_text", "short", "'null'", "label = 'the word null'"],
  ["x_value_text", "padded", "NULL", "label = 'empty'"],
  ["x_value_text", "letter", "NULL", "label = 'empty'"],
  ["x_value_text", "bytes", "'\\x0000'", "label = 'the word null'"],
  ["x_value_text", "identifier", "NULL", "label = 'empty'"],
  ["x_value_document", "id", "-1", "id = 3"],
  ["x_value_document", "binary_json", `'{"b": 1.1, "a": [1, null, {"é": "é\\n"}]}'`, "id = 4"],
  ["x_value_document", "text_json", "'{}'", "id = 3"],
  ["x_value_document", "document", "'<a></a>'", "id = 3"],
  ["x_value_document", "search", "'cat:3 fat:2'", "id = 3"],
  ["x_value_document", "query", "'fat & !cat'", "id = 3"],
  ["x_value_collection", "id", "-1", "id = 3"],
  ["x_value_collection", "numbers", "'{7,8,9}'", "id = 4"],
  ["x_value_collection", "matrix", `'{{a,"b,c"},{NULL,"null"},{"","\\\\\\""}}'`, "id = 3"],
  ["x_value_collection", "days", "'empty'", "id = 4"],
  ["x_value_collection", "amounts", "'(,1.5]'", "id = 3"],
  ["x_value_collection", "measured", "'[0.1,0.3]'", "id = 3"],
  ["x_value_collection", "closed_days", "NULL", "id = 2"],
  ["x_value_collection", "amount_sets", "'{[1,1]}'", "id = 4"],
  ["x_value_collection", "moments", "'[2024-01-01 00:00+00,)'", "id = 3"],
  ["x_value_collection", "home", "NULL", "id = 2"],
  ["x_value_collection", "homes", "NULL", "id = 2"],
  ["x_value_collection", "state", "'réouvert'", "id = 2"],
  ["x_value_collection", "states", "NULL", "id = 2"],
  ["x_value_collection", "email", "NULL", "id = 2"],
  ["x_value_collection", "share", "0.02", "id = 3"],
  [
    "x_value_other",
    "id",
    "'00000000-0000-0000-0000-000000000001'",
    "id = '00000000-0000-0000-0000-000000000000'",
  ],
  ["x_value_other", "flag", "NULL", "flag = false"],
  ["x_value_other", "address", "'192.168.1.5'", "flag"],
  ["x_value_other", "network", "'10.0.0.0/9'", "flag"],
  ["x_value_other", "hardware", "'08:00:2b:01:02:04'", "flag"],
  ["x_value_other", "hardware8", "'08:00:2b:01:02:03:04:06'", "flag"],
  ["x_value_other", "fixed_bits", "'00001'", "NOT flag"],
  ["x_value_other", "bits", "NULL", "bits = ''"],
  ["x_value_other", "position", "'16/B374D849'", "flag"],
  ["x_value_other", "place", "'(0.1,0)'", "flag"],
  ["x_value_other", "area", "'((0,0),(1,0.3),(1,1))'", "flag"],
  ["x_value_other", "round", "'<(0,0),0>'", "flag"],
  ["x_value_other", "shape", "NULL", "NOT flag"],
  ["x_value_other", "solid", "'SRID=4326;POINT ZM(1 2 3 5)'", "flag"],
  ["x_value_other", "sphere", "'POINT(121 14.500000000000002)'", "flag"],
  ["x_value_other", "relation", "'pg_type'", "NOT flag"],
];

describe("one changed value", () => {
  test("is tried in every column of the tables of values", () => {
    const columns = tables
      .filter(({ name }) => name.startsWith("x_value_"))
      .flatMap((table) => table.columns.map(({ name }) => `${table.name}.${name}`));
    expect(columns.length).toBeGreaterThan(60);
    expect(CHANGES.map(([table, column]) => `${table}.${column}`).sort()).toEqual(columns.sort());
  });

  test.each(CHANGES)("in %s.%s is seen", async (table, column, value, row) => {
    const after = await contentAfter(
      table,
      `UPDATE public.${table} SET ${identifier(column)} = ${value} WHERE ${row}`,
    );
    expect(after.rows).toBe(contentBefore(table).rows);
    expect(after.hash).not.toBe(contentBefore(table).hash);
  });
});

describe("is seen", () => {
  test.each<[string, string, string[]]>([
    [
      "two values that changed places in one column",
      "res_partner",
      [
        `WITH two AS (SELECT min(id) AS a, max(id) AS b FROM public.res_partner WHERE phone IS NOT NULL)
         UPDATE public.res_partner p SET phone = o.phone FROM two, public.res_partner o
         WHERE (p.id = a AND o.id = b) OR (p.id = b AND o.id = a)`,
      ],
    ],
    [
      "a duplicate added while its twin's neighbour is removed",
      "x_import_line",
      [
        "DELETE FROM public.x_import_line WHERE ctid = (SELECT min(ctid) FROM public.x_import_line WHERE number = 0 AND line IS NOT NULL)",
        "INSERT INTO public.x_import_line VALUES ('the same line', 1)",
      ],
    ],
    [
      "NULL instead of the empty text",
      "x_null_or_empty",
      ["UPDATE public.x_null_or_empty SET value = NULL WHERE value = ''"],
    ],
    [
      "values that moved to the neighbouring column",
      "Table With Spaces",
      ['UPDATE public."Table With Spaces" SET "select" = "é", "é" = "select" WHERE "Column A" = 1'],
    ],
  ])("%s", async (_, table, changes) => {
    const after = await contentAfter(table, ...changes);
    expect(after.rows).toBe(contentBefore(table).rows);
    expect(after.hash).not.toBe(contentBefore(table).hash);
  });

  test("one of two equal rows that is gone", async () => {
    const after = await contentAfter(
      "x_import_line",
      "DELETE FROM public.x_import_line WHERE ctid = (SELECT min(ctid) FROM public.x_import_line)",
    );
    expect(after.rows).toBe(contentBefore("x_import_line").rows - 1);
    expect(after.hash).not.toBe(contentBefore("x_import_line").hash);
  });

  test("a row of a table without columns", async () => {
    const after = await contentAfter(
      "x_zero_columns",
      "INSERT INTO public.x_zero_columns DEFAULT VALUES",
    );
    expect([contentBefore("x_zero_columns").rows, after.rows]).toEqual([3, 4]);
    expect(after.hash).not.toBe(contentBefore("x_zero_columns").hash);
  });

  test("a row that moved from one partition to another, in both", async () => {
    const move =
      "UPDATE public.spp_event SET event_date = '2022-01-01' WHERE id = (SELECT min(id) FROM public.spp_event_2023)";
    const [from, to] = [
      await contentAfter("spp_event_2023", move),
      await contentAfter("spp_event_default", move),
    ];
    expect(from.rows).toBe(contentBefore("spp_event_2023").rows - 1);
    expect(to.rows).toBe(contentBefore("spp_event_default").rows + 1);
  });

  test("a row of an inheriting table is its own, not its parent's", async () => {
    const insert = "INSERT INTO public.spp_document_scanned (id, title) VALUES (9, 'New')";
    expect(await contentAfter("spp_document", insert)).toEqual(contentBefore("spp_document"));
    expect((await contentAfter("spp_document_scanned", insert)).rows).toBe(
      contentBefore("spp_document_scanned").rows + 1,
    );
  });

  test("a geometry that became invalid", async () => {
    const bow = "MULTIPOLYGON(((0 0,1 1,1 0,0 1,0 0)))";
    const change = `UPDATE public.spp_area SET geo_polygon = public.ST_GeomFromText('${bow}', 4326) WHERE id = 1`;
    const invalid = ({ geometries }: TableContent) =>
      geometries.find(({ column }) => column === "geo_polygon")?.invalid;
    expect(invalid(contentBefore("spp_area"))).toBe(0);
    expect(invalid(await contentAfter("spp_area", change))).toBe(1);
  });
});

describe("is not seen, because it is no change", () => {
  test("rows that lie in another order", async () => {
    const columns = await writableColumns("res_partner");
    const after = await contentAfter(
      "res_partner",
      `CREATE TEMPORARY TABLE reversed ON COMMIT DROP AS SELECT ${columns} FROM public.res_partner`,
      "DELETE FROM public.res_partner",
      `INSERT INTO public.res_partner (${columns}) SELECT ${columns} FROM reversed ORDER BY id DESC`,
    );
    expect(after).toEqual(contentBefore("res_partner"));
  });

  test("a session with other settings of its own: they are fixed", async () => {
    const [shown] = await session.values([
      "SELECT concat_ws(' ', current_setting('TimeZone'), current_setting('DateStyle'), current_setting('extra_float_digits'), current_setting('bytea_output'))",
    ]);
    expect(shown).toBe("UTC ISO, YMD 1 hex");
  });
});

test("rows are counted exactly, row-level security or not", async () => {
  const counted = await countRows(session);
  const real = await session.batch(
    tables.map(
      ({ schema, name, dumped }) =>
        `SELECT count(*)::int AS rows FROM (SELECT FROM ONLY ${qualified(schema, name)} ${dumped ?? ""}) t`,
    ),
  );
  expect(counted.map(({ rows }) => rows)).toEqual(real.map(([row]) => row?.rows));
  expect(contents.find(isNamed("x_case_secret"))?.rows).toBe(40);
});

test("a large table read in parts has the content of the same table read whole", async () => {
  const source = tables.find(isNamed("res_partner")) as TableSource;
  const inParts = { ...source, bytes: 200 * 1024 * 1024 };
  expect(scanTasks([inParts])).toHaveLength(4);
  const [content] = await scanContent([session], { tables: [inParts], postgisSchema: "public" });
  expect(content).toEqual(contentBefore("res_partner"));
});

/** The columns of a table but the generated ones. */
async function writableColumns(table: string): Promise<string> {
  return session.value<string>(
    `SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
     WHERE attrelid = 'public.${table}'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
  );
}
