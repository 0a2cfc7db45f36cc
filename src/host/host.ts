import type { Duplex, Writable } from "node:stream";
import type { Command } from "../commands/command.ts";

/** A machine on which commands run: the deployment's, over SSH, or the one we are on. */
export interface Host {
  /** How messages call it, for example `backup@vps.example.org:22`. */
  readonly name: string;
  /**
   * Given a command, run it to its end and return its output. A command that exits other than 0
   * throws CommandFailed; a connection that is lost throws Unreachable; an aborted signal ends the
   * remote process too and throws Cancelled.
   */
  run(command: Command, options?: RunOptions): Promise<Output>;
  /** Given an address as the host sees it, return a stream to it: nothing is published on the host. */
  forward(address: Address): Promise<Duplex>;
  close(): Promise<void>;
}

export interface RunOptions {
  signal?: AbortSignal;
  /**
   * Takes standard output as fast as it can, instead of `Output.stdout`. It is ended once the command has exited with
   * 0, and destroyed otherwise: what was cut short never looks whole.
   */
  output?: Writable;
  /** Called with each line of standard error as it comes: the tools' own progress. */
  onErrorLine?: (line: string) => void;
  /** Called with each line of standard output as it comes. */
  onLine?: (line: string) => void;
}

export interface Output {
  stdout: string;
  stderr: string;
  seconds: number;
}

export interface Address {
  host: string;
  port: number;
}
