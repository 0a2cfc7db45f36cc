/** A file of the backup volume or of a remote. Its path is relative: `daily/openspp_20260115_020000.dump`. */
export interface StoredFile {
  readonly path: string;
  readonly bytes: number;
}

/** How `stat` prints a file, one on a line: path, bytes, and when it was changed, in epoch seconds. */
export const FILE_LINE = "%n|%s|%Y";

/** A file of the backup volume, with the time of its last change in epoch seconds. */
export interface LocalFile extends StoredFile {
  readonly changedAt: number;
}

/** Reads lines of FILE_LINE: the files below the folder, by their paths within it. What is no such line is passed over. */
export function localFilesIn(lines: string, folder: string): readonly LocalFile[] {
  return lines.split("\n").flatMap((line) => {
    const [, path, bytes, changedAt] = /^(.*)\|(\d+)\|(\d+)$/.exec(line) ?? [];
    if (!path?.startsWith(`${folder}/`)) return [];
    const within = path.slice(folder.length + 1);
    return [{ path: within, bytes: Number(bytes), changedAt: Number(changedAt) }];
  });
}
