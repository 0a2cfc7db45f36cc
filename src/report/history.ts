import * as z from "zod/mini";
import { UserMistake } from "../failure.ts";
import { formatBytes } from "../words/bytes.ts";
import { formatCount } from "../words/count.ts";
import { formatDuration } from "../words/duration.ts";
import { formatMoment } from "../words/moment.ts";
import { badgeFiles } from "./badges.ts";
import { renderHistoryPage } from "./html/history-page.ts";
import { renderHtml } from "./html/report-page.ts";
import { code, prose, table } from "./markdown.ts";
import { isReport, type Outcome } from "./outcome.ts";
import { type PastResult, pastResultOf, pastResultOfEnd, pastResultSchema } from "./past-result.ts";
import { reportSchema } from "./report-schema.ts";

/** What came of every run, as a branch keeps it: one JSON a run, and an index of them all. */

const { operation, verdict } = reportSchema.def.innerType.shape;

const entrySchema = z.readonly(
  z.object({
    /** UTC. */
    at: z.iso.datetime(),
    operation,
    verdict,
    /** Of the run's JSON, in the branch. */
    path: z.string(),
    /** The workflow run's page. */
    run: z.string(),
    result: pastResultSchema,
  }),
);

const historySchema = z.readonly(
  z.object({
    schemaVersion: z.literal(1),
    /** Oldest first. */
    entries: z.readonly(z.array(entrySchema)),
  }),
);

export type History = z.infer<typeof historySchema>;
type Entry = z.infer<typeof entrySchema>;

export const INDEX = "index.json";
const README = "README.md";
const SHOWN = 50;

/** Given the text of the index, or nothing where there is none yet, return the history. Throws UserMistake when it is not one. */
export function readHistory(text: string | undefined): History {
  if (text === undefined) return { schemaVersion: 1, entries: [] };
  try {
    return historySchema.parse(JSON.parse(text));
  } catch (error) {
    throw new UserMistake(
      {
        what: `The history's ${INDEX} is not one that this version can read.`,
        why: error instanceof z.core.$ZodError ? z.prettifyError(error) : (error as Error).message,
        state: "It was left as it is; this run was not added.",
        next: "Somebody edited it, or a newer version wrote it. Put back an earlier commit of that file, or delete it to begin anew.",
      },
      { cause: error },
    );
  }
}

/** A run of a workflow, by its id and its page. */
export interface HistoryRun {
  readonly id: string;
  readonly url: string;
}

/** Given a history, how a run ended and which run it was, return the history with it; a run that is there already is replaced. */
export function withOutcome(history: History, outcome: Outcome, run: HistoryRun): History {
  const entry = entryOf(outcome, run);
  const entries = [...history.entries.filter(({ path }) => path !== entry.path), entry];
  return { ...history, entries: entries.toSorted((a, b) => a.at.localeCompare(b.at)) };
}

/**
 * Given a history and how a run ended, return whether that is news: a monitor looks every hour, and what it sees is kept
 * only when it is no longer what it saw before.
 */
export function isNews({ entries }: History, { operation, verdict }: Outcome): boolean {
  if (operation !== "monitor") return true;
  return entries.findLast((entry) => entry.operation === operation)?.verdict !== verdict;
}

/**
 * Given the history with a run in it, how that run ended, which it was and the present time, return the files that change,
 * by their paths: its JSON, the index, a page of this report, and what `viewsOf` returns.
 */
export function historyFiles(
  history: History,
  outcome: Outcome,
  run: HistoryRun,
  now: Date,
): ReadonlyMap<string, string> {
  const page = isReport(outcome) ? renderHtml(outcome, pastResultsOf(history)) : undefined;
  return new Map([
    [pathOf(outcome, run), json(outcome)],
    [INDEX, json(history)],
    ...(page === undefined ? [] : ([[`${outcome.operation}.html`, page]] as const)),
    ...viewsOf(history, now),
  ]);
}

/**
 * Given a history, the present time and, where it is not in the history, how a run ended, return what people look at, by its
 * path: a page of all runs for each reader, the badges. A monitor that brings no news has seen the latest backup all the same.
 */
export function viewsOf(
  history: History,
  now: Date,
  unlisted?: Outcome,
): ReadonlyMap<string, string> {
  const runs = history.entries.map(({ result, path, run }) => ({ ...result, path, run }));
  const seen = [...pastResultsOf(history), ...(unlisted ? [resultOf(unlisted)] : [])];
  const badges = [...badgeFiles(seen, now)];
  return new Map([
    [README, readme(history)],
    ["index.html", renderHistoryPage(runs, seen)],
    ...badges.map(([name, text]) => [`badges/${name}`, text] as const),
  ]);
}

/** Given a history, return its results, for the trends of a later report. */
export function pastResultsOf({ entries }: History): readonly PastResult[] {
  return entries.map(({ result }) => result);
}

function entryOf(outcome: Outcome, run: HistoryRun): Entry {
  return {
    at: momentOf(outcome),
    operation: outcome.operation,
    verdict: outcome.verdict,
    path: pathOf(outcome, run),
    run: run.url,
    result: resultOf(outcome),
  };
}

function resultOf(outcome: Outcome): PastResult {
  return isReport(outcome) ? pastResultOf(outcome) : pastResultOfEnd(outcome);
}

function momentOf(outcome: Outcome): string {
  return isReport(outcome) ? outcome.startedAt : outcome.endedAt;
}

/** By date, so that a folder never holds more than a month; by the run's id, so that no two runs share one. */
function pathOf(outcome: Outcome, { id }: HistoryRun): string {
  const [year, month, day] = momentOf(outcome).slice(0, 10).split("-");
  return `reports/${year}/${month}/${day}-${outcome.operation}-${id}.json`;
}

function readme({ entries }: History): string {
  const newest = entries.toReversed();
  const rows = newest
    .slice(0, SHOWN)
    .map(({ at, operation, verdict, path, run, result }) => [
      `[${formatMoment(at)}](${path})`,
      prose(operation),
      `${SIGNS[verdict]} ${verdict}`,
      result.rtoSeconds === undefined ? "" : formatDuration(result.rtoSeconds),
      result.bytes === undefined ? "" : formatBytes(result.bytes),
      result.rows === 0 ? "" : formatCount(result.rows),
      `[run](${run})`,
    ]);
  const left = newest.length - rows.length;
  return [
    "# Backups and restore drills",
    ["last-backup", "last-drill", "off-site"]
      .map((name) => `![${name}](badges/${name}.svg)`)
      .join(" "),
    `Written by the workflows after each run; ${code(INDEX)} holds all of it for a machine.`,
    table(["When", "What", "Verdict", "RTO:", "Size:", "Rows:", ""], rows),
    ...(left > 0 ? [`${left} earlier ones stand in ${code(INDEX)}.`] : []),
  ]
    .join("\n\n")
    .concat("\n");
}

const SIGNS = { passed: "✅", failed: "❌", "not-run": "⚠️" } as const;

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
