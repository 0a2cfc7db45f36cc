/** Steps of a time axis that are easy to read, in seconds. */
const STEPS = [
  0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200,
  10_800, 21_600, 43_200, 86_400,
];
const DAY = 86_400;

/** The step between two ticks, in seconds. `seconds` is the length of the axis. */
export function stepOf(seconds: number, mostTicks: number): number {
  const step = STEPS.find((one) => seconds / one <= mostTicks);
  return step ?? Math.ceil(seconds / mostTicks / DAY) * DAY;
}

/** Positions of the ticks in seconds, without the start. `seconds` is the length of the axis. */
export function ticksOf(seconds: number, mostTicks: number): readonly number[] {
  const step = stepOf(seconds, mostTicks);
  return Array.from({ length: Math.floor(seconds / step) }, (_, index) => (index + 1) * step);
}
