import type { ChecklistItem } from "../operations/monitor/findings/checklist-items.ts";
import { printable } from "../words/printable.ts";

/** Given the checklist, return it as text for a terminal: the guide's lines, and below each what it was ticked for. */
export function renderChecklist(items: readonly ChecklistItem[]): string {
  return items
    .flatMap(({ item, ticked, evidence, next }) => [
      `- [${ticked ? "x" : " "}] ${item}`,
      `      ${printable(evidence)}`,
      ...(next ? [`      Next: ${printable(next)}`] : []),
    ])
    .map((line) => `${line}\n`)
    .join("");
}
