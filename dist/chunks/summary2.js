import { t as formatBytes } from "./bytes.js";
import { n as formatCount, t as counted } from "./count.js";
import { t as formatDuration } from "./duration.js";
import { n as printableLines, t as printable } from "./printable.js";
import { r as isProven } from "./content.js";
// src/report/markdown.ts
/** Markdown that shows exactly the text it was given, on GitHub: no markup, no HTML, no broken table. */
/** Given a name, return it as a code span. It may stand in a table's cell or in a line. */
function code(name) {
	const text = printable(name);
	if (text === "") return "``";
	const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = "`".repeat(longest + 1);
	const pad = /^[` ]|[` ]$/.test(text) ? " " : "";
	return `${fence}${pad}${text.replaceAll("|", "\\|")}${pad}${fence}`;
}
/** Given sentences in which `backticks` mark code, return them as Markdown; a line break stays one, in a table too. */
function prose(sentences) {
	return printableLines(sentences).map(proseLine).join("<br>");
}
/** Given the heads of the columns and rows of Markdown cells, return a table; a head that ends in `:` aligns right. */
function table(heads, rows) {
	const line = (cells) => `| ${cells.join(" | ")} |`;
	const rule = heads.map((head) => head.endsWith(":") ? "---:" : "---");
	return [
		line(heads.map((head) => head.replace(/:$/, ""))),
		line(rule),
		...rows.map(line)
	].join("\n");
}
function proseLine(line) {
	const parts = line.split("`");
	const unpaired = parts.length % 2 === 0 ? parts.pop() : void 0;
	return parts.map((part, index) => index % 2 === 1 ? code(part) : escaped(part)).join("") + (unpaired === void 0 ? "" : `\\\`${escaped(unpaired)}`);
}
function escaped(text) {
	return text.replace(/[\\*[\]~|$]/g, "\\$&").replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
// src/report/moment.ts
/** Given a moment in ISO 8601, UTC, return it as people read it: `2026-01-15 02:00:00 UTC`. */
function formatMoment(iso) {
	return iso.replace("T", " ").replace(/(\.\d+)?Z$/, " UTC");
}
// src/report/tables.ts
/**
* Given the tables of a report, return them with what their comparison came to: different ones first,
* then the largest. A table that is missing among restored ones is different; where none was
* restored, none is.
*/
function compareTables(tables) {
	const restored = tables.some(({ rows }) => rows.restored !== null);
	const comparisonOf = (table) => {
		if (!restored) return "recorded";
		return isProven(table) ? "equal" : "different";
	};
	const rank = ({ comparison }) => comparison === "different" ? 0 : 1;
	return tables.map((table) => ({
		...table,
		comparison: comparisonOf(table)
	})).sort((a, b) => rank(a) - rank(b) || b.rows.expected - a.rows.expected);
}
/** Given compared tables, return those that are different. */
function differentOnes(tables) {
	return tables.filter(({ comparison }) => comparison === "different");
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
// src/report/verdict.ts
/** Given a report, return its verdict as a headline. */
function headline({ operation, verdict, checks }) {
	if (verdict === "passed") return PASSED[operation];
	const names = troubles(checks).map(({ name }) => name);
	const list = names.length === 0 ? "" : `: ${names.slice(0, 4).join(", ")}${names.length > 4 ? ", …" : ""}`;
	return `${verdict === "failed" ? FAILED[operation] : NOT_PROVEN[operation]}${list}`;
}
const PASSED = {
	backup: "The backup is good",
	drill: "The backup can be restored",
	cycle: "A new backup was taken, and it can be restored",
	prune: "The backups are as the retention policy has them"
};
const FAILED = {
	backup: "The backup failed",
	drill: "The restore drill failed",
	cycle: "The backup or its restore drill failed",
	prune: "The retention failed"
};
const NOT_PROVEN = {
	backup: "The backup is not proven",
	drill: "The restore is not proven",
	cycle: "The backup is not proven",
	prune: "The retention was not applied"
};
/** Given a report, return what it comes to, each a sentence in which backticks mark names. */
function sentences(report) {
	return [
		subject(report),
		recoveryTime(report),
		recoveryPoint(report),
		extent(report),
		report.state && `Left behind: ${report.state}`
	].filter((sentence) => Boolean(sentence));
}
function subject({ backup, deployment }) {
	const database = `database \`${deployment.database}\` on \`${deployment.host}\`.`;
	return backup ? `Backup \`${backup.name}\` of ${database}` : capitalised(database);
}
function capitalised(sentence) {
	return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
/** Given a report, return its checks that are not passed nor switched off: failed ones first. */
function troubles(checks) {
	return [...checks.filter(({ status }) => status === "failed"), ...checks.filter(({ status, switchedOff }) => status === "not-run" && !switchedOff)];
}
function recoveryTime(report) {
	if (report.rtoSeconds === void 0) return void 0;
	return `${report.verdict === "passed" ? "Restored and proven" : "Restored and checked"} in ${against(report.rtoSeconds, report.rtoObjectiveSeconds)}.`;
}
function recoveryPoint({ rpoSeconds, rpoObjectiveSeconds }) {
	if (rpoSeconds === void 0) return void 0;
	return `A loss now would cost the work of ${against(rpoSeconds, rpoObjectiveSeconds)}.`;
}
function against(seconds, objective) {
	const measured = formatDuration(seconds);
	if (objective === void 0) return measured;
	return `${measured}, ${seconds <= objective ? "within" : "beyond"} the objective of ${formatDuration(objective)}`;
}
function extent({ tables, rows }) {
	if (tables.length === 0) return void 0;
	const all = `${counted(tables.length, "table")} with ${counted(rows, "row")}`;
	const compared = compareTables(tables);
	const different = differentOnes(compared).length;
	if (different > 0) return `Of ${all}, ${counted(different, "table")} came back different.`;
	return compared.every(({ comparison }) => comparison === "recorded") ? `${all} recorded in the manifest.` : `${all} came back equal.`;
}
// src/report/summary.ts
/** GitHub refuses a step's summary of more than 1 MiB; the list of tables, the one part that grows, gets half of it. */
const TABLES_BYTES = 524288;
const BAR_WIDTH = 24;
const SIGNS = {
	passed: "✅",
	failed: "❌",
	"not-run": "⚠️"
};
const SWITCHED_OFF = "➖";
/** Given a report, return its job summary as Markdown: the verdict, what to do, then the evidence. */
function renderSummary(report) {
	return page([
		`## ${SIGNS[report.verdict]} ${prose(headline(report))}`,
		prose(sentences(report).join("\n")),
		whatToDo(report),
		facts(report),
		checks(report.checks),
		timeline(report),
		tables(report),
		notChecked(report)
	]);
}
/** Given why a run ended before there could be a report, return its job summary as Markdown. */
function renderFailure({ what, why, state, next }) {
	const [title = "", ...rest] = what.split("\n");
	return page([
		`## ${SIGNS.failed} ${prose(title)}`,
		prose(rest.join("\n")),
		why && `**Why:** ${prose(why)}`,
		state && `**State:** ${prose(state)}`,
		next && `**Next:** ${prose(next)}`
	]);
}
function page(sections) {
	return `${sections.filter(Boolean).join("\n\n")}\n`;
}
function whatToDo(report) {
	const items = troubles(report.checks).map(({ name, status, message, next }) => `- ${SIGNS[status]} **${prose(name)}:** ${prose(message)}${next ? `<br>**Next:** ${prose(next)}` : ""}`);
	return items.length === 0 ? "" : `### What to do\n\n${items.join("\n")}`;
}
function facts({ backup, deployment, postgis, partners }) {
	if (!backup) return "";
	const rows = [
		["Taken", prose(formatMoment(backup.takenAt))],
		["Size", formatBytes(backup.bytes)],
		backup.sha256 === void 0 ? void 0 : ["SHA-256", code(backup.sha256)],
		["Manifest", backup.manifest ? "yes" : "no: the content cannot be proven"],
		["Policy", prose(deployment.policy)],
		deployment.postgresql === void 0 ? void 0 : ["PostgreSQL", prose(deployment.postgresql)],
		postgis === void 0 ? void 0 : [code("PostGIS_Version()"), code(postgis)],
		partners === void 0 ? void 0 : [`Rows of ${code("res_partner")}`, formatCount(partners)]
	];
	return table(["Backup", code(backup.name)], rows.filter((row) => row !== void 0));
}
function checks(all) {
	const rank = {
		failed: 0,
		"not-run": 1,
		passed: 2
	};
	return `### Checks\n\n${table([
		"",
		"Check",
		"Result"
	], [...all].sort((a, b) => rank[a.status] - rank[b.status]).map(({ name, status, message, switchedOff }) => [
		switchedOff ? SWITCHED_OFF : SIGNS[status],
		prose(name),
		prose(message)
	]))}`;
}
function timeline({ phases, seconds }) {
	const rows = chronological(phases).map((phase) => [
		prose(phase.name),
		formatDuration(phase.seconds),
		code(bar(phase, seconds, BAR_WIDTH))
	]);
	if (rows.length === 0) return "";
	return `### Timeline: ${formatDuration(seconds)}\n\n${table([
		"Phase",
		"Took:",
		"When"
	], rows)}`;
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
function notChecked({ checks: all, backup }) {
	const items = [...all.filter(({ switchedOff }) => switchedOff).map(({ name }) => `${prose(name)}: switched off in ${code("skip-checks")}`), ...backup?.manifest ?? true ? [] : ["the content of each table: this backup has no manifest, only row counts can be compared"]];
	return items.length === 0 ? "" : `### Not checked\n\n${items.map((item) => `- ${item}`).join("\n")}`;
}
export { troubles as a, compareTables as c, sentences as i, differentOnes as l, renderSummary as n, bar as o, headline as r, chronological as s, renderFailure as t, formatMoment as u };
