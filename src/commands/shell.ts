import { REDACTED, Secret } from "../secret.ts";
import {
  type Command,
  type InContainer,
  type InThrowaway,
  type Joined,
  type Program,
  program,
  programsOf,
  separatePrograms,
} from "./command.ts";
import { SUPERVISOR } from "./supervise.ts";

/** What a host executes: one line for its shell, and what it writes to that line's standard input. */
export interface Script {
  readonly line: string;
  /** Each is written to standard input as one line, in this order, before anything else. */
  readonly secrets: readonly Secret[];
  /**
   * Written after the secrets. Then standard input is closed. Without it, a heartbeat keeps
   * standard input open.
   */
  readonly input?: string;
}

const SAFE_WORD = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** Quotes a word for a POSIX shell. Nothing else in the project quotes. */
export function quote(word: string): string {
  if (word.includes("\0")) throw new TypeError("a shell word cannot hold a NUL byte");
  return SAFE_WORD.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * The line that an administrator could paste, with secrets redacted. `variables` are the shell variables for long words. The
 * settings of a PostgreSQL client are left out where they have none: they would hide the rest.
 */
export function print(
  command: Command,
  variables: ReadonlyMap<Secret | string, string> = new Map(),
): string {
  return render(command, (value, variable) => {
    const name = variables.get(value);
    if (name !== undefined) return `"$${variableName(name)}"`;
    if (variable?.startsWith("PGOPTIONS")) return "…";
    return value instanceof Secret ? REDACTED : quote(value);
  });
}

/**
 * Lines that an administrator can paste, one for each program. None runs after one that failed.
 * `variables` are the shell variables for the secrets, for words that a person chooses, and for long ones.
 */
export function pasteable(
  command: Command,
  variables: ReadonlyMap<Secret | string, string>,
): string {
  const value = (held: string | Secret): string => {
    const name = variables.get(held);
    if (name !== undefined) return `"$${variableName(name)}"`;
    if (held instanceof Secret) throw new TypeError("a secret without a variable");
    return quote(held);
  };
  return separatePrograms(command)
    .map((one) => render(one, value))
    .join(" &&\n");
}

/**
 * What a host executes. Secrets are read from standard input into shell variables, so that no argv
 * holds them. A command without input of its own runs under the supervisor (supervise.ts), on the
 * host or in the container where its processes live.
 */
export function script(command: Command): Script {
  if (command.kind === "throwaway") return throwawayScript(command);
  const secrets: Secret[] = [];
  const variable = (value: string | Secret): string => {
    if (!(value instanceof Secret)) return quote(value);
    requireOneLine(value);
    if (!secrets.includes(value)) secrets.push(value);
    return `"$secret_${secrets.indexOf(value) + 1}"`;
  };
  const input = programsOf(command).find((one) => one.input !== undefined)?.input;
  const supervise = input === undefined;
  const body =
    supervise && (command.kind === "program" || command.kind === "and")
      ? renderSupervised(command, variable)
      : render(command, variable, supervise);
  const reads = secrets.map((_, index) => `IFS= read -r secret_${index + 1}; `).join("");
  return { line: `exec sh -c ${quote(reads + body)}`, secrets, input };
}

/** Exports the variables whose names come before `--`, each read from a line of standard input, then runs what follows. */
const READ_SECRETS = `until [ "$1" = -- ]; do IFS= read -r "$1"; export "$1"; shift; done; shift; exec "$@"`;

/**
 * Docker keeps the environment of \`docker run\` in a file on the host, and shows it to everybody who may
 * inspect the container. So the container itself reads its secrets from standard input.
 */
function throwawayScript(where: InThrowaway): Script {
  const env = containerEnv(programsOf(where.command));
  const secret = Object.entries(env).flatMap(([name, value]) =>
    value instanceof Secret ? [{ name: variableName(name), value }] : [],
  );
  for (const { value } of secret) requireOneLine(value);
  const input = programsOf(where.command).find((one) => one.input !== undefined)?.input;
  const reads =
    secret.length === 0
      ? []
      : ["sh", "-c", READ_SECRETS, "sh", ...secret.map(({ name }) => name), "--"];
  const plain = Object.fromEntries(
    Object.entries(env).filter(([, value]) => !(value instanceof Secret)),
  );
  const body = containerLine(where, env, {
    passed: plain,
    reads,
    supervise: input === undefined,
    readsInput: true,
    value: (word) => quote(word as string),
  });
  return { line: `exec sh -c ${quote(body)}`, secrets: secret.map(({ value }) => value), input };
}

function requireOneLine(secret: Secret): void {
  if (/[\n\0]/.test(secret.reveal())) throw new TypeError("a secret cannot hold a line break");
}

/** `variable` is the environment variable that is to hold the value. */
type RenderValue = (value: string | Secret, variable?: string) => string;

function render(command: Command, value: RenderValue, supervise = false): string {
  switch (command.kind) {
    case "program":
      return renderProgram(command, value);
    case "container":
    case "throwaway":
      return renderContainer(command, value, supervise);
    case "and":
      return command.commands.map((part) => render(part, value)).join(" && ");
  }
}

function renderProgram({ argv, env, output }: Program, value: RenderValue): string {
  const [name = "", ...words] = argv;
  const assignments = Object.entries(env).map(
    ([key, held]) => `${variableName(key)}=${value(held, key)}`,
  );
  const redirection = output === undefined ? [] : [`> ${quote(output)}`];
  return [
    ...assignments,
    quoteProgram(name),
    ...words.map((word) => value(word)),
    ...redirection,
  ].join(" ");
}

/** A program's name with an equals sign would be an assignment without quotes. */
function quoteProgram(name: string): string {
  return name.includes("=") ? `'${name.replaceAll("'", "'\\''")}'` : quote(name);
}

function variableName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new TypeError(`not a variable's name: ${name}`);
  return name;
}

