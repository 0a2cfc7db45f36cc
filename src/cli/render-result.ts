import { systemClock } from "../clock.ts";
import type { ChecklistItem } from "../operations/monitor/findings/checklist-items.ts";
import type { VerbResult } from "../operations/verbs.ts";
import type { Report } from "../report/report-schema.ts";
import { renderTerminal } from "../report/terminal.ts";
import { printable } from "../words/printable.ts";
import { renderListing } from "./render-listing.ts";

/** A command's standard output. Of a dry run's report, a person wants only the plan. */
export function renderResult(result: VerbResult, asJson: boolean): string {
  if ("report" in result) {
    const plan = asJson ? undefined : result.report.restore?.plan;
    return plan === undefined ? renderReport(result.report, asJson) : `${plan}\n`;
  }
  if ("items" in result) return asJson ? json(result.items) : renderChecklist(result.items);
  if ("listed" in result) {
    return asJson ? json(result.listed) : renderListing(result.listed, systemClock.now());
  }
  return asJson ? json(result.sentences) : `${result.sentences.join("\n")}\n`;
}

export function renderReport(report: Report, asJson: boolean): string {
  const colour = process.stdout.isTTY && process.stdout.hasColors();
  return asJson ? json(report) : renderTerminal(report, colour);
}

/** The guide's lines, each with the reason for its tick below it. */
function renderChecklist(items: readonly ChecklistItem[]): string {
  return items
    .flatMap(({ item, ticked, evidence, next }) => [
      `- [${ticked ? "x" : " "}] ${item}`,
      `      ${printable(evidence)}`,
      ...(next ? [`      Next: ${printable(next)}`] : []),
    ])
    .map((line) => `${line}\n`)
    .join("");
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
