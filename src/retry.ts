import { setTimeout as sleep } from "node:timers/promises";

export interface Retrying {
  /** Seconds before each further attempt. When there are no more, the last error is thrown. */
  readonly pauses: Iterable<number>;
  /** Whether the cause of an error may go away by itself. Any other error is thrown at once. */
  readonly mayPass: (error: unknown) => boolean;
  /** Called before each pause. */
  readonly onPause?: (error: unknown, seconds: number) => void;
  /** When it is aborted, a pause ends and the reason is thrown. */
  readonly signal?: AbortSignal;
}

/**
 * Tries until it succeeds, or until another attempt makes no sense. The pauses are an argument, so
 * that a test need not wait.
 */
export async function retry<T>(
  attempt: () => Promise<T>,
  { pauses, mayPass, onPause, signal }: Retrying,
): Promise<T> {
  const left = pauses[Symbol.iterator]();
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const next = mayPass(error) ? left.next() : undefined;
      if (!next || next.done) throw error;
      onPause?.(error, next.value);
      await sleep(next.value * 1000, undefined, { signal }).catch(() => signal?.throwIfAborted());
    }
  }
}

/** Seconds without an end: each pause is twice as long as the one before it, up to the longest. */
export function* doubling(first: number, longest: number): Generator<number> {
  for (let pause = first; ; pause = Math.min(2 * pause, longest)) yield pause;
}
