import { expect, test } from "vitest";
import {
  type CatalogVersion,
  changedObjects,
  OUTDATED_QUERY,
  presentQuery,
} from "../../src/checks/catalog-changes.ts";

const of = (key: string, name: string, version: string): CatalogVersion => ({ key, name, version });
const FUNCTION = of("pg_proc 20001", "function public.f", "801");

test("what has another version now changed, and what has none is gone; each is named once", () => {
  const kept = of("pg_class 20002", "public.t", "public|t|r");
  const gone = of("pg_class 20003", "public.gone", "public|gone|r");
  const label = of("pg_enum 1", "type public.e", "7");
  const outdated = [FUNCTION, kept, gone, label, { ...label, key: "pg_enum 2" }];
  const present = [{ ...FUNCTION, version: "802" }, kept];
  expect(changedObjects(outdated, present)).toEqual([
    "function public.f",
    "public.gone",
    "type public.e",
  ]);
});

test("a change that was rolled back is none", () => {
  expect(changedObjects([FUNCTION], [FUNCTION])).toEqual([]);
});

test("the present versions are asked for these objects only, each in its own catalog", () => {
  const query = presentQuery([FUNCTION, of("pg_attribute 20002.3", "column public.t.n", "nfalse")]);
  expect(query).toContain("c.oid::text IN ('20001')");
  expect(query).toContain("concat_ws('.', c.attrelid, c.attnum) IN ('20002.3')");
  const parts = OUTDATED_QUERY.split("UNION ALL").length;
  expect(query.split("WHERE false").length - 1).toBe(parts - 2);
});
