import { WEBHOOK_FORMATS } from "../../report/webhook-message.ts";
import { secretUrl } from "../parse/addresses.ts";
import { boolean, oneOf } from "../parse/choices.ts";
import { filePath } from "../parse/names.ts";
import { wholeNumber } from "../parse/quantities.ts";
import { list } from "../parse/texts.ts";
import { ACTION_VERBS, type Inputs } from "./input.ts";
import { SHARED } from "./shared-inputs.ts";

/** What is kept of a run. */
export const PUBLISH_INPUTS = {
  artifact: {
    description:
      "Keep the report (`report.json`, `report.html`, `junit.xml`, `summary.md`) as an artifact of the workflow run.",
    parse: boolean,
    default: "true",
    verbs: ["backup", "drill", "cycle", "sync", "restore", "monitor"],
    face: "action",
  },
  "artifact-days": {
    description: "Days that GitHub keeps that artifact; no more than the repository's own limit.",
    parse: wholeNumber(1, 400),
    default: "90",
    verbs: ["backup", "drill", "cycle", "sync", "restore", "monitor"],
    face: "action",
  },
} as const satisfies Inputs;

/** How the team hears of a run. */
export const TELL_INPUTS = {
  operation: {
    description: `What the job did whose report this is, one of \`${ACTION_VERBS.join("`, `")}\`.`,
    parse: oneOf(...ACTION_VERBS),
    required: true,
    example: "drill",
    verbs: ["report"],
    face: "action",
  },
  result: {
    description:
      "How that job ended, `needs.<job>.result`: what the team learns when it left no report. Without it, the report must be there.",
    parse: oneOf("success", "failure", "cancelled", "skipped"),
    example: "failure",
    verbs: ["report"],
    face: "action",
  },
  report: {
    description:
      "Path of the report, in the job that made it. Without it, the artifact of the workflow run is read.",
    parse: filePath,
    example: "report.json",
    verbs: ["report"],
    face: "action",
  },
  "github-token": SHARED["github-token"],
  alert: {
    description:
      "Open an issue when a run is red, and close it by the next green one. Needs `issues: write`.",
    parse: boolean,
    default: "true",
    verbs: ["report"],
    face: "action",
  },
  "alert-labels": {
    description: "Labels of that issue, in addition to `openspp-backup`, separated by commas.",
    parse: list,
    absent: [],
    example: "ops, urgent",
    verbs: ["report"],
    face: "action",
  },
  "alert-assignees": {
    description: "Who is assigned to it: logins, separated by commas.",
    parse: list,
    absent: [],
    example: "octocat",
    verbs: ["report"],
    face: "action",
  },
  "webhook-url": {
    description:
      "Webhook of a chat that gets a message of each red run, and of the green one after it.",
    parse: secretUrl,
    example: "https://chat.example.org/hooks/…",
    secret: true,
    verbs: ["report"],
    face: "action",
  },
  "webhook-format": {
    description:
      "What that chat understands: `slack`, `teams`, `mattermost`, or plain JSON: `generic`.",
    parse: oneOf(...WEBHOOK_FORMATS),
    default: "generic",
    verbs: ["report"],
    face: "action",
  },
  history: {
    description: "Keep the report, and an index of all, on a branch. Needs `contents: write`.",
    parse: boolean,
    default: "true",
    verbs: ["report"],
    face: "action",
  },
  "history-branch": SHARED["history-branch"],
  "pull-request": {
    description:
      "On a pull request, write the result as a comment. On a schedule, open a pull request that adds the quarter's drill to the repository. Needs `pull-requests: write`, and on a schedule also `contents: write`.",
    parse: boolean,
    default: "true",
    verbs: ["report"],
    face: "action",
  },
  "keep-alive": {
    description:
      "Keep the schedules of `backup.yml`, `drill.yml` and `monitor.yml` from being switched off after 60 days. Needs `actions: write`.",
    parse: boolean,
    default: "false",
    verbs: ["report"],
    face: "action",
  },
} as const satisfies Inputs;

/** Where the results of earlier runs are, for a report's trend. */
export const TREND_INPUTS = {
  "github-token": SHARED["github-token"],
  "history-branch": SHARED["history-branch"],
} as const satisfies Inputs;
