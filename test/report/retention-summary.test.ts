import { expect, test } from "vitest";
import type { ListedBackup } from "../../src/backups/listing.ts";
import type { RetentionPlan } from "../../src/backups/retention-plan.ts";
import {
  describePlan,
  retentionSummary,
  summarisePlan,
} from "../../src/report/retention-summary.ts";

const backup = (kind: ListedBackup["kind"], day: string): ListedBackup => ({
  name: `openspp_${day}_020000.dump`,
  path: `/backups/${kind}/openspp_${day}_020000.dump`,
  kind,
  takenAt: new Date(0),
  bytes: 1,
  manifest: true,
  latest: false,
});

const PLAN: RetentionPlan = {
  promoted: [{ backup: backup("daily", "20260118"), to: "weekly", reason: "the first of a week" }],
  kept: [{ backup: backup("daily", "20260118"), reason: "the last good backup" }],
  going: [{ backup: backup("monthly", "20250101"), reason: "too old" }],
  orphans: ["/backups/daily/openspp_20250101_020000.manifest.json"],
};
const POLICY = { days: 7, weeks: 4, months: 1 };

test("a plan is told line by line", () => {
  expect(describePlan(PLAN)).toEqual([
    "Copy    openspp_20260118_020000.dump to weekly/: the first of a week",
    "Keep    daily/openspp_20260118_020000.dump: the last good backup",
    "Remove  monthly/openspp_20250101_020000.dump: too old",
    "Remove  /backups/daily/openspp_20250101_020000.manifest.json: its dump is gone",
  ]);
});

test("and in one sentence", () => {
  expect(summarisePlan(PLAN, POLICY, false)).toBe(
    "1 backup kept (policy: 7 days, 4 weeks, 1 month); 1 weekly copy made; 1 backup removed; 1 file without a dump removed.",
  );
  const nothing = { promoted: [], kept: [], going: [], orphans: [] };
  expect(summarisePlan(nothing, POLICY, true)).toBe(
    "Only planned, nothing was changed: 0 backups kept (policy: 7 days, 4 weeks, 1 month); 0 backups removed.",
  );
});

test("and as data", () => {
  expect(retentionSummary(PLAN, true)).toEqual({
    dryRun: true,
    promoted: [{ backup: "weekly/openspp_20260118_020000.dump", reason: "the first of a week" }],
    removed: [{ backup: "monthly/openspp_20250101_020000.dump", reason: "too old" }],
    kept: [{ backup: "daily/openspp_20260118_020000.dump", reason: "the last good backup" }],
  });
});
