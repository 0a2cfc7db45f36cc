import type { PastResult } from "../../src/report/past-result.ts";
import { pastResultOf } from "../../src/report/past-result.ts";
import { PASSED } from "./example.ts";

/** Five quarters of drills of the same deployment; the third one failed. */
export const PAST: readonly PastResult[] = [
  ["2024-10-01", 41, 61_000_000],
  ["2025-01-01", 52, 66_000_000],
  ["2025-04-01", 71, 71_000_000],
  ["2025-07-01", 66, 76_000_000],
  ["2025-10-01", 83, 82_000_000],
].map(([date, rtoSeconds, bytes], index) => ({
  ...pastResultOf(PASSED),
  startedAt: `${date}T03:00:00.000Z`,
  verdict: index === 2 ? "failed" : "passed",
  rtoSeconds: Number(rtoSeconds),
  rpoSeconds: 3600 * (5 + index),
  bytes: Number(bytes),
}));
