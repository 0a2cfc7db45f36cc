import type { Check } from "../../checks/check.ts";
import { notChecked } from "../not-checked.ts";
import type { Report } from "../report.ts";
import { troubles } from "../verdict.ts";
import { html, type Markup, prose } from "./markup.ts";

const WORDS = { passed: "passed", failed: "failed", "not-run": "not run" } as const;

/** Given a report, return what is wrong and what to do about it, or nothing. */
export function whatToDo({ checks }: Report): Markup | undefined {
  const items = troubles(checks);
  if (items.length === 0) return undefined;
  return html`<section class="todo">
<h2>What to do</h2>
${items.map(
  ({ name, status, message, next }) => html`<article class="${status}">
<h3>${name} <small>${WORDS[status]}</small></h3>
<p>${prose(message)}</p>
${next !== undefined && html`<p class="next"><strong>Next:</strong> ${prose(next)}</p>`}
</article>
`,
)}</section>`;
}

/** Given a report, return every check with what it found: those that failed first. */
export function checks(report: Report): Markup {
  const rest = report.checks.filter((check) => !troubles(report.checks).includes(check));
  return html`<section>
<h2>Checks</h2>
<table class="checks">
<thead class="unseen"><tr><th scope="col">Check</th><th scope="col">Status</th><th scope="col">Result</th></tr></thead>
<tbody>${[...troubles(report.checks), ...rest].map(row)}</tbody>
</table>
</section>`;
}

/** Given a report, return what it does not prove, or nothing. */
export function gaps(report: Report): Markup | undefined {
  const items = notChecked(report);
  if (items.length === 0) return undefined;
  return html`<section>
<h2>Not checked</h2>
<ul>${items.map((item) => html`<li>${prose(item)}</li>`)}</ul>
</section>`;
}

function row({ name, status, message, switchedOff }: Check): Markup {
  const word = switchedOff ? "switched off" : WORDS[status];
  return html`<tr class="${switchedOff ? "off" : status}"><th scope="row">${name}</th><td>${word}</td><td>${prose(message)}</td></tr>
`;
}
