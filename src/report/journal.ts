import type { Clock } from "../clock.ts";
import type { Phase } from "./report-schema.ts";

/** Where an operation says what it is doing: a GitHub log, a terminal, or nowhere. */
export interface Log {
  /** Starts a group; everything until `endGroup` belongs to it. */
  startGroup(title: string): void;
  endGroup(seconds: number): void;
  info(line: string): void;
  warning(line: string): void;
  debug(line: string): void;
  /**
   * How far the current step is: 0 to 1, and a detail that changes. It is called often; the log decides how
   * often it prints.
   */
  progress(fraction: number, what: string, detail?: string): void;
  /** Registers a value that must never be printed. */
  mask(value: string): void;
}

/** Keeps the timeline of a run: each phase's name, start and duration, in the order of their ends. */
export class Journal {
  readonly phases: Phase[] = [];
  readonly log: Log;
  readonly #clock: Clock;
  readonly #start: number;

  constructor(log: Log, clock: Clock) {
    this.log = log;
    this.#clock = clock;
    this.#start = clock.seconds();
  }

  /** Seconds since the run started. */
  elapsed(): number {
    return this.#clock.seconds() - this.#start;
  }

  /** Runs the work as a phase: a group in the log, an entry in the timeline. */
  async phase<T>(name: string, work: () => Promise<T>): Promise<T> {
    const startedAfter = this.elapsed();
    this.log.startGroup(name);
    try {
      return await work();
    } finally {
      const seconds = this.elapsed() - startedAfter;
      this.phases.push({ name, startedAfter, seconds });
      this.log.endGroup(seconds);
    }
  }
}
