import { renderJunit } from "./junit.ts";
import type { PastResult } from "./past-result.ts";
import type { Report } from "./report-schema.ts";
import { renderSummary } from "./summary.ts";

/** The faces that are one file each, by their names in options and outputs. */
export const REPORT_FORMATS = {
  report: "report.json",
  html: "report.html",
  junit: "junit.xml",
  summary: "summary.md",
} as const;

export type ReportFormat = keyof typeof REPORT_FORMATS;

/** `past` is for the trends. The page's charts are loaded only when they are needed. */
export async function renderFormat(
  format: ReportFormat,
  report: Report,
  past: readonly PastResult[] = [],
): Promise<string> {
  switch (format) {
    case "report":
      return `${JSON.stringify(report, null, 2)}\n`;
    case "html": {
      const { renderHtml } = await import("./html/report-page.ts");
      return renderHtml(report, past);
    }
    case "junit":
      return renderJunit(report);
    case "summary":
      return renderSummary(report, past);
  }
}
