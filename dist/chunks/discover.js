import { a as UserMistake } from "./failure.js";
import { n as Secret } from "./secret.js";
import { a as isPartial, c as namesOf, d as stampOf, l as parseDumpName, n as FILESTORE_KINDS, o as manifestNameOf, r as FOLDERS, s as momentOf } from "./backup-name.js";
import { c as literal$1, d as object, f as optional, i as boolean, l as nullable, m as string, n as _enum, o as discriminatedUnion, p as readonly, r as array, t as datetime, u as number } from "./mini.js";
import { a as and, c as program, n as print, o as inContainer, u as shellScript } from "./shell.js";
import { n as lastUsefulLine, t as CommandFailed } from "./command-failed.js";
// src/checks/sql.ts
function identifier(name) {
	return `"${name.replaceAll("\"", "\"\"")}"`;
}
function qualified(schema, name) {
	return `${identifier(schema)}.${identifier(name)}`;
}
/** Correct under both values of `standard_conforming_strings`. */
function literal(text) {
	const quoted = `'${text.replaceAll("'", "''").replaceAll("\\", "\\\\")}'`;
	return text.includes("\\") ? ` E${quoted}` : quoted;
}
/** SQL that is true for a schema of the user's. `name` is SQL from our code. */
function userSchema(name) {
	return `${name} !~ '^pg_' AND ${name} <> 'information_schema'`;
}
/**
* Settings of every session that compares. The text form of values depends on some of them, the printed
* form of definitions on `search_path`. `row_security = off` makes a hidden row an error instead of a
* missing row.
*/
const COMPARING_SETTINGS = {
	search_path: "pg_catalog",
	timezone: "UTC",
	datestyle: "ISO, YMD",
	intervalstyle: "postgres",
	extra_float_digits: "1",
	bytea_output: "hex",
	lc_monetary: "C",
	xmlbinary: "base64",
	row_security: "off",
	client_min_messages: "error",
	jit: "off",
	max_parallel_workers_per_gather: "0",
	statement_timeout: "0",
	lock_timeout: "0"
};
// src/backups/stored-file.ts
/** How `stat` prints a file, one on a line: path, bytes, and when it was changed, in epoch seconds. */
const FILE_LINE = "%n|%s|%Y";
/** Reads lines of FILE_LINE: the files below the folder, by their paths within it. What is no such line is passed over. */
function localFilesIn(lines, folder) {
	return lines.split("\n").flatMap((line) => {
		const [, path, bytes, changedAt] = /^(.*)\|(\d+)\|(\d+)$/.exec(line) ?? [];
		if (!path?.startsWith(`${folder}/`)) return [];
		return [{
			path: path.slice(folder.length + 1),
			bytes: Number(bytes),
			changedAt: Number(changedAt)
		}];
	});
}
// src/commands/backup-files.ts
const PRINT_LINES = [
	"-exec",
	"stat",
	"-c",
	FILE_LINE,
	"{}",
	"+"
];
/**
* Prints a FILE_LINE for every file in the directory's folders, and for links that an unfinished
* run left.
*/
function listFiles(directory) {
	const depth = [
		"-mindepth",
		"2",
		"-maxdepth",
		"2"
	];
	const wanted = [
		"(",
		"-type",
		"f",
		"-o",
		"-name",
		"*.part",
		")"
	];
	return program([
		"find",
		directory,
		...depth,
		...wanted,
		...PRINT_LINES
	]);
}
/** Prints a FILE_LINE for every file below the directory's folders, including the filestore's pool. */
function listTree(directory) {
	return program([
		"find",
		directory,
		"-mindepth",
		"2",
		"-type",
		"f",
		...PRINT_LINES
	]);
}
/** Prints the container's clock as `YYYYmmdd_HHMMSS +zzzz`. */
function stampNow() {
	return program(["date", "+%Y%m%d_%H%M%S %z"]);
}
/** The clock from output that begins with that of `stampNow`, and the rest of the output. */
function stampIn(output) {
	const at = output.indexOf("\n");
	const [stamp = "", offset = "+0000"] = output.slice(0, at).split(" ");
	return {
		stamp,
		offset,
		rest: output.slice(at + 1)
	};
}
/** Prints a file's size in bytes and its SHA-256. */
function measure(file) {
	return and(program([
		"stat",
		"-c",
		"%s",
		file
	]), hashFiles([file]));
}
/** What `measure` printed. */
function measuredIn(output) {
	const [bytes, sum = ""] = output.split("\n");
	return {
		bytes: Number(bytes),
		sha256: sumsIn(sum)[0] ?? ""
	};
}
/** Prints the SHA-256 of each file. */
function hashFiles(files) {
	return program(["sha256sum", ...files]);
}
/**
* The sums that `sha256sum` printed, in the order of its files. It puts a backslash before the sum
* when it escaped the file's name.
*/
function sumsIn(output) {
	return output.trimEnd().split("\n").map((line) => line.replace(/^\\/, "").slice(0, 64));
}
/** Prints the name of the dump that the link `…_latest.dump` names. Fails without such a link. */
function readLink(link) {
	return program(["readlink", link]);
}
/** Prints the dump that the link names, or an empty line. Then it prints the record, if there is one. */
function readStanding(link, record) {
	return program([
		"sh",
		"-c",
		"readlink \"$1\" || echo; cat \"$2\" 2>/dev/null || true",
		"sh",
		link,
		record
	]);
}
/** What `readStanding` printed. The record is empty where there is none. */
function standingIn(output) {
	const at = output.indexOf("\n");
	return {
		linked: output.slice(0, at),
		record: output.slice(at + 1)
	};
}
/** Removes files, and folders with everything in them. A missing one is no error. */
function removeTrees(paths) {
	return program([
		"rm",
		"-rf",
		"--",
		...paths
	]);
}
/** A missing file is no error. */
function removeFiles(paths) {
	return program([
		"rm",
		"-f",
		"--",
		...paths
	]);
}
/** The temporary names under which a backup is written. */
function partialsOf(files) {
	return [
		files.partial,
		`${files.manifest}.part`,
		`${files.latest}.part`
	];
}
/**
* Makes a verified dump, its manifest and its filestore visible. Each is synced to disk, then
* renamed. The manifest and the filestore come first, so that none of our dumps is ever visible
* without them. The link is moved last, also by a rename.
*/
function publish(files) {
	const [, manifestPartial, latestPartial] = partialsOf(files);
	const { filestore } = files;
	return and(program(["cat"], {
		input: files.manifestText,
		output: manifestPartial
	}), program([
		"sync",
		manifestPartial,
		files.partial,
		...filestore ? [filestore.partial] : []
	]), program([
		"mv",
		manifestPartial,
		files.manifest
	]), ...filestore ? [program([
		"mv",
		filestore.partial,
		filestore.file
	])] : [], program([
		"mv",
		files.partial,
		files.dump
	]), program([
		"ln",
		"-sf",
		files.latestTarget,
		latestPartial
	]), program([
		"mv",
		latestPartial,
		files.latest
	]), program(["sync", files.folder]));
}
// src/checks/disk-room.ts
/** What must be free beyond the expected size: a full disk stops whatever else is on it, production too. */
const MARGIN = 1.2;
/**
* Bytes that must stay free where a database server writes: one that cannot write its log ends every session and stops,
* production's too (PostgreSQL manual, "Disk Full Failure"). Four segments of the log, of 16 MiB each.
*/
const SERVER_RESERVE = 67108864;
/**
* The bytes that must be free where so many are to be written. Where a server writes, too, room for its log is left on top of
* that; elsewhere a disk that fills in spite of the margin ends one command, which cleans up after itself.
*/
function roomFor(bytes, server) {
	const reserve = server ? Math.max(server.logToCome, SERVER_RESERVE) : 0;
	return Math.ceil(bytes * MARGIN) + reserve;
}
function hasRoom(free, bytes, server) {
	return free >= roomFor(bytes, server);
}
// src/backups/run-record.ts
/**
* What the last drill and the last sync leave in the backup volume, so that a monitor knows of them
* wherever they ran. It is hidden, holds no personal data, and is no backup: nothing copies it off-site.
*/
const RECORDS_FOLDER = ".openspp-backup";
const schema$1 = object({
	recordVersion: literal$1(1),
	operation: _enum(["drill", "sync"]),
	verdict: _enum([
		"passed",
		"failed",
		"not-run"
	]),
	/** ISO 8601, UTC, by the host's clock. */
	endedAt: datetime(),
	/** The backup that was drilled, or the newest one off-site. */
	backup: optional(string()),
	/** ISO 8601, UTC: when that backup was taken. */
	takenAt: optional(datetime()),
	/** Of a sync: the remote that it copied to. */
	remote: optional(string()),
	/** Of a drill whose restore was proven. */
	rtoSeconds: optional(number())
});
function recordPath(directory, operation) {
	return `${directory}/${RECORDS_FOLDER}/last-${operation}.json`;
}
/** On one line. */
function serializeRecord(record) {
	return `${JSON.stringify(record)}\n`;
}
/** Only those that this version can read. */
function parseRecords(text) {
	return text.split("\n").flatMap((line) => {
		try {
			const parsed = schema$1.safeParse(JSON.parse(line));
			return parsed.success ? [parsed.data] : [];
		} catch {
			return [];
		}
	});
}
// src/operations/run-in-container.ts
/** Returns the command's standard output. Throws CommandFailed. */
function inBackup(run, command, listening) {
	return runIn(run.deployment.backups.container, run, command, listening);
}
/** Returns the command's standard output. Throws CommandFailed. */
function onDatabase(run, command) {
	return runIn(run.deployment.database.container, run, command);
}
/**
* For what must be done although the run was cancelled: to remove something, or to find out what
* became of it.
*/
function uncancelled(run) {
	const { signal: _, ...rest } = run;
	return rest;
}
async function runIn(container, { host, signal }, command, listening = {}) {
	const { stdout } = await host.run(inContainer(container, command), {
		...listening,
		signal
	});
	return stdout;
}
// src/commands/docker.ts
/** The exit codes that say why `discoverProject` could not start. */
const COMPOSE_EXIT = {
	noDirectory: 66,
	noComposeFile: 67,
	noEnvFile: 68,
	noDocker: 69,
	noEngine: 70,
	noCompose: 71
};
const THROWAWAY_LABEL = "openspp-backup";
/**
* Prints, in one exchange:
* - the host's clock in epoch seconds, and its number of cores
* - the resolved configuration as JSON on one line
* - how many containers have our label
* - `docker inspect` of the project's own containers as JSON
*
* Each `docker compose` call needs the env file, because variables are required. A mistake that can
* be seen beforehand has an exit code of its own (COMPOSE_EXIT).
*/
function discoverProject({ directory, composeFile, envFile }) {
	const steps = String.raw`
    cd -- "$1" 2>/dev/null || exit ${COMPOSE_EXIT.noDirectory}
    [ -f "$2" ] || exit ${COMPOSE_EXIT.noComposeFile}
    [ -f "$3" ] || exit ${COMPOSE_EXIT.noEnvFile}
    command -v docker >/dev/null || exit ${COMPOSE_EXIT.noDocker}
    config=$(docker compose --file "$2" --env-file "$3" config --format json)
    code=$?
    if [ "$code" -ne 0 ]; then
    docker version >/dev/null || exit ${COMPOSE_EXIT.noEngine}
    docker compose version >/dev/null 2>&1 || exit ${COMPOSE_EXIT.noCompose}
    exit "$code"
    fi
    date +%s
    nproc
    printf "%s\n" "$config" | tr "\n" " "
    echo
    project=$(printf "%s\n" "$config" | awk -F '"' '/^  "name"/ { print $4; exit }')
    docker ps --all --quiet --filter "label=$4=$project" | wc -l
    ids=$(docker ps --all --quiet --filter "label=com.docker.compose.project=$project") || exit ${COMPOSE_EXIT.noEngine}
    [ -z "$ids" ] && echo "[]" && exit
    docker inspect --type container $ids`;
	return shellScript(steps, [
		directory,
		composeFile,
		envFile,
		THROWAWAY_LABEL
	]);
}
/** What `discoverProject` printed. deployment/containers.ts reads the two JSON documents. */
function projectIn(output) {
	const [epoch = "", cores = "", config = "", strays = "", ...containers] = output.split("\n");
	return {
		hostEpochSeconds: Number.parseInt(epoch, 10),
		cores: Math.max(1, Number.parseInt(cores, 10) || 1),
		config: JSON.parse(config),
		leftoverContainers: Number.parseInt(strays, 10),
		containers: JSON.parse(containers.join("\n"))
	};
}
/** A command for an administrator to try. */
function composeByHand(files, ...args) {
	const { directory, composeFile, envFile } = files;
	return and(program(["cd", directory]), program([
		"docker",
		"compose",
		"--file",
		composeFile,
		"--env-file",
		envFile,
		...args
	]));
}
/** The label of a project's throwaway containers. By it, a later run finds those that a dead run left. */
function throwawayLabelOf(project) {
	return `${THROWAWAY_LABEL}=${project}`;
}
/** Removes the containers that have the label, whether they run or not. */
function removeContainers(label) {
	return shellScript(`
    ids=$(docker ps --all --quiet --filter "label=$1") || exit
    [ -z "$ids" ] || docker rm --force $ids`, [label]);
}
// src/backups/listing.ts
/** `lines` is the output of `listFiles`; `offset` is the container's offset from UTC. */
function parseListing(lines, directory, database, offset) {
	const files = localFilesIn(lines, directory).flatMap(({ path, bytes }) => inFolder(path, bytes, directory));
	const sizes = new Map(files.map(({ path, bytes }) => [path, bytes]));
	const dumps = files.flatMap((file) => {
		const parsed = parseDumpName(file.name);
		const kind = FOLDERS.find((folder) => folder === file.folder);
		if (parsed?.database !== database || !kind) return [];
		const { name, path, bytes } = file;
		const folder = `${directory}/${kind}`;
		const manifest = sizes.has(`${folder}/${manifestNameOf(name)}`);
		const filestore = filestoreIn(sizes, folder, database, parsed.stamp);
		const takenAt = momentOf(parsed.stamp, offset);
		return [{
			name,
			path,
			bytes,
			kind,
			manifest,
			...filestore && { filestore },
			takenAt
		}];
	}).sort((a, b) => b.takenAt.getTime() - a.takenAt.getTime() || FOLDERS.indexOf(a.kind) - FOLDERS.indexOf(b.kind));
	return {
		backups: dumps.map((dump) => ({
			...dump,
			latest: dump.name === dumps[0]?.name
		})),
		partials: files.filter(({ name }) => isPartial(name)).map(({ path }) => path),
		orphans: files.flatMap((file) => orphanOf(file, database, directory, sizes))
	};
}
function orphanOf({ name, path, folder }, database, directory, sizes) {
	const stamp = /_(\d{8}_\d{6})\./.exec(name.slice(database.length))?.[1] ?? "";
	const { dump, manifest, filestore } = namesOf(database, stamp);
	const kind = FOLDERS.find((known) => known === folder);
	const companions = [manifest, ...Object.values(filestore)];
	if (!kind || !parseDumpName(dump) || !companions.includes(name)) return [];
	if (sizes.has(`${directory}/${kind}/${dump}`)) return [];
	return [{
		path,
		kind,
		stamp,
		archive: ![manifest, filestore.incremental].includes(name)
	}];
}
/** In the order of deletion: none of our dumps is ever seen without its manifest. */
function filesOf({ path, filestore, manifest }) {
	return [
		path,
		...filestore ? [filestore.path] : [],
		...manifest ? [manifestNameOf(path)] : []
	];
}
/**
* The names of dumps that were not finished. The reference script writes straight to the final name, and
* moves the link when it is done. `linked` is the dump that `…_latest.dump` names, empty without one.
*/
function unfinishedDumps({ backups }, linked) {
	const done = parseDumpName(linked)?.stamp ?? "";
	const unproven = backups.filter(({ manifest }) => !manifest);
	return new Set(unproven.map(({ name }) => name).filter((name) => stampOf(name) > done));
}
function filestoreIn(sizes, folder, database, stamp) {
	const names = namesOf(database, stamp).filestore;
	return FILESTORE_KINDS.flatMap((kind) => {
		const [name, path] = [names[kind], `${folder}/${names[kind]}`];
		const bytes = sizes.get(path);
		return bytes === void 0 ? [] : [{
			name,
			path,
			bytes,
			kind
		}];
	})[0];
}
function inFolder(path, bytes, directory) {
	const [folder = "", name = "", ...deeper] = path.split("/");
	if (deeper.length > 0) return [];
	return [{
		path: `${directory}/${path}`,
		folder,
		name,
		bytes
	}];
}
/**
* `wanted` is `latest`, `random` or a name; `random` is a number in [0, 1). Throws UserMistake when there
* is none.
*/
function chooseBackup(listing, wanted, random) {
	const { backups } = listing;
	const newest = backups[0];
	if (!newest) throw new UserMistake({
		what: "There is no backup of this database in the backup volume.",
		why: "No file named `<database>_<date>_<time>.dump` is in daily/, weekly/ or monthly/.",
		state: "Nothing was changed.",
		next: "Take one: openspp-backup backup"
	});
	if (wanted === "latest") return newest;
	if (wanted === "random") return backups[Math.floor(random * backups.length)] ?? newest;
	const found = backups.find(({ name, kind }) => [name, `${kind}/${name}`].includes(wanted));
	if (found) return found;
	throw new UserMistake({
		what: `There is no backup ${JSON.stringify(wanted)} of this database.`,
		why: `The newest of ${backups.length} is ${newest.name}.`,
		state: "Nothing was changed.",
		next: "See them all: openspp-backup list"
	});
}
// src/backups/extra-databases.ts
/** Databases that a restore makes next to production: their names, and the comments that mark them as ours. */
/**
* Production's properties, apart from its content. Nothing else holds them while production is dropped
* (checks/database-properties.ts).
*/
const properties = readonly(object({
	owner: string(),
	connectionLimit: number(),
	tablespace: string(),
	comment: nullable(string()),
	grants: nullable(readonly(array(object({
		grantee: nullable(string()),
		privilege: string(),
		grantable: boolean()
	})))),
	settings: readonly(array(object({
		role: nullable(string()),
		name: string(),
		value: string()
	}))),
	bytes: number()
}));
/**
* Containers that a run stopped, or is about to stop. The next run starts them, when a reboot has ended the
* run that would have done so.
*/
const stopped = optional(readonly(array(string())));
/** What one of our databases is, as its comment says. */
const schema = discriminatedUnion("is", [
	object({
		is: literal$1("incoming"),
		of: string(),
		backup: string(),
		since: datetime(),
		/**
		* The filestore that is restored with it: `aside` is its place until it is live, `next` is where the
		* live one goes then.
		*/
		filestore: optional(object({
			aside: string(),
			next: string()
		})),
		/** All of it is proven and production was dropped for it. It only has to take production's name. */
		proven: optional(boolean()),
		stopped
	}),
	object({
		is: literal$1("former"),
		of: string(),
		backup: string(),
		since: datetime(),
		until: datetime(),
		/** False until the services were seen to be healthy on the new one. */
		confirmed: boolean(),
		/** The filestore that was live with it: where it went, and which one became live. */
		filestore: optional(object({
			aside: string(),
			next: string()
		})),
		/** It was itself restored, and an undo put it back into this place. */
		undone: optional(boolean()),
		/** It gave up its name and will be dropped (`strategy: replace`). */
		doomed: optional(boolean()),
		stopped
	}),
	object({
		is: literal$1("vacant"),
		of: string(),
		backup: string(),
		since: datetime(),
		/** The backup that was taken before; null when the user declined it. */
		safety: nullable(string()),
		properties,
		stopped
	}),
	object({
		is: literal$1("copy"),
		of: string(),
		backup: string(),
		since: datetime(),
		until: datetime()
	})
]);
const PREFIX = "openspp-backup: ";
/** A sentence for people, then the same for machines. */
function commentOf(mark) {
	return `${PREFIX}${sentenceOf(mark)} ${JSON.stringify(mark)}`;
}
function sentenceOf(mark) {
	switch (mark.is) {
		case "incoming": return `${mark.backup} on its way into ${mark.of}; the next run drops it if the restore is over.`;
		case "former": return `${mark.of} as it was before ${mark.undone ? "undoing " : ""}the restore of ${mark.backup}; kept until ${mark.until.slice(0, 10)}.`;
		case "vacant": return `${mark.of} was dropped for a restore of ${mark.backup}; nobody can connect until that is done.`;
		case "copy": return `${mark.backup} of ${mark.of}, to look at; kept until ${mark.until.slice(0, 10)}.`;
	}
}
/** Undefined when the comment is not ours. */
function parseMark(comment) {
	const text = comment?.startsWith(PREFIX) ? /\{.*\}$/s.exec(comment)?.[0] : void 0;
	if (text === void 0) return void 0;
	try {
		return schema.safeParse(JSON.parse(text)).data;
	} catch {
		return;
	}
}
/** SQL: every database whose comment may be our mark. One row, one JSON value. */
const COMMENTED_DATABASES_QUERY = `
SELECT coalesce(json_agg(json_build_object('name', d.datname, 'comment', shobj_description(d.oid, 'pg_database'),
  'bytes', pg_database_size(d.oid)) ORDER BY d.datname), '[]') AS commented
FROM pg_database d WHERE shobj_description(d.oid, 'pg_database') LIKE '${PREFIX}%}'`;
/** `commented` is the answer to COMMENTED_QUERY. */
function extraDatabasesIn(commented, production) {
	return commented.flatMap(({ name, comment, bytes }) => {
		const mark = parseMark(comment);
		return mark?.of === production && name !== production ? [{
			name,
			mark,
			bytes
		}] : [];
	});
}
/** The mark of the placeholder that has production's name while production is dropped. */
function placeholderIn(commented, production) {
	const mark = parseMark(commented.find(({ name }) => name === production)?.comment ?? null);
	return mark?.is === "vacant" && mark.of === production ? mark : void 0;
}
/** Databases whose date has passed: the retention may drop them. */
function expiredDatabases(databases, now) {
	return databases.filter(({ mark }) => mark.is !== "incoming" && mark.is !== "vacant" && !(mark.is === "former" && !mark.confirmed) && Date.parse(mark.until) < now.getTime());
}
/** PostgreSQL cuts longer names off silently (NAMEDATALEN - 1). */
const LONGEST_NAME = 63;
/** Cuts the production database's name so that the result fits. */
function extraDatabaseName(production, purpose, stamp) {
	const suffix = `_${purpose}_${stamp}`;
	let stem = production;
	while (Buffer.byteLength(stem + suffix) > LONGEST_NAME) stem = stem.replace(/.$/su, "");
	return stem + suffix;
}
// src/commands/databases.ts
function createDatabase({ name, owner, locale, tablespace }) {
	const where = tablespace === void 0 ? "" : ` TABLESPACE ${identifier(tablespace)}`;
	return `CREATE DATABASE ${identifier(name)} OWNER ${identifier(owner)} TEMPLATE template0 ${localeClause(locale)}${where}`;
}
/**
* A database has this suffix until it has its mark. If the run dies in between, the suffix says
* that it is ours.
*/
const UNMARKED_SUFFIX = "__openspp_backup_new";
/** The name of a database until it has its mark. */
function unmarkedNameOf(name) {
	return `${name.slice(0, 43)}${UNMARKED_SUFFIX}`;
}
/** The first statement cannot be in a transaction with the others. */
function createMarkedStatements({ comment, finish, ...database }) {
	const unmarked = unmarkedNameOf(database.name);
	return [
		createDatabase({
			...database,
			name: unmarked
		}),
		commentOnDatabase(unmarked, comment),
		...finish?.(unmarked) ?? [],
		renameDatabase(unmarked, database.name)
	];
}
/** For `CREATE DATABASE`, from the columns of pg_database (PostgreSQL manual, "Locale Providers"). */
function localeClause({ encoding, provider, collate, ctype, locale, icuRules }) {
	const words = {
		b: "builtin",
		i: "icu",
		c: "libc"
	};
	const own = {
		b: "BUILTIN_LOCALE",
		i: "ICU_LOCALE"
	};
	return [
		`ENCODING ${literal(encoding)} LOCALE_PROVIDER ${words[provider] ?? "libc"}`,
		`LC_COLLATE ${literal(collate)} LC_CTYPE ${literal(ctype)}`,
		...locale !== null && own[provider] ? [`${own[provider]} ${literal(locale)}`] : [],
		...icuRules !== null ? [`ICU_RULES ${literal(icuRules)}`] : []
	].join(" ");
}
/** It also ends all sessions on the database. */
function dropDatabase(name) {
	return `DROP DATABASE IF EXISTS ${identifier(name)} WITH (FORCE)`;
}
/** If not allowed, nobody can connect, not even a superuser. */
function allowConnections(name, allow) {
	return `ALTER DATABASE ${identifier(name)} ALLOW_CONNECTIONS ${allow}`;
}
/** It waits 5 s for others to leave the database, then fails. */
function renameDatabase(from, to) {
	return `ALTER DATABASE ${identifier(from)} RENAME TO ${identifier(to)}`;
}
/** Null removes the comment. */
function commentOnDatabase(name, text) {
	return `COMMENT ON DATABASE ${identifier(name)} IS ${text === null ? "NULL" : literal(text)}`;
}
/**
* The statements are for one transaction: whatever happens, production is either the one database
* or the other. While it waits for others to leave, nobody can connect to either.
*/
function exchangeStatements({ production, incoming, comment, aside }) {
	return [
		"BEGIN",
		...aside ? [renameDatabase(production, aside.name), commentOnDatabase(aside.name, aside.comment)] : [],
		renameDatabase(incoming, production),
		commentOnDatabase(production, comment),
		"COMMIT"
	];
}
/** Ends all sessions on the database, and answers how many there were. */
function endSessions(name) {
	return `SELECT count(pg_terminate_backend(pid))::int AS ended FROM pg_stat_activity WHERE datname = ${literal(name)} AND pid <> pg_backend_pid()`;
}
// src/deployment/containers.ts
function parseInspection(output) {
	const { config, containers, ...told } = projectIn(output);
	return {
		...told,
		config,
		containers
	};
}
/** A running one comes first. Containers of `docker compose run` do not count. */
function containerOf(containers, service) {
	return containers.filter(({ Config: { Labels } }) => Labels["com.docker.compose.service"] === service).filter(({ Config: { Labels } }) => Labels["com.docker.compose.oneoff"] !== "True").sort((a, b) => Number(isRunning(b)) - Number(isRunning(a)))[0];
}
/** Whether commands can run in it. Docker counts paused and restarting containers as running, too. */
function isRunning({ State }) {
	return State.Status === "running";
}
/** In Docker's words, for example `running (healthy)`. */
function stateOf(container) {
	if (!container) return "not created";
	const { Status, Health } = container.State;
	return Health ? `${Status} (${Health.Status})` : Status;
}
/**
* The container overrides the configuration, since it is what runs. `docker compose config` doubles each
* dollar sign, so that Compose can read it again. Empty variables say nothing and are left out.
*/
function environmentOf(service, container) {
	const configured = Object.entries(service?.environment ?? {}).map(([name, value]) => [name, (value ?? "").replaceAll("$$", "$")]);
	const running = (container?.Config.Env ?? []).map((line) => {
		const at = line.indexOf("=");
		return [line.slice(0, at), line.slice(at + 1)];
	});
	const merged = new Map([...configured, ...running]);
	return Object.fromEntries([...merged].filter(([, value]) => value !== ""));
}
function addressesOf({ NetworkSettings }) {
	return Object.values(NetworkSettings.Networks).flatMap((network) => [network.IPAddress, network.GlobalIPv6Address].filter(Boolean));
}
/** One that the host can reach; undefined when there is none. */
function addressOf({ NetworkSettings }) {
	const networks = Object.values(NetworkSettings.Networks);
	return networks.find((network) => network.IPAddress)?.IPAddress ?? networks.find((network) => network.GlobalIPv6Address)?.GlobalIPv6Address;
}
// src/deployment/compose.ts
/** Throws UserMistake, one sentence each, for a service that is missing or does not run. */
function deploymentOf(inspection, settings, epochSeconds) {
	const { config, containers } = inspection;
	const database = databaseOf(config, containers, settings);
	const filestore = filestoreOf(containers, settings);
	return {
		...backupSiteOf(inspection, settings, epochSeconds),
		services: Object.entries(config.services).map(([name, service]) => serviceOf(name, service.image ?? "built locally", containerOf(containers, name))),
		database,
		...filestore && { filestore },
		leftoverContainers: inspection.leftoverContainers
	};
}
/** Throws UserMistake when no container has the backup volume. */
function backupSiteOf({ config, containers, cores, hostEpochSeconds }, settings, epochSeconds) {
	const { name, admin, owner } = databaseNamesOf(config, containers, settings);
	return {
		project: config.name,
		directory: settings.directory,
		database: { name },
		policy: settings.policy ?? (admin === owner ? "flexible" : "strict"),
		backups: backupVolumeOf(config, runningContainer(config, containers, settings, "backup-service"), settings),
		cores,
		clockSkewSeconds: hostEpochSeconds - epochSeconds
	};
}
function serviceOf(name, image, container) {
	return {
		name,
		image: container?.Config.Image ?? image,
		state: stateOf(container),
		...container && isRunning(container) && { container: nameOf(container) },
		...container && { created: nameOf(container) },
		addresses: container ? addressesOf(container) : []
	};
}
function nameOf(container) {
	return container.Name.replace(/^\//, "");
}
/** Throws UserMistake when the database's server does not run in the project. */
function databaseOf(config, containers, settings) {
	const { odooService } = settings;
	const odoo = environmentOf(config.services[odooService], containerOf(containers, odooService));
	refuseExternalServer(odoo.DATABASE_URL, settings);
	const container = runningContainer(config, containers, settings, "database-service");
	const server = environmentOf(config.services[settings.databaseService], container);
	const backup = environmentOf(config.services[settings.backupService], containerOf(containers, settings.backupService));
	const address = addressOf(container);
	if (!address) throw new UserMistake({
		what: `The container \`${nameOf(container)}\` has no network address on its host.`,
		why: "It is attached to no bridge network, so PostgreSQL in it cannot be reached over SSH.",
		next: "Attach the `db` service to the project's network, as the production compose file does."
	});
	const password = server.POSTGRES_PASSWORD;
	const names = databaseNamesOf(config, containers, settings);
	const admin = roleOf("admin", names.admin, [settings.adminPassword, password]);
	const ownerPassword = settings.databasePassword ?? backup.PGPASSWORD ?? odoo.DB_PASSWORD ?? password;
	return {
		name: names.name,
		container: nameOf(container),
		address: {
			host: address,
			port: 5432
		},
		innerHost: backup.PGHOST ?? settings.databaseService,
		innerPort: Number(backup.PGPORT ?? 5432),
		admin,
		owner: names.owner === admin.name ? admin : roleOf("database", names.owner, [ownerPassword])
	};
}
/**
* `name` is the production database, `admin` the role that makes databases, `owner` the role that owns the
* data.
*/
function databaseNamesOf(config, containers, settings) {
	const { databaseService, backupService } = settings;
	const [odoo, server, backup] = [
		"odoo",
		databaseService,
		backupService
	].map((service) => environmentOf(config.services[service], containerOf(containers, service)));
	const admin = settings.adminUser ?? server.POSTGRES_USER ?? "postgres";
	return {
		name: settings.database ?? backup.PGDATABASE ?? server.POSTGRES_DB ?? odoo.DB_NAME ?? "openspp",
		admin,
		owner: settings.databaseUser ?? backup.PGUSER ?? odoo.DB_USER ?? admin
	};
}
/** The URL holds a password, so only its host is ever printed. */
function refuseExternalServer(url, { databaseService }) {
	if (url === void 0) return;
	const host = URL.parse(url)?.hostname ?? "";
	if (host === databaseService) return;
	throw new UserMistake({
		what: `Odoo keeps its database on another server than the service \`${databaseService}\`: \`${host}\`.`,
		why: "The variable `DATABASE_URL` of the service `odoo` points there.",
		state: "Nothing was changed.",
		next: "If that is a service of this project, name it with `database-service`. A managed server (RDS, Cloud SQL) is beyond this project: use its provider's own backups."
	});
}
function roleOf(input, name, passwords) {
	const password = passwords.find((candidate) => candidate !== void 0);
	if (password === void 0) throw new UserMistake({
		what: `No password was found for the database role \`${name}\`.`,
		why: "Neither the compose configuration nor the running containers hold one.",
		next: `Hand it in as the secret \`${input}-password\`.`
	});
	return {
		name,
		password: typeof password === "string" ? new Secret(password) : password
	};
}
/** The container may be stopped. Throws UserMistake when it mounts no volume there. */
function backupVolumeOf(config, container, settings) {
	const env = environmentOf(config.services[settings.backupService], container);
	const directory = settings.backupDirectory ?? env.BACKUP_DIR ?? "/backups";
	const mount = mountOf(container, directory);
	if (!mount) throw new UserMistake({
		what: `\`${directory}\` in the container \`${nameOf(container)}\` is not on a volume.`,
		why: "A backup written there would be lost with the container.",
		next: "Mount the backup volume there, or name its folder with `backup-directory`."
	});
	return {
		container: nameOf(container),
		image: container.Image,
		directory,
		volume: mount.Name ?? mount.Source,
		hostPath: `${mount.Source}${directory.slice(mount.Destination.replace(/\/$/, "").length)}`,
		schedule: env.BACKUP_SCHEDULE ?? "0 2 * * *",
		retention: {
			days: Number(env.BACKUP_KEEP_DAYS ?? 7),
			weeks: Number(env.BACKUP_KEEP_WEEKS ?? 4),
			months: Number(env.BACKUP_KEEP_MONTHS ?? 6)
		}
	};
}
/** Odoo's own default of `data_dir` in its image, and in it `filestore` (odoo/tools/config.py). */
const FILESTORE = "/var/lib/odoo/filestore";
function filestoreOf(containers, settings) {
	const container = containerOf(containers, settings.odooService);
	const directory = settings.filestoreDirectory ?? FILESTORE;
	const mount = container && mountOf(container, directory);
	if (mount) return {
		container: nameOf(container),
		directory,
		volume: mount.Name ?? mount.Source
	};
	if (!container || settings.filestoreDirectory === void 0) return void 0;
	throw new UserMistake({
		what: `\`${directory}\` in the container \`${nameOf(container)}\` is not on a volume.`,
		why: "So it is not where Odoo keeps its attachments: they would be lost with the container.",
		next: "Name the folder that holds a folder for each database with `filestore-directory`, or leave it out for Odoo's default."
	});
}
/** The mount that holds a container's directory: the deepest one, when one is inside another. */
function mountOf({ Mounts }, directory) {
	return Mounts.filter(({ Destination }) => `${directory}/`.startsWith(`${Destination.replace(/\/$/, "")}/`)).sort((a, b) => b.Destination.length - a.Destination.length)[0];
}
function runningContainer(config, containers, settings, input) {
	const service = input === "database-service" ? settings.databaseService : settings.backupService;
	const container = containerOf(containers, service);
	if (container && isRunning(container)) return container;
	if (!container && !config.services[service]) throw new UserMistake({
		what: `The compose project \`${config.name}\` has no service \`${service}\`.`,
		why: `Its services are ${Object.keys(config.services).join(", ")}.`,
		next: `Name the right one with \`${input}\`.`
	});
	const start = container?.State.Status === "paused" ? ["unpause"] : ["up", "--detach"];
	throw new UserMistake({
		what: `The service \`${service}\` is not running (${stateOf(container)}).`,
		state: "Nothing was changed.",
		next: `Start it there: ${print(composeByHand(settings, ...start, service))}`
	});
}
// src/deployment/discover.ts
/** Docker does not answer the SSH user. For the monitor, that is a finding. */
var EngineSilent = class extends UserMistake {};
/** Throws UserMistake that says what is missing. */
async function discover(host, settings, { clock, signal }) {
	return deploymentOf(await inspect(host, settings, signal), settings, clock.now().getTime() / 1e3);
}
/** Works when the deployment's database server is down, too. */
async function discoverBackupSite(host, settings, { clock, signal }) {
	return backupSiteOf(await inspect(host, settings, signal), settings, clock.now().getTime() / 1e3);
}
/** Works whatever of the deployment is down. Throws EngineSilent when Docker does not answer. */
async function inspect(host, settings, signal) {
	try {
		const { stdout } = await host.run(discoverProject(settings), { signal });
		return parseInspection(stdout);
	} catch (error) {
		if (error instanceof CommandFailed) throw composeTrouble(error, host, settings);
		throw error;
	}
}
function composeTrouble(error, host, settings) {
	const { directory, composeFile, envFile } = settings;
	const why = lastUsefulLine(error.stderr);
	const state = "Nothing was changed.";
	switch (error.exit) {
		case COMPOSE_EXIT.noDirectory: return new UserMistake({
			what: `The project folder \`${directory}\` does not exist on ${host.name}, or the SSH user may not enter it.`,
			state,
			next: "Set `project-directory` to the folder that holds the compose file."
		});
		case COMPOSE_EXIT.noComposeFile: return new UserMistake({
			what: `There is no \`${composeFile}\` in \`${directory}\` on ${host.name}.`,
			state,
			next: "Set `compose-file` to the production compose file's name."
		});
		case COMPOSE_EXIT.noEnvFile: return new UserMistake({
			what: `There is no \`${envFile}\` in \`${directory}\` on ${host.name}, or the SSH user may not read it.`,
			why: "Without it the compose file's required variables are missing, in every docker compose call.",
			state,
			next: "Set `env-file`, or let the SSH user read it."
		});
		case COMPOSE_EXIT.noDocker: return new UserMistake({
			what: `The command \`docker\` is not on the PATH of the SSH user on ${host.name}.`,
			state,
			next: "Install Docker Engine with the Compose plugin there, or fix that user's PATH."
		});
		case COMPOSE_EXIT.noEngine: return new EngineSilent({
			what: `The SSH user may not use the Docker engine on ${host.name}, or none runs there.`,
			why,
			state,
			next: "Add the user to the group `docker`, or start the engine: sudo systemctl start docker"
		});
		case COMPOSE_EXIT.noCompose: return new UserMistake({
			what: `Docker on ${host.name} has no Compose v2 plugin: \`docker compose\` does not run.`,
			state,
			next: "Install it: sudo apt-get install docker-compose-plugin (Docker's own packages) or docker-compose-v2 (Ubuntu's)"
		});
		default: return new UserMistake({
			what: `The compose file \`${composeFile}\` in \`${directory}\` does not resolve.`,
			why,
			state,
			next: `Try it there: ${print(composeByHand(settings, "config", "--quiet"))}`
		});
	}
}
export { removeFiles as $, unfinishedDumps as A, serializeRecord as B, expiredDatabases as C, chooseBackup as D, placeholderIn as E, onDatabase as F, listFiles as G, hasRoom as H, uncancelled as I, measuredIn as J, listTree as K, RECORDS_FOLDER as L, removeContainers as M, throwawayLabelOf as N, filesOf as O, inBackup as P, readStanding as Q, parseRecords as R, commentOf as S, extraDatabasesIn as T, roomFor as U, SERVER_RESERVE as V, hashFiles as W, publish as X, partialsOf as Y, readLink as Z, dropDatabase as _, backupVolumeOf as a, localFilesIn as at, unmarkedNameOf as b, addressOf as c, literal as ct, stateOf as d, removeTrees as et, UNMARKED_SUFFIX as f, createMarkedStatements as g, createDatabase as h, inspect as i, sumsIn as it, composeByHand as j, parseListing as k, containerOf as l, qualified as lt, commentOnDatabase as m, discover as n, stampNow as nt, databaseNamesOf as o, COMPARING_SETTINGS as ot, allowConnections as p, measure as q, discoverBackupSite as r, standingIn as rt, databaseOf as s, identifier as st, EngineSilent as t, stampIn as tt, isRunning as u, userSchema as ut, endSessions as v, extraDatabaseName as w, COMMENTED_DATABASES_QUERY as x, exchangeStatements as y, recordPath as z };
