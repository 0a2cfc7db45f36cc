import { RECORDS_FOLDER } from "../backups/run-record.ts";
import type { StoredFile } from "../backups/stored-file.ts";
import type { Remote } from "../inputs/parse/addresses.ts";
import type { RcloneConfig } from "../inputs/parse/rclone-config.ts";
import type { Secret } from "../secret.ts";
import { and, type Program, program } from "./command.ts";
import { REQUIREMENTS } from "./machine-tools.ts";
import {
  type FailureKind,
  type HashComparison,
  type RemoteTool,
  type ToolOutput,
  TRASH,
  type Transfer,
  type TransferOptions,
} from "./remote-tool.ts";

/**
 * `withRetries` (operations/offsite/offsite.ts) does the retrying. rclone itself gets only a second
 * low-level attempt, in which S3 also corrects a clock that is wrong. A connection ends after a
 * minute of silence.
 */
const ALWAYS = [
  "--ask-password=false",
  "--retries=1",
  "--low-level-retries=2",
  "--contimeout=10s",
  "--timeout=1m",
  "--use-json-log",
  "--stats=0",
];

/** The name of the rclone remote for what this machine serves. */
const SERVED = "openspp_served";

const WITH_PROGRESS = ["--stats=1s", "--stats-log-level=NOTICE"];

/** Without a configuration from the inputs, rclone uses the machine's own. */
export class Rclone implements RemoteTool {
  readonly name = "rclone";
  readonly #address: string;
  readonly #config?: RcloneConfig;

  constructor({ address }: Pick<Remote, "address">, config?: RcloneConfig) {
    this.#address = address;
    this.#config = config;
  }

  version(): Program {
    return program(REQUIREMENTS.rclone.askVersion);
  }

