import type { Settings } from "../inputs/settings.ts";
import type { Verb } from "../inputs/table.ts";
import type { Report } from "../report/report-schema.ts";
import { LOCKING_VERBS } from "./application.ts";
import type { Effects } from "./effects.ts";
import type { DeploymentListing } from "./list.ts";
import type { ChecklistItem } from "./monitor/findings/checklist-items.ts";
import { refuseUnconfirmed } from "./restore/confirmation.ts";

/**
 * The one table of what a user can ask for. The actions and the CLI start each operation from it,
 * and render its result.
 */

export interface Reported {
  readonly report: Report;
}

export type VerbResult =
  | Reported
  | { readonly sentences: readonly string[] }
  | { readonly items: readonly ChecklistItem[] }
  | { readonly listed: DeploymentListing };

type Perform<Result extends VerbResult> = (settings: Settings, effects: Effects) => Promise<Result>;

export interface VerbEntry<Result extends VerbResult = VerbResult> {
  /** The line in the CLI's help. */
  readonly about: string;
  /** Whether it ends with a report. */
  readonly reports: boolean;
  /** Refuses settings before anything is connected. Throws UserMistake. */
  readonly refuse?: (settings: Settings) => void;
  /** It loads the operation only now, so that a user's mistake is reported at once. */
  readonly perform: Perform<Result>;
}

export const VERBS = {
  backup: {
    about: "take a backup with a manifest of its content, and verify it",
    ...reporting(async () => (await import("./backup/backup.ts")).backup),
  },
  drill: {
    about: "restore a backup into a throwaway database, and prove it",
    ...reporting(async () => (await import("./drill/drill.ts")).drill),
  },
  cycle: {
    about: "take a backup, copy it off-site when a remote is given, then drill it",
    ...reporting(async () => (await import("./cycle.ts")).cycle),
  },
  sync: {
    about: "copy the backups to a remote, and prove the copy",
    ...reporting(async () => (await import("./offsite/sync.ts")).sync),
  },
  prune: {
    about: "remove the backups that the retention policy no longer keeps",
    ...reporting(async () => (await import("./retention/prune.ts")).prune),
  },
  restore: {
    about: "bring production back from a backup, proven before it takes production's place",
    refuse: refuseUnconfirmed,
    ...reporting(async () => (await import("./restore/restore.ts")).restore),
  },
  monitor: {
    about: "look at everything on which a recovery depends, and change nothing",
    ...reporting(async () => (await import("./monitor/monitor.ts")).monitor),
  },
  checklist: {
    about: "tick the guide's checklist before going to production, from evidence",
    reports: false,
    perform: async (settings, effects) => {
      const { askChecklist } = await import("./monitor/checklist.ts");
      return { items: await askChecklist(settings, effects) };
    },
  },
  list: {
    about: "list the backups of the deployment, and what restores keep next to production",
    reports: false,
    perform: async (settings, effects) => {
      const { list } = await import("./list.ts");
      return { listed: await list(settings, effects) };
    },
  },
  sweep: {
    about: "remove what a run that died may have left",
    reports: false,
    perform: async (settings, effects) => {
      const { sweep } = await import("./sweep.ts");
      const removed = await sweep(settings, effects);
      return { sentences: removed.length > 0 ? removed : ["Nothing was left to clean up."] };
    },
  },
} as const satisfies Record<Verb, VerbEntry>;

/** `restore --status` asks what earlier restores left, and makes no report. */
const RESTORE_STATUS: VerbEntry = {
  about: VERBS.restore.about,
  reports: false,
  perform: async (settings, effects) => {
    const { restoreStatus } = await import("./restore/restore-status.ts");
    return { sentences: await restoreStatus(settings, effects) };
  },
};

export function entryOf(verb: Verb, { restore }: Settings): VerbEntry {
  return verb === "restore" && restore.status ? RESTORE_STATUS : VERBS[verb];
}

/**
 * Whether a run of the verb may leave something on the host to be swept. Only one that holds the
 * lock changes the host.
 */
export function mayLeaveSomething(verb: Verb): boolean {
  return LOCKING_VERBS.some((locking) => locking === verb);
}

/** Whether the process may end with 0. */
export function isGood(result: VerbResult): boolean {
  if ("report" in result) return result.report.verdict === "passed";
  return "items" in result ? result.items.every(({ ticked }) => ticked) : true;
}

function reporting(
  load: () => Promise<(settings: Settings, effects: Effects) => Promise<Report>>,
): Pick<VerbEntry<Reported>, "reports" | "perform"> {
  return {
    reports: true,
    perform: async (settings, effects) => {
      const operation = await load();
      return { report: await operation(settings, effects) };
    },
  };
}
