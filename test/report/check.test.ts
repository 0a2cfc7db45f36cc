import { describe, expect, test } from "vitest";
import {
  type Check,
  failed,
  notRun,
  passed,
  switchedOff,
  verdictOf,
} from "../../src/report/check.ts";

const good = passed("content", "");
const bad = failed("content", "");
const open = notRun("content", "");
const off = switchedOff("content");

describe("the verdict", () => {
  test.each<[string, Check[], string]>([
    ["all passed", [good, good], "passed"],
    ["one failed among passed ones", [good, bad, good], "failed"],
    ["one failed, one not run", [open, bad], "failed"],
    ["one not run among passed ones: never green", [good, open], "not-run"],
    ["one switched off by name among passed ones", [good, off], "passed"],
    ["one switched off, one not run", [good, off, open], "not-run"],
    ["a failure beside one switched off", [off, bad], "failed"],
    ["nothing checked at all: never green", [], "not-run"],
    ["everything switched off: never green", [off, off], "not-run"],
    ["nothing but not run", [open], "not-run"],
  ])("%s", (_, checks, expected) => {
    expect(verdictOf(checks)).toBe(expected);
  });
});

test("a check says what to do only when there is something", () => {
  expect(failed("rto", "Too slow.", "More cores.")).toEqual({
    name: "rto",
    status: "failed",
    message: "Too slow.",
    next: "More cores.",
  });
  expect(failed("rto", "Too slow.")).toEqual({
    name: "rto",
    status: "failed",
    message: "Too slow.",
  });
});

test("a check that was switched off says by what", () => {
  expect(switchedOff("geometry")).toEqual({
    name: "geometry",
    status: "not-run",
    message: "Switched off by name in `skip-checks`.",
    switchedOff: true,
  });
});
