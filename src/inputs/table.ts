import { oneOf } from "./parse/choices.ts";
import { BACKUP_INPUTS, RETENTION_INPUTS } from "./table/backup-inputs.ts";
import { CONNECTION_INPUTS } from "./table/connection-inputs.ts";
import { DEPLOYMENT_INPUTS } from "./table/deployment-inputs.ts";
import { DRILL_INPUTS } from "./table/drill-inputs.ts";
import type { Input, Inputs, Verb } from "./table/input.ts";
import { MONITOR_INPUTS } from "./table/monitor-inputs.ts";
import { PROOF_INPUTS } from "./table/proof-inputs.ts";
import { PUBLISH_INPUTS, TELL_INPUTS, TREND_INPUTS } from "./table/report-inputs.ts";
import { RESTORE_INPUTS } from "./table/restore-inputs.ts";
import { SYNC_INPUTS } from "./table/sync-inputs.ts";

export { ACTION_VERBS, type Input, type Verb } from "./table/input.ts";

/** What the root action can do. The first is its default. */
export const COMMANDS = ["cycle", "backup", "sync", "drill"] as const;

/**
 * The one list of inputs, by topic: as an input of an action (INPUT_*), as an option of the CLI, or
 * in its environment (OPENSPP_*). The action.yml files, the CLI's options, the tables in the
 * documentation and the Settings all come from it, in its order.
 */
export const GROUPS = {
  root: {
    command: {
      description:
        "What to do: `cycle` takes a backup, copies it off-site when `remote` is given, and drills it; `backup`, `sync` and `drill` do one of these.",
      parse: oneOf(...COMMANDS),
      default: COMMANDS[0],
      verbs: ["cycle"],
      face: "action",
    },
  },
  connection: CONNECTION_INPUTS,
  deployment: DEPLOYMENT_INPUTS,
  backup: BACKUP_INPUTS,
  retention: RETENTION_INPUTS,
  monitor: MONITOR_INPUTS,
  drill: DRILL_INPUTS,
  restore: RESTORE_INPUTS,
  proof: PROOF_INPUTS,
  sync: SYNC_INPUTS,
  publish: PUBLISH_INPUTS,
  tell: TELL_INPUTS,
  trend: TREND_INPUTS,
} as const satisfies Record<string, Inputs>;

export type GroupName = keyof typeof GROUPS;

type NameIn<Group> = Group extends unknown ? keyof Group & string : never;

export type InputName = NameIn<(typeof GROUPS)[GroupName]>;

/** All inputs by name. An input that several groups share is in it once, at its first place. */
export const INPUTS = Object.assign({}, ...Object.values(GROUPS)) as Readonly<
  Record<InputName, Input>
>;

export const INPUT_NAMES = Object.keys(INPUTS) as InputName[];

/** The inputs of an action, or of a command of the CLI, that can do these verbs. */
export function inputsOf(
  face: "action" | "cli",
  verbs: readonly (Verb | "report")[],
): readonly InputName[] {
  return INPUT_NAMES.filter((name) => {
    const input = INPUTS[name];
    return verbs.some((verb) => input.verbs.includes(verb)) && (input.face ?? face) === face;
  });
}

/** An input's name in Settings: its `as`, or its own name in camel case. */
export function settingOf(name: InputName): string {
  return INPUTS[name].as ?? camelCase(name);
}

export function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
