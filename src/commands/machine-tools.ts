import { UserMistake } from "../failure.ts";
import type { RemoteTool } from "./remote-tool.ts";
import { isOlder } from "./tool-access.ts";

/** What a machine needs to copy backups or to start a fresh server, and what to do where it is missing. */

export type MachineTool = RemoteTool["name"] | "docker";

interface Requirement {
  /**
   * Prints the version. For Docker it is the engine's, so that the command fails where no engine
   * answers.
   */
  readonly askVersion: readonly string[];
  readonly oldest?: { readonly version: string; readonly why?: string };
  readonly state: string;
  readonly next: string;
}

const OLDEST_RCLONE = "1.63";

export const REQUIREMENTS: Readonly<Record<MachineTool, Requirement>> = {
  docker: {
    askVersion: ["docker", "version", "--format", "{{.Server.Version}}"],
    state: "Nothing was done.",
    next: "A fresh server is a container: use a machine that has Docker, as GitHub's Ubuntu runners do, or `where: host`.",
  },
  rclone: {
    askVersion: ["rclone", "version"],
    oldest: {
      version: OLDEST_RCLONE,
      why: "Older ones upload straight to the final name: an upload that breaks off leaves half a file that looks complete.",
    },
    state: "Nothing was copied.",
    next: `Install version ${OLDEST_RCLONE} or newer: its .deb or .rpm from https://rclone.org/downloads/, once its SHA-256 is that of SHA256SUMS there; then \`sudo apt-get install ./rclone.deb\` (or \`sudo dnf install\`).`,
  },
  rsync: {
    askVersion: ["rsync", "--version"],
    // The first version that reports one progress for everything, and that deletes files by name.
    oldest: { version: "3.1" },
    state: "Nothing was copied.",
    next: "Install it: `sudo apt-get install rsync` (or `sudo dnf install rsync`).",
  },
};

export function missingTool(
  tool: MachineTool,
  machine: string,
  options?: ErrorOptions,
): UserMistake {
  const { state, next } = REQUIREMENTS[tool];
  return new UserMistake(
    { what: `The command \`${tool}\` is not on the PATH of ${machine}.`, state, next },
    options,
  );
}

/** Undefined for a version that is new enough. */
export function oldTool(
  tool: MachineTool,
  machine: string,
  version: string,
): UserMistake | undefined {
  const { oldest, state, next } = REQUIREMENTS[tool];
  if (!oldest || !isOlder(version, oldest.version)) return undefined;
  return new UserMistake({
    what: `The ${tool} of ${machine} is version ${version}, and this needs ${oldest.version} or newer.`,
    why: oldest.why,
    state,
    next,
  });
}

/** `why` is the message of Docker's own client. */
export function silentEngine(
  machine: string,
  why: string | undefined,
  options?: ErrorOptions,
): UserMistake {
  const { state, next } = REQUIREMENTS.docker;
  return new UserMistake(
    { what: `The Docker engine of ${machine} does not answer.`, why, state, next },
    options,
  );
}
