import { expect, it } from "vitest";
import { verdictOfTable } from "./verdict-of-table.ts";

const TITLES = { faults: "a fault", healthy: "a healthy one" };
const reportOf = (...tests: readonly (readonly [title: string, status: string])[]) =>
  JSON.stringify({
    testResults: [
      { assertionResults: tests.map(([title, status]) => ({ ancestorTitles: [title], status })) },
    ],
  });

it("counts what was drilled, and what was judged wrongly", () => {
  const report = reportOf(
    ["a fault (strict)", "passed"],
    ["a fault (flexible)", "failed"],
    ["a healthy one (strict)", "failed"],
    ["a healthy one (strict)", "failed"],
    ["a healthy one (flexible)", "skipped"],
  );
  expect(verdictOfTable(report, TITLES)).toEqual({
    line: "faults: 2 drilled, 1 false greens; healthy: 2 drilled, 2 false reds",
    right: false,
  });
});

it("is right where nothing was judged wrongly, and never where nothing was drilled", () => {
  expect(verdictOfTable(reportOf(["a fault", "passed"]), TITLES).right).toBe(true);
  expect(verdictOfTable(reportOf(["a fault", "skipped"]), TITLES).right).toBe(false);
  expect(verdictOfTable("", TITLES).right).toBe(false);
});
