import type { Duplex } from "node:stream";
import type { Clock } from "../clock.ts";
import type { Command } from "../commands/command.ts";
import { print, script } from "../commands/shell.ts";
import { Cancelled, Unreachable } from "../failure.ts";
import type { Address, Host, Output, RunOptions } from "./host.ts";
import { attend, type Process } from "./process.ts";
import { Slots } from "./slots.ts";

/** One connection to an SSH server. */
export interface Session {
  readonly name: string;
  /** Throws SessionRefused when the server takes no further command at present. */
  start(line: string): Promise<Process>;
  forward(address: Address): Promise<Duplex>;
  close(): Promise<void>;
}

/** The server opens no further session channel on this connection (MaxSessions). */
export class SessionRefused extends Error {}

/** OpenSSH allows 10 sessions on a connection by default (MaxSessions); forwarded streams are not counted. */
const SESSIONS = 8;

/** The deployment's host, over SSH. Commands beyond what the server takes at once wait in line. */
export class RemoteHost implements Host {
  readonly name: string;
  readonly #session: Session;
  readonly #clock: Clock;
  readonly #slots = new Slots(SESSIONS);

  constructor(session: Session, clock: Clock) {
    this.name = session.name;
    this.#session = session;
    this.#clock = clock;
  }

  async run(command: Command, options: RunOptions = {}): Promise<Output> {
    const what = script(command);
    try {
      await this.#slots.take(options.signal);
    } catch {
      throw new Cancelled({
        what: `\`${print(command)}\` was cancelled.`,
        state: "It had not started.",
      });
    }
    try {
      const process = await this.#session.start(what.line);
      return await attend(process, command, what, options, this.#clock);
    } catch (error) {
      if (!(error instanceof SessionRefused)) throw error;
      const others = this.#slots.taken - 1;
      if (others === 0) throw refusedAll(this.name, error);
      this.#slots.lower(others);
    } finally {
      this.#slots.giveBack();
    }
    return this.run(command, options);
  }

  forward(address: Address): Promise<Duplex> {
    return this.#session.forward(address);
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}

function refusedAll(name: string, { message }: SessionRefused): Unreachable {
  return new Unreachable({
    what: `${name} accepted the login and runs no command.`,
    why: message,
    next: "Check MaxSessions in its sshd_config: it must be 1 or more.",
  });
}
