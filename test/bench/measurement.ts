/** One figure of the bench. Fields may be added, never renamed. */
export interface Measurement {
  readonly name: string;
  /** The median of the samples. */
  readonly value: number;
  /** What it may be at most. */
  readonly bar: number;
  readonly unit: "ratio" | "s" | "round trips" | "MB";
  readonly samples: readonly number[];
}

/** Given samples, return the measurement; its value is their median. */
export function measurement(
  name: string,
  unit: Measurement["unit"],
  bar: number,
  samples: readonly number[],
): Measurement {
  return { name, value: round(median(samples)), bar, unit, samples: samples.map(round) };
}

/** Given samples, return the middle one, or the mean of the two in the middle. */
export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.floor(sorted.length / 2)];
  if (low === undefined || high === undefined) throw new RangeError("a median needs a sample");
  return (low + high) / 2;
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
