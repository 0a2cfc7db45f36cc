import "./rolldown-runtime.js";
import { c as setOutput } from "./core.js";
import { t as summary } from "./summary.js";
import { t as renderSummary } from "./summary2.js";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { mkdir, writeFile } from "node:fs/promises";
// src/report/publish.ts
/**
* Given a report, publish it where GitHub shows it: files under RUNNER_TEMP, the job summary, the
* action's outputs and an artifact. A failed upload is a warning: the verdict does not hang on it.
*/
async function publish(report, { artifact, log }) {
	const folder = join(process.env.RUNNER_TEMP ?? tmpdir(), `openspp-${report.operation}-report`);
	const files = [join(folder, "report.json"), join(folder, "summary.md")];
	const markdown = renderSummary(report);
	await mkdir(folder, { recursive: true });
	await writeFile(files[0], `${JSON.stringify(report, null, 2)}\n`);
	await writeFile(files[1], markdown);
	if (process.env.GITHUB_STEP_SUMMARY) await summary.addRaw(markdown).write();
	if (process.env.GITHUB_OUTPUT) setOutputs(report, files[0]);
	if (artifact && process.env.ACTIONS_RUNTIME_TOKEN) await upload(report, files, folder, log);
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
async function upload(report, files, folder, log) {
	const name = `openspp-${report.operation}-report`;
	try {
		const { DefaultArtifactClient } = await import("./artifact.js");
		await new DefaultArtifactClient().uploadArtifact(name, [...files], folder);
	} catch (error) {
		log.warning(`The report could not be kept as the artifact ${name}: ${error.message}`);
	}
}
export { publish };
