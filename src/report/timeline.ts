import type { Phase } from "./report-schema.ts";

/** Given the phases of a run, return them in the order in which they started. */
export function chronological(phases: readonly Phase[]): readonly Phase[] {
  return [...phases].sort((a, b) => a.startedAfter - b.startedAfter || b.seconds - a.seconds);
}

/** Given a phase, the seconds of the whole run and a width in characters, return a bar that shows when it ran. */
export function bar(phase: Phase, total: number, width: number): string {
  const scale = total > 0 ? width / total : 0;
  const start = Math.min(width - 1, Math.floor(phase.startedAfter * scale));
  const length = Math.min(width - start, Math.max(1, Math.round(phase.seconds * scale)));
  return "░".repeat(start) + "█".repeat(length) + "░".repeat(width - start - length);
}
