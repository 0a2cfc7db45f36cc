import { counted } from "../../words/count.ts";
import type { Report, RetentionDecision } from "../report-schema.ts";
import { code, html, type Markup } from "./markup.ts";

/** Given a report, return what the retention made and removed, and why; or nothing where it did neither. */
export function retention({ retention }: Report): Markup | undefined {
  if (!retention || retention.promoted.length + retention.removed.length === 0) return undefined;
  const { dryRun, promoted, removed, kept } = retention;
  return html`<section>
<h2>Retention <small>${counted(kept.length, "backup")} kept${dryRun && ", only planned"}</small></h2>
<table>
<tbody>${promoted.map((one) => row("copied", one))}${removed.map((one) => row("removed", one))}</tbody>
</table>
</section>`;
}

function row(word: string, { backup, reason }: RetentionDecision): Markup {
  return html`<tr><th scope="row">${code(backup)}</th><td>${word}</td><td>${reason}</td></tr>
`;
}
