import { counted } from "../../words/count.ts";
import { formatMoment } from "../../words/moment.ts";
import type { PastResult } from "../past-result.ts";
import { factsOf } from "../report-facts.ts";
import type { Report, RetentionDecision } from "../report-schema.ts";
import { trendsOf } from "../trend.ts";
import { headline, measures, sentences, TITLES } from "../verdict.ts";
import { checks, gaps, whatToDo } from "./checks-section.ts";
import { document } from "./document.ts";
import { figures } from "./figures.ts";
import { code, html, type Markup, prose } from "./markup.ts";
import { SEARCH, tables } from "./tables-section.ts";
import { timeline } from "./timeline-section.ts";
import { trends } from "./trends.ts";

const NOTE =
  "A row count and a content hash of every table were taken in the snapshot of the dump, and again after the restore. This page names tables and numbers, and no personal data.";

/** `past` is for the trends. */
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

/** What the retention copied and removed, and why. Nothing when it did neither. */
function retention({ retention }: Report): Markup | undefined {
  if (!retention || retention.promoted.length + retention.removed.length === 0) return undefined;
  const { dryRun, promoted, removed, kept } = retention;
  return html`<section>
<h2>Retention <small>${counted(kept.length, "backup")} kept${dryRun && ", only planned"}</small></h2>
<table>
<tbody>${promoted.map((one) => decisionRow("copied", one))}${removed.map((one) => decisionRow("removed", one))}</tbody>
</table>
</section>`;
}

function decisionRow(word: string, { backup, reason }: RetentionDecision): Markup {
  return html`<tr><th scope="row">${code(backup)}</th><td>${word}</td><td>${reason}</td></tr>
`;
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
