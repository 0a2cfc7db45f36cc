import { formatDuration } from "../words/duration.ts";
import { type Badge, type BadgeColour, badgeEndpoint, badgeSvg } from "./badge.ts";
import type { PastPart, PastResult } from "./past-result.ts";
import { type Part, type RoutineStatus, routineStatuses } from "./routine-status.ts";

/**
 * What a team puts into its README. A picture cannot tell the time: neither SVG nor shields.io knows how
 * old it is when somebody looks. So each badge names a date and never "two days ago", and its colour is as
 * of the moment when it was made. A run on a schedule makes the badges again, and then their age turns them
 * grey, and later red. When that stops too, the date still tells.
 */

const FILES: Record<Part, string> = {
  backup: "last-backup",
  drill: "last-drill",
  offsite: "off-site",
};

/** Files for each badge: SVG, and JSON for shields.io. `results` may be in any order. */
export function badgeFiles(results: readonly PastResult[], now: Date): ReadonlyMap<string, string> {
  return new Map(
    routineStatuses(results).flatMap((routine) => {
      const badge = badgeOf(routine, now);
      return [
        [`${FILES[routine.part]}.svg`, badgeSvg(badge)],
        [`${FILES[routine.part]}.json`, badgeEndpoint(badge)],
      ];
    }),
  );
}

export function badgeOf(routine: RoutineStatus, now: Date): Badge {
  const { label, last, good } = routine;
  if (!last) return { label, message: "none yet", colour: "grey" };
  const since = good ? `last good ${dateOf(good)}` : "never good";
  if (last.verdict !== "passed" || !good) {
    const word = last.verdict === "failed" ? "failed" : "not proven";
    return { label, message: `${word} ${dateOf(last)}, ${since}`, colour: "red" };
  }
  const colour = colourAt((now.getTime() - Date.parse(good.at)) / 1000, routine);
  if (colour !== "green") return { label, message: `none since ${dateOf(good)}`, colour };
  return { label, message: goodMessage(routine.part, good), colour };
}

function goodMessage(part: Part, good: PastPart): string {
  const date = dateOf(good);
  if (part !== "drill") return date;
  const { rtoSeconds } = good;
  return `passed ${date}${rtoSeconds === undefined ? "" : `, restored in ${formatDuration(rtoSeconds)}`}`;
}

/** Grey when one was missed, red when two were. */
function colourAt(age: number, { lateAfter, lostAfter }: RoutineStatus): BadgeColour {
  if (age > lostAfter) return "red";
  return age > lateAfter ? "grey" : "green";
}

function dateOf({ at }: PastPart): string {
  return at.slice(0, 10);
}
