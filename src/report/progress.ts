import type { Clock } from "../clock.ts";

const STEP = 0.1;
const QUIET_SECONDS = 10;
/** A step shorter than this needs no percentages. */
const PATIENCE_SECONDS = 2;

/** Decides which reports of progress get a line in a log that only grows. */
export class Progress {
  readonly #clock: Clock;
  #what = "";
  #fraction = 0;
  #saidAt = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The line to print, or nothing when the last one still says enough. `fraction` is 0 to 1. */
  lineFor(fraction: number, what: string, detail?: string): string | undefined {
    const now = this.#clock.seconds();
    if (what !== this.#what || fraction < this.#fraction) {
      this.#what = what;
      this.#fraction = 0;
      this.#saidAt = now;
    }
    const silence = now - this.#saidAt;
    const further = fraction - this.#fraction >= STEP && silence >= PATIENCE_SECONDS;
    if (!further && silence < QUIET_SECONDS) return undefined;
    this.#fraction = fraction;
    this.#saidAt = now;
    return progressLine(fraction, what, detail);
  }
}

/** ` 42 % of 1.2 GB copied, 35 MB/s, 20 s left` */
export function progressLine(fraction: number, what: string, detail?: string): string {
  return `${percent(fraction)} ${what}${detail ? `, ${detail}` : ""}`;
}

/** Five characters wide, so that lines align. */
function percent(fraction: number): string {
  return `${Math.floor(Math.min(1, Math.max(0, fraction)) * 100)} %`.padStart(5);
}
