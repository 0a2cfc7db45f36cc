import { expect, it } from "vitest";
import { failed, notRun, passed } from "../../src/report/check.ts";
import { pastResultOf, pastResultSchema } from "../../src/report/past-result.ts";
import type { Report } from "../../src/report/report-schema.ts";
import { FAILED, PASSED } from "./example.ts";

it("remembers of a drill what trends and badges need", () => {
  expect(pastResultOf(PASSED)).toEqual({
    operation: "drill",
    verdict: "passed",
    startedAt: "2026-01-15T07:03:00.000Z",
    host: "backup@vps.example.org:22",
    database: "openspp",
    parts: {
      backup: { verdict: "passed", at: "2026-01-15T02:00:00.000Z" },
      drill: { verdict: "passed", at: "2026-01-15T07:03:00.000Z", rtoSeconds: 90.2 },
    },
    rtoSeconds: 90.2,
    rtoObjectiveSeconds: 1800,
    rpoSeconds: 18_180,
    rpoObjectiveSeconds: 86_400,
    bytes: 88_100_000,
    rows: 1_000_012,
  });
});

it("can be read again", () => {
  const past = pastResultOf(FAILED);
  expect(pastResultSchema.parse(JSON.parse(JSON.stringify(past)))).toEqual(past);
});

it.each<[string, Report["operation"], Report["checks"], object]>([
  ["a backup", "backup", [passed("dump", ""), passed("manifest", "")], { backup: "passed" }],
  [
    "a cycle whose drill failed",
    "cycle",
    [passed("dump", ""), passed("archive", ""), failed("content", "")],
    { backup: "passed", drill: "failed" },
  ],
  ["a cycle that ended after its backup", "cycle", [failed("dump", "")], { backup: "failed" }],
  [
    "a cycle without a drill",
    "cycle",
    [passed("dump", ""), passed("attachments", ""), passed("retention", "")],
    { backup: "passed" },
  ],
  [
    "a drill of a damaged archive",
    "drill",
    [failed("archive", ""), notRun("content", "")],
    { backup: "failed", drill: "failed" },
  ],
  ["a clean-up", "prune", [passed("retention", "")], {}],
])("tells the parts of %s apart", (_, operation, checks, parts) => {
  const past = pastResultOf({ ...PASSED, operation, checks });
  const verdicts = Object.entries(past.parts).map(([part, { verdict }]) => [part, verdict]);
  expect(Object.fromEntries(verdicts)).toEqual(parts);
});

it("remembers of a monitor's look what others did, and when", () => {
  const monitor: Report = {
    ...PASSED,
    operation: "monitor",
    verdict: "failed",
    checks: [failed("rpo", "")],
    lastDrill: { verdict: "passed", endedAt: "2026-01-01T03:10:00.000Z", rtoSeconds: 80 },
  };
  expect(pastResultOf(monitor).parts).toEqual({
    backup: { verdict: "passed", at: "2026-01-15T02:00:00.000Z" },
    drill: { verdict: "passed", at: "2026-01-01T03:10:00.000Z", rtoSeconds: 80 },
  });
});
