import type { Clock } from "../clock.ts";
import type { Host } from "../host/host.ts";
import type { Journal } from "../report/journal.ts";

/** What the entries construct and hand in. */
export interface Effects {
  readonly host: Host;
  /** The machine that we are on. */
  readonly runner: Host;
  readonly journal: Journal;
  readonly clock: Clock;
  /** Aborted when the run is cancelled; cleaning up goes on regardless. */
  readonly signal: AbortSignal;
}
