import { a as UserMistake, n as Failed } from "./failure.js";
import { n as formatCount, t as counted } from "./count.js";
import { i as directoryOf, u as poolOf } from "./backup-name.js";
import { a as passed, r as failed } from "./check.js";
import { c as literal, d as object, f as optional, i as boolean, m as string, n as _enum, p as readonly, r as array, t as datetime } from "./mini.js";
import { t as formatBytes } from "./bytes.js";
import { a as and, c as program, s as inThrowaway, u as shellScript } from "./shell.js";
import { n as lastUsefulLine, t as CommandFailed } from "./command-failed.js";
import { $ as connectionOptions, B as RECORDS_FOLDER, I as throwawayLabelOf, K as roomFor, L as inBackup, M as parseListing, Q as TOOL_SETTINGS, Z as SUPERUSER_SETTINGS, _t as literal$1, dt as stampIn, ft as stampNow, gt as identifier, k as filestoreFolder, lt as removeFiles, tt as listFiles, vt as qualified, z as uncancelled } from "./discover.js";
// src/commands/postgres.ts
/** A dump of one snapshot in custom format (the guide's "Backup Format"). */
function pgDump(connection, options) {
	return client([
		"pg_dump",
		"--format=custom",
		`--compress=${options.compression}`
	].concat(`--snapshot=${options.snapshot}`, `--encoding=${options.encoding}`, `--file=${options.file}`), connection);
}
/**
* Prints an archive's table of contents, and fails when it cannot be read. `parseTableOfContents`
* (backups/table-of-contents.ts) reads it. Only a verbose list says what an entry depends on.
*/
function pgRestoreList(file, detail) {
	return program([
		"pg_restore",
		"--list",
		...detail ? ["--verbose"] : [],
		file
	]);
}
/** Restores the listed entries of an archive, and stops at the first error. */
function pgRestore(connection, options) {
	return client([
		"pg_restore",
		...options.noOwner ? ["--no-owner"] : [],
		...options.noTablespaces ? ["--no-tablespaces"] : [],
		...options.verbose ? ["--verbose"] : [],
		"--exit-on-error",
		`--jobs=${options.jobs}`,
		`--use-list=${options.list}`,
		`--dbname=${connection.database}`,
		options.file
	], connection);
}
/** Runs statements one by one, and stops at the first error. */
function psql(connection, statements) {
	return client([
		"psql",
		"--no-psqlrc",
		"--quiet",
		"--set=ON_ERROR_STOP=1"
	].concat(statements.map((statement) => `--command=${statement}`)), connection);
}
/**
* Runs commands of psql one by one, and stops at the first error. It prints only the values that
* they answer.
*/
function ask(connection, commands) {
	return client([
		"psql",
		"--no-psqlrc",
		"--quiet",
		"--tuples-only",
		"--no-align",
		"--set=ON_ERROR_STOP=1"
	].concat(commands.map((command) => `--command=${command}`)), connection);
}
/** Writes the whole list of an archive to a file. */
function writeWholeList(archive, whole) {
	return program([
		"pg_restore",
		"--list",
		archive
	], { output: whole });
}
/** Writes those entries of a whole list that the rules keep to a file. */
function writeRestoreList(whole, list, rules) {
	const commands = rules.map((rule) => `/${fitting(rule)}/${rule.action === "keep" ? "b" : "d"}`);
	return program([
		"sed",
		"-E",
		...[...commands, "d"].flatMap((one) => ["-e", one]),
		whole
	], { output: list });
}
/** An extended regular expression for the lines of a list, in an address of sed. */
function fitting({ ids = [], lines = [] }) {
	return [...ids.length > 0 ? [`^(${ids.join("|")});`] : [], ...lines.length > 0 ? [`^[0-9]+; [0-9]+ [0-9]+ (${lines.join("|")})`] : []].join("|").replaceAll("/", "\\/");
}
/** Prints the statements that restore the entries that the rules keep. */
function restoreStatements(archive, list, rules) {
	const whole = `${list}.whole`;
	return and(writeWholeList(archive, whole), writeRestoreList(whole, list, rules), program([
		"pg_restore",
		`--use-list=${list}`,
		"--file=-",
		archive
	]), program([
		"rm",
		whole,
		list
	]));
}
/** Prints the heads of the definitions that have a tablespace of their own (backups/tablespace-moves.ts). */
function printTablespaces(archive, scratch) {
	return and(program([
		"pg_restore",
		"--schema-only",
		`--file=${scratch}`,
		archive
	]), program([
		"sed",
		"-n",
		"/^-- Name: .*; Tablespace: /p",
		scratch
	]), program(["rm", scratch]));
}
/** For the admin role. The relation may be missing: the list was made from another archive. */
function moveToTablespace({ kind, schema, name, tablespace }) {
	return `ALTER ${kind} IF EXISTS ${qualified(schema, name)} SET TABLESPACE ${identifier(tablespace)}`;
}
/** Reads every block of an archive, and fails when one cannot be read. */
function readArchive$1(file) {
	return program([
		"pg_restore",
		"--file=/dev/null",
		file
	]);
}
function client(argv, connection) {
	const env = {
		...connectionEnv(connection),
		PGOPTIONS: toolOptions(connection.role, connection.settings),
		LC_ALL: "C"
	};
	return program(argv, { env });
}
/** What `PGOPTIONS` holds for a tool that connects as the role. */
function toolOptions(role, settings = {}) {
	const own = role.superuser ? SUPERUSER_SETTINGS : {};
	return connectionOptions({
		...TOOL_SETTINGS,
		...own,
		...settings
	});
}
/** For a person who reads or pastes commands of both roles: shell variables for what their tools have in `PGOPTIONS`. */
function optionVariables(admin, owner) {
	return [[toolOptions(admin), "ADMIN_SETTINGS"], ...owner === admin ? [] : [[toolOptions(owner), "OWNER_SETTINGS"]]];
}
/** The variables that libpq reads. */
function connectionEnv(connection) {
	return {
		PGHOST: connection.host,
		PGPORT: String(connection.port),
		PGUSER: connection.role.name,
		PGPASSWORD: connection.role.password,
		PGDATABASE: connection.database,
		PGAPPNAME: connection.applicationName
	};
}
// src/operations/filestore/commands/scripts.ts
/**
* What the scripts of this folder share. They run in a throwaway container with the tools of Alpine's busybox or of
* Debian, so they use only what both have. Paths that reach a tool's command line unquoted are hexadecimal digits.
*/
/** Files that one process hashes. Fewer of those that an archive was unpacked to, since they take room until then. */
const BATCH = {
	keep: 2e3,
	remove: 100
};
/**
* The paths with which Odoo names a file by its content: `ab/` and 40 hexadecimal digits. Databases that began with an old
* version also have `abc/` (`_get_path` of ir_attachment.py). For `grep -E`, since not every awk knows `{40}`.
*/
const NAMED = "[0-9a-f]{2,3}/[0-9a-f]{40}";
/**
* Functions for a script that reads lists:
*
* - `named` passes on only the lines that are paths named by content, without a leading `./`;
* - `listed FILE` prints the paths of a backup's list;
* - `unlisted FILE` prints how many of its lines do not belong in such a list.
*/
const LISTS = `
export LC_ALL=C
named() { sed "s|^\\./||" | grep -a -E -x "${NAMED}"; }
listed() { cut -c 43- "$1" | grep -a -E -x "${NAMED}"; }
unlisted() { grep -a -E -x -v -c "[0-9a-f]{40}  ${NAMED}" "$1"; }`;
/** The words for NO_PACKER. Every image has gzip, so it is zstd that is missing. */
const LACKS_ZSTD = {
	what: "The image of the backup service has no `zstd`, which packs and unpacks `tar.zst`.",
	next: "Use an image that has it, as postgis/postgis:18-3.6-alpine does; or keep the filestore in another way: `filestore: tar.gz`."
};
/** Ends a script with NO_PACKER where the tool in its variable `packer` is missing. */
const NEED_PACKER = `command -v "$packer" > /dev/null || exit 69`;
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
const quoted = (script) => `'${script.trim().replaceAll("'", "'\\''")}'`;
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
const PRELUDE = `${LISTS}
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
// src/operations/filestore/commands/read-files.ts
/** The tool that packs and unpacks archives of a kind. */
const PACKER = {
	"tar.gz": "gzip",
	"tar.zst": "zstd"
};
/** A command of sed: prints the path of a file in an archive, without the folder that has the database's name. */
const PASS = `s|^[^/]*/(${NAMED})$|\\1|p`;
/**
* Reads the archive in one pass. Each file is unpacked, hashed and removed again, so that only a few files need room at the
* same time. A file is complete when tar names the next one.
*/
function readArchive({ work, jobs }, archive, database, packer) {
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
	return shellScript(steps, [
		work,
		String(jobs),
		archive,
		packer,
		database
	]);
}
/**
* Reads the files of the pool that the list names, and judges them. It opens no link and no device.
*
* When the list has the digest that was saved, the list itself is judged while its files are hashed, which saves time. That
* verdict holds when the files are what the list says; then they also have the sizes of then. Otherwise the sizes are
* measured, and what was read is judged.
*/
function judgePool({ work, jobs }, list, pool, judge, { digest, bytes } = {
	digest: "",
	bytes: 0
}) {
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
		...shellScript(steps, [
			work,
			String(jobs),
			list,
			pool,
			digest,
			String(bytes),
			...argv
		]),
		env
	};
}
/** `folder` is a filestore; all of it is read. */
function readFolder({ work, jobs }, folder) {
	const steps = `
    ${PRELUDE}
    if cd "$1"; then
    { inspect; count_others; sizes > "$work/measured"; } &
    find . -type f | named | sort | hash
    wait
    fi
    all sums > "$work/held"
    note digest "" "$(digest_of "$work/held")"`;
	return shellScript(steps, [
		work,
		String(jobs),
		folder
	]);
}
/** The file in the work folder that takes the rows. */
const ROWS_FILE = "rows";
/**
* Answers a line for each row of ir_attachment that names a file, sorted by name, for `COPY … TO`: the name, the id, the
* checksum, the size. Odoo keeps small things and addresses in the row itself. A name that is not that of a content may hold
* anything, so it is left out. The text is one line, as `\\copy` wants it.
*/
const ROWS_QUERY = [
	`SELECT CASE WHEN a.store_fname ~ '^${NAMED}$' THEN a.store_fname ELSE '' END COLLATE "C" AS name,`,
	"a.id, a.checksum, a.file_size",
	"FROM public.ir_attachment a WHERE a.store_fname <> '' ORDER BY 1"
].join(" ");
/**
* Compares the rows with what was read, and prints one JSON value (`FilestoreFindings`). Both are sorted by name and read side
* by side, so that a million of them take no memory.
*
* A file that an archive holds twice, with two contents, is judged twice. Where a row or a file has no size, the size is not
* judged; Odoo always writes a row's. Numbers of 40 digits must be compared as texts, so an empty text is added to them.
*/
const COMPARE = `
function next_row(  line) {
  more_rows = (getline line < rows) > 0
  if (more_rows) { split(line, row, "\\t"); attachments++ }
}
function next_size(  line) {
  more_sizes = (getline line < sizes) > 0
  if (more_sizes) split(line, size, " ")
}
function read_line(  line) {
  more_files = (getline line < held) > 0
  if (more_files) { ahead_sum = substr(line, 1, 40); ahead = substr(line, 43); files++ }
}
function next_file() {
  count = 0
  path = ahead ""
  is_file = more_files
  while (more_files && (ahead "") == path) { sums[++count] = ahead_sum ""; read_line() }
  bytes = ""
  while (more_sizes && (size[2] "") < path) next_size()
  while (more_sizes && (size[2] "") == path) {
    if (bytes == "" || size[1] + 0 > bytes + 0) bytes = size[1]
    next_size()
  }
  if (bytes != "") { measured = 1; total += bytes * count }
}
function wrong(state, id,  i) {
  wrongs[state]++
  for (i = wrongs[state] < 21 ? wrongs[state] : 21; i > 1 && ids[state, i - 1] + 0 > id + 0; i--) ids[state, i] = ids[state, i - 1]
  ids[state, i] = id
}
function absent(name,  folder) {
  folder = name
  sub(/\\/.*/, "", folder)
  if (name == "") return "misnamed"
  if (("irregular", name) in noted || ("irregular", folder) in noted) return "irregular"
  if (("vanished", name) in noted) return "vanished"
  if (("refused", name) in noted) return "damaged"
  return "missing"
}
function judge(sum) {
  if (sum != substr(path, length(path) - 39)) return "damaged"
  if (row[3] != "\\\\N" && sum != row[3] "") return "mismatched"
  if (row[4] != "\\\\N" && bytes != "" && bytes + 0 != row[4] + 0) return "missized"
  return ""
}
function number(value) { return sprintf("%.0f", value) }
BEGIN {
  while ((getline line < notes) > 0) {
    split(line, note, "\\t")
    if (note[1] == "irregular") irregular++
    if (note[1] == "vanished") vanished++
    if (note[1] == "other") other += note[3]
    if (note[1] == "outside") outside += note[3]
    if (note[1] == "bytes") saved = note[3]
    if (note[1] == "digest") digest = note[3]
    if (note[1] == "broken") broken[note[3]] = 1
    else noted[note[1], note[2]] = 1
  }
  next_row(); next_size(); read_line(); next_file()
  while (more_rows || is_file) {
    if (!is_file || more_rows && (row[1] "") < path) { wrong(absent(row[1] ""), row[2]); next_row() }
    else if (!more_rows || path < row[1] "") { unnamed += count; next_file() }
    else {
      while (more_rows && (row[1] "") == path) {
        attachments += count - 1
        for (i = 1; i <= count; i++) if ((state = judge(sums[i])) != "") wrong(state, row[2])
        next_row()
      }
      next_file()
    }
  }
  printf "{\\"attachments\\":%s,\\"files\\":%s", number(attachments), number(files)
  printf ",\\"bytes\\":%s,\\"digest\\":\\"%s\\"", number(measured ? total : saved), digest
  printf ",\\"unnamed\\":%s,\\"other\\":%s", number(unnamed), number(other)
  printf ",\\"vanished\\":%s,\\"irregular\\":%s", number(vanished), number(irregular)
  printf ",\\"outside\\":%s,\\"broken\\":[", number(outside)
  comma = ""
  for (name in broken) { printf "%s\\"%s\\"", comma, name; comma = "," }
  printf "],\\"wrong\\":{"
  comma = ""
  for (state in wrongs) {
    printf "%s\\"%s\\":{\\"count\\":%s,\\"ids\\":[", comma, state, number(wrongs[state])
    for (i = 1; i <= wrongs[state] && i <= 20; i++) printf "%s%s", (i > 1 ? "," : ""), ids[state, i]
    printf "]}"
    comma = ","
  }
  print "}}"
}`;
/**
* Judges what was read into the work folder (`held`, `measured` and `notes`). `askRows` must write the rows there. Nothing is
* written to the database: it is production, which is only read.
*/
function compareFiles(work, askRows) {
	const steps = `
    export LC_ALL=C
    work=$1
    shift
    "$@" || exit
    sort -k 2 "$work/held" > "$work/held.sorted" || exit
    sort -k 2 "$work/measured" > "$work/measured.sorted" || exit
    awk -v "rows=$work/${ROWS_FILE}" -v "held=$work/held.sorted" -v "sizes=$work/measured.sorted" -v "notes=$work/notes" '${COMPARE}'`;
	return {
		...shellScript(steps, [work, ...askRows.argv]),
		env: askRows.env
	};
}
// src/operations/filestore/filestore-verdict.ts
/** For when nothing was read. One row, one JSON value. */
const ATTACHMENTS_QUERY = `
SELECT json_build_object('count', count(*), 'ids', coalesce(to_json((array_agg(id ORDER BY id))[1:20]), '[]')) AS attachments
FROM public.ir_attachment WHERE store_fname <> ''`;
/**
* What may be wrong with the file that an attachment names:
*
* - `missing`: it is not there;
* - `vanished`: it was there when the reading began;
* - `irregular`: it is a link, or something else that is no file;
* - `damaged`: its content is not what its name says;
* - `mismatched`: its content is not what the row's `checksum` says;
* - `missized`: its size is not the row's `file_size`;
* - `misnamed`: its name is not that of a content.
*/
const STATES = [
	"missing",
	"vanished",
	"irregular",
	"damaged",
	"mismatched",
	"missized",
	"misnamed"
];
function compareFilestore(found, read) {
	const troubles = [
		...incompleteRead(found, read),
		...STATES.flatMap((state) => wrongFiles(state, found.wrong[state])),
		...forbiddenNames(found),
		...read.expected ? unexpected(found, read.expected) : []
	];
	if (troubles.length > 0) return failed(read.check, `${read.name}: ${troubles.join("; ")}.`, read.next);
	const { attachments } = found;
	const held = contentSentence(found);
	return passed(read.check, attachments === 0 ? `No attachment names a file. ${read.name} holds ${held}.` : `${read.name} holds the file of each of ${counted(attachments, "attachment")}, ${PROVEN[read.hashed]}: ${held}.${NOT_HASHED[read.hashed]}`);
}
const PROVEN = {
	all: "and its SHA-1 is its name and the row's checksum",
	new: "named by the row's checksum and of its size"
};
const NOT_HASHED = {
	all: "",
	new: " Those new to the pool were hashed, and a drill hashes all."
};
function contentSentence({ files, bytes, unnamed, other, vanished }) {
	return [
		`${counted(files, "file")}, ${formatBytes(bytes)}`,
		...unnamed > 0 ? [`${formatCount(unnamed)} of them named by no attachment`] : [],
		...other > 0 ? [`and ${counted(other, "more file that is", "more files that are")} not named by content`] : [],
		...vanished > 0 ? [`without ${counted(vanished, "file")} that nothing names and that vanished meanwhile`] : []
	].join(", ");
}
function idsOf({ count, ids }) {
	const more = count - ids.length;
	return `${ids.join(", ")}${more > 0 ? ` and ${formatCount(more)} more` : ""}`;
}
function incompleteRead({ broken }, { why }) {
	if (broken.length === 0) return [];
	return [`it cannot be read to its end${why ? ` (${why})` : ""}`];
}
/** What is wrong with the file of one attachment, and with those of several. */
const WRONG = {
	missing: ["is missing", "are missing"],
	vanished: ["vanished while it was read", "vanished while they were read"],
	irregular: ["is a link, or something else that is no file", "are links, or something else that is no file"],
	damaged: ["has another content than its name says", "have another content than their names say"],
	mismatched: ["has another content than its row's checksum says", "have another content than their rows' checksums say"],
	missized: ["has another size than its row says", "have another size than their rows say"],
	misnamed: ["is not named by its content", "are not named by their content"]
};
function wrongFiles(state, attachments) {
	if (!attachments) return [];
	const [one, several] = WRONG[state];
	const these = counted(attachments.count, "attachment");
	return attachments.count === 1 ? [`the file of ${these} ${one} (id ${idsOf(attachments)})`] : [`the files of ${these} ${several} (ids ${idsOf(attachments)})`];
}
function forbiddenNames({ irregular, outside }) {
	return [...irregular > 0 ? [`it holds ${counted(irregular, "link or device", "links or devices")}`] : [], ...outside > 0 ? [`it holds ${counted(outside, "name")} that would lead out of the filestore`] : []];
}
function unexpected({ files, bytes, digest }, expected) {
	if (files !== expected.files || bytes !== expected.bytes) return [`it holds ${counted(files, "file")} with ${formatCount(bytes)} bytes, and its manifest says ${formatCount(expected.files)} with ${formatCount(expected.bytes)}`];
	return digest === expected.digest ? [] : ["its files are not those that its manifest says"];
}
// src/operations/filestore/volumes-container.ts
/** The work folder inside a throwaway container; it is removed with the container. */
const WORK = "/tmp/openspp-backup";
/**
* The container of its own has the volumes at the paths that the deployment's containers have, whether these run or not. It
* shares the backup container's network, and so reaches the database. It runs as root, because the files belong to Odoo's
* user. It leaves no log on the host.
*/
function inVolumesContainer(site, { backups, filestore }, command) {
	const { container, image } = site.backups;
	const volumesOf = (name, may) => `--volumes-from=${name}${may === "read" ? ":ro" : ""}`;
	const options = [
		"--user=0:0",
		"--log-driver=none",
		`--label=${throwawayLabelOf(site.project)}`,
		`--network=container:${container}`,
		volumesOf(container, backups),
		...filestore ? [volumesOf(filestore.at.container, filestore.may)] : []
	];
	return inThrowaway(image, command, { options });
}
// src/operations/filestore/judge-filestore.ts
/** Judges what was read into WORK. The admin role reads the rows, so nothing but PostgreSQL's own functions is looked up. */
function judgementCommand({ deployment, applicationName }, { database, snapshot }) {
	const { innerHost: host, innerPort: port, admin: role } = deployment.database;
	const askRows = ask({
		host,
		port,
		role,
		database,
		applicationName,
		settings: {
			search_path: "pg_catalog",
			restrict_nonsystem_relation_kind: "view, foreign-table"
		}
	}, [
		"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
		...snapshot === void 0 ? [] : [`SET TRANSACTION SNAPSHOT ${literal$1(snapshot)}`],
		`\\copy (${ROWS_QUERY}) TO '${WORK}/${ROWS_FILE}'`,
		"COMMIT"
	]);
	return compareFiles(WORK, askRows);
}
/** `command` must end with the judgement. Throws CommandFailed. */
async function runJudgement({ host, signal }, command) {
	const { stdout, stderr } = await host.run(command, { signal });
	const why = lastUsefulLine(stderr);
	return {
		findings: JSON.parse(stdout),
		...why !== void 0 && { why }
	};
}
function attachmentsOf(session) {
	return session.value(ATTACHMENTS_QUERY);
}
// src/operations/list-backups.ts
/** What is in the deployment's backup volume now. */
async function listBackups({ host, signal }, deployment) {
	const { backups, database } = deployment;
	const command = and(stampNow(), listFiles(backups.directory));
	const output = await inBackup({
		host,
		signal,
		deployment
	}, command);
	const { stamp, offset, rest: lines } = stampIn(output);
	return {
		listing: parseListing(lines, backups.directory, database.name, offset),
		lines,
		stamp,
		offset
	};
}
// src/commands/record-files.ts
/** Writes a record to a path, completely or not at all. */
function writeRecord(path, text) {
	const folder = path.slice(0, path.lastIndexOf("/"));
	return and(program([
		"mkdir",
		"-p",
		folder
	]), program(["cat"], {
		input: text,
		output: `${path}.new`
	}), program(["sync", `${path}.new`]), program([
		"mv",
		`${path}.new`,
		path
	]));
}
/**
* Prints the records whose names begin with the prefix, in the order of their names. Each kind of
* record has its own parser, next to its writer.
*/
function readRecords(folder, prefix) {
	return shellScript(`
    for record in "$1/$2"*.json; do
    [ ! -f "$record" ] || cat "$record" || exit
    done`, [folder, prefix]);
}
// src/operations/filestore/kept-record.ts
/**
* What the backup volume remembers of a filestore that a restore exchanged and kept without a former database. A database
* carries a comment (extra-databases.ts); a folder cannot. The file is hidden, holds no personal data, and is no backup.
*/
const schema = object({
	recordVersion: literal(1),
	/** The production database whose filestore it is. */
	of: string(),
	/** The backup that was restored. */
	backup: string(),
	since: datetime(),
	until: datetime(),
	/** The folder that was live, and the folder that took its place. */
	aside: filestoreFolder,
	next: filestoreFolder,
	/** Whether the filestore was restored without its database, so that an undo exchanges it alone. */
	alone: boolean(),
	/** `staging` until it is proven, `proven` until it is live. */
	state: _enum([
		"staging",
		"proven",
		"live"
	]),
	/** Containers that were stopped for the exchange. */
	stopped: optional(readonly(array(string())))
});
const PREFIX = "filestore-";
function keptFilestorePath(directory, { aside }) {
	return `${directory}/${RECORDS_FOLDER}/${PREFIX}${aside.replace(/^\./, "")}.json`;
}
function keptFilestoresIn(directory) {
	return {
		folder: `${directory}/${RECORDS_FOLDER}`,
		prefix: PREFIX
	};
}
/** One line, as `parseKeptFilestores` reads it. */
function serializeKeptFilestore(record) {
	return `${JSON.stringify(record)}\n`;
}
/** `text` holds one record on each line. Those of other databases and other versions are left out. */
function parseKeptFilestores(text, production) {
	return text.split("\n").flatMap((line) => {
		try {
			const { data } = schema.safeParse(JSON.parse(line));
			return data?.of === production ? [data] : [];
		} catch {
			return [];
		}
	});
}
/** The retention may remove what these keep. */
function expiredFilestores(records, now) {
	return records.filter(({ state, until }) => state === "live" && Date.parse(until) < now.getTime());
}
// src/operations/filestore/commands/restore-files.ts
/** The exit codes of `stageArchive` and `stageFromPool`: too little room, a link or device in it, no tool to unpack. */
const STAGE_EXIT = {
	noRoom: 67,
	notPlain: 68,
	noPacker: 69
};
/**
* Makes an empty folder for what is restored, if there is room. The owner and the modes are the live filestore's. Where there
* is none yet, they are those of the folder that Odoo keeps it in.
*/
const BEGIN = `
filestores=$1 database=$2 staged=$3 bytes=$4 room=$5
shift 5
like=$filestores/$database
for folder in "$filestores" "\${filestores%/*}"; do [ -d "$like" ] || like=$folder; done
owner=$(stat -c %u:%g "$like") && folders=$(stat -c %a "$like") || exit
sample=$(find "$filestores/$database" -type f 2> /dev/null | head -n 1)
files=$(stat -c %a "$sample" 2> /dev/null || echo 644)
[ -d "$filestores" ] || { mkdir -p "$filestores" && chown "$owner" "$filestores"; } || exit
cd "$filestores" || exit
free=$(df -P -k . | awk 'END { printf "%.0f", $4 * 1024 }')
if [ "$free" -lt "$room" ]; then
echo "$free bytes are free, and the files take $bytes" >&2
exit ${STAGE_EXIT.noRoom}
fi
rm -rf "./$staged" "./$staged.part" && mkdir "./$staged.part" || exit`;
const END = `
[ -z "$(find "./$staged" ! -type d ! -type f)" ] || exit ${STAGE_EXIT.notPlain}
chown -R "$owner" "./$staged" || exit
find "./$staged" -type d -exec chmod "$folders" {} + && find "./$staged" -type f -exec chmod "$files" {} + && sync`;
const staging = ({ filestores, database, staged, bytes }) => [
	filestores,
	database,
	staged,
	String(bytes),
	String(roomFor(bytes))
];
function stageArchive(where, archive, packer) {
	const steps = `
    packer=$7
    ${NEED_PACKER}
    ${BEGIN}
    archive=$1
    set -e
    { "$packer" -dc "$archive" || touch "./$staged.part/.cut"; } | tar -x -o -f - -C "./$staged.part"
    [ ! -e "./$staged.part/.cut" ]
    mv "./$staged.part/$database" "./$staged"
    rm -rf "./$staged.part"
    set +e
    ${END}`;
	return shellScript(steps, [
		...staging(where),
		archive,
		packer
	]);
}
function stageFromPool(where, list, pool) {
	const steps = `
    ${LISTS}
    ${BEGIN}
    list=$1 pool=$2 part=$PWD/$staged.part
    set -e
    cd "$pool"
    listed "$list" > "$part/.names"
    xargs -n 500 sh -c '[ "$#" -eq 0 ] || tar -c -f - "$@" | tar -x -o -f - -C "$0"' "$part" < "$part/.names"
    cd "$filestores"
    rm "$part/.names"
    mv "$part" "./$staged"
    set +e
    ${END}`;
	return shellScript(steps, [
		...staging(where),
		list,
		pool
	]);
}
/** For people: says whether each file of a filestore has the content that its name says. */
function checkFolder(filestores, name) {
	return shellScript(`
    cd "$1/$2" || exit
    find . -type f ! -path "./checklist/*" -exec sha1sum {} + |
    awk '{ name = $2; sub(/.*\\//, "", name); if (name != $1) { print "damaged: " $2; bad = 1 } }
    END { print NR " files, " (bad ? "some damaged" : "each as its name says"); exit bad }'`, [filestores, name]);
}
/**
* Two renames; the first is taken back when the second fails. Run again, it does nothing more, or finishes what was cut off
* between the two. It ignores TERM, so that a lost connection does not end it between the two.
*
* It syncs only the folder: production waits, and to sync the whole machine may take minutes. The files were synced when they
* were staged.
*/
function exchangeFolders({ filestores, live, aside, next }) {
	return shellScript(`
    live=$2 aside=$3 next=$4
    trap "" TERM
    cd "$1" || exit
    [ -e "./$next" ] || { [ -e "./$live" ] && exit 0; }
    [ -d "./$next" ] && [ -e "./$aside" ] && [ ! -e "./$live" ] && mv "./$next" "./$live" && sync . && exit
    [ -d "./$next" ] && [ ! -e "./$aside" ] || { echo "$next is not there, or $aside is" >&2; exit 1; }
    [ ! -e "./$live" ] || mv "./$live" "./$aside" || exit
    mv "./$next" "./$live" && sync . && exit
    [ ! -e "./$aside" ] || mv "./$aside" "./$live"
    exit 1`, [
		filestores,
		live,
		aside,
		next
	]);
}
/** Refuses a name that no restore gives, so that no live filestore is removed. */
function removeFilestores(filestores, names) {
	return shellScript(`
    cd "$1" || exit
    shift
    for name do
    case $name in
    .*_restore_* | .*_before_*) rm -rf "./$name" "./$name.part" || exit ;;
    *) exit 1 ;;
    esac
    done`, [filestores, ...names]);
}
// src/operations/filestore/restore-filestore.ts
/** Odoo finds a filestore by the name of its database, so it does not see a hidden one. */
function filestoreNamesOf(database, stamp) {
	return {
		live: database,
		staged: `.${database}_restore_${stamp}`,
		before: `.${database}_before_${stamp}`
	};
}
/**
* Puts the backup's filestore next to the live one, with the owner and the modes of Odoo's own. The live one
* is not touched. Throws UserMistake when the backup has none, and Failed when there is no room.
*/
async function stageFilestore(run, archive, stamp) {
	const { filestore, name } = archive.backup;
	if (!filestore) throw new UserMistake({
		what: `The backup ${name} holds no filestore.`,
		next: "Restore the database alone, or another backup. `openspp-backup list` says which have one."
	});
	const { staged } = filestoreNamesOf(run.deployment.database.name, stamp);
	try {
		await run.host.run(stagingCommand(run, archive, filestore, staged), { signal: run.signal });
	} catch (error) {
		await removeStaged(run, stamp);
		throw error instanceof CommandFailed ? notStaged(error, filestore, filestoreOf(run)) : error;
	}
}
function stagingCommand({ deployment }, { manifest }, { kind, path, bytes }, staged) {
	const database = deployment.database.name;
	const where = {
		filestores: filestoreOf({ deployment }).directory,
		database,
		staged,
		bytes: manifest?.filestore?.bytes ?? bytes
	};
	return onFilestore(deployment, kind === "incremental" ? stageFromPool(where, path, poolOf(directoryOf(path), database)) : stageArchive(where, path, PACKER[kind]));
}
function notStaged(error, { name }, { volume }) {
	const state = "What was restored of it was removed; the live filestore is as it was.";
	if (error.exit === STAGE_EXIT.noPacker) return new UserMistake({
		...LACKS_ZSTD,
		state
	}, { cause: error });
	if (error.exit === STAGE_EXIT.noRoom) return new Failed({
		what: `The volume ${volume} has no room for a second filestore.`,
		why: error.explanation.why,
		state,
		next: "Free space on that disk, or give it more: the live filestore is kept until the restored one serves."
	}, { cause: error });
	return new Failed({
		what: `${name} could not be restored.`,
		why: error.exit === STAGE_EXIT.notPlain ? "It holds links or devices, which no filestore of Odoo's does." : error.explanation.why,
		state,
		next: "Restore another backup, and look at the disk that this one is on."
	}, { cause: error });
}
/** Against the attachments of `database`: the database that was restored with it, or production. */
async function proveStaged(run, stamp, database) {
	const { deployment, settings } = run;
	const at = filestoreOf(run);
	const { staged } = filestoreNamesOf(deployment.database.name, stamp);
	const read = readFolder({
		work: WORK,
		jobs: settings.proof.jobs ?? deployment.cores
	}, `${at.directory}/${staged}`);
	const { findings, why } = await runJudgement(run, inVolumesContainer(deployment, {
		backups: "read",
		filestore: {
			at,
			may: "read"
		}
	}, and(read, judgementCommand(run, { database }))));
	return compareFilestore(findings, {
		check: "filestore",
		name: "The restored filestore",
		hashed: "all",
		why,
		next: "Restore another backup; or accept it by name: `skip-checks: filestore`."
	});
}
/** By renames. An exchange that was already made is no error, so that an interrupted restore can be finished. */
async function exchangeFilestores(run, names) {
	await run.host.run(exchangeCommand(run, names), { signal: run.signal });
}
function exchangeCommand({ deployment }, { next, aside }) {
	const live = deployment.database.name;
	const filestores = filestoreOf({ deployment }).directory;
	return onFilestore(deployment, exchangeFolders({
		filestores,
		live,
		aside,
		next
	}));
}
/** A cancelled run does this, too. */
async function removeFolders({ host, deployment }, names) {
	const command = removeFilestores(filestoreOf({ deployment }).directory, names);
	await host.run(onFilestore(deployment, command));
}
/** Removes what a restore staged and did not make live. */
async function removeStaged(run, stamp) {
	await removeFolders(run, [filestoreNamesOf(run.deployment.database.name, stamp).staged]);
}
function filestoreOf({ deployment }) {
	if (deployment.filestore) return deployment.filestore;
	throw new UserMistake({
		what: "No container of the Odoo service has a filestore on a volume.",
		next: "Create it (`docker compose create`), or name the service with `odoo-service` and the folder with `filestore-directory`."
	});
}
function onFilestore(deployment, command) {
	return inVolumesContainer(deployment, {
		backups: "read",
		filestore: {
			at: filestoreOf({ deployment }),
			may: "write"
		}
	}, command);
}
// src/operations/filestore/kept-filestores.ts
/** The records in the backup volume of the filestores that restores exchanged, oldest first. */
async function keptFilestores(run) {
	const { deployment } = run;
	const { folder, prefix } = keptFilestoresIn(deployment.backups.directory);
	return parseKeptFilestores(await inBackup(run, readRecords(folder, prefix)), deployment.database.name);
}
/** The record of a proven filestore; `alone` when it was restored without its database. */
function keptFilestoreOf({ facts, settings, deployment }, backup, { aside, next }, alone) {
	const since = new Date(facts.now).toISOString();
	const until = new Date(Date.parse(since) + settings.restore.keepDays * 864e5).toISOString();
	return {
		recordVersion: 1,
		of: deployment.database.name,
		backup,
		since,
		until,
		aside,
		next,
		alone,
		state: "proven"
	};
}
/**
* For an exchange after which no former database exists whose mark would name the filestore. The services must be stopped.
*/
async function exchangeFilestoreWithRecord(run, record) {
	await saveKeptFilestore(run, record);
	await exchangeFilestores(run, record);
	await saveKeptFilestore(run, {
		...record,
		state: "live"
	});
}
/** Call it before what the record says is done, so that the next run can finish it. A cancelled run does it, too. */
async function saveKeptFilestore(run, record) {
	const path = keptFilestorePath(run.deployment.backups.directory, record);
	await inBackup(uncancelled(run), writeRecord(path, serializeKeptFilestore(record)));
}
/** Removes the folder first, if one is given: without the record, nobody would know of it. */
async function removeKeptFilestore(run, record, folder) {
	const { directory } = run.deployment.backups;
	if (folder !== void 0) await removeFolders(run, [folder]);
	await inBackup(uncancelled(run), removeFiles([keptFilestorePath(directory, record)]));
}
export { NEED_PACKER as A, readArchive$1 as B, compareFilestore as C, readArchive as D, judgePool as E, pgDump as F, writeRestoreList as H, pgRestore as I, pgRestoreList as L, connectionEnv as M, moveToTablespace as N, LACKS_ZSTD as O, optionVariables as P, printTablespaces as R, inVolumesContainer as S, PACKER as T, writeWholeList as U, restoreStatements as V, listBackups as _, saveKeptFilestore as a, runJudgement as b, filestoreNamesOf as c, removeStaged as d, stageFilestore as f, writeRecord as g, expiredFilestores as h, removeKeptFilestore as i, PRELUDE as j, LISTS as k, proveStaged as l, checkFolder as m, keptFilestoreOf as n, exchangeCommand as o, stagingCommand as p, keptFilestores as r, exchangeFilestores as s, exchangeFilestoreWithRecord as t, removeFolders as u, attachmentsOf as v, idsOf as w, WORK as x, judgementCommand as y, psql as z };
