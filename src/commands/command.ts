import type { Secret } from "../secret.ts";

/**
 * What to run, as data: a program's argv, programs joined by `&&`, or either of these
 * inside a container. It stays an argv until the host quotes it (shell.ts). A secret never stands
 * in an argv, only in `env`, and reaches the process by its environment.
 */
export type Command = Program | Joined | InContainer | InThrowaway;

export interface Program {
  readonly kind: "program";
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | Secret>>;
  /** What the program reads on its standard input; without it, standard input is empty. */
  readonly input?: string;
  /** A file that takes the program's standard output. */
  readonly output?: string;
}

export interface Joined {
  readonly kind: "and";
  readonly commands: readonly Command[];
}

export interface InContainer {
  readonly kind: "container";
  /** The container's name or id. */
  readonly container: string;
  readonly command: Program | Joined;
}

export interface InThrowaway {
  readonly kind: "throwaway";
  readonly image: string;
  /** Options of `docker run`: what the container mounts, its network, its rights. */
  readonly options: readonly string[];
  /** Stands before the command's own argv there, as `chroot` does; empty for most. */
  readonly prefix: readonly string[];
  readonly command: Program | Joined;
}

export interface ProgramOptions {
  env?: Readonly<Record<string, string | Secret>>;
  input?: string;
  output?: string;
}

/** Given an argv, return the command that runs it. */
export function program(argv: readonly string[], options: ProgramOptions = {}): Program {
  return { kind: "program", argv, env: {}, ...options };
}

/** Given commands, return one that runs them in order and stops at the first that fails. */
export function and(...commands: readonly Command[]): Joined {
  return { kind: "and", commands };
}

/** Given a container and a command, return the command that runs it there (`docker exec`). */
export function inContainer(container: string, command: Program | Joined): InContainer {
  return { kind: "container", container, command };
}

/** Given an image and a command, return the command that runs it in a container that is made for it and goes with it (`docker run --rm`). */
export function inThrowaway(
  image: string,
  command: Program | Joined,
  { options = [], prefix = [] }: Partial<Pick<InThrowaway, "options" | "prefix">> = {},
): InThrowaway {
  return { kind: "throwaway", image, options, prefix, command };
}

/** Given a fixed script for a POSIX shell and its arguments, return the command; these stay an argv, never text of the script. */
export function shellScript(text: string, args: readonly string[]): Program {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  return program(["sh", "-c", lines.join("\n"), "sh", ...args]);
}

/** Given a command, return its programs one by one, each where it runs. */
export function separatePrograms(command: Command): readonly Command[] {
  if (command.kind === "program") return [command];
  if (command.kind === "and") return command.commands.flatMap(separatePrograms);
  return programsOf(command).map((one) => ({ ...command, command: one }));
}

/** Given a command, return its programs in the order in which they stand. */
export function programsOf(command: Command): readonly Program[] {
  if (command.kind === "program") return [command];
  if (command.kind === "and") return command.commands.flatMap(programsOf);
  return programsOf(command.command);
}
