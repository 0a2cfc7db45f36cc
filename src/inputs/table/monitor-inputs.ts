import { secretUrl } from "../parse/addresses.ts";
import { oneOf } from "../parse/choices.ts";
import { databaseName } from "../parse/names.ts";
import { duration } from "../parse/quantities.ts";
import type { Inputs } from "./input.ts";

/** What a monitor expects, and what a run pings. */
export const MONITOR_INPUTS = {
  "ping-url": {
    description:
      "Address of a dead man's switch, to which each run reports that it starts, ends well or fails (the protocol of healthchecks.io; any address that takes a POST).",
    parse: secretUrl,
    example: "https://hc-ping.com/…",
    secret: true,
    verbs: ["backup", "drill", "cycle", "sync", "restore", "prune", "monitor", "checklist"],
  },
  "backup-within": {
    description:
      "The oldest that the newest backup may be. Default: the pause in the deployment's BACKUP_SCHEDULE, and a quarter of it, 2 hours at most.",
    parse: duration,
    as: "backupWithinSeconds",
    example: "26h",
    verbs: ["monitor", "checklist"],
  },
  "drill-within": {
    description: "The oldest that the last passed restore drill may be.",
    parse: duration,
    as: "drillWithinSeconds",
    default: "100d",
    verbs: ["monitor", "checklist"],
  },
  "fail-on": {
    description:
      "The lowest severity of a finding that makes the run red: `critical` or `warning`.",
    parse: oneOf("critical", "warning"),
    default: "critical",
    verbs: ["monitor"],
  },
  "end-sessions": {
    description:
      "Name of the production database, to end every session on it but ours: the guide's force-disconnect before a restore by hand.",
    parse: databaseName,
    example: "openspp",
    verbs: ["monitor"],
    face: "cli",
  },
} as const satisfies Inputs;
