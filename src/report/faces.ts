import { renderJunit } from "./junit.ts";
import type { PastResult } from "./past-result.ts";
import type { Report } from "./report-schema.ts";
import { renderSummary } from "./summary.ts";

/** The faces that are one file each, by what the options and outputs call them. */
export const FACES = {
  report: "report.json",
  html: "report.html",
  junit: "junit.xml",
  summary: "summary.md",
} as const;

export type Face = keyof typeof FACES;

/** Given a face, a report and past results for its trends, return the text of that face. The page's charts are loaded only for it. */
export async function renderFace(
  face: Face,
  report: Report,
  past: readonly PastResult[] = [],
): Promise<string> {
  switch (face) {
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
