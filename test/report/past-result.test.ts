import { expect, it } from "vitest";
import { failed, notRun, passed } from "../../src/checks/check.ts";
import { pastResultOf, pastResultSchema } from "../../src/report/past-result.ts";
import type { Report } from "../../src/report/report.ts";
import { FAILED, PASSED } from "./example.ts";

it("remembers of a drill what trends and badges need", () => {
  expect(pastResultOf(PASSED)).toEqual({
    operation: "drill",
    verdict: "passed",
    startedAt: "2026-01-15T07:03:00.000Z",
    host: "backup@vps.example.org:22",
    database: "openspp",
    parts: { backup: "passed", drill: "passed" },
    takenAt: "2026-01-15T02:00:00.000Z",
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
  expect(pastResultOf({ ...PASSED, operation, checks }).parts).toEqual(parts);
});
