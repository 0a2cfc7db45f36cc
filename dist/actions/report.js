import "../chunks/rolldown-runtime.js";
import { c as setOutput, o as isDebug, r as error, t as debug } from "../chunks/core.js";
import { t as summary } from "../chunks/summary.js";
import { a as systemClock } from "../chunks/verbs.js";
import { d as enter } from "../chunks/table.js";
import { a as UserMistake, o as reasonOf } from "../chunks/failure.js";
import { i as readGroups } from "../chunks/progress.js";
import { n as actionInputs, r as maskSecrets, t as GitHubLog } from "../chunks/github-log.js";
import { i as readOutcome, n as endedSilently } from "../chunks/outcome.js";
import { t as REPORT_FORMATS } from "../chunks/report-formats.js";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
// src/actions/find-outcome.ts
const NAMES = [REPORT_FORMATS.report, "failure.json"];
/**
* Finds out how the run ended. It reads the named file, or the artifact of the job that did the
* work. Where that job left nothing, GitHub's own result of the job decides. Throws UserMistake for
* a report of another operation than `operation`.
*/
async function outcomeOf(settings, clock, log) {
	const found = await findJobOutcome(settings, clock, log);
	const { outcome } = found;
	if (outcome.operation === settings.operation) return found;
	throw new UserMistake({
		what: `The report is of a ${outcome.operation}, and \`operation\` is \`${settings.operation}\`.`,
		state: "Nobody was told.",
		next: "Give each job that did something a step of its own, with the `operation` of that job."
	});
}
async function findJobOutcome({ operation, result, report }, clock, log) {
	if (report) return readJobOutcome(report, await readFile(report, "utf8").catch(unreadable));
	const folder = await download(`openspp-${operation}-report`, log);
	for (const path of folder === void 0 ? [] : NAMES.map((name) => join(folder, name))) {
		const text = await textOf(path);
		if (text !== void 0) return readJobOutcome(path, text);
	}
	if (!result) throw noReport();
	if (result === "success") throw lostReport();
	return {
		outcome: endedSilently(operation, result, clock.now()),
		summary: ""
	};
}
/** All files of a report are in one folder. */
async function readJobOutcome(path, text) {
	const summary = await textOf(join(dirname(path), REPORT_FORMATS.summary));
	return {
		outcome: readOutcome(text, path),
		summary: summary ?? ""
	};
}
async function download(name, log) {
	if (!process.env.ACTIONS_RUNTIME_TOKEN) return void 0;
	const { DefaultArtifactClient } = await import("../chunks/artifact.js");
	const client = new DefaultArtifactClient();
	try {
		const { artifact } = await client.getArtifact(name);
		const path = await mkdtemp(join(process.env.RUNNER_TEMP ?? tmpdir(), "openspp-report-"));
		await client.downloadArtifact(artifact.id, { path });
		return path;
	} catch (error) {
		log.warning(`The run's artifact ${name} could not be read: ${reasonOf(error)}`);
		return;
	}
}
function textOf(path) {
	return readFile(path, "utf8").catch(() => void 0);
}
function unreadable(cause) {
	throw new UserMistake({
		what: "The report cannot be read.",
		why: cause.message,
		state: "Nobody was told."
	}, { cause });
}
/**
* The work went well, so this is no reason for an alert. But it must not look as if somebody had
* been told.
*/
function lostReport() {
	return new UserMistake({
		what: "The job that did the work succeeded, and its report cannot be found.",
		state: "Nobody was told, and no open issue was closed.",
		next: "Leave the input `artifact` of that action on, and see whether its log says that the upload failed."
	});
}
function noReport() {
	return new UserMistake({
		what: "There is no report to tell the team about.",
		state: "Nobody was told.",
		next: "Give the path in `report` (the output `report` of the step that made it), or in a later job that job's result in `result`."
	});
}
// src/actions/report.ts
/** Tells the team how a run ended, in a job that has a token for GitHub and no key to the deployment. */
await enter(async (signal) => {
	maskSecrets();
	const { tell: settings } = await readGroups(actionInputs, ["tell"]);
	const { workflowRun } = await import("../chunks/workflow-run.js");
	const run = await workflowRun(process.env);
	if (!run) throw noRun();
	const log = new GitHubLog(systemClock);
	const { outcome, summary: shown } = await outcomeOf(settings, systemClock, log);
	setOutput("verdict", outcome.verdict);
	const [{ GitHub }, { tellTeam }] = await Promise.all([import("../chunks/github-client.js"), import("../chunks/tell-team.js")]);
	await tellTeam(outcome, settings, {
		github: new GitHub(run, settings.token, log, signal),
		run,
		log,
		clock: systemClock,
		signal,
		shown,
		show: async (markdown) => {
			if (process.env.GITHUB_STEP_SUMMARY) await summary.addRaw(`${markdown}\n`).write();
		}
	});
	return 0;
}, (failure, cause) => {
	error(failure.message, { title: "The team was not told" });
	if (isDebug() && cause instanceof Error) debug(cause.stack ?? cause.message);
	return failure.exitCode;
});
function noRun() {
	return new UserMistake({
		what: "This is no workflow run: GITHUB_REPOSITORY is not set.",
		state: "Nobody was told."
	});
}
export {};
