#!/usr/bin/env -S node --
import { fileURLToPath } from "node:url";
import { CommanderError } from "commander";
import { enter } from "../entry.ts";
import { UserMistake } from "../failure.ts";
import { buildProgram } from "./program.ts";

// `openspp-backup list | head` closes the pipe early. That is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

const OLDEST_NODE = 24;

await enter(
  async (signal) => {
    refuseOldNode(process.versions.node);
    let code = 0;
    const program = buildProgram({
      perform: async (verb, given) => {
        const { performCommand } = await import("./perform.ts");
        code = await performCommand(verb, given, signal);
      },
      showReport: async (files, given) => {
        const { showReport } = await import("./show-report.ts");
        code = await showReport(files, given);
      },
      init: async (given) => {
        const { init } = await import("./init/init.ts");
        code = await init(given, fileURLToPath(new URL("../..", import.meta.url)), signal);
      },
    });
    for (const command of [program, ...program.commands]) {
      command.exitOverride().configureOutput({ outputError: () => {} });
    }
    try {
      await program.parseAsync();
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      if (error.exitCode !== 0) throw misread(error);
    }
    return code;
  },
  (failure, cause) => {
    const debug = process.argv.includes("--debug");
    const stack = debug && cause instanceof Error ? `\n${cause.stack}` : "";
    process.stderr.write(`error: ${failure.message}${stack}\n`);
    return failure.exitCode;
  },
);

/** A workflow's runner has its own Node. A terminal has the system's. */
function refuseOldNode(version: string): void {
  if (Number.parseInt(version, 10) >= OLDEST_NODE) return;
  throw new UserMistake({
    what: `This needs Node ${OLDEST_NODE} or newer, and Node ${version} runs it.`,
    state: "Nothing was done.",
    next: "`npm ci` in a clone of the project brings one: node_modules/.bin/node dist/cli/main.js",
  });
}

/**
 * Commander prints its help by itself when no command was given. Everything else that it refuses is
 * reported here.
 */
function misread({ code, message }: CommanderError): UserMistake {
  const what =
    code === "commander.help" ? "No command was given." : message.replace(/^error: /, "");
  return new UserMistake({
    what,
    next: "openspp-backup --help, or --help after a command, shows what can be said.",
  });
}
