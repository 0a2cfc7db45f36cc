import { i as prose, r as page, t as SIGNS } from "./markdown.js";
// src/report/failure-summary.ts
/** The job summary, as Markdown, of a run that ended before there was a report. */
function renderFailure({ what, why, state, next }) {
	const [title = "", ...rest] = what.split("\n");
	return page([
		`## ${SIGNS.failed} ${prose(title)}`,
		prose(rest.join("\n")),
		why && `**Why:** ${prose(why)}`,
		state && `**State:** ${prose(state)}`,
		next && `**Next:** ${prose(next)}`
	]);
}
export { renderFailure as t };
