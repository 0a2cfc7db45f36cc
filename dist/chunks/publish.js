import "./rolldown-runtime.js";
import { c as setOutput } from "./core.js";
import { t as summary } from "./summary.js";
import { o as reasonOf } from "./failure.js";
import { n as renderFormat, t as REPORT_FORMATS } from "./report-formats.js";
import { t as renderSummary } from "./summary2.js";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
// src/report/outputs.ts
const REPORTING = [
	"backup",
	"drill",
	"cycle",
	"restore",
	"prune",
	"sync",
	"monitor"
];
const SYNCS = ["sync", "cycle"];
/** The one list of what an action hands on. The action.yml files and the tables in the documentation follow from it. */
const OUTPUTS = {
	verdict: {
		description: "`passed`, `failed` or `not-run`: what could not be proven is never passed.",
		verbs: [...REPORTING, "report"],
		value: ({ verdict }) => verdict
	},
	report: {
		description: "Path of the report, a JSON file.",
		verbs: REPORTING,
		value: (_, paths) => paths.report
	},
	html: {
		description: "Path of the report as one page of HTML.",
		verbs: REPORTING,
		value: (_, paths) => paths.html
	},
	junit: {
		description: "Path of the report as JUnit XML, each check a test case.",
		verbs: REPORTING,
		value: (_, paths) => paths.junit
	},
	summary: {
		description: "Path of the job summary, a Markdown file.",
		verbs: REPORTING,
		value: (_, paths) => paths.summary
	},
	backup: {
		description: "Name of the backup.",
		verbs: REPORTING,
		value: ({ backup }) => backup?.name ?? ""
	},
	"rto-seconds": {
		description: "Seconds from the start of the restore to a proven database; empty when nothing was restored.",
		verbs: REPORTING,
		value: ({ rtoSeconds }) => rtoSeconds?.toFixed(1) ?? ""
	},
	"rpo-seconds": {
		description: "Seconds between the backup's snapshot and the start of the run: what a loss now would cost.",
		verbs: REPORTING,
		value: ({ rpoSeconds }) => rpoSeconds?.toFixed(1) ?? ""
	},
	tables: {
		description: "Number of tables compared or recorded.",
		verbs: REPORTING,
		value: ({ tables }) => tables.length
	},
	rows: {
		description: "Number of rows in them.",
		verbs: REPORTING,
		value: ({ rows }) => rows
	},
	copied: {
		description: "Number of backups that were copied off-site.",
		verbs: SYNCS,
		value: ({ sync }) => sync?.copied
	},
	bytes: {
		description: "Bytes of their files.",
		verbs: SYNCS,
		value: ({ sync }) => sync?.bytes
	},
	verified: {
		description: "The proof of the off-site copy that ran and held, `size`, `hash` or `download`; empty when none did.",
		verbs: SYNCS,
		value: ({ sync }) => sync && (sync.verified ?? "")
	},
	"remote-newest": {
		description: "Name of the newest backup on the remote.",
		verbs: SYNCS,
		value: ({ sync }) => sync && (sync.newest ?? "")
	}
};
// src/report/publish.ts
/**
* Publishes the report where GitHub shows it: each face as a file under RUNNER_TEMP, the job summary, the
* action's outputs and an artifact. `past` is for the trends. A failed upload is only a warning: the
* verdict does not depend on it.
*/
async function publish(report, past, options) {
	const folder = folderOf(report.operation);
	await mkdir(folder, { recursive: true });
	const paths = Object.fromEntries(Object.entries(REPORT_FORMATS).map(([face, name]) => [face, join(folder, name)]));
	for (const face of Object.keys(REPORT_FORMATS)) await writeFile(paths[face], await renderFormat(face, report, past));
	const recovery = report.recovery === void 0 ? [] : [join(folder, "RECOVERY.md")];
	for (const path of recovery) await writeFile(path, report.recovery ?? "");
	if (process.env.GITHUB_STEP_SUMMARY) await summary.addRaw(renderSummary(report, past)).write();
	if (process.env.GITHUB_OUTPUT) setOutputs(report, paths);
	if (options.artifact && process.env.ACTIONS_RUNTIME_TOKEN) await upload(report, [...Object.values(paths), ...recovery], folder, options);
}
/** Keeps the reason where the report would be, for the job that tells the team. */
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
	for (const [name, output] of Object.entries(OUTPUTS)) {
		const value = output.value(report, paths);
		if (value !== void 0) setOutput(name, value);
	}
}
async function upload({ operation }, files, folder, { artifactDays, log }) {
	const name = `openspp-${operation}-report`;
	try {
		const { DefaultArtifactClient } = await import("./artifact.js");
		await new DefaultArtifactClient().uploadArtifact(name, [...files], folder, { retentionDays: artifactDays });
	} catch (error) {
		log.warning(`The report could not be kept as the artifact ${name}: ${reasonOf(error)}`);
	}
}
export { keepReason, publish };
