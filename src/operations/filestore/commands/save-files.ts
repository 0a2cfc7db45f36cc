import { type Program, shellScript } from "../../../commands/command.ts";
import type { ReadOptions } from "./read-files.ts";
import { PRELUDE } from "./scripts.ts";

/** The exit code when there is no filestore to save. */
export const NO_FILESTORE = 66;

/**
 * Packs as the reference script does; `filestores` is the folder with those of all databases. A file that vanishes meanwhile
 * is no error here: `readArchive` finds out whether all files are there.
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

/** Notes which files vanished while they were saved: those that `before` names and `held` lacks, both in the work folder. */
export function noteVanished(work: string): Program {
  const steps = `
    export LC_ALL=C
    cut -c 43- "$1/held" | comm -23 "$1/before" - | awk '{ print "vanished\\t" $1 "\\t" }' >> "$1/notes"`;
  return shellScript(steps, [work]);
}

export interface PoolFiles {
  readonly pool: string;
  /** Where new files are until they are proven, in the pool's file system. */
  readonly incoming: string;
  /** The list that is written. */
  readonly list: string;
  /** Whether the pool's files may be damaged, so that each is hashed. */
  readonly doubted: boolean;
}

/**
 * Copies into the pool the files that it lacks, each only when its content is what its name says. Writes the list of the files
 * that the filestore and the pool both hold then.
 *
 * A file of another size than the pool's is copied again: one of the two was damaged. So is a file that a pool in doubt holds
 * damaged; the damaged one stays until a good one replaces it. A file that vanishes meanwhile is no error; one that cannot be
 * written is.
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
