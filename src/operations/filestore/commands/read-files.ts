import type { FilestoreKind } from "../../../backups/backup-name.ts";
import type { Manifest } from "../../../backups/manifest.ts";
import { type Program, shellScript } from "../../../commands/command.ts";
import { NAMED, NEED_PACKER, PRELUDE } from "./scripts.ts";

/** Each file of a filestore is hashed. What must not be among them is noted. */
export interface ReadOptions {
  /** A folder that does not exist yet, in a throwaway container. What `compareFiles` compares is written there. */
  readonly work: string;
  /** How many processes hash. */
  readonly jobs: number;
}

/** The tool that packs and unpacks archives of a kind. */
export const PACKER: Readonly<Record<Exclude<FilestoreKind, "incremental">, string>> = {
  "tar.gz": "gzip",
  "tar.zst": "zstd",
};

/** A command of sed: prints the path of a file in an archive, without the folder that has the database's name. */
const PASS = `s|^[^/]*/(${NAMED})$|\\1|p`;

/**
 * Reads the archive in one pass. Each file is unpacked, hashed and removed again, so that only a few files need room at the
 * same time. A file is complete when tar names the next one.
 */
export function readArchive(
  { work, jobs }: ReadOptions,
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
    (cd "./$database" && hash_and_remove)
    cat "$work/unpacked" "$work/extracted" >&2
    for entry in * .[!.]* ..?*; do
    [ "$entry" = "$database" ] && [ ! -L "./$entry" ] && continue
    note outside "" "$(find "./$entry" ! -type d 2> /dev/null | wc -l)"
    done
    note outside "" "$(grep -c -e '\\.\\.' -e leading "$work/extracted")"
    [ -L "./$database" ] || { cd "./$database" && inspect && count_others; }
    all sums | sort -k 2 | uniq > "$work/held"
    all sizes > "$work/measured"
    note digest "" "$(digest_of "$work/held")"`;
  return shellScript(steps, [work, String(jobs), archive, packer, database]);
}

/** Of a filestore when it was saved and proven; the digest is over its files' names and contents. */
export type SavedDigest = Pick<NonNullable<Manifest["filestore"]>, "bytes" | "digest">;

/**
 * Reads the files of the pool that the list names, and judges them. It opens no link and no device.
 *
 * When the list has the digest that was saved, the list itself is judged while its files are hashed, which saves time. That
 * verdict holds when the files are what the list says; then they also have the sizes of then. Otherwise the sizes are
 * measured, and what was read is judged.
 */
export function judgePool(
  { work, jobs }: ReadOptions,
  list: string,
  pool: string,
  judge: Program,
  { digest, bytes }: SavedDigest = { digest: "", bytes: 0 },
): Program {
  const steps = `
    ${PRELUDE}
    list=$1 pool=$2 digest=$3 bytes=$4
    shift 4
    cp "$list" "$work/held" || exit
    cd "$pool" && inspect
    cut -f 2 "$work/notes" | sed -n "s#..*#^&(/|$)#p" > "$work/unread"
    if [ "$(digest_of "$work/held")" = "$digest" ]; then
    cp "$work/notes" "$work/seen"
    note digest "" "$digest"
    note bytes "" "$bytes"
    "$@" > "$work/verdict" &
    judging=$!
    fi
    cd "$pool" && listed "$list" | grep -v -E -f "$work/unread" | hash
    if [ "\${judging-}" ]; then
    wait "$judging" || exit
    mv "$work/seen" "$work/notes"
    fi
    all sums > "$work/held"
    if [ "\${judging-}" ] && [ "$(digest_of "$work/held")" = "$digest" ]; then
    cat "$work/verdict"
    exit
    fi
    note digest "" "$(digest_of "$work/held")"
    note outside "" "$(unlisted "$list")"
    cd "$pool" && sizes > "$work/measured"
    "$@"`;
  const { argv, env } = judge;
  return {
    ...shellScript(steps, [work, String(jobs), list, pool, digest, String(bytes), ...argv]),
    env,
  };
}

/** `folder` is a filestore; all of it is read. */
export function readFolder({ work, jobs }: ReadOptions, folder: string): Program {
  const steps = `
    ${PRELUDE}
    if cd "$1"; then
    { inspect; count_others; sizes > "$work/measured"; } &
    find . -type f | named | sort | hash
    wait
    fi
    all sums > "$work/held"
    note digest "" "$(digest_of "$work/held")"`;
  return shellScript(steps, [work, String(jobs), folder]);
}