  manualCommand(): Program {
    return program(["rclone", "lsf", this.#address]);
  }

  list(deep: boolean): Program {
    const depth = deep ? [`--exclude=/${TRASH}/**`] : ["--max-depth=2"];
    const format = ["--files-only", "--format=ps", "--separator=|"];
    return this.#run(["lsf", this.#address, "--recursive", ...format, ...depth]);
  }

  filesIn(output: string): readonly StoredFile[] {
    return output.split("\n").flatMap((line) => {
      const [, path, bytes] = /^(.*)\|(\d+)$/.exec(line) ?? [];
      return path === undefined ? [] : [{ path, bytes: Number(bytes) }];
    });
  }

  upload(volume: string, paths: readonly string[], options: TransferOptions): Program {
    return this.#copy(volume, this.#address, paths.map(including), options);
  }

  uploadFolder(volume: string, path: string, options: TransferOptions): Program {
    const flags = ["--immutable", "--size-only", "--skip-links", ...transferFlags(options)];
    return this.#run(["copy", volume, this.#address, `${including(path)}/**`, ...flags]);
  }

  mirror(volume: string, options: Parameters<RemoteTool["mirror"]>[1]) {
    const { trash, mostDeleted } = options;
    const keep = trash === undefined ? [] : [`--backup-dir=${this.#within(trash)}`];
    const filters = [
      `--filter=- /${TRASH}/**`,
      `--filter=- /${RECORDS_FOLDER}/**`,
      "--filter=- *.part",
      "--filter=- *.part/**",
      "--skip-links",
    ];
    const flags = [...keep, ...transferFlags(options)];
    return and(
      this.#run([
        "copy",
        volume,
        this.#address,
        "--filter=- *.manifest.json",
        ...filters,
        ...flags,
      ]),
      this.#run([
        "sync",
        volume,
        this.#address,
        ...filters,
        "--delete-after",
        `--max-delete=${mostDeleted}`,
        ...flags,
      ]),
    );
  }

  /**
   * Copies files that are served at a URL, and changes none that the remote has. The server cannot
   * send parts of a file. Whoever knows the URL can read the files, so it is in no argv.
   */
  uploadServed(url: Secret, paths: readonly string[], options: TransferOptions): Program {
    const flags = ["--immutable", "--size-only", "--no-traverse", "--multi-thread-streams=0"];
    const many = ["--transfers=8", ...flags, ...transferFlags(options)];
    const command = this.#run(["copy", `${SERVED}:`, this.#address, "--files-from-raw=-", ...many]);
    const source = `RCLONE_CONFIG_${SERVED.toUpperCase()}`;
    return {
      ...command,
      env: { ...command.env, [`${source}_TYPE`]: "http", [`${source}_URL`]: url },
      input: paths.map((path) => `${path}\n`).join(""),
    };
  }

  remove(paths: readonly string[]): Program {
    return this.#run(["delete", this.#address, ...paths.map(including)]);
  }

  download(paths: readonly string[], folder: string, options: TransferOptions): Program {
    return this.#copy(this.#address, folder, paths.map(including), options);
  }

  downloadFolder(path: string, folder: string, options: TransferOptions): Program {
    return this.#copy(this.#address, folder, [`${including(path)}/**`], options);
  }

  read(path: string): Program {
    return this.#run(["cat", this.#within(path)]);
  }

  readBack(path: string, options: TransferOptions): Program {
    return this.#run([
      "hashsum",
      "sha256",
      "--download",
      this.#within(path),
      ...transferFlags(options),
    ]);
  }

  askHashes(): Program {
    return this.#run(["backend", "features", this.#address]);
  }

  compare(volume: string, paths: readonly string[], hashes: string): Program {
    const { Hashes: kinds } = JSON.parse(hashes) as Features;
    // An encrypted remote has no hashes of its own. rclone then compares those of the encrypted
    // bytes.
    const verb = kinds?.length ? "check" : "cryptcheck";
    const flags = ["--one-way", "--combined=-", "--skip-links"];
    return this.#run([verb, volume, this.#address, ...flags, ...paths.map(including)]);
  }

  comparisonIn({ stdout, stderr }: ToolOutput): HashComparison | undefined {
    const unhashed = /hashes could not be checked|not support any hashes|is not a crypt remote/;
    if (unhashed.test(stderr)) return undefined;
    const marked = (mark: RegExp) =>
      stdout.split("\n").flatMap((line) => (mark.test(line) ? [line.slice(2)] : []));
    return { equal: marked(/^= /), differing: marked(/^[*-] /) };
  }

  progressIn(line: string): Transfer | undefined {
    const stats = eventIn(line)?.stats;
    if (!stats || !(stats.totalBytes > 0)) return undefined;
    return {
      fraction: stats.bytes / stats.totalBytes,
      bytes: stats.bytes,
      bytesPerSecond: stats.speed,
    };
  }

  whyIn(stderr: string): string | undefined {
    const lines = stderr.split("\n").filter((line) => line.trim() !== "");
    const events = lines.flatMap((line) => eventIn(line) ?? []);
    const reported = events.filter(({ level }) => /^(?:error|critical|fatal)$/.test(level)).at(-1);
    const plain = lines.filter((line) => !line.startsWith("{")).at(-1);
    const text = plain?.replace(/^\S+ \S+ (?:[A-Z]+ *: )?/, "") ?? reported?.msg;
    return text && (reported?.object && !plain ? `${reported.object}: ${text}` : text).trim();
  }

  /** By rclone's exit codes (manual, "Exit code"). 1 and 2 have changed places between versions. */
  failureKindOf(exit: number | string): FailureKind {
    if (exit === 3 || exit === 4) return "missing";
    return exit === 6 || exit === 7 ? "final" : "passing";
  }

  /**
   * rclone compares its clock with the time in each HTTP answer, and reports a difference of more
   * than five minutes.
   */
  skewIn(stderr: string): number | undefined {
    const [, sign, hours = 0, minutes = 0, seconds = 0] =
      /Time may be set wrong - time from \S+ is (-?)(?:(\d+)h)?(?:(\d+)m)?([\d.]+)s different/.exec(
        stderr,
      ) ?? [];
    if (sign === undefined) return undefined;
    const ahead = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    return sign === "-" ? -ahead : ahead;
  }

  #copy(from: string, to: string, includes: readonly string[], options: TransferOptions): Program {
    const flags = ["--immutable", "--no-traverse", "--skip-links", ...transferFlags(options)];
    return this.#run(["copy", from, to, ...includes, ...flags]);
  }

  #within(path: string): string {
    return /[:/]$/.test(this.#address) ? `${this.#address}${path}` : `${this.#address}/${path}`;
  }

  #run(args: readonly string[]): Program {
    const config = this.#config;
    return program(["rclone", ...(config ? ["--config="] : []), ...ALWAYS, ...args], {
      ...(config && { env: config }),
    });
  }
}

function transferFlags({ bandwidthLimit }: TransferOptions): readonly string[] {
  return [
    ...WITH_PROGRESS,
    ...(bandwidthLimit === undefined ? [] : [`--bwlimit=${bandwidthLimit}B`]),
  ];
}

/** A pattern that matches only this path, from the root on (rclone manual, "Filtering"). */
function including(path: string): string {
  return `--include=/${path.replace(/[\\*?[\]{}]/g, "\\$&")}`;
}

/** The part of the output of `rclone backend features` that is read. */
interface Features {
  readonly Hashes?: readonly string[];
}

interface Event {
  readonly level: string;
  readonly msg: string;
  readonly object?: string;
  readonly stats?: { bytes: number; totalBytes: number; speed: number };
}

/** Undefined for a line that is not JSON. */
function eventIn(line: string): Event | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as Event;
  } catch {
    return undefined;
  }
}
