import { describe, expect, test } from "vitest";
import { periodOf } from "../../src/backups/calendar.ts";

describe("a week begins on Sunday", () => {
  test.each([
    ["from Saturday to Sunday", "20260117_235959", "20260118_000000", 1],
    ["from Sunday to Saturday", "20260118_000000", "20260124_235959", 0],
    ["across the end of a year", "20261227_020000", "20270102_020000", 0],
    ["across a leap day, a Thursday", "20240225_020000", "20240302_020000", 0],
    ["across ten years", "20160103_020000", "20260104_020000", 522],
  ])("%s", (_, from, to, weeks) => {
    expect(periodOf("weekly", to) - periodOf("weekly", from)).toBe(weeks);
  });
});

test("days and months are those of the calendar", () => {
  expect(periodOf("daily", "20240301_000000") - periodOf("daily", "20240228_235959")).toBe(2);
  expect(periodOf("daily", "20260301_000000") - periodOf("daily", "20260228_235959")).toBe(1);
  expect(periodOf("monthly", "20260101_000000") - periodOf("monthly", "20251231_235959")).toBe(1);
  expect(periodOf("monthly", "20260131_000000")).toBe(periodOf("monthly", "20260101_000000"));
});
