import { SOURCES } from "../../report/scenario.ts";
import { boolean, oneOf } from "../parse/choices.ts";
import { backupChoice, branchName } from "../parse/names.ts";
import { wholeNumber } from "../parse/quantities.ts";
import { secretText } from "../parse/texts.ts";
import type { Inputs } from "./input.ts";

/** Inputs of more than one group. Each is defined here once, and named in every group that takes it. */
export const SHARED = {
  jobs: {
    description:
      "Parallel sessions for fingerprint, restore and proof. Default: the host's cores; while a dump runs, half of them.",
    parse: wholeNumber(1, 256),
    example: "4",
    verbs: ["backup", "drill", "cycle", "restore"],
  },
  "dry-run": {
    description: "Print what would be done, and change nothing.",
    parse: boolean,
    default: "false",
    verbs: ["prune", "restore"],
  },
  source: {
    description:
      "Which copy is restored: `local`, from the deployment's backup volume, or `offsite`, from `remote`. Default: a drill's is its scenario's, a restore's `local`.",
    parse: oneOf(...SOURCES),
    example: "offsite",
    verbs: ["drill", "cycle", "restore"],
  },
  backup: {
    description: "Backup to restore: `latest`, `random`, or one by its name.",
    parse: backupChoice,
    default: "latest",
    example: "openspp_20260115_020000.dump",
    verbs: ["drill", "restore"],
  },
  "github-token": {
    description:
      "Token for GitHub's API. `report` needs the permissions of what is switched on. The others need `contents: read`, for the report's trend.",
    parse: secretText,
    as: "token",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub fills it in
    default: "${{ github.token }}",
    secret: true,
    verbs: ["backup", "drill", "cycle", "restore", "report"],
    face: "action",
  },
  "history-branch": {
    description:
      "Branch of the history, which `report` writes and the trend of a report comes from.",
    parse: branchName,
    default: "drill-reports",
    verbs: ["backup", "drill", "cycle", "restore", "report"],
    face: "action",
  },
} as const satisfies Inputs;
