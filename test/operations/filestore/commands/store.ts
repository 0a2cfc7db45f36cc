import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { systemClock } from "../../../../src/clock.ts";
import type { Command } from "../../../../src/commands/command.ts";
import type { Output } from "../../../../src/host/host.ts";
import { LocalHost } from "../../../../src/host/local.ts";
import { alpineTools } from "../../../commands/alpine.ts";

export const sha1 = (content: string) => createHash("sha1").update(content).digest("hex");
export const pathOf = (content: string) => `${sha1(content).slice(0, 2)}/${sha1(content)}`;

/** What the images of a deployment may have: where Debian's busybox lacks a tool of Alpine's, this machine's own stands in. */
export const TOOLS = [
  { image: "Debian", tools: "" },
  { image: "Alpine", tools: await alpineTools() },
] as const;
export type Tools = (typeof TOOLS)[number];

/** A folder with a filestore of the database `my db`, and what commands make of it with an image's tools. */
export class Store {
  readonly root = mkdtempSync(join(tmpdir(), "filestore-"));
  readonly database = "my db";
  readonly filestores = join(this.root, "filestore");
  readonly filestore = join(this.filestores, this.database);

  readonly #tools: string;

  constructor({ tools }: Tools) {
    this.#tools = tools;
  }

  /** Given contents, put each where Odoo would. */
  stock(contents: readonly string[]): void {
    for (const content of contents) this.write(join(this.filestore, pathOf(content)), content);
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  /** A work folder of its own for each command. */
  reading(name = "work") {
    return { work: join(this.root, name), jobs: 2 };
  }

  /** The path is that of the command alone: what a test itself runs are this machine's tools. */
  run(command: Command): Promise<Output> {
    const { PATH } = process.env;
    if (this.#tools !== "") process.env.PATH = `${this.#tools}:${PATH}`;
    try {
      return new LocalHost(systemClock).run(command);
    } finally {
      process.env.PATH = PATH;
    }
  }

  /** Given a work folder's name, return what a reading wrote there, sorted: its files, `-` for a size that was not measured, and its notes but for the digest. */
  rows(name = "work"): readonly string[] {
    const bytes = new Map(
      this.lines(name, "measured").map((line) => line.split(" ").toReversed() as [string, string]),
    );
    const files = this.lines(name, "held").map((line) => {
      const [hash, path] = line.split("  ");
      return `file ${path} ${hash} ${bytes.get(String(path)) ?? "-"}`;
    });
    const notes = this.lines(name, "notes").filter((line) => !line.startsWith("digest"));
    return [...files, ...notes.map((line) => line.replaceAll("\t", " "))].sort();
  }

  /** Given a work folder's name, return the digest that is noted there. */
  digest(name = "work"): string {
    const noted = this.lines(name, "notes").join("\n");
    return /^digest\t\t([0-9a-f]{64})$/m.exec(noted)?.[1] ?? "";
  }

  private lines(work: string, file: string): readonly string[] {
    const text = readFileSync(join(this.root, work, file), "utf8");
    return text.split("\n").filter((line) => line !== "");
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }
}

/** Given contents, return the rows of their files. */
export const fileRows = (contents: readonly string[]) =>
  contents
    .map((content) => `file ${pathOf(content)} ${sha1(content)} ${Buffer.byteLength(content)}`)
    .sort();
