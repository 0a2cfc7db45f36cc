import { describe, expect, it } from "vitest";
import { Unreachable, UserMistake } from "../../src/failure.ts";
import {
  type History,
  historyFiles,
  isNews,
  readHistory,
  viewsOf,
  withOutcome,
} from "../../src/report/history.ts";
import { endedEarly, type Outcome } from "../../src/report/outcome.ts";
import { FAILED, PASSED } from "./example.ts";

const EMPTY = readHistory(undefined);
const NOW = new Date("2026-01-15T08:00:00Z");
const run = (id: string) => ({
  id,
  url: `https://github.com/ministry/operations/actions/runs/${id}`,
});

const unreachable = endedEarly(
  "backup",
  new Unreachable({ what: "vps refused the connection.", why: "ECONNREFUSED" }),
  new Date("2026-01-14T02:30:00Z"),
);

const pathsOf = ({ entries }: History) => entries.map(({ path }) => path);

describe("a history", () => {
  it("holds one entry a run, oldest first, in whatever order they come", () => {
    const history = withOutcome(withOutcome(EMPTY, PASSED, run("8")), unreachable, run("7"));
    expect(pathsOf(history)).toEqual([
      "reports/2026/01/14-backup-7.json",
      "reports/2026/01/15-drill-8.json",
    ]);
    expect(history.entries).toMatchObject([
      { operation: "backup", verdict: "not-run" },
      { operation: "drill", verdict: "passed", result: { rtoSeconds: 90.2 }, run: run("8").url },
    ]);
  });

  it("holds a run that was tried again once, as it ended last", () => {
    const history = withOutcome(withOutcome(EMPTY, FAILED, run("8")), PASSED, run("8"));
    expect(history.entries.map(({ verdict }) => verdict)).toEqual(["passed"]);
  });

  it("can be read again from the files that it becomes", () => {
    const history = withOutcome(EMPTY, PASSED, run("8"));
    const files = historyFiles(history, PASSED, run("8"), NOW);
    expect(readHistory(files.get("index.json"))).toEqual(history);
    expect(JSON.parse(files.get("reports/2026/01/15-drill-8.json") ?? "")).toEqual(PASSED);
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(["README.md", "index.html", "drill.html", "badges/last-drill.svg"]),
    );
  });

  it("keeps of a run without a report why it ended, and no page", () => {
    const history = withOutcome(EMPTY, unreachable, run("7"));
    const files = historyFiles(history, unreachable, run("7"), NOW);
    expect(files.get("reports/2026/01/14-backup-7.json")).toContain('"kind": "unreachable"');
    expect(files.has("backup.html")).toBe(false);
  });

  it("is shown as a table, newest first", () => {
    const history = withOutcome(withOutcome(EMPTY, unreachable, run("7")), PASSED, run("8"));
    const rows = viewsOf(history, NOW)
      .get("README.md")
      ?.match(/^\| \[.*$/gm);
    expect(rows).toEqual([
      "| [2026-01-15 07:03:00 UTC](reports/2026/01/15-drill-8.json) | drill | ✅ passed | 1 min 30 s | 88 MB | 1,000,012 | [run](https://github.com/ministry/operations/actions/runs/8) |",
      "| [2026-01-14 02:30:00 UTC](reports/2026/01/14-backup-7.json) | backup | ⚠️ not-run |  |  |  | [run](https://github.com/ministry/operations/actions/runs/7) |",
    ]);
  });
});

describe("a monitor that looks every hour", () => {
  const seen = (verdict: "passed" | "failed"): Outcome => ({
    ...PASSED,
    operation: "monitor",
    verdict,
  });

  it("is news when it sees something else than before", () => {
    const before = withOutcome(withOutcome(EMPTY, seen("passed"), run("1")), FAILED, run("2"));
    expect(isNews(EMPTY, seen("passed"))).toBe(true);
    expect(isNews(before, seen("passed"))).toBe(false);
    expect(isNews(before, seen("failed"))).toBe(true);
    expect(isNews(before, FAILED)).toBe(true);
  });
});

it.each([
  ["not json", "is not valid JSON"],
  ['{"schemaVersion": 2, "entries": []}', "schemaVersion"],
  ['{"schemaVersion": 1, "entries": [{"at": "yesterday"}]}', "entries[0].at"],
])("refuses an index that it cannot read, and says why: %s", (text, why) => {
  const read = () => readHistory(text);
  expect(read).toThrow(UserMistake);
  expect(read).toThrow(why);
  expect(read).toThrow("It was left as it is; this run was not added.");
});

it("colours the badges by what a monitor sees, though it brings no news", () => {
  const history = withOutcome(readHistory(undefined), PASSED, { id: "7", url: "https://run" });
  const later = new Date("2026-01-17T08:00:00Z");
  const seen = { ...PASSED.backup, takenAt: "2026-01-17T02:00:00.000Z" };
  const look = { ...PASSED, operation: "monitor" as const, backup: seen };
  const said = (views: ReadonlyMap<string, string>) =>
    JSON.parse(views.get("badges/last-backup.json") ?? "").message;
  expect(said(viewsOf(history, later))).toBe("none since 2026-01-15");
  const views = viewsOf(history, later, look);
  expect(said(views)).toBe("2026-01-17");
  expect(views.get("index.html")).toContain('data-good="2026-01-17T02:00:00.000Z"');
});
