import type { Duplex } from "node:stream";
import { execa } from "execa";
import type { Clock } from "../clock.ts";
import type { Command } from "../commands/command.ts";
import { script } from "../commands/shell.ts";
import { Unreachable } from "../failure.ts";
import { ForwardedStream } from "./forwarded-stream.ts";
import type { Address, Host, Output, RunOptions } from "./host.ts";
import { attend, type Process } from "./process.ts";
import { openSocket } from "./socket.ts";

const CONNECT_SECONDS = 20;

/** This machine, for when the CLI runs on the deployment's own host. */
export class LocalHost implements Host {
  readonly name = "this machine";
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  run(command: Command, options: RunOptions = {}): Promise<Output> {
    const what = script(command);
    return attend(start(what.line), command, what, options, this.#clock);
  }

  async forward(address: Address): Promise<Duplex> {
    const socket = await openSocket(address, { timeoutSeconds: CONNECT_SECONDS });
    return new ForwardedStream(socket);
  }

  async close(): Promise<void> {}
}

/** In its own process group: Ctrl-C at a terminal is for us, and we end the command in good order. */
function start(line: string): Process {
  const child = execa("sh", ["-c", line], { detached: true, buffer: false, reject: false });
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    exited: new Promise((resolve) => child.nodeChildProcess.once("exit", resolve)),
    ended: child.then(({ exitCode, signal, shortMessage }) => {
      const exit = exitCode ?? signal;
      if (exit !== undefined) return exit;
      throw new Unreachable({ what: "No shell could be started.", why: shortMessage });
    }),
    terminate: () => {
      child.kill("SIGTERM");
      child.stdout.destroy();
      child.stderr.destroy();
    },
  };
}
