import { describe, expect, test } from "vitest";
import {
  compareStructure,
  printedOtherwise,
  type StructureObject,
} from "../../src/checks/structure/compare-structure.ts";

const object = (kind: string, name: string, hash = "00000000000000aa"): StructureObject => ({
  ...{ kind, name, hash },
});
const source = [
  object("table", "public.res_partner"),
  object("view", "public.res_partner"),
  object("function", "public.x_audit()"),
];
const next =
  "Do not rely on this backup. Take a new one and drill it. If it differs, too, keep the throwaway database (`keep-database`), compare `pg_dump --schema-only` of both, and report it if these agree.";

test("the same objects, in whatever order", () => {
  expect(compareStructure(source, { objects: source.toReversed() })).toEqual({
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
    expect(compareStructure(source, { objects: restored })).toEqual({
      name: "structure",
      status: "failed",
      message: `The restored structure is not the source's: ${trouble}.`,
      next,
    });
  });

  test("of many only five are named", () => {
    const many = Array.from({ length: 6 }, (_, n) => object("table", `public.t${n}`));
    expect(compareStructure(many, { objects: [] }).message).toBe(
      "The restored structure is not the source's: 6 missing (table public.t0, table public.t1, table public.t2, table public.t3, table public.t4, …).",
    );
  });
});

describe("an expression that prints otherwise", () => {
  const check = (print: string | null, hash?: string): StructureObject => ({
    ...object("table constraint", "c on public.t", hash),
    prints: [print],
  });
  const before = [check("(a = 'x')"), object("table", "public.t")];
  const verdict = (restored: StructureObject, ...again: StructureObject[]) =>
    compareStructure([check("(a = 'x')")], { objects: [restored], again }).status;

  test("is told apart from what is different in more", () => {
    expect(printedOtherwise(before, [check("(a = y)")])).toEqual([before[0]]);
    expect(printedOtherwise(before, [check("(a = 'x')")])).toEqual([]);
    expect(printedOtherwise(before, [check("(a = y)", "00000000000000ab")])).toEqual([]);
    expect(printedOtherwise(before, [object("table constraint", "c on public.t")])).toEqual([]);
    expect(printedOtherwise(before, [])).toEqual([]);
  });

  test("is the same where the source's text prints so, too", () => {
    expect(verdict(check("(a = y)"))).toBe("failed");
    expect(verdict(check("(a = y)"), check("(a = y)"))).toBe("passed");
    expect(verdict(check("(a = y)"), check("(a = z)"))).toBe("failed");
    expect(verdict(check("(a = y)"), check(null))).toBe("failed");
    expect(verdict(check("(a = y)", "00000000000000ab"), check("(a = y)"))).toBe("failed");
  });

  test("is not the same where there is none any more", () => {
    expect(verdict(object("table constraint", "c on public.t"))).toBe("failed");
  });
});
