import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { badgeEndpoint, badgeSvg } from "../../src/report/badge.ts";
import { badgeFiles } from "../../src/report/badges.ts";
import { type PastResult, pastResultOf } from "../../src/report/past-result.ts";
import { openBrowser } from "../browser.ts";
import { PASSED } from "./example.ts";

const DRILL = pastResultOf(PASSED);
const TAKEN = { verdict: "passed", at: "2026-01-15T02:00:00.000Z" } as const;
const BACKUP: PastResult = { ...DRILL, operation: "backup", parts: { backup: TAKEN } };

/** What a badge says, and its colour, as shields.io would read it. */
function said(file: string, results: readonly PastResult[], now: string): string {
  const { label, message, color, isError } = JSON.parse(
    badgeFiles(results, new Date(now)).get(`${file}.json`) ?? "",
  );
  const colour = { "#17694a": "green", "#6b7177": "grey", "#b3261e": "red" }[String(color)];
  expect(isError === true).toBe(colour === "red");
  return `${label}: ${message} (${colour})`;
}

describe("the badge of the last backup", () => {
  it.each([
    ["2026-01-15T03:00:00Z", "last backup: 2026-01-15 (green)"],
    ["2026-01-16T03:59:00Z", "last backup: 2026-01-15 (green)"],
    ["2026-01-16T04:01:00Z", "last backup: none since 2026-01-15 (grey)"],
    ["2026-01-17T04:01:00Z", "last backup: none since 2026-01-15 (red)"],
  ])("says the date, and turns by age alone: at %s", (now, words) => {
    expect(said("last-backup", [BACKUP], now)).toBe(words);
  });

  it("ages by the objective that was agreed", () => {
    const often = { ...BACKUP, rpoObjectiveSeconds: 6 * 3600 };
    expect(said("last-backup", [often], "2026-01-15T10:01:00Z")).toBe(
      "last backup: none since 2026-01-15 (grey)",
    );
  });

  it("is red when the last one failed, and says when the last good one was", () => {
    const red: PastResult = {
      ...BACKUP,
      startedAt: "2026-01-16T02:00:00.000Z",
      parts: { backup: { verdict: "failed", at: "2026-01-16T02:00:00.000Z" } },
    };
    expect(said("last-backup", [red, BACKUP], "2026-01-16T03:00:00Z")).toBe(
      "last backup: failed 2026-01-16, last good 2026-01-15 (red)",
    );
    expect(said("last-backup", [red], "2026-01-16T03:00:00Z")).toBe(
      "last backup: failed 2026-01-16, never good (red)",
    );
  });

  it("takes the newest backup for the last one, though an older one was drilled since", () => {
    const random = {
      ...DRILL,
      startedAt: "2026-01-15T09:00:00.000Z",
      parts: { ...DRILL.parts, backup: { ...TAKEN, at: "2025-12-01T02:00:00.000Z" } },
    };
    expect(said("last-backup", [BACKUP, random], "2026-01-15T10:00:00Z")).toBe(
      "last backup: 2026-01-15 (green)",
    );
  });
});

describe("the badge of the last drill", () => {
  it.each([
    [
      "2026-01-16T00:00:00Z",
      "last restore drill: passed 2026-01-15, restored in 1 min 30 s (green)",
    ],
    ["2026-04-25T00:00:00Z", "last restore drill: none since 2026-01-15 (grey)"],
    ["2026-07-27T00:00:00Z", "last restore drill: none since 2026-01-15 (red)"],
  ])("turns after a quarter, and after two: at %s", (now, words) => {
    expect(said("last-drill", [DRILL], now)).toBe(words);
  });

  it("is never green for a drill that proved nothing", () => {
    const unproven: PastResult = {
      ...DRILL,
      parts: { drill: { verdict: "not-run", at: DRILL.startedAt } },
    };
    expect(said("last-drill", [unproven], "2026-01-15T08:00:00Z")).toBe(
      "last restore drill: not proven 2026-01-15, never good (red)",
    );
  });
});

it("is grey where there is nothing to say", () => {
  expect(said("off-site", [DRILL], "2026-01-15T08:00:00Z")).toBe("off-site copy: none yet (grey)");
});

it("is what shields.io reads", () => {
  const badge = { label: "last backup", message: "2026-01-15", colour: "green" } as const;
  expect(JSON.parse(badgeEndpoint(badge))).toEqual({
    schemaVersion: 1,
    label: "last backup",
    message: "2026-01-15",
    color: "#17694a",
    cacheSeconds: 300,
  });
});

describe("drawn by a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it("keeps each text in its own half, whatever the font", async () => {
    const page = await browser.newPage();
    const badge = { label: 'a <b> & "c"', message: "iiiiiiii WWWWWWWW", colour: "red" } as const;
    await page.setContent(badgeSvg(badge));
    const boxes = await page.evaluate<[number, number][]>(
      `[...document.querySelectorAll("text, rect[x]")].map((one) => [one.getBBox().x, one.getBBox().x + one.getBBox().width])`,
    );
    const [right, label, message] = boxes;
    expect(label?.[0]).toBeGreaterThanOrEqual(6.5);
    expect(label?.[1]).toBeLessThan(right?.[0] ?? 0);
    expect(message?.[0]).toBeGreaterThan(right?.[0] ?? 0);
    expect(message?.[1]).toBeLessThan(right?.[1] ?? 0);
    expect(await page.getByRole("img").getAttribute("aria-label")).toBe(
      'a <b> & "c": iiiiiiii WWWWWWWW',
    );
  });
});
