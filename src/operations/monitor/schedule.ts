import { Cron } from "croner";

/** The container's time zone: a name that the system knows, or a fixed offset from UTC (`+0200`). */
export interface Zone {
  readonly name?: string;
  readonly offset: string;
}

export interface ExpectedRun {
  /**
   * Seconds between the scheduled run before a backup and the one after it. This is the RPO that
   * the schedule promises.
   */
  readonly pauseSeconds: number;
  readonly next: Date;
}

/**
 * The run that should follow a backup. `schedule` is in cron format and is read in `zone`.
 * Undefined when it is no such schedule, or never runs.
 */
export function expectedRunAfter(
  schedule: string,
  zone: Zone,
  takenAt: Date,
): ExpectedRun | undefined {
  const cron = cronOf(schedule, zone);
  const next = cron?.nextRun(takenAt);
  const [before] = cron?.previousRuns(1, next ?? takenAt) ?? [];
  if (!next || !before) return undefined;
  return { pauseSeconds: (next.getTime() - before.getTime()) / 1000, next };
}

function cronOf(schedule: string, zone: Zone): Cron | undefined {
  const [sign, hours, minutes] = [
    zone.offset.slice(0, 1),
    zone.offset.slice(1, 3),
    zone.offset.slice(3),
  ];
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
  const where = isKnown(zone.name) ? { timezone: zone.name } : { utcOffset: offset };
  try {
    return new Cron(schedule, { ...where, mode: "5-part", paused: true });
  } catch {
    return undefined;
  }
}

/** A POSIX zone (`EAT-3`) is not one that the system knows by name. */
function isKnown(name: string | undefined): name is string {
  if (!name) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
