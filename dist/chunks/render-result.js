import { a as systemClock } from "./verbs.js";
import { t as counted } from "./count.js";
import { t as formatDuration } from "./duration.js";
import { n as printableLines, t as printable } from "./printable.js";
import { n as differentTables, t as compareTables } from "./compared-tables.js";
import { n as bar, r as chronological, t as factsOf } from "./report-facts.js";
import { a as sentences, i as problems, n as headline, o as signOf } from "./verdict.js";
import { t as formatBytes } from "./bytes.js";
import { styleText } from "node:util";
// src/cli/render-listing.ts
const BACKUPS = [
	"BACKUP",
	"FOLDER",
	"TAKEN (UTC)",
	"AGE",
	"SIZE",
	"FILESTORE",
	"MANIFEST"
];
const KEPT = [
	"KEPT BY A RESTORE",
	"WHAT",
	"UNTIL",
	"SIZE"
];
/** Tables for a terminal. */
function renderListing({ backups, kept }, now) {
	return renderBackups(backups, now) + (kept?.length ? `\n${renderKept(kept)}` : "");
}
function renderBackups(backups, now) {
	if (backups.length === 0) return "There is no backup yet. Take one: openspp-backup backup\n";
	const rows = backups.map(({ name, kind, takenAt, bytes, filestore, manifest, latest }) => [
		`${printable(name)}${latest ? " (latest)" : ""}`,
		kind,
		takenAt.toISOString().slice(0, 16).replace("T", " "),
		formatDuration((now.getTime() - takenAt.getTime()) / 1e3),
		formatBytes(bytes),
		filestoreCell(filestore),
		manifest ? "yes" : "no"
	]);
	return table(BACKUPS, rows);
}
function renderKept(kept) {
	const rows = kept.map(({ name, what, until, bytes }) => [
		printable(name),
		printable(what),
		until?.slice(0, 10) ?? "",
		bytes === void 0 ? "" : formatBytes(bytes)
	]);
	return `${table(KEPT, rows)}\nThe newest of the former ones comes back by: openspp-backup restore --undo\n`;
}
function table(heads, rows) {
	const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
	return [heads, ...rows].map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd()}\n`).join("");
}
/** A list of files in the pool does not show by its own size how large those files are. */
function filestoreCell(filestore) {
	if (!filestore) return "no";
	return filestore.kind === "incremental" ? "incremental" : formatBytes(filestore.bytes);
}
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
/** The verdict comes first. `colour`: the terminal shows colours. */
function renderTerminal(report, colour) {
	const paint = (status, text) => colour ? styleText(COLOURS[status], text, { validateStream: false }) : text;
	const mark = (status) => paint(status, SIGNS[status]);
	return `${[
		[paint(report.verdict, `${SIGNS[report.verdict]} ${printable(headline(report))}`), ...sentences(report).map((sentence) => `  ${indented(sentence)}`)],
		problems(report.checks).flatMap((check) => [`${mark(signOf(check))} ${printable(check.name)}: ${indented(check.message)}`, ...check.next ? [`  Next: ${indented(check.next)}`] : []]),
		differing(report),
		report.checks.filter(({ status, switchedOff, warning }) => status === "passed" && !warning || switchedOff).map(({ name, status, message, switchedOff }) => `${switchedOff ? "-" : mark(status)} ${printable(name)}: ${indented(message)}`),
		facts(report),
		timeline(report)
	].filter((lines) => lines.length > 0).map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
function differing({ tables }) {
	const lines = differentTables(compareTables(tables)).map(({ schema, name, rows }) => {
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
// src/cli/render-result.ts
/** A command's standard output. Of a dry run's report, a person wants only the plan. */
function renderResult(result, asJson) {
	if ("report" in result) {
		const plan = asJson ? void 0 : result.report.restore?.plan;
		return plan === void 0 ? renderReport(result.report, asJson) : `${plan}\n`;
	}
	if ("items" in result) return asJson ? json(result.items) : renderChecklist(result.items);
	if ("listed" in result) return asJson ? json(result.listed) : renderListing(result.listed, systemClock.now());
	return asJson ? json(result.sentences) : `${result.sentences.join("\n")}\n`;
}
function renderReport(report, asJson) {
	const colour = process.stdout.isTTY && process.stdout.hasColors();
	return asJson ? json(report) : renderTerminal(report, colour);
}
/** The guide's lines, each with the reason for its tick below it. */
function renderChecklist(items) {
	return items.flatMap(({ item, ticked, evidence, next }) => [
		`- [${ticked ? "x" : " "}] ${item}`,
		`      ${printable(evidence)}`,
		...next ? [`      Next: ${printable(next)}`] : []
	]).map((line) => `${line}\n`).join("");
}
function json(value) {
	return `${JSON.stringify(value, null, 2)}\n`;
}
export { renderResult as n, renderListing as r, renderReport as t };
