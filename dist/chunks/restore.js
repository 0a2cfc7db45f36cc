import { i as directoryOf, u as poolOf } from "./backup-name.js";
import { a as passed, r as failed } from "./check.js";
import { t as formatBytes } from "./bytes.js";
import { n as formatCount, t as counted } from "./count.js";
import { a as and, c as inThrowaway, l as program, u as shellScript } from "./shell.js";
import { a as UserMistake, n as Failed } from "./failure.js";
import { n as lastUsefulLine, t as CommandFailed } from "./command-failed.js";
import { E as throwawayLabelOf, z as literal } from "./discover.js";
// src/commands/postgres.ts
/** Given a connection and where to, return the dump in custom format (the guide's "Backup Format"), of one snapshot. */
function pgDump(connection, options) {
	return client([
		"pg_dump",
		"--format=custom",
		`--compress=${options.compression}`,
		"--verbose"
	].concat(`--snapshot=${options.snapshot}`, `--file=${options.file}`), connection);
}
/** Given an archive, return the command that prints its table of contents; it fails when that cannot be read. */
function pgRestoreList(file) {
	return program([
		"pg_restore",
		"--list",
		file
	]);
}
/** Given a connection and an archive, return the restore of the listed entries, which stops at the first error. */
function pgRestore(connection, options) {
	return client([
		"pg_restore",
		...options.noOwner ? ["--no-owner"] : [],
		"--exit-on-error",
		"--verbose"
	].concat(`--jobs=${options.jobs}`, `--use-list=${options.list}`, `--dbname=${connection.database}`, options.file), connection);
}
/** Given a connection and statements, return the command that runs them one by one and stops at the first error. */
function psql(connection, statements) {
	return client([
		"psql",
		"--no-psqlrc",
		"--quiet",
		"--set=ON_ERROR_STOP=1"
	].concat(statements.map((statement) => `--command=${statement}`)), connection);
}
/** Given which entries, return the extended regular expression of their lines in the form of `pg_restore --list`. */
function linesOf(entries) {
	const lines = "lines" in entries ? entries.lines : entries;
	if (lines.length === 0) return "^$";
	const alternatives = lines.join("|");
	return "lines" in entries ? `^[0-9]+; [0-9]+ [0-9]+ (${alternatives})` : `^(${alternatives});`;
}
/**
* Given a connection and commands of psql, return the command that runs them one by one, stops at the first error, and
* prints nothing but the values that they answer.
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
/**
* Given an archive and which entries, return the command that writes a list with these entries
* alone (`keep`) or all others (`leave out`) to a file.
*/
function writeRestoreList(archive, list, mode, entries) {
	const lines = linesOf(entries).replaceAll("/", "\\/");
	const sed = mode === "keep" ? [
		"-n",
		"-E",
		`/${lines}/p`
	] : ["-E", `/${lines}/d`];
	const whole = `${list}.whole`;
	return and(program([
		"pg_restore",
		"--list",
		archive
	], { output: whole }), program([
		"sed",
		...sed,
		whole
	], { output: list }), program(["rm", whole]));
}
/** Given an archive, a file for a list and the ids of entries, return the command that prints the statements which restore these entries. */
function restoreStatements(archive, list, ids) {
	return and(writeRestoreList(archive, list, "keep", ids), program([
		"pg_restore",
		`--use-list=${list}`,
		"--file=-",
		archive
	]), program(["rm", list]));
}
/** Given an archive, return the command that reads every block of it, and fails when one cannot be read. */
function readArchive$1(file) {
	return program([
		"pg_restore",
		"--file=/dev/null",
		file
	]);
}
function client(argv, connection) {
	return program(argv, { env: connectionEnv(connection) });
}
/** Given a connection, return the environment by which libpq makes it. */
function connectionEnv(connection) {
	const settings = Object.entries(connection.settings ?? {}).map(([name, value]) => `-c ${name}=${value.replaceAll(/[\\ ]/g, "\\$&")}`).join(" ");
	return {
		PGHOST: connection.host,
		PGPORT: String(connection.port),
		PGUSER: connection.role.name,
		PGPASSWORD: connection.role.password,
		PGDATABASE: connection.database,
		PGAPPNAME: connection.applicationName,
		...settings && { PGOPTIONS: settings }
	};
}
// src/checks/filestore.ts
/** How many attachments a sentence names; the report is for people. */
const SHOWN_IDS = 20;
/** What takes a reading's rows (commands/filestore): kind, path and value, apart by tabs. It goes with its session. */
const HELD_TABLE = "CREATE TEMP TABLE held (kind text NOT NULL, path text NOT NULL, value text NOT NULL)";
/** Rows of ir_attachment that name a file; Odoo keeps small things and addresses in the row itself. */
const NAMING = "FROM public.ir_attachment WHERE store_fname <> ''";
/** What rows of ir_attachment name, without any reading. One row, one JSON value. */
const ATTACHMENTS_QUERY = `
SELECT json_build_object('count', count(*), 'ids', coalesce(to_json((array_agg(id ORDER BY id))[1:${SHOWN_IDS}]), '[]')) AS attachments
${NAMING}`;
/**
* What may be wrong with the file that an attachment names: it is not there, was there when the reading began, is a link or
* something else that is no file, its content is not its name's or not the row's checksum, or its name is no content's.
*/
const STATES = [
	"missing",
	"vanished",
	"irregular",
	"damaged",
	"mismatched",
	"misnamed"
];
/**
* Judges the rows of `held` against those of ir_attachment, in the database of the session. A file that an archive holds
* twice with two contents has neither. One row, one JSON value.
*/
const FILESTORE_QUERY = `
WITH file AS (
  SELECT path, CASE WHEN min(value) = max(value) THEN min(value) ELSE '' END AS sha1
  FROM pg_temp.held WHERE kind = 'file' GROUP BY path
), state AS (
  SELECT a.id, CASE
    WHEN a.store_fname !~ '^[0-9a-f]{2,3}/[0-9a-f]{40}$' THEN 'misnamed'
    WHEN a.store_fname IN (SELECT path FROM pg_temp.held WHERE kind = 'irregular')
      OR split_part(a.store_fname, '/', 1) IN (SELECT path FROM pg_temp.held WHERE kind = 'irregular') THEN 'irregular'
    WHEN f.path IS NULL AND a.store_fname IN (SELECT path FROM pg_temp.held WHERE kind = 'vanished') THEN 'vanished'
    WHEN f.path IS NULL THEN 'missing'
    WHEN f.sha1 <> split_part(f.path, '/', 2) THEN 'damaged'
    WHEN f.sha1 <> a.checksum THEN 'mismatched'
  END AS state
  FROM (SELECT id, store_fname, checksum ${NAMING}) a LEFT JOIN file f ON f.path = a.store_fname
)
SELECT json_build_object(
  'attachments', (SELECT count(*) FROM state),
  'files', (SELECT count(*) FROM file),
  'bytes', (SELECT coalesce(sum(value::numeric), 0) FROM pg_temp.held WHERE kind = 'bytes'),
  'digest', (SELECT coalesce(max(value), '') FROM pg_temp.held WHERE kind = 'digest'),
  'unnamed', (SELECT count(*) FROM file f WHERE NOT EXISTS (SELECT FROM public.ir_attachment a WHERE a.store_fname = f.path)),
  'other', (SELECT coalesce(sum(value::numeric), 0) FROM pg_temp.held WHERE kind = 'other'),
  'irregular', (SELECT count(*) FROM pg_temp.held WHERE kind = 'irregular'),
  'outside', (SELECT coalesce(sum(value::numeric), 0) FROM pg_temp.held WHERE kind = 'outside'),
  'broken', (SELECT coalesce(json_agg(DISTINCT value), '[]') FROM pg_temp.held WHERE kind = 'broken'),
  'wrong', (SELECT coalesce(json_object_agg(state, json_build_object('count', count, 'ids', ids)), '{}') FROM (
    SELECT state, count(*) AS count, (array_agg(id ORDER BY id))[1:${SHOWN_IDS}] AS ids
    FROM state WHERE state IS NOT NULL GROUP BY state) s)) AS findings`;
