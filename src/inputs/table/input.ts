export const EVERY = [
  "backup",
  "drill",
  "cycle",
  "sync",
  "restore",
  "prune",
  "monitor",
  "checklist",
  "list",
  "sweep",
] as const;

export type Verb = (typeof EVERY)[number];

/** The verbs of the actions. Each ends with a report. */
export const ACTION_VERBS = [
  "backup",
  "sync",
  "drill",
  "cycle",
  "restore",
  "monitor",
] as const satisfies readonly Verb[];

/** An input, and the verbs that take it. */
export interface Input {
  readonly description: string;
  /** The meaning of the user's text. Throws Refused. */
  readonly parse: (text: string) => unknown;
  /**
   * Its name in Settings. Without it, the name is its own in camel case. A duration's name ends in
   * `Seconds`.
   */
  readonly as?: string;
  readonly default?: string;
  /** Its meaning when the user gave nothing and it has no default. */
  readonly absent?: unknown;
  /**
   * - `host`: required only where a host is used. A drill on the runner uses none.
   * - `deployment`: required only where the deployment on the host is used. A drill on a fresh
   *   server uses none.
   */
  readonly required?: true | "host" | "deployment";
  /** Shown to a user who got it wrong. Without it, the default is shown. */
  readonly example?: string;
  /** Never printed, and never an argument of a command line. */
  readonly secret?: true;
  /** May hold line breaks. */
  readonly multiline?: true;
  readonly verbs: readonly (Verb | "report")[];
  /** Absent when both the actions and the CLI have it. */
  readonly face?: "action" | "cli";
}

export type Inputs = Readonly<Record<string, Input>>;
