import { formatBytes } from "../../words/bytes.ts";
import { formatCount } from "../../words/count.ts";
import { formatDuration } from "../../words/duration.ts";
import { formatMoment } from "../../words/moment.ts";
import type { PastResult } from "../past-result.ts";
import { type RoutineStatus, routineStatuses } from "../routine-status.ts";
import { trendsOfResults } from "../trend.ts";
import { TITLES } from "../verdict.ts";
import { AGES } from "./ages.ts";
import { document } from "./document.ts";
import { html, type Markup } from "./markup.ts";
import { trends } from "./trends.ts";

/** A run as the history lists it: what is known of it, and where the rest is. */
export interface ListedRun extends PastResult {
  /** Path of its JSON, relative to the page. */
  readonly path: string;
  /** URL of the workflow's run. */
  readonly run: string;
}

const MOST_RUNS = 200;
const WORDS = { passed: "passed", failed: "failed", "not-run": "not proven" } as const;

/**
 * `known` is all that is known of the deployment's state. Both lists may be in any order. The page computes
 * ages when somebody reads it.
 */
export function renderHistoryPage(
  runs: readonly ListedRun[],
  known: readonly PastResult[] = runs,
): string {
  const newest = [...runs].sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  return document({
    title: "Backups and restore drills",
    accent: "neutral",
    body: html`<header>
<p>${newest[0]?.database}</p>
<h1>Backups and restore drills</h1>
</header>
<dl class="figures standings">
${routineStatuses(known).map(statusFigure)}</dl>
${trends(trendsOfResults(newest))}
${list(newest)}`,
    note: "Written by the workflows after each run. Ages are as of now. An old date means that nothing runs any more. No personal data.",
    script: AGES,
  });
}

/** Without a script, the date is shown. The script adds the age, and the colour of that age. */
function statusFigure({ label, last, good, lateAfter, lostAfter }: RoutineStatus): Markup {
  const red = last && last.verdict !== "passed" ? last : undefined;
  const ages =
    good && html` data-good="${good.at}" data-late="${lateAfter}" data-lost="${lostAfter}"`;
  return html`<div class="${red && "lost"}"${ages}><dt>${label}</dt><dd><strong>${
    good ? good.at.slice(0, 10) : "none yet"
  }</strong><small class="age"></small>${
    red && html`<small>the last one ${WORDS[red.verdict]}, ${red.at.slice(0, 10)}</small>`
  }</dd></div>
`;
}

function list(runs: readonly ListedRun[]): Markup {
  const left = runs.length - MOST_RUNS;
  return html`<section>
<h2>Runs</h2>
<table class="runs">
<thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">Verdict</th><th scope="col" class="number">Restored in</th><th scope="col" class="number">Dump</th><th scope="col">More</th></tr></thead>
<tbody>${runs.slice(0, MOST_RUNS).map(row)}</tbody>
</table>
${left > 0 && html`<p>${formatCount(left)} earlier ones: see <code>index.json</code>.</p>`}
</section>`;
}

function row({ startedAt, operation, verdict, rtoSeconds, bytes, path, run }: ListedRun): Markup {
  return html`<tr class="${verdict}"><th scope="row">${formatMoment(startedAt)}</th><td>${TITLES[operation]}</td><td>${WORDS[verdict]}</td><td class="number">${rtoSeconds !== undefined && formatDuration(rtoSeconds)}</td><td class="number">${bytes !== undefined && formatBytes(bytes)}</td><td><a href="${path}">report</a> <a href="${run}">run</a></td></tr>
`;
}
