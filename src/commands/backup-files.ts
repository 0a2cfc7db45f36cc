import { and, type Joined, type Program, program } from "./command.ts";

/** The line format of `listFiles`: path, bytes, modification time in epoch seconds, separated by a slash-free bar. */
export const FILE_LINE = "%n|%s|%Y";

/** Given the backup directory, return the command that prints a FILE_LINE of every file in its folders, and of links that an unfinished run left. */
export function listFiles(directory: string): Program {
  return program([
    ...["find", directory, "-mindepth", "2", "-maxdepth", "2"],
    ...["(", "-type", "f", "-o", "-name", "*.part", ")"],
    ...["-exec", "stat", "-c", FILE_LINE, "{}", "+"],
  ]);
}

/** Given the backup directory, return the command that prints a FILE_LINE of every file below its folders, the filestore's pool too. */
export function listTree(directory: string): Program {
  return program([
    ...["find", directory, "-mindepth", "2", "-type", "f"],
    ...["-exec", "stat", "-c", FILE_LINE, "{}", "+"],
  ]);
}

/** Given a backup directory, return the command that prints the container's clock as `YYYYmmdd_HHMMSS +zzzz`. */
export function stampNow(): Program {
  return program(["date", "+%Y%m%d_%H%M%S %z"]);
}

/** Given a folder, return the command that makes it and prints the bytes free in its file system (`df -P -k`). */
export function makeFolder(folder: string): Joined {
  return and(program(["mkdir", "-p", folder]), freeSpace(folder));
}

/** Given a path, return the command that prints the space of its file system in KiB. */
export function freeSpace(path: string): Program {
  return program(["df", "-P", "-k", path]);
}

/** Given a file, return the command that prints its size in bytes and its SHA-256. */
export function measure(file: string): Joined {
  return and(program(["stat", "-c", "%s", file]), program(["sha256sum", file]));
}

/** Given paths of files or folders, return the command that removes them with all in them; a missing one is no error. */
export function removeTrees(paths: readonly string[]): Program {
  return program(["rm", "-rf", "--", ...paths]);
}

/** Given paths, return the command that removes them; a missing one is no error. */
export function removeFiles(paths: readonly string[]): Program {
  return program(["rm", "-f", "--", ...paths]);
}

export interface Publication {
  /** The verified dump under its temporary name, and its final one. */
  readonly partial: string;
  readonly dump: string;
  readonly manifest: string;
  readonly manifestText: string;
  /** The link to move, and its target's name relative to it. */
  readonly latest: string;
  readonly latestTarget: string;
  readonly folder: string;
  /** The verified filestore under its temporary name, and its final one. */
  readonly filestore?: { readonly partial: string; readonly file: string };
}

/** Given a backup's files, return the temporary names of its dump, its manifest and its link. */
export function partialsOf(
  files: Pick<Publication, "partial" | "manifest" | "latest">,
): readonly [dump: string, manifest: string, latest: string] {
  return [files.partial, `${files.manifest}.part`, `${files.latest}.part`];
}

/**
 * Given a verified dump, its manifest and its filestore, return the command that makes them visible: each is synced
 * to disk, then renamed; the manifest and the filestore first, so that no dump of ours is ever seen without them; the
 * link moves last, by a rename too.
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
