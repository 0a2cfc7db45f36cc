import { expect, it } from "vitest";
import { sentence, sum, totalsOfCheck, totalsOfTests } from "./totals.ts";

const report = (passed: number, failed: number, pending: number, todo: number) =>
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: pending,
    numTodoTests: todo,
  });

it("counts the tests of a report, and takes what is to be done for skipped", () => {
  expect(totalsOfTests(1, report(10, 2, 3, 4))).toEqual({ passed: 10, failed: 2, skipped: 7 });
  expect(totalsOfTests(0, report(10, 0, 0, 0))).toEqual({ passed: 10, failed: 0, skipped: 0 });
});

it.each([
  ["fails outside of its tests", 1, report(10, 0, 0, 0), 10],
  ["ends by a signal", undefined, report(10, 0, 0, 0), 10],
  ["writes no report", 0, "", 0],
])("counts a failure where a run %s", (_, code, text, passed) => {
  expect(totalsOfTests(code, text)).toEqual({ passed, failed: 1, skipped: 0 });
});

it("counts a check as one", () => {
  expect(totalsOfCheck(0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
  expect(totalsOfCheck(1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(totalsOfCheck(undefined)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

it("adds up, and says it in a line", () => {
  const all = sum([totalsOfCheck(0), totalsOfCheck(1), totalsOfTests(0, report(5, 0, 1, 0))]);
  expect(sentence(all)).toBe("6 passed, 1 failed, 1 skipped");
});
