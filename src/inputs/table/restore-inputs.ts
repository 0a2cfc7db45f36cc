import * as values from "../values.ts";
import { type Input, RESTORES, text } from "./input.ts";

/** How production is restored. */
export const RESTORE_INPUTS = {
  confirm: {
    description:
      "The exact text `restore <database> on <ssh-host>`, without which nothing is restored into production.",
    parse: text,
    example: "restore openspp on vps.example.org",
    verbs: RESTORES,
  },
  what: {
    description:
      "What to restore: `database`, `filestore`, `both`, or `auto`: both where the backup holds a filestore. A copy is of the database alone.",
    parse: values.oneOf("auto", "database", "filestore", "both"),
    default: "auto",
    verbs: RESTORES,
  },
  strategy: {
    description:
      "`swap` restores next to production, proves it, and exchanges the two within seconds; `replace` drops production first, for a disk that cannot hold both; `copy` leaves production alone.",
    parse: values.oneOf("swap", "replace", "copy"),
    default: "swap",
    verbs: RESTORES,
  },
  "safety-backup": {
    description:
      "What `replace` does before it drops production: `take` a backup, or `none` of it.",
    parse: values.oneOf("take", "none"),
    default: "take",
    verbs: RESTORES,
  },
  tables: {
    description:
      "Restore only these tables, separated by commas, into a copy to look at. Never into production.",
    parse: values.tableNames,
    example: "res_partner, spp_program",
    multiline: true,
    verbs: RESTORES,
  },
  neutralize: {
    description:
      "Of a copy: switch off its mail servers and scheduled jobs by Odoo's own command, so that people may open it.",
    parse: values.boolean,
    default: "false",
    verbs: RESTORES,
  },
  services: {
    description:
      "Compose services that use the database and are stopped while names are exchanged. Others with a session are found.",
    parse: values.serviceNames,
    default: "odoo, queue-worker",
    verbs: RESTORES,
  },
  "healthy-within": {
    description:
      "How long the services may take to become healthy on the restored database before the former one is brought back.",
    parse: values.duration,
    default: "5m",
    verbs: RESTORES,
  },
  "keep-days": {
    description: "How many days the former production database and filestore, or a copy, are kept.",
    parse: values.wholeNumber(1, 3650),
    default: "7",
    verbs: RESTORES,
  },
  undo: {
    description:
      "Bring back the database, or the filestore, that the last restore replaced, as long as it is kept.",
    parse: values.boolean,
    default: "false",
    verbs: RESTORES,
  },
  status: {
    description:
      "Say what earlier restores left: interrupted ones, databases that are kept and until when.",
    parse: values.boolean,
    default: "false",
    verbs: RESTORES,
    face: "cli",
  },
} as const satisfies Record<string, Input>;
