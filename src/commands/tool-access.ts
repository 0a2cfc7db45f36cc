import { type InThrowaway, inThrowaway, type Joined, type Program, program } from "./command.ts";

/** The exit code of `lookForTool` when there is no such tool. */
export const NO_TOOL = 69;

/** What a machine's user can do with a tool and a folder. */
export interface ToolAccess {
  /** For example `1.76.0`. */
  readonly version: string;
  readonly uid: number;
  readonly gid: number;
  /** Whether the user may read the folder and what is in it. */
  readonly readable: boolean;
}

/** Looks whether the user has the tool and may read the folder. `version` prints the tool's version. */
export function lookForTool(version: Program, folder: string): Program {
  const steps = `
folder=$1; shift
command -v "$1" >/dev/null || exit ${NO_TOOL}
id -u
id -g
unreadable=$(find "$folder" -maxdepth 2 ! -type l -exec sh -c 'for file; do [ -r "$file" ] || echo "$file"; done' sh {} + 2>&1) || unreadable=folder
echo "\${unreadable:+un}readable"
"$@" | head -n 1`.trim();
  return program(["sh", "-c", steps, "sh", folder, ...version.argv]);
}

export function parseToolAccess(output: string): ToolAccess {
  const [uid, gid, readable, version = ""] = output.split("\n");
  return {
    uid: Number(uid),
    gid: Number(gid),
    readable: readable === "readable",
    version: versionIn(version),
  };
}

/** The first version number in a tool's output. Empty where there is none. */
export function versionIn(output: string): string {
  return /\d+(?:\.\d+)+/.exec(output)?.[0] ?? "";
}

/** For versions like `1.9` and `1.63.1`. */
export function isOlder(version: string, than: string): boolean {
  const [one, other] = [version, than].map((text) => text.split(".").map(Number));
  for (const [index, part] of (other ?? []).entries()) {
    const difference = (one?.[index] ?? 0) - part;
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Without a folder, the container may change nothing. */
const writable = (folder: string | undefined) =>
  folder === undefined ? [] : ["--volume", `${folder}:/host${folder}`];

/**
 * Runs the host's own tools as the SSH user, in a container that sees the host's files, with the
 * right to read every file. Docker's folders belong to root: a user of the group `docker` may mount
 * them but not read them. The container cannot change the host's files, except in the folder
 * `changing`, if there is one.
 */
export function withEveryFileReadable(
  command: Program | Joined,
  image: string,
  { uid, gid }: Pick<ToolAccess, "uid" | "gid">,
  changing?: string,
): InThrowaway {
  const right = changing === undefined ? "+dac_read_search" : "+dac_read_search,+dac_override";
  const rights = ["SYS_CHROOT", "SETUID", "SETGID", "SETPCAP", "DAC_READ_SEARCH"];
  const allowed = changing ? [...rights, "DAC_OVERRIDE"] : rights;
  return inThrowaway(image, command, {
    options: [
      "--network",
      "host",
      "--user",
      "0:0",
      "--env",
      "HOME",
      "--env",
      "PATH",
      "--cap-drop",
      "ALL",
      ...allowed.flatMap((one) => ["--cap-add", one]),
      "--volume",
      "/:/host:ro",
      ...writable(changing),
    ],
    prefix: [
      "/usr/sbin/chroot",
      "/host",
      "setpriv",
      `--reuid=${uid}`,
      `--regid=${gid}`,
      "--clear-groups",
      `--inh-caps=${right}`,
      `--ambient-caps=${right}`,
    ],
  });
}
