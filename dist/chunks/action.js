import { c as setOutput, o as isDebug, r as error, s as saveState, t as debug } from "./core.js";
import { t as summary } from "./summary.js";
import { a as systemClock, i as mayLeaveSomething, t as VERBS } from "./verbs.js";
import { d as enter, f as perform, n as INPUTS } from "./table.js";
import { t as readSettings } from "./read-settings.js";
import { i as readGroups } from "./progress.js";
import { t as renderFailure } from "./failure-summary.js";
import { t as endedEarly } from "./outcome.js";
import { a as sentences, i as problems, n as headline } from "./verdict.js";
import { n as actionInputs, r as maskSecrets, t as GitHubLog } from "./github-log.js";
import { s as sentenceOf } from "./failure.js";
import { n as SWEEP, t as OPERATION } from "./state.js";
// src/operations/tools-on-runner.ts
/**
* What a verb needs on the runner before it can begin. A cycle's backup is worth taking without its
* tools, and to a monitor a missing tool is a finding. Both report what was missing.
*/
function toolsOnRunner(verb, { drill, sync }) {
	const remote = sync.remote ? [sync.remote.tool] : [];
	if (verb === "drill" && drill.where === "runner") return ["docker", ...remote];
	return verb === "sync" && sync.from === "runner" ? remote : [];
}
// src/actions/load-past-results.ts
/** In seconds. The work is done by then, and its report waits for this. */
const MOST_SECONDS = 5;
/** A runner without a token, such as act, leaves the default unchanged. */
const NO_TOKEN = INPUTS["github-token"].default;
const HAVE_TREND = INPUTS["history-branch"].verbs;
/**
* The results of earlier runs, for a report's trend. There are none outside a workflow, without a
* token, or for an operation that has no trend. If they cannot be read, the log says so. That is
* never a Failure, because a backup is as good without a trend.
*/
async function pastResults(operation, { token, historyBranch }, log, signal) {
	if (token.reveal() === NO_TOKEN || !HAVE_TREND.includes(operation)) return [];
	try {
		const { workflowRun } = await import("./workflow-run.js");
		const run = await workflowRun(process.env);
		if (!run) return [];
		const [{ GitHub }, { readPastResults }] = await Promise.all([import("./github-client.js"), import("./past-results.js")]);
		const past = await readPastResults(new GitHub(run, token, log, AbortSignal.any([signal, AbortSignal.timeout(MOST_SECONDS * 1e3)]), { hurried: true }), historyBranch);
		if (past === void 0) log.info(`No trend yet: this run's token sees no history on the branch ${historyBranch}.`);
		return past ?? [];
	} catch (error) {
		log.warning(`The report has no trend: ${sentenceOf(error)}`);
		return [];
	}
}
// src/actions/action.ts
/** Without `fixed`, the input `command` names the operation. */
async function runAction(fixed) {
	let operation = fixed ?? "cycle";
	await enter(async (signal) => {
		maskSecrets();
		const { root, publish: keeping, trend } = await readGroups(actionInputs, [
			"root",
			"publish",
			"trend"
		]);
		operation = fixed ?? root.command;
		const settings = await readSettings(actionInputs, process.env.SSH_AUTH_SOCK, operation);
		const log = new GitHubLog(systemClock);
		const onConnected = () => {
			if (mayLeaveSomething(operation)) saveState(SWEEP, "needed");
			saveState(OPERATION, operation);
		};
		const beforeConnecting = async () => {
			const tools = toolsOnRunner(operation, settings);
			if (tools.length === 0) return;
			const { requireTools } = await import("./runner-tools.js");
			await requireTools(tools, log, signal);
		};
		const performing = {
			log,
			signal,
			beforeConnecting,
			onConnected
		};
		const { report } = await perform(operation, VERBS[operation], settings, performing);
		for (const line of report.restore?.plan?.split("\n") ?? []) log.info(line);
		if (cleanedUp(report)) saveState(SWEEP, "done");
		const past = await pastResults(operation, trend, log, signal);
		const { publish } = await import("./publish.js");
		await publish(report, past, {
			...keeping,
			log
		});
		for (const { warning, name, message } of report.checks) if (warning) log.warning(`${name}: ${message}`);
		if (report.verdict === "passed") return 0;
		error(explainRed(report), { title: headline(report) });
		return 1;
	}, (failure, cause) => sayWhy(operation, failure, cause));
}
function cleanedUp({ checks }) {
	return !checks.some(({ name, status }) => name === "cleanup" && status === "failed");
}
function explainRed(report) {
	const lines = problems(report.checks).flatMap(({ name, message, next }) => [`${name}: ${message}`, ...next ? [`  Next: ${next}`] : []]);
	return [...sentences(report), ...lines].join("\n");
}
/**
* For a run that ended before there was a report. publish.ts keeps the reason for the job that
* tells the team.
*/
async function sayWhy(operation, failure, cause) {
	error(failure.message);
	if (isDebug() && cause instanceof Error) debug(cause.stack ?? cause.message);
	if (process.env.GITHUB_OUTPUT) setOutput("verdict", "not-run");
	if (process.env.GITHUB_STEP_SUMMARY) await summary.addRaw(renderFailure(failure.explanation)).write();
	if (process.env.GITHUB_RUN_ID) {
		const { keepReason } = await import("./publish.js");
		await keepReason(endedEarly(operation, failure, systemClock.now()), new GitHubLog(systemClock));
	}
	return failure.exitCode;
}
export { runAction as t };
