import type { Duplex, Writable } from "node:stream";
import type { Command } from "../commands/command.ts";

/** A machine on which commands run: the deployment's, over SSH, or this one. */
export interface Host {
  /** How messages call it, for example `backup@vps.example.org:22`. */
  readonly name: string;
  /**
   * Throws CommandFailed when the command exits other than 0, and Unreachable when the connection is lost.
   * An aborted signal ends the remote process too and throws Cancelled.
   */
  run(command: Command, options?: RunOptions): Promise<Output>;
  /** A stream to an address as the host sees it. Nothing is published on the host. */
  forward(address: Address): Promise<Duplex>;
  close(): Promise<void>;
}

export interface RunOptions {
  signal?: AbortSignal;
  /**
   * Takes standard output as fast as it can, instead of `Output.stdout`. It is ended once the command has
   * exited with 0, and destroyed otherwise, so that a partial output never looks whole.
   */
  output?: Writable;
  /** Called with each line of standard error as it arrives: the tools' own progress. */
  onErrorLine?: (line: string) => void;
  /** Called with each line of standard output as it arrives. */
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
