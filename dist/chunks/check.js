// src/report/check.ts
/** What the monitor looks at, in the order of its report. */
const MONITOR_CHECKS = [
	"backup-service",
	"schedule",
	"backup-log",
	"backup-age",
	"backup-size",
	"backup-files",
	"manifests",
	"copies",
	"off-site",
	"drill",
	"disk-space",
	"inodes",
	"disk-forecast",
	"database",
	"connections",
	"sessions",
	"leftovers",
	"clock"
];
const CHECK_NAMES = [
	"archive",
	"restore",
	"structure",
	"content",
	"row-counts",
	"sequences",
	"large-objects",
	"partners",
	"postgis",
	"extensions",
	"geometry",
	"control",
	"rpo",
	"rto",
	"dump",
	"manifest",
	"attachments",
	"filestore",
	"cleanup",
	"retention",
	"preconditions",
	"swap",
	"properties",
	"healthy",
	"neutralized",
	"offsite-copy",
	"offsite-proof",
	"offsite-retention",
	...MONITOR_CHECKS
];
function passed(name, message) {
	return {
		name,
		status: "passed",
		message
	};
}
/** Passed for now, but somebody should act. */
function warned(name, message, next) {
	return {
		...passed(name, message),
		...next && { next },
		warning: true
	};
}
function failed(name, message, next) {
	return {
		name,
		status: "failed",
		message,
		...next && { next }
	};
}
function notRun(name, message, next) {
	return {
		name,
		status: "not-run",
		message,
		...next && { next }
	};
}
/** The user named the check in `skip-checks`. */
function switchedOff(name) {
	return {
		...notRun(name, "Switched off by name in `skip-checks`."),
		switchedOff: true
	};
}
function withSwitchedOff(checks, names) {
	return checks.map((check) => names.includes(check.name) ? switchedOff(check.name) : check);
}
/** A check that did not run makes the verdict `not-run`, unless the user switched it off by name. */
function verdictOf(checks) {
	if (checks.some((check) => check.status === "failed")) return "failed";
	const proven = checks.filter((check) => check.status === "passed");
	return checks.some((check) => check.status === "not-run" && !check.switchedOff) || proven.length === 0 ? "not-run" : "passed";
}
export { passed as a, warned as c, notRun as i, withSwitchedOff as l, MONITOR_CHECKS as n, switchedOff as o, failed as r, verdictOf as s, CHECK_NAMES as t };
