import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderHtml } from "../../../src/report/html/report-page.ts";
import type { Report } from "../../../src/report/report-schema.ts";
import { openBrowser } from "../../browser.ts";
import { changed, FAILED, PASSED, same } from "../example.ts";
import { hostile } from "../hostile.ts";
import { PAST } from "../past.ts";
import { expectWellMade, LOOKS, open } from "./open.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser.close());

const LARGE: Report = {
  ...PASSED,
  tables: Array.from({ length: 700 }, (_, number) => same(`spp_table_${number}`, 1000 - number)),
};

const CASES: [string, string][] = [
  ["a good drill", renderHtml(PASSED, PAST)],
  ["a red drill", renderHtml(FAILED)],
  ["a report of hostile names", renderHtml(hostile("<b>'\"`</style></script>\u202e|ارت"))],
];

describe.each(CASES)("%s", (_, html) => {
  it.each(LOOKS)("is well made on %s", async (_, look) => {
    await using opened = await open(browser, html, look);
    await expectWellMade(opened);
  });
});

const REAL: Report = JSON.parse(readFileSync(join(import.meta.dirname, "../cycle.json"), "utf8"));

it.each<[string, Report]>([
  ["a cycle of the lab", REAL],
  ["a good drill of 700 tables", { ...REAL, tables: LARGE.tables }],
  [
    "a red one",
    {
      ...REAL,
      ...FAILED,
      checks: [...FAILED.checks, ...REAL.checks],
      tables: [...LARGE.tables, changed("res_users", 12, 11)],
    },
  ],
])("prints %s on two pages", async (_, report) => {
  const past = PAST.map((one) => ({ ...one, host: report.deployment.host }));
  await using opened = await open(browser, renderHtml(report, past));
  const pdf = await opened.page.pdf({ preferCSSPageSize: true });
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? [];
  expect(pages.length).toBeGreaterThan(0);
  expect(pages.length).toBeLessThanOrEqual(2);
});

it("shows every table with its rows and hash, and finds one by its name", async () => {
  await using opened = await open(browser, renderHtml(LARGE));
  const { page } = opened;
  const rows = page.locator(".tables tbody tr");
  expect(await rows.count()).toBe(700);
  expect(await rows.first().locator("th, td").allInnerTexts()).toEqual([
    ...["spp_table_0", "1,000", "77", "equal"],
  ]);
  await page.getByLabel("Find a table").fill("TABLE_69");
  const shown = await rows.locator("visible=true").locator("th").allInnerTexts();
  expect(shown.sort()).toEqual(
    ["", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"].map((last) => `spp_table_69${last}`),
  );
  expect(await page.locator("output").textContent()).toBe("11 of 700");
  await page.getByLabel("Find a table").fill("");
  expect(await rows.locator("visible=true").count()).toBe(700);
});

it.each(LOOKS)("keeps each number on one line, at %s", async (_, options) => {
  const rows = { expected: 12_345_678, restored: 12_345_678 };
  const many = REAL.tables.map((table) => ({ ...table, rows }));
  await using opened = await open(browser, renderHtml({ ...REAL, tables: many }), options);
  const lines = await opened.page.evaluate<number[]>(`
    [...document.querySelectorAll("td.number")].map((cell) => {
      const text = document.createRange();
      text.selectNodeContents(cell);
      return text.getClientRects().length;
    })`);
  expect(new Set(lines)).toEqual(new Set([1]));
});

it("says of a red drill what failed before anything else, and what differs", async () => {
  await using opened = await open(browser, renderHtml(FAILED));
  const { page } = opened;
  expect(await page.locator("h1").textContent()).toBe(
    "The restore drill failed: content, geometry",
  );
  expect(await page.locator("h2").first().textContent()).toBe("What to do");
  expect(await page.locator(".checks tbody tr").allInnerTexts()).toEqual([
    "content\tfailed\t1 table differs: res_users.",
    "geometry\tnot run\tThe database closed the connection.",
    "archive\tpassed\tThe archive is whole.",
    "rto\tswitched off\tSwitched off by name in skip-checks.",
  ]);
  expect(await page.locator(".tables tbody tr").allInnerTexts()).toEqual([
    "res_users\t11 instead of 12\t78 instead of 77\tdifferent",
    "res_partner\t1,000,000\t77\tequal",
  ]);
  expect(await page.locator("section", { hasText: "Not checked" }).textContent()).toContain(
    "rto: ",
  );
});

it("draws the timeline and the trends, and says in words what they show", async () => {
  await using opened = await open(browser, renderHtml(PASSED, PAST));
  const drawings = await opened.page.getByRole("img").all();
  const names = await Promise.all(drawings.map((one) => one.getAttribute("aria-label")));
  expect(names).toEqual([
    "Timeline of 2 phases: Restore · 50 s; Prove every table · 40 s.",
    "Time to restore (RTO) in 6 runs: 41 s on 2024-10-01, 1 min 30 s on 2026-01-15; the objective is 30 min.",
    "Age of the backup (RPO) in 6 runs: 5 h on 2024-10-01, 5 h 3 min on 2026-01-15; the objective is 24 h.",
    "Size of the dump in 6 runs: 61 MB on 2024-10-01, 88 MB on 2026-01-15.",
  ]);
});

it("shows a hostile name as it is, letter by letter", async () => {
  const name = "<img src=x onerror=alert(1)>\"'&amp;";
  await using opened = await open(browser, renderHtml(hostile(name)));
  const names = opened.page.locator(".tables tbody th").filter({ hasText: "img" });
  expect(await names.first().textContent()).toBe(name);
  expect(await opened.page.locator("img").count()).toBe(0);
});

it("runs nothing but its own script", async () => {
  const html = renderHtml(PASSED).replace("</main>", "<script>document.title = 'mine'</script>");
  await using opened = await open(browser, html);
  expect(await opened.page.title()).toBe("Restore drill: The backup can be restored");
  expect(opened.said.join("\n")).toContain("Content Security Policy");
});
