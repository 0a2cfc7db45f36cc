import * as values from "../values.ts";
import { type Input, REPORTS, WATCHES } from "./input.ts";

/** What a monitor expects, and whom a run pings. */
export const MONITOR_INPUTS = {
  "ping-url": {
    description:
      "Address of a dead man's switch, to which each run reports that it starts, ends well or fails (the protocol of healthchecks.io; any address that takes a POST).",
    parse: values.httpsUrl,
    example: "https://hc-ping.com/…",
    secret: true,
    verbs: [...REPORTS, "checklist"],
  },
  "backup-within": {
    description:
      "The oldest that the newest backup may be. Default: the pause in the deployment's BACKUP_SCHEDULE, and a quarter of it, 2 hours at most.",
    parse: values.duration,
    example: "26h",
    verbs: WATCHES,
  },
  "drill-within": {
    description: "The oldest that the last passed restore drill may be.",
    parse: values.duration,
    default: "100d",
    verbs: WATCHES,
  },
  "fail-on": {
    description:
      "From which severity on a finding makes the run red: `critical`, or already a `warning`.",
    parse: values.oneOf("critical", "warning"),
    default: "critical",
    verbs: ["monitor"],
  },
  "end-sessions": {
    description:
      "Name of the production database, to end every session on it but ours: the guide's force-disconnect before a restore by hand.",
    parse: values.databaseName,
    example: "openspp",
    verbs: ["monitor"],
    face: "cli",
  },
} as const satisfies Record<string, Input>;
