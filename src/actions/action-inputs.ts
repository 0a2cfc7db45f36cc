import { setSecret } from "@actions/core";
import type { InputSource } from "../inputs/read-values.ts";
import { INPUT_NAMES, INPUTS } from "../inputs/table.ts";

/** An action's inputs, as the runner hands them over: INPUT_* with the name's hyphens kept. */
export const actionInputs: InputSource = {
  read: (name) => process.env[`INPUT_${name.toUpperCase()}`],
  call: (name) => `Input \`${name}\``,
  show: (name, example) => `${name}: ${example}`,
};

/** The armour of a key is in every key; masking it would only make logs harder to read. */
const SHORTEST_SECRET_LINE = 4;

/**
 * Registers every secret input with the runner, and each line of one that has several, so that no
 * log shows them. Only a runner understands the command; anywhere else it would print what it hides.
 */
export function maskSecrets(): void {
  if (process.env.GITHUB_ACTIONS !== "true") return;
  for (const name of INPUT_NAMES) {
    const given = INPUTS[name].secret ? actionInputs.read(name) : undefined;
    for (const line of given?.split(/\r?\n|\\n/) ?? []) {
      if (line.length >= SHORTEST_SECRET_LINE && !line.startsWith("-----")) setSecret(line);
    }
  }
}
