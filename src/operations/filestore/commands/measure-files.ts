import { type Program, shellScript } from "../../../commands/command.ts";
import type { ReadOptions } from "./read-files.ts";
import { NEED_PACKER, PRELUDE } from "./scripts.ts";

/** Bytes of a block of ext4, xfs and tmpfs. A file takes whole blocks. */
const BLOCK = 4096;

/**
 * Prints the bytes of a filestore's files: one number, 0 where there is no filestore. An archive takes only a few bytes for
 * each file more. It does not take much less, since most of what people upload is already packed.
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

/** Prints the bytes that `addToPool` will take in the pool: one number. */
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
