import { type InThrowaway, inThrowaway, type Joined, type Program, program } from "./command.ts";

/** The exit code by which `lookForTool` tells that there is none. */
export const NO_TOOL = 69;

/** What a machine has to do with a tool and a folder. */
export interface ToolAccess {
  /** For example `1.76.0`. */
  readonly version: string;
  readonly uid: number;
  readonly gid: number;
  /** Whether the user may read the folder and what is in it. */
  readonly readable: boolean;
}

/** Given a tool, what makes it print its version, and a folder, return the command that looks whether the user has the one and may read the other. */
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

/** Given the output of `lookForTool`, return what it says. */
export function parseToolAccess(output: string): ToolAccess {
  const [uid, gid, readable, version = ""] = output.split("\n");
  return {
    uid: Number(uid),
    gid: Number(gid),
    readable: readable === "readable",
    version: versionIn(version),
  };
}

/** The first version in what a tool prints of itself; empty where there is none. */
export function versionIn(output: string): string {
  return /\d+(?:\.\d+)+/.exec(output)?.[0] ?? "";
}

/** Given two versions like `1.9` and `1.63.1`, return whether the first is older. */
export function isOlder(version: string, than: string): boolean {
  const [one, other] = [version, than].map((text) => text.split(".").map(Number));
  for (const [index, part] of (other ?? []).entries()) {
    const difference = (one?.[index] ?? 0) - part;
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Given a folder that a container may change, return the options and rights for that; without one, it may change nothing. */
const writable = (folder: string | undefined) =>
  folder === undefined ? [] : ["--volume", `${folder}:/host${folder}`];

/**
 * Given a command of the host's own tools, return it in a container that sees the host's files, as the SSH user, with
 * the one right more to read every file: Docker's folders are root's, and a user of the group `docker` may mount but
 * not read them. The host's files cannot be changed from there, but for those of the folder `changing`, if there is one.
 */
export function withEveryFileReadable(
  command: Program | Joined,
  image: string,
  { uid, gid }: Pick<ToolAccess, "uid" | "gid">,
  changing?: string,
): InThrowaway {
  const right = changing === undefined ? "+dac_read_search" : "+dac_read_search,+dac_override";
  const rights = ["SYS_CHROOT", "SETUID", "SETGID", "SETPCAP", "DAC_READ_SEARCH"];
  return inThrowaway(image, command, {
    options: [
      ...["--network", "host", "--user", "0:0", "--env", "HOME", "--env", "PATH"],
      ...[
        "--cap-drop",
        "ALL",
        ...[...rights, ...(changing ? ["DAC_OVERRIDE"] : [])].flatMap((one) => ["--cap-add", one]),
      ],
      ...["--volume", "/:/host:ro", ...writable(changing)],
    ],
    prefix: [
      ...[
        "/usr/sbin/chroot",
        "/host",
        "setpriv",
        `--reuid=${uid}`,
        `--regid=${gid}`,
        "--clear-groups",
      ],
      ...[`--inh-caps=${right}`, `--ambient-caps=${right}`],
    ],
  });
}
