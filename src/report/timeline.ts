import type { Phase } from "./report-schema.ts";

/** In the order of their starts. */
export function chronological(phases: readonly Phase[]): readonly Phase[] {
  return [...phases].sort((a, b) => a.startedAfter - b.startedAfter || b.seconds - a.seconds);
}

/** Shows when the phase ran. `total` is the whole run in seconds, `width` is in characters. */
export function bar(phase: Phase, total: number, width: number): string {
  const scale = total > 0 ? width / total : 0;
  const start = Math.min(width - 1, Math.floor(phase.startedAfter * scale));
  const length = Math.min(width - start, Math.max(1, Math.round(phase.seconds * scale)));
  return "░".repeat(start) + "█".repeat(length) + "░".repeat(width - start - length);
}
