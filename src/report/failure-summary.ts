import type { Explanation } from "../failure.ts";
import { page, prose, SIGNS } from "./markdown.ts";

/** The job summary, as Markdown, of a run that ended before there was a report. */
export function renderFailure({ what, why, state, next }: Explanation): string {
  const [title = "", ...rest] = what.split("\n");
  return page([
    `## ${SIGNS.failed} ${prose(title)}`,
    prose(rest.join("\n")),
    why && `**Why:** ${prose(why)}`,
    state && `**State:** ${prose(state)}`,
    next && `**Next:** ${prose(next)}`,
  ]);
}
