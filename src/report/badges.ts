import { type Badge, type BadgeColour, badgeEndpoint, badgeSvg } from "./badge.ts";
import { formatDuration } from "./duration.ts";
import type { PastResult } from "./past-result.ts";

/**
 * What a team puts into its README. A picture cannot tell the time: neither SVG nor shields.io can know how old it is when it is
 * looked at. So each badge says a date and never "two days ago", its colour is that of the moment when it was made, and whoever
 * runs on a schedule makes them anew: then age alone turns them grey, and red. When that stops too, the date still tells.
 */

type Part = keyof PastResult["parts"];

interface Kind {
  readonly part: Part;
  readonly file: string;
  readonly label: string;
  /** Seconds in which one must follow the other, and what one takes. */
  readonly every: number;
  readonly takes: number;
}

const HOUR = 3600;
const DAY = 86_400;

const KINDS: readonly Kind[] = [
  { part: "backup", file: "last-backup", label: "last backup", every: DAY, takes: 2 * HOUR },
  {
    part: "drill",
    file: "last-drill",
    label: "last restore drill",
    every: 92 * DAY,
    takes: 7 * DAY,
  },
  { part: "offsite", file: "off-site", label: "off-site copy", every: DAY, takes: 2 * HOUR },
];

/** Given the results of a deployment's runs in any order and the present time, return its badges as files: SVG, and JSON for shields.io. */
export function badgeFiles(results: readonly PastResult[], now: Date): ReadonlyMap<string, string> {
  return new Map(
    KINDS.flatMap((kind) => {
      const badge = badgeOf(kind, results, now);
      return [
        [`${kind.file}.svg`, badgeSvg(badge)],
        [`${kind.file}.json`, badgeEndpoint(badge)],
      ];
    }),
  );
}

function badgeOf(kind: Kind, results: readonly PastResult[], now: Date): Badge {
  const { label, part } = kind;
  const runs = results
    .filter(({ parts }) => parts[part] !== undefined)
    .sort((a, b) => (momentOf(part, a) < momentOf(part, b) ? 1 : -1));
  const [last] = runs;
  const good = runs.find(({ parts }) => parts[part] === "passed");
  if (!last) return { label, message: "none yet", colour: "grey" };
  const since = good ? `last good ${dateOf(part, good)}` : "never good";
  if (last.parts[part] !== "passed" || !good) {
    const word = last.parts[part] === "failed" ? "failed" : "not proven";
    return { label, message: `${word} ${dateOf(part, last)}, ${since}`, colour: "red" };
  }
  const age = (now.getTime() - Date.parse(momentOf(part, good))) / 1000;
  const colour = colourAt(age, kind, results);
  if (colour !== "green") return { label, message: `none since ${dateOf(part, good)}`, colour };
  return { label, message: goodMessage(part, good), colour };
}

function goodMessage(part: Part, good: PastResult): string {
  const date = dateOf(part, good);
  if (part !== "drill") return date;
  const { rtoSeconds } = good;
  return `passed ${date}${rtoSeconds === undefined ? "" : `, restored in ${formatDuration(rtoSeconds)}`}`;
}

/** Grey when one was left out, red when a second one was. What was agreed as RPO says how often a backup must follow another. */
function colourAt(
  ageSeconds: number,
  { part, every, takes }: Kind,
  results: readonly PastResult[],
): BadgeColour {
  const agreed = [...results]
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))
    .find(({ rpoObjectiveSeconds }) => rpoObjectiveSeconds !== undefined)?.rpoObjectiveSeconds;
  const cycle = part === "drill" ? every : (agreed ?? every);
  if (ageSeconds > 2 * cycle + takes) return "red";
  return ageSeconds > cycle + takes ? "grey" : "green";
}

/** A backup is as old as its snapshot; a drill and a copy are as old as their run. */
function momentOf(part: Part, { takenAt, startedAt }: PastResult): string {
  return part === "backup" ? (takenAt ?? startedAt) : startedAt;
}

function dateOf(part: Part, result: PastResult): string {
  return momentOf(part, result).slice(0, 10);
}
