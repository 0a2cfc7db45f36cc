import type { Report } from "../report/report-schema.ts";
import { renderTerminal } from "../report/terminal.ts";

/** What a command prints on standard output, the exit code, and the report when it makes one. */
export interface Printed {
  readonly text: string;
  readonly code: number;
  readonly report?: Report;
}

/** Given a report and whether a machine reads it, return what is printed of it, and the exit code of its verdict. */
export function printed(report: Report, asJson: boolean): Printed {
  const colour = process.stdout.isTTY && process.stdout.hasColors();
  return {
    text: asJson ? json(report) : renderTerminal(report, colour),
    code: report.verdict === "passed" ? 0 : 1,
    report,
  };
}

/** Given anything, return it as a machine reads it. */
export function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
