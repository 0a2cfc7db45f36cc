import { boolean, either, oneOf } from "../parse/choices.ts";
import { serviceNames, tableNames } from "../parse/names.ts";
import { duration, wholeNumber } from "../parse/quantities.ts";
import { text } from "../parse/texts.ts";
import type { Inputs } from "./input.ts";
import { SHARED } from "./shared-inputs.ts";

/** How production is restored. */
export const RESTORE_INPUTS = {
  source: SHARED.source,
  backup: SHARED.backup,
  confirm: {
    description:
      "The exact text `restore <database> on <ssh-host>`, without which nothing is restored into production.",
    parse: text,
    example: "restore openspp on vps.example.org",
    verbs: ["restore"],
  },
  what: {
    description:
      "What to restore: `database`, `filestore`, `both`, or `auto`: both where the backup holds a filestore. A copy is of the database alone.",
    parse: oneOf("auto", "database", "filestore", "both"),
    default: "auto",
    verbs: ["restore"],
  },
  strategy: {
    description:
      "`swap` restores next to production, proves it, and exchanges the two within seconds; `replace` drops production first, for a disk that cannot hold both; `copy` leaves production alone.",
    parse: oneOf("swap", "replace", "copy"),
    default: "swap",
    verbs: ["restore"],
  },
  "safety-backup": {
    description:
      "What `replace` does before it drops production: `take` a backup, or `none` of it.",
    parse: either("take", "none"),
    default: "take",
    verbs: ["restore"],
  },
  tables: {
    description:
      "Restore only these tables, separated by commas, into a copy to look at. Never into production.",
    parse: tableNames,
    absent: [],
    example: "res_partner, spp_program",
    multiline: true,
    verbs: ["restore"],
  },
  neutralize: {
    description:
      "Of a copy: switch off its mail servers and scheduled jobs by Odoo's own command, so that people may open it.",
    parse: boolean,
    default: "false",
    verbs: ["restore"],
  },
  services: {
    description:
      "Compose services that use the database and are stopped while names are exchanged. Others with a session are found.",
    parse: serviceNames,
    default: "odoo, queue-worker",
    verbs: ["restore"],
  },
  "healthy-within": {
    description:
      "How long the services may take to become healthy on the restored database before the former one is brought back.",
    parse: duration,
    as: "healthyWithinSeconds",
    default: "5m",
    verbs: ["restore"],
  },
  "keep-days": {
    description: "How many days the former production database and filestore, or a copy, are kept.",
    parse: wholeNumber(1, 3650),
    default: "7",
    verbs: ["restore"],
  },
  undo: {
    description:
      "Bring back the database, or the filestore, that the last restore replaced, as long as it is kept.",
    parse: boolean,
    default: "false",
    verbs: ["restore"],
  },
  status: {
    description:
      "Say what earlier restores left: interrupted ones, databases that are kept and until when.",
    parse: boolean,
    default: "false",
    verbs: ["restore"],
    face: "cli",
  },
  "dry-run": SHARED["dry-run"],
} as const satisfies Inputs;
