/** One thing that an operation proved, or could not. */
export interface Check {
  readonly name: CheckName;
  readonly status: Status;
  /** A sentence that a tired person understands. */
  readonly message: string;
  /** What to do, when it did not pass. */
  readonly next?: string;
  /** The user switched this check off by name, so that its not having run does not fail the operation. */
  readonly switchedOff?: true;
  /** It passed, and it will not for long: the message says of what. */
  readonly warning?: true;
}

export type Status = "passed" | "failed" | "not-run";
export type Verdict = Status;

/** A check of ours by its fixed name, or `sql: <name>` for one of the user's own. */
export type CheckName = (typeof CHECK_NAMES)[number] | `sql: ${string}`;

/** What the monitor looks at, in the order in which its report tells it. */
export const MONITOR_CHECKS = [
  "backup-service",
  "schedule",
  "backup-log",
  "backup-age",
  "backup-size",
  "backup-files",
  "manifests",
  "copies",
  "off-site",
  "drill",
  "disk-space",
  "inodes",
  "disk-forecast",
  "database",
  "connections",
  "sessions",
  "leftovers",
  "clock",
] as const;

export type MonitorCheck = (typeof MONITOR_CHECKS)[number];

export const CHECK_NAMES = [
  "archive",
  "restore",
  "structure",
  "content",
  "row-counts",
  "sequences",
  "large-objects",
  "partners",
  "postgis",
  "extensions",
  "geometry",
  "control",
  "rpo",
  "rto",
  "dump",
  "manifest",
  "attachments",
  "filestore",
  "cleanup",
  "retention",
  "preconditions",
  "swap",
  "properties",
  "healthy",
  "neutralized",
  "offsite-copy",
  "offsite-proof",
  "offsite-retention",
  ...MONITOR_CHECKS,
] as const;

export function passed(name: CheckName, message: string): Check {
  return { name, status: "passed", message };
}

/** Given a check that holds for now, return it marked as one to see to. */
export function warned(name: CheckName, message: string, next?: string): Check {
  return { ...passed(name, message), ...(next && { next }), warning: true };
}

export function failed(name: CheckName, message: string, next?: string): Check {
  return { name, status: "failed", message, ...(next && { next }) };
}

export function notRun(name: CheckName, message: string, next?: string): Check {
  return { name, status: "not-run", message, ...(next && { next }) };
}

/** Given a check that did not run because the user named it in `skip-checks`, return it marked so. */
export function switchedOff(name: CheckName): Check {
  return { ...notRun(name, "Switched off by name in `skip-checks`."), switchedOff: true };
}

/** Given checks and the names that the user switched off, return the checks with those marked so. */
export function withSwitchedOff(
  checks: readonly Check[],
  names: readonly string[],
): readonly Check[] {
  return checks.map((check) => (names.includes(check.name) ? switchedOff(check.name) : check));
}

/** Given all checks of an operation, return its verdict: not run is never green, unless it was switched off by name. */
export function verdictOf(checks: readonly Check[]): Verdict {
  if (checks.some((check) => check.status === "failed")) return "failed";
  const proven = checks.filter((check) => check.status === "passed");
  const unproven = checks.some((check) => check.status === "not-run" && !check.switchedOff);
  return unproven || proven.length === 0 ? "not-run" : "passed";
}
