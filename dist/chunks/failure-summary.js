import { i as prose, r as page, t as SIGNS } from "./markdown.js";
// src/report/failure-summary.ts
/** Given why a run ended before there could be a report, return its job summary as Markdown. */
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
