import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ListedRun, renderHistoryPage } from "../../../src/report/html/history-page.ts";
import { pastResultOf } from "../../../src/report/past-result.ts";
import { openBrowser } from "../../browser.ts";
import { PASSED } from "../example.ts";
import { PAST } from "../past.ts";
import { expectWellMade, LOOKS, open } from "./open.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser.close());

const RUNS: readonly ListedRun[] = [...PAST, pastResultOf(PASSED)].map((result, index) => ({
  ...result,
  path: `reports/${index}.json`,
  run: `https://github.com/ministry/operations/actions/runs/${index}`,
}));

it.each(LOOKS)("is well made on %s", async (_, look) => {
  await using opened = await open(browser, renderHistoryPage(RUNS), look);
  await expectWellMade(opened);
});

it.each([
  ["2026-01-15T09:30:00Z", "2026-01-15\n7 hours ago", ""],
  ["2026-01-16T05:30:00Z", "2026-01-15\n1 day ago", "late"],
  ["2026-02-20T05:30:00Z", "2026-01-15\n1 month ago", "late lost"],
])("says how old the last backup is when somebody looks: at %s", async (now, words, state) => {
  await using opened = await open(browser, "<p>");
  const { page } = opened;
  await page.clock.setFixedTime(now);
  await page.setContent(renderHistoryPage(RUNS));
  const backup = page.locator(".standings > div").first();
  expect(await backup.locator("dd").allInnerTexts()).toEqual([words]);
  expect((await backup.getAttribute("class"))?.trim()).toBe(state);
});

it("lists the runs, newest first, each with its report and its run", async () => {
  await using opened = await open(browser, renderHistoryPage(RUNS));
  const rows = opened.page.locator(".runs tbody tr");
  expect((await rows.allInnerTexts())[0]).toBe(
    "2026-01-15 07:03:00 UTC\tRestore drill\tpassed\t1 min 30 s\t88 MB\treport run",
  );
  expect(await rows.count()).toBe(6);
  expect(await rows.nth(5).getByRole("link", { name: "report" }).getAttribute("href")).toBe(
    "reports/0.json",
  );
});

it("says of a last drill that failed when the last good one was", async () => {
  const at = "2026-02-01T03:00:00.000Z";
  const red = { ...RUNS[5], startedAt: at, parts: { drill: { verdict: "failed", at } } };
  await using opened = await open(browser, renderHistoryPage([...RUNS, red as ListedRun]));
  const drill = opened.page.locator(".standings > div").nth(1);
  expect(await drill.textContent()).toContain("the last one failed, 2026-02-01");
  expect(await drill.getAttribute("class")).toContain("lost");
});

it("is there when nothing ran yet", async () => {
  await using opened = await open(browser, renderHistoryPage([]));
  expect(await opened.page.locator(".standings dd").allInnerTexts()).toEqual([
    ...["none yet", "none yet", "none yet"],
  ]);
});
