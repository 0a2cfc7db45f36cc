import { UserMistake } from "../failure.ts";
import { Refused } from "./parse/refused.ts";
import type { Group } from "./settings.ts";
import { GROUPS, type GroupName, INPUTS, type Input, type InputName, settingOf } from "./table.ts";

/** Where inputs come from: an action's environment, or the CLI's options, files and environment. */
export interface InputSource {
  /** Undefined when the user gave nothing. */
  read(name: InputName): string | undefined;
  /** The input's name in a message, for example `--ssh-host`. */
  call(name: InputName): string;
  /** What a user would write to give the input this value. */
  show(name: InputName, example: string): string;
}

/**
 * Inputs that are not used count as not given. Throws one UserMistake that names all the inputs
 * that are wrong or missing.
 */
export async function readGroups<Name extends GroupName>(
  source: InputSource,
  groups: readonly Name[],
  isUsed: (name: InputName) => boolean = () => true,
): Promise<{ readonly [One in Name]: Group<One> }> {
  const namesIn = (group: Name) => Object.keys(GROUPS[group]) as InputName[];
  const used = new Set(groups.flatMap(namesIn).filter(isUsed));
  const values = await readValues(source, [...used]);
  const read = groups.map((group) => [
    group,
    Object.fromEntries(
      namesIn(group).map((name) => [
        settingOf(name),
        used.has(name) ? values[name] : INPUTS[name].absent,
      ]),
    ),
  ]);
  return Object.fromEntries(read);
}

/** Throws one UserMistake that names all inputs that are wrong or missing. */
export async function readValues(
  source: InputSource,
  names: readonly InputName[],
): Promise<Readonly<Partial<Record<InputName, unknown>>>> {
  const values: Partial<Record<InputName, unknown>> = {};
  const mistakes: Mistake[] = [];
  for (const name of names) {
    try {
      values[name] = await meaningOf(name, source);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      mistakes.push({ name, reason: error.message });
    }
  }
  if (mistakes.length > 0) throw mistaken(mistakes, source);
  return values;
}

/** A wrong input. The reason completes a sentence that starts with its name. */
export interface Mistake {
  readonly name: InputName;
  readonly reason: string;
}

/** The one error for all mistakes, with an example for each. */
export function mistaken(mistakes: readonly Mistake[], source: InputSource): UserMistake {
  const sentences = mistakes.map(({ name, reason }) => `${source.call(name)} ${reason}.`);
  const examples = mistakes.flatMap(({ name }) => {
    const { example, default: preset } = INPUTS[name];
    const shown = example ?? preset;
    return shown === undefined ? [] : [source.show(name, shown)];
  });
  return new UserMistake({
    what: sentences.join("\n"),
    state: "Nothing was done.",
    next: examples.length > 0 ? ["write for example", ...examples].join("\n  ") : undefined,
  });
}

function meaningOf(name: InputName, source: InputSource): unknown {
  const input = INPUTS[name];
  const given = tidy(source.read(name) ?? "", input) || input.default;
  if (given === undefined) {
    if (input.required) throw new Refused("is missing");
    return input.absent;
  }
  refuseControlCharacters(given, input);
  return input.parse(given);
}

/**
 * Space around a value comes by accident from YAML or from a copied file. But spaces may belong to
 * a password, and those before the first item of a list belong to its indentation.
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
