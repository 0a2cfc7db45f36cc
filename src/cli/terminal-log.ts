import type { WriteStream } from "node:tty";
import type { Clock } from "../clock.ts";
import type { Log } from "../report/journal.ts";
import { Progress, progressLine } from "../report/progress.ts";
import { redact, Secret } from "../secret.ts";
import { formatDuration } from "../words/duration.ts";
import { printableLines } from "../words/printable.ts";

export interface TerminalOptions {
  readonly clock: Clock;
  /** Only warnings. */
  readonly quiet: boolean;
  readonly debug: boolean;
}

const CLEAR_LINE = "\r\u001b[2K";

/**
 * What a person at a terminal sees on standard error: one line per step, and one line that changes
 * in place.
 */
export class TerminalLog implements Log {
  readonly #stream: WriteStream;
  readonly #options: TerminalOptions;
  readonly #progress: Progress;
  readonly #open: string[] = [];
  readonly #secrets: Secret[] = [];

  constructor(stream: WriteStream, options: TerminalOptions) {
    this.#stream = stream;
    this.#options = options;
    this.#progress = new Progress(options.clock);
  }

  startGroup(title: string): void {
    this.#open.push(title);
    if (this.#stream.isTTY) this.#live(`${title} …`);
    else this.#say(`${title} …`);
  }

  endGroup(seconds: number): void {
    this.#say(`${this.#open.pop()}: ${formatDuration(seconds)}`);
  }

  info(text: string): void {
    this.#say(text);
  }

  warning(text: string): void {
    this.#write(`warning: ${text}`);
  }

  debug(text: string): void {
    if (this.#options.debug) this.#write(`debug: ${text}`);
  }

  progress(fraction: number, what: string, detail?: string): void {
    const line = this.#stream.isTTY
      ? progressLine(fraction, what, detail)
      : this.#progress.lineFor(fraction, what, detail);
    if (line === undefined) return;
    if (this.#stream.isTTY) this.#live(line);
    else this.#say(line);
  }

  mask(value: string): void {
    this.#secrets.push(new Secret(value));
  }

  #say(text: string): void {
    if (!this.#options.quiet) this.#write(text);
  }

  #write(text: string): void {
    const lines = printableLines(redact(text, this.#secrets)).map((line) => `${line}\n`);
    this.#stream.write((this.#stream.isTTY ? CLEAR_LINE : "") + lines.join(""));
  }

  /** A line that the next one replaces. It is cut to the terminal's width, so that it stays one line. */
  #live(text: string): void {
    if (this.#options.quiet) return;
    const line = printableLines(redact(text, this.#secrets)).join(" ");
    this.#stream.write(CLEAR_LINE + line.slice(0, this.#stream.columns - 1));
  }
}
