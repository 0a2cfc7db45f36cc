import { stringify } from "yaml";
import { INPUTS, type InputName, inputsOf } from "../src/inputs/table.ts";
import { OUTPUTS } from "../src/report/outputs.ts";

/** What an action can do: one verb, or for the root action those that its input `command` chooses from. */
export type ActionVerbs = Parameters<typeof inputsOf>[1];

/** Words like `on`, which a reader of YAML 1.1 takes for `true`, are quoted. */
const FORMAT = { lineWidth: 0, compat: "yaml-1.1" } as const;

/** The text of an action.yml with these verbs' inputs and outputs; all else in it is written by hand, and stays. */
export function withInputsAndOutputs(text: string, verbs: ActionVerbs): string {
  const inputs = inputsOf("action", verbs).map((name) => [name, offered(name, verbs)]);
  const outputs = outputsOf(verbs).map(([name, { description }]) => [name, { description }]);
  return withSection(
    withSection(text, "inputs", Object.fromEntries(inputs)),
    "outputs",
    Object.fromEntries(outputs),
  );
}

export function outputsOf(verbs: ActionVerbs) {
  return Object.entries(OUTPUTS).filter(([, output]) =>
    verbs.some((verb) => output.verbs.some((one) => one === verb)),
  );
}

/** Where an action needs an input: a drill may be of a fresh server, which needs none of a deployment. */
export function isRequired(name: InputName, verbs: ActionVerbs): boolean {
  const { required } = INPUTS[name];
  return required === true || (required !== undefined && verbs.join() !== "drill");
}

function offered(name: InputName, verbs: ActionVerbs): object {
  const { description, default: preset } = INPUTS[name];
  return {
    description,
    ...(isRequired(name, verbs) && { required: true }),
    ...(preset !== undefined && { default: preset }),
  };
}

/** Replaces a key of the file's first level, up to the blank line after it. */
function withSection(text: string, key: string, value: object): string {
  const section = new RegExp(`^${key}:\\n(?: .*\\n)*`, "m");
  if (!section.test(text)) throw new Error(`an action.yml has no ${key}`);
  return text.replace(section, () => stringify({ [key]: value }, FORMAT));
}
