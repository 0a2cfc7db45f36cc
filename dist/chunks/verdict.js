import { n as printableLines, t as printable } from "./printable.js";
import { t as counted } from "./count.js";
import { t as formatDuration } from "./duration.js";
import { r as isProven } from "./content.js";
// src/report/markdown.ts
/** Markdown that shows exactly the text it was given, on GitHub: no markup, no HTML, no broken table. */
const SIGNS = {
	passed: "✅",
	failed: "❌",
	"not-run": "⚠️"
};
/** Given sections of Markdown, return them as one page; empty ones are left out. */
function page(sections) {
	return `${sections.filter(Boolean).join("\n\n")}\n`;
}
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
// src/report/verdict.ts
/** Given a report, return its verdict as a headline. */
function headline({ operation, verdict, checks }) {
	if (verdict === "passed") return PASSED[operation];
	const names = troubles(checks).map(({ name }) => name);
	const list = names.length === 0 ? "" : `: ${names.slice(0, 4).join(", ")}${names.length > 4 ? ", …" : ""}`;
	return `${verdict === "failed" ? FAILED[operation] : NOT_PROVEN[operation]}${list}`;
}
/** What each operation is called. */
const TITLES = {
	backup: "Backup",
	drill: "Restore drill",
	cycle: "Backup and restore drill",
	prune: "Retention"
};
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
		...measures(report),
		leftBehind(report)
	].filter((sentence) => sentence !== void 0);
}
/** Given a report, return those of its sentences that a face which draws its numbers need not say again. */
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
export { troubles as a, SIGNS as c, prose as d, table as f, sentences as i, code as l, headline as n, compareTables as o, measures as r, differentOnes as s, TITLES as t, page as u };
