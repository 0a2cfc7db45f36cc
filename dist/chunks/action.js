import { c as setOutput, o as isDebug, r as error, s as saveState, t as debug } from "./core.js";
import { t as summary } from "./summary.js";
import { t as systemClock } from "./clock.js";
import { d as enter, f as withHost, t as INPUTS } from "./table.js";
import { a as readValues, r as readSettings } from "./progress.js";
import { n as refuseUnconfirmed } from "./confirmation.js";
import { t as withPing } from "./ping.js";
import { t as renderFailure } from "./failure-summary.js";
import { t as endedEarly } from "./outcome.js";
import { i as sentences, n as headline, o as troubles } from "./verdict.js";
import { n as actionInputs, r as maskSecrets, t as GitHubLog } from "./github-log.js";
import { r as Failure } from "./failure.js";
import { n as Secret } from "./secret.js";
import { n as SWEEP, t as OPERATION } from "./state.js";
// src/actions/load-past-results.ts
/** The work is done by then, and its report waits for this. */
const MOST_SECONDS = 5;
/** Left as it is by a runner that has no token, such as act. */
const NO_TOKEN = INPUTS["github-token"].default;
const HAVE_TREND = INPUTS["history-branch"].verbs;
/**
* Given what a run did and where the results of earlier ones are, return them for the trend of its report. Outside of a
* workflow, without a token, or for what measures nothing of the kind, there are none. What keeps them from being read is
* a line in the log and never a Failure: a backup is as good without a trend.
*/
async function pastResults(operation, { token, branch }, log, signal) {
	if (token === NO_TOKEN || !HAVE_TREND.includes(operation)) return [];
	try {
		const { workflowRun } = await import("./workflow-run.js");
		const run = await workflowRun(process.env);
		if (!run) return [];
		const [{ GitHub }, { readPastResults }] = await Promise.all([import("./client.js"), import("./past-results.js")]);
		const inTime = AbortSignal.any([signal, AbortSignal.timeout(MOST_SECONDS * 1e3)]);
		const past = await readPastResults(new GitHub(run, new Secret(token), log, inTime, { hurried: true }), branch);
		if (past === void 0) log.info(`No trend yet: this run's token sees no history on the branch ${branch}.`);
		return past ?? [];
	} catch (error) {
		log.warning(`The report has no trend: ${reasonOf(error)}`);
		return [];
	}
}
/** One line, without what the state and the next step of other work would be. */
function reasonOf(error) {
	if (!(error instanceof Failure)) return error instanceof Error ? error.message : String(error);
	const { what, why } = error.explanation;
	return why ? `${what} (${why.replaceAll(/\s+/g, " ").trim()})` : what;
}
// src/actions/action.ts
/** They leave nothing on the host that has to be swept. */
const READS_ONLY = ["sync", "monitor"];
const PUBLISHING = [...[
	"command",
	"artifact",
	"artifact-days"
], ...["github-token", "history-branch"]];
/** Runs an action: given the operation, or none where the input `command` names it, do it and say what came of it. */
async function runAction(fixed) {
	let operation = fixed ?? "cycle";
	await enter(async (signal) => {
		maskSecrets();
		const { command, artifact, "artifact-days": artifactDays, "github-token": token, "history-branch": branch } = readValues(actionInputs, PUBLISHING);
		operation = fixed ?? command;
		const settings = await readSettings(actionInputs, process.env.SSH_AUTH_SOCK, operation);
		if (operation === "restore") refuseUnconfirmed(settings);
		const log = new GitHubLog(systemClock);
		const perform = await load(operation);
		const report = await withPing(settings.pingUrl, log, () => withHost(settings.connection, log, signal, (effects) => {
			if (!READS_ONLY.includes(operation)) saveState(SWEEP, "needed");
			saveState(OPERATION, operation);
			return perform(settings, effects);
		}), (done) => ({
			good: done.verdict === "passed",
			text: headline(done)
		}));
		for (const line of report.restore?.plan?.split("\n") ?? []) log.info(line);
		if (cleanedUp(report)) saveState(SWEEP, "done");
		const past = await pastResults(operation, {
			token,
			branch
		}, log, signal);
		const { publish } = await import("./publish.js");
		await publish(report, past, {
			artifact,
			artifactDays,
			log
		});
		for (const { warning, name, message } of report.checks) if (warning) log.warning(`${name}: ${message}`);
		if (report.verdict === "passed") return 0;
		error(explainRed(report), { title: headline(report) });
		return 1;
	}, (failure, cause) => sayWhy(operation, failure, cause));
}
/** Loaded only once the inputs are known to be good, so that a mistake is told at once. */
async function load(operation) {
	switch (operation) {
		case "backup": return (await import("./backup2.js")).backup;
		case "drill": return (await import("./rehearse.js")).rehearse;
		case "cycle": return (await import("./cycle.js")).cycle;
		case "restore": return (await import("./restore.js")).restore;
		case "sync": return (await import("./sync2.js")).sync;
		case "monitor": return (await import("./monitor2.js")).monitor;
	}
}
function cleanedUp({ checks }) {
	return !checks.some(({ name, status }) => name === "cleanup" && status === "failed");
}
function explainRed(report) {
	const lines = troubles(report.checks).flatMap(({ name, message, next }) => [`${name}: ${message}`, ...next ? [`  Next: ${next}`] : []]);
	return [...sentences(report), ...lines].join("\n");
}
/** Given what ended the run before there was a report, say so in the log, the summary and the outputs, and keep it. */
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
