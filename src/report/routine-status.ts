import type { PastPart, PastResult } from "./past-result.ts";

export type Part = keyof PastResult["parts"];

/** How up to date a deployment is with one thing that must happen again and again. */
export interface RoutineStatus {
  readonly part: Part;
  readonly label: string;
  /** The last one, good or not. */
  readonly last?: PastPart;
  /** The last one that was good. */
  readonly good?: PastPart;
  /** Seconds after the last good one: then one was missed (late), or two (lost). */
  readonly lateAfter: number;
  readonly lostAfter: number;
}

interface Routine {
  readonly part: Part;
  readonly label: string;
  /** Seconds from one to the next, and seconds that one takes. */
  readonly every: number;
  readonly takes: number;
}

const HOUR = 3600;
const DAY = 86_400;

const ROUTINES: readonly Routine[] = [
  { part: "backup", label: "last backup", every: DAY, takes: 2 * HOUR },
  { part: "drill", label: "last restore drill", every: 92 * DAY, takes: 7 * DAY },
  { part: "offsite", label: "off-site copy", every: DAY, takes: 2 * HOUR },
];

/** For backups, drills and off-site copies. `results` may be in any order. */
export function routineStatuses(results: readonly PastResult[]): readonly RoutineStatus[] {
  const agreed = [...results]
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))
    .find(({ rpoObjectiveSeconds }) => rpoObjectiveSeconds !== undefined)?.rpoObjectiveSeconds;
  return ROUTINES.map(({ part, label, every, takes }) => {
    const newestFirst = results
      .flatMap(({ parts }) => parts[part] ?? [])
      .sort((a, b) => (a.at < b.at ? 1 : -1));
    // The agreed RPO says how often a backup must follow another.
    const interval = part === "drill" ? every : (agreed ?? every);
    return {
      part,
      label,
      last: newestFirst[0],
      good: newestFirst.find(({ verdict }) => verdict === "passed"),
      lateAfter: interval + takes,
      lostAfter: 2 * interval + takes,
    };
  });
}
