import type { Secret } from "../secret.ts";

/**
 * What to run, as data: a program's argv, programs joined by `&&`, or either of these in a
 * container. It stays an argv until shell.ts quotes it. A secret is never in an argv, only in
 * `env`, and reaches the process through its environment.
 */
export type Command = Program | Joined | InContainer | InThrowaway;

export interface Program {
  readonly kind: "program";
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | Secret>>;
  /** The program's standard input. Without it, standard input is empty. */
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
  /** Options of `docker run`: mounts, network, rights. */
  readonly options: readonly string[];
  /** Comes before the command's own argv in the container, as `chroot` does. Empty for most. */
  readonly prefix: readonly string[];
  readonly command: Program | Joined;
}

export interface ProgramOptions {
  env?: Readonly<Record<string, string | Secret>>;
  input?: string;
  output?: string;
}

export function program(argv: readonly string[], options: ProgramOptions = {}): Program {
  return { kind: "program", argv, env: {}, ...options };
}

/** Runs commands in order, and stops at the first that fails. */
export function and(...commands: readonly Command[]): Joined {
  return { kind: "and", commands };
}

/** Runs a command in a container that runs already (`docker exec`). */
export function inContainer(container: string, command: Program | Joined): InContainer {
  return { kind: "container", container, command };
}

/** Runs a command in a container of its own, which is removed afterwards (`docker run --rm`). */
export function inThrowaway(
  image: string,
  command: Program | Joined,
  { options = [], prefix = [] }: Partial<Pick<InThrowaway, "options" | "prefix">> = {},
): InThrowaway {
  return { kind: "throwaway", image, options, prefix, command };
}

/** Runs a fixed script in a POSIX shell. The arguments stay an argv and never become text of the script. */
export function shellScript(text: string, args: readonly string[]): Program {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  return program(["sh", "-c", lines.join("\n"), "sh", ...args]);
}

/** A command's programs one by one, each in the place where it runs. */
export function separatePrograms(command: Command): readonly Command[] {
  if (command.kind === "program") return [command];
  if (command.kind === "and") return command.commands.flatMap(separatePrograms);
  return programsOf(command).map((one) => ({ ...command, command: one }));
}

/** A command's programs, in order. */
export function programsOf(command: Command): readonly Program[] {
  if (command.kind === "program") return [command];
  if (command.kind === "and") return command.commands.flatMap(programsOf);
  return programsOf(command.command);
}
