import { describe, expect, test } from "vitest";
import {
  compareContent,
  compareCounts,
  pairTables,
  unknownTables,
  withoutNewExtensionTables,
} from "../../src/checks/content.ts";
import type { TableContent } from "../../src/checks/scan.ts";
import { isProven } from "../../src/report/compared-tables.ts";

const table = (name: string, rows: number, hash: string, schema = "public"): TableContent => ({
  ...{ schema, name, rows, hash, geometries: [] },
});
const source = [
  table("res_partner", 1_234_567, "00000000000000aa"),
  table("spp_area", 2, "00000000000000bb"),
  table("res_partner", 3, "00000000000000cc", "Données à part"),
];
const compare = (restored: readonly TableContent[]) =>
  compareContent(pairTables(source, restored), unknownTables(source, restored));
const NEXT =
  "Do not rely on this backup. Take a new one and drill it; keep the older ones until that passes.";

describe("content", () => {
  test("that came back as it was, in whatever order", () => {
    expect(compare(source.toReversed())).toEqual({
      name: "content",
      status: "passed",
      message:
        "3 tables with 1,234,572 rows came back exactly as they were at the snapshot: every row count and content hash agrees.",
    });
  });

  test.each<[string, TableContent[], string]>([
    [
      "a missing table",
      [source[0], source[2]] as TableContent[],
      "1 of 3 tables did not come back as they were: public.spp_area is missing.",
    ],
    [
      "one row less",
      source.with(1, table("spp_area", 1, "00000000000000b0")),
      "1 of 3 tables did not come back as they were: public.spp_area has 1 rows instead of 2.",
    ],
    [
      "another count with the same hash",
      source.with(1, table("spp_area", 3, "00000000000000bb")),
      "1 of 3 tables did not come back as they were: public.spp_area has 3 rows instead of 2.",
    ],
    [
      "the same count with another hash",
      source.with(0, table("res_partner", 1_234_567, "00000000000000ab")),
      "1 of 3 tables did not come back as they were: public.res_partner has other content in its 1234567 rows.",
    ],
    [
      "two tables of one name that changed places",
      [
        table("res_partner", 3, "00000000000000cc"),
        source[1] as TableContent,
        table("res_partner", 1_234_567, "00000000000000aa", "Données à part"),
      ],
      "2 of 3 tables did not come back as they were: public.res_partner has 3 rows instead of 1234567; Données à part.res_partner has 1234567 rows instead of 3.",
    ],
    [
      "a table that the manifest does not know",
      [...source, table("res_users", 4, "00000000000000dd")],
      "1 table came back that the manifest does not know: public.res_users.",
    ],
    [
      "a table that came back under another name",
      source.with(1, table("spp_region", 2, "00000000000000bb")),
      "1 of 3 tables did not come back as they were: public.spp_area is missing. 1 table came back that the manifest does not know: public.spp_region.",
    ],
  ])("%s is told", (_, restored, message) => {
    expect(compare(restored)).toEqual({ name: "content", status: "failed", message, next: NEXT });
  });

  test("of many wrong tables only five are named", () => {
    const many = Array.from({ length: 7 }, (_, n) => table(`t${n}`, 1, "00000000000000aa"));
    expect(compareContent(pairTables(many, []), []).message).toBe(
      "7 of 7 tables did not come back as they were: public.t0 is missing; public.t1 is missing; public.t2 is missing; public.t3 is missing; public.t4 is missing; ….",
    );
  });

  test("names that look alike when joined by a dot are two tables", () => {
    const one = [table("b.c", 1, "00000000000000aa", "a")];
    const other = [table("c", 1, "00000000000000aa", "a.b")];
    expect(compareContent(pairTables(one, other), []).status).toBe("failed");
  });

  test("each pair keeps what was expected and what came", () => {
    expect(pairTables(source.slice(1, 2), [table("spp_area", 1, "00000000000000b0")])).toEqual([
      {
        schema: "public",
        name: "spp_area",
        rows: { expected: 2, restored: 1 },
        hash: { expected: "00000000000000bb", restored: "00000000000000b0" },
      },
    ]);
  });

  test("a pair of which one half is missing is not proven", () => {
    expect(pairTables(source, source).map(isProven)).toEqual([true, true, true]);
    expect(pairTables(source, []).map(isProven)).toEqual([false, false, false]);
  });
});

describe("tables of another version of an extension", () => {
  const sourceOf = (name: string, dumped?: string) => ({
    ...{ schema: "public", name, bytes: 0, columns: [], ...(dumped !== undefined && { dumped }) },
  });

  test.each<[string, number, string | undefined, boolean]>([
    ["an empty one that the extension brought", 0, "", false],
    ["an empty one, whatever rows a dump holds", 0, "WHERE true", false],
    ["one with a row", 1, "", true],
    ["an empty one that no extension owns", 0, undefined, true],
  ])("%s", (_, rows, dumped, counts) => {
    const contents = [
      table("res_partner", 0, "00000000000000aa"),
      table("new", rows, "00000000000000aa"),
    ];
    const tables = [sourceOf("res_partner", ""), sourceOf("new", dumped)];
    const left = withoutNewExtensionTables([{ schema: "public", name: "res_partner" }], {
      tables,
      contents,
    });
    expect(left).toEqual(counts ? contents : contents.slice(0, 1));
  });
});

describe("counts against the live database", () => {
  const live = [table("res_partner", 1000, ""), table("x_empty", 0, "")];
  const counts = (partners: number, empty: number, tolerance = 0.01) =>
    compareCounts(
      live,
      [table("res_partner", partners, ""), table("x_empty", empty, "")],
      tolerance,
    );

  test("within the tolerance, and that their content is not proven", () => {
    expect(counts(1000, 0)).toEqual({
      name: "row-counts",
      status: "passed",
      message:
        "2 tables restored, row counts within 1 % of the live database. Their content is not proven: this backup has no manifest.",
    });
  });

  test.each([
    [1000, 0, 0, "passed"],
    [999, 0, 0, "failed"],
    [990, 0, 0.01, "passed"],
    [1010, 0, 0.01, "passed"],
    [989, 0, 0.01, "failed"],
    [1011, 0, 0.01, "failed"],
    [1000, 1, 0.01, "failed"],
    [0, 0, 1, "passed"],
    [999, 0, 0.0001, "passed"],
  ])("%d and %d rows at a tolerance of %d: %s", (partners, empty, tolerance, status) => {
    expect(counts(partners, empty, tolerance).status).toBe(status);
  });

  test("beyond it, each table is named", () => {
    expect(counts(10, 5, 0.0012)).toEqual({
      name: "row-counts",
      status: "failed",
      message:
        "2 of 2 tables differ from the live database by more than 0.12 %: public.res_partner has 10 rows, live 1000; public.x_empty has 5 rows, live 0.",
      next: "If the database changed that much since the backup, raise `count-tolerance`; else do not rely on this backup.",
    });
  });

  test("a table that is missing fails at any tolerance", () => {
    expect(compareCounts(live, [table("res_partner", 1000, "")], 1).message).toBe(
      "1 of 2 tables differ from the live database by more than 100 %: public.x_empty has no rows, live 0.",
    );
  });
});
