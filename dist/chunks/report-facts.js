import { n as formatCount, t as counted } from "./count.js";
import { t as formatBytes } from "./bytes.js";
import { t as formatMoment } from "./moment.js";
// src/report/timeline.ts
/** In the order of their starts. */
function chronological(phases) {
	return [...phases].sort((a, b) => a.startedAfter - b.startedAfter || b.seconds - a.seconds);
}
/** Shows when the phase ran. `total` is the whole run in seconds, `width` is in characters. */
function bar(phase, total, width) {
	const scale = total > 0 ? width / total : 0;
	const start = Math.min(width - 1, Math.floor(phase.startedAfter * scale));
	const length = Math.min(width - start, Math.max(1, Math.round(phase.seconds * scale)));
	return "░".repeat(start) + "█".repeat(length) + "░".repeat(width - start - length);
}
// src/report/report-facts.ts
/** What every face shows of the backup and the deployment. Unknown values are left out. */
function factsOf(report) {
	const { backup, deployment, rehearsal, postgis, partners, sync, restore } = report;
	return [
		...backup ? backupFacts(backup) : [],
		fact("Scenario", rehearsal && scenarioOf(rehearsal)),
		...restore ? restoreFacts(restore) : [],
		...sync ? syncFacts(sync) : [],
		fact("Policy", deployment.policy),
		fact("PostgreSQL", deployment.postgresql),
		fact("PostGIS", postgis),
		fact("Partners", partners === void 0 ? void 0 : formatCount(partners))
	].filter((one) => one !== void 0);
}
const PLACE = {
	host: "the deployment's host",
	fresh: "a fresh server on that host",
	runner: "a fresh server at the runner"
};
function scenarioOf({ scenario, source, where, remote }) {
	return `${scenario}: ${source === "local" ? "local copy" : `off-site copy${remote ? ` on ${remote}` : ""}`}, restored on ${PLACE[where]}`;
}
function backupFacts(backup) {
	return [
		verbatim("Backup", backup.name),
		fact("Taken", formatMoment(backup.takenAt)),
		fact("Size", formatBytes(backup.bytes)),
		verbatim("SHA-256", backup.sha256),
		fact("Manifest", backup.manifest ? "yes" : "no: the content cannot be proven")
	];
}
function restoreFacts({ strategy, kept, safetyBackup }) {
	return [
		fact("Strategy", strategy),
		fact("Kept", kept && `${kept.name} until ${kept.until.slice(0, 10)}`),
		verbatim("Safety backup", safetyBackup)
	];
}
function syncFacts(sync) {
	const { remote, tool, from, mode, copied, bytes, deleted, verified } = sync;
	return [
		verbatim("Remote", remote),
		fact("Copied", `${counted(copied, "backup")}, ${formatBytes(bytes)}`),
		fact("Deleted", deleted === 0 ? void 0 : counted(deleted, "file")),
		fact("Proof", verified ?? "none"),
		fact("By", `${tool} on the ${from}, mode ${mode}`)
	];
}
function fact(label, value) {
	return value === void 0 ? void 0 : {
		label,
		value
	};
}
function verbatim(label, value) {
	return value === void 0 ? void 0 : {
		label,
		value,
		verbatim: true
	};
}
export { bar as n, chronological as r, factsOf as t };
