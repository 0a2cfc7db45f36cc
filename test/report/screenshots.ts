import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { Command } from "commander";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import type { Browser } from "playwright-core";
import { renderHtml } from "../../src/report/html/report-page.ts";
import { pastResultOf } from "../../src/report/past-result.ts";
import { readReport } from "../../src/report/read-report.ts";
import { renderSummary } from "../../src/report/summary.ts";
import { openBrowser } from "../browser.ts";

/** Takes the pictures in the docs, of real reports: the newest of those named, the others are its past. */

const FOLDER = "docs/images";
const MERMAID = createRequire(import.meta.url).resolve("mermaid/dist/mermaid.min.js");
/** GitHub's own measures and colours, as far as a picture of a summary needs them. */
const GITHUB = `
body { font: 16px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; color: #1f2328; margin: 24px 32px; }
h2, h3 { line-height: 1.25; margin: 24px 0 16px; } h2 { padding-bottom: .3em; border-bottom: 1px solid #d1d9e0b3; margin-top: 0; }
table { border-collapse: collapse; display: block; } th, td { padding: 6px 13px; border: 1px solid #d1d9e0; text-align: left; }
code { font: 85% ui-monospace, Menlo, Consolas, monospace; background: #818b981f; padding: .2em .4em; border-radius: 6px; }
.mermaid { margin: 0; }
`;

const files = new Command("screenshots")
  .argument("<reports...>", "reports as `--report` wrote them")
  .parse().args;
const reports = await Promise.all(
  files.map(async (file) => readReport(await readFile(file, "utf8"), file)),
);
const [report, ...older] = reports.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
if (!report) throw new Error("no report was named");
const past = older.map(pastResultOf);

await mkdir(FOLDER, { recursive: true });
const browser = await openBrowser();
try {
  await shoot(browser, renderHtml(report, past), "report", 1280);
  await shoot(browser, asOnGitHub(renderSummary(report, past)), "summary", 1180);
} finally {
  await browser.close();
}

/** Given Markdown, return it as GitHub shows it, its diagrams yet to be drawn. */
function asOnGitHub(markdown: string): string {
  const body = micromark(markdown, {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
  });
  const diagrams = body.replaceAll(
    /<pre><code class="language-mermaid">([\s\S]*?)<\/code><\/pre>/g,
    '<pre class="mermaid">$1</pre>',
  );
  return `<!doctype html><meta charset="utf-8"><style>${GITHUB}</style>${diagrams}`;
}

async function shoot(browser: Browser, html: string, name: string, height: number): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 900, height } });
  await page.setContent(html);
  if (html.includes('class="mermaid"')) {
    await page.addScriptTag({ path: MERMAID });
    await page.evaluate("mermaid.run()");
  }
  const path = `${FOLDER}/${name}.png`;
  await page.screenshot({ path });
  console.log(path);
}
