import type { StoredFile } from "../backups/stored-file.ts";
import type { Joined, Program } from "./command.ts";

/** The folder on a remote that takes what a mirror replaces and deletes, in one folder for each run. */
export const TRASH = ".trash";

/** How far a transfer is, as the tool itself says it. */
export interface Transfer {
  /** From 0 to 1. */
  readonly fraction: number;
  readonly bytes: number;
  readonly bytesPerSecond: number;
}

/** What a command wrote. */
export interface ToolOutput {
  readonly stdout: string;
  readonly stderr: string;
}

/** What a comparison by hashes says; a file in neither list was not compared. */
export interface HashComparison {
  readonly equal: readonly string[];
  readonly differing: readonly string[];
}

/** Why a tool's command failed, as far as what to do next depends on it. */
export type FailureKind = "missing" | "passing" | "final";

export interface TransferOptions {
  /** Bytes per second. */
  readonly bandwidthLimit?: number;
}

export interface MirrorOptions extends TransferOptions {
  /** The folder on the remote that takes what is replaced or deleted; without it, that is gone. */
  readonly trash?: string;
  /** The most files that may be deleted. */
  readonly mostDeleted: number;
}

/**
 * A tool that speaks to a remote, rclone or rsync: what to run, and how to read what it says. Paths of files are
 * below the remote; `volume` and `folder` are folders where the tool runs.
 */
export interface RemoteTool {
  readonly name: "rclone" | "rsync";
  /** The command that prints the tool's version. */
  version(): Program;
  /** What a person would type to see whether the remote answers. */
  manualCommand(): Program;
  /** Lists the remote's files, in its folders `daily` to `monthly` alone or, `deep`, all of them but the trash. */
  list(deep: boolean): Program;
  filesIn(output: string): readonly StoredFile[];
  /** Copies files that the remote lacks, and changes none that it has. */
  upload(volume: string, paths: readonly string[], options: TransferOptions): Program;
  /** Copies a folder with all below it, and changes nothing that the remote has. */
  uploadFolder(volume: string, path: string, options: TransferOptions): Program;
  /** Makes the remote what the volume is, manifests last. */
  mirror(volume: string, options: MirrorOptions): Joined;
  remove(paths: readonly string[]): Program;
  /** Copies files of the remote into a folder, each into its own folder below that. */
  download(paths: readonly string[], folder: string, options: TransferOptions): Program;
  /** Copies a folder of the remote, with all below it, into a folder, below it as it stands below the remote. */
  downloadFolder(path: string, folder: string, options: TransferOptions): Program;
  /** Prints the text of a small file. */
  read(path: string): Program;
  /** Reads a file back byte by byte, writes it nowhere, and prints its SHA-256 as `sha256sum` does. */
  readBack(path: string, options: TransferOptions): Program;
  /** Asks for the hashes that the remote has; undefined where both ends make the same ones. */
  askHashes(): Program | undefined;
  /** Given that answer, return what compares files by hashes; it exits other than 0 when some differ. */
  compare(volume: string, paths: readonly string[], hashes: string): Program;
  /** Given what `compare` wrote, return what it says of each file, or undefined when there was no hash of some. */
  comparisonIn(written: ToolOutput, paths: readonly string[]): HashComparison | undefined;
  progressIn(line: string): Transfer | undefined;
  /** Given what a failed command wrote to its standard error, return the line that says why. */
  whyIn(stderr: string): string | undefined;
  failureKindOf(exit: number | string): FailureKind;
  /** Given what a failed command wrote to its standard error, return the seconds by which the tool's machine is ahead of the remote, if it says that they are far apart. */
  skewIn(stderr: string): number | undefined;
}
