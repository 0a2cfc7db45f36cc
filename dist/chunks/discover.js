import { a as UserMistake } from "./failure.js";
import { n as Secret } from "./secret.js";
import { a as isPartial, c as namesOf, d as stampOf, l as parseDumpName, n as FILESTORE_KINDS, o as manifestNameOf, r as FOLDERS, s as momentOf } from "./backup-name.js";
import { c as literal$1, d as object, f as optional, i as boolean, l as nullable, m as string, n as _enum, o as discriminatedUnion, p as readonly, r as array, t as datetime, u as number } from "./mini.js";
import { a as and, l as program, n as print, u as shellScript } from "./shell.js";
import { n as lastUsefulLine, t as CommandFailed } from "./command-failed.js";
// src/checks/sql.ts
/** Given a name, return it quoted as an SQL identifier. */
function identifier(name) {
	return `"${name.replaceAll("\"", "\"\"")}"`;
}
/** Given a schema and a name, return the qualified and quoted name. */
function qualified(schema, name) {
	return `${identifier(schema)}.${identifier(name)}`;
}
/** Given a text, return it as an SQL literal, whatever `standard_conforming_strings` says. */
function literal(text) {
	const quoted = `'${text.replaceAll("'", "''").replaceAll("\\", "\\\\")}'`;
	return text.includes("\\") ? ` E${quoted}` : quoted;
}
/** SQL that is true for an object that no extension owns; `oid` and `catalog` are SQL of ours. */
function ownByNoExtension(catalog, oid) {
	return `NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = ${catalog} AND d.objid = ${oid} AND d.deptype = 'e')`;
}
/** SQL that is true for a schema of the user's; `name` is SQL of ours. */
function userSchema(name) {
	return `${name} !~ '^pg_' AND ${name} <> 'information_schema'`;
}
/**
* Settings under which every session of ours compares: the text form of values depends on some of
* them, the printed form of definitions on `search_path`, and `row_security = off` makes a hidden row
* an error instead of a missing one.
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
// src/commands/backup-files.ts
/** The line format of `listFiles`: path, bytes, modification time in epoch seconds, separated by a slash-free bar. */
const FILE_LINE = "%n|%s|%Y";
/** Given the backup directory, return the command that prints a FILE_LINE of every file in its folders, and of links that an unfinished run left. */
function listFiles(directory) {
	return program([
		...[
			"find",
			directory,
			"-mindepth",
			"2",
			"-maxdepth",
			"2"
		],
		...[
			"(",
			"-type",
			"f",
			"-o",
			"-name",
			"*.part",
			")"
		],
		...[
			"-exec",
			"stat",
			"-c",
			FILE_LINE,
			"{}",
			"+"
		]
	]);
}
/** Given the backup directory, return the command that prints a FILE_LINE of every file below its folders, the filestore's pool too. */
function listTree(directory) {
	return program([...[
		"find",
		directory,
		"-mindepth",
		"2",
		"-type",
		"f"
	], ...[
		"-exec",
		"stat",
		"-c",
		FILE_LINE,
		"{}",
		"+"
	]]);
}
/** Given a backup directory, return the command that prints the container's clock as `YYYYmmdd_HHMMSS +zzzz`. */
function stampNow() {
	return program(["date", "+%Y%m%d_%H%M%S %z"]);
}
/** Given a folder, return the command that makes it and prints the bytes free in its file system (`df -P -k`). */
function makeFolder(folder) {
	return and(program([
		"mkdir",
		"-p",
		folder
	]), freeSpace(folder));
}
/** Given a path, return the command that prints the space of its file system in KiB. */
function freeSpace(path) {
	return program([
		"df",
		"-P",
		"-k",
		path
	]);
}
/** Given a file, return the command that prints its size in bytes and its SHA-256. */
function measure(file) {
	return and(program([
		"stat",
		"-c",
		"%s",
		file
	]), program(["sha256sum", file]));
}
/** Given paths of files or folders, return the command that removes them with all in them; a missing one is no error. */
function removeTrees(paths) {
	return program([
		"rm",
		"-rf",
		"--",
		...paths
	]);
}
/** Given paths, return the command that removes them; a missing one is no error. */
function removeFiles(paths) {
	return program([
		"rm",
		"-f",
		"--",
		...paths
	]);
}
/** Given a backup's files, return the temporary names of its dump, its manifest and its link. */
function partialsOf(files) {
	return [
		files.partial,
		`${files.manifest}.part`,
		`${files.latest}.part`
	];
}
/**
* Given a verified dump, its manifest and its filestore, return the command that makes them visible: each is synced
* to disk, then renamed; the manifest and the filestore first, so that no dump of ours is ever seen without them; the
* link moves last, by a rename too.
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
// src/commands/docker.ts
/** The exit codes by which `discoverProject` tells why it could not start. */
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
* Given where the project stands, return the command that prints, all in one exchange: the host's clock
* in epoch seconds, its number of cores, the resolved configuration as JSON on one line, how many containers bear
* our label, and `docker inspect` of the project's own as JSON. Every `docker compose` call needs the env file, or
* required variables are missing. What can be told apart beforehand ends with an exit code of its own
* (COMPOSE_EXIT).
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
/** Given where the project stands and what `docker compose` is to do, return the command for an administrator to try there. */
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
/** Given a project, return the label of the throwaway containers beside it, by which one that a dead run left is found. */
function throwawayLabelOf(project) {
	return `${THROWAWAY_LABEL}=${project}`;
}
/** Given a label, return the command that removes the containers that carry it, whether they run or not. */
function removeContainers(label) {
	return shellScript(`
    ids=$(docker ps --all --quiet --filter "label=$1") || exit
    [ -z "$ids" ] || docker rm --force $ids`, [label]);
}
// src/backups/run-record.ts
/**
* What the last drill and the last sync leave in the backup volume, so that a monitor knows of them wherever they
* ran from. It is hidden, holds no personal data, and is no backup: nothing copies it off-site.
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
	/** The backup that was drilled, or the newest that stands off-site. */
	backup: optional(string()),
	/** ISO 8601, UTC: when that backup was taken. */
	takenAt: optional(datetime()),
	/** Of a sync: the remote that it copied to. */
	remote: optional(string()),
	/** Of a drill whose restore was proven. */
	rtoSeconds: optional(number())
});
/** Given the backup directory and an operation, return where its record stands. */
function recordPath(directory, operation) {
	return `${directory}/${RECORDS_FOLDER}/last-${operation}.json`;
}
/** Given a record, return its text, on one line. */
function serializeRecord(record) {
	return `${JSON.stringify(record)}\n`;
}
/** Given the lines of all records, return those that this version can read. */
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
// src/backups/listing.ts
/** Given the lines of `listFiles`, a database and the container's offset from UTC, return its backups and leftovers. */
function parseListing(lines, directory, database, offset) {
	const files = lines.split("\n").flatMap((line) => parseLine(line, directory));
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
	const beside = [manifest, ...Object.values(filestore)];
	if (!kind || !parseDumpName(dump) || !beside.includes(name)) return [];
	if (sizes.has(`${directory}/${kind}/${dump}`)) return [];
	return [{
		path,
		kind,
		stamp,
		archive: ![manifest, filestore.incremental].includes(name)
	}];
}
/** Given a backup, return the paths of its files in the order in which they go: no dump of ours is ever seen without its manifest. */
function filesOf({ path, filestore, manifest }) {
	return [
		path,
		...filestore ? [filestore.path] : [],
		...manifest ? [manifestNameOf(path)] : []
	];
}
/**
* Given a listing and the name of the dump that `…_latest.dump` names (empty without one), return the names of the dumps
* that nothing finished: the reference script writes straight to the final name, and moves the link when it is done.
*/
function unfinishedOnes({ backups }, linked) {
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
function parseLine(line, directory) {
	const [, path, bytes] = /^(.*)\|(\d+)\|\d+$/.exec(line) ?? [];
	if (path === void 0 || !path.startsWith(`${directory}/`)) return [];
	const [folder = "", name = "", ...deeper] = path.slice(directory.length + 1).split("/");
	if (deeper.length > 0) return [];
	return [{
		path,
		folder,
		name,
		bytes: Number(bytes)
	}];
}
/**
* Given a listing and what the user asked for (`latest`, `random` or a name), return that backup.
* `random` is a number in [0, 1). Throws UserMistake when there is none.
*/
function choose(listing, wanted, random) {
	const { backups } = listing;
	const newest = backups[0];
	if (!newest) throw new UserMistake({
		what: "There is no backup of this database in the backup volume.",
		why: "No file named `<database>_<date>_<time>.dump` stands in daily/, weekly/ or monthly/.",
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
// src/backups/side-database.ts
/** Databases that a restore makes beside production: their names, and the comments by which they are known to be ours. */
/** What production was beside its content: nothing else holds it while production is dropped (checks/database-properties.ts). */
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
/** Containers that a run stopped, or is about to: the next run starts them, where a reboot has ended whoever else would. */
const stopped = optional(readonly(array(string())));
/** What a database of ours is, as its comment says it. */
const schema = discriminatedUnion("is", [
	object({
		is: literal$1("incoming"),
		of: string(),
		backup: string(),
		since: datetime(),
		/** The filestore that is restored with it: where it stands until it is live, and where the live one goes then. */
		filestore: optional(object({
			aside: string(),
			next: string()
		})),
		/** All of it is proven: production, which was dropped for it, has only to be it. */
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
		/** It was itself restored, and an undo took it back. */
		undone: optional(boolean()),
		/** It made room to be dropped (`strategy: replace`). */
		doomed: optional(boolean()),
		stopped
	}),
	object({
		is: literal$1("vacant"),
		of: string(),
		backup: string(),
		since: datetime(),
		/** The backup that was taken before; null when that was declined. */
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
/** Given a mark, return the comment that carries it: a sentence for people, then the same for machines. */
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
/** Given a database's comment, return our mark in it, or undefined when it is somebody else's. */
function parseMark(comment) {
	const text = comment?.startsWith(PREFIX) ? /\{.*\}$/s.exec(comment)?.[0] : void 0;
	if (text === void 0) return void 0;
	try {
		return schema.safeParse(JSON.parse(text)).data;
	} catch {
		return;
	}
}
/** SQL that answers every database with a comment that may be a mark of ours. One row, one JSON value. */
const COMMENTED_QUERY = `
SELECT coalesce(json_agg(json_build_object('name', d.datname, 'comment', shobj_description(d.oid, 'pg_database'),
  'bytes', pg_database_size(d.oid)) ORDER BY d.datname), '[]') AS commented
FROM pg_database d WHERE shobj_description(d.oid, 'pg_database') LIKE '${PREFIX}%}'`;
/** Given what COMMENTED_QUERY answered and the production database, return the databases beside it that are ours. */
function sideDatabases(commented, production) {
	return commented.flatMap(({ name, comment, bytes }) => {
		const mark = parseMark(comment);
		return mark?.of === production && name !== production ? [{
			name,
			mark,
			bytes
		}] : [];
	});
}
/** Given the same, return the mark of the database that has production's name while production is dropped, if there is none. */
function vacancyIn(commented, production) {
	const mark = parseMark(commented.find(({ name }) => name === production)?.comment ?? null);
	return mark?.is === "vacant" && mark.of === production ? mark : void 0;
}
/** Given databases beside production and the present time, return those whose date is past: the retention may drop them. */
function expired(databases, now) {
	return databases.filter(({ mark }) => mark.is !== "incoming" && mark.is !== "vacant" && !(mark.is === "former" && !mark.confirmed) && Date.parse(mark.until) < now.getTime());
}
/** PostgreSQL cuts longer names off silently (NAMEDATALEN - 1). */
const LONGEST_NAME = 63;
/** Given the production database, what a database beside it is for and a stamp, return its name. */
function sideName(production, purpose, stamp) {
	const suffix = `_${purpose}_${stamp}`;
	let stem = production;
	while (Buffer.byteLength(stem + suffix) > LONGEST_NAME) stem = stem.replace(/.$/su, "");
	return stem + suffix;
}
// src/commands/databases.ts
/** Given a name, an owner and a source's locale, return the statement that creates an empty database of them. */
function createDatabase({ name, owner, locale, tablespace }) {
	const where = tablespace === void 0 ? "" : ` TABLESPACE ${identifier(tablespace)}`;
	return `CREATE DATABASE ${identifier(name)} OWNER ${identifier(owner)} TEMPLATE template0 ${localeClause(locale)}${where}`;
}
/** A database carries this suffix until it carries the mark: one that died in between is ours by its name. */
const UNMARKED_SUFFIX = "__openspp_backup_new";
/** Given the name of a database of ours, return the one that it has until it carries its mark. */
function unmarkedNameOf(name) {
	return `${name.slice(0, 43)}${UNMARKED_SUFFIX}`;
}
/** Given what to create, return the statements that do it; the first cannot stand in a transaction with the others. */
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
/** As `CREATE DATABASE` takes what pg_database holds (PostgreSQL manual, "Locale Providers"). */
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
/** Given a database, return the statement that drops it and ends whoever is connected to it. */
function dropDatabase(name) {
	return `DROP DATABASE IF EXISTS ${identifier(name)} WITH (FORCE)`;
}
/** Given a database, return the statement by which anybody, or nobody, not even a superuser, can connect to it. */
function allowConnections(name, allow) {
	return `ALTER DATABASE ${identifier(name)} ALLOW_CONNECTIONS ${allow}`;
}
/** Given two names, return the statement that renames a database. It waits 5 s for others to leave it, then fails. */
function renameDatabase(from, to) {
	return `ALTER DATABASE ${identifier(from)} RENAME TO ${identifier(to)}`;
}
/** Given a database and a text, or null for none, return the statement that makes it the database's comment. */
function commentOnDatabase(name, text) {
	return `COMMENT ON DATABASE ${identifier(name)} IS ${text === null ? "NULL" : literal(text)}`;
}
/**
* Given an exchange, return the statements that make it in one transaction: whatever happens, production is wholly the
* one or wholly the other. While it waits for others to leave, nobody can connect to either.
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
/** Given a database, return the statement that ends whoever is connected to it and answers how many that were. */
function endSessions(name) {
	return `SELECT count(pg_terminate_backend(pid))::int AS ended FROM pg_stat_activity WHERE datname = ${literal(name)} AND pid <> pg_backend_pid()`;
}
// src/deployment/containers.ts
/** Given the output of `discoverProject`, return what it says. */
function parseInspection(output) {
	const [epoch = "", cores = "", config = "", strays = "", ...containers] = output.split("\n");
	return {
		hostEpochSeconds: Number.parseInt(epoch, 10),
		cores: Math.max(1, Number.parseInt(cores, 10) || 1),
		config: JSON.parse(config),
		strays: Number.parseInt(strays, 10),
		containers: JSON.parse(containers.join("\n"))
	};
}
/** Given the containers and a service's name, return its container, a running one first; `run --rm` ones do not count. */
function containerOf(containers, service) {
	return containers.filter(({ Config: { Labels } }) => Labels["com.docker.compose.service"] === service).filter(({ Config: { Labels } }) => Labels["com.docker.compose.oneoff"] !== "True").sort((a, b) => Number(isRunning(b)) - Number(isRunning(a)))[0];
}
/** Given a container, return whether commands can be run in it: Docker counts paused and restarting ones as running, too. */
function isRunning({ State }) {
	return State.Status === "running";
}
/** Given a container, return its state in Docker's words, for example `running (healthy)`. */
function stateOf(container) {
	if (!container) return "not created";
	const { Status, Health } = container.State;
	return Health ? `${Status} (${Health.Status})` : Status;
}
/**
* Given a service of the configuration and its container, return its environment. The container has the
* last word: that is what runs. `docker compose config` doubles each dollar sign, to be read again by Compose.
* An empty variable says nothing, so it is left out.
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
/** Given a container, return every address of it. */
function addressesOf({ NetworkSettings }) {
	return Object.values(NetworkSettings.Networks).flatMap((network) => [network.IPAddress, network.GlobalIPv6Address].filter(Boolean));
}
/** Given a container, return an address of it that its host can reach, and undefined when it has none. */
function addressOf({ NetworkSettings }) {
	const networks = Object.values(NetworkSettings.Networks);
	return networks.find((network) => network.IPAddress)?.IPAddress ?? networks.find((network) => network.GlobalIPv6Address)?.GlobalIPv6Address;
}
// src/deployment/compose.ts
/**
* Given what the host says and the user's overrides, return the
* deployment. Throws UserMistake, one sentence each, for a service that is missing or does not run.
*/
function deploymentOf(inspection, settings, epochSeconds) {
	const { config, containers } = inspection;
	const database = databaseOf(config, containers, settings);
	const filestore = filestoreOf(containers, settings);
	return {
		...backupSiteOf(inspection, settings, epochSeconds),
		services: Object.entries(config.services).map(([name, service]) => serviceOf(name, service.image ?? "built locally", containerOf(containers, name))),
		database,
		...filestore && { filestore },
		strays: inspection.strays
	};
}
/** Given the same, return what the backups need. Throws UserMistake when no container has the backup volume. */
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
/** Given the same, return how to reach the database. Throws UserMistake when its server does not run in the project. */
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
/** Given the same, return the names of the production database, of the role that makes databases and of the one that owns the data. */
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
/** The URL holds a password, so that no more of it than its host is ever printed. */
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
/** Given the backup service's container, running or not, return what it says of the volume. Throws UserMistake when it mounts none. */
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
/** The volume or folder of the host on which a container's directory lies: the deepest mount, where one is inside another. */
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
/** Docker does not answer the SSH user: to who watches a deployment, that is a finding. */
var EngineSilent = class extends UserMistake {};
/** Given a host and the user's settings, return the deployment that stands there; throws UserMistake saying what does not. */
async function discover(host, settings, { clock, signal }) {
	return deploymentOf(await inspect(host, settings, signal), settings, clock.now().getTime() / 1e3);
}
/** Given the same, return what its backups need, although its database server may be down. */
async function discoverBackupSite(host, settings, { clock, signal }) {
	return backupSiteOf(await inspect(host, settings, signal), settings, clock.now().getTime() / 1e3);
}
/** Given the same, return what the host says, whatever of it is down. Throws EngineSilent when Docker does not answer. */
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
export { userSchema as $, unfinishedOnes as A, listTree as B, expired as C, choose as D, vacancyIn as E, composeByHand as F, removeFiles as G, measure as H, removeContainers as I, COMPARING_SETTINGS as J, removeTrees as K, throwawayLabelOf as L, parseRecords as M, recordPath as N, filesOf as O, serializeRecord as P, qualified as Q, freeSpace as R, commentOf as S, sideName as T, partialsOf as U, makeFolder as V, publish as W, literal as X, identifier as Y, ownByNoExtension as Z, dropDatabase as _, backupVolumeOf as a, unmarkedNameOf as b, addressOf as c, stateOf as d, UNMARKED_SUFFIX as f, createMarkedStatements as g, createDatabase as h, inspect as i, RECORDS_FOLDER as j, parseListing as k, containerOf as l, commentOnDatabase as m, discover as n, databaseNamesOf as o, allowConnections as p, stampNow as q, discoverBackupSite as r, databaseOf as s, EngineSilent as t, isRunning as u, endSessions as v, sideDatabases as w, COMMENTED_QUERY as x, exchangeStatements as y, listFiles as z };
