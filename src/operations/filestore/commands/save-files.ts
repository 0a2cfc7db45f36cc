import { type Program, shellScript } from "../../../commands/command.ts";
import type { ReadOptions } from "./read-files.ts";
import { PRELUDE } from "./scripts.ts";

/** The exit code that says that there is no filestore to save. */
export const NO_FILESTORE = 66;

/**
 * Given where the filestores of all databases stand, return the command that packs that of one database as the
 * reference script does. What vanishes meanwhile is not its error: whether all is there, the reading of the archive tells.
 */
export function saveArchive(
  { work, jobs }: ReadOptions,
  filestores: string,
  database: string,
  packer: string,
  archive: string,
): Program {
  const steps = `
    ${PRELUDE}
    database=$2 packer=$3 archive=$4
    cd "$1" && [ -d "./$database" ] || exit ${NO_FILESTORE}
    (cd "./$database" && find . -type f) | named | sort > "$work/before"
    { tar -c -f - -- "$database" || :; } | "$packer" > "$archive"`;
  return shellScript(steps, [work, String(jobs), filestores, database, packer, archive]);
}

/** Given a work folder in which `saveArchive` and then `readArchive` worked, return the command that notes which files vanished in between. */
export function noteVanished(work: string): Program {
  const steps = `
    export LC_ALL=C
    cut -c 43- "$1/held" | comm -23 "$1/before" - | awk '{ print "vanished\\t" $1 "\\t" }' >> "$1/notes"`;
  return shellScript(steps, [work]);
}

export interface PoolFiles {
  readonly pool: string;
  /** Where new files stand until they are proven, in the pool's file system. */
  readonly incoming: string;
  /** The list that is written. */
  readonly list: string;
  /** Whether the pool's files may be damaged, so that each is hashed. */
  readonly doubted: boolean;
}

/**
 * Given a database's filestore and the pool, return the command that copies into the pool what it does not have, each
 * file only when its content is its name, and writes the list of all that the filestore holds. A file of another size than
 * the pool's is copied again: one of the two was damaged; and so is one that a pool in doubt has with another content. What is
 * damaged stays until there is better. What vanishes meanwhile is not its error; what cannot be written is.
 */
export function addToPool(
  { work, jobs }: ReadOptions,
  filestore: string,
  { pool, incoming, list, doubted }: PoolFiles,
): Program {
  const steps = `
    ${PRELUDE}
    filestore=$1 pool=$2 incoming=$3 list=$4 doubted=$5
    wrong() { all sums | awk '{ if (substr($2, length($2) - 39) != $1) print $2 }' | sort; }
    copy() { xargs -n 500 sh -c '[ "$#" -eq 0 ] || tar -c -f - "$@" | tar -x -o -f - -C "$0"' "$incoming"; }
    cd "$filestore" || exit ${NO_FILESTORE}
    inspect
    count_others
    sizes > "$work/now"
    rm -rf "$incoming" && mkdir -p "$pool" "$incoming" || exit
    (cd "$pool" && sizes) > "$work/had"
    : > "$work/damaged"
    if [ "$doubted" = yes ]; then
    (cd "$pool" && cut -d " " -f 2 "$work/had" | hash)
    wrong > "$work/damaged"
    rm -rf "$work/names" "$work/sums" && mkdir "$work/names" "$work/sums" || exit
    fi
    grep -v -F -f "$work/damaged" "$work/had" > "$work/kept"
    comm -23 "$work/now" "$work/kept" | cut -d " " -f 2 > "$work/new"
    copy < "$work/new" || exit
    cd "$incoming" || exit
    find . -type f | named | hash
    wrong > "$work/wrong"
    xargs rm -f < "$work/wrong"
    find . -type f | named | sort | comm -23 "$work/damaged" - > "$work/still"
    sync
    for folder in *; do
    [ -d "$folder" ] || continue
    mkdir -p "$pool/$folder" || exit
    find "$folder" -type f -exec sh -c 'mv -f "$@" "$0"' "$pool/$folder" {} + || exit
    done
    cd "$pool" && rm -rf "$incoming"
    sizes | grep -v -F -f "$work/still" > "$work/kept"
    comm -12 "$work/now" "$work/kept" > "$work/measured"
    awk '{ print substr($2, length($2) - 39) "  " $2 }' "$work/measured" | sort -k 2 > "$work/held"
    awk '{ print "refused\\t" $1 "\\t" }' "$work/wrong" >> "$work/notes"
    cut -d " " -f 2 "$work/now" | sort | comm -23 - "$work/wrong" > "$work/before"
    note digest "" "$(digest_of "$work/held")"
    cp "$work/held" "$list"`;
  const where = [filestore, pool, incoming, list];
  return shellScript(steps, [work, String(jobs), ...where, doubted ? "yes" : "no"]);
}
