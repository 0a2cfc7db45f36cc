import { FILESTORE_KINDS } from "../../backups/backup-name.ts";
import { compression, either, oneOf } from "../parse/choices.ts";
import { wholeNumber } from "../parse/quantities.ts";
import type { Inputs } from "./input.ts";
import { SHARED } from "./shared-inputs.ts";

/** How a backup is taken. */
export const BACKUP_INPUTS = {
  mode: {
    description:
      "`snapshot` takes a dump with a manifest of its own snapshot; `script` runs the deployment's `/backup.sh`, whose content cannot be proven.",
    parse: oneOf("snapshot", "script"),
    default: "snapshot",
    verbs: ["backup", "cycle"],
  },
  compression: {
    description: "Compression of the dump: `gzip:1` to `gzip:9`, `zstd:N`, `lz4:N` or `none`.",
    parse: compression,
    default: "gzip:6",
    verbs: ["backup", "cycle"],
  },
  filestore: {
    description:
      "How each backup keeps the filestore. `tar.gz` and `tar.zst` make an archive of all its files. `incremental` makes a list of files in a pool, to which only new ones are copied. `off` keeps none.",
    parse: oneOf(...FILESTORE_KINDS, "off"),
    default: "tar.gz",
    verbs: ["backup", "cycle"],
  },
  jobs: SHARED.jobs,
} as const satisfies Inputs;

/** How long backups are kept. */
export const RETENTION_INPUTS = {
  retention: {
    description:
      "After a good backup, `on` makes weekly and monthly copies and removes what the retention policy no longer keeps; `off` removes nothing. In a sync, the same for the backups on the remote.",
    parse: either("on", "off"),
    as: "on",
    default: "on",
    verbs: ["backup", "cycle", "sync"],
  },
  "keep-daily": {
    description:
      "Days of which every backup is kept, counted by days that have one. Default: the deployment's BACKUP_KEEP_DAYS.",
    parse: wholeNumber(1, 3660),
    as: "days",
    example: "7",
    verbs: ["backup", "cycle", "sync", "prune", "monitor"],
  },
  "keep-weekly": {
    description:
      "Weeks of which Sunday's backup is kept, or the next one. Default: the deployment's BACKUP_KEEP_WEEKS.",
    parse: wholeNumber(0, 520),
    as: "weeks",
    example: "4",
    verbs: ["backup", "cycle", "sync", "prune", "monitor"],
  },
  "keep-monthly": {
    description:
      "Months of which the backup of the 1st is kept, or the next one. Default: the deployment's BACKUP_KEEP_MONTHS.",
    parse: wholeNumber(0, 120),
    as: "months",
    example: "6",
    verbs: ["backup", "cycle", "sync", "prune", "monitor"],
  },
  "dry-run": SHARED["dry-run"],
} as const satisfies Inputs;
