import { describe, expect, test } from "vitest";
import { type FreeColumn, judgeControl, planControl } from "../../src/checks/control.ts";
import type { Column, TableContent, TableSource } from "../../src/checks/scan.ts";

const column = (name: string, type = "text", builtIn = true): Column => ({ name, type, builtIn });
const table = (name: string, bytes: number, ...columns: Column[]): TableSource => ({
  ...{ schema: "public", name, bytes, columns },
});
const content = (name: string, rows: number, hash = "00000000000000aa"): TableContent => ({
  ...{ schema: "public", name, rows, hash, geometries: [] },
});
const free = (table: string, column: string): FreeColumn => ({ schema: "public", table, column });

describe("what is changed", () => {
  test("a row of the largest filled table that is not too large", () => {
    const tables = [
      table("small", 8192, column("note")),
      table('say "hello"', 65_536, column("id", "int4"), column('a "quoted" column')),
      table("huge", 17 * 1024 * 1024, column("note")),
      table("empty", 1_000_000, column("note")),
    ];
    const contents = [
      content("small", 1),
      content('say "hello"', 5),
      content("huge", 9),
      content("empty", 0),
    ];
    const columns = [
      ...[free("small", "note"), free("huge", "note"), free("empty", "note")],
      free('say "hello"', 'a "quoted" column'),
    ];
    const name = '"public"."say ""hello"""';
    expect(planControl(tables, contents, columns)).toEqual({
      table: tables[1],
      column: 'a "quoted" column',
      change: `UPDATE ONLY ${name} SET "a ""quoted"" column" = coalesce("a ""quoted"" column", '') || '~' WHERE ctid = (SELECT ctid FROM ONLY ${name} LIMIT 1)`,
    });
  });

  test.each<[string, TableSource, FreeColumn[]]>([
    ["a column that a key or a check uses", table("t", 1, column("note")), []],
    [
      "a type of the user's with a known name",
      table("t", 1, column("note", "text", false)),
      [free("t", "note")],
    ],
    ["a type it does not know", table("t", 1, column("note", "xml")), [free("t", "note")]],
    ["no column at all", table("t", 1), []],
    [
      "an extension's table",
      { ...table("t", 1, column("note")), dumped: "WHERE true" },
      [free("t", "note")],
    ],
  ])("nothing in %s", (_, one, columns) => {
    expect(planControl([one], [content("t", 3)], columns)).toBeUndefined();
  });

  test("a smaller table when the largest has no column for it", () => {
    const tables = [
      table("large", 9000, column("id", "uuid")),
      table("small", 1, column("flag", "bool")),
    ];
    const control = planControl(
      tables,
      [content("large", 1), content("small", 1)],
      [free("large", "id"), free("small", "flag")],
    );
    expect(control?.table.name).toBe("small");
    expect(control?.change).toContain('SET "flag" = "flag" IS NOT TRUE WHERE');
  });

  test.each([
    ["text", `coalesce("c", '') || '~'`],
    ["varchar", `CASE WHEN left("c", 1) = '~' THEN '^' ELSE '~' END || substr("c", 2)`],
    ["int4", 'coalesce("c", 0) # 1'],
    ["int8", 'coalesce("c", 0) # 1'],
    ["bool", '"c" IS NOT TRUE'],
    ["date", `coalesce("c", date '2000-01-01') + 1`],
    ["timestamp", `coalesce("c", timestamp '2000-01-01') + interval '1 second'`],
    ["jsonb", 'jsonb_build_array("c")'],
  ])("a value of type %s", (type, expression) => {
    const control = planControl(
      [table("t", 1, column("c", type))],
      [content("t", 1)],
      [free("t", "c")],
    );
    expect(control?.change).toBe(
      `UPDATE ONLY "public"."t" SET "c" = ${expression} WHERE ctid = (SELECT ctid FROM ONLY "public"."t" LIMIT 1)`,
    );
  });
});

describe("the verdict on the comparison", () => {
  const expected = [content("res_partner", 5), content("spp_area", 2)];

  test("a comparison that turns red passes", () => {
    const changed = content("res_partner", 5, "00000000000000ab");
    expect(judgeControl(expected, expected, changed)).toEqual({
      name: "control",
      status: "passed",
      message: "One changed row in public.res_partner turned the comparison red, as it must.",
    });
  });

  test("a comparison that stays green, because the scan is blind to the change, fails", () => {
    expect(judgeControl(expected, expected, content("res_partner", 5))).toEqual({
      name: "control",
      status: "failed",
      message:
        "One row of public.res_partner was changed, and the comparison stayed green: it proves nothing.",
      next: "This is a bug in this project: report it, and do not rely on this drill.",
    });
  });

  test("in a table that was wrong already it shows nothing", () => {
    const restored = [content("res_partner", 4, "00000000000000ac"), content("spp_area", 2)];
    const changed = content("res_partner", 4, "00000000000000ad");
    expect(judgeControl(expected, restored, changed)).toEqual({
      name: "control",
      status: "not-run",
      message: "public.res_partner differed already, so a change in it shows nothing.",
      next: "See the content check.",
    });
  });

  test("another table that is wrong does not hide a blind comparison", () => {
    const restored = [content("res_partner", 5), content("spp_area", 1)];
    expect(judgeControl(expected, restored, content("res_partner", 5)).status).toBe("failed");
  });
});
