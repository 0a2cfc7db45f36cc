import type { Readable, Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../clock.ts";
import type { Command } from "../commands/command.ts";
import { print, type Script } from "../commands/shell.ts";
import { GRACE_SECONDS, HEARTBEAT_SECONDS, SILENCE_SECONDS } from "../commands/supervise.ts";
import { Cancelled, Failed, Unreachable } from "../failure.ts";
import { redact } from "../secret.ts";
import { CapturedOutput } from "./captured-output.ts";
import { CommandFailed } from "./command-failed.ts";
import type { Output, RunOptions } from "./host.ts";

/** A script that a host has started, wherever it runs. */
export interface Process {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Settles when it has exited. Its child processes may still hold its output open. */
  readonly exited: Promise<unknown>;
  /**
   * Resolves to the exit code, or the name of the signal that ended it, once all output has arrived.
   * Rejects with Unreachable when contact with the process is lost.
   */
  readonly ended: Promise<number | string>;
  /**
   * Ends it as well as possible from here. For a supervised command, closing its standard input works
   * better.
   */
  terminate(): void;
}

/** Output is for verdicts, not for data. A command that writes more should write to a file on the host. */
export const STDOUT_LIMIT_BYTES = 64 * 1024 * 1024;
export const STDERR_KEPT_BYTES = 64 * 1024;

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
export async function attend(
  process: Process,
  command: Command,
  script: Script,
  { signal, output: sink, onLine, onErrorLine }: RunOptions,
  clock: Clock,
): Promise<Output> {
  const started = clock.seconds();
  const clean = (text: string) => redact(text, script.secrets);
  const stdout = new CapturedOutput(STDOUT_LIMIT_BYTES, onLine);
  const stderr = new CapturedOutput(
    STDERR_KEPT_BYTES,
    onErrorLine && ((line) => onErrorLine(clean(line))),
  );
  const interrupted = Promise.withResolvers<"cancelled" | "overflowing">();
  const cancel = () => interrupted.resolve("cancelled");

  if (sink) process.stdout.pipe(sink, { end: false });
  else
    process.stdout.on("data", (chunk: Buffer) => {
      if (stdout.size <= STDOUT_LIMIT_BYTES) stdout.add(chunk);
      if (stdout.size > STDOUT_LIMIT_BYTES) interrupted.resolve("overflowing");
    });
  process.stderr.on("data", (chunk: Buffer) => stderr.add(chunk));
  signal?.addEventListener("abort", cancel);
  if (signal?.aborted) cancel();
  const heartbeat = feed(process.stdin, script);
  // A sink may take its time.
  const quiet = sink ? undefined : terminateWhenQuiet(process, () => stdout.size + stderr.size);

  try {
    const ending = await Promise.race([
      process.ended.then((exit) => ({ exit })),
      interrupted.promise,
    ]);
    if (typeof ending === "string") {
      const over = await end(process, script);
      throw ending === "cancelled" ? cancelled(command, over) : overflowed(command);
    }
    stdout.end();
    stderr.end();
    const output = { stdout: stdout.text(), stderr: stderr.text() };
    if (ending.exit !== 0) {
      const { exit } = ending;
      throw new CommandFailed(command, {
        exit,
        stdout: clean(output.stdout),
        stderr: clean(output.stderr),
      });
    }
    sink?.end();
    return { ...output, seconds: clock.seconds() - started };
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
function feed(stdin: Writable, { secrets, input }: Script): NodeJS.Timeout | undefined {
  // A process that ends without reading its input is no error: its exit code says what happened.
  stdin.on("error", () => {});
  const first = secrets.map((secret) => `${secret.reveal()}\n`).join("") + (input ?? "");
  if (first !== "") stdin.write(first);
  if (input === undefined) return setInterval(() => stdin.write("\n"), HEARTBEAT_SECONDS * 1000);
  stdin.end();
}

function terminateWhenQuiet(process: Process, written: () => number): AbortController {
  const over = new AbortController();
  const watch = async () => {
    await process.exited;
    for (let before = -1; before !== written(); ) {
      before = written();
      await sleep(QUIET_AFTER_EXIT_SECONDS * 1000, undefined, { signal: over.signal });
    }
    process.terminate();
  };
  // It rejects when the process is over or lost; `ended` reports both.
  watch().catch(() => {});
  return over;
}

/** Returns whether it had ended before we stopped waiting. */
async function end(process: Process, { input }: Script): Promise<boolean> {
  if (input !== undefined) process.terminate();
  process.stdin.end();
  const over = process.ended.then(
    () => true,
    () => false,
  );
  return Promise.race([over, sleep(WAIT_FOR_END_SECONDS * 1000, false, { ref: false })]);
}

function cancelled(command: Command, over: boolean): Cancelled {
  return new Cancelled({
    what: `\`${print(command)}\` was cancelled.`,
    state: over
      ? "It has ended on the host."
      : `It was asked to end, and is killed on the host within ${GRACE_SECONDS} s.`,
  });
}

function overflowed(command: Command): Failed {
  return new Failed({
    what: `\`${print(command)}\` wrote more than ${STDOUT_LIMIT_BYTES / 1024 / 1024} MB to its standard output and was ended.`,
  });
}

function lost({ explanation }: Unreachable, command: Command, { input }: Script): Unreachable {
  return new Unreachable({
    ...explanation,
    what: `${explanation.what.replace(/\.$/, "")} while \`${print(command)}\` was running.`,
    state:
      input === undefined
        ? `The command ends by itself on the host, at the latest after ${SILENCE_SECONDS} s without a sign of life from here.`
        : "The command may still be running on the host.",
  });
}
