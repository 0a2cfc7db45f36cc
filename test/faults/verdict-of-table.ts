/** The fields of vitest's JSON report that are read. */
interface Results {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly status: string;
      readonly ancestorTitles: readonly string[];
    }[];
  }[];
}

interface Tally {
  readonly drilled: number;
  readonly wrong: number;
}

/** Given vitest's JSON report and the titles of the two kinds of tests, return the last line of the output, and whether all was right. */
export function verdictOfTable(
  report: string,
  titles: { readonly faults: string; readonly healthy: string },
): { readonly line: string; readonly right: boolean } {
  const results: Results = report === "" ? { testResults: [] } : JSON.parse(report);
  const all = results.testResults.flatMap(({ assertionResults }) => assertionResults);
  const tallyOf = (title: string): Tally => {
    const run = all.filter(
      ({ ancestorTitles, status }) =>
        ancestorTitles.some((one) => one.startsWith(title)) &&
        ["passed", "failed"].includes(status),
    );
    return { drilled: run.length, wrong: run.filter(({ status }) => status === "failed").length };
  };
  const [faults, healthy] = [tallyOf(titles.faults), tallyOf(titles.healthy)];
  return {
    line: `faults: ${faults.drilled} drilled, ${faults.wrong} false greens; healthy: ${healthy.drilled} drilled, ${healthy.wrong} false reds`,
    right: faults.drilled + healthy.drilled > 0 && faults.wrong + healthy.wrong === 0,
  };
}
