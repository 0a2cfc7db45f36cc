import { t as counted } from "./count.js";
import { t as formatDuration } from "./duration.js";
import { n as differentTables, t as compareTables } from "./compared-tables.js";
// src/report/verdict.ts
function headline({ operation, verdict, checks, restore }) {
	if (verdict === "passed" && restore?.plan !== void 0) return PLANNED;
	const warnings = checks.filter(({ warning }) => warning);
	if (verdict === "passed") {
		const see = warnings.length > 0 ? `, with ${counted(warnings.length, "warning")}` : "";
		return `${PASSED[operation]}${see}`;
	}
	const names = problems(checks).filter(({ warning }) => !warning).map(({ name }) => name);
	const list = names.length === 0 ? "" : `: ${names.slice(0, 4).join(", ")}${names.length > 4 ? ", …" : ""}`;
	return `${verdict === "failed" ? FAILED[operation] : NOT_PROVEN[operation]}${list}`;
}
/** Each operation's name. */
const TITLES = {
	backup: "Backup",
	drill: "Restore drill",
	cycle: "Backup and restore drill",
	prune: "Retention",
	restore: "Restore",
	sync: "Off-site copy",
	monitor: "Monitor"
};
const PASSED = {
	backup: "The backup is good",
	drill: "The backup can be restored",
	cycle: "A new backup was taken, and it can be restored",
	prune: "The backups match the retention policy",
	restore: "The restore is done",
	sync: "The backups are off-site",
	monitor: "All is well with the backups"
};
const PLANNED = "The restore could be done; nothing was changed";
const FAILED = {
	backup: "The backup failed",
	drill: "The restore drill failed",
	cycle: "The backup or its restore drill failed",
	prune: "The retention failed",
	restore: "The restore failed",
	sync: "The backups are not safe off-site",
	monitor: "Something is wrong with the backups"
};
const NOT_PROVEN = {
	backup: "The backup is not proven",
	drill: "The restore is not proven",
	cycle: "The backup is not proven",
	prune: "The retention was not applied",
	restore: "The restore is incomplete",
	sync: "The off-site copy is not proven",
	monitor: "Not everything could be looked at"
};
/** The report in short. Backticks mark names. */
function sentences(report) {
	return [
		subject(report),
		offsite(report),
		...measures(report),
		downtime(report),
		leftBehind(report)
	].filter((sentence) => sentence !== void 0);
}
/** Those of the sentences that a face may leave out if it draws the report's numbers. */
function measures(report) {
	return [
		recoveryTime(report),
		recoveryPoint(report),
		extent(report)
	].filter((sentence) => sentence !== void 0);
}
function leftBehind({ state }) {
	return state && `Left behind: ${state}`;
}
function subject({ backup, deployment }) {
	const database = `database \`${deployment.database}\` on \`${deployment.host}\`.`;
	return backup ? `Backup \`${backup.name}\` of ${database}` : capitalised(database);
}
function capitalised(sentence) {
	return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
/** Checks that neither passed nor were switched off, and those with a warning. Failed ones come first. */
function problems(checks) {
	return [
		...checks.filter(({ status }) => status === "failed"),
		...checks.filter(({ status, switchedOff }) => status === "not-run" && !switchedOff),
		...checks.filter(({ warning }) => warning)
	];
}
/** The status whose sign the check gets: a warning is neither green nor red. */
function signOf({ status, warning }) {
	return warning ? "not-run" : status;
}
function recoveryTime(report) {
	if (report.rtoSeconds === void 0) return void 0;
	return `${report.verdict === "passed" ? "Restored and proven" : "Restored and checked"} in ${against(report.rtoSeconds, report.rtoObjectiveSeconds)}.`;
}
function recoveryPoint({ operation, rpoSeconds, rpoObjectiveSeconds }) {
	if (rpoSeconds === void 0) return void 0;
	if (operation === "restore") return `It holds the work up to ${formatDuration(rpoSeconds)} ago.`;
	return `A loss now would cost the work of ${against(rpoSeconds, rpoObjectiveSeconds)}.`;
}
function downtime({ restore }) {
	if (restore === void 0) return void 0;
	const { downtimeSeconds, kept } = restore;
	const down = downtimeSeconds === void 0 ? "Production was not stopped." : `The services were down for ${formatDuration(downtimeSeconds)}.`;
	return kept ? `${down} \`${kept.name}\` is kept until ${kept.until.slice(0, 10)}.` : down;
}
function against(seconds, objective) {
	const measured = formatDuration(seconds);
	if (objective === void 0) return measured;
	return `${measured}, ${seconds <= objective ? "within" : "beyond"} the objective of ${formatDuration(objective)}`;
}
function offsite({ sync }) {
	if (!sync) return void 0;
	return `${`${counted(sync.backups, "backup")} ${sync.backups === 1 ? "is" : "are"} on \`${sync.remote}\``}${sync.newest ? `, the newest \`${sync.newest}\`` : ""}.`;
}
function extent({ tables, rows }) {
	if (tables.length === 0) return void 0;
	const all = `${counted(tables.length, "table")} with ${counted(rows, "row")}`;
	const compared = compareTables(tables);
	const different = differentTables(compared).length;
	if (different > 0) return `Of ${all}, ${counted(different, "table")} came back different.`;
	return compared.every(({ comparison }) => comparison === "recorded") ? `${all} recorded in the manifest.` : `${all} came back equal.`;
}
export { sentences as a, problems as i, headline as n, signOf as o, measures as r, TITLES as t };
