import { RECORDS_FOLDER } from "../backups/run-record.ts";
import type { StoredFile } from "../backups/stored-file.ts";
import type { Remote } from "../inputs/parse/addresses.ts";
import { and, type Joined, type Program, program } from "./command.ts";
import { REQUIREMENTS } from "./machine-tools.ts";
import {
  type FailureKind,
  type HashComparison,
  type MirrorOptions,
  type RemoteTool,
  type ToolOutput,
  TRASH,
  type Transfer,
  type TransferOptions,
} from "./remote-tool.ts";
import { quote } from "./shell.ts";

/** Where an incomplete file is on the remote, so that the next run can continue it. */
const PARTIAL = ".openspp-partial";

/**
 * The host key is always checked, and nobody is asked anything. A connection ends after a minute of
 * silence.
 */
const SSH = [
  "BatchMode=yes",
  "StrictHostKeyChecking=yes",
  "ConnectTimeout=20",
  "ServerAliveInterval=15",
  "ServerAliveCountMax=4",
].flatMap((option) => ["-o", option]);

const HIDDEN = [`--exclude=/${TRASH}/`, `--exclude=/${RECORDS_FOLDER}/`, `--exclude=${PARTIAL}/`];

/**
 * The hash of the first command's output, with that command's exit code. POSIX shells have no
 * `pipefail`.
 */
const SHA256_OF = `{ { "$@"; echo "$?" >&3; } | sha256sum; } 3>&1 | { read -r code; cat; exit "$code"; }`;

/** rsync over SSH, as the guide has it. The machine's own ssh knows how to log in. */
export class Rsync implements RemoteTool {
  readonly name = "rsync";
  readonly #address: string;

  constructor({ address }: Pick<Remote, "address">) {
    this.#address = address.replace(/\/+$/, "");
  }

  version(): Program {
    return program(REQUIREMENTS.rsync.askVersion);
  }

  manualCommand(): Program {
    return program(["rsync", "--list-only", `${this.#address}/`]);
  }

  list(deep: boolean): Program {
    const depth = deep ? [] : ["--exclude=/*/*/"];
    return this.#run(["--recursive", "--list-only", ...HIDDEN, ...depth], `${this.#address}/`);
  }

  filesIn(output: string): readonly StoredFile[] {
    return output.split("\n").flatMap((line) => {
      const [, bytes, path] = /^-\S+ +(\d+) [\d/]+ [\d:]+ (.*)$/.exec(line) ?? [];
      return path === undefined ? [] : [{ path, bytes: Number(bytes) }];
    });
  }

  upload(volume: string, paths: readonly string[], options: TransferOptions): Program {
    return this.#copy(["--relative", ...belowOf(volume, paths)], options);
  }

  uploadFolder(volume: string, path: string, options: TransferOptions): Program {
    return this.#copy(["--recursive", "--relative", ...belowOf(volume, [path])], options);
  }

  mirror(volume: string, { trash, mostDeleted, bandwidthLimit }: MirrorOptions): Joined {
    const keep = trash === undefined ? [] : ["--backup", `--backup-dir=${trash}`];
    const flags = ["--recursive", "--times", ...keep, ...HIDDEN, "--exclude=*.part"];
    const whole = [...flags, ...transferFlags({ bandwidthLimit }), `${volume}/`];
    const to = `${this.#address}/`;
    return and(
      this.#run(["--exclude=*.manifest.json", ...whole], to),
      this.#run(["--delete-after", `--max-delete=${mostDeleted}`, ...whole], to),
    );
  }

  /**
   * rsync deletes a named file that the source lacks. /proc/self has none of our files, nor their
   * folders. For the folders rsync exits with 24.
   */
  remove(paths: readonly string[]): Program {
    const flags = ["--dirs", "--relative", "--delete-missing-args"];
    const { argv } = this.#run([...flags, ...belowOf("/proc/self", paths)], `${this.#address}/`);
    return program([
      "sh",
      "-c",
      '"$@"; code=$?; [ "$code" -eq 24 ] || exit "$code"',
      "sh",
      ...argv,
    ]);
  }

