import type { Duplex } from "node:stream";
import type { Clock } from "../clock.ts";
import type { Command } from "../commands/command.ts";
import { print, script } from "../commands/shell.ts";
import { Cancelled, Unreachable } from "../failure.ts";
import { doubling, retry } from "../retry.ts";
import type { Address, Host, Output, RunOptions } from "./host.ts";
import { attend, type Process } from "./process.ts";
import { Slots } from "./slots.ts";

/** One connection to an SSH server. */
export interface HostConnection {
  readonly name: string;
  /** Throws SessionRefused when the server takes no further command at the moment. */
  start(line: string): Promise<Process>;
  forward(address: Address): Promise<Duplex>;
  close(): Promise<void>;
}

/** The server opens no further session channel on this connection (MaxSessions). */
export class ChannelRefused extends Error {}

/** OpenSSH allows 10 sessions on a connection by default (MaxSessions); forwarded streams are not counted. */
const SESSIONS = 8;

/** A server takes no command at all if it refuses one after this long without any of our commands running. */
const REFUSED_SECONDS = 2;

/** The deployment's host, over SSH. Commands beyond what the server takes at once wait in line. */
export class RemoteHost implements Host {
  readonly name: string;
  readonly #session: HostConnection;
  readonly #clock: Clock;
  readonly #slots = new Slots(SESSIONS);
  #running = 0;
  /** When a command last started or ended, by the clock. */
  #lastRan = Number.NEGATIVE_INFINITY;

  constructor(session: HostConnection, clock: Clock) {
    this.name = session.name;
    this.#session = session;
    this.#clock = clock;
  }

  async run(command: Command, options: RunOptions = {}): Promise<Output> {
    const { signal } = options;
    const what = script(command);
    await unlessAborted(this.#slots.take(), command, signal, () => this.#slots.giveBack());
    try {
      const starting = this.#start(what.line, signal);
      const process = await unlessAborted(starting, command, signal, (late) => late.terminate());
      this.#count(1);
      try {
        return await attend(process, command, what, options, this.#clock);
      } finally {
        this.#count(-1);
      }
    } finally {
      this.#slots.giveBack();
    }
  }

  /**
   * Asks again when the server has no session to spare. It may allow fewer than we think, and it counts a
   * command for a moment after its end.
   */
  async #start(line: string, signal?: AbortSignal): Promise<Process> {
    const asked = this.#clock.seconds();
    const idleSeconds = () => this.#clock.seconds() - Math.max(asked, this.#lastRan);
    return retry(() => this.#session.start(line), {
      pauses: doubling(0.02, 0.25),
      mayPass: (error) =>
        error instanceof ChannelRefused && (this.#running > 0 || idleSeconds() <= REFUSED_SECONDS),
      signal,
    }).catch((error: unknown) => {
      throw error instanceof ChannelRefused ? refusedAll(this.name, error) : error;
    });
  }

  #count(started: 1 | -1): void {
    this.#running += started;
    this.#lastRan = this.#clock.seconds();
  }

  forward(address: Address): Promise<Duplex> {
    return this.#session.forward(address);
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}

/**
 * Waits for a step before a command's start. When the signal aborts first, `late` undoes the step if it
 * still succeeds.
 */
async function unlessAborted<T>(
  step: Promise<T>,
  command: Command,
  signal: AbortSignal | undefined,
  late: (value: T) => void,
): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => {
    const what = `\`${print(command)}\` was cancelled.`;
    aborted.reject(new Cancelled({ what, state: "It had not started." }));
    step.then(late, () => {});
  };
  signal?.addEventListener("abort", abort);
  if (signal?.aborted) abort();
  try {
    return await Promise.race([aborted.promise, step]);
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

function refusedAll(name: string, { message }: ChannelRefused): Unreachable {
  return new Unreachable({
    what: `${name} accepted the login and runs no command.`,
    why: message,
    next: "Check MaxSessions in its sshd_config: it must be 1 or more.",
  });
}
