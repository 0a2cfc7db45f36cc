import type { PastResult } from "./past-result.ts";
import type { Report } from "./report-schema.ts";
import { renderSummary } from "./summary.ts";

/** The pull request by which a team signs a quarter's restore drill off. */
export interface SignOff {
  readonly title: string;
  readonly body: string;
  readonly branch: string;
  readonly message: string;
  readonly files: ReadonlyMap<string, string>;
}

/** GitHub's limit for the text of an issue, a comment or a pull request. */
const LONGEST_TEXT = 65_536;

/** Given a moment, return the quarter of a year that it is in, by UTC: `2026-Q4`. */
export function quarterOf(moment: Date): string {
  return `${moment.getUTCFullYear()}-Q${Math.floor(moment.getUTCMonth() / 3) + 1}`;
}

/** Given the report of a drill, the page of its run and past results for its trend, return the pull request that adds it to the repository. */
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

/** Given Markdown and what to end it with when it is too long for GitHub, return it so that GitHub takes it, cut between lines. */
export function shortened(markdown: string, ending: string): string {
  if (markdown.length <= LONGEST_TEXT) return markdown;
  const room = markdown.slice(0, LONGEST_TEXT - ending.length - 200);
  const cut = room.slice(0, room.lastIndexOf("\n"));
  const open = cut.lastIndexOf("<details") > cut.lastIndexOf("</details>");
  return `${cut}${open ? "\n\n</details>" : ""}${ending}`;
}
