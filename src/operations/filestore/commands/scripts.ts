/**
 * What the scripts of this folder share. They run in a throwaway container with the tools of Alpine's busybox or of
 * Debian, so they use only what both have. Paths that reach a tool's command line unquoted are hexadecimal digits.
 */

/** Files that one process hashes. Fewer of those that an archive was unpacked to, since they take room until then. */
const BATCH = { keep: 2000, remove: 100 } as const;

/**
 * The paths with which Odoo names a file by its content: `ab/` and 40 hexadecimal digits. Databases that began with an old
 * version also have `abc/` (`_get_path` of ir_attachment.py). For `grep -E`, since not every awk knows `{40}`.
 */
export const NAMED = "[0-9a-f]{2,3}/[0-9a-f]{40}";

/**
 * Functions for a script that reads lists:
 *
 * - `named` passes on only the lines that are paths named by content, without a leading `./`;
 * - `listed FILE` prints the paths of a backup's list;
 * - `unlisted FILE` prints how many of its lines do not belong in such a list.
 */
export const LISTS = `
export LC_ALL=C
named() { sed "s|^\\./||" | grep -a -E -x "${NAMED}"; }
listed() { cut -c 43- "$1" | grep -a -E -x "${NAMED}"; }
unlisted() { grep -a -E -x -v -c "[0-9a-f]{40}  ${NAMED}" "$1"; }`;

/** The exit code when the image lacks the tool that packs and unpacks archives of a kind. */
export const NO_PACKER = 69;

/** The words for NO_PACKER. Every image has gzip, so it is zstd that is missing. */
export const LACKS_ZSTD = {
  what: "The image of the backup service has no `zstd`, which packs and unpacks `tar.zst`.",
  next: "Use an image that has it, as postgis/postgis:18-3.6-alpine does; or keep the filestore in another way: `filestore: tar.gz`.",
} as const;

/** Ends a script with NO_PACKER where the tool in its variable `packer` is missing. */
export const NEED_PACKER = `command -v "$packer" > /dev/null || exit ${NO_PACKER}`;

/**
 * Hashes the files that one part of the names lists; its arguments are the work folder and that part. Each process writes to
 * a file of its own, since lines that several processes write to one pipe get mixed. The names stay in a file, since a shell
 * takes long to pass them on.
 */
const HASH = `xargs -r sha1sum < "$0/names/$1" > "$0/sums/$1"`;

/**
 * Hashes the unpacked files that its arguments name after the work folder, notes their sizes, and removes them. It follows no
 * link and opens no device: the mode of a regular file, in hexadecimal digits, begins with an 8 (inode(7)).
 */
const HASH_AND_REMOVE = `
work=$1
shift
mine=$$.\${1##*/}
stat -c "%f %s %n" "$@" 2> /dev/null | sed -n "s/^8[0-9a-f]* //p" > "$work/sizes/$mine"
set -- $(cut -d " " -f 2 "$work/sizes/$mine")
[ "$#" -gt 0 ] || exit 0
sha1sum "$@" > "$work/sums/$mine"
rm -f "$@"`;

const quoted = (script: string) => `'${script.trim().replaceAll("'", "'\\''")}'`;

/**
 * LISTS, and more functions. The script's first arguments are a work folder, which it makes, and how many processes may hash:
 *
 * - `hash` reads paths in the present folder, one on a line, and hashes these files;
 * - `hash_and_remove` does the same with files that tar has just unpacked there, and removes them;
 * - `inspect` notes what is in the present folder and is no file;
 * - `count_others` notes how many files are not Odoo's;
 * - `note KIND PATH VALUE` adds a row to the notes;
 * - `sizes` prints the size and the path of each file of the present folder that is named by content, sorted;
 * - `all sums` prints what `hash` printed, in the order of the paths that it read; `all sizes` prints what was measured;
 * - `digest_of FILE` prints its SHA-256.
 *
 * Three files in the work folder are judged (`compareFiles`): `held` is what `sha1sum` printed, sorted by name; `measured` is
 * sizes and paths; `notes` is the rest.
 */
export const PRELUDE = `${LISTS}
work=$1 jobs=$2
shift 2
mkdir -p "$work/names" "$work/sums" "$work/sizes" || exit
: > "$work/measured"
: > "$work/notes"
xargs -P 1 true < /dev/null 2> /dev/null && together="-P $jobs"
hash() {
  split -a 5 -l ${BATCH.keep} - "$work/names/"
  ls "$work/names" | xargs -r \${together-} -n 1 sh -c ${quoted(HASH)} "$work"
}
hash_and_remove() { xargs \${together-} -n ${BATCH.remove} sh -c ${quoted(HASH_AND_REMOVE)} hash "$work"; }
note() { printf "%s\\t%s\\t%s\\n" "$1" "$2" "$3" >> "$work/notes"; }
inspect() {
  find . ! -type d ! -type f | awk '{ sub(/^\\.\\//, ""); print "irregular\\t" ($0 ~ /[^0-9a-f\\/]/ ? "" : $0) "\\t" }' >> "$work/notes"
}
count_others() {
  note other "" "$(find . -type f ! -path "./checklist/*" | grep -a -E -x -v -c "\\./${NAMED}")"
}
sizes() {
  find . -type f -exec stat -c "%s %n" {} + | sed "s| \\./| |" | grep -a -E -x "[0-9]+ ${NAMED}" | sort
}
all() { (cd "$work/$1" && ls | xargs -r cat); }
digest_of() { sha256sum < "$1" | cut -c 1-64; }`;
