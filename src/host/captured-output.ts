import { StringDecoder } from "node:string_decoder";

/** A line that never ends is handed on in pieces of this many characters. */
const LONGEST_LINE = 64 * 1024;

/**
 * Progress that overwrites itself ends its lines with a carriage return alone. One at the very end may be
 * half of a CRLF.
 */
const LINE_END = /\r?\n|\r(?=[^\n])/;

/** Keeps what a process writes, at most the last `keepBytes` of it, and hands its lines on as they come. */
export class CapturedOutput {
  /** Bytes written so far, kept or not. */
  size = 0;
  readonly #keepBytes: number;
  readonly #onLine?: (line: string) => void;
  readonly #decoder = new StringDecoder("utf8");
  readonly #chunks: Buffer[] = [];
  #kept = 0;
  #partial = "";

  constructor(keepBytes: number, onLine?: (line: string) => void) {
    this.#keepBytes = keepBytes;
    this.#onLine = onLine;
  }

  add(chunk: Buffer): void {
    this.size += chunk.length;
    this.#keep(chunk);
    if (this.#onLine) this.#split(this.#decoder.write(chunk), this.#onLine);
  }

  /** Hands on a last line that had no line break. */
  end(): void {
    if (this.#partial !== "") this.#onLine?.(this.#partial);
    this.#partial = "";
  }

  text(): string {
    const kept = Buffer.concat(this.#chunks);
    return kept.subarray(Math.max(0, kept.length - this.#keepBytes)).toString("utf8");
  }

  #keep(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#kept += chunk.length;
    for (
      let first = this.#chunks[0];
      first !== undefined && this.#kept - first.length >= this.#keepBytes;
      first = this.#chunks[0]
    ) {
      this.#chunks.shift();
      this.#kept -= first.length;
    }
  }

  #split(text: string, onLine: (line: string) => void): void {
    const lines = (this.#partial + text).split(LINE_END);
    this.#partial = lines.pop() ?? "";
    for (const line of lines) onLine(line);
    if (this.#partial.length > LONGEST_LINE) this.end();
  }
}
