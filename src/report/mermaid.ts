import { formatDuration } from "../words/duration.ts";
import { printable } from "../words/printable.ts";
import type { Report } from "./report-schema.ts";
import { stepOf } from "./time-axis.ts";
import { chronological } from "./timeline.ts";
import type { Point, Trend } from "./trend.ts";

/** Diagrams that GitHub draws. Mermaid cannot quote a text, so texts are reduced to what cannot be syntax. */

const LONGEST_LABEL = 80;
const MOST_TICKS = 8;
const MOST_POINTS = 12;
/** How an axis is labelled, by the size of its steps: the largest unit that divides them. */
const SECONDS = { size: 1, unit: "second", format: "%H:%M:%S" };
const AXES = [
  { size: 86_400, unit: "day", format: "%d %b" },
  { size: 3600, unit: "hour", format: "%a %H:%M" },
  { size: 60, unit: "minute", format: "%H:%M" },
  SECONDS,
];
/** What Mermaid's lexer takes for a keyword at the start of a line; a date, too. */
const KEYWORD =
  /^(?:$|\d|gantt|dateFormat|inclusiveEnd|topAxis|axisFormat|tickInterval|includes|excludes|todayMarker|week|title|acc|section|click|call|href|end)/i;
/**
 * Mermaid's own colours are too pale for bars, its height is that of a slide, and its labels are too wide
 * for 12 dates.
 */
const XYCHART =
  '%%{init: {"xyChart": {"width": 900, "height": 260, "xAxis": {"labelFontSize": 12}}, "themeVariables": {"xyChart": {"plotColorPalette": "#4f81bd, #c0504d"}}}}%%';
/** An objective beyond this multiple of the measured values would press everything else onto the axis. */
const OBJECTIVE_IN_SIGHT = 5;

/**
 * The timeline as a gantt chart. Its axis shows the time of day where the reader is: Mermaid offers no
 * other. An axis that starts at zero would be wrong in time zones that are shifted by 30 or 45 minutes.
 */
export function gantt({ phases, startedAt, seconds }: Report): string {
  const start = Date.parse(startedAt);
  const at = (after: number) => start + Math.round(after * 1000);
  const tasks = chronological(phases).map(
    ({ name, startedAfter, seconds }) =>
      `  ${label(name)} · ${formatDuration(seconds)} :${at(startedAfter)}, ${Math.max(at(startedAfter) + 1, at(startedAfter + seconds))}`,
  );
  return fenced(["gantt", "  dateFormat x", ...axis(seconds), "  todayMarker off", ...tasks]);
}

/** An axis' unit: its name, and its size. */
type Unit = readonly [string, number];

/**
 * Bars for the measured values, a line for the objective. `unitOf` is asked for the unit of the largest
 * value.
 */
export function trendChart(
  what: string,
  { points, objective }: Trend,
  unitOf: (largest: number) => Unit,
): string {
  const shown = points.slice(-MOST_POINTS);
  const largest = Math.max(...shown.map(({ value }) => value));
  const inSight = objective !== undefined && objective <= largest * OBJECTIVE_IN_SIGHT;
  const top = Math.max(largest, inSight ? objective : 0);
  const [unit, scale] = unitOf(top);
  const scaled = (value: number) => Number((value / scale).toPrecision(4));
  return fenced([
    XYCHART,
    "xychart-beta",
    `  title "${what}${inSight ? " (bars) and its objective (line)" : ""}"`,
    `  x-axis [${shown.map((point) => `"${day(point, shown)}"`).join(", ")}]`,
    `  y-axis "${unit}" 0 --> ${scaled(top * 1.1)}`,
    `  bar [${shown.map(({ value }) => scaled(value)).join(", ")}]`,
    ...(inSight ? [`  line [${shown.map(() => scaled(objective)).join(", ")}]`] : []),
  ]);
}

function fenced(lines: readonly string[]): string {
  return ["```mermaid", ...lines, "```"].join("\n");
}

/**
 * Letters, digits and harmless marks only, without a keyword at the start, so that Mermaid takes it for
 * text.
 */
function label(text: string): string {
  const plain = printable(text)
    .replace(/[^\p{L}\p{M}\p{N} ._,/'()+-]+/gu, " ")
    .replace(/ +/g, " ")
    .trim();
  const cut = plain.length > LONGEST_LABEL ? `${plain.slice(0, LONGEST_LABEL - 1)}…` : plain;
  return KEYWORD.test(cut) ? `· ${cut}` : cut;
}

function axis(seconds: number): readonly string[] {
  const step = Math.max(1, stepOf(seconds, MOST_TICKS));
  const { format, unit, size } = AXES.find(({ size }) => step >= size) ?? SECONDS;
  return [`  axisFormat ${format}`, `  tickInterval ${step / size}${unit}`];
}

/** A unit that suits a time of this many seconds. */
export function timeUnit(seconds: number): Unit {
  if (seconds < 120) return ["seconds", 1];
  if (seconds < 7200) return ["minutes", 60];
  return seconds < 172_800 ? ["hours", 3600] : ["days", 86_400];
}

/** A decimal unit that suits a size of this many bytes. */
export function sizeUnit(bytes: number): Unit {
  if (bytes < 1e6) return ["kB", 1e3];
  return bytes < 1e9 ? ["MB", 1e6] : ["GB", 1e9];
}

/**
 * The day of a run. When two runs are of one day, the time replaces the year. No two labels may be equal:
 * their bars would overlap.
 */
function day({ at }: Point, all: readonly Point[]): string {
  const alone = (from: number, to: number) =>
    all.filter((one) => one.at.slice(from, to) === at.slice(from, to)).length === 1;
  const [month, date, minute, second] = [5, 10, 16, 19] as const;
  if (alone(0, date)) return at.slice(0, date);
  return at.slice(month, alone(month, minute) ? minute : second).replace("T", " ");
}
