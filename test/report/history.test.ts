import { expect, it } from "vitest";
import { Unreachable, UserMistake } from "../../src/failure.ts";
import { historyFiles, readHistory, withOutcome } from "../../src/report/history.ts";
import { renderHtml } from "../../src/report/html/report-page.ts";
import { endedEarly } from "../../src/report/outcome.ts";
import { FAILED, PASSED } from "./example.ts";

const RUN = { id: "7", url: "https://github.com/ministry/operations/actions/runs/7" };
const NOW = new Date("2026-01-15T08:00:00Z");
const OLDER = { ...FAILED, startedAt: "2025-10-01T03:00:00.000Z" };
const lost = endedEarly("backup", new Unreachable({ what: "No answer." }), NOW);

const empty = readHistory(undefined);
const older = withOutcome(empty, OLDER, { ...RUN, id: "6" });
const history = withOutcome(older, PASSED, RUN);

it("keeps one JSON a run by its date, an index, pages and badges", () => {
  const files = historyFiles(history, PASSED, RUN, NOW);
  expect([...files.keys()].sort()).toEqual([
    ...["README.md", "badges/last-backup.json", "badges/last-backup.svg"],
    ...["badges/last-drill.json", "badges/last-drill.svg"],
    ...["badges/off-site.json", "badges/off-site.svg"],
    ...["drill.html", "index.html", "index.json", "reports/2026/01/15-drill-7.json"],
  ]);
  expect(JSON.parse(files.get("reports/2026/01/15-drill-7.json") ?? "")).toEqual(PASSED);
  expect(readHistory(files.get("index.json"))).toEqual(history);
  expect(files.get("badges/last-drill.svg")).toContain("passed 2026-01-15, restored in 1 min 30 s");
});

it("draws the trend from all of it", () => {
  const results = history.entries.map(({ result }) => result);
  const page = historyFiles(history, PASSED, RUN, NOW).get("drill.html") ?? "";
  expect(page).toBe(renderHtml(PASSED, results));
  expect(page).toContain("Time to restore (RTO) in 2 runs");
});

it("remembers a run that ended before it could report, and no badge stays green for it", () => {
  const files = historyFiles(withOutcome(history, lost, RUN), lost, RUN, NOW);
  expect(JSON.parse(files.get("badges/last-backup.json") ?? "")).toMatchObject({
    message: "not proven 2026-01-15, last good 2026-01-15",
    isError: true,
  });
  expect(files.has("backup.html")).toBe(false);
});

it("replaces a run that is there already", () => {
  expect(withOutcome(history, { ...PASSED, rows: 1 }, RUN).entries).toHaveLength(2);
});

it.each(["", "{}", '{"schemaVersion":2,"entries":[]}'])(
  "refuses an index that is none: %j",
  (text) => {
    expect(() => readHistory(text)).toThrow(UserMistake);
  },
);
