import { FILE_LINE } from "../backups/stored-file.ts";
import { and, type Joined, type Program, program } from "./command.ts";

const PRINT_LINES = ["-exec", "stat", "-c", FILE_LINE, "{}", "+"];

/**
 * Prints a FILE_LINE for every file in the directory's folders, and for links that an unfinished
 * run left.
 */
export function listFiles(directory: string): Program {
  const depth = ["-mindepth", "2", "-maxdepth", "2"];
  const wanted = ["(", "-type", "f", "-o", "-name", "*.part", ")"];
  return program(["find", directory, ...depth, ...wanted, ...PRINT_LINES]);
}

/** Prints a FILE_LINE for every file below the directory's folders, including the filestore's pool. */
export function listTree(directory: string): Program {
  return program(["find", directory, "-mindepth", "2", "-type", "f", ...PRINT_LINES]);
}

/** Prints the container's clock as `YYYYmmdd_HHMMSS +zzzz`. */
export function stampNow(): Program {
  return program(["date", "+%Y%m%d_%H%M%S %z"]);
}

/** The clock from output that begins with that of `stampNow`, and the rest of the output. */
export function stampIn(output: string): { stamp: string; offset: string; rest: string } {
  const at = output.indexOf("\n");
  const [stamp = "", offset = "+0000"] = output.slice(0, at).split(" ");
  return { stamp, offset, rest: output.slice(at + 1) };
}

/** Prints a file's size in bytes and its SHA-256. */
export function measure(file: string): Joined {
  return and(program(["stat", "-c", "%s", file]), hashFiles([file]));
}

/** What `measure` printed. */
export function measuredIn(output: string): { bytes: number; sha256: string } {
  const [bytes, sum = ""] = output.split("\n");
  return { bytes: Number(bytes), sha256: sumsIn(sum)[0] ?? "" };
}

/** Prints the SHA-256 of each file. */
export function hashFiles(files: readonly string[]): Program {
  return program(["sha256sum", ...files]);
}

/**
 * The sums that `sha256sum` printed, in the order of its files. It puts a backslash before the sum
 * when it escaped the file's name.
 */
export function sumsIn(output: string): readonly string[] {
  const lines = output.trimEnd().split("\n");
  return lines.map((line) => line.replace(/^\\/, "").slice(0, 64));
}

/** Prints the name of the dump that the link `…_latest.dump` names. Fails without such a link. */
export function readLink(link: string): Program {
  return program(["readlink", link]);
}

/** Prints the dump that the link names, or an empty line. Then it prints the record, if there is one. */
export function readStanding(link: string, record: string): Program {
  const steps = 'readlink "$1" || echo; cat "$2" 2>/dev/null || true';
  return program(["sh", "-c", steps, "sh", link, record]);
}

/** What `readStanding` printed. The record is empty where there is none. */
export function standingIn(output: string): { linked: string; record: string } {
  const at = output.indexOf("\n");
  return { linked: output.slice(0, at), record: output.slice(at + 1) };
}

/** Removes files, and folders with everything in them. A missing one is no error. */
export function removeTrees(paths: readonly string[]): Program {
  return program(["rm", "-rf", "--", ...paths]);
}

/** A missing file is no error. */
export function removeFiles(paths: readonly string[]): Program {
  return program(["rm", "-f", "--", ...paths]);
}

export interface Publication {
  /** The verified dump's temporary name. `dump` is its final one. */
  readonly partial: string;
  readonly dump: string;
  readonly manifest: string;
  readonly manifestText: string;
  /** The link to move. `latestTarget` is relative to it. */
  readonly latest: string;
  readonly latestTarget: string;
  readonly folder: string;
  /** The verified filestore's temporary name, and its final one. */
  readonly filestore?: { readonly partial: string; readonly file: string };
}

/** The temporary names under which a backup is written. */
export function partialsOf(
  files: Pick<Publication, "partial" | "manifest" | "latest">,
): readonly [dump: string, manifest: string, latest: string] {
  return [files.partial, `${files.manifest}.part`, `${files.latest}.part`];
}

/**
 * Makes a verified dump, its manifest and its filestore visible. Each is synced to disk, then
 * renamed. The manifest and the filestore come first, so that none of our dumps is ever visible
 * without them. The link is moved last, also by a rename.
 */
export function publish(files: Publication): Joined {
  const [, manifestPartial, latestPartial] = partialsOf(files);
  const { filestore } = files;
  return and(
    program(["cat"], { input: files.manifestText, output: manifestPartial }),
    program(["sync", manifestPartial, files.partial, ...(filestore ? [filestore.partial] : [])]),
    program(["mv", manifestPartial, files.manifest]),
    ...(filestore ? [program(["mv", filestore.partial, filestore.file])] : []),
    program(["mv", files.partial, files.dump]),
    program(["ln", "-sf", files.latestTarget, latestPartial]),
    program(["mv", latestPartial, files.latest]),
    program(["sync", files.folder]),
  );
}
