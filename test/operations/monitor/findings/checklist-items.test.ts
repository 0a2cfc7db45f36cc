import { expect, test } from "vitest";
import { checklist } from "../../../../src/operations/monitor/findings/checklist-items.ts";
import { type Check, failed, passed, warned } from "../../../../src/report/check.ts";

const WELL: Check[] = [
  passed("backup-service", "It runs."),
  passed("schedule", "It is scheduled."),
  passed("backup-age", "It is 2 h old."),
  passed("off-site", "It is off-site."),
  passed("drill", "It passed 3 d ago."),
];
const ALL = { checks: WELL, drillPassed: true, documented: true, pinged: true };

test("has the guide's six lines, ticked when there is evidence for each", () => {
  const items = checklist(ALL);
  expect(items.map(({ item }) => item)).toEqual([
    "Verify automated backups are running",
    "Test restore procedure on a separate database",
    "Configure off-site backup sync",
    "Document recovery procedures for your team",
    "Schedule quarterly restore tests",
    "Set up backup monitoring/alerting",
  ]);
  expect(items.every(({ ticked, next }) => ticked && next === undefined)).toBe(true);
  expect(items[0]?.evidence).toBe("It is 2 h old.");
});

test("ticks nothing without evidence, and says what to do", () => {
  const items = checklist({ checks: [], drillPassed: false, documented: false, pinged: false });
  expect(items.some(({ ticked }) => ticked)).toBe(false);
  expect(items[3]?.evidence).toBe("There is no RECOVERY.md in the project folder.");
});

test("does not tick what only holds for now, and tells a drill that is too old from none that passed", () => {
  const checks = [
    ...WELL.slice(0, 3),
    warned("off-site", "None is known.", "Copy them."),
    failed("drill", "It passed 200 d ago.", "Run one."),
  ];
  const items = checklist({ ...ALL, checks });
  expect(items.map(({ ticked }) => ticked)).toEqual([true, true, false, true, false, true]);
  expect(items[2]).toMatchObject({ evidence: "None is known.", next: "Copy them." });
});
