import { FILESTORE_KINDS } from "../../backups/backup-name.ts";
import * as values from "../values.ts";
import { BACKUPS, type Input, PRUNES, RUNS } from "./input.ts";

/** How a backup is taken, and how long it is kept. */
export const BACKUP_INPUTS = {
  mode: {
    description:
      "`snapshot` takes a dump with a manifest of its own snapshot; `script` runs the deployment's `/backup.sh`, whose content cannot be proven.",
    parse: values.oneOf("snapshot", "script"),
    default: "snapshot",
    verbs: BACKUPS,
  },
  compression: {
    description: "Compression of the dump: `gzip:1` to `gzip:9`, `zstd:N`, `lz4:N` or `none`.",
    parse: values.compression,
    default: "gzip:6",
    verbs: BACKUPS,
  },
  filestore: {
    description:
      "How each backup keeps the filestore: `tar.gz` or `tar.zst`, an archive of all its files; `incremental`, a list of files in a pool to which only new ones are copied; or `off`.",
    parse: values.oneOf(...FILESTORE_KINDS, "off"),
    default: "tar.gz",
    verbs: BACKUPS,
  },
  jobs: {
    description:
      "Parallel sessions for fingerprint, restore and proof. Default: the host's cores; while a dump runs, half of them.",
    parse: values.wholeNumber(1, 256),
    example: "4",
    verbs: RUNS,
  },
  retention: {
    description:
      "After a good backup, `on` makes weekly and monthly copies and removes what the retention policy no longer keeps; `off` removes nothing. In a sync, the same for the backups on the remote.",
    parse: values.oneOf("on", "off"),
    default: "on",
    verbs: ["backup", "cycle", "sync"],
  },
  "keep-daily": {
    description:
      "Days of which every backup is kept, counted by days that have one. Default: the deployment's BACKUP_KEEP_DAYS.",
    parse: values.wholeNumber(1, 3660),
    example: "7",
    verbs: PRUNES,
  },
  "keep-weekly": {
    description:
      "Weeks of which Sunday's backup is kept, or the next one. Default: the deployment's BACKUP_KEEP_WEEKS.",
    parse: values.wholeNumber(0, 520),
    example: "4",
    verbs: PRUNES,
  },
  "keep-monthly": {
    description:
      "Months of which the backup of the 1st is kept, or the next one. Default: the deployment's BACKUP_KEEP_MONTHS.",
    parse: values.wholeNumber(0, 120),
    example: "6",
    verbs: PRUNES,
  },
  "dry-run": {
    description: "Print what would be done, and change nothing.",
    parse: values.boolean,
    default: "false",
    verbs: ["prune", "restore"],
  },
} as const satisfies Record<string, Input>;
