import { WEBHOOK_FORMATS } from "../../report/webhook-message.ts";
import * as values from "../values.ts";
import { type Input, PUBLISHED, TELLS, TRENDS, text } from "./input.ts";

/** What is kept of a run, and how the team is told of it. */
export const PUBLISHING_INPUTS = {
  artifact: {
    description:
      "Keep the report (`report.json`, `report.html`, `junit.xml`, `summary.md`) as an artifact of the workflow run.",
    parse: values.boolean,
    default: "true",
    verbs: PUBLISHED,
    face: "action",
  },
  "artifact-days": {
    description: "Days that GitHub keeps that artifact; no more than the repository's own limit.",
    parse: values.wholeNumber(1, 400),
    default: "90",
    verbs: PUBLISHED,
    face: "action",
  },
  operation: {
    description:
      "What the job did whose report this is: `backup`, `sync`, `drill`, `cycle`, `restore` or `monitor`.",
    parse: values.oneOf("backup", "sync", "drill", "cycle", "restore", "monitor"),
    required: true,
    example: "drill",
    verbs: TELLS,
    face: "action",
  },
  result: {
    description:
      "How that job ended, `needs.<job>.result`: what the team learns when it left no report. Without it, the report must be there.",
    parse: values.oneOf("success", "failure", "cancelled", "skipped"),
    example: "failure",
    verbs: TELLS,
    face: "action",
  },
  report: {
    description:
      "Path of the report, in the job that made it. Without it, the artifact of the workflow run is read.",
    parse: values.filePath,
    example: "report.json",
    verbs: TELLS,
    face: "action",
  },
  "github-token": {
    description:
      "Token for GitHub's API: `report` takes the permissions of what is switched on, the others `contents: read`, for the report's trend.",
    parse: text,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub fills it in
    default: "${{ github.token }}",
    secret: true,
    verbs: TRENDS,
    face: "action",
  },
  alert: {
    description:
      "Open an issue when a run is red, and close it by the next green one. Needs `issues: write`.",
    parse: values.boolean,
    default: "true",
    verbs: TELLS,
    face: "action",
  },
  "alert-labels": {
    description: "Labels of that issue, in addition to `openspp-backup`, separated by commas.",
    parse: values.list,
    example: "ops, urgent",
    verbs: TELLS,
    face: "action",
  },
  "alert-assignees": {
    description: "Who is assigned to it: logins, separated by commas.",
    parse: values.list,
    example: "octocat",
    verbs: TELLS,
    face: "action",
  },
  "webhook-url": {
    description:
      "Webhook of a chat that gets a message of each red run, and of the green one after it.",
    parse: values.httpsUrl,
    example: "https://chat.example.org/hooks/…",
    secret: true,
    verbs: TELLS,
    face: "action",
  },
  "webhook-format": {
    description:
      "What that chat understands: `slack`, `teams`, `mattermost`, or plain JSON: `generic`.",
    parse: values.oneOf(...WEBHOOK_FORMATS),
    default: "generic",
    verbs: TELLS,
    face: "action",
  },
  history: {
    description: "Keep the report, and an index of all, on a branch. Needs `contents: write`.",
    parse: values.boolean,
    default: "true",
    verbs: TELLS,
    face: "action",
  },
  "history-branch": {
    description:
      "Branch of the history, which `report` writes and the trend of a report comes from.",
    parse: values.branchName,
    default: "drill-reports",
    verbs: TRENDS,
    face: "action",
  },
  "pull-request": {
    description:
      "On a pull request, write the result as a comment; on a schedule, open one that adds the quarter's drill to the repository. Needs `pull-requests: write`, the latter `contents: write`, too.",
    parse: values.boolean,
    default: "true",
    verbs: TELLS,
    face: "action",
  },
  "keep-alive": {
    description:
      "Keep the schedules of `backup.yml`, `drill.yml` and `monitor.yml` from being switched off after 60 days. Needs `actions: write`.",
    parse: values.boolean,
    default: "false",
    verbs: TELLS,
    face: "action",
  },
} as const satisfies Record<string, Input>;
