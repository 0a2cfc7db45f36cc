import { expect, test } from "vitest";
import { emptiedTables } from "../../src/checks/rewritten-tables.ts";

const table = (name: string, rows: number, hash = `${rows}`) => ({
  ...{ schema: "public", name, rows, hash },
  geometries: [],
});
const NAME = "public.t";

test.each([
  ["it holds the same rows", [table("t", 3)], [table("t", 3)], [], []],
  ["it is empty now", [table("t", 3)], [table("t", 0)], [], [NAME]],
  ["it holds other rows", [table("t", 3)], [table("t", 3, "other")], [], [NAME]],
  ["it cannot be read any more", [table("t", 3)], [], [], [NAME]],
  ["it was never read", [], [table("t", 3)], [], [NAME]],
  ["both times it was empty, which tells nothing", [table("t", 0)], [table("t", 0)], [], [NAME]],
  ["it was empty from the beginning", [table("t", 0)], [table("t", 0)], [NAME], []],
])("of a rewritten table: %s", (_, read, again, empty, emptied) => {
  expect(emptiedTables([NAME], read, again, empty)).toEqual(emptied);
});

test("a table that was not rewritten is no trouble", () => {
  expect(emptiedTables([], [table("t", 3)], [], [])).toEqual([]);
});
