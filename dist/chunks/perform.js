import "./rolldown-runtime.js";
import { d as systemClock, u as withHost } from "./inputs.js";
import { n as percent, r as readSettings, t as Progress } from "./progress.js";
import { c as chronological, s as bar, t as renderSummary, u as factsOf } from "./summary2.js";
import { t as counted } from "./count.js";
import { t as formatDuration } from "./duration.js";
import { n as printableLines, t as printable } from "./printable.js";
import { a as troubles, i as sentences, n as headline, o as compareTables, s as differentOnes } from "./verdict.js";
import { t as formatBytes } from "./bytes.js";
import { t as cliInputs } from "./options.js";
import { n as Secret, r as redact } from "./secret.js";
import { styleText } from "node:util";
import { writeFile } from "node:fs/promises";
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
		troubles(report.checks).flatMap(({ name, status, message, next }) => [`${mark(status)} ${printable(name)}: ${indented(message)}`, ...next ? [`  Next: ${indented(next)}`] : []]),
		differing(report),
		report.checks.filter(({ status, switchedOff }) => status === "passed" || switchedOff).map(({ name, status, message, switchedOff }) => `${switchedOff ? "-" : mark(status)} ${printable(name)}: ${indented(message)}`),
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
	return factsOf(report).map(({ label, value }) => `${label.padEnd(11)}${printable(value)}`);
}
function timeline({ phases, seconds }) {
	const ordered = chronological(phases);
	const width = Math.max(0, ...ordered.map(({ name }) => printable(name).length));
	return ordered.map((phase) => `${printable(phase.name).padEnd(width)}  ${bar(phase, seconds, BAR_WIDTH)}  ${formatDuration(phase.seconds)}`);
}
function indented(text) {
	return printableLines(text).join("\n  ");
}
// src/cli/listing.ts
const HEADS = [
	"BACKUP",
	"FOLDER",
	"TAKEN (UTC)",
	"AGE",
	"SIZE",
	"MANIFEST"
];
/** Given the backups of a deployment and the present time, return them as a table for a terminal. */
function renderListing(backups, now) {
	if (backups.length === 0) return "There is no backup yet. Take one: openspp-backup backup\n";
	const rows = backups.map(({ name, kind, takenAt, bytes, manifest, latest }) => [
		`${printable(name)}${latest ? " (latest)" : ""}`,
		kind,
		takenAt.toISOString().slice(0, 16).replace("T", " "),
		formatDuration((now.getTime() - takenAt.getTime()) / 1e3),
		formatBytes(bytes),
		manifest ? "yes" : "no"
	]);
	const widths = HEADS.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
	return [HEADS, ...rows].map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd()}\n`).join("");
}
// src/cli/terminal-log.ts
const CLEAR_LINE = "\r\x1B[2K";
/** What a person at a terminal sees on standard error: one line per step, and one that moves. */
var TerminalLog = class {
	#stream;
	#options;
	#progress;
	#open = [];
	#secrets = [];
	constructor(stream, options) {
		this.#stream = stream;
		this.#options = options;
		this.#progress = new Progress(options.clock);
	}
	startGroup(title) {
		this.#open.push(title);
		if (this.#stream.isTTY) this.#live(`${title} …`);
		else this.#say(`${title} …`);
	}
	endGroup(seconds) {
		this.#say(`${this.#open.pop()}: ${formatDuration(seconds)}`);
	}
	info(text) {
		this.#say(text);
	}
	warning(text) {
		this.#write(`warning: ${text}`);
	}
	debug(text) {
		if (this.#options.debug) this.#write(`debug: ${text}`);
	}
	progress(fraction, what) {
		const line = this.#stream.isTTY ? `${percent(fraction)} ${what}` : this.#progress.lineFor(fraction, what);
		if (line === void 0) return;
		if (this.#stream.isTTY) this.#live(line);
		else this.#say(line);
	}
	mask(value) {
		this.#secrets.push(new Secret(value));
	}
	#say(text) {
		if (!this.#options.quiet) this.#write(text);
	}
	#write(text) {
		const lines = printableLines(redact(text, this.#secrets)).map((line) => `${line}\n`);
		this.#stream.write((this.#stream.isTTY ? CLEAR_LINE : "") + lines.join(""));
	}
	/** A line that the next one replaces, cut to the terminal's width so that it stays one line. */
	#live(text) {
		if (this.#options.quiet) return;
		const line = printableLines(redact(text, this.#secrets)).join(" ");
		this.#stream.write(CLEAR_LINE + line.slice(0, this.#stream.columns - 1));
	}
};
// src/cli/perform.ts
/**
* Given a command, its options and the signal that cancels it, do it, print what came of it on
* standard output, and return the exit code.
*/
async function perform(verb, given, signal) {
	const settings = await readSettings(cliInputs(given), process.env.SSH_AUTH_SOCK);
	const log = new TerminalLog(process.stderr, {
		clock: systemClock,
		quiet: given.quiet === true,
		debug: given.debug === true
	});
	const run = RUNS[verb];
	const { text, code, report } = await withHost(settings.connection, log, signal, (effects) => run(settings, effects, given.json === true));
	log.info("");
	process.stdout.write(text);
	if (report && typeof given.report === "string") await writeFile(given.report, json(report));
	if (report && typeof given.summary === "string") await writeFile(given.summary, renderSummary(report));
	return code;
}
const RUNS = {
	backup: async (settings, effects, asJson) => {
		const { backup } = await import("./backup2.js");
		return reported(await backup(settings, effects), asJson);
	},
	drill: async (settings, effects, asJson) => {
		const { drill } = await import("./drill2.js");
		return reported(await drill(settings, effects), asJson);
	},
	cycle: async (settings, effects, asJson) => {
		const { cycle } = await import("./cycle.js");
		return reported(await cycle(settings, effects), asJson);
	},
	prune: async (settings, effects, asJson) => {
		const { prune } = await import("./prune.js");
		return reported(await prune(settings, effects), asJson);
	},
	list: async (settings, effects, asJson) => {
		const { list } = await import("./list.js");
		const backups = await list(settings, effects);
		return {
			text: asJson ? json(backups) : renderListing(backups, effects.clock.now()),
			code: 0
		};
	},
	sweep: async (settings, effects) => {
		const { sweep } = await import("./sweep.js");
		const removed = await sweep(settings, effects);
		return {
			text: (removed.length > 0 ? removed : ["Nothing was left to clean up."]).map((sentence) => `${sentence}\n`).join(""),
			code: 0
		};
	}
};
function reported(report, asJson) {
	const colour = process.stdout.isTTY && process.stdout.hasColors();
	return {
		text: asJson ? json(report) : renderTerminal(report, colour),
		code: report.verdict === "passed" ? 0 : 1,
		report
	};
}
function json(value) {
	return `${JSON.stringify(value, null, 2)}\n`;
}
export { perform };
