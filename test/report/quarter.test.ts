import { describe, expect, it } from "vitest";
import { quarterOf, shortened, signOffOf } from "../../src/report/quarter.ts";
import { FAILED, PASSED } from "./example.ts";

it.each([
  ["2026-01-01T00:00:00Z", "2026-Q1"],
  ["2026-03-31T23:59:59Z", "2026-Q1"],
  ["2026-04-01T00:00:00Z", "2026-Q2"],
  ["2026-12-31T23:59:59Z", "2026-Q4"],
])("%s is in %s", (moment, quarter) => {
  expect(quarterOf(new Date(moment))).toBe(quarter);
});

it.each([
  [PASSED, "Restore drill 2026-Q1: passed"],
  [FAILED, "Restore drill 2026-Q1: failed"],
  [{ ...FAILED, verdict: "not-run" as const }, "Restore drill 2026-Q1: not proven"],
])("%# says its verdict in the title", (report, title) => {
  const { title: said, body, branch } = signOffOf(report, "https://run");
  expect({ said, branch }).toEqual({ said: title, branch: "openspp-backup/drill-2026-Q1" });
  expect(body).toContain("Merging this signs the drill off. [The run](https://run).");
});

describe("text that is too long for GitHub", () => {
  const ENDING = "\nThe rest is elsewhere.";

  it("stays as it is when it is not", () => {
    expect(shortened("a\nb", ENDING)).toBe("a\nb");
  });

  it("is cut between lines, and what was unfolded is closed", () => {
    const long = `# Title\n<details><summary>Tables</summary>\n${"| a row |\n".repeat(9000)}</details>`;
    const cut = shortened(long, ENDING);
    expect(cut.length).toBeLessThanOrEqual(65_536);
    expect(cut).toMatch(/\| a row \|\n\n<\/details>\nThe rest is elsewhere\.$/);
  });
});
