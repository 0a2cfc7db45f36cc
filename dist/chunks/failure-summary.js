import { c as SIGNS, d as prose, u as page } from "./verdict.js";
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
