import { UserMistake } from "../failure.ts";
import { INPUTS, type Input, type InputName, RUN_INPUT_NAMES } from "./table.ts";
import { Refused } from "./values.ts";

/** Where inputs come from: an action's environment, or the CLI's options, files and environment. */
export interface InputSource {
  /** Given an input's name, return what the user gave, or nothing. */
  read(name: InputName): string | undefined;
  /** Given an input's name, return how a message calls it, for example `--ssh-host`. */
  call(name: InputName): string;
  /** Given an input's name and an example of its value, return how a user would write it. */
  show(name: InputName, example: string): string;
}

type Meaning<I extends Input> = I extends { default: string } | { required: Input["required"] }
  ? ReturnType<I["parse"]>
  : ReturnType<I["parse"]> | undefined;

export type Values<Name extends InputName = (typeof RUN_INPUT_NAMES)[number]> = {
  readonly [One in Name]: Meaning<(typeof INPUTS)[One]>;
};

/**
 * Given where inputs come from and their names, those of a run by default, return what each means. Throws one
 * UserMistake that names all the inputs that are wrong or missing.
 */
export function readValues(source: InputSource): Values;
export function readValues<Name extends InputName>(
  source: InputSource,
  names: readonly Name[],
): Values<Name>;
export function readValues(
  source: InputSource,
  names: readonly InputName[] = RUN_INPUT_NAMES,
): Values {
  const mistakes: Mistake[] = [];
  const entries = names.map((name) => {
    try {
      return [name, meaningOf(name, source)];
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      mistakes.push({ name, reason: error.message });
      return [name, undefined];
    }
  });
  if (mistakes.length > 0) throw mistaken(mistakes, source);
  return Object.fromEntries(entries) as Values;
}

/** An input that cannot be as it is; the reason completes a sentence that starts with its name. */
export interface Mistake {
  readonly name: InputName;
  readonly reason: string;
}

/** Given mistakes and where inputs come from, return the one error that names them all, with an example of each. */
export function mistaken(mistakes: readonly Mistake[], source: InputSource): UserMistake {
  const sentences = mistakes.map(({ name, reason }) => `${source.call(name)} ${reason}.`);
  const examples = mistakes.flatMap(({ name }) => {
    const input: Input = INPUTS[name];
    const example = input.example ?? input.default;
    return example === undefined ? [] : [source.show(name, example)];
  });
  return new UserMistake({
    what: sentences.join("\n"),
    state: "Nothing was done.",
    next: examples.length > 0 ? ["write for example", ...examples].join("\n  ") : undefined,
  });
}

function meaningOf(name: InputName, source: InputSource): unknown {
  const input: Input = INPUTS[name];
  const given = tidy(source.read(name) ?? "", input) || input.default;
  if (given === undefined) {
    if (input.required) throw new Refused("is missing");
    return undefined;
  }
  refuseControlCharacters(given, input);
  return input.parse(given);
}

/**
 * What surrounds a value is an accident of YAML or of a copied file; but spaces may belong to a password, and those
 * before the first item of a list to its indentation.
 */
function tidy(given: string, input: Input): string {
  if (input.secret && !input.multiline) return given.replace(/[\r\n]+$/, "");
  if (input.secret || !input.multiline) return given.trim();
  return given.replace(/^(?:[ \t]*\r?\n)+/, "").trimEnd();
}

function refuseControlCharacters(given: string, { multiline }: Input): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  const found = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
  for (const [character] of given.matchAll(found)) {
    if (multiline && /[\t\r\n]/.test(character)) continue;
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    const called = /[\r\n]/.test(character) ? "a line break" : `the control character U+${code}`;
    throw new Refused(`holds ${called}, which no value of it can`);
  }
}
