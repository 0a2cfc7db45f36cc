import { createRequire } from "node:module";
import { assert, asyncProperty, string } from "fast-check";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gantt, sizeUnit, timeUnit, trendChart } from "../../src/report/mermaid.ts";
import { pastResultOf } from "../../src/report/past-result.ts";
import { trendsOf } from "../../src/report/trend.ts";
import { openBrowser } from "../browser.ts";
import { PASSED } from "./example.ts";
import { hostile } from "./hostile.ts";
import { PAST } from "./past.ts";

const LIBRARY = createRequire(import.meta.url).resolve("mermaid/dist/mermaid.min.js");

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  page = await browser.newPage({ timezoneId: "Asia/Kathmandu" });
  await page.addScriptTag({ path: LIBRARY });
});

afterAll(() => browser.close());

/** Given a fenced diagram, have Mermaid itself draw it, and return every text in the drawing; throws what Mermaid throws. */
async function drawn(fenced: string): Promise<readonly string[]> {
  const diagram = /^```mermaid\n([\s\S]*)\n```$/.exec(fenced)?.[1];
  return page.evaluate(`(async () => {
    const { svg } = await mermaid.render("drawing", ${JSON.stringify(diagram)});
    const texts = new DOMParser().parseFromString(svg, "image/svg+xml").querySelectorAll("text");
    return [...texts].map((text) => text.textContent.trim()).filter((text) => text !== "");
  })()`);
}

describe("the timeline", () => {
  it("is a gantt chart of the phases, in the time of the reader", async () => {
    expect(gantt(PASSED)).toMatchInlineSnapshot(`
      "\`\`\`mermaid
      gantt
        dateFormat x
        axisFormat %H:%M:%S
        tickInterval 15second
        todayMarker off
        Restore · 50 s :1768460590000, 1768460640000
        Prove every table · 40 s :1768460640000, 1768460680000
      \`\`\`"
    `);
    expect(await drawn(gantt(PASSED))).toEqual([
      ...["12:48:15", "12:48:30", "12:48:45", "12:49:00", "12:49:15", "12:49:30"],
      ...["Restore · 50 s", "Prove every table · 40 s"],
    ]);
  });

  it.each([
    "section a",
    "title: x",
    "click x href javascript:alert(1)",
    "2026-01-01",
    "%%{init: {}}%%",
    "a:b, c; d # e\n```",
    "end",
    "",
    "<b>\u202e",
  ])("shows a phase named %j, and nothing more", async (name) => {
    const texts = await drawn(gantt(hostile(name)));
    expect(texts.filter((text) => / · [12] s$/.test(text))).toHaveLength(2);
  });

  it("can be drawn whatever the phases are called", async () => {
    const named = string({ unit: "binary", maxLength: 30 });
    const property = asyncProperty(named, async (name) => {
      const diagram = gantt(hostile(name));
      expect(diagram.split("\n")).toHaveLength(9);
      expect(await drawn(diagram)).toEqual(
        expect.arrayContaining([expect.stringMatching(/ 2 s$/)]),
      );
    });
    await assert(property, { numRuns: 60 });
  });

  it.each([0.4, 3, 600, 20_000, 400_000])("has a readable axis for %d s", async (seconds) => {
    const phases = [{ name: "Restore", startedAfter: 0, seconds }];
    const texts = await drawn(gantt({ ...PASSED, seconds, phases }));
    expect(texts.length).toBeLessThanOrEqual(10);
    expect(new Set(texts).size).toBe(texts.length);
  });
});

describe("the trend", () => {
  it("shows each drill, and the objective where it is in sight", async () => {
    const { rto, rpo } = trendsOf(PASSED, PAST);
    expect(trendChart("Age of the backup", rpo, timeUnit)).toMatchInlineSnapshot(`
      "\`\`\`mermaid
      %%{init: {"xyChart": {"width": 900, "height": 260, "xAxis": {"labelFontSize": 12}}, "themeVariables": {"xyChart": {"plotColorPalette": "#4f81bd, #c0504d"}}}}%%
      xychart-beta
        title "Age of the backup (bars) and its objective (line)"
        x-axis ["2024-10-01", "2025-01-01", "2025-04-01", "2025-07-01", "2025-10-01", "2026-01-15"]
        y-axis "hours" 0 --> 26.4
        bar [5, 6, 7, 8, 9, 5.05]
        line [24, 24, 24, 24, 24, 24]
      \`\`\`"
    `);
    expect(await drawn(trendChart("Age of the backup", rpo, timeUnit))).toEqual(
      expect.arrayContaining(["Age of the backup (bars) and its objective (line)", "2026-01-15"]),
    );
    expect(trendChart("Time to restore", rto, timeUnit)).not.toContain("line");
    expect(await drawn(trendChart("Time to restore", rto, timeUnit))).toContain("Time to restore");
  });

  it("shows the size of dumps in the unit of the largest", async () => {
    const { size } = trendsOf(PASSED, PAST);
    const chart = trendChart("Size of the dump", size, sizeUnit);
    expect(chart).toContain('y-axis "MB" 0 --> 96.91\n  bar [61, 66, 71, 76, 82, 88.1]\n```');
    expect(await drawn(chart)).toEqual(expect.arrayContaining(["Size of the dump", "MB"]));
  });

  it.each([
    [999_999, "kB"],
    [1_000_000, "MB"],
    [1_000_000_000, "GB"],
  ])("calls %i bytes by %s", (bytes, unit) => {
    expect(sizeUnit(bytes)[0]).toBe(unit);
  });

  it("tells two drills of one day apart", async () => {
    const past = ["06:00:00", "07:00:00", "07:00:20"].map((time) => ({
      ...pastResultOf(PASSED),
      startedAt: `2026-01-15T${time}.000Z`,
    }));
    const chart = trendChart("Time to restore", trendsOf(PASSED, past).rto, timeUnit);
    expect(chart).toContain(
      'x-axis ["01-15 06:00", "01-15 07:00:00", "01-15 07:00:20", "01-15 07:03"]',
    );
  });
});

it("would be told that a diagram is none", async () => {
  await expect(drawn("```mermaid\ngantt\n  a b c : : :\n  section\n```")).rejects.toThrow("error");
});
