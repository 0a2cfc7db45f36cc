import type { ReportFormat } from "./report-formats.ts";
import type { Operation, Report } from "./report-schema.ts";

/** One output of the actions. */
export interface ActionOutput {
  readonly description: string;
  /** Which verbs' actions have it. */
  readonly verbs: readonly (Operation | "report")[];
  /** The paths are those of the report's files. Where it is undefined, the output is not set. */
  readonly value: (
    report: Report,
    paths: Readonly<Record<ReportFormat, string>>,
  ) => string | number | undefined;
}

const REPORTING = ["backup", "drill", "cycle", "restore", "prune", "sync", "monitor"] as const;
const SYNCS = ["sync", "cycle"] as const;

/** The one list of what an action hands on. The action.yml files and the tables in the documentation follow from it. */
export const OUTPUTS: Readonly<Record<string, ActionOutput>> = {
  verdict: {
    description: "`passed`, `failed` or `not-run`: what could not be proven is never passed.",
    verbs: [...REPORTING, "report"],
    value: ({ verdict }) => verdict,
  },
  report: {
    description: "Path of the report, a JSON file.",
    verbs: REPORTING,
    value: (_, paths) => paths.report,
  },
  html: {
    description: "Path of the report as one page of HTML.",
    verbs: REPORTING,
    value: (_, paths) => paths.html,
  },
  junit: {
    description: "Path of the report as JUnit XML, each check a test case.",
    verbs: REPORTING,
    value: (_, paths) => paths.junit,
  },
  summary: {
    description: "Path of the job summary, a Markdown file.",
    verbs: REPORTING,
    value: (_, paths) => paths.summary,
  },
  backup: {
    description: "Name of the backup.",
    verbs: REPORTING,
    value: ({ backup }) => backup?.name ?? "",
  },
  "rto-seconds": {
    description:
      "Seconds from the start of the restore to a proven database; empty when nothing was restored.",
    verbs: REPORTING,
    value: ({ rtoSeconds }) => rtoSeconds?.toFixed(1) ?? "",
  },
  "rpo-seconds": {
    description:
      "Seconds between the backup's snapshot and the start of the run: what a loss now would cost.",
    verbs: REPORTING,
    value: ({ rpoSeconds }) => rpoSeconds?.toFixed(1) ?? "",
  },
  tables: {
    description: "Number of tables compared or recorded.",
    verbs: REPORTING,
    value: ({ tables }) => tables.length,
  },
  rows: {
    description: "Number of rows in them.",
    verbs: REPORTING,
    value: ({ rows }) => rows,
  },
  copied: {
    description: "Number of backups that were copied off-site.",
    verbs: SYNCS,
    value: ({ sync }) => sync?.copied,
  },
  bytes: {
    description: "Bytes of their files.",
    verbs: SYNCS,
    value: ({ sync }) => sync?.bytes,
  },
  verified: {
    description:
      "The proof of the off-site copy that ran and held, `size`, `hash` or `download`; empty when none did.",
    verbs: SYNCS,
    value: ({ sync }) => sync && (sync.verified ?? ""),
  },
  "remote-newest": {
    description: "Name of the newest backup on the remote.",
    verbs: SYNCS,
    value: ({ sync }) => sync && (sync.newest ?? ""),
  },
};
