import { t as counted } from "./count.js";
import { t as formatDuration } from "./duration.js";
import { n as printableLines, t as printable } from "./printable.js";
import { n as differentOnes, t as compareTables } from "./compared-tables.js";
import { n as chronological, r as factsOf, t as bar } from "./timeline.js";
import { a as signOf, i as sentences, n as headline, o as troubles } from "./verdict.js";
import { styleText } from "node:util";
// src/report/terminal.ts
const SIGNS = {
	passed: "✔",
	failed: "✘",
	"not-run": "!"
};
const COLOURS = {
	passed: "green",
	failed: "red",
	"not-run": "yellow"
};
const BAR_WIDTH = 24;
const MOST_TABLES = 20;
/** Given a report and whether the terminal shows colours, return it as text for a person: the verdict first. */
function renderTerminal(report, colour) {
	const paint = (status, text) => colour ? styleText(COLOURS[status], text, { validateStream: false }) : text;
	const mark = (status) => paint(status, SIGNS[status]);
	return `${[
		[paint(report.verdict, `${SIGNS[report.verdict]} ${printable(headline(report))}`), ...sentences(report).map((sentence) => `  ${indented(sentence)}`)],
		troubles(report.checks).flatMap((check) => [`${mark(signOf(check))} ${printable(check.name)}: ${indented(check.message)}`, ...check.next ? [`  Next: ${indented(check.next)}`] : []]),
		differing(report),
		report.checks.filter(({ status, switchedOff, warning }) => status === "passed" && !warning || switchedOff).map(({ name, status, message, switchedOff }) => `${switchedOff ? "-" : mark(status)} ${printable(name)}: ${indented(message)}`),
		facts(report),
		timeline(report)
	].filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
function differing({ tables }) {
	const lines = differentOnes(compareTables(tables)).map(({ schema, name, rows }) => {
		const restored = rows.restored === null ? "no table" : counted(rows.restored, "row");
		return `  ${printable(schema)}.${printable(name)}: expected ${counted(rows.expected, "row")}, restored ${restored}`;
	});
	const left = lines.length - MOST_TABLES;
	return left > 0 ? [...lines.slice(0, MOST_TABLES), `  and ${counted(left, "table")} more`] : lines;
}
function facts(report) {
	return factsOf(report).map(({ label, value }) => `${label.padEnd(14)}${printable(value)}`);
}
function timeline({ phases, seconds }) {
	const ordered = chronological(phases);
	const width = Math.max(0, ...ordered.map(({ name }) => printable(name).length));
	return ordered.map((phase) => `${printable(phase.name).padEnd(width)}  ${bar(phase, seconds, BAR_WIDTH)}  ${formatDuration(phase.seconds)}`);
}
function indented(text) {
	return printableLines(text).join("\n  ");
}
// src/cli/printed.ts
/** Given a report and whether a machine reads it, return what is printed of it, and the exit code of its verdict. */
function printed(report, asJson) {
	const colour = process.stdout.isTTY && process.stdout.hasColors();
	return {
		text: asJson ? json(report) : renderTerminal(report, colour),
		code: report.verdict === "passed" ? 0 : 1,
		report
	};
}
/** Given anything, return it as a machine reads it. */
function json(value) {
	return `${JSON.stringify(value, null, 2)}\n`;
}
export { printed as n, json as t };
