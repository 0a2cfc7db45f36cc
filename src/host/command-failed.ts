import type { Command } from "../commands/command.ts";
import { print } from "../commands/shell.ts";
import { Failed } from "../failure.ts";

/** A command that ran and exited other than 0. */
export class CommandFailed extends Failed {
  readonly command: Command;
  /** The exit code, or the name of the signal that ended it. */
  readonly exit: number | string;
  readonly stdout: string;
  readonly stderr: string;

  constructor(command: Command, result: { exit: number | string; stdout: string; stderr: string }) {
    super({
      what: `\`${print(command)}\` ended with ${typeof result.exit === "number" ? `exit code ${result.exit}` : result.exit}.`,
      why: lastUsefulLine(result.stderr) ?? lastUsefulLine(result.stdout),
    });
    this.command = command;
    this.exit = result.exit;
    this.stdout = result.stdout;
    this.stderr = result.stderr;
  }
}

/** What the PostgreSQL server and its tools write before an error. */
const SERVER_ERROR = /\b(?:ERROR|FATAL|PANIC): /;
const TOOL_ERROR = /^\w+: (?:error|fatal): /;

/**
 * The line that says why a tool failed. First choice is the PostgreSQL server's own error. Second is the
 * first error of a PostgreSQL tool: the statement and further errors follow it. Otherwise it is the last
 * line that is not empty.
 */
export function lastUsefulLine(output: string): string | undefined {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.length > 0);
  return (
    lines.find((line) => SERVER_ERROR.test(line)) ??
    lines.find((line) => TOOL_ERROR.test(line)) ??
    lines.at(-1)
  );
}
