/** What the tests of one part, or of all, resulted in. */
export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The fields of vitest's JSON report that are read. */
interface Results {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
}

/** A check that is no test, such as the linter, counts as one. */
export function totalsOfCheck(exitCode: number | undefined): Totals {
  return exitCode === 0
    ? { passed: 1, failed: 0, skipped: 0 }
    : { passed: 0, failed: 1, skipped: 0 };
}

/**
 * Totals of a run of vitest, from its JSON report: "" where it wrote none. A run may fail without a failed test, by a file
 * that cannot be loaded or a teardown that throws: this counts as one that failed.
 */
export function totalsOfTests(exitCode: number | undefined, report: string): Totals {
  const results: Results =
    report === ""
      ? { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 }
      : JSON.parse(report);
  const failedOutside = results.numFailedTests === 0 && (exitCode !== 0 || report === "");
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + (failedOutside ? 1 : 0),
    skipped: results.numPendingTests + results.numTodoTests,
  };
}

export function sum(all: readonly Totals[]): Totals {
  const of = (name: keyof Totals) => all.reduce((total, one) => total + one[name], 0);
  return { passed: of("passed"), failed: of("failed"), skipped: of("skipped") };
}

export function sentence({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
