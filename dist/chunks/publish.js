import "./rolldown-runtime.js";
import { c as setOutput } from "./core.js";
import { t as summary } from "./summary.js";
import { t as renderSummary } from "./summary2.js";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
// src/report/publish.ts
/**
* Given a report, publish it where GitHub shows it: files under RUNNER_TEMP, the job summary, the
* action's outputs and an artifact. A failed upload is a warning: the verdict does not hang on it.
*/
async function publish(report, { artifact, log }) {
	const folder = folderOf(report.operation);
	const files = [join(folder, "report.json"), join(folder, "summary.md")];
	const markdown = renderSummary(report);
	await mkdir(folder, { recursive: true });
	await writeFile(files[0], `${JSON.stringify(report, null, 2)}\n`);
	await writeFile(files[1], markdown);
	if (process.env.GITHUB_STEP_SUMMARY) await summary.addRaw(markdown).write();
	if (process.env.GITHUB_OUTPUT) setOutputs(report, files[0]);
	if (artifact && process.env.ACTIONS_RUNTIME_TOKEN) await upload(report, files, folder, log);
}
/** Given why a run ended early, keep it where its report would be, for the job that tells the team of it. */
async function keepReason(ended, log) {
	const folder = folderOf(ended.operation);
	const file = join(folder, "failure.json");
	await mkdir(folder, { recursive: true });
	await writeFile(file, `${JSON.stringify(ended, null, 2)}\n`);
	if (process.env.ACTIONS_RUNTIME_TOKEN) await upload(ended, [file], folder, log);
}
function folderOf(operation) {
	return join(process.env.RUNNER_TEMP ?? tmpdir(), `openspp-${operation}-report`);
}
function setOutputs(report, file) {
	setOutput("verdict", report.verdict);
	setOutput("report", file);
	setOutput("backup", report.backup?.name ?? "");
	setOutput("rto-seconds", report.rtoSeconds?.toFixed(1) ?? "");
	setOutput("rpo-seconds", report.rpoSeconds?.toFixed(1) ?? "");
	setOutput("tables", report.tables.length);
	setOutput("rows", report.rows);
}
async function upload({ operation }, files, folder, log) {
	const name = `openspp-${operation}-report`;
	try {
		const { DefaultArtifactClient } = await import("./artifact.js");
		await new DefaultArtifactClient().uploadArtifact(name, [...files], folder);
	} catch (error) {
		log.warning(`The report could not be kept as the artifact ${name}: ${error.message}`);
	}
}
export { keepReason, publish };
