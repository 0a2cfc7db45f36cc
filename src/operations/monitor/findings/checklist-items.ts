import type { Check, MonitorCheck } from "../../../report/check.ts";

/** One line of the guide's checklist "Before going to production". */
export interface ChecklistItem {
  /** In the guide's words. */
  readonly item: string;
  readonly ticked: boolean;
  /** What it is ticked, or not ticked, for. */
  readonly evidence: string;
  readonly next?: string;
}

export interface ChecklistEvidence {
  /** What the monitor found. */
  readonly checks: readonly Check[];
  /** Whether the last drill passed, however long ago. */
  readonly drillPassed: boolean;
  /** Whether a RECOVERY.md stands in the project folder. */
  readonly documented: boolean;
  /** Whether a dead man's switch is told of the runs. */
  readonly pinged: boolean;
}

/** Given what was found, return the guide's six lines, each ticked or not. */
export function checklist(found: ChecklistEvidence): readonly ChecklistItem[] {
  const of = (name: MonitorCheck) => found.checks.find((check) => check.name === name);
  const tick = (item: string, ...checks: readonly (Check | undefined)[]): ChecklistItem => {
    const holds = (check: Check | undefined) => check?.status === "passed" && !check.warning;
    const ticked = checks.every(holds);
    const shown = ticked ? checks.at(-1) : checks.find((check) => !holds(check));
    const evidence = shown?.message ?? "Nothing was found out.";
    return { item, ticked, evidence, ...(!ticked && shown?.next && { next: shown.next }) };
  };
  const drill = of("drill");
  return [
    tick(
      "Verify automated backups are running",
      of("backup-service"),
      of("schedule"),
      of("backup-age"),
    ),
    {
      item: "Test restore procedure on a separate database",
      ticked: found.drillPassed,
      evidence: drill?.message ?? "Nothing was found out.",
      ...(!found.drillPassed && { next: "Run one: openspp-backup drill" }),
    },
    tick("Configure off-site backup sync", of("off-site")),
    found.documented
      ? {
          item: "Document recovery procedures for your team",
          ticked: true,
          evidence: "A RECOVERY.md stands in the project folder.",
        }
      : {
          item: "Document recovery procedures for your team",
          ticked: false,
          evidence: "No RECOVERY.md stands in the project folder.",
          next: "Put the one there that a drill writes for this deployment, and print it, too.",
        },
    tick("Schedule quarterly restore tests", drill),
    found.pinged
      ? {
          item: "Set up backup monitoring/alerting",
          ticked: true,
          evidence: "A dead man's switch is told of the runs (`ping-url`).",
        }
      : {
          item: "Set up backup monitoring/alerting",
          ticked: false,
          evidence: "No dead man's switch is told of the runs: `ping-url` is not set here.",
          next: "Run the monitor every hour (actions/monitor), and give the workflows a `ping-url`, for example of healthchecks.io.",
        },
  ];
}
