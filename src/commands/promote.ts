import { and, type Joined, type Program, program } from "./command.ts";

/** A hard link where the file system can, which takes no space; else a copy that keeps its time, by which the reference script deletes. */
const LINK_OR_COPY = 'ln -f "$1" "$2" 2>/dev/null || cp -p "$1" "$2"';

export interface FileCopy {
  readonly from: string;
  readonly to: string;
}

/** Given copies, return the temporary names under which they are made. */
export function partialsOfPromotion(files: readonly FileCopy[]): readonly string[] {
  return files.map(({ to }) => to.replace(/[^/]+$/, ".$&.part"));
}

/**
 * Given the files of one backup, its dump last, and their copies in another folder, return the command that makes
 * them there: each under a temporary name, synced, then renamed, so that no dump is seen without its manifest.
 */
export function promote(folder: string, files: readonly FileCopy[]): Joined {
  const partials = partialsOfPromotion(files);
  return and(
    program(["mkdir", "-p", folder]),
    ...files.map(({ from }, index): Program => linkOrCopy(from, partials[index] ?? "")),
    program(["sync", ...partials]),
    ...files.map(({ to }, index) => program(["mv", partials[index] ?? "", to])),
    program(["sync", folder]),
  );
}

function linkOrCopy(from: string, to: string): Program {
  return program(["sh", "-c", LINK_OR_COPY, "sh", from, to]);
}
