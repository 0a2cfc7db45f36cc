/**
 * What the scripts of this folder share. They run in a throwaway container on the tools of Alpine's busybox or of
 * Debian, so they keep to what both have. Paths that reach a tool's command line unquoted are hexadecimal digits.
 */

/** How many files one process hashes; fewer of those that wait for it in room that is not theirs. */
const BATCH = { keep: 1000, remove: 100 } as const;

/**
 * The paths by which Odoo names a file by its content, `ab/` and 40 hexadecimal digits; in databases that began with an
 * old version `abc/` (`_get_path` of ir_attachment.py). For `grep -E`, since not every awk knows `{40}`.
 */
export const NAMED = "[0-9a-f]{2,3}/[0-9a-f]{40}";

/**
 * Functions for a script that reads lists:
 *
 * - `named` lets those lines pass that are paths named by content, without a leading `./`;
 * - `listed FILE` prints the paths of a backup's list, and `unlisted FILE` how many of its lines are none of such a list.
 */
export const LISTS = `
export LC_ALL=C
named() { sed "s|^\\./||" | grep -a -E -x "${NAMED}"; }
listed() { cut -c 43- "$1" | named; }
unlisted() { grep -a -E -x -v -c "[0-9a-f]{40}  ${NAMED}" "$1"; }`;

/** The exit code that says that the image has not the tool that archives of a kind take. */
export const NO_PACKER = 69;

/** Ends a script that way where the tool that its variable `packer` names is not there. */
export const NEED_PACKER = `command -v "$packer" > /dev/null || exit ${NO_PACKER}`;

/**
 * Hashes the files that its arguments name after the work folder and `keep` or `remove`, and notes their sizes: in files of
 * its own, since lines that several processes write to one pipe are mixed. It follows no link and opens no device: the mode
 * of a regular file, in hexadecimal digits, begins with an 8 (inode(7)).
 */
const HASH = `
work=$1 after=$2
shift 2
mine=$$.\${1##*/}
stat -c "%f %s %n" "$@" 2> /dev/null | sed -n "s/^8[0-9a-f]* //p" > "$work/sizes/$mine"
set -- $(cut -d " " -f 2 "$work/sizes/$mine")
[ "$#" -gt 0 ] || exit 0
sha1sum "$@" > "$work/sums/$mine"
[ "$after" = keep ] || rm -f "$@"`.trim();

/**
 * Those, and functions for a script whose first arguments are a work folder, which it makes, and how many processes may hash:
 *
 * - `hash keep|remove` hashes the files of the present folder whose paths it reads, one a line;
 * - `inspect` notes what stands in the present folder and is no file of Odoo's;
 * - `note KIND PATH VALUE` adds a row that is not a file's;
 * - `sizes` prints the size and the path of each file of the present folder that is named by content, sorted;
 * - `report` writes the files that are judged beside `notes` (checks/filestore.ts): `held`, what `sha1sum` printed, sorted by
 *   name, and `measured`, sizes and paths.
 */
export const PRELUDE = `${LISTS}
work=$1 jobs=$2
shift 2
mkdir -p "$work/sums" "$work/sizes" || exit
xargs -P 1 true < /dev/null 2> /dev/null && together="-P $jobs"
hash() {
  batch=${BATCH.keep}
  [ "$1" = keep ] || batch=${BATCH.remove}
  xargs \${together-} -n "$batch" sh -c '${HASH.replaceAll("'", "'\\''")}' hash "$work" "$1"
}
note() { printf "%s\\t%s\\t%s\\n" "$1" "$2" "$3" >> "$work/notes"; }
inspect() {
  find . ! -type d ! -type f | awk '{ sub(/^\\.\\//, ""); print "irregular\\t" ($0 ~ /[^0-9a-f\\/]/ ? "" : $0) "\\t" }' >> "$work/notes"
  note other "" "$(find . -type f ! -path "./checklist/*" | grep -a -E -x -v -c "\\./${NAMED}")"
}
sizes() {
  find . -type f -exec stat -c "%s %n" {} + | sed "s| \\./| |" | grep -a -E -x "[0-9]+ ${NAMED}" | sort
}
all() { find "$work/$1" -type f -exec cat {} +; }
report() {
  all sums | sort -k 2 > "$work/held"
  all sizes > "$work/measured"
  digest
}
digest() {
  note digest "" "$(sha256sum < "$work/held" | cut -c 1-64)"
}`;
