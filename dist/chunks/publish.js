import "./rolldown-runtime.js";
import { c as setOutput } from "./core.js";
import { t as summary } from "./summary.js";
import { n as renderFace, t as FACES } from "./faces.js";
import { t as renderSummary } from "./summary2.js";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
// src/report/publish.ts
/**
* Given a report and past results for its trends, publish it where GitHub shows it: each face a file under RUNNER_TEMP,
* the job summary, the action's outputs and an artifact. A failed upload is a warning: the verdict does not hang on it.
*/
async function publish(report, past, options) {
	const folder = folderOf(report.operation);
	await mkdir(folder, { recursive: true });
	const paths = Object.fromEntries(Object.entries(FACES).map(([face, name]) => [face, join(folder, name)]));
	for (const face of Object.keys(FACES)) await writeFile(paths[face], await renderFace(face, report, past));
	const recovery = report.recovery === void 0 ? [] : [join(folder, "RECOVERY.md")];
	for (const path of recovery) await writeFile(path, report.recovery ?? "");
	if (process.env.GITHUB_STEP_SUMMARY) await summary.addRaw(renderSummary(report, past)).write();
	if (process.env.GITHUB_OUTPUT) setOutputs(report, paths);
	if (options.artifact && process.env.ACTIONS_RUNTIME_TOKEN) await upload(report, [...Object.values(paths), ...recovery], folder, options);
}
/** Given why a run ended early, keep it where its report would be, for the job that tells the team of it. */
async function keepReason(ended, log) {
	const folder = folderOf(ended.operation);
	const file = join(folder, "failure.json");
	await mkdir(folder, { recursive: true });
	await writeFile(file, `${JSON.stringify(ended, null, 2)}\n`);
	if (process.env.ACTIONS_RUNTIME_TOKEN) await upload(ended, [file], folder, { log });
}
function folderOf(operation) {
	return join(process.env.RUNNER_TEMP ?? tmpdir(), `openspp-${operation}-report`);
}
function setOutputs(report, paths) {
	setOutput("verdict", report.verdict);
	for (const [face, path] of Object.entries(paths)) setOutput(face, path);
	setOutput("backup", report.backup?.name ?? "");
	setOutput("rto-seconds", report.rtoSeconds?.toFixed(1) ?? "");
	setOutput("rpo-seconds", report.rpoSeconds?.toFixed(1) ?? "");
	setOutput("tables", report.tables.length);
	setOutput("rows", report.rows);
	if (!report.sync) return;
	setOutput("copied", report.sync.copied);
	setOutput("bytes", report.sync.bytes);
	setOutput("verified", report.sync.verified ?? "");
	setOutput("remote-newest", report.sync.newest ?? "");
}
async function upload({ operation }, files, folder, { artifactDays, log }) {
	const name = `openspp-${operation}-report`;
	try {
		const { DefaultArtifactClient } = await import("./artifact.js");
		await new DefaultArtifactClient().uploadArtifact(name, [...files], folder, { retentionDays: artifactDays });
	} catch (error) {
		log.warning(`The report could not be kept as the artifact ${name}: ${error.message}`);
	}
}
export { keepReason, publish };
