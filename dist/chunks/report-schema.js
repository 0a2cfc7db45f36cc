import { _ as _nonnegative, a as describe, c as literal, d as object, f as optional, g as union, h as templateLiteral, i as boolean, l as nullable, m as string, n as _enum, p as readonly, r as array, s as int, t as datetime, u as number } from "./mini.js";
import { t as CHECK_NAMES } from "./check.js";
import { n as SCENARIOS, r as SOURCES, t as PLACES } from "./scenario.js";
// src/report/report-schema.ts
/**
* The one result of an operation, which every renderer reads. This is its only definition. The types are
* inferred from it, and `npm run generate` writes the published `schema/report.schema.json`. Fields may be
* added, never renamed.
*/
const count = int().check(_nonnegative());
const seconds = number();
const moment = datetime().check(describe("ISO 8601, UTC."));
const verdict = _enum([
	"passed",
	"failed",
	"not-run"
]);
const check = readonly(object({
	name: union([_enum(CHECK_NAMES), templateLiteral(["sql: ", string()])]),
	status: verdict,
	message: string().check(describe("A sentence that a tired person understands.")),
	next: optional(string().check(describe("What to do, when it did not pass."))),
	switchedOff: optional(literal(true).check(describe("The user switched it off by name: it fails nothing, and is not green."))),
	warning: optional(literal(true).check(describe("It passed, but will soon fail: act on it.")))
}));
const deployment = readonly(object({
	host: string(),
	project: string(),
	database: string(),
	policy: string(),
	postgresql: optional(string())
}));
const backup = readonly(object({
	name: string(),
	takenAt: moment,
	bytes: count,
	sha256: optional(string()),
	manifest: boolean()
}));
const phase = readonly(object({
	name: string(),
	startedAfter: seconds.check(describe("Seconds since the run started.")),
	seconds
}));
const table = readonly(object({
	schema: string(),
	name: string(),
	rows: readonly(object({
		expected: count,
		restored: nullable(count)
	})),
	hash: readonly(object({
		expected: string(),
		restored: nullable(string())
	}))
}));
const sync = readonly(object({
	remote: string(),
	tool: _enum(["rclone", "rsync"]),
	from: _enum(["host", "runner"]),
	mode: _enum(["copy", "sync"]),
	copied: count.check(describe("Backups that this run has copied.")),
	bytes: count.check(describe("The bytes of their files.")),
	deleted: count.check(describe("Files that this run has deleted on the remote.")),
	backups: count.check(describe("Backups that are on the remote now.")),
	newest: optional(string().check(describe("The newest backup on the remote."))),
	verified: optional(_enum([
		"size",
		"hash",
		"download"
	]).check(describe("The proof of the copy that ran and held; absent when none did.")))
}));
const rehearsal = readonly(object({
	scenario: _enum(SCENARIOS).check(describe("One of the guide's scenarios, whose objective applies.")),
	source: _enum(SOURCES).check(describe("Which copy of the backup was restored.")),
	where: _enum(PLACES).check(describe("Where it was restored.")),
	remote: optional(string().check(describe("Where the off-site copy was fetched from.")))
}));
const retentionDecision = readonly(object({
	backup: string().check(describe("Its folder and the dump's name: `weekly/openspp_20260118_020000.dump`.")),
	reason: string()
}));
const retentionDecisions = readonly(array(retentionDecision));
const retention = readonly(object({
	dryRun: boolean().check(describe("Whether it was only planned.")),
	promoted: retentionDecisions,
	removed: retentionDecisions,
	kept: retentionDecisions
}));
const restore = readonly(object({
	strategy: _enum([
		"swap",
		"replace",
		"copy",
		"undo"
	]),
	downtimeSeconds: optional(seconds.check(describe("From the moment the services were stopped until they were healthy again; absent when they were not stopped."))),
	kept: optional(readonly(object({
		name: string(),
		until: moment
	})).check(describe("A database, or a filestore, kept for a while: what was production, or a copy."))),
	plan: optional(string().check(describe("Of a dry run, every command; nothing was changed."))),
	safetyBackup: optional(string().check(describe("The backup that was taken before production was dropped.")))
}));
const seen = readonly(object({
	verdict,
	endedAt: moment,
	backup: optional(string().check(describe("The backup's name."))),
	takenAt: optional(moment),
	rtoSeconds: optional(seconds)
}));
const reportSchema = readonly(object({
	schemaVersion: literal(1),
	operation: _enum([
		"backup",
		"drill",
		"cycle",
		"restore",
		"prune",
		"sync",
		"monitor"
	]).check(describe("What the report is about.")),
	verdict,
	startedAt: moment,
	seconds,
	deployment,
	backup: optional(backup.check(describe("The backup that was taken, copied, drilled or restored; absent where it is about none."))),
	rehearsal: optional(rehearsal.check(describe("What a drill rehearsed; absent where nothing was drilled."))),
	checks: readonly(array(check)),
	phases: readonly(array(phase)),
	tables: readonly(array(table).check(describe("Every table with what the manifest expects and what was restored; empty for a backup without a manifest."))),
	rows: count,
	rtoSeconds: optional(seconds.check(describe("From the start of the restore to a proven database; absent when nothing was restored."))),
	rtoObjectiveSeconds: optional(seconds),
	rpoSeconds: optional(seconds.check(describe("Between the backup's snapshot and the start of the run: what a loss now would cost."))),
	rpoObjectiveSeconds: optional(seconds),
	postgis: optional(string().check(describe("`PostGIS_Version()` of the restored database, as the guide asks."))),
	partners: optional(count.check(describe("`SELECT COUNT(*) FROM res_partner` of the restored database, as the guide asks."))),
	retention: optional(retention.check(describe("What the retention keeps, made and removed."))),
	restore: optional(restore.check(describe("What a restore did."))),
	sync: optional(sync.check(describe("The result of copying the backups off-site; absent when nobody asked for it."))),
	recovery: optional(string().check(describe("RECOVERY.md: the same restore of this very deployment, by hand."))),
	lastDrill: optional(seen.check(describe("What the monitor knows of the last restore drill."))),
	lastSync: optional(seen.check(describe("What the monitor knows of the copies off-site: what it saw on the remote, or what the last copy left."))),
	state: optional(string().check(describe("What was left behind, when it is not nothing.")))
}));
export { reportSchema as t };
