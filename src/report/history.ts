import * as z from "zod/mini";
import { reasonOf, UserMistake } from "../failure.ts";
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

/** The results of all runs, as a branch keeps them: one JSON per run, and an index of them all. */

const { operation, verdict } = reportSchema.def.innerType.shape;

const entrySchema = z.readonly(
  z.object({
    /** UTC. */
    at: z.iso.datetime(),
    operation,
    verdict,
    /** Path of the run's JSON in the branch. */
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
type HistoryEntry = z.infer<typeof entrySchema>;

export const INDEX = "index.json";
const README = "README.md";
const SHOWN = 50;

/** An empty history when there is no index yet. Throws UserMistake when the text is not a history. */
export function readHistory(text: string | undefined): History {
  if (text === undefined) return { schemaVersion: 1, entries: [] };
  try {
    return historySchema.parse(JSON.parse(text));
  } catch (error) {
    throw new UserMistake(
      {
        what: `The history's ${INDEX} is not one that this version can read.`,
        why: error instanceof z.core.$ZodError ? z.prettifyError(error) : reasonOf(error),
        state: "It was left as it is; this run was not added.",
        next: "Somebody edited it, or a newer version wrote it. Put back an earlier commit of that file, or delete it to start again.",
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

/** A run that is in the history already is replaced. */
export function withOutcome(history: History, outcome: Outcome, run: HistoryRun): History {
  const entry = entryOf(outcome, run);
  const entries = [...history.entries.filter(({ path }) => path !== entry.path), entry];
  return { ...history, entries: entries.toSorted((a, b) => a.at.localeCompare(b.at)) };
}

/**
 * A monitor looks every hour, and its result is kept only when it differs from the last one. Any other run
 * is news.
 */
export function isNews({ entries }: History, { operation, verdict }: Outcome): boolean {
  if (operation !== "monitor") return true;
  return entries.findLast((entry) => entry.operation === operation)?.verdict !== verdict;
}

/**
 * The files that change, by path: the run's JSON, the index, a page of this report, and what `viewsOf`
 * returns. `history` must hold the run already.
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
 * What people look at, by path: a page of all runs for each kind of reader, and the badges. `unlisted` is a
 * run that is not in the history: a monitor without news has seen the latest backup, too.
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

/** For the trends of a later report. */
export function pastResultsOf({ entries }: History): readonly PastResult[] {
  return entries.map(({ result }) => result);
}

function entryOf(outcome: Outcome, run: HistoryRun): HistoryEntry {
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

/** The date in the path keeps a folder to one month; the run's id keeps two runs apart. */
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
    ...(left > 0 ? [`${left} earlier ones are in ${code(INDEX)}.`] : []),
  ]
    .join("\n\n")
    .concat("\n");
}

const SIGNS = { passed: "✅", failed: "❌", "not-run": "⚠️" } as const;

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
