import { n as formatCount, t as counted } from "./count.js";
import { t as formatDuration } from "./duration.js";
import { n as differentTables, t as compareTables } from "./compared-tables.js";
import { a as table, i as prose, n as code, r as page, t as SIGNS } from "./markdown.js";
import { t as printable } from "./printable.js";
import { a as stepOf, i as notChecked, n as trendsOf, t as isTrend } from "./trend.js";
import { r as chronological, t as factsOf } from "./report-facts.js";
import { a as sentences, i as problems, n as headline, o as signOf } from "./verdict.js";
// src/report/mermaid.ts
/** Diagrams that GitHub draws. Mermaid cannot quote a text, so texts are reduced to what cannot be syntax. */
const LONGEST_LABEL = 80;
const MOST_TICKS = 8;
/** How an axis is labelled, by the size of its steps: the largest unit that divides them. */
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
/** What Mermaid's lexer takes for a keyword at the start of a line; a date, too. */
const KEYWORD = /^(?:$|\d|gantt|dateFormat|inclusiveEnd|topAxis|axisFormat|tickInterval|includes|excludes|todayMarker|week|title|acc|section|click|call|href|end)/i;
/**
* Mermaid's own colours are too pale for bars, its height is that of a slide, and its labels are too wide
* for 12 dates.
*/
const XYCHART = "%%{init: {\"xyChart\": {\"width\": 900, \"height\": 260, \"xAxis\": {\"labelFontSize\": 12}}, \"themeVariables\": {\"xyChart\": {\"plotColorPalette\": \"#4f81bd, #c0504d\"}}}}%%";
/** An objective beyond this multiple of the measured values would press everything else onto the axis. */
const OBJECTIVE_IN_SIGHT = 5;
/**
* The timeline as a gantt chart. Its axis shows the time of day where the reader is: Mermaid offers no
* other. An axis that starts at zero would be wrong in time zones that are shifted by 30 or 45 minutes.
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
/**
* Bars for the measured values, a line for the objective. `unitOf` is asked for the unit of the largest
* value.
*/
function trendChart(what, { points, objective }, unitOf) {
	const shown = points.slice(-12);
	const largest = Math.max(...shown.map(({ value }) => value));
	const inSight = objective !== void 0 && objective <= largest * OBJECTIVE_IN_SIGHT;
	const top = Math.max(largest, inSight ? objective : 0);
	const [unit, scale] = unitOf(top);
	const scaled = (value) => Number((value / scale).toPrecision(4));
	return fenced([
		XYCHART,
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
/**
* Letters, digits and harmless marks only, without a keyword at the start, so that Mermaid takes it for
* text.
*/
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
/** A unit that suits a time of this many seconds. */
function timeUnit(seconds) {
	if (seconds < 120) return ["seconds", 1];
	if (seconds < 7200) return ["minutes", 60];
	return seconds < 172800 ? ["hours", 3600] : ["days", 86400];
}
/** A decimal unit that suits a size of this many bytes. */
function sizeUnit(bytes) {
	if (bytes < 1e6) return ["kB", 1e3];
	return bytes < 1e9 ? ["MB", 1e6] : ["GB", 1e9];
}
/**
* The day of a run. When two runs are of one day, the time replaces the year. No two labels may be equal:
* their bars would overlap.
*/
function day({ at }, all) {
	const alone = (from, to) => all.filter((one) => one.at.slice(from, to) === at.slice(from, to)).length === 1;
	const [month, date, minute, second] = [
		5,
		10,
		16,
		19
	];
	if (alone(0, date)) return at.slice(0, date);
	return at.slice(month, alone(month, minute) ? minute : second).replace("T", " ");
}
// src/report/summary.ts
/**
* GitHub refuses a step's summary of more than 1 MiB. Only the list of tables grows, so it gets half of
* that.
*/
const TABLES_BYTES = 524288;
const SWITCHED_OFF = "➖";
/** The job summary as Markdown: the verdict, what to do, then the evidence. `past` is for the trend. */
function renderSummary(report, past = []) {
	return page([
		`## ${SIGNS[report.verdict]} ${prose(headline(report))}`,
		prose(sentences(report).join("\n")),
		whatToDo(report),
		gaps(report),
		timeline(report),
		renderTrend(report, past),
		checks(report.checks),
		tables(report),
		facts(report)
	]);
}
/** As Markdown; empty when there is no trend yet. */
function renderTrend(report, past) {
	const { rto, rpo, size } = trendsOf(report, past);
	const charts = [
		...isTrend(rto) ? [trendChart("Time to restore", rto, timeUnit)] : [],
		...isTrend(rpo) ? [trendChart("Age of the backup", rpo, timeUnit)] : [],
		...isTrend(size) && report.operation === "backup" ? [trendChart("Size of the dump", size, sizeUnit)] : []
	];
	return charts.length === 0 ? "" : `### Trend\n\n${charts.join("\n\n")}`;
}
function whatToDo(report) {
	const items = problems(report.checks).map((check) => `- ${SIGNS[signOf(check)]} **${prose(check.name)}:** ${prose(check.message)}${check.next ? `<br>**Next:** ${prose(check.next)}` : ""}`);
	return items.length === 0 ? "" : `### What to do\n\n${items.join("\n")}`;
}
function facts(report) {
	const [first, ...rest] = factsOf(report).map(({ label, value, verbatim }) => [label, verbatim ? code(value) : prose(value)]);
	return first === void 0 ? "" : folded(report.backup ? "The backup" : "The deployment", table(first, rest));
}
function checks(all) {
	const rank = {
		failed: 0,
		"not-run": 1,
		passed: 2
	};
	const rows = [...all].sort((a, b) => rank[signOf(a)] - rank[signOf(b)]).map((check) => [
		check.switchedOff ? SWITCHED_OFF : SIGNS[signOf(check)],
		prose(check.name),
		prose(check.message)
	]);
	const passed = all.filter(({ status }) => status === "passed").length;
	return folded(`${passed === all.length ? "" : `${passed} of `}${counted(all.length, "check")} passed`, table([
		"",
		"Check",
		"Result"
	], rows));
}
function timeline(report) {
	if (report.phases.length === 0) return "";
	return `### Timeline: ${formatDuration(report.seconds)}\n\n${gantt(report)}`;
}
function tables({ tables: all }) {
	if (all.length === 0) return "";
	const compared = compareTables(all);
	const differing = differentTables(compared).length;
	const rows = withinBytes(compared.map(tableRow), TABLES_BYTES);
	const left = all.length - rows.length;
	return folded(`${counted(all.length, "table")}${differing > 0 ? `, ${formatCount(differing)} different` : ""}`, [table([
		"Table",
		"Rows expected:",
		"Rows restored:",
		"Content"
	], rows), ...left > 0 ? [`${counted(left, "more table")} in ${code("report.json")}: a summary has room for 1 MiB.`] : []].join("\n\n"), differing > 0);
}
function tableRow({ schema, name, rows, hash, comparison }) {
	return [
		code(schema === "public" ? name : `${schema}.${name}`),
		formatCount(rows.expected),
		rows.restored === null ? "–" : formatCount(rows.restored),
		comparison === "different" ? `❌ ${code(hash.expected)} became ${hash.restored === null ? "nothing" : code(hash.restored)}` : comparison
	];
}
function folded(title, content, open = false) {
	return [
		`<details${open ? " open" : ""}><summary>${title}</summary>`,
		content,
		"</details>"
	].join("\n\n");
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
export { renderTrend as n, renderSummary as t };
