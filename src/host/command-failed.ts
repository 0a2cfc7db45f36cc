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

/** Given a tool's output, return its last line that says something. */
export function lastUsefulLine(output: string): string | undefined {
  return output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.length > 0)
    .at(-1);
}
