import type { Check, MonitorCheck } from "../../../report/check.ts";

/** One line of the guide's checklist "Before going to production". */
export interface ChecklistItem {
  /** In the guide's words. */
  readonly item: string;
  readonly ticked: boolean;
  /** Why it is ticked or not. */
  readonly evidence: string;
  readonly next?: string;
}

export interface ChecklistEvidence {
  /** What the monitor found. */
  readonly checks: readonly Check[];
  /** Whether the last drill passed, at any time. */
  readonly drillPassed: boolean;
  /** Whether there is a RECOVERY.md in the project folder. */
  readonly documented: boolean;
  /** Whether the runs report to a dead man's switch. */
  readonly pinged: boolean;
}

/** The guide's six lines, each ticked or not. */
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
          evidence: "There is a RECOVERY.md in the project folder.",
        }
      : {
          item: "Document recovery procedures for your team",
          ticked: false,
          evidence: "There is no RECOVERY.md in the project folder.",
          next: "Put there the one from a drill of this deployment, and print it too.",
        },
    tick("Schedule quarterly restore tests", drill),
    found.pinged
      ? {
          item: "Set up backup monitoring/alerting",
          ticked: true,
          evidence: "The runs report to a dead man's switch (`ping-url`).",
        }
      : {
          item: "Set up backup monitoring/alerting",
          ticked: false,
          evidence: "The runs report to no dead man's switch: `ping-url` is not set here.",
          next: "Run the monitor every hour (actions/monitor), and give the workflows a `ping-url`, for example of healthchecks.io.",
        },
  ];
}
