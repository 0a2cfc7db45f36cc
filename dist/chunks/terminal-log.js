import { n as Secret, r as redact } from "./secret.js";
import { n as progressLine, t as Progress } from "./progress.js";
import { n as printableLines, t as printable } from "./printable.js";
import { t as formatDuration } from "./duration.js";
import { t as formatBytes } from "./bytes.js";
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
/** Given what stands on a deployment and the present time, return it as tables for a terminal. */
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
/** A list says by its own size nothing of the files that it names. */
function filestoreCell(filestore) {
	if (!filestore) return "no";
	return filestore.kind === "incremental" ? "incremental" : formatBytes(filestore.bytes);
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
	progress(fraction, what, detail) {
		const line = this.#stream.isTTY ? progressLine(fraction, what, detail) : this.#progress.lineFor(fraction, what, detail);
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
export { renderListing as n, TerminalLog as t };
