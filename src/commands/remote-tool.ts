import type { StoredFile } from "../backups/stored-file.ts";
import type { Joined, Program } from "./command.ts";

/**
 * The folder on a remote for what a mirror replaces and deletes. Each run has a folder of its own
 * in it.
 */
export const TRASH = ".trash";

/** A transfer's progress, as the tool itself reports it. */
export interface Transfer {
  /** From 0 to 1. */
  readonly fraction: number;
  readonly bytes: number;
  readonly bytesPerSecond: number;
}

export interface ToolOutput {
  readonly stdout: string;
  readonly stderr: string;
}

/** The result of a comparison by hashes. A file in neither list was not compared. */
export interface HashComparison {
  readonly equal: readonly string[];
  readonly differing: readonly string[];
}

/** Why a tool's command failed, as far as the next step depends on it. */
export type FailureKind = "missing" | "passing" | "final";

export interface TransferOptions {
  /** Bytes per second. */
  readonly bandwidthLimit?: number;
}

export interface MirrorOptions extends TransferOptions {
  /** The folder on the remote for what is replaced or deleted. Without it, that is lost. */
  readonly trash?: string;
  /** The most files that may be deleted. */
  readonly mostDeleted: number;
}

/**
 * A tool that copies to a remote, rclone or rsync: what to run, and how to read its output. Paths
 * of files are relative to the remote. `volume` and `folder` are folders on the machine where the
 * tool runs.
 */
export interface RemoteTool {
  readonly name: "rclone" | "rsync";
  /** The command that prints the tool's version. */
  version(): Program;
  /** What a person would type to see whether the remote answers. */
  manualCommand(): Program;
  /**
   * Lists the remote's files in its folders `daily` to `monthly`, or with `deep` all files but the
   * trash.
   */
  list(deep: boolean): Program;
  filesIn(output: string): readonly StoredFile[];
  /** Copies files that the remote lacks. It changes none that the remote has. */
  upload(volume: string, paths: readonly string[], options: TransferOptions): Program;
  /** Copies a folder with everything in it. It changes nothing that the remote has. */
  uploadFolder(volume: string, path: string, options: TransferOptions): Program;
  /** Makes the remote what the volume is. Manifests are copied last. */
  mirror(volume: string, options: MirrorOptions): Joined;
  remove(paths: readonly string[]): Program;
  /** Copies files of the remote into a folder. Each goes into its own folder there. */
  download(paths: readonly string[], folder: string, options: TransferOptions): Program;
  /** Copies a folder of the remote, with everything in it, to the same relative path in `folder`. */
  downloadFolder(path: string, folder: string, options: TransferOptions): Program;
  /** Prints the text of a small file. */
  read(path: string): Program;
  /** Reads a file back byte by byte, writes it nowhere, and prints its SHA-256 as `sha256sum` does. */
  readBack(path: string, options: TransferOptions): Program;
  /** Asks which hashes the remote has. Undefined for a tool that makes the same ones at both ends. */
  askHashes(): Program | undefined;
  /** `hashes` is the answer to `askHashes`. The command exits other than 0 when some files differ. */
  compare(volume: string, paths: readonly string[], hashes: string): Program;
  /** Undefined when some file had no hash. */
  comparisonIn(written: ToolOutput, paths: readonly string[]): HashComparison | undefined;
  progressIn(line: string): Transfer | undefined;
  /** The line that says why. */
  whyIn(stderr: string): string | undefined;
  failureKindOf(exit: number | string): FailureKind;
  /**
   * Seconds by which the tool's machine is ahead of the remote, if the tool says that the clocks
   * are far apart.
   */
  skewIn(stderr: string): number | undefined;
}
