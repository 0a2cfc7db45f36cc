import type { FilestoreKind } from "../../backups/backup-name.ts";
import { type Program, shellScript } from "../command.ts";
import { NAMED, NEED_PACKER, PRELUDE } from "./scripts.ts";

/** How the files of a filestore are read: each is hashed, and what stands among them that must not is noted. */
export interface Reading {
  /** A folder that does not exist yet, in a container that is thrown away. It takes the rows that are judged (checks/filestore.ts). */
  readonly work: string;
  /** How many processes hash. */
  readonly jobs: number;
}

/** The tool that packs and unpacks archives of a kind. */
export const PACKER: Readonly<Record<Exclude<FilestoreKind, "incremental">, string>> = {
  "tar.gz": "gzip",
  "tar.zst": "zstd",
};

/** A command of sed: prints the path of a file's entry in an archive, below the folder that is named as the database. */
const PASS = `s|^[^/]*/(${NAMED})$|\\1|p`;

/**
 * Given an archive, return the command that reads it in one pass: each file is unpacked, hashed on all cores and
 * removed again, so that the largest few must have room, not all. A file is complete when tar names the next one.
 */
export function readArchive(
  { work, jobs }: Reading,
  archive: string,
  database: string,
  packer: string,
): Program {
  const steps = `
    ${PRELUDE}
    archive=$1 packer=$2 database=$3
    ${NEED_PACKER}
    mkdir -p "$work/tree/$database" && cd "$work/tree" || exit
    { "$packer" -dc "$archive" || note broken "" "$packer"; } 2> "$work/unpacked" |
    { tar -x -v -o -m -f - || note broken "" tar; } 2> "$work/extracted" |
    sed -n -E 'x; ${PASS}; $ { x; ${PASS}; }' |
    (cd "./$database" && hash remove)
    cat "$work/unpacked" "$work/extracted" >&2
    for entry in * .[!.]* ..?*; do
    [ "$entry" = "$database" ] && [ ! -L "./$entry" ] && continue
    note outside "" "$(find "./$entry" ! -type d 2> /dev/null | wc -l)"
    done
    note outside "" "$(grep -c -e '\\.\\.' -e leading "$work/extracted")"
    [ -L "./$database" ] || { cd "./$database" && inspect; }
    report`;
  return shellScript(steps, [work, String(jobs), archive, packer, database]);
}

/** Given a backup's list and the pool, return the command that reads those files of the pool that the list names. */
export function readPool({ work, jobs }: Reading, list: string, pool: string): Program {
  const steps = `
    ${PRELUDE}
    list=$1 pool=$2
    others=$(unlisted "$list")
    [ "$?" -lt 2 ] || exit
    note outside "" "$others"
    if cd "$pool"; then
    inspect &
    listed "$list" | hash keep
    wait
    fi
    report`;
  return shellScript(steps, [work, String(jobs), list, pool]);
}

/** Given a folder that is a filestore, return the command that reads all of it. */
export function readFolder({ work, jobs }: Reading, folder: string): Program {
  const steps = `
    ${PRELUDE}
    if cd "$1"; then
    inspect &
    find . -type f | named | hash keep
    wait
    fi
    report`;
  return shellScript(steps, [work, String(jobs), folder]);
}
