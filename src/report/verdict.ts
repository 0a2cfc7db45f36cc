import { counted } from "../words/count.ts";
import { formatDuration } from "../words/duration.ts";
import type { Check, Status } from "./check.ts";
import { compareTables, differentTables } from "./compared-tables.ts";
import type { Operation, Report } from "./report-schema.ts";

export function headline({ operation, verdict, checks, restore }: Report): string {
  if (verdict === "passed" && restore?.plan !== undefined) return PLANNED;
  const warnings = checks.filter(({ warning }) => warning);
  if (verdict === "passed") {
    const see = warnings.length > 0 ? `, with ${counted(warnings.length, "warning")}` : "";
    return `${PASSED[operation]}${see}`;
  }
  const names = problems(checks)
    .filter(({ warning }) => !warning)
    .map(({ name }) => name);
  const list =
    names.length === 0 ? "" : `: ${names.slice(0, 4).join(", ")}${names.length > 4 ? ", …" : ""}`;
  return `${verdict === "failed" ? FAILED[operation] : NOT_PROVEN[operation]}${list}`;
}

/** Each operation's name. */
export const TITLES = {
  backup: "Backup",
  drill: "Restore drill",
  cycle: "Backup and restore drill",
  prune: "Retention",
  restore: "Restore",
  sync: "Off-site copy",
  monitor: "Monitor",
} satisfies Record<Operation, string>;

const PASSED = {
  backup: "The backup is good",
  drill: "The backup can be restored",
  cycle: "A new backup was taken, and it can be restored",
  prune: "The backups match the retention policy",
  restore: "The restore is done",
  sync: "The backups are off-site",
  monitor: "All is well with the backups",
};

const PLANNED = "The restore could be done; nothing was changed";

const FAILED = {
  backup: "The backup failed",
  drill: "The restore drill failed",
  cycle: "The backup or its restore drill failed",
  prune: "The retention failed",
  restore: "The restore failed",
  sync: "The backups are not safe off-site",
  monitor: "Something is wrong with the backups",
};

const NOT_PROVEN = {
  backup: "The backup is not proven",
  drill: "The restore is not proven",
  cycle: "The backup is not proven",
  prune: "The retention was not applied",
  restore: "The restore is incomplete",
  sync: "The off-site copy is not proven",
  monitor: "Not everything could be looked at",
};

/** The report in short. Backticks mark names. */
export function sentences(report: Report): readonly string[] {
  return [
    subject(report),
    offsite(report),
    ...measures(report),
    downtime(report),
    leftBehind(report),
  ].filter((sentence) => sentence !== undefined);
}

/** Those of the sentences that a face may leave out if it draws the report's numbers. */
export function measures(report: Report): readonly string[] {
  return [recoveryTime(report), recoveryPoint(report), extent(report)].filter(
    (sentence) => sentence !== undefined,
  );
}

function leftBehind({ state }: Report): string | undefined {
  return state && `Left behind: ${state}`;
}

function subject({ backup, deployment }: Report): string {
  const database = `database \`${deployment.database}\` on \`${deployment.host}\`.`;
  return backup ? `Backup \`${backup.name}\` of ${database}` : capitalised(database);
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** Checks that neither passed nor were switched off, and those with a warning. Failed ones come first. */
export function problems(checks: readonly Check[]): readonly Check[] {
  return [
    ...checks.filter(({ status }) => status === "failed"),
    ...checks.filter(({ status, switchedOff }) => status === "not-run" && !switchedOff),
    ...checks.filter(({ warning }) => warning),
  ];
}

/** The status whose sign the check gets: a warning is neither green nor red. */
export function signOf({ status, warning }: Check): Status {
  return warning ? "not-run" : status;
}

function recoveryTime(report: Report): string | undefined {
  if (report.rtoSeconds === undefined) return undefined;
  const done = report.verdict === "passed" ? "Restored and proven" : "Restored and checked";
  return `${done} in ${against(report.rtoSeconds, report.rtoObjectiveSeconds)}.`;
}

function recoveryPoint({ operation, rpoSeconds, rpoObjectiveSeconds }: Report): string | undefined {
  if (rpoSeconds === undefined) return undefined;
  if (operation === "restore") return `It holds the work up to ${formatDuration(rpoSeconds)} ago.`;
  return `A loss now would cost the work of ${against(rpoSeconds, rpoObjectiveSeconds)}.`;
}

function downtime({ restore }: Report): string | undefined {
  if (restore === undefined) return undefined;
  const { downtimeSeconds, kept } = restore;
  const down =
    downtimeSeconds === undefined
      ? "Production was not stopped."
      : `The services were down for ${formatDuration(downtimeSeconds)}.`;
  return kept ? `${down} \`${kept.name}\` is kept until ${kept.until.slice(0, 10)}.` : down;
}

function against(seconds: number, objective: number | undefined): string {
  const measured = formatDuration(seconds);
  if (objective === undefined) return measured;
  const word = seconds <= objective ? "within" : "beyond";
  return `${measured}, ${word} the objective of ${formatDuration(objective)}`;
}

function offsite({ sync }: Report): string | undefined {
  if (!sync) return undefined;
  const there = `${counted(sync.backups, "backup")} ${sync.backups === 1 ? "is" : "are"} on \`${sync.remote}\``;
  return `${there}${sync.newest ? `, the newest \`${sync.newest}\`` : ""}.`;
}

function extent({ tables, rows }: Report): string | undefined {
  if (tables.length === 0) return undefined;
  const all = `${counted(tables.length, "table")} with ${counted(rows, "row")}`;
  const compared = compareTables(tables);
  const different = differentTables(compared).length;
  if (different > 0) return `Of ${all}, ${counted(different, "table")} came back different.`;
  const recorded = compared.every(({ comparison }) => comparison === "recorded");
  return recorded ? `${all} recorded in the manifest.` : `${all} came back equal.`;
}