  download(paths: readonly string[], folder: string, options: TransferOptions): Program {
    const sources = belowOf(this.#address, paths);
    return this.#run(
      ["--times", "--relative", ...transferFlags(options), ...sources],
      `${folder}/`,
    );
  }

  downloadFolder(path: string, folder: string, options: TransferOptions): Program {
    const flags = ["--times", "--recursive", "--relative", ...transferFlags(options)];
    return this.#run([...flags, ...belowOf(this.#address, [path])], `${folder}/`);
  }

  read(path: string): Program {
    return program(this.#cat(path));
  }

  readBack(path: string): Program {
    return program(["sh", "-c", SHA256_OF, "sh", ...this.#cat(path)]);
  }

  askHashes(): undefined {
    return undefined;
  }

  /** A dry run: it prints the paths of files that differ. */
  compare(volume: string, paths: readonly string[]): Program {
    const flags = ["--checksum", "--dry-run", "--out-format=%n", "--relative"];
    return this.#run([...flags, ...belowOf(volume, paths)], `${this.#address}/`);
  }

  comparisonIn({ stdout }: ToolOutput, paths: readonly string[]): HashComparison {
    const lines = new Set(stdout.split("\n"));
    return {
      equal: paths.filter((path) => !lines.has(path)),
      differing: paths.filter((path) => lines.has(path)),
    };
  }

  progressIn(line: string): Transfer | undefined {
    const [, bytes, percent, speed, unit] =
      /^\s*(\d+)\s+(\d+)%\s+([\d.]+)([kMGT])B\/s\s/.exec(line) ?? [];
    if (bytes === undefined) return undefined;
    return {
      fraction: Number(percent) / 100,
      bytes: Number(bytes),
      bytesPerSecond: Number(speed) * 1024 ** ("kMGT".indexOf(unit as string) + 1),
    };
  }

  whyIn(stderr: string): string | undefined {
    const lines = stderr
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
    const reported = lines.filter(
      (line) => !/^rsync error: |^rsync: connection unexpectedly closed/.test(line),
    );
    return reported.at(-1) ?? lines.at(-1);
  }

  /** By rsync's exit codes (manual, "EXIT VALUES"). A missing folder of the remote results in 23. */
  failureKindOf(exit: number | string): FailureKind {
    if (exit === 23) return "missing";
    return exit === 1 || exit === 2 || exit === 4 || exit === 25 ? "final" : "passing";
  }

  /** SSH has no clock to compare with. */
  skewIn(): undefined {
    return undefined;
  }

  #copy(args: readonly string[], options: TransferOptions): Program {
    const flags = ["--times", "--ignore-existing", `--partial-dir=${PARTIAL}`];
    return this.#run([...flags, ...transferFlags(options), ...args], `${this.#address}/`);
  }

  #cat(path: string): readonly string[] {
    const [, login = "", folder = ""] =
      /^(.*?@(?:\[[^\]]*\]|[^:]*)):(.*)$/.exec(this.#address) ?? [];
    return ["ssh", ...SSH, login.replace(/[[\]]/g, ""), `cat -- ${quote(`${folder}/${path}`)}`];
  }

  #run(args: readonly string[], to: string): Program {
    const always = ["--protect-args", "--no-human-readable", "--timeout=60"];
    return program(["rsync", ...always, `--rsh=ssh ${SSH.join(" ")}`, ...args, to]);
  }
}

function transferFlags({ bandwidthLimit }: TransferOptions): readonly string[] {
  const flags = ["--info=progress2", "--outbuf=L"];
  return bandwidthLimit === undefined
    ? flags
    : [...flags, `--bwlimit=${Math.ceil(bandwidthLimit / 1024)}`];
}

/** `--relative` keeps the part of a path after `/./`. */
function belowOf(folder: string, paths: readonly string[]): readonly string[] {
  return paths.map((path) => `${folder}/./${path}`);
}
