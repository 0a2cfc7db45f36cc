import { setSecret } from "@actions/core";
import type { InputSource } from "../inputs/read-values.ts";
import { INPUT_NAMES, INPUTS } from "../inputs/table.ts";

/** An action's inputs as the runner passes them: INPUT_*, with the name's hyphens. */
export const actionInputs: InputSource = {
  read: (name) => process.env[`INPUT_${name.toUpperCase()}`],
  call: (name) => `Input \`${name}\``,
  show: (name, example) => `${name}: ${example}`,
};

/** The first and last lines of a key are in every key. To mask them would only make logs harder to read. */
const SHORTEST_SECRET_LINE = 4;

/**
 * Registers every secret input with the runner, and each line of one with several lines, so that no
 * log shows them. It does so only on a runner: anywhere else the command would print what it hides.
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
