import { createHash } from "node:crypto";
import packageFile from "../../../package.json" with { type: "json" };
import { factsOf } from "../facts.ts";
import { formatMoment } from "../moment.ts";
import type { PastResult } from "../past-result.ts";
import type { Report } from "../report.ts";
import { trendsOf } from "../trend.ts";
import { headline, measures, sentences, TITLES } from "../verdict.ts";
import { checks, gaps, whatToDo } from "./checks.ts";
import { figures } from "./figures.ts";
import { code, html, Markup, prose } from "./markup.ts";
import { SEARCH } from "./search.ts";
import { STYLE } from "./style.ts";
import { tables } from "./tables.ts";
import { timeline } from "./timeline.ts";
import { trends } from "./trends.ts";

/** Whoever opens the file, nothing in it can load, send or run but its own style sheet and its own script. */
const POLICY = [
  "default-src 'none'",
  `style-src ${hashOf(STYLE)}`,
  `script-src ${hashOf(SEARCH)}`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** Given a report and past results for its trends, return it as one page of HTML that asks nobody for anything. */
export function renderHtml(report: Report, past: readonly PastResult[] = []): string {
  const { operation, verdict, startedAt } = report;
  const drawn = measures(report);
  const lead = sentences(report).filter((sentence) => !drawn.includes(sentence));
  const title = `${TITLES[operation]}: ${headline(report)}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${new Markup(STYLE)}</style>
</head>
<body class="${verdict}">
<main>
<header>
<p>${TITLES[operation]} <time datetime="${startedAt}">${formatMoment(startedAt)}</time></p>
<h1>${headline(report)}</h1>
<p class="lead">${prose(lead.join("\n"))}</p>
</header>
${figures(report)}
${whatToDo(report)}
${checks(report)}
${gaps(report)}
${timeline(report)}
${trends(trendsOf(report, past))}
${tables(report)}
${facts(report)}
</main>
<footer>
<p>A row count and a content hash of every table were taken in the snapshot of the dump, and again after the restore. This page names tables and numbers, and no personal data.</p>
<p>openspp-backup ${packageFile.version}, report schema ${report.schemaVersion}</p>
</footer>
<script type="module">${new Markup(SEARCH)}</script>
</body>
</html>
`.text;
}

function facts(report: Report): Markup {
  return html`<section>
<h2>${report.backup ? "The backup" : "The deployment"}</h2>
<dl class="facts">
${factsOf(report).map(
  ({ label, value, verbatim }) =>
    html`<div><dt>${label}</dt><dd>${verbatim ? code(value) : value}</dd></div>
`,
)}</dl>
</section>`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
