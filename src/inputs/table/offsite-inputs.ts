import { parseRcloneConfig } from "../rclone-config.ts";
import * as values from "../values.ts";
import { type Input, REMOTES, SYNCS, TRANSFERS, WATCHES } from "./input.ts";

/** Where the copies are, and how they are made and proven. */
export const OFFSITE_INPUTS = {
  remote: {
    description:
      "Where the copies of the backups are: an rclone remote (`offsite:openspp-backups`) or an rsync target (`backup@remote.example.org:/backups/openspp`). A cycle copies there when it is given, and a monitor looks at what is there.",
    parse: values.remote,
    example: "offsite:openspp-backups",
    verbs: REMOTES,
  },
  "rclone-config": {
    description:
      "rclone's configuration, the text of an `rclone.conf`. It reaches no disk. Without it, rclone uses the configuration of the machine that it runs on.",
    parse: parseRcloneConfig,
    secret: true,
    multiline: true,
    verbs: REMOTES,
  },
  from: {
    description:
      "Which machine copies, and looks for a monitor: the deployment's `host`, with its own rclone or rsync; or the `runner`, with rclone, for a host that must not hold the remote's credentials.",
    parse: values.oneOf("host", "runner"),
    default: "host",
    verbs: [...SYNCS, ...WATCHES],
  },
  "sync-mode": {
    description:
      "`copy` adds what is new and changes nothing that is there; `sync` makes the remote what the backup volume is, deletions too, within limits.",
    parse: values.oneOf("copy", "sync"),
    default: "copy",
    verbs: SYNCS,
  },
  verify: {
    description:
      "How the copy is proven: by `size`; by `hash`, which both ends make, or by reading back where the remote has none; by `download`, which always reads back.",
    parse: values.oneOf("size", "hash", "download"),
    default: "hash",
    verbs: SYNCS,
  },
  "bandwidth-limit": {
    description: "The most bytes per second that a copy may take.",
    parse: values.bandwidth,
    example: "10M",
    verbs: TRANSFERS,
  },
  retries: {
    description:
      "How often an interrupted copy is tried again: after 1, 5 and 20 s, then after a minute each. A remote that is gone is red within about a minute by default.",
    parse: values.wholeNumber(0, 100),
    default: "3",
    verbs: TRANSFERS,
  },
  "max-delete": {
    description: "The most of the remote's files that `sync-mode: sync` may delete in one run.",
    parse: values.percentage,
    default: "50%",
    verbs: SYNCS,
  },
  "deleted-files": {
    description:
      "What becomes of files that `sync-mode: sync` replaces or deletes: `trash` keeps them in a dated folder of the remote, `gone` does not.",
    parse: values.oneOf("trash", "gone"),
    default: "trash",
    verbs: SYNCS,
  },
} as const satisfies Record<string, Input>;
