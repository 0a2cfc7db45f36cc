/** The one clock: everything that needs the time is handed this, so that a test can hand its own. */
export interface Clock {
  /** The wall clock. */
  now(): Date;
  /** Seconds from an arbitrary start that never runs backwards. */
  seconds(): number;
}

export const systemClock: Clock = {
  now: () => new Date(),
  seconds: () => performance.now() / 1000,
};
