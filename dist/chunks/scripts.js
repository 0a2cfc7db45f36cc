// src/commands/filestore/scripts.ts
/**
* What the scripts of this folder share. They run in a throwaway container on the tools of Alpine's busybox or of
* Debian, so they keep to what both have. Paths that reach a tool's command line unquoted are hexadecimal digits.
*/
/** How many files one process hashes; fewer of those that wait for it in room that is not theirs. */
const BATCH = {
	keep: 500,
	remove: 100
};
/**
* An awk function: whether a path is one by which Odoo names a file by its content, `ab/` and 40 hexadecimal digits;
* in databases that began with an old version `abc/` (`_get_path` of ir_attachment.py). Not every awk knows `{40}`.
*/
const NAMED = `
function named(path, part) {
  return split(path, part, "/") == 2 && path !~ /[^0-9a-f\\/]/ && length(part[2]) == 40 &&
    (length(part[1]) == 2 || length(part[1]) == 3)
}`;
/**
* Hashes the files that its arguments name after the work folder and `keep` or `remove`: into files of its own, since
* lines that several processes write to one pipe are mixed. It follows no link and opens no device.
*/
const HASH = `
work=$1 after=$2
shift 2
files=$(for path do if [ -f "$path" ] && [ ! -L "$path" ]; then echo "$path"; fi; done)
[ -n "$files" ] || exit 0
stat -c %s $files > "$work/sizes/$$.\${1##*/}"
sha1sum $files > "$work/sums/$$.\${1##*/}"
[ "$after" = keep ] || rm -f $files`.trim();
/**
* Functions for a script whose first arguments are a work folder, which it makes, and how many processes may hash:
*
* - `hash keep|remove` hashes the files of the present folder whose paths it reads, one a line;
* - `named` lets those lines pass that are paths named by content, without a leading `./`;
* - `inspect` notes what stands in the present folder and is no file of Odoo's;
* - `note KIND PATH VALUE` adds a row that is not a file's;
* - `report` writes the file `rows` from what was hashed and noted: kind, path and value, apart by tabs (checks/filestore.ts).
*/
const PRELUDE = `
export LC_ALL=C
work=$1 jobs=$2
shift 2
mkdir -p "$work/sums" "$work/sizes" || exit
xargs -P 1 true < /dev/null 2> /dev/null && together="-P $jobs"
hash() {
  batch=${BATCH.keep}
  [ "$1" = keep ] || batch=${BATCH.remove}
  xargs \${together-} -n "$batch" sh -c '${HASH.replaceAll("'", "'\\''")}' hash "$work" "$1"
}
named() { awk '${NAMED} { sub(/^\\.\\//, "") } named($0)'; }
note() { printf "%s\\t%s\\t%s\\n" "$1" "$2" "$3" >> "$work/notes"; }
inspect() {
  find . ! -type d ! -type f | awk '{ sub(/^\\.\\//, ""); print "irregular\\t" ($0 ~ /[^0-9a-f\\/]/ ? "" : $0) "\\t" }' >> "$work/notes"
  note other "" "$(find . -type f ! -path "./checklist/*" | awk '${NAMED} { sub(/^\\.\\//, "") } ! named($0) { n++ } END { print n + 0 }')"
}
collected() { find "$work/$1" -type f -exec cat {} +; }
report() {
  note bytes "" "$(collected sizes | awk '{ n += $1 } END { printf "%.0f", n }')"
  collected sums | sort -k 2 > "$work/held"
  rows
}
rows() {
  note digest "" "$(sha256sum < "$work/held" | cut -c 1-64)"
  awk '{ print "file\\t" $2 "\\t" $1 }' "$work/held" | cat - "$work/notes" > "$work/rows"
}`;
export { PRELUDE as n, NAMED as t };
