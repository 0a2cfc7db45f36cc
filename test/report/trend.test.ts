import { describe, expect, it } from "vitest";
import type { Report } from "../../src/report/report-schema.ts";
import { renderTrend } from "../../src/report/summary.ts";
import { trendsOf } from "../../src/report/trend.ts";
import { PASSED } from "./example.ts";
import { PAST } from "./past.ts";

const { rtoSeconds: _rto, rpoSeconds: _rpo, ...measuresNoTime } = PASSED;
const BACKUP: Report = { ...measuresNoTime, operation: "backup" };

const titlesOf = (report: Report) =>
  [...renderTrend(report, PAST).matchAll(/title "(?<title>[^"]*)"/g)].map(
    ({ groups }) => groups?.title,
  );

describe("a trend", () => {
  it("ends with what the report itself measured", () => {
    const { rto, rpo, size } = trendsOf(PASSED, PAST);
    expect(rto.points.at(-1)).toEqual({ at: PASSED.startedAt, value: 90.2, verdict: "passed" });
    expect([rpo, size].map(({ points }) => points.at(-1)?.value)).toEqual([18_180, 88_100_000]);
  });

  it("is not shown of what it did not: a drill that restored nothing took no time", () => {
    const { rtoSeconds: _, ...red } = { ...PASSED, verdict: "failed" } as const;
    expect(trendsOf(red, PAST).rto.points).toEqual([]);
    expect(titlesOf(red)).toEqual(["Age of the backup (bars) and its objective (line)"]);
  });

  it("is not shown of what a monitor sees every hour", () => {
    const { rto, rpo, size } = trendsOf({ ...PASSED, operation: "monitor" }, PAST);
    expect([rto, rpo, size].flatMap(({ points }) => points)).toEqual([]);
  });

  it("of a backup is its size, of a drill its times", () => {
    expect(titlesOf(BACKUP)).toEqual(["Size of the dump"]);
    expect(titlesOf(PASSED)).toEqual([
      "Time to restore",
      "Age of the backup (bars) and its objective (line)",
    ]);
  });

  it("is none of another deployment's, nor of a single run", () => {
    const elsewhere = PAST.map((one) => ({ ...one, host: "backup@other.example.org:22" }));
    expect(renderTrend(PASSED, elsewhere)).toBe("");
    expect(renderTrend(PASSED, [])).toBe("");
  });
});
