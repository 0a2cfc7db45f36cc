import { c as setOutput, o as isDebug, r as error, s as saveState, t as debug } from "./core.js";
import { t as summary } from "./summary.js";
import { c as withHost, l as systemClock, s as enter } from "./inputs.js";
import { i as readValues, r as readSettings } from "./progress.js";
import { c as page, l as prose, n as sentences, o as SIGNS, r as troubles, t as headline } from "./verdict.js";
import { i as GitHubLog, n as actionInputs, r as maskSecrets, t as SWEEP } from "./state.js";
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
// src/actions/action.ts
/** Runs an action: given the operation, or none where the input `command` names it, do it and say what came of it. */
async function runAction(fixed) {
	await enter(async (signal) => {
		maskSecrets();
		const { command, artifact } = readValues(actionInputs);
		const settings = await readSettings(actionInputs, process.env.SSH_AUTH_SOCK);
		const log = new GitHubLog(systemClock);
		const operation = await load(fixed ?? command);
		const report = await withHost(settings.connection, log, signal, (effects) => {
			saveState(SWEEP, "needed");
			return operation(settings, effects);
		});
		if (cleanedUp(report)) saveState(SWEEP, "done");
		const { publish } = await import("./publish.js");
		await publish(report, {
			artifact,
			log
		});
		if (report.verdict === "passed") return 0;
		error(explainRed(report), { title: headline(report) });
		return 1;
	}, sayWhy);
}
/** Loaded only once the inputs are known to be good, so that a mistake is told at once. */
async function load(operation) {
	switch (operation) {
		case "backup": return (await import("./backup2.js")).backup;
		case "drill": return (await import("./drill2.js")).drill;
		case "cycle": return (await import("./cycle.js")).cycle;
	}
}
function cleanedUp({ checks }) {
	return !checks.some(({ name, status }) => name === "cleanup" && status === "failed");
}
function explainRed(report) {
	const lines = troubles(report.checks).flatMap(({ name, message, next }) => [`${name}: ${message}`, ...next ? [`  Next: ${next}`] : []]);
	return [...sentences(report), ...lines].join("\n");
}
/** Given what ended the run before there was a report, say so in the log, the summary and the outputs. */
async function sayWhy(failure, cause) {
	error(failure.message);
	if (isDebug() && cause instanceof Error) debug(cause.stack ?? cause.message);
	if (process.env.GITHUB_OUTPUT) setOutput("verdict", "not-run");
	if (process.env.GITHUB_STEP_SUMMARY) await summary.addRaw(renderFailure(failure.explanation)).write();
	return failure.exitCode;
}
export { runAction as t };
