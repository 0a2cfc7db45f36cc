import { formatMoment } from "../../words/moment.ts";
import { factsOf } from "../facts.ts";
import type { PastResult } from "../past-result.ts";
import type { Report } from "../report-schema.ts";
import { trendsOf } from "../trend.ts";
import { headline, measures, sentences, TITLES } from "../verdict.ts";
import { checks, gaps, whatToDo } from "./checks-section.ts";
import { document } from "./document.ts";
import { figures } from "./figures.ts";
import { code, html, type Markup, prose } from "./markup.ts";
import { retention } from "./retention-section.ts";
import { SEARCH } from "./search.ts";
import { tables } from "./tables-section.ts";
import { timeline } from "./timeline-section.ts";
import { trends } from "./trends.ts";

const NOTE =
  "A row count and a content hash of every table were taken in the snapshot of the dump, and again after the restore. This page names tables and numbers, and no personal data.";

/** Given a report and past results for its trends, return it as one page of HTML. */
export function renderHtml(report: Report, past: readonly PastResult[] = []): string {
  return document({
    title: `${TITLES[report.operation]}: ${headline(report)}`,
    accent: report.verdict,
    body: html`${head(report)}
${figures(report)}
${whatToDo(report)}
${checks(report)}
${gaps(report)}
${timeline(report)}
${trends(trendsOf(report, past))}
${tables(report)}
${retention(report)}
${facts(report)}`,
    note: NOTE,
    script: SEARCH,
  });
}

function head(report: Report): Markup {
  const { operation, startedAt } = report;
  const drawn = measures(report);
  const lead = sentences(report).filter((sentence) => !drawn.includes(sentence));
  return html`<header>
<p>${TITLES[operation]} <time datetime="${startedAt}">${formatMoment(startedAt)}</time></p>
<h1>${headline(report)}</h1>
<p class="lead">${prose(lead.join("\n"))}</p>
</header>`;
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
