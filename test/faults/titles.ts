/** What the two kinds of tests of the table are under; `npm run test:faults` counts by them. */
export const TITLES = {
  faults: "a fault is seen",
  healthy: "a healthy variation is green",
} as const;
