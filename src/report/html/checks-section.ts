import type { Check } from "../check.ts";
import { notChecked } from "../not-checked.ts";
import type { Report } from "../report-schema.ts";
import { problems, signOf } from "../verdict.ts";
import { html, type Markup, prose } from "./markup.ts";

const WORDS = { passed: "passed", failed: "failed", "not-run": "not run" } as const;

/** What is wrong and what to do about it; nothing when all is well. */
export function whatToDo({ checks }: Report): Markup | undefined {
  const items = problems(checks);
  if (items.length === 0) return undefined;
  return html`<section class="todo">
<h2>What to do</h2>
${items.map(
  (check) => html`<article class="${signOf(check)}">
<h3>${check.name} <small>${wordOf(check)}</small></h3>
<p>${prose(check.message)}</p>
${check.next !== undefined && html`<p class="next"><strong>Next:</strong> ${prose(check.next)}</p>`}
</article>
`,
)}</section>`;
}

/** Every check with its result; those that failed come first. */
export function checks(report: Report): Markup {
  const rest = report.checks.filter((check) => !problems(report.checks).includes(check));
  return html`<section>
<h2>Checks</h2>
<table class="checks">
<thead class="unseen"><tr><th scope="col">Check</th><th scope="col">Status</th><th scope="col">Result</th></tr></thead>
<tbody>${[...problems(report.checks), ...rest].map(row)}</tbody>
</table>
</section>`;
}

/** What the report does not prove; nothing when there is nothing to say. */
export function gaps(report: Report): Markup | undefined {
  const items = notChecked(report);
  if (items.length === 0) return undefined;
  return html`<section>
<h2>Not checked</h2>
<ul>${items.map((item) => html`<li>${prose(item)}</li>`)}</ul>
</section>`;
}

function row(check: Check): Markup {
  const tone = check.switchedOff ? "off" : signOf(check);
  return html`<tr class="${tone}"><th scope="row">${check.name}</th><td>${wordOf(check)}</td><td>${prose(check.message)}</td></tr>
`;
}

function wordOf({ status, switchedOff, warning }: Check): string {
  if (switchedOff) return "switched off";
  return warning ? "warning" : WORDS[status];
}
