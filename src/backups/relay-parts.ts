import type { LocalFile } from "./stored-file.ts";

/** Files that are read from the host in the same way. */
export interface RelayPart {
  readonly files: readonly LocalFile[];
  /** Whether one command reads all of them into memory; otherwise each is streamed by its own command. */
  readonly together: boolean;
}

const MEBIBYTE = 1024 * 1024;

/** Larger files are streamed: then a command on the host costs less time than the file. */
const SMALL_BYTES = MEBIBYTE;

/** What fits into memory at a time, and what a command line on the host can name. */
const TOGETHER = { bytes: 16 * MEBIBYTE, files: 500 };

/** Small files together, the large ones last. */
export function relayParts(files: readonly LocalFile[]): readonly RelayPart[] {
  const parts: LocalFile[][] = [];
  let bytes = 0;
  for (const file of files.filter((one) => one.bytes <= SMALL_BYTES)) {
    const part = parts.at(-1);
    const fits = part && part.length < TOGETHER.files && bytes + file.bytes <= TOGETHER.bytes;
    if (fits) part.push(file);
    else parts.push([file]);
    bytes = fits ? bytes + file.bytes : file.bytes;
  }
  const large = files.filter((one) => one.bytes > SMALL_BYTES);
  return [
    ...parts.map((part) => ({ files: part, together: true })),
    ...(large.length > 0 ? [{ files: large, together: false }] : []),
  ];
}
