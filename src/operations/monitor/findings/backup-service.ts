import { type Check, failed, passed, warned } from "../../../report/check.ts";

/** The service that takes the deployment's own backups. */
export interface BackupService {
  readonly name: string;
  /** Docker's words: `running`, `exited (1)`, `not created`. */
  readonly state: string;
  readonly running: boolean;
  /** The command that starts it, for an administrator. */
  readonly start: string;
}

export interface CronTable {
  /** The lines of its crontab. */
  readonly lines: readonly string[];
  /** Whether a cron daemon runs that reads it. */
  readonly read: boolean;
}

export function judgeService({ name, state, running, start }: BackupService): Check {
  return running
    ? passed("backup-service", `The service \`${name}\` is ${state}.`)
    : failed(
        "backup-service",
        `The service \`${name}\` is not running (${state}): no backup is taken.`,
        `Start it there: ${start}`,
      );
}

const ENTRY = /^(?<schedule>(?:\S+\s+){4}\S+|@\w+)\s+(?<command>.*\S)/;

/**
 * Whether the deployment's own backups will be taken. Where this project takes the backups, a
 * missing entry is only a warning.
 */
export function judgeSchedule(
  { lines, read }: CronTable,
  schedule: string,
  projectTakesBackups: boolean,
): Check {
  const tell = projectTakesBackups ? warned : failed;
  const entries = lines
    .map((line) => ENTRY.exec(line.trim())?.groups)
    .filter(
      (entry) => entry && !entry.schedule?.startsWith("#") && /backup/i.test(entry.command ?? ""),
    )
    .map((entry) => entry?.schedule?.split(/\s+/).join(" ") ?? "");
  const recreate =
    "Recreate the container, which writes it again: docker compose up --detach --force-recreate backup";
  if (entries.length === 0) {
    return tell("schedule", "The crontab has no entry for the backup.", recreate);
  }
  const wanted = schedule.trim().split(/\s+/).join(" ");
  if (!entries.includes(wanted)) {
    return tell(
      "schedule",
      `The crontab says \`${entries.join("`, `")}\`, and BACKUP_SCHEDULE says \`${wanted}\`.`,
      recreate,
    );
  }
  if (!read) {
    return tell(
      "schedule",
      "The crontab has its entry, and no cron daemon runs in the container to read it.",
      "Restart the container: docker compose restart backup",
    );
  }
  return passed("schedule", `The crontab runs the backup at \`${wanted}\`.`);
}

const SUCCESS = /\b(?:complete|completed|success|successful|successfully|finished|done)\b/i;
const ERROR = /\b(?:error|fatal|failed|failure|denied|no space left|cannot|could not|unable)\b/i;
const LONGEST_LINE = 160;

/**
 * Whether the last run of the deployment's own script ended well. The last line that says so,
 * either way, decides. `lines` are oldest first.
 */
export function judgeLog(lines: readonly string[], projectTakesBackups: boolean): Check {
  const decisive = lines.findLast((line) => SUCCESS.test(line) || ERROR.test(line));
  if (decisive === undefined) {
    return warned(
      "backup-log",
      "The log shows neither a completed backup nor an error.",
      "Nothing to do while no scheduled run was due since the container was created; else: docker compose logs backup",
    );
  }
  if (SUCCESS.test(decisive))
    return passed("backup-log", "The last run in its log ended without an error.");
  const tell = projectTakesBackups ? warned : failed;
  const line = lines.find(
    (one, index) => ERROR.test(one) && index >= firstErrorAfterSuccess(lines),
  );
  return tell(
    "backup-log",
    `The last run in its log ended with an error: ${(line ?? decisive).trim().slice(0, LONGEST_LINE)}`,
    projectTakesBackups
      ? "This project takes the backups. If nobody needs the deployment's own, leave it; else see: docker compose logs backup"
      : "See what failed: docker compose logs backup. Under the strict policy its script cannot dump as the Odoo role; `mode: snapshot` can.",
  );
}

/** Later errors of a run often only follow from the first one. */
function firstErrorAfterSuccess(lines: readonly string[]): number {
  return lines.findLastIndex((line) => SUCCESS.test(line)) + 1;
}
