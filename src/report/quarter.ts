import type { PastResult } from "./past-result.ts";
import type { Report } from "./report-schema.ts";
import { renderSummary } from "./summary.ts";

/** The pull request with which a team signs a quarter's restore drill off. */
export interface SignOff {
  readonly title: string;
  readonly body: string;
  readonly branch: string;
  readonly message: string;
  readonly files: ReadonlyMap<string, string>;
}

/** GitHub's limit for the text of an issue, a comment or a pull request. */
const LONGEST_TEXT = 65_536;

/** By UTC: `2026-Q4`. */
export function quarterOf(moment: Date): string {
  return `${moment.getUTCFullYear()}-Q${Math.floor(moment.getUTCMonth() / 3) + 1}`;
}

/** The pull request that adds a drill's report to the repository. `past` is for its trend. */
export function signOffOf(
  report: Report,
  runUrl: string,
  past: readonly PastResult[] = [],
): SignOff {
  const quarter = quarterOf(new Date(report.startedAt));
  const title = `Restore drill ${quarter}: ${report.verdict === "not-run" ? "not proven" : report.verdict}`;
  const folder = `drills/${quarter}`;
  const summary = renderSummary(report, past);
  return {
    title,
    body: shortened(
      `Merging this signs the drill off. [The run](${runUrl}).\n\n${summary}`,
      `\n\nThe rest is in \`${folder}/summary.md\`.\n`,
    ),
    branch: `openspp-backup/drill-${quarter}`,
    message: title,
    files: new Map([
      [`${folder}/summary.md`, summary],
      [`${folder}/report.json`, `${JSON.stringify(report, null, 2)}\n`],
    ]),
  };
}

/** Fits GitHub's limit by a cut between lines. `ending` is added only when something was cut. */
export function shortened(markdown: string, ending: string): string {
  if (markdown.length <= LONGEST_TEXT) return markdown;
  const room = markdown.slice(0, LONGEST_TEXT - ending.length - 200);
  const cut = room.slice(0, room.lastIndexOf("\n"));
  const open = cut.lastIndexOf("<details") > cut.lastIndexOf("</details>");
  return `${cut}${open ? "\n\n</details>" : ""}${ending}`;
}
