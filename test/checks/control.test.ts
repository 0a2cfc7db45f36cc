import { describe, expect, test } from "vitest";
import { judgeControl, planControl } from "../../src/checks/control.ts";
import type { Column, TableContent, TableSource } from "../../src/checks/scan.ts";

const column = (name: string, type = "text", origin: Column["origin"] = "postgresql"): Column => ({
  ...{ name, type, origin, output: `${type}out` },
});
const table = (name: string, bytes: number, ...columns: Column[]): TableSource => ({
  ...{ schema: "public", name, bytes, columns },
});
const content = (name: string, rows: number, hash = "00000000000000aa"): TableContent => ({
  ...{ schema: "public", name, rows, hash, geometries: [] },
});

describe("what is changed", () => {
  test("a row of the largest filled table that is not too large", () => {
    const tables = [
      table("small", 8192, column("note")),
      table('say "hello"', 65_536, column("id", "uuid"), column('a "quoted" column')),
      table("huge", 17 * 1024 * 1024, column("note")),
      table("empty", 1_000_000, column("note")),
    ];
    const contents = [
      content("small", 1),
      content('say "hello"', 5),
      content("huge", 9),
      content("empty", 0),
    ];
    const name = '"public"."say ""hello"""';
    const control = planControl(tables, contents);
    expect(control?.table).toBe(tables[1]);
    expect(control?.column).toBe('a "quoted" column');
    expect(control?.task.sql).toContain(
      ` FROM (SELECT r."id", CASE WHEN r.ctid = (SELECT o.ctid FROM ONLY ${name} o LIMIT 1) THEN concat(r."a ""quoted"" column", '~') ELSE r."a ""quoted"" column" END AS "a ""quoted"" column" FROM ONLY ${name} r) t`,
    );
  });

  test.each<[string, TableSource]>([
    ["a type of the user's with a known name", table("t", 1, column("note", "text", "other"))],
    ["a type it does not know", table("t", 1, column("note", "xml"))],
    ["no column at all", table("t", 1)],
    ["an extension's table", { ...table("t", 1, column("note")), dumped: "WHERE true" }],
    ["an extension's table without a condition", { ...table("t", 1, column("note")), dumped: "" }],
  ])("nothing in %s", (_, one) => {
    expect(planControl([one], [content("t", 3)])).toBeUndefined();
  });

  test("a smaller table when the largest has no column for it", () => {
    const tables = [
      table("large", 9000, column("id", "uuid")),
      table("small", 1, column("flag", "bool")),
    ];
    const control = planControl(tables, [content("large", 1), content("small", 1)]);
    expect(control?.table.name).toBe("small");
    expect(control?.task.sql).toContain('THEN r."flag" IS NOT TRUE ELSE r."flag" END AS "flag"');
  });

  test.each([
    ["text", `concat(r."c", '~')`],
    ["varchar", `concat(r."c", '~')::varchar`],
    ["int4", `coalesce(r."c", '0'::int4) # '1'::int4`],
    ["int8", `coalesce(r."c", '0'::int8) # '1'::int8`],
    ["bool", 'r."c" IS NOT TRUE'],
    ["jsonb", 'jsonb_build_array(r."c")'],
  ])("a value of type %s", (type, expression) => {
    const control = planControl([table("t", 1, column("c", type))], [content("t", 1)]);
    expect(control?.task.sql).toContain(`THEN ${expression} ELSE r."c" END AS "c"`);
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
