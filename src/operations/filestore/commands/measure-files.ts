import { type Program, shellScript } from "../../../commands/command.ts";
import type { ReadOptions } from "./read-files.ts";
import { NEED_PACKER, PRELUDE } from "./scripts.ts";

/** A file takes whole blocks; those of ext4, xfs and tmpfs have so many bytes. */
const BLOCK = 4096;

/**
 * Prints the bytes of a filestore's files, 0 where there is none: one number. An archive takes no more, but for a few
 * bytes for each file; it takes not much less either, since most of what people upload is packed already.
 */
export function measureFiles(
  { work, jobs }: ReadOptions,
  filestore: string,
  packer: string,
): Program {
  const steps = `
    ${PRELUDE}
    filestore=$1 packer=$2
    ${NEED_PACKER}
    cd "$filestore" 2> /dev/null || { echo 0; exit; }
    sizes | awk '{ n += $1 } END { printf "%.0f\\n", n }'`;
  return shellScript(steps, [work, String(jobs), filestore, packer]);
}

/** Prints the bytes that `addToPool` is going to take in the pool: one number. */
export function measureNewFiles(
  { work, jobs }: ReadOptions,
  filestore: string,
  pool: string,
): Program {
  const steps = `
    ${PRELUDE}
    filestore=$1 pool=$2
    cd "$filestore" 2> /dev/null || { echo 0; exit; }
    sizes > "$work/now"
    (cd "$pool" 2> /dev/null && sizes) > "$work/kept"
    comm -23 "$work/now" "$work/kept" |
    awk '{ n += int(($1 + ${BLOCK - 1}) / ${BLOCK}) * ${BLOCK} } END { printf "%.0f\\n", n }'`;
  return shellScript(steps, [work, String(jobs), filestore, pool]);
}
