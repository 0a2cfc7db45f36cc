import { remote } from "../parse/addresses.ts";
import { oneOf } from "../parse/choices.ts";
import { bandwidth, percentage, wholeNumber } from "../parse/quantities.ts";
import { rcloneConfig } from "../parse/rclone-config.ts";
import type { Inputs } from "./input.ts";

/** Where the copies are, and how they are made and proven. */
export const SYNC_INPUTS = {
  remote: {
    description:
      "Where the copies of the backups are: an rclone remote (`offsite:openspp-backups`) or an rsync target (`backup@remote.example.org:/backups/openspp`). A cycle copies there when it is given, and a monitor looks at what is there.",
    parse: remote,
    example: "offsite:openspp-backups",
    verbs: ["sync", "drill", "cycle", "restore", "monitor", "checklist"],
  },
  "rclone-config": {
    description:
      "rclone's configuration, the text of an `rclone.conf`. rclone gets it as environment variables, not as a file. While rclone runs in a throwaway container, Docker stores these variables on that machine, where root can read them. Without this input, rclone uses the configuration of the machine that it runs on.",
    parse: rcloneConfig,
    secret: true,
    multiline: true,
    verbs: ["sync", "drill", "cycle", "restore", "monitor", "checklist"],
  },
  from: {
    description:
      "Which machine copies, and looks at the remote for a monitor. `host`: the deployment's, with its own rclone or rsync. `runner`: this one, with rclone, for a host that must not hold the remote's credentials.",
    parse: oneOf("host", "runner"),
    default: "host",
    verbs: ["sync", "cycle", "monitor", "checklist"],
  },
  "sync-mode": {
    description:
      "`copy` adds what is new and changes nothing that is there; `sync` makes the remote what the backup volume is, deletions too, within limits.",
    parse: oneOf("copy", "sync"),
    as: "mode",
    default: "copy",
    verbs: ["sync", "cycle"],
  },
  verify: {
    description:
      "How the copy is proven. `size`: by size alone. `hash`: by hashes that both ends make, or by reading back where the remote has none. `download`: always by reading back.",
    parse: oneOf("size", "hash", "download"),
    default: "hash",
    verbs: ["sync", "cycle"],
  },
  "bandwidth-limit": {
    description: "The most bytes per second that a copy may take.",
    parse: bandwidth,
    example: "10M",
    verbs: ["sync", "drill", "cycle", "restore"],
  },
  retries: {
    description:
      "How often an interrupted copy is tried again: after 1, 5 and 20 s, then after a minute each. A remote that is gone is red within about a minute by default.",
    parse: wholeNumber(0, 100),
    default: "3",
    verbs: ["sync", "drill", "cycle", "restore"],
  },
  "max-delete": {
    description: "The most of the remote's files that `sync-mode: sync` may delete in one run.",
    parse: percentage,
    default: "50%",
    verbs: ["sync", "cycle"],
  },
  "deleted-files": {
    description:
      "What becomes of files that `sync-mode: sync` replaces or deletes: `trash` keeps them in a dated folder of the remote, `gone` does not.",
    parse: oneOf("trash", "gone"),
    default: "trash",
    verbs: ["sync", "cycle"],
  },
} as const satisfies Inputs;
