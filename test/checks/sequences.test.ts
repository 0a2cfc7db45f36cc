import { describe, expect, test } from "vitest";
import { compareSequences, type SequenceContent, sequencesOf } from "../../src/checks/sequences.ts";

const at = (value: string | null, called = true, name = "res_partner_id_seq"): SequenceContent => ({
  ...{ schema: "public", name, value, called, extension: false },
});
const compare = (before: SequenceContent, after: SequenceContent, restored?: SequenceContent) =>
  compareSequences(sequencesOf([before], [after]), restored ? [restored] : []);

test("each is remembered before and after the dump", () => {
  expect(sequencesOf([at("5"), at("1", false, "other")], [at("7")])).toEqual([
    {
      schema: "public",
      name: "res_partner_id_seq",
      before: { value: "5", called: true },
      after: { value: "7", called: true },
    },
    {
      schema: "public",
      name: "other",
      before: { value: "1", called: false },
      after: { value: "1", called: false },
    },
  ]);
});

describe("a sequence stands where it stood", () => {
  test.each<[string, SequenceContent, SequenceContent, SequenceContent, string]>([
    ["the same", at("5"), at("5"), at("5"), "passed"],
    ["one behind", at("5"), at("5"), at("4"), "failed"],
    ["one ahead", at("5"), at("5"), at("6"), "failed"],
    ["never called, and still so", at("1", false), at("1", false), at("1", false), "passed"],
    ["never called, but called in the copy", at("1", false), at("1", false), at("1"), "failed"],
    ["called, but not in the copy", at("1"), at("1"), at("1", false), "failed"],
    ["moved during the dump: as before", at("5"), at("9"), at("5"), "passed"],
    ["moved during the dump: as after", at("5"), at("9"), at("9"), "passed"],
    ["moved during the dump: in between", at("5"), at("9"), at("7"), "passed"],
    ["moved during the dump: before all", at("5"), at("9"), at("4"), "failed"],
    ["moved during the dump: beyond", at("5"), at("9"), at("10"), "failed"],
    ["moved down during the dump", at("-5"), at("-9"), at("-7"), "passed"],
    ["first called during the dump", at("1", false), at("3"), at("2"), "passed"],
    [
      "beyond what a number of JavaScript holds",
      at("9223372036854775807"),
      at("9223372036854775807"),
      at("9223372036854775806"),
      "failed",
    ],
    ["unreadable in both", at(null, false), at(null, false), at(null, false), "passed"],
    ["unreadable in the copy", at("5"), at("5"), at(null, false), "failed"],
  ])("%s", (_, before, after, restored, status) => {
    expect(compare(before, after, restored).status).toBe(status);
  });
});

test("the verdict when all do", () => {
  expect(compare(at("5"), at("5"), at("5"))).toEqual({
    name: "sequences",
    status: "passed",
    message: "All 1 sequences have the values that they had.",
  });
});

test("the verdict when one does not, and one is missing", () => {
  const expected = sequencesOf([at("5"), at("8", true, "gone")], [at("5"), at("8", true, "gone")]);
  expect(compareSequences(expected, [at("1")])).toEqual({
    name: "sequences",
    status: "failed",
    message:
      "2 of 2 sequences have other values: public.res_partner_id_seq is at 1 instead of 5; public.gone is at nothing instead of 8.",
    next: "New records would collide with restored ones. Take a new backup and drill it.",
  });
});

describe("a sequence that the manifest does not know", () => {
  const known = sequencesOf([at("5")], [at("5")]);
  const message = "1 sequence came back that the manifest does not know: public.new.";

  test("is named", () => {
    expect(compareSequences(known, [at("5"), at("1", false, "new")])).toEqual({
      name: "sequences",
      status: "failed",
      message,
      next: "Do not rely on this backup. Take a new one and drill it.",
    });
  });

  test("is named after one that is wrong", () => {
    expect(compareSequences(known, [at("6"), at("1", false, "new")]).message).toBe(
      `1 of 1 sequences have other values: public.res_partner_id_seq is at 6 instead of 5. ${message}`,
    );
  });

  test.each([
    [false, "passed"],
    [true, "failed"],
  ])("is an extension's, and was called: %s", (called, status) => {
    const brought = { ...at("1", called, "new"), extension: true };
    expect(compareSequences(known, [at("5"), brought]).status).toBe(status);
  });
});
