import { StringDecoder } from "node:string_decoder";

/** A line that never ends is handed on in pieces of this many characters. */
const LONGEST_LINE = 64 * 1024;

/**
 * Progress that overwrites itself ends its lines with a carriage return alone. One at the very end may be
 * half of a CRLF.
 */
const LINE_END = /\r?\n|\r(?=[^\n])/;

/**
 * Keeps what a process writes, and hands its lines on as they come. Of more than `keepBytes` it keeps the first and the last
 * half: the error is often at the head, and what followed from it at the tail.
 */
export class CapturedOutput {
  /** Bytes written so far, kept or not. */
  size = 0;
  readonly #headBytes: number;
  readonly #tailBytes: number;
  readonly #onLine?: (line: string) => void;
  readonly #decoder = new StringDecoder("utf8");
  readonly #head: Buffer[] = [];
  readonly #tail: Buffer[] = [];
  #headKept = 0;
  #tailKept = 0;
  #partial = "";

  constructor(keepBytes: number, onLine?: (line: string) => void) {
    this.#headBytes = Math.floor(keepBytes / 2);
    this.#tailBytes = keepBytes - this.#headBytes;
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
    const tail = Buffer.concat(this.#tail);
    const last = tail.subarray(Math.max(0, tail.length - this.#tailBytes));
    const lost = this.size - this.#headKept - last.length;
    const head = Buffer.concat(this.#head);
    if (lost === 0) return Buffer.concat([head, last]).toString("utf8");
    return `${head.toString("utf8")}\n[${lost} bytes left out]\n${last.toString("utf8")}`;
  }

  #keep(chunk: Buffer): void {
    const head = chunk.subarray(0, this.#headBytes - this.#headKept);
    if (head.length > 0) this.#head.push(head);
    this.#headKept += head.length;
    this.#tail.push(chunk.subarray(head.length));
    this.#tailKept += chunk.length - head.length;
    for (
      let first = this.#tail[0];
      first !== undefined && this.#tailKept - first.length >= this.#tailBytes;
      first = this.#tail[0]
    ) {
      this.#tail.shift();
      this.#tailKept -= first.length;
    }
  }

  #split(text: string, onLine: (line: string) => void): void {
    const lines = (this.#partial + text).split(LINE_END);
    this.#partial = lines.pop() ?? "";
    for (const line of lines) onLine(line);
    if (this.#partial.length > LONGEST_LINE) this.end();
  }
}
