import { n as formatCount, t as counted } from "./count.js";
import { t as formatDuration } from "./duration.js";
import { t as formatBytes } from "./bytes.js";
import { a as troubles, c as SIGNS, d as prose, f as table, i as sentences, l as code, n as headline, o as compareTables, s as differentOnes, u as page } from "./verdict.js";
import { t as printable } from "./printable.js";
import { d as optional, f as readonly, l as number, p as string, u as object } from "./mini.js";
import { t as reportSchema } from "./report.js";
// src/report/moment.ts
/** Given a moment in ISO 8601, UTC, return it as people read it: `2026-01-15 02:00:00 UTC`. */
function formatMoment(iso) {
	return iso.replace("T", " ").replace(/(\.\d+)?Z$/, " UTC");
}
// src/report/facts.ts
/** Given a report, return what every face shows of its backup and its deployment; what is not known is left out. */
function factsOf({ backup, deployment, postgis, partners }) {
	return [
		...backup ? backupFacts(backup) : [],
		fact("Policy", deployment.policy),
		fact("PostgreSQL", deployment.postgresql),
		fact("PostGIS", postgis),
		fact("Partners", partners === void 0 ? void 0 : formatCount(partners))
	].filter((one) => one !== void 0);
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
// src/report/time-axis.ts
/** Steps of a time axis that people read at a glance, in seconds. */
const STEPS = [...[
	.01,
	.02,
	.05,
	.1,
	.2,
	.5,
	1,
	2,
	5,
	10,
	15,
	30,
	60,
	120,
	300,
	600,
	900,
	1800
], ...[
	3600,
	7200,
	10800,
	21600,
	43200,
	86400
]];
const DAY = 86400;
/** Given seconds that an axis spans and how many ticks it has room for, return the step between them, in seconds. */
function stepOf(seconds, mostTicks) {
	return STEPS.find((one) => seconds / one <= mostTicks) ?? Math.ceil(seconds / mostTicks / DAY) * DAY;
}
/** Given seconds that an axis spans and how many ticks it has room for, return where they stand, the start not among them. */
function ticksOf(seconds, mostTicks) {
	const step = stepOf(seconds, mostTicks);
	return Array.from({ length: Math.floor(seconds / step) }, (_, index) => (index + 1) * step);
}
// src/report/timeline.ts
/** Given the phases of a run, return them in the order in which they started. */
function chronological(phases) {
	return [...phases].sort((a, b) => a.startedAfter - b.startedAfter || b.seconds - a.seconds);
}
/** Given a phase, the seconds of the whole run and a width in characters, return a bar that shows when it ran. */
function bar(phase, total, width) {
	const scale = total > 0 ? width / total : 0;
	const start = Math.min(width - 1, Math.floor(phase.startedAfter * scale));
	const length = Math.min(width - start, Math.max(1, Math.round(phase.seconds * scale)));
	return "░".repeat(start) + "█".repeat(length) + "░".repeat(width - start - length);
}
// src/report/mermaid.ts
/** Diagrams that GitHub draws. Mermaid has no way to quote a text, so only what cannot be syntax gets into one. */
const LONGEST_LABEL = 80;
const MOST_TICKS = 8;
/** How an axis is written, by the size of its steps: the largest unit that they are made of. */
const SECONDS = {
	size: 1,
	unit: "second",
	format: "%H:%M:%S"
};
const AXES = [
	{
		size: 86400,
		unit: "day",
		format: "%d %b"
	},
	{
		size: 3600,
		unit: "hour",
		format: "%a %H:%M"
	},
	{
		size: 60,
		unit: "minute",
		format: "%H:%M"
	},
	SECONDS
];
/** What Mermaid's lexer takes for its own at the start of a line; a date, too. */
const KEYWORD = /^(?:$|\d|gantt|dateFormat|inclusiveEnd|topAxis|axisFormat|tickInterval|includes|excludes|todayMarker|week|title|acc|section|click|call|href|end)/i;
/** Beyond this multiple of what was measured, an objective would press everything else onto the axis. */
const OBJECTIVE_IN_SIGHT = 5;
/**
* Given a report, return its timeline as a gantt chart. The axis has the time of day where the reader is: Mermaid shows no
* other, and an axis that starts at zero would be wrong where the hour is shifted by 30 or 45 minutes.
*/
function gantt({ phases, startedAt, seconds }) {
	const start = Date.parse(startedAt);
	const at = (after) => start + Math.round(after * 1e3);
	const tasks = chronological(phases).map(({ name, startedAfter, seconds }) => `  ${label(name)} · ${formatDuration(seconds)} :${at(startedAfter)}, ${Math.max(at(startedAfter) + 1, at(startedAfter + seconds))}`);
	return fenced([
		"gantt",
		"  dateFormat x",
		...axis(seconds),
		"  todayMarker off",
		...tasks
	]);
}
/** Given a trend in seconds and what it shows, return it as a chart: bars for what was measured, a line for the objective. */
function trendChart(what, { points, objective }) {
	const shown = points.slice(-12);
	const longest = Math.max(...shown.map(({ value }) => value));
	const inSight = objective !== void 0 && objective <= longest * OBJECTIVE_IN_SIGHT;
	const top = Math.max(longest, inSight ? objective : 0);
	const [unit, scale] = unitOf(top);
	const scaled = (value) => Number((value / scale).toPrecision(4));
	return fenced([
		"xychart-beta",
		`  title "${what}${inSight ? " (bars) and its objective (line)" : ""}"`,
		`  x-axis [${shown.map((point) => `"${day(point, shown)}"`).join(", ")}]`,
		`  y-axis "${unit}" 0 --> ${scaled(top * 1.1)}`,
		`  bar [${shown.map(({ value }) => scaled(value)).join(", ")}]`,
		...inSight ? [`  line [${shown.map(() => scaled(objective)).join(", ")}]`] : []
	]);
}
function fenced(lines) {
	return [
		"```mermaid",
		...lines,
		"```"
	].join("\n");
}
/** Given any text, return it as one that Mermaid takes for text: letters, digits and harmless marks, and no keyword first. */
function label(text) {
	const plain = printable(text).replace(/[^\p{L}\p{M}\p{N} ._,/'()+-]+/gu, " ").replace(/ +/g, " ").trim();
	const cut = plain.length > LONGEST_LABEL ? `${plain.slice(0, 79)}…` : plain;
	return KEYWORD.test(cut) ? `· ${cut}` : cut;
}
function axis(seconds) {
	const step = Math.max(1, stepOf(seconds, MOST_TICKS));
	const { format, unit, size } = AXES.find(({ size }) => step >= size) ?? SECONDS;
	return [`  axisFormat ${format}`, `  tickInterval ${step / size}${unit}`];
}
function unitOf(seconds) {
	if (seconds < 120) return ["seconds", 1];
	if (seconds < 7200) return ["minutes", 60];
	return seconds < 172800 ? ["hours", 3600] : ["days", 86400];
}
/** The day of a run; with the time, where two runs are of one day. */
function day({ at }, all) {
	const date = at.slice(0, 10);
	return all.filter((one) => one.at.startsWith(date)).length === 1 ? date : `${date} ${at.slice(11, 19)}`;
}
// src/report/not-checked.ts
/** Given a report, return what it does not prove, each a sentence in which backticks mark names; a green report says so too. */
function notChecked({ checks, backup }) {
	return [...checks.filter(({ switchedOff }) => switchedOff).map(({ name, message }) => `${name}: ${message}`), ...backup && !backup.manifest ? ["The content of each table: this backup has no manifest, only row counts can be compared."] : []];
}
// src/report/past-result.ts
const { shape } = reportSchema.def.innerType;
/** What is remembered of an earlier report: enough for a trend, small enough to keep one for every run. */
const pastResultSchema = readonly(object({
	operation: shape.operation,
	verdict: shape.verdict,
	startedAt: shape.startedAt,
	host: string(),
	database: string(),
	rtoSeconds: shape.rtoSeconds,
	rtoObjectiveSeconds: shape.rtoObjectiveSeconds,
	rpoSeconds: shape.rpoSeconds,
	rpoObjectiveSeconds: shape.rpoObjectiveSeconds,
	bytes: optional(number()),
	rows: shape.rows
}));
/** Given a report, return what later ones remember of it. */
function pastResultOf(report) {
	const { operation, verdict, startedAt, deployment, backup, rows } = report;
	const { rtoSeconds, rtoObjectiveSeconds, rpoSeconds, rpoObjectiveSeconds } = report;
	return {
		operation,
		verdict,
		startedAt,
		rows,
		host: deployment.host,
		database: deployment.database,
		...rtoSeconds !== void 0 && {
			rtoSeconds,
			rtoObjectiveSeconds
		},
		...rpoSeconds !== void 0 && {
			rpoSeconds,
			rpoObjectiveSeconds
		},
		...backup && { bytes: backup.bytes }
	};
}
// src/report/trend.ts
/** Given a report and past results in any order, return the trends of its deployment, oldest first, itself included. */
function trendsOf(report, past) {
	const present = pastResultOf(report);
	const results = [...past.filter(({ host, database, startedAt }) => host === present.host && database === present.database && startedAt < present.startedAt), present].sort((a, b) => a.startedAt < b.startedAt ? -1 : 1);
	return {
		rto: trend$1(results, "rtoSeconds", "rtoObjectiveSeconds"),
		rpo: trend$1(results, "rpoSeconds", "rpoObjectiveSeconds"),
		size: trend$1(results, "bytes")
	};
}
/** Given a trend, return whether it shows more than the present. */
function isTrend({ points }) {
	return points.length > 1;
}
function trend$1(results, field, objectiveField) {
	const points = results.flatMap(({ startedAt: at, verdict, [field]: value }) => value === void 0 ? [] : [{
		at,
		value,
		verdict
	}]);
	const objective = objectiveField && results.findLast((one) => one[objectiveField] !== void 0)?.[objectiveField];
	return {
		points: points.slice(-40),
		...objective !== void 0 && { objective }
	};
}
// src/report/summary.ts
/** GitHub refuses a step's summary of more than 1 MiB; the list of tables, the one part that grows, gets half of it. */
const TABLES_BYTES = 524288;
const SWITCHED_OFF = "➖";
/** Given a report and past results for its trend, return its job summary as Markdown: the verdict, what to do, then the evidence. */
function renderSummary(report, past = []) {
	return page([
		`## ${SIGNS[report.verdict]} ${prose(headline(report))}`,
		prose(sentences(report).join("\n")),
		whatToDo(report),
		facts(report),
		checks(report.checks),
		timeline(report),
		trend(trendsOf(report, past)),
		tables(report),
		gaps(report)
	]);
}
function whatToDo(report) {
	const items = troubles(report.checks).map(({ name, status, message, next }) => `- ${SIGNS[status]} **${prose(name)}:** ${prose(message)}${next ? `<br>**Next:** ${prose(next)}` : ""}`);
	return items.length === 0 ? "" : `### What to do\n\n${items.join("\n")}`;
}
function facts(report) {
	const [first, ...rest] = factsOf(report).map(({ label, value, verbatim }) => [label, verbatim ? code(value) : prose(value)]);
	return first === void 0 ? "" : table(first, rest);
}
function checks(all) {
	const rank = {
		failed: 0,
		"not-run": 1,
		passed: 2
	};
	const rows = [...all].sort((a, b) => rank[a.status] - rank[b.status]).map(({ name, status, message, switchedOff }) => [
		switchedOff ? SWITCHED_OFF : SIGNS[status],
		prose(name),
		prose(message)
	]);
	return `### Checks\n\n${table([
		"",
		"Check",
		"Result"
	], rows)}`;
}
function timeline(report) {
	if (report.phases.length === 0) return "";
	return `### Timeline: ${formatDuration(report.seconds)}\n\n${gantt(report)}`;
}
function trend({ rto, rpo }) {
	const charts = [...isTrend(rto) ? [trendChart("Time to restore", rto)] : [], ...isTrend(rpo) ? [trendChart("Age of the backup", rpo)] : []];
	return charts.length === 0 ? "" : `### Trend\n\n${charts.join("\n\n")}`;
}
function tables({ tables: all }) {
	if (all.length === 0) return "";
	const compared = compareTables(all);
	const differing = differentOnes(compared).length;
	const rows = withinBytes(compared.map(tableRow), TABLES_BYTES);
	const left = all.length - rows.length;
	const title = `${counted(all.length, "table")}${differing > 0 ? `, ${formatCount(differing)} different` : ""}`;
	return [
		`<details${differing > 0 ? " open" : ""}><summary>${title}</summary>`,
		table([
			"Table",
			"Rows expected:",
			"Rows restored:",
			"Content"
		], rows),
		...left > 0 ? [`${counted(left, "more table")} in ${code("report.json")}: a summary has room for 1 MiB.`] : [],
		"</details>"
	].join("\n\n");
}
function tableRow({ schema, name, rows, hash, comparison }) {
	return [
		code(schema === "public" ? name : `${schema}.${name}`),
		formatCount(rows.expected),
		rows.restored === null ? "–" : formatCount(rows.restored),
		comparison === "different" ? `❌ ${code(hash.expected)} became ${hash.restored === null ? "nothing" : code(hash.restored)}` : comparison
	];
}
function withinBytes(rows, limit) {
	let used = 0;
	const end = rows.findIndex((cells) => {
		used += Buffer.byteLength(cells.join(" | ")) + 5;
		return used > limit;
	});
	return end === -1 ? rows : rows.slice(0, end);
}
function gaps(report) {
	const items = notChecked(report).map((item) => `- ${prose(item)}`);
	return items.length === 0 ? "" : `### Not checked\n\n${items.join("\n")}`;
}
export { pastResultSchema as a, chronological as c, formatMoment as d, pastResultOf as i, ticksOf as l, isTrend as n, notChecked as o, trendsOf as r, bar as s, renderSummary as t, factsOf as u };