/** Secret variables are exported only to the shell that the supervisor starts. */
function renderSupervised(command: Command, value: RenderValue): string {
  if (command.kind === "program" && command.output === undefined) {
    return renderProgram(
      program(["sh", "-c", SUPERVISOR, "supervisor", ...command.argv], { env: command.env }),
      value,
    );
  }
  const names: string[] = [];
  const body = render(command, (held) => {
    const word = value(held);
    if (held instanceof Secret) names.push(word.slice(2, -1));
    return word;
  });
  const exports = [...new Set(names)].map((name) => `export ${name}; `).join("");
  return `${exports}${renderProgram(program(["sh", "-c", SUPERVISOR, "supervisor", "sh", "-c", body]), value)}`;
}

/**
 * The environment of the programs in the container is passed as `-e NAME`, so that its values stay
 * out of the argv.
 */
function renderContainer(
  where: InContainer | InThrowaway,
  value: RenderValue,
  supervise: boolean,
): string {
  const { command } = where;
  const env = containerEnv(programsOf(command));
  const readsInput = supervise || programsOf(command).some((one) => one.input !== undefined);
  return containerLine(where, env, { passed: env, reads: [], supervise, readsInput, value });
}

interface ContainerLine {
  /** The environment that Docker is given. */
  readonly passed: Env;
  /** What comes before the command in the container. */
  readonly reads: readonly string[];
  readonly supervise: boolean;
  readonly readsInput: boolean;
  readonly value: RenderValue;
}

function containerLine(
  where: InContainer | InThrowaway,
  env: Env,
  { passed, reads, supervise, readsInput, value }: ContainerLine,
): string {
  const inner = argvOf(where.command, env);
  const options = [
    ...(readsInput ? ["-i"] : []),
    ...Object.keys(passed).flatMap((name) => ["-e", name]),
  ];
  const argv = [
    ...dockerArgv(where, options),
    ...reads,
    ...(supervise ? ["sh", "-c", SUPERVISOR, "supervisor", ...inner] : inner),
  ];
  return renderProgram(program(argv, { env: passed }), value);
}

/** The image's own entrypoint would run before the command, so it is replaced. Nothing is pulled. */
function dockerArgv(
  where: InContainer | InThrowaway,
  options: readonly string[],
): readonly string[] {
  if (where.kind === "container") return ["docker", "exec", ...options, where.container];
  const run = ["docker", "run", "--rm", "--pull", "never", "--entrypoint", ""];
  return [...run, ...options, ...where.options, where.image, ...where.prefix];
}

type Env = Readonly<Record<string, string | Secret>>;

/**
 * One `docker exec` has one environment. Where two of its programs give a variable different
 * values, the second value is in `NAME_2`.
 */
function containerEnv(programs: readonly Program[]): Env {
  const env: Record<string, string | Secret> = {};
  for (const [name, value] of programs.flatMap((one) => Object.entries(one.env))) {
    env[carrierOf(name, value, env)] = value;
  }
  return env;
}

/** The container's variable that holds a value, or that is free for it. */
function carrierOf(name: string, value: string | Secret, env: Env): string {
  let carrier = name;
  for (let next = 2; carrier in env && env[carrier] !== value; next += 1)
    carrier = `${name}_${next}`;
  return carrier;
}

/** A program as it is; anything that needs a shell as an argument of one. */
function argvOf(command: Program | Joined, env: Env): readonly string[] {
  if (command.kind === "program" && command.output === undefined) return command.argv;
  const inner = programsOf(command).map((one) => renderInContainer(one, env));
  return ["sh", "-c", inner.join(" && ")];
}

function renderInContainer({ argv, env: own, output }: Program, env: Env): string {
  const others = Object.entries(own)
    .map(([name, value]) => [name, carrierOf(name, value, env)] as const)
    .filter(([name, carrier]) => name !== carrier)
    .map(([name, carrier]) => `${name}="$${carrier}" `);
  return (
    others.join("") +
    renderProgram({ kind: "program", argv, env: {}, output }, (word) => quote(String(word)))
  );
}
