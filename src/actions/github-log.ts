import { debug, endGroup, info, setSecret, startGroup, warning } from "@actions/core";
import type { Clock } from "../clock.ts";
import type { Log } from "../report/journal.ts";
import { Progress } from "../report/progress.ts";
import { formatDuration } from "../words/duration.ts";
import { printable, printableLines } from "../words/printable.ts";

/**
 * A workflow run's log: a foldable group for each step, with its duration below it, and its
 * progress now and then.
 */
export class GitHubLog implements Log {
  readonly #progress: Progress;
  readonly #open: string[] = [];

  constructor(clock: Clock) {
    this.#progress = new Progress(clock);
  }

  /** GitHub's groups do not nest. So a step inside another step is a line of the outer group. */
  startGroup(title: string): void {
    this.#open.push(title);
    if (this.#open.length === 1) startGroup(printable(title));
    else this.info(title);
  }

  endGroup(seconds: number): void {
    const title = this.#open.pop() ?? "";
    if (this.#open.length === 0) endGroup();
    this.info(`${title}: ${formatDuration(seconds)}`);
  }

  info(text: string): void {
    for (const line of printableLines(text)) info(withoutCommand(line));
  }

  warning(text: string): void {
    warning(printableLines(text).join("\n"));
  }

  debug(text: string): void {
    debug(printableLines(text).join("\n"));
  }

  progress(fraction: number, what: string, detail?: string): void {
    const line = this.#progress.lineFor(fraction, what, detail);
    if (line !== undefined) this.info(line);
  }

  mask(value: string): void {
    if (value !== "" && process.env.GITHUB_ACTIONS === "true") setSecret(value);
  }
}

/**
 * The runner obeys a line that starts with `::` or holds `##[`. The output of a tool, or a table's
 * name, must stay text.
 */
function withoutCommand(line: string): string {
  return line.replace(/^(\s*):(?=:)/, "$1: ").replaceAll("##[", "## [");
}
