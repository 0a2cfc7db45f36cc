/**
 * The one source of time. Everything that needs the time gets it as an argument, so a test can pass its
 * own.
 */
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
