import { describe, expect, test } from "vitest";
import {
  compareStructure,
  type StructureObject,
  structureQuery,
} from "../../src/checks/structure.ts";

const object = (kind: string, name: string, hash = "00000000000000aa"): StructureObject => ({
  ...{ kind, name, hash },
});
const source = [
  object("table", "public.res_partner"),
  object("view", "public.res_partner"),
  object("function", "public.x_audit()"),
];
const next =
  "Restore this backup by hand and compare `pg_dump --schema-only` of both; report it if they agree.";

test("the same objects, in whatever order", () => {
  expect(compareStructure(source, source.toReversed())).toEqual({
    name: "structure",
    status: "passed",
    message: "All 3 objects are there and defined as in the source.",
  });
});

describe("a difference", () => {
  test.each<[string, StructureObject[], string]>([
    ["a missing object", source.slice(1), "1 missing (table public.res_partner)"],
    [
      "another definition",
      source.with(2, object("function", "public.x_audit()", "00000000000000ab")),
      "1 different (function public.x_audit())",
    ],
    [
      "an object that the source has not",
      [...source, object("table", "public.extra")],
      "1 unexpected (table public.extra)",
    ],
    [
      "another kind under the same name",
      source.with(1, object("materialised view", "public.res_partner")),
      "1 missing (view public.res_partner); 1 unexpected (materialised view public.res_partner)",
    ],
    [
      "everything",
      [],
      "3 missing (table public.res_partner, view public.res_partner, function public.x_audit())",
    ],
  ])("%s", (_, restored, trouble) => {
    expect(compareStructure(source, restored)).toEqual({
      name: "structure",
      status: "failed",
      message: `The restored structure is not the source's: ${trouble}.`,
      next,
    });
  });

  test("of many only five are named", () => {
    const many = Array.from({ length: 6 }, (_, n) => object("table", `public.t${n}`));
    expect(compareStructure(many, []).message).toBe(
      "The restored structure is not the source's: 6 missing (table public.t0, table public.t1, table public.t2, table public.t3, table public.t4, …).",
    );
  });
});

test("the policy's roles stand in the query as literals, whatever their names", () => {
  expect(structureQuery(["odoo", "it's $& $1"])).toContain(
    "ALL (ARRAY['odoo', 'it''s $& $1']::text[])",
  );
});
