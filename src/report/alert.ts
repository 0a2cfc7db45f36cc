import { createHash } from "node:crypto";
import { formatDuration } from "../words/duration.ts";
import { formatMoment } from "../words/moment.ts";
import type { Check } from "./check.ts";
import { prose } from "./markdown.ts";
import { type EndedEarly, isReport, type Outcome } from "./outcome.ts";
import type { Operation, Report } from "./report-schema.ts";
import { headline, problems, sentences } from "./verdict.ts";

/** The reason for an issue. Two runs with the same kind of trouble share one. */
export interface Alert {
  /** For example `drill`, `unreachable` or `monitor: disk`. */
  readonly kind: string;
  readonly title: string;
  /** One sentence, for a message that has no room for more. */
  readonly sentence: string;
  /** Markdown. */
  readonly body: string;
  /** Differs between two alerts of one kind that say something else, but not when only their numbers differ. */
  readonly digest: string;
}

/** A link to the run that an alert is about. */
export interface RunLink {
  readonly url: string;
  /** The name of the event that started it, for example `schedule`. */
  readonly event: string;
}

const TITLES: Record<Operation, string> = {
  backup: "The backup fails",
  drill: "The restore drill fails",
  cycle: "The backup or its restore drill fails",
  prune: "The retention fails",
  restore: "The restore fails",
  sync: "The off-site copy fails",
  monitor: "The monitor finds something wrong",
};

/** A host that cannot be reached is one trouble, whichever run notices it first. */
const UNREACHABLE = "unreachable";

/** Other operations that a green run proves, too. */
const ALSO_PROVES: Partial<Record<Operation, readonly Operation[]>> = {
  cycle: ["backup", "drill"],
};

/** The person who started a run by hand knows that they cancelled it, and sees that an input was wrong. */
const NO_NEWS: readonly EndedEarly["ended"]["kind"][] = ["cancelled", "mistake"];

/**
 * What to alert the team of; nothing when the run is green. It holds only names of tables and numbers: what
 * a tool said stays in the run's log.
 */
export function alertsOf(outcome: Outcome, run: RunLink): readonly Alert[] {
  if (!isReport(outcome)) return alertsOfEnd(outcome, run);
  if (outcome.verdict === "passed") return [];
  if (outcome.operation === "monitor") return alertsOfMonitor(outcome, run);
  const { operation } = outcome;
  const found = problems(outcome.checks);
  const lines = [headline(outcome), "", ...sentences(outcome), "", ...found.map(bullet)];
  return [
    alertOf(operation, TITLES[operation], headline(outcome), lines, run, {
      moment: outcome.startedAt,
      digest: found.map(({ name, status }) => `${name} ${status}`),
    }),
  ];
}

/** The findings of a monitor are independent: each is reported, and is over, by itself. */
function alertsOfMonitor(report: Report, run: RunLink): readonly Alert[] {
  return problems(report.checks).map((check) => {
    const lines = [...sentences(report), "", bullet(check)];
    return alertOf(findingOf(check), `Monitor: ${check.name}`, check.message, lines, run, {
      moment: report.startedAt,
      digest: [check.name, check.status],
    });
  });
}

function findingOf({ name }: Check): string {
  return `monitor: ${name}`;
}

function alertsOfEnd({ operation, ended, endedAt }: EndedEarly, run: RunLink): readonly Alert[] {
  if (run.event === "workflow_dispatch" && NO_NEWS.includes(ended.kind)) return [];
  const unreachable = ended.kind === "unreachable";
  const { what, why, state, next } = ended;
  const lines = [
    what,
    "",
    // A network's reason is only its error; another tool's may quote what it read.
    ...(unreachable && why ? [`Why: ${why}`] : []),
    ...(state ? [`State: ${state}`] : []),
    ...(next ? [`Next: ${next}`] : []),
  ];
  const title = unreachable ? "The deployment cannot be reached" : TITLES[operation];
  const [first = ""] = what.split("\n");
  return [
    alertOf(unreachable ? UNREACHABLE : operation, title, first, lines, run, {
      moment: endedAt,
      digest: [ended.kind, first.replaceAll(/\d+/g, "0")],
    }),
  ];
}

function alertOf(
  kind: string,
  title: string,
  sentence: string,
  lines: readonly string[],
  run: RunLink,
  { moment, digest }: { moment: string; digest: readonly string[] },
): Alert {
  const foot = `[This run](${run.url}), ${formatMoment(moment)}. The next green run closes this issue.`;
  const hash = createHash("sha256").update(digest.join("\n")).digest("hex").slice(0, 16);
  return {
    kind,
    title,
    sentence,
    body: [...lines.map((line) => (line.startsWith("- ") ? line : prose(line))), "", foot].join(
      "\n",
    ),
    digest: hash,
  };
}

function bullet({ name, message, next }: Check): string {
  return `- **${prose(name)}:** ${prose(message)}${next ? `<br>**Next:** ${prose(next)}` : ""}`;
}

/** The kinds of trouble that this run proves to be over. */
export function recoveredBy(outcome: Outcome): readonly string[] {
  if (!isReport(outcome)) return [];
  const { operation, verdict, checks } = outcome;
  const seen = checks.filter(({ status }) => status === "passed").map(findingOf);
  if (operation === "monitor") return [operation, ...seen, UNREACHABLE];
  // Red or green, a report comes from a host that was reached.
  if (verdict !== "passed") return [UNREACHABLE];
  return [operation, ...(ALSO_PROVES[operation] ?? []), UNREACHABLE];
}

/** The last comment on a trouble. `since` is when it was first reported; `run` is the green one. */
export function renderRecovery(since: Date, now: Date, run: RunLink): string {
  return `${recoverySentence(since, now)} [The green run](${run.url}).`;
}

/** How long the trouble lasted. `since` is when it was first reported. */
export function recoverySentence(since: Date, now: Date): string {
  const seconds = Math.max(0, (now.getTime() - since.getTime()) / 1000);
  return `Green again after ${formatDuration(seconds)}.`;
}

const MARKER = /<!-- openspp-backup: (?<kind>.*?); (?<digest>[0-9a-f]{16}) -->/;

/** The text of an issue or comment: the body, and a hidden mark that `markOf` finds. */
export function marked({ kind, digest, body }: Alert): string {
  return `${body}\n\n<!-- openspp-backup: ${kind}; ${digest} -->\n`;
}

/** Nothing when the issue or comment is not ours. */
export function markOf(text: string): { kind: string; digest: string } | undefined {
  const { kind, digest } = MARKER.exec(text)?.groups ?? {};
  return kind && digest ? { kind, digest } : undefined;
}
