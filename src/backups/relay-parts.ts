import type { LocalFile } from "./offsite-plan.ts";

/** Files that are read from the host in the same way. */
export interface RelayPart {
  readonly files: readonly LocalFile[];
  /** By one command for all, into memory; otherwise each by its own, as a stream. */
  readonly together: boolean;
}

const MEBIBYTE = 1024 * 1024;

/** Larger ones are streamed: a command on the host costs no more than they do. */
const SMALL_BYTES = MEBIBYTE;

/** What is in memory at a time, and what a command line on the host can name. */
const TOGETHER = { bytes: 16 * MEBIBYTE, files: 500 };

/** Given files that a runner is to hand on, return them in parts, small ones together and the large ones last. */
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
