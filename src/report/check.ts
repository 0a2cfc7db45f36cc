/** One thing that an operation proved, or could not. */
export interface Check {
  readonly name: CheckName;
  readonly status: Status;
  /** A sentence that a tired person understands. */
  readonly message: string;
  /** What to do, when it did not pass. */
  readonly next?: string;
  /** The user switched this check off by name, so it does not fail the operation. */
  readonly switchedOff?: true;
  /** It passed, but will soon fail. The message says why. */
  readonly warning?: true;
}

export type Status = "passed" | "failed" | "not-run";
export type Verdict = Status;

/** One of our checks by its fixed name, or `sql: <name>` for one of the user's own. */
export type CheckName = (typeof CHECK_NAMES)[number] | `sql: ${string}`;

/** What the monitor looks at, in the order of its report. */
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

/** Passed for now, but somebody should act. */
export function warned(name: CheckName, message: string, next?: string): Check {
  return { ...passed(name, message), ...(next && { next }), warning: true };
}

export function failed(name: CheckName, message: string, next?: string): Check {
  return { name, status: "failed", message, ...(next && { next }) };
}

export function notRun(name: CheckName, message: string, next?: string): Check {
  return { name, status: "not-run", message, ...(next && { next }) };
}

/** The user named the check in `skip-checks`. */
export function switchedOff(name: CheckName): Check {
  return { ...notRun(name, "Switched off by name in `skip-checks`."), switchedOff: true };
}

export function withSwitchedOff(
  checks: readonly Check[],
  names: readonly string[],
): readonly Check[] {
  return checks.map((check) => (names.includes(check.name) ? switchedOff(check.name) : check));
}

/** A check that did not run makes the verdict `not-run`, unless the user switched it off by name. */
export function verdictOf(checks: readonly Check[]): Verdict {
  if (checks.some((check) => check.status === "failed")) return "failed";
  const proven = checks.filter((check) => check.status === "passed");
  const unproven = checks.some((check) => check.status === "not-run" && !check.switchedOff);
  return unproven || proven.length === 0 ? "not-run" : "passed";
}
