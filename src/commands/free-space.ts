import { and, type Joined, type Program, program } from "./command.ts";

/** Prints the space of a path's file system, in KiB. */
export function freeSpace(path: string): Program {
  return program(["df", "-P", "-k", path]);
}

/** Makes a folder, and prints the space of its file system as `freeSpace` does. */
export function makeFolder(folder: string): Joined {
  return and(program(["mkdir", "-p", folder]), freeSpace(folder));
}

/** Free bytes, from output that ends with that of `freeSpace`. 0 where it holds no numbers. */
export function freeBytesIn(output: string): number {
  return (columnsIn(output)?.free ?? 0) * 1024;
}

/**
 * The numbers in the last line of `df -P -k` (in KiB) or `df -P -i` (inodes): total, used, free
 * (POSIX, "df"). They are between the device's name, which may hold spaces, and the percentage.
 * Undefined without such a line.
 */
export function columnsIn(output: string): { total: number; free: number } | undefined {
  const line = output.trimEnd().split("\n").at(-1) ?? "";
  const [, total, free] = /\s(\d+)\s+\d+\s+(-?\d+)\s+\S+\s+\S+$/.exec(line) ?? [];
  return total === undefined ? undefined : { total: Number(total), free: Number(free) };
}
