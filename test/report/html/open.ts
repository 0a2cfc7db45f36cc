import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";

const ADDRESS = "https://report.test/";

export interface Opened extends AsyncDisposable {
  readonly page: Page;
  /** Every address that was asked for. */
  readonly asked: readonly string[];
  /** What the browser complained about. */
  readonly said: readonly string[];
}

/** Given a page of HTML, open it in the browser as a server would send it. */
export async function open(
  browser: Browser,
  html: string,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, ...options });
  const asked: string[] = [];
  const said: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  await page.route(ADDRESS, (route) =>
    route.fulfill({ body: html, contentType: "text/html; charset=utf-8" }),
  );
  await page.goto(ADDRESS);
  return { page, asked, said, [Symbol.asyncDispose]: () => page.close() };
}

/** The ways in which a page is looked at. */
export const LOOKS: [string, BrowserContextOptions][] = [
  ["a desk", {}],
  ["a desk at night", { colorScheme: "dark" }],
  ["a phone", { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }],
];

/** Expects that axe finds nothing in a page, that it asks nobody for anything, and that it fits its window. */
export async function expectWellMade({ page, asked, said }: Opened): Promise<void> {
  // Put in past the page's own policy, which would not let it.
  const { passes, violations } = await page.evaluate<axe.AxeResults>(`${axe.source}; axe.run()`);
  expect(passes.length).toBeGreaterThan(10);
  expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
  const width = await page.evaluate<number>("document.documentElement.scrollWidth");
  expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
  expect(asked).toEqual([ADDRESS]);
  expect(said).toEqual([]);
}
