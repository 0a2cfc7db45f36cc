import type { Clock } from "../clock.ts";
import type { Host } from "../host/host.ts";
import type { Journal } from "../report/journal.ts";

/** What reaches the outside world. The actions and the CLI make it, so that a test can give its own. */
export interface Effects {
  readonly host: Host;
  /** The machine that this process runs on. */
  readonly runner: Host;
  readonly journal: Journal;
  readonly clock: Clock;
  /** Aborted when the run is cancelled. Cleaning up goes on in spite of it. */
  readonly signal: AbortSignal;
}
