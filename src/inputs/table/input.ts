/** One thing that a user may say, and whom it is said to. */

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

export interface Input<T = unknown> {
  readonly description: string;
  /** Given what the user wrote, return what it means; throws Refused. */
  readonly parse: (text: string) => T;
  readonly default?: string;
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

export const EVERY: readonly Verb[] = [
  ...(["backup", "drill", "cycle", "sync", "restore", "prune"] as const),
  ...(["monitor", "checklist", "list", "sweep"] as const),
];
export const RUNS: readonly Verb[] = ["backup", "drill", "cycle", "restore"];
export const PUBLISHED: readonly Verb[] = [
  "backup",
  "drill",
  "cycle",
  "sync",
  "restore",
  "monitor",
];
export const SYNCS: readonly Verb[] = ["sync", "cycle"];
export const WATCHES: readonly Verb[] = ["monitor", "checklist"];
/** Those that copy to the remote or from it. */
export const TRANSFERS: readonly Verb[] = ["sync", "drill", "cycle", "restore"];
export const REMOTES: readonly Verb[] = [...TRANSFERS, ...WATCHES];
export const BACKUPS: readonly Verb[] = ["backup", "cycle"];
export const PRUNES: readonly Verb[] = ["backup", "cycle", "sync", "prune", "monitor"];
/** Those that end with a report. */
export const REPORTS: readonly Verb[] = [
  ...(["backup", "drill", "cycle", "sync", "restore"] as const),
  ...(["prune", "monitor"] as const),
];
export const DRILLS: readonly Verb[] = ["drill", "cycle"];
export const RESTORES: readonly Verb[] = ["restore"];
export const PROOFS: readonly Verb[] = [...DRILLS, ...RESTORES];

export const TELLS = ["report"] as const;
/** Those whose report shows how its numbers changed, and the one that keeps them. */
export const TRENDS = ["backup", "drill", "cycle", "restore", ...TELLS] as const;

export const text = (given: string): string => given;
