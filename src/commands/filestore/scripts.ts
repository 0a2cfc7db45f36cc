/**
 * What the scripts of this folder share. They run in a throwaway container on the tools of Alpine's busybox or of
 * Debian, so they keep to what both have. Paths that reach a tool's command line unquoted are hexadecimal digits.
 */

/** How many files one process hashes; fewer of those that wait for it in room that is not theirs. */
const BATCH = { keep: 500, remove: 100 } as const;

/**
 * An awk function: whether a path is one by which Odoo names a file by its content, `ab/` and 40 hexadecimal digits;
 * in databases that began with an old version `abc/` (`_get_path` of ir_attachment.py). Not every awk knows `{40}`.
 */
export const NAMED = `
function named(path, part) {
  return split(path, part, "/") == 2 && path !~ /[^0-9a-f\\/]/ && length(part[2]) == 40 &&
    (length(part[1]) == 2 || length(part[1]) == 3)
}`;

/** The exit code that says that the image has not the tool that archives of a kind take. */
export const NO_PACKER = 69;

/** Ends a script that way where the tool that its variable `packer` names is not there. */
export const NEED_PACKER = `command -v "$packer" > /dev/null || exit ${NO_PACKER}`;

/**
 * Hashes the files that its arguments name after the work folder and `keep` or `remove`, and adds their sizes: into files of
 * its own, since lines that several processes write to one pipe are mixed. It follows no link and opens no device.
 */
const HASH = `
work=$1 after=$2
shift 2
files=$(for path do if [ -f "$path" ] && [ ! -L "$path" ]; then echo "$path"; fi; done)
[ -n "$files" ] || exit 0
{ stat -c "%s %n" $files; sha1sum $files; } |
awk 'length($1) < 40 { bytes[$2] = $1; next } $2 in bytes { print $0 "\\t" bytes[$2] }' > "$work/sums/$$.\${1##*/}"
[ "$after" = keep ] || rm -f $files`.trim();

/**
 * Functions for a script whose first arguments are a work folder, which it makes, and how many processes may hash:
 *
 * - `hash keep|remove` hashes the files of the present folder whose paths it reads, one a line;
 * - `named` lets those lines pass that are paths named by content, without a leading `./`;
 * - `inspect` notes what stands in the present folder and is no file of Odoo's;
 * - `note KIND PATH VALUE` adds a row that is not a file's;
 * - `sizes` prints the size and the path of each file of the present folder that is named by content, sorted;
 * - `report` writes the file `rows` from what was hashed and noted: kind, path, value and bytes, apart by tabs
 *   (checks/filestore.ts), and `held`, what `sha1sum` prints for the same files sorted by name.
 */
export const PRELUDE = `
export LC_ALL=C
work=$1 jobs=$2
shift 2
mkdir -p "$work/sums" || exit
xargs -P 1 true < /dev/null 2> /dev/null && together="-P $jobs"
hash() {
  batch=${BATCH.keep}
  [ "$1" = keep ] || batch=${BATCH.remove}
  xargs \${together-} -n "$batch" sh -c '${HASH.replaceAll("'", "'\\''")}' hash "$work" "$1"
}
named() { awk '${NAMED} { sub(/^\\.\\//, "") } named($0)'; }
note() { printf "%s\\t%s\\t%s\\t0\\n" "$1" "$2" "$3" >> "$work/notes"; }
inspect() {
  find . ! -type d ! -type f | awk '{ sub(/^\\.\\//, ""); print "irregular\\t" ($0 ~ /[^0-9a-f\\/]/ ? "" : $0) "\\t\\t0" }' >> "$work/notes"
  note other "" "$(find . -type f ! -path "./checklist/*" | awk '${NAMED} { sub(/^\\.\\//, "") } ! named($0) { n++ } END { print n + 0 }')"
}
sizes() {
  find . -type f -exec stat -c "%s %n" {} + |
  awk '${NAMED} { sub(/^\\.\\//, "", $2) } NF == 2 && named($2)' | sort
}
hashed() { find "$work/sums" -type f -exec cat {} +; }
report() {
  hashed | sort -k 2 > "$work/read"
  rows
}
rows() {
  cut -f 1 "$work/read" > "$work/held"
  note digest "" "$(sha256sum < "$work/held" | cut -c 1-64)"
  awk '{ print "file\\t" $2 "\\t" $1 "\\t" $3 }' "$work/read" | cat - "$work/notes" > "$work/rows"
}`;
