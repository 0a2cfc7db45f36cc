import { BACKUP_INPUTS } from "./table/backup-inputs.ts";
import { CONNECTION_INPUTS } from "./table/connection-inputs.ts";
import { DEPLOYMENT_INPUTS } from "./table/deployment-inputs.ts";
import type { Input, Verb } from "./table/input.ts";
import { MONITOR_INPUTS } from "./table/monitor-inputs.ts";
import { OFFSITE_INPUTS } from "./table/offsite-inputs.ts";
import { PROOF_INPUTS } from "./table/proof-inputs.ts";
import { PUBLISHING_INPUTS } from "./table/publishing-inputs.ts";
import { RESTORE_INPUTS } from "./table/restore-inputs.ts";
import { SOURCE_INPUTS } from "./table/source-inputs.ts";
import * as values from "./values.ts";

export type { Input, Verb } from "./table/input.ts";

/**
 * The one list of what a user may say: as an input of an action (INPUT_*), as an option of the CLI,
 * or in its environment (OPENSPP_*). The action.yml files, the CLI's options and the Settings all
 * follow from it.
 */
export const INPUTS = {
  command: {
    description:
      "What to do: `cycle` takes a backup, copies it off-site when `remote` is given, and drills it; `backup`, `sync` and `drill` do one of these.",
    parse: values.oneOf("cycle", "backup", "sync", "drill"),
    default: "cycle",
    verbs: ["cycle"],
    face: "action",
  },
  ...CONNECTION_INPUTS,
  ...DEPLOYMENT_INPUTS,
  ...BACKUP_INPUTS,
  ...MONITOR_INPUTS,
  ...SOURCE_INPUTS,
  ...RESTORE_INPUTS,
  ...PROOF_INPUTS,
  ...OFFSITE_INPUTS,
  ...PUBLISHING_INPUTS,
} as const satisfies Record<string, Input>;

export type InputName = keyof typeof INPUTS;

export const INPUT_NAMES = Object.keys(INPUTS) as InputName[];

/** The inputs of whatever connects to a deployment; those of whatever speaks to GitHub stand apart. */
export const RUN_INPUT_NAMES = INPUT_NAMES.filter(
  (name): name is Exclude<InputName, ToldName> => !isTold(name),
);

/** The inputs of the action that tells what a run came to. */
export const TELL_INPUT_NAMES = INPUT_NAMES.filter(isTold);

type ToldName = {
  [Name in InputName]: "report" extends (typeof INPUTS)[Name]["verbs"][number] ? Name : never;
}[InputName];

function isTold(name: InputName): name is ToldName {
  const input: Input = INPUTS[name];
  return input.verbs.includes("report");
}

/** Given the verbs that an action or a command of the CLI can do, return the names of its inputs, in the table's order. */
export function inputsOf(
  face: "action" | "cli",
  verbs: readonly (Verb | "report")[],
): readonly InputName[] {
  return INPUT_NAMES.filter((name) => {
    const input: Input = INPUTS[name];
    return verbs.some((verb) => input.verbs.includes(verb)) && (input.face ?? face) === face;
  });
}
