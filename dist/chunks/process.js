import { i as Unreachable, n as Failed, t as Cancelled } from "./failure.js";
import { r as redact } from "./secret.js";
import { n as print } from "./shell.js";
import { t as CommandFailed } from "./command-failed.js";
import { Duplex } from "node:stream";
import { setTimeout } from "node:timers/promises";
import { StringDecoder } from "node:string_decoder";
// src/host/forwarded-stream.ts
/**
* A stream that is already connected, made to look like the socket that `pg` expects to connect itself:
* `new pg.Client({ stream: () => forwarded })`. It emits an error when the connection under it is lost.
*/
var ForwardedStream = class extends Duplex {
	#inner;
	constructor(inner) {
		super({ allowHalfOpen: false });
		this.#inner = inner;
		this.on("error", () => {});
		inner.on("data", (chunk) => {
			if (!this.push(chunk)) inner.pause();
		});
		inner.on("end", () => this.push(null));
		inner.on("error", (error) => this.destroy(error));
		inner.on("close", () => {
			if (!inner.readableEnded) this.destroy();
		});
	}
	connect() {
		setImmediate(() => this.emit("connect"));
		return this;
	}
	setNoDelay() {
		return this;
	}
	setKeepAlive() {
		return this;
	}
	ref() {
		return this;
	}
	unref() {
		return this;
	}
	_read() {
		this.#inner.resume();
	}
	_write(chunk, _encoding, done) {
		if (this.#inner.write(chunk)) done();
		else this.#inner.once("drain", done);
	}
	_final(done) {
		this.#inner.end();
		done();
	}
	_destroy(error, done) {
		this.#inner.destroy();
		done(error);
	}
};
// src/host/captured-output.ts
/** A line that never ends is handed on in pieces of this many characters. */
const LONGEST_LINE = 65536;
/**
* Progress that overwrites itself ends its lines with a carriage return alone. One at the very end may be
* half of a CRLF.
*/
const LINE_END = /\r?\n|\r(?=[^\n])/;
/**
* Keeps what a process writes, and hands its lines on as they come. Of more than `keepBytes` it keeps the first and the last
* half: the error is often at the head, and what followed from it at the tail.
*/
var CapturedOutput = class {
	/** Bytes written so far, kept or not. */
	size = 0;
	#headBytes;
	#tailBytes;
	#onLine;
	#decoder = new StringDecoder("utf8");
	#head = [];
	#tail = [];
	#headKept = 0;
	#tailKept = 0;
	#partial = "";
	constructor(keepBytes, onLine) {
		this.#headBytes = Math.floor(keepBytes / 2);
		this.#tailBytes = keepBytes - this.#headBytes;
		this.#onLine = onLine;
	}
	add(chunk) {
		this.size += chunk.length;
		this.#keep(chunk);
		if (this.#onLine) this.#split(this.#decoder.write(chunk), this.#onLine);
	}
	/** Hands on a last line that had no line break. */
	end() {
		if (this.#partial !== "") this.#onLine?.(this.#partial);
		this.#partial = "";
	}
	text() {
		const tail = Buffer.concat(this.#tail);
		const last = tail.subarray(Math.max(0, tail.length - this.#tailBytes));
		const lost = this.size - this.#headKept - last.length;
		const head = Buffer.concat(this.#head);
		if (lost === 0) return Buffer.concat([head, last]).toString("utf8");
		return `${head.toString("utf8")}\n[${lost} bytes left out]\n${last.toString("utf8")}`;
	}
	#keep(chunk) {
		const head = chunk.subarray(0, this.#headBytes - this.#headKept);
		if (head.length > 0) this.#head.push(head);
		this.#headKept += head.length;
		this.#tail.push(chunk.subarray(head.length));
		this.#tailKept += chunk.length - head.length;
		for (let first = this.#tail[0]; first !== void 0 && this.#tailKept - first.length >= this.#tailBytes; first = this.#tail[0]) {
			this.#tail.shift();
			this.#tailKept -= first.length;
		}
	}
	#split(text, onLine) {
		const lines = (this.#partial + text).split(LINE_END);
		this.#partial = lines.pop() ?? "";
		for (const line of lines) onLine(line);
		if (this.#partial.length > LONGEST_LINE) this.end();
	}
};
// src/host/process.ts
/** Output is for verdicts, not for data. A command that writes more should write to a file on the host. */
const STDOUT_LIMIT_BYTES = 67108864;
const STDERR_KEPT_BYTES = 65536;
/**
* Child processes of an ended command may hold its output open; after this long without output, nobody
* waits for them. It is longer than a dead peer goes unnoticed (ssh.ts), so that a stalled link is never
* taken for an end.
*/
const QUIET_AFTER_EXIT_SECONDS = 25;
/** A cancelled run has about 7 s on GitHub's runner. The operation's own cleanup needs most of them. */
const WAIT_FOR_END_SECONDS = 2;
/**
* Feeds a started process, listens to it and returns its output when it has ended. Throws what Host.run
* promises: CommandFailed, Cancelled, Unreachable.
*/
async function attend(process, command, script, { signal, output: sink, onLine, onErrorLine }, clock) {
	const started = clock.seconds();
	const clean = (text) => redact(text, script.secrets);
	const stdout = new CapturedOutput(STDOUT_LIMIT_BYTES, onLine);
	const stderr = new CapturedOutput(STDERR_KEPT_BYTES, onErrorLine && ((line) => onErrorLine(clean(line))));
	const interrupted = Promise.withResolvers();
	const cancel = () => interrupted.resolve("cancelled");
	if (sink) process.stdout.pipe(sink, { end: false });
	else process.stdout.on("data", (chunk) => {
		if (stdout.size <= 67108864) stdout.add(chunk);
		if (stdout.size > 67108864) interrupted.resolve("overflowing");
	});
	process.stderr.on("data", (chunk) => stderr.add(chunk));
	signal?.addEventListener("abort", cancel);
	if (signal?.aborted) cancel();
	const heartbeat = feed(process.stdin, script);
	const quiet = sink ? void 0 : terminateWhenQuiet(process, () => stdout.size + stderr.size);
	try {
		const ending = await Promise.race([process.ended.then((exit) => ({ exit })), interrupted.promise]);
		if (typeof ending === "string") {
			const over = await end(process, script);
			throw ending === "cancelled" ? cancelled(command, over) : overflowed(command);
		}
		stdout.end();
		stderr.end();
		const output = {
			stdout: stdout.text(),
			stderr: stderr.text()
		};
		if (ending.exit !== 0) {
			const { exit } = ending;
			throw new CommandFailed(command, {
				exit,
				stdout: clean(output.stdout),
				stderr: clean(output.stderr)
			});
		}
		sink?.end();
		return {
			...output,
			seconds: clock.seconds() - started
		};
	} catch (error) {
		sink?.destroy();
		throw error instanceof Unreachable ? lost(error, command, script) : error;
	} finally {
		clearInterval(heartbeat);
		quiet?.abort();
		signal?.removeEventListener("abort", cancel);
	}
}
/** Writes what the script reads, and keeps its standard input open as long as somebody waits for it. */
function feed(stdin, { secrets, input }) {
	stdin.on("error", () => {});
	const first = secrets.map((secret) => `${secret.reveal()}\n`).join("") + (input ?? "");
	if (first !== "") stdin.write(first);
	if (input === void 0) return setInterval(() => stdin.write("\n"), 1e4);
	stdin.end();
}
function terminateWhenQuiet(process, written) {
	const over = new AbortController();
	const watch = async () => {
		await process.exited;
		for (let before = -1; before !== written();) {
			before = written();
			await setTimeout(QUIET_AFTER_EXIT_SECONDS * 1e3, void 0, { signal: over.signal });
		}
		process.terminate();
	};
	watch().catch(() => {});
	return over;
}
/** Returns whether it had ended before we stopped waiting. */
async function end(process, { input }) {
	if (input !== void 0) process.terminate();
	process.stdin.end();
	const over = process.ended.then(() => true, () => false);
	return Promise.race([over, setTimeout(WAIT_FOR_END_SECONDS * 1e3, false, { ref: false })]);
}
function cancelled(command, over) {
	return new Cancelled({
		what: `\`${print(command)}\` was cancelled.`,
		state: over ? "It has ended on the host." : `It was asked to end, and is killed on the host within 5 s.`
	});
}
function overflowed(command) {
	return new Failed({ what: `\`${print(command)}\` wrote more than ${STDOUT_LIMIT_BYTES / 1024 / 1024} MB to its standard output and was ended.` });
}
function lost({ explanation }, command, { input }) {
	return new Unreachable({
		...explanation,
		what: `${explanation.what.replace(/\.$/, "")} while \`${print(command)}\` was running.`,
		state: input === void 0 ? `The command ends by itself on the host, at the latest after 30 s without a sign of life from here.` : "The command may still be running on the host."
	});
}
export { ForwardedStream as n, attend as t };
