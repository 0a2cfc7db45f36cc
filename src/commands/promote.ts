import { and, type Joined, type Program, program } from "./command.ts";

/**
 * A hard link takes no space. Where the file system has none, it is a copy that keeps its time,
 * because the reference script deletes by age.
 */
const LINK_OR_COPY = 'ln -f "$1" "$2" 2>/dev/null || cp -p "$1" "$2"';

export interface FileCopy {
  readonly from: string;
  readonly to: string;
}

/** The temporary names of the copies while they are made. */
export function partialsOfPromotion(files: readonly FileCopy[]): readonly string[] {
  return files.map(({ to }) => to.replace(/[^/]+$/, ".$&.part"));
}

/**
 * Copies the files of one backup, whose dump is last, into another folder. Each gets a temporary
 * name, is synced, and is then renamed, so that no dump is visible without its manifest.
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
