import { DOMParser, type Element } from "@xmldom/xmldom";
import { array, assert, asyncProperty, constantFrom, oneof, property, string } from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { renderHtml } from "../../src/report/html/report-page.ts";
import { renderJunit } from "../../src/report/junit.ts";
import { renderSummary } from "../../src/report/summary.ts";
import { renderTerminal } from "../../src/report/terminal.ts";
import { openBrowser } from "../browser.ts";
import { hostile } from "./hostile.ts";

/** What whoever may name a table could try, in any order, between any characters. */
const WORDS = [
  ...[
    "<",
    ">",
    "&",
    "&lt;",
    '"',
    "'",
    "`",
    "``",
    "|",
    "\\",
    "#",
    "*",
    "_",
    "~",
    "$",
    "]]>",
    "--",
    "%%",
    "{",
  ],
  ...["\n", "\r", "\t", "\u0000", "\u001b[2J", "\u202e", "\u2066", "\ud800", "\ufffe", "ارتباط"],
  ...[
    "<script>",
    "</script>",
    "</style>",
    "<!--",
    "-->",
    "<img src=x onerror=alert(1)>",
    "</td>",
    "</table>",
  ],
  ...[
    "</details>",
    "```",
    "```mermaid",
    "\n\n## ",
    "\n| a |",
    "[x](javascript:alert(1))",
    "![x](y)",
    "</testcase>",
  ],
  ...["<![CDATA[", "<?x?>", "section ", "click ", ":", ";", ", ", "@octocat", "@", "(@org/team)"],
];
const NAMES = array(oneof(constantFrom(...WORDS), string({ unit: "binary", maxLength: 5 })), {
  minLength: 1,
  maxLength: 8,
})
  .map((parts) => parts.join(""))
  .filter((name) => name !== "");

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  page = await browser.newPage();
});

afterAll(() => browser.close());

/** Given HTML, return how often each element is in it, as a browser reads it, and every attribute that runs or loads something. */
async function elementsOf(html: string): Promise<Record<string, number>> {
  return page.evaluate(`(() => {
    const elements = new DOMParser().parseFromString(${JSON.stringify(html)}, "text/html").querySelectorAll("*");
    const counts = {};
    for (const element of elements) {
      const loud = [...element.attributes].filter(({ name }) => /^(?:on|src|href|action|style$)/.test(name));
      for (const name of [element.localName, ...loud.map((one) => "@" + one.name)]) {
        counts[name] = (counts[name] ?? 0) + 1;
      }
    }
    return counts;
  })()`);
}

/** As GitHub shows it. */
function summaryAsHtml(name: string): string {
  return micromark(renderSummary(hostile(name)), {
    extensions: [gfm({ singleTilde: true })],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
  });
}

/** Backticks set code apart and line breaks break lines, by intent; nothing else may come of a name. */
function withoutProse(counts: Record<string, number>) {
  const prose = ["br", "code", "bdi"];
  return Object.fromEntries(Object.entries(counts).filter(([name]) => !prose.includes(name)));
}

it("becomes no element of the page", async () => {
  const expected = withoutProse(await elementsOf(renderHtml(hostile("plain"))));
  expect(expected).toMatchObject({ script: 1, style: 1, "@href": 1 });
  const held = asyncProperty(NAMES, async (name) => {
    expect(withoutProse(await elementsOf(renderHtml(hostile(name))))).toEqual(expected);
  });
  await assert(held, { numRuns: 60 });
});

it("becomes no element of a job summary, whose Markdown may hold HTML", async () => {
  const shown = (name: string) => elementsOf(summaryAsHtml(name));
  const expected = withoutProse(await shown("plain"));
  expect(expected).toMatchObject({ h2: 1, table: 3, details: 3, pre: 1 });
  const held = asyncProperty(NAMES, async (name) => {
    expect(withoutProse(await shown(name))).toEqual(expected);
  });
  await assert(held, { numRuns: 60 });
});

it("calls nobody who reads a job summary, an issue or a comment", () => {
  const held = property(NAMES, (name) => {
    const outsideOfCode = summaryAsHtml(name).replaceAll(
      /<(code|pre)\b[^>]*>[\s\S]*?<\/\1>/g,
      "<>",
    );
    expect(outsideOfCode.split(/<[^>]*>/).join("\n")).not.toMatch(/(?<!\w)@[A-Za-z0-9]/);
  });
  assert(held);
});

it("becomes no element of JUnit XML", () => {
  const named = (name: string) => {
    const parser = new DOMParser({
      onError: (level, message) => {
        throw new Error(`${level}: ${message}`);
      },
    });
    const document = parser.parseFromString(renderJunit(hostile(name)), "text/xml");
    return [...document.getElementsByTagName("*")].map((one: Element) => one.tagName);
  };
  const expected = named("plain");
  assert(
    property(NAMES, (name) => {
      expect(named(name)).toEqual(expected);
    }),
  );
});

it("moves nothing on a terminal", () => {
  assert(
    property(NAMES, (name) => {
      expect(renderTerminal(hostile(name), false)).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    }),
  );
});
