export type Verb =
  | "backup"
  | "drill"
  | "cycle"
  | "restore"
  | "prune"
  | "monitor"
  | "checklist"
  | "list"
  | "sweep"
  | "sync";

/** One thing that a user may say, and which verbs take it. */
export interface Input {
  readonly description: string;
  /** What the user's text means. Throws Refused. */
  readonly parse: (text: string) => unknown;
  /** What it is called in Settings; its own name in camel case without it. A duration's name ends in `Seconds`. */
  readonly as?: string;
  readonly default?: string;
  /** What it means where nobody gave it, and it has no default. */
  readonly absent?: unknown;
  /**
   * `host`: only where a host is used, which a drill on the runner does not; `deployment`: only where the deployment on it
   * is, which a drill on a fresh server does not.
   */
  readonly required?: true | "host" | "deployment";
  /** Shown to someone who got it wrong; the default is the example where there is one. */
  readonly example?: string;
  /** Never printed, and never an argument of a command line. */
  readonly secret?: true;
  /** May hold line breaks. */
  readonly multiline?: true;
  readonly verbs: readonly (Verb | "report")[];
  /** Only the actions, or only the CLI, have it. */
  readonly face?: "action" | "cli";
}

export type Inputs = Readonly<Record<string, Input>>;

export const EVERY: readonly Verb[] = [
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
];
