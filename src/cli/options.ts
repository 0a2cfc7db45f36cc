import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { Option } from "commander";
import { quote as shellWord } from "../commands/shell.ts";
import { reasonOf, UserMistake } from "../failure.ts";
import { boolean } from "../inputs/parse/choices.ts";
import type { InputSource } from "../inputs/read-values.ts";
import {
  camelCase,
  INPUTS,
  type Input,
  type InputName,
  inputsOf,
  type Verb,
} from "../inputs/table.ts";

/** The command line as commander read it: option names in camel case. */
export type CliOptions = Readonly<Record<string, string | boolean | undefined>>;

/** A secret is only read from a file, never from an argv. A long value may come from a file too. */
export function optionsOf(verb: Verb): readonly Option[] {
  return inputsOf("cli", [verb]).flatMap((name) => {
    const input = INPUTS[name];
    const preset = input.default === undefined ? "" : ` (default: ${input.default})`;
    const about = `${input.description.replaceAll("`", "")}${preset} [${variableOf(name)}]`;
    if (input.parse === boolean) return [new Option(`--${name}`, about)];
    return [
      ...(input.secret ? [] : [new Option(`--${name} <value>`, about)]),
      ...(input.secret || input.multiline
        ? [new Option(`--${name}-file <path>`, fileAbout(input, about))]
        : []),
    ];
  });
}

function fileAbout({ secret }: Input, about: string): string {
  return secret ? about : "The same, from a file.";
}

/** An input comes from its option, or else from the option's file, or else from the environment. */
export function cliInputs(given: CliOptions): InputSource {
  return {
    read: (name) => {
      const option = given[camelCase(name)];
      const path = given[camelCase(`${name}-file`)];
      if (option !== undefined) return String(option);
      if (path !== undefined) return readFile(`--${name}-file`, String(path));
      return (
        process.env[variableOf(name)] ?? (name === "ssh-known-hosts" ? ownKnownHosts() : undefined)
      );
    },
    call: (name) => `${optionOf(name)} (or ${variableOf(name)})`,
    show: (name, example) => `${optionOf(name)} ${isSecret(name) ? "FILE" : shellWord(example)}`,
  };
}

function optionOf(name: InputName): string {
  return `--${name}${isSecret(name) ? "-file" : ""}`;
}

function isSecret(name: InputName): boolean {
  return INPUTS[name].secret === true;
}

export function variableOf(name: InputName): string {
  return `OPENSPP_${name.toUpperCase().replaceAll("-", "_")}`;
}

function readFile(option: string, path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UserMistake(
      {
        what: `The file of ${option} cannot be read.`,
        why: reasonOf(error),
        state: "Nothing was done.",
      },
      { cause: error },
    );
  }
}

/** A person at a terminal has already pinned the host, when they first logged in. */
function ownKnownHosts(): string | undefined {
  const path = join(homedir(), ".ssh", "known_hosts");
  return existsSync(path) ? readFile("--ssh-known-hosts-file", path) : undefined;
}