/** Given what a reading found, return whether each attachment's file is there as its name and its row say. */
function judgeFilestore(found, read) {
	const troubles = [
		...brokenOff(found, read),
		...STATES.flatMap((state) => wrongFiles(state, found.wrong[state])),
		...strayNames(found),
		...read.expected ? unexpected(found, read.expected) : []
	];
	if (troubles.length > 0) return failed(read.check, `${read.name}: ${troubles.join("; ")}.`, read.next);
	const { attachments, files, bytes, unnamed } = found;
	const held = `${counted(files, "file")}, ${formatBytes(bytes)}${unnamed > 0 ? `, ${formatCount(unnamed)} of them named by no attachment` : ""}`;
	return passed(read.check, attachments === 0 ? `No attachment names a file. ${read.name} holds ${held}.` : `${read.name} holds the file of each of ${counted(attachments, "attachment")}, and its SHA-1 is its name and the row's checksum: ${held}.`);
}
/** Given attachments, return their ids as a sentence names them. */
function idsOf({ count, ids }) {
	const more = count - ids.length;
	return `${ids.join(", ")}${more > 0 ? ` and ${formatCount(more)} more` : ""}`;
}
function brokenOff({ broken }, { why }) {
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
	misnamed: ["has a name that no content gives", "have names that no content gives"]
};
function wrongFiles(state, attachments) {
	if (!attachments) return [];
	const [one, several] = WRONG[state];
	const these = counted(attachments.count, "attachment");
	return attachments.count === 1 ? [`the file of ${these} ${one} (id ${idsOf(attachments)})`] : [`the files of ${these} ${several} (ids ${idsOf(attachments)})`];
}
function strayNames({ irregular, outside }) {
	return [...irregular > 0 ? [`it holds ${counted(irregular, "link or device", "links or devices")}`] : [], ...outside > 0 ? [`it holds ${counted(outside, "name")} that would lead out of the filestore`] : []];
}
function unexpected({ files, bytes, digest }, expected) {
	if (files !== expected.files || bytes !== expected.bytes) return [`it holds ${counted(files, "file")} with ${formatCount(bytes)} bytes, and its manifest says ${formatCount(expected.files)} with ${formatCount(expected.bytes)}`];
	return digest === expected.digest ? [] : ["its files are not those that its manifest says"];
}
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
// src/commands/filestore/read.ts
/** The tool that packs and unpacks archives of a kind. */
const PACKER = {
	"tar.gz": "gzip",
	"tar.zst": "zstd"
};
/**
* Given an archive, return the command that reads it in one pass: each file is unpacked, hashed on all cores and
* removed again, so that the largest few must have room, not all. A file is complete when tar names the next one.
*/
function readArchive({ work, jobs }, archive, database, packer) {
	const steps = `
    ${PRELUDE}
    archive=$1 packer=$2 database=$3
    mkdir -p "$work/tree/$database" && cd "$work/tree" || exit
    { "$packer" -dc "$archive" || note broken "" "$packer"; } 2> "$work/unpacked" |
    { tar -x -v -o -m -f - || note broken "" tar; } 2> "$work/extracted" |
    awk '${NAMED}
    function pass(name, part) { if (split(name, part, "/") == 3 && named(part[2] "/" part[3])) print part[2] "/" part[3] }
    NR > 1 { pass(last) }
    { last = $0 }
    END { pass(last) }' |
    (cd "./$database" && hash remove)
    cat "$work/unpacked" "$work/extracted" >&2
    for entry in * .[!.]* ..?*; do
    [ "$entry" = "$database" ] && [ ! -L "./$entry" ] && continue
    note outside "" "$(find "./$entry" ! -type d 2> /dev/null | wc -l)"
    done
    note outside "" "$(grep -c -e '\\.\\.' -e leading "$work/extracted")"
    [ -L "./$database" ] || { cd "./$database" && inspect; }
    report`;
	return shellScript(steps, [
		work,
		String(jobs),
		archive,
		packer,
		database
	]);
}
/** Given a backup's list and the pool, return the command that reads those files of the pool that the list names. */
function readPool({ work, jobs }, list, pool) {
	const steps = `
    ${PRELUDE}
    list=$1 pool=$2
    awk '${NAMED} ! (NF == 2 && length($1) == 40 && named($2)) { n++ } END { print "outside\\t\\t" n + 0 }' "$list" >> "$work/notes" || exit
    if cd "$pool"; then
    inspect
    awk '{ print $2 }' "$list" | named | hash keep
    fi
    report`;
	return shellScript(steps, [
		work,
		String(jobs),
		list,
		pool
	]);
}
/** Given a folder that is a filestore, return the command that reads all of it. */
function readFolder({ work, jobs }, folder) {
	const steps = `
    ${PRELUDE}
    if cd "$1"; then
    inspect
    find . -type f | named | hash keep
    fi
    report`;
	return shellScript(steps, [
		work,
		String(jobs),
		folder
	]);
}
// src/operations/filestore/container.ts
/** Where a throwaway container keeps what goes with it. */
const WORK = "/tmp/openspp-backup";
/**
* Given a deployment, what a command may do and the command, return it in a container of its own: with the volumes where the
* deployment's containers have them, whether these run or not, and the backup container's way to the database. It is
* root, because the files belong to whom Odoo runs as, and leaves no log on the host.
*/
function besideBackups(site, { backups, filestore }, command) {
	const { container, image } = site.backups;
	const volumesOf = (name, may) => `--volumes-from=${name}${may === "read" ? ":ro" : ""}`;
	const options = [
		...[
			"--user=0:0",
			"--log-driver=none",
			`--label=${throwawayLabelOf(site.project)}`
		],
		`--network=container:${container}`,
		volumesOf(container, backups),
		...filestore ? [volumesOf(filestore.at.container, filestore.may)] : []
	];
	return inThrowaway(image, command, { options });
}
// src/operations/filestore/judge.ts
/**
* Given commands that read files into WORK and where the attachments are, return them followed by the judgement: what they
* read is loaded into a temporary table of one session, and judged there, so that no memory but the server's holds it.
*/
function thenJudge({ deployment, applicationName }, reading, { database, snapshot }) {
	const { innerHost: host, innerPort: port, admin: role } = deployment.database;
	return and(...reading, ask({
		host,
		port,
		role,
		database,
		applicationName
	}, [
		"BEGIN ISOLATION LEVEL REPEATABLE READ",
		...snapshot === void 0 ? [] : [`SET TRANSACTION SNAPSHOT ${literal(snapshot)}`],
		HELD_TABLE,
		`\\copy pg_temp.held FROM '${WORK}/rows'`,
		FILESTORE_QUERY,
		"ROLLBACK"
	]));
}
/** Given a run and a command that ends with the judgement, run it and return what it found. */
async function judged({ host, signal }, command) {
	const { stdout, stderr } = await host.run(command, { signal });
	const why = lastUsefulLine(stderr);
	return {
		findings: JSON.parse(stdout),
		...why !== void 0 && { why }
	};
}
/** Given a session, return the attachments that name a file in its database. */
function attachmentsOf(session) {
	return session.value(ATTACHMENTS_QUERY);
}
// src/commands/filestore/restore.ts
/** The exit codes by which `stage…` tells why it could not. */
const STAGE_EXIT = {
	noRoom: 67,
	notPlain: 68
};
/**
* Makes an empty folder for what is restored, once there is room for it and a tenth more. Its owner and its modes are the
* live filestore's; where there is none yet, those of the folder that Odoo keeps it in.
*/
const BEGIN = `
filestores=$1 database=$2 staged=$3 bytes=$4
shift 4
like=$filestores/$database
for folder in "$filestores" "\${filestores%/*}"; do [ -d "$like" ] || like=$folder; done
owner=$(stat -c %u:%g "$like") && folders=$(stat -c %a "$like") || exit
sample=$(find "$filestores/$database" -type f 2> /dev/null | head -n 1)
files=$(stat -c %a "$sample" 2> /dev/null || echo 644)
[ -d "$filestores" ] || { mkdir -p "$filestores" && chown "$owner" "$filestores"; } || exit
cd "$filestores" || exit
free=$(df -P -k . | awk 'END { printf "%.0f", $4 * 1024 }')
if [ "$free" -lt "$((bytes + bytes / 10))" ]; then
echo "$free bytes are free, and the files take $bytes" >&2
exit ${STAGE_EXIT.noRoom}
fi
rm -rf "./$staged" "./$staged.part" && mkdir "./$staged.part" || exit`;
const END = `
[ -z "$(find "./$staged" ! -type d ! -type f)" ] || exit ${STAGE_EXIT.notPlain}
chown -R "$owner" "./$staged" || exit
find "./$staged" -type d -exec chmod "$folders" {} + && find "./$staged" -type f -exec chmod "$files" {} + && sync`;
const staging = ({ filestores, database, staged, bytes }) => [...[
	filestores,
	database,
	staged,
	String(bytes)
]];
/** Given where to and an archive, return the command that unpacks it there. */
function stageArchive(where, archive, packer) {
	const steps = `
    ${BEGIN}
    archive=$1 packer=$2
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
/** Given where to, a backup's list and the pool, return the command that copies the files of the list there. */
function stageFromPool(where, list, pool) {
	const steps = `
    ${BEGIN}
    list=$1 pool=$2 part=$PWD/$staged.part
    set -e
    cd "$pool"
    awk '${NAMED} named($2) { print $2 }' "$list" > "$part/.names"
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
/**
* Given the names, return the command that puts one filestore aside and another one in its place, by two renames; the
* first is taken back when the second fails. Done twice it does nothing more, and one that was cut off between the two goes on.
*/
function swapFolders({ filestores, live, aside, next }) {
	return shellScript(`
    live=$2 aside=$3 next=$4
    cd "$1" || exit
    [ -e "./$next" ] || { [ -e "./$live" ] && exit 0; }
    [ -d "./$next" ] && [ -e "./$aside" ] && [ ! -e "./$live" ] && mv "./$next" "./$live" && sync && exit
    [ -d "./$next" ] && [ ! -e "./$aside" ] || { echo "$next is not there, or $aside is" >&2; exit 1; }
    [ ! -e "./$live" ] || mv "./$live" "./$aside" || exit
    mv "./$next" "./$live" && sync && exit
    [ ! -e "./$aside" ] || mv "./$aside" "./$live"
    exit 1`, [
		filestores,
		live,
		aside,
		next
	]);
}
/** Given the folder of all filestores and names of ours in it, return the command that removes these. It removes none that is live. */
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
// src/operations/filestore/restore.ts
/** Given a database and the stamp of a restore, return the names of its filestores. Odoo knows filestores by a database's name, so it sees none that is hidden. */
function filestoreNamesOf(database, stamp) {
	return {
		live: database,
		staged: `.${database}_restore_${stamp}`,
		before: `.${database}_before_${stamp}`
	};
}
/**
* Given a run, an opened backup and the stamp of the restore, put the backup's filestore beside the live one, with the owner
* and the modes that Odoo's own has. Nothing that is live is touched. Throws when the backup has none, or there is no room.
*/
async function stageFilestore(run, archive, stamp) {
	const { filestore, name } = archive.backup;
	if (!filestore) throw new UserMistake({
		what: `The backup ${name} holds no filestore.`,
		next: "Restore the database alone, or another backup. `openspp-backup list` says which have one."
	});
	const at = filestoreOf(run);
	const where = {
		filestores: at.directory,
		database: run.deployment.database.name,
		staged: filestoreNamesOf(run.deployment.database.name, stamp).staged,
		bytes: archive.manifest?.filestore?.bytes ?? filestore.bytes
	};
	try {
		await onFilestore(run, stagingOf(run, filestore, where));
	} catch (error) {
		await removeStaged(run, stamp);
		throw error instanceof CommandFailed ? notStaged(error, filestore, at) : error;
	}
}
function stagingOf({ deployment }, { kind, path }, where) {
	return kind === "incremental" ? stageFromPool(where, path, poolOf(directoryOf(path), deployment.database.name)) : stageArchive(where, path, PACKER[kind]);
}
function notStaged(error, { name }, { volume }) {
	const state = "What was restored of it was removed; the live filestore is as it was.";
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
/** Given a run, the stamp of its restore and the database that was restored with it, prove that the staged filestore holds the file of each of its attachments. */
async function proveStaged(run, stamp, database) {
	const { deployment, settings } = run;
	const at = filestoreOf(run);
	const { staged } = filestoreNamesOf(deployment.database.name, stamp);
	const steps = [readFolder({
		work: WORK,
		jobs: settings.proof.jobs ?? deployment.cores
	}, `${at.directory}/${staged}`)];
	const { findings, why } = await judged(run, besideBackups(deployment, {
		backups: "read",
		filestore: {
			at,
			may: "read"
		}
	}, thenJudge(run, steps, { database })));
	return judgeFilestore(findings, {
		check: "filestore",
		name: "The restored filestore",
		why,
		next: "Restore another backup; or accept it by name: `skip-checks: filestore`."
	});
}
/** Given a run and an exchange, make it by renames. One that was made already is no error, so that an interrupted restore can be finished. */
async function exchangeFilestores(run, { next, aside }) {
	const live = run.deployment.database.name;
	await onFilestore(run, swapFolders({
		filestores: filestoreOf(run).directory,
		live,
		aside,
		next
	}));
}
/** Given a run and the names of filestores that restores left, remove them. */
async function removeFolders(run, names) {
	await onFilestore(run, removeFilestores(filestoreOf(run).directory, names));
}
/** Given a run and the stamp of a restore, remove what it staged and did not make live. */
async function removeStaged(run, stamp) {
	const { staged } = filestoreNamesOf(run.deployment.database.name, stamp);
	await onFilestore(run, removeFilestores(filestoreOf(run).directory, [staged]));
}
function filestoreOf({ deployment }) {
	if (deployment.filestore) return deployment.filestore;
	throw new UserMistake({
		what: "No container of the Odoo service has a filestore on a volume.",
		next: "Create it (`docker compose create`), or name the service with `odoo-service` and the folder with `filestore-directory`."
	});
}
async function onFilestore(run, command) {
	const { host, deployment, signal } = run;
	const access = {
		backups: "read",
		filestore: {
			at: filestoreOf(run),
			may: "write"
		}
	};
	await host.run(besideBackups(deployment, access, command), { signal });
}
export { psql as C, writeRestoreList as E, pgRestoreList as S, restoreStatements as T, idsOf as _, removeStaged as a, pgDump as b, judged as c, besideBackups as d, PACKER as f, PRELUDE as g, NAMED as h, removeFolders as i, thenJudge as l, readPool as m, filestoreNamesOf as n, stageFilestore as o, readArchive as p, proveStaged as r, attachmentsOf as s, exchangeFilestores as t, WORK as u, judgeFilestore as v, readArchive$1 as w, pgRestore as x, connectionEnv as y };
