import { n as progressLine, t as Progress } from "./progress.js";
import { n as Secret, r as redact } from "./secret.js";
import { t as formatDuration } from "./duration.js";
import { n as printableLines } from "./printable.js";
// src/cli/terminal-log.ts
const CLEAR_LINE = "\r\x1B[2K";
/**
* What a person at a terminal sees on standard error: one line per step, and one line that changes
* in place.
*/
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
	/** A line that the next one replaces. It is cut to the terminal's width, so that it stays one line. */
	#live(text) {
		if (this.#options.quiet) return;
		const line = printableLines(redact(text, this.#secrets)).join(" ");
		this.#stream.write(CLEAR_LINE + line.slice(0, this.#stream.columns - 1));
	}
};
export { TerminalLog as t };
