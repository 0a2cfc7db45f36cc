import { a as UserMistake, n as Failed } from "./failure.js";
import { n as formatCount, t as counted } from "./count.js";
import { r as isProven } from "./compared-tables.js";
import { i as directoryOf, l as parseDumpName, o as manifestNameOf, r as FOLDERS, t as COPY_FOLDER, u as poolOf } from "./backup-name.js";
import { a as passed, i as notRun, o as switchedOff, r as failed } from "./check.js";
import { t as formatBytes } from "./bytes.js";
import { t as formatMoment } from "./moment.js";
import { a as and, c as program, n as print, o as inContainer, r as quote, t as pasteable } from "./shell.js";
import { t as CommandFailed } from "./command-failed.js";
import { t as parseManifest } from "./manifest.js";
import { D as parseTableOfContents, O as relationsOfExtensions, T as printAgain, _ as firstFew, c as contentOf, d as restoreGeneratedRights, g as geometriesOf, h as compareGeometries, i as inTransactions, l as scanTask, p as compareSequences, s as TABLES_QUERY, t as observe, u as compareLargeObjects, w as againQuery } from "./observe.js";
import { A as chooseBackup, G as hasRoom, J as ServerError, L as inBackup, P as composeByHand, R as onDatabase, X as firstValue, _ as createDatabase, _t as literal, b as endSessions, dt as stampIn, et as hashFiles, f as withSession, ft as stampNow, gt as identifier, h as allowConnections, it as measuredIn, j as filesOf, lt as removeFiles, p as withSessions, rt as measure, ut as removeTrees, vt as qualified, x as exchangeStatements, y as dropDatabase, z as uncancelled } from "./discover.js";
import { C as compareFilestore, D as readArchive, E as judgePool, H as writeRestoreList, I as pgRestore, L as pgRestoreList, N as moveToTablespace, O as LACKS_ZSTD, P as optionVariables, R as printTablespaces, S as inVolumesContainer, T as PACKER, U as writeWholeList, V as restoreStatements, b as runJudgement, m as checkFolder, o as exchangeCommand, p as stagingCommand, v as attachmentsOf, w as idsOf, x as WORK, y as judgementCommand, z as psql } from "./kept-filestores.js";
import { T as compareExtensions, b as startContainers, f as propertiesQuery, u as applyProperties, x as stopContainers, y as awaitHealthy } from "./refuse-server.js";
import { d as makeFolder, l as freeBytesIn, t as RESTORE_LIST, u as freeSpace } from "./throwaway-database.js";
import { i as MAINTENANCE_DATABASE } from "./locked.js";
import { c as withRetries, i as openFromHost, n as nextOf, o as runTool, p as remoteListing, s as whyOf, t as listFilesOf } from "./offsite.js";
import { setTimeout } from "node:timers/promises";
// src/operations/disk-watch.ts
/** In bytes per second: no disk is filled faster. */
const FASTEST_WRITES = 1e9;
const LONGEST_PAUSE_SECONDS = 10;
/** Seconds until the disk must be looked at again. Each look costs the host a process in a container. */
function pauseAt(free) {
	return Math.min(Math.max(1, free / FASTEST_WRITES), LONGEST_PAUSE_SECONDS);
}
/**
* Does work that fills the database server's disk, and ends it with Failed before that disk is
* full. `state` says how things are then. Without the server's data directory nothing is watched.
*/
async function whileDiskHasSpace(run, state, work) {
	if (run.facts.dataDirectory === "") return work(run);
	const full = new AbortController();
	const over = new AbortController();
	const signal = AbortSignal.any([run.signal, full.signal]);
	const watching = watch(run, state, full, over.signal).catch(() => {});
	try {
		return await work({
			...run,
			signal
		});
	} catch (error) {
		throw full.signal.aborted && !run.signal.aborted ? full.signal.reason : error;
	} finally {
		over.abort();
		await watching;
	}
}
async function watch(run, state, full, over) {
	const command = freeSpace(run.facts.dataDirectory);
	while (!over.aborted) {
		const free = freeBytesIn(await onDatabase({
			...run,
			signal: over
		}, command));
		if (free < 67108864) return full.abort(almostFull(free, state));
		await setTimeout(pauseAt(free) * 1e3, void 0, { signal: over });
	}
}
function almostFull(free, state) {
	return new Failed({
		what: `The disk of the database server ran full while the backup was restored: ${formatBytes(free)} were left, and a server that cannot write stops.`,
		state,
		next: "Find what else fills that disk, free space on it or give it more, then try again."
	});
}
// src/operations/offsite/find-copy.ts
/**
* No clock of the deployment can be asked here, so stamps of backups without a manifest are read as
* UTC.
*/
const UTC = "+0000";
/** Throws UserMistake when there is none. */
async function findCopy(finding, offsite, wanted, offset = UTC) {
	const files = await listFilesOf(offsite, finding.signal);
	const database = wanted.database ?? onlyDatabaseIn(files, offsite);
	const listing = remoteListing(files, database, offset);
	const backup = chooseCopy(listing, wanted.backup, offsite);
	warnOfIncomplete(listing, backup, finding);
	const bytes = await bytesOf(finding, offsite, backup, database);
	if (!backup.manifest) return {
		database,
		backup,
		listing,
		bytes
	};
	return {
		database,
		backup,
		listing,
		bytes,
		manifest: await readManifest(finding, offsite, backup)
	};
}
/** A listing's paths start with a slash (backups/offsite-plan.ts); a remote's do not. */
function belowRemote(path) {
	return path.replace(/^\//, "");
}
/** All backups share the pool, so all of it is fetched. */
async function bytesOf({ signal }, offsite, { bytes, filestore }, database) {
	const own = bytes + (filestore?.bytes ?? 0);
	if (filestore?.kind !== "incremental") return own;
	const pool = belowRemote(`${poolOf("", database)}/`);
	return (await listFilesOf(offsite, signal, true)).filter(({ path }) => path.startsWith(pool)).reduce((sum, file) => sum + file.bytes, own);
}
/**
* The manifest is copied last. So the latest backup is the newest with a manifest, or simply the
* newest when none has one. Throws UserMistake when there is no backup.
*/
function chooseCopy(listing, wanted, { remote }) {
	const complete = listing.backups.filter(({ manifest }) => manifest);
	if (wanted === "latest" && complete[0]) return complete[0];
	if (listing.backups.length > 0) return chooseBackup(listing, wanted, Math.random());
	throw new UserMistake({
		what: `There is no backup of this database on \`${remote.address}\`.`,
		why: "Its daily/, weekly/ and monthly/ hold no file named `<database>_<date>_<time>.dump`.",
		state: "Nothing was changed.",
		next: "Copy one there: openspp-backup sync. If the path is wrong, correct `remote`."
	});
}
function warnOfIncomplete({ backups }, { takenAt, manifest }, { journal }) {
	const newer = manifest ? backups.filter((one) => !one.manifest && one.takenAt > takenAt) : [];
	for (const { name } of newer) journal.log.warning(`${name} has no manifest there: its copy is not complete, and it is passed over.`);
}
function onlyDatabaseIn(files, { remote }) {
	const names = new Set(files.flatMap(({ path }) => parseDumpName(path.slice(path.lastIndexOf("/") + 1))?.database ?? []));
	const [only = "", ...others] = [...names].sort();
	if (others.length === 0) return only;
	throw new UserMistake({
		what: `\`${remote.address}\` holds the backups of ${names.size} databases: ${[...names].sort().join(", ")}.`,
		state: "Nothing was done.",
		next: "Say with `database` which of them you mean."
	});
}
async function readManifest(finding, offsite, { path, name }) {
	try {
		const { stdout } = await withRetries(finding, offsite, () => runTool(offsite, offsite.tool.read(belowRemote(manifestNameOf(path))), finding.signal));
		return parseManifest(stdout, name);
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		throw new Failed({
			what: `The manifest of ${name} could not be read from \`${offsite.remote.address}\`.`,
			why: whyOf(offsite, error),
			state: "Nothing was restored."
		}, { cause: error });
	}
}
// src/operations/offsite/fetch-copy.ts
/**
* Fetches a copy's files into an empty folder of the machine that the tool runs on. Each gets the
* path that it has on the remote. Throws Failed, with the tool's own reason.
*/
async function fetchCopy({ journal, signal, bandwidthLimit }, offsite, copy, folder) {
	const { tool, remote } = offsite;
	const { name } = copy.backup;
	const bring = (command, what) => withRetries({
		journal,
		signal
	}, offsite, () => runTool(offsite, offsite.within(command, folder), signal, ({ fraction }) => journal.log.progress(fraction, `of ${what} fetched`)));
	const options = bandwidthLimit === void 0 ? {} : { bandwidthLimit };
	try {
		await bring(tool.download(filesOf(copy.backup).map(belowRemote), folder, options), name);
		if (copy.backup.filestore?.kind === "incremental") {
			const pool = belowRemote(poolOf("", copy.database));
			await bring(tool.downloadFolder(pool, folder, options), "the filestore's files");
		}
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		throw new Failed({
			what: `${name} could not be fetched from \`${remote.address}\`.`,
			why: whyOf(offsite, error),
			state: "Nothing was restored. What had arrived was removed; the remote is as it was.",
			next: nextOf(offsite, error)
		}, { cause: error });
	}
}
/** Throws Failed unless the copy fits where it is to be fetched to. */
function refuseTooLarge({ backup, bytes }, freeBytes, where) {
	if (hasRoom(freeBytes, bytes)) return;
	throw new Failed({
		what: `${where} has ${formatBytes(freeBytes)} free, and ${backup.name} takes ${formatBytes(bytes)} with what belongs to it.`,
		state: "Nothing was fetched.",
		next: "Free space there, or give it more."
	});
}
// src/operations/offsite/fetched-copy.ts
/**
* Fetches a backup from the remote into a hidden folder of the backup volume, does `work` with it,
* and always removes the folder. `since`, in seconds of the clock, is when the first byte was asked
* for. The volume's own backups are not used.
*/
async function withFetchedCopy(run, wanted, work) {
	const { journal, clock, deployment, settings, signal } = run;
	const { backups, database } = deployment;
	const offsite = await openFromHost(run);
	const since = clock.seconds();
	const folder = `${backups.directory}/daily/${COPY_FOLDER}`;
	const { freeBytes, offset } = await makeRoom(run, folder);
	try {
		const copy = await journal.phase("Find the backup off-site", () => findCopy(run, offsite, {
			database: database.name,
			backup: wanted
		}, offset));
		refuseTooLarge(copy, freeBytes, `The backup volume ${backups.volume}`);
		await journal.phase(`Fetch ${copy.backup.name}`, () => fetchCopy({
			journal,
			signal,
			bandwidthLimit: settings.sync.bandwidthLimit
		}, offsite, copy, `${backups.hostPath}/daily/${COPY_FOLDER}`));
		return await work(fetchedInto(folder, copy.backup), since);
	} finally {
		await removeFetched(run, folder);
	}
}
/** A remote's backup as it is in the folder that it was fetched to. */
function fetchedInto(folder, backup) {
	const { path, filestore } = backup;
	return {
		...backup,
		path: `${folder}${path}`,
		...filestore && { filestore: {
			...filestore,
			path: `${folder}${filestore.path}`
		} }
	};
}
/** Backups that were taken here have their stamps from the container's clock. */
async function makeRoom(run, folder) {
	const output = await inBackup(run, and(stampNow(), makeFolder(folder)));
	return {
		offset: stampIn(output).offset,
		freeBytes: freeBytesIn(output)
	};
}
/** It ignores a cancellation and throws nothing: the next run removes what stays. */
async function removeFetched(run, folder) {
	await inBackup(uncancelled(run), removeTrees([folder])).catch(() => {
		run.journal.log.warning(`${folder} could not be removed; the next run does it.`);
	});
}
// src/backups/dump-statements.ts
/** Comments, commands of psql (pg_restore begins with `\\restrict`), literals, quoted names, dollar-quoted bodies, words, and any other character alone. */
const TOKEN = /--[^\n]*|\\[^\n]*|\/\*[\s\S]*?\*\/|[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[\s\S]*?\$\1\$|[\w\u0080-\uffff$]+|[^\s]/gy;
/** `sql` is a whole script of pg_restore, which sets `standard_conforming_strings`. */
function statementsOf(sql) {
	const statements = [[]];
	let depth = 0;
	for (const text of tokensOf(sql)) {
		if (text === ";" && depth === 0) {
			statements.push([]);
			continue;
		}
		if (text === ")") depth -= 1;
		statements.at(-1)?.push({
			text,
			depth
		});
		if (text === "(") depth += 1;
	}
	return statements.filter(({ length }) => length > 0);
}
function* tokensOf(sql) {
	const space = /\s*/y;
	let at = 0;
	while (at < sql.length) {
		space.lastIndex = at;
		space.exec(sql);
		TOKEN.lastIndex = space.lastIndex;
		const text = TOKEN.exec(sql)?.[0];
		if (text === void 0) return;
		at = TOKEN.lastIndex;
		if (!/^(?:--|\/\*|\\)/.test(text)) yield text;
	}
}
/** Whether the statement begins with these words. */
function begins(statement, ...words) {
	return words.every((word, index) => statement[index]?.text === word);
}
/** What follows a word that is in no parentheses; undefined without that word. */
function after(statement, ...words) {
	const at = statement.findIndex((_, index) => words.every((word, offset) => {
		const token = statement[index + offset];
		return token?.text === word && token.depth === 0;
	}));
	return at < 0 ? void 0 : statement.slice(at + words.length);
}
/** A name as the catalog has it. */
function unquoted(name) {
	return name.startsWith("\"") ? name.slice(1, -1).replaceAll("\"\"", "\"") : name;
}
// src/backups/superuser-definitions.ts
/**
* Definitions of the Odoo role's that only a superuser may create again: it got them by ALTER … OWNER TO. Only statements
* that evaluate nothing of the Odoo role's are named. A literal in a default, a condition or a body is evaluated when it is
* read (PostgreSQL's coerce_type), with the checks of its type.
*/
/** Those whose statements must be read to know. Empty for most databases. */
function definitionsToRead({ entries }, owner) {
	const foreignRoutines = new Set(entries.filter((entry) => ROUTINES.has(entry.kind) && entry.owner !== owner).map(idOf));
	return entries.filter((entry) => entry.owner === owner && (ROUTINES.has(entry.kind) || entry.kind === "TRIGGER" && entry.dependsOn.some((id) => foreignRoutines.has(id))));
}
const ROUTINES = /* @__PURE__ */ new Set([
	"FUNCTION",
	"PROCEDURE",
	"AGGREGATE"
]);
const idOf = ({ id }) => id;
/** The ids of those among `read`. `sql` is what pg_restore prints of them, in the order of the list. */
function superuserDefinitions(read, sql) {
	const creates = statementsOf(sql).filter((statement) => begins(statement, "CREATE"));
	if (creates.length !== read.length) throw new Error(`pg_restore printed ${creates.length} definitions of ${read.length}`);
	return read.filter(({ kind }, index) => {
		const statement = creates[index] ?? [];
		if (kind === "TRIGGER") return after(statement, "WHEN") === void 0;
		return kind === "AGGREGATE" ? hasInternalState(statement) : needsSuperuser(statement);
	}).map(idOf);
}
/** `pg_language.lanpltrusted` of the languages that are known. */
const TRUSTED_LANGUAGES = /* @__PURE__ */ new Set([...[
	"sql",
	"plpgsql",
	"plperl",
	"pltcl"
], ...[
	"plv8",
	"plcoffee",
	"plls",
	"pllua",
	"java"
]]);
function needsSuperuser(routine) {
	const language = after(routine, "LANGUAGE")?.[0]?.text ?? "";
	if (!TRUSTED_LANGUAGES.has(language)) return true;
	return !(routine.some(({ text }) => text === "DEFAULT") || after(routine, "BEGIN") !== void 0 || after(routine, "RETURN") !== void 0) && [after(routine, "LEAKPROOF"), after(routine, "SUPPORT")].some(Boolean);
}
function hasInternalState(aggregate) {
	return aggregate.some(({ text }, index) => ["STYPE", "MSTYPE"].includes(text) && aggregate[index + 2]?.text === "internal");
}
// src/backups/tablespace-moves.ts
/** What pg_restore prints above each definition that has a tablespace of its own. */
const HEADER = /^-- Name: (?<name>.*); Type: (?<kind>[A-Z ]+); Schema: (?<schema>.*); Owner: (?<owner>.*); Tablespace: (?<tablespace>.*)$/;
/**
* `headers` are lines of that form. A body of a function may hold one, too, so only those count that the table of contents
* confirms. `owner` is the Odoo role in the source.
*/
function tablespaceMoves(headers, { entries }, owner) {
	const lines = new Set(entries.map(({ line }) => line));
	const tables = new Set(entries.filter(({ kind }) => kind === "TABLE").map(({ schema, name }) => `${schema}.${name}`));
	return headers.split("\n").flatMap((header) => {
		const { name = "", kind, schema = "", owner: of, tablespace = "" } = HEADER.exec(header)?.groups ?? {};
		if (of !== owner || !lines.has([
			kind,
			schema,
			name,
			of
		].join(" "))) return [];
		switch (kind) {
			case "TABLE":
			case "INDEX":
			case "MATERIALIZED VIEW": return [{
				kind,
				schema,
				name,
				tablespace
			}];
			case "CONSTRAINT": return [{
				kind: "INDEX",
				schema,
				name: indexOf(name, schema, tables),
				tablespace
			}];
			default: return [];
		}
	});
}
/** The entry of a key is named by its table and itself. Its index has its own name. */
function indexOf(name, schema, tables) {
	const words = name.split(" ");
	const length = words.findIndex((_, index) => tables.has(`${schema}.${words.slice(0, index + 1).join(" ")}`));
	return words.slice(length + 1).join(" ");
}
// src/operations/proof/open-archive.ts
/**
* Reads the manifest and the table of contents and measures the bytes, all at once. Throws Failed when the dump
* cannot be read though its bytes are right or no manifest says what they were.
*/
async function openArchive(run, backup) {
	const reading = Promise.all([backup.manifest ? inBackup(run, program(["cat", manifestNameOf(backup.path)])) : void 0, inBackup(run, pgRestoreList(backup.path, "verbose")).catch((error) => unreadable(error, backup))]);
	const measuring = inBackup(run, measure(backup.path));
	measuring.catch(() => {});
	const [text, listed] = await reading;
	const manifest = text === void 0 ? void 0 : parseManifest(text, backup.name);
	const contents = parseTableOfContents(listed instanceof Failed ? "" : listed, manifest?.roles ? Object.values(manifest.roles).flat() : []);
	const [definitions, { bytes, sha256 }] = await Promise.all([readDefinitions(run, backup, contents, manifest).catch((error) => unreadable(error, backup)), measuring.then(measuredIn)]);
	const check = judgeArchive(backup.name, bytes, sha256, manifest);
	for (const one of [listed, definitions]) if (one instanceof Failed && check.status === "passed") throw one;
	return {
		backup,
		...manifest && { manifest },
		contents,
		...definitions instanceof Failed ? {
			superuser: [],
			moves: []
		} : definitions,
		sha256,
		check
	};
}
/** The Odoo role in the database that was dumped; undefined under the flexible policy, where one login restores all. */
function sourceOwner({ policy, database }, manifest) {
	if (policy === "flexible") return void 0;
	return manifest?.roles?.owner ?? database.owner.name;
}
/** What the definitions say about the login that must restore them. */
async function readDefinitions(run, { path }, contents, manifest) {
	const owner = sourceOwner(run.deployment, manifest);
	if (owner === void 0 || contents.entries.length === 0) return {
		superuser: [],
		moves: []
	};
	const toRead = definitionsToRead(contents, owner);
	const ids = toRead.map(({ id }) => id);
	const [statements, headers] = await Promise.all([ids.length === 0 ? "" : inBackup(run, restoreStatements(path, RESTORE_LIST, [{
		action: "keep",
		ids
	}])), inBackup(run, printTablespaces(path, `${RESTORE_LIST}.sql`))]);
	return {
		superuser: superuserDefinitions(toRead, statements),
		moves: tablespaceMoves(headers, contents, owner)
	};
}
function unreadable(error, { name, bytes }) {
	if (!(error instanceof CommandFailed)) throw error;
	return new Failed({
		what: `${name} (${formatBytes(bytes)}) is not a readable dump.`,
		why: error.reason,
		state: "Nothing was restored.",
		next: "It was cut short or damaged. Drill another backup, and take a new one."
	}, { cause: error });
}
/** Compares size and checksum with the manifest. Without one, it passes: the table of contents was readable. */
function judgeArchive(name, bytes, sha256, manifest) {
	const next = "It was changed or damaged after it was written. Drill another backup, take a new one, and look at the disk.";
	if (!manifest) return passed("archive", `${name} (${formatBytes(bytes)}) is readable. It has no manifest, so no checksum to compare.`);
	if (bytes !== manifest.dump.bytes) return failed("archive", `${name} has ${bytes} bytes instead of ${manifest.dump.bytes}.`, next);
	if (sha256 !== manifest.dump.sha256) return failed("archive", `${name} has another SHA-256 than when it was written.`, next);
	return passed("archive", `${name} (${formatBytes(bytes)}) is readable, and its SHA-256 is the manifest's.`);
}
// src/checks/restore-trouble.ts
/** Of a person's own data, a message of PostgreSQL shows what it quotes. Names of these are no data. */
const NAMED = /\b(?:table|relation|view|index|sequence|column|constraint|trigger|function|procedure|aggregate|operator|class|family|method|type|domain|schema|extension|language|role|user|database|tablespace|server|wrapper|policy|rule|collation|publication|subscription|parameter|configuration|dictionary|parser|template|file|directory|library)\s+$/i;
/** Some messages of PostgreSQL hold the value that caused the error; it may be personal data. */
function withoutValues(message) {
	return message.replaceAll(/"(?:[^"]|"")*(?:"|$)/gs, (quoted, offset) => NAMED.test(message.slice(0, offset)) ? quoted : "…").replaceAll(/=\(.*\)/gs, "=(…)");
}
const SAME_FAULT = "Then take a new backup; the older ones have the same fault.";
/**
* PostgreSQL restores with an empty search path, and table by table. A dump of a good database cannot be restored where a
* function needs another path, or where a check looks at other tables (PostgreSQL manual, "Constraints"). `output` is what the
* tool printed, in English; where it says nothing known, the advice is general.
*/
function restoreTrouble(output, reason) {
	const printed = firstError(output) ?? {
		line: reason,
		context: ""
	};
	const routine = routineIn(printed.context);
	const where = routine === void 0 ? "" : ` (in the function ${routine.name})`;
	if (routine?.raises) return {
		why: `the function ${routine.name} raises an error`,
		next: `${routine.name} is called while rows are restored, and not all tables are filled then. In production, see which check or column calls it, and let it look at nothing but its arguments; or make the check a trigger. ${SAME_FAULT}`
	};
	return {
		why: `${withoutValues(printed.line)}${where}`,
		next: adviceFor(printed.line, routine?.name)
	};
}
function adviceFor(line, routine) {
	if (routine !== void 0 && /does not exist/.test(line)) return `A restore has no search path, so this function must bring its own. In production: ALTER FUNCTION ${routine} SET search_path = public, pg_temp; name other schemas there, too, if it needs them. ${SAME_FAULT}`;
	const check = /relation "(?<relation>[^"]+)" violates check constraint "(?<constraint>[^"]+)"/.exec(line) ?? /check constraint "(?<constraint>[^"]+)" of relation "(?<relation>[^"]+)" is violated/.exec(line);
	if (check?.groups) {
		const { relation, constraint } = check.groups;
		return `A check may look only at its own row, because others may not be restored yet. If \`${constraint}\` looks at another table, make it a trigger. In production: ALTER TABLE "${relation}" DROP CONSTRAINT "${constraint}". If rows break it there, correct them. ${SAME_FAULT}`;
	}
	const domain = /value for domain (?<domain>\S+) violates check constraint "(?<constraint>[^"]+)"/.exec(line);
	if (domain?.groups) {
		const { domain: name, constraint } = domain.groups;
		return `A check may look only at its own value, because other rows may not be restored yet. If \`${constraint}\` looks at a table, replace it. In production: ALTER DOMAIN ${name} DROP CONSTRAINT "${constraint}". If values break it there, correct them. ${SAME_FAULT}`;
	}
	const key = /table "(?<table>[^"]+)" violates foreign key constraint "(?<constraint>[^"]+)"/.exec(line);
	if (key?.groups) return `Production holds rows of \`${key.groups.table}\` that point to rows which do not exist, although \`${key.groups.constraint}\` forbids it. Correct them there. ${SAME_FAULT}`;
	const unique = /could not create unique index "(?<index>[^"]+)"/.exec(line) ?? /duplicate key value violates unique constraint "(?<index>[^"]+)"/.exec(line);
	if (unique?.groups) return `Production holds rows twice that \`${unique.groups.index}\` should keep apart: this index is damaged there. Correct the rows, then REINDEX it. ${SAME_FAULT}`;
	if (routine !== void 0) return `${routine} is called while rows are restored, without a search path and before all tables are filled. In production, see which check, column or index calls it, and let it depend on neither. ${SAME_FAULT}`;
	return "This backup cannot be restored as it is. Drill an older one now, and take a new backup.";
}
/** The first error of the server, up to the tool's next message or the statement that it tried. */
function firstError(output) {
	const lines = output.split("\n");
	const at = lines.findIndex((line) => /\b(?:ERROR|FATAL|PANIC): /.test(line));
	if (at < 0) return void 0;
	const after = lines.slice(at + 1);
	const end = after.findIndex((line) => /^(?:pg_restore|psql)\b.*: |^Command was: /.test(line));
	const context = (end < 0 ? after : after.slice(0, end)).join("\n");
	return {
		line: (lines[at] ?? "").trim(),
		context
	};
}
/** The innermost function in the lines of CONTEXT. */
function routineIn(context) {
	const found = /^(?:CONTEXT: +)?(?:PL\/pgSQL|SQL) function (?:"(?<quoted>[^"]+)"|(?<name>.+?)) (?<rest>line \d+|statement|during|while)(?: at (?<at>\w+))?/m.exec(context);
	if (!found?.groups) return void 0;
	const { quoted, name, at } = found.groups;
	return {
		name: name ?? `"${quoted}"`,
		raises: at === "RAISE"
	};
}
// src/checks/sql-checks.ts
/** `answer` is the text of the first value; null for SQL's NULL or no row. */
function judgeSqlCheck({ name, expect }, answer) {
	return answer === expect ? passed(`sql: ${name}`, "Answered as expected.") : failed(`sql: ${name}`, "Answered other than expected. The answer is not shown here, as it may be personal data.", "Run the statement by hand on a kept throwaway database (`keep-database`).");
}
function sqlCheckRefused({ name }, reason) {
	return failed(`sql: ${name}`, `The server refused the statement: ${reason}`, "Correct it in `sql-checks`.");
}
// src/operations/filestore/prove-filestore.ts
/**
* Proves that the backup's filestore holds every file that an attachment of the restored database names.
* Each must have the content that its name and its row say.
*/
async function proveFilestore(run, archive, database, session) {
	if (!archive.contents.entries.some(({ kind, schema, name }) => kind === "TABLE" && schema === "public" && name === "ir_attachment")) return passed("filestore", "The database has no attachments as Odoo's have, so it needs no filestore.");
	const { filestore } = archive.backup;
	if (!filestore) return judgeAbsent(run, archive, session);
	const proof = proofOf(run, archive, filestore, judgementCommand(run, { database }));
	try {
		const { findings, why } = await runJudgement(run, inVolumesContainer(run.deployment, { backups: "read" }, proof));
		const expected = archive.manifest?.filestore;
		return compareFilestore(findings, {
			check: "filestore",
			name: filestore.name,
			expected,
			hashed: "all",
			why,
			next: filestore.kind === "incremental" ? DAMAGED_POOL : DAMAGED
		});
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		if (error.exit === 69) {
			const { what, next } = LACKS_ZSTD;
			return notRun("filestore", `${filestore.name} was not read. ${what}`, next);
		}
		return failed("filestore", `${filestore.name} could not be read: ${error.reason}`, DAMAGED);
	}
}
const DAMAGED = "Do not rely on this backup for attachments. Drill an older one, take a new one, and look at the disk.";
const DAMAGED_POOL = "Do not rely on this backup for attachments. Take a new one: after a drill that failed it hashes the pool, and copies again what is missing there or damaged. Then drill again, and look at the disk.";
function proofOf({ deployment, settings }, { manifest }, { kind, path }, judging) {
	const { name: database } = deployment.database;
	const reading = {
		work: WORK,
		jobs: settings.proof.jobs ?? deployment.cores
	};
	if (kind !== "incremental") return and(readArchive(reading, path, database, PACKER[kind]), judging);
	const pool = poolOf(directoryOf(path), database);
	const saved = manifest?.filestore;
	return judgePool(reading, path, pool, judging, saved?.proven ? saved : void 0);
}
async function judgeAbsent({ settings }, { backup, manifest }, session) {
	const attachments = await attachmentsOf(session);
	if (attachments.count === 0) return passed("filestore", "No attachment names a file, so this backup needs no filestore.");
	const these = `${counted(attachments.count, "attachment names a file", "attachments name files")} (ids ${idsOf(attachments)})`;
	if (manifest?.filestore) return failed("filestore", `${manifest.filestore.file} is gone: it was written with ${backup.name}, and ${these}.`, DAMAGED);
	if (settings.backup.filestore === "off") return {
		...switchedOff("filestore"),
		message: "Switched off by `filestore: off`."
	};
	return notRun("filestore", `This backup holds no filestore, and ${these}.`, "Take a new backup with `filestore: tar.gz`; or accept it by name: `skip-checks: filestore`.");
}
// src/checks/content.ts
/** A table that was not restored has nulls. */
function pairTables(expected, restored) {
	const found = new Map(restored.map((table) => [keyOf$2(table), table]));
	return expected.map((table) => {
		const other = found.get(keyOf$2(table));
		return {
			schema: table.schema,
			name: table.name,
			rows: {
				expected: table.rows,
				restored: other?.rows ?? null
			},
			hash: {
				expected: table.hash,
				restored: other?.hash ?? null
			}
		};
	});
}
/** Tables that were restored and that the manifest does not know. */
function unknownTables$1(expected, restored) {
	const known = new Set(expected.map(keyOf$2));
	return restored.filter((table) => !known.has(keyOf$2(table)));
}
/**
* Without the tables that another version of an extension brought: nothing of the source is in them. Which
* versions there are is for another check.
*/
function withoutNewExtensionTables(expected, { tables, contents }) {
	const extensions = new Set(tables.filter(({ dumped }) => dumped !== void 0).map(keyOf$2));
	const unknown = new Set(unknownTables$1(expected, contents));
	return contents.filter((table) => table.rows > 0 || !extensions.has(keyOf$2(table)) || !unknown.has(table));
}
/** Compares every table's row count and content hash. `unknown` are tables that nothing is known of. */
function compareContent(tables, unknown) {
	const wrong = tables.filter((table) => !isProven(table));
	if (wrong.length > 0 || unknown.length > 0) {
		const sentences = [wrong.length > 0 && `${wrong.length} of ${tables.length} tables did not come back as they were: ${firstFew(wrong.map(describe))}.`, unknown.length > 0 && `${counted(unknown.length, "table")} came back that the manifest does not know: ${firstFew(unknown.map(({ schema, name }) => `${schema}.${name}`))}.`];
		return failed("content", sentences.filter(Boolean).join(" "), "Do not rely on this backup. Take a new one and drill it; keep the older ones until that passes.");
	}
	const rows = tables.reduce((sum, table) => sum + table.rows.expected, 0);
	return passed("content", `${counted(tables.length, "table")} with ${counted(rows, "row")} came back exactly as they were at the snapshot: every row count and content hash agrees.`);
}
function describe({ schema, name, rows }) {
	if (rows.restored === null) return `${schema}.${name} is missing`;
	if (rows.restored !== rows.expected) return `${schema}.${name} has ${rows.restored} rows instead of ${rows.expected}`;
	return `${schema}.${name} has other content in its ${rows.expected} rows`;
}
/**
* For a backup without a manifest. It proves no content, and says so. `tolerance` is the share by which a
* count may differ, 0 to 1.
*/
function compareCounts(live, restored, tolerance) {
	const found = new Map(restored.map((table) => [keyOf$2(table), table.rows]));
	const wrong = live.filter((table) => {
		const rows = found.get(keyOf$2(table));
		return rows === void 0 || Math.abs(rows - table.rows) > Math.ceil(table.rows * tolerance);
	});
	const percent = `${Number((tolerance * 100).toFixed(3))} %`;
	if (wrong.length > 0) {
		const shown = wrong.map((table) => `${table.schema}.${table.name} has ${found.get(keyOf$2(table)) ?? "no"} rows, live ${table.rows}`);
		return failed("row-counts", `${wrong.length} of ${live.length} tables differ from the live database by more than ${percent}: ${firstFew(shown)}.`, "If the database changed that much since the backup, raise `count-tolerance`; else do not rely on this backup.");
	}
	return passed("row-counts", `${counted(live.length, "table")} restored, row counts within ${percent} of the live database. Their content is not proven: this backup has no manifest.`);
}
function keyOf$2({ schema, name }) {
	return JSON.stringify([schema, name]);
}
// src/checks/structure/compare-structure.ts
const keyOf$1 = ({ kind, name }) => `${kind} ${name}`;
/**
* The source's objects that differ from the restored ones in nothing but what PostgreSQL prints of an
* expression. The print can change when the expression is parsed again, so these must be printed again.
*/
function printedOtherwise(expected, restored) {
	const found = byKey(restored);
	return expected.filter((object) => {
		const other = found.get(keyOf$1(object));
		return object.prints && other?.prints && other.hash === object.hash && !isSamePrint(object, other);
	});
}
/** Passed when each object of the source is there and defined alike, and no other. */
function compareStructure(expected, { objects, again = [] }) {
	const found = byKey(objects);
	const printed = byKey(again);
	const wanted = byKey(expected);
	const isSame = (object, other) => other.hash === object.hash && (isSamePrint(object, other) || isSamePrint(printed.get(keyOf$1(object)) ?? object, other));
	const missing = expected.filter((object) => object.kind !== "disabled foreign keys of" && !found.has(keyOf$1(object)));
	const changed = expected.filter((object) => {
		const other = found.get(keyOf$1(object));
		return other !== void 0 && !isSame(object, other);
	});
	const extra = objects.filter((object) => !wanted.has(keyOf$1(object)));
	const trouble = [
		named("missing", missing),
		named("different", changed),
		named("unexpected", extra)
	].filter(Boolean);
	if (trouble.length > 0) return failed("structure", `The restored structure is not the source's: ${trouble.join("; ")}.`, "Do not rely on this backup. Take a new one and drill it. If it differs, too, keep the throwaway database (`keep-database`), compare `pg_dump --schema-only` of both, and report it if these agree.");
	return passed("structure", `All ${expected.length} objects are there and defined as in the source.`);
}
function byKey(objects) {
	return new Map(objects.map((object) => [keyOf$1(object), object]));
}
function isSamePrint({ prints }, other) {
	return JSON.stringify(prints ?? null) === JSON.stringify(other.prints ?? null);
}
function named(what, objects) {
	if (objects.length === 0) return "";
	const shown = objects.slice(0, 5).map(keyOf$1).join(", ");
	return `${objects.length} ${what} (${shown}${objects.length > 5 ? ", …" : ""})`;
}
// src/database/count-rows.ts
const LIVE = {
	begin: ["BEGIN READ ONLY"],
	end: ["COMMIT"]
};
/** Exact counts of every table that a dump holds, in two round trips. */
async function countRows(session) {
	const tables = await session.value(TABLES_QUERY);
	const statements = tables.map(({ schema, name, dumped = "" }) => {
		return `SELECT count(*)::text AS rows FROM ${`(SELECT FROM ONLY ${qualified(schema, name)} ${dumped ?? ""}) t`}`;
	});
	const counts = await inTransactions(session, LIVE, statements);
	return tables.map(({ schema, name }, index) => ({
		schema,
		name,
		rows: Number(firstValue(counts[index] ?? []))
	}));
}
// src/operations/proof/print-structure-again.ts
/** Enough for one round trip. Each object has two to five statements. */
const OBJECTS_PER_BATCH = 50;
/**
* Creates the source's objects once more in the restored database, from the source's own text, in
* transactions that are rolled back. Returns them with what PostgreSQL prints of them there. What cannot be
* created is left out, so it stays different.
*
* Parsing an expression can run code: the input function of a type, or a function of constants. So each is
* created by a login of its owner.
*/
async function printStructureAgain(server, { name, session }, objects) {
	if (objects.length === 0) return [];
	const { owner, admin } = server.deployment.database;
	const [steps, eventTriggers] = await session.values([againQuery(objects), "SELECT EXISTS (SELECT FROM pg_event_trigger WHERE evtenabled <> 'D')"]);
	const isOwners = (step) => step.owner === owner.name;
	const parts = [{
		role: owner,
		steps: steps.filter(isOwners)
	}, {
		role: admin,
		steps: steps.filter((step) => !isOwners(step))
	}].filter((part) => part.steps.length > 0);
	const database = identifier(name);
	if (eventTriggers) await session.batch([`ALTER DATABASE ${database} SET event_triggers = off`]);
	try {
		return (await Promise.all(parts.map(({ role, steps: own }) => withSession(server, {
			role,
			name,
			applicationName: server.applicationName
		}, (login) => printAll(login, own, objects))))).flat();
	} finally {
		if (eventTriggers) await session.batch([`ALTER DATABASE ${database} RESET event_triggers`]);
	}
}
async function printAll(session, steps, objects) {
	const printed = [];
	for (let from = 0; from < steps.length; from += OBJECTS_PER_BATCH) {
		const some = steps.slice(from, from + OBJECTS_PER_BATCH);
		printed.push(...await printSome(session, some, objects));
	}
	return printed;
}
/** All in one round trip; when one of them cannot be created, each half by itself. */
async function printSome(session, steps, objects) {
	const works = steps.flatMap((step) => {
		const source = objects.find(({ kind, name }) => kind === step.kind && name === step.name);
		return source?.prints ? [{
			source,
			statements: printAgain(step, source.prints)
		}] : [];
	});
	const batch = works.flatMap(({ statements }) => [
		"SAVEPOINT again",
		...statements,
		"ROLLBACK TO SAVEPOINT again"
	]);
	try {
		const answers = await session.batch([
			"BEGIN",
			...batch,
			"ROLLBACK"
		]);
		let at = 0;
		return works.map(({ source, statements }) => {
			at += statements.length + 2;
			const [row] = answers[at - 1] ?? [];
			return {
				...source,
				prints: row?.prints ?? []
			};
		});
	} catch (error) {
		if (!(error instanceof ServerError)) throw error;
		await session.batch(["ROLLBACK"]);
		if (steps.length <= 1) return [];
		const middle = Math.ceil(steps.length / 2);
		return [...await printSome(session, steps.slice(0, middle), objects), ...await printSome(session, steps.slice(middle), objects)];
	}
}
// src/checks/control.ts
/** The control reads no larger table again: it proves the comparison and does not repeat the proof. */
const LARGEST_CONTROL_BYTES = 16777216;
/**
* For each type that the control can change without knowing the column's meaning: an expression for another
* value.
*/
const OTHER_VALUE = {
	text: (column) => `concat(${column}, '~')`,
	varchar: (column) => `concat(${column}, '~')::varchar`,
	int4: (column) => `coalesce(${column}, '0'::int4) # '1'::int4`,
	int8: (column) => `coalesce(${column}, '0'::int8) # '1'::int8`,
	bool: (column) => `${column} IS NOT TRUE`,
	jsonb: (column) => `jsonb_build_array(${column})`
};
/**
* Picks a row of the largest table that is not too large. Undefined when no table has a column that may be
* changed.
*/
function planControl(tables, contents, postgisSchema) {
	const filled = new Set(contents.filter(({ rows }) => rows > 0).map(keyOf));
	const candidates = tables.filter((table) => table.dumped === void 0 && filled.has(keyOf(table))).filter(({ bytes }) => bytes <= LARGEST_CONTROL_BYTES).sort((a, b) => b.bytes - a.bytes);
	for (const table of candidates) {
		const column = table.columns.find(({ type, origin }) => origin === "postgresql" && type in OTHER_VALUE);
		if (column) {
			const rows = rowsWithChange(table, column);
			return {
				table,
				column: column.name,
				task: scanTask(table, rows, postgisSchema)
			};
		}
	}
}
function rowsWithChange(table, changed) {
	const name = qualified(table.schema, table.name);
	return `(SELECT ${table.columns.map((column) => {
		const value = `r.${identifier(column.name)}`;
		if (column !== changed) return value;
		const other = OTHER_VALUE[column.type]?.(value);
		return `CASE WHEN r.ctid = (SELECT o.ctid FROM ONLY ${name} o LIMIT 1) THEN ${other} ELSE ${value} END AS ${identifier(column.name)}`;
	}).join(", ")} FROM ONLY ${name} r)`;
}
function keyOf({ schema, name }) {
	return JSON.stringify([schema, name]);
}
/** Passed when the drill's own comparison turned red for that one table. */
function judgeControl(expected, restored, changed) {
	const isChanged = ({ schema, name }) => schema === changed.schema && name === changed.name;
	const withChange = restored.map((table) => isChanged(table) ? changed : table);
	const before = compareContent(pairTables(expected.filter(isChanged), restored.filter(isChanged)), []);
	const after = compareContent(pairTables(expected.filter(isChanged), withChange.filter(isChanged)), []);
	const table = `${changed.schema}.${changed.name}`;
	if (before.status === "passed" && after.status === "failed") return passed("control", `One changed row in ${table} turned the comparison red, as it must.`);
	if (before.status === "failed") return notRun("control", `${table} differed already, so a change in it shows nothing.`, "See the content check.");
	return failed("control", `One row of ${table} was changed, and the comparison stayed green: it proves nothing.`, "This is a bug in this project: report it, and do not rely on this drill.");
}
// src/operations/proof/run-control.ts
/**
* Reads one table with one row changed: the drill's own comparison must turn red. Without a manifest, the change must
* differ from the restored content itself.
*/
async function runControl({ manifest }, restored, session) {
	const control = planControl(restored.tables, restored.contents, restored.postgisSchema);
	if (!control) return notRun("control", "No table has a row and a column that could be changed, so the comparison was not put to the test.", "An OpenSPP database always has one: look at what this backup holds.");
	const { table, column, task } = control;
	try {
		const [rows] = await session.batch([task.sql]);
		const answer = rows?.[0];
		const [changed] = contentOf([table], [{
			task,
			answer
		}]);
		if (!changed) throw new Error("the control read no table");
		return judgeControl(manifest?.tables ?? restored.contents, restored.contents, changed);
	} catch (error) {
		if (!(error instanceof ServerError)) throw error;
		return notRun("control", `${table.schema}.${table.name}.${column} could not be read with a change: ${error.reason}`, "Report this: the control should have chosen another column.");
	}
}
// src/operations/proof/prove-database.ts
/** Read only, so that this project cannot change what it proves. */
const RESTORED = {
	begin: ["BEGIN READ ONLY"],
	end: ["COMMIT"]
};
/**
* Call it once all rows are in. The restore may still add foreign keys, so the rows are read at once, and the
* catalog when `restoring` is over.
*/
async function readBack(run, sessions, restoring) {
	const { journal } = run;
	return journal.phase("Prove every table", () => observe(sessions, {
		transaction: RESTORED,
		complete: restoring,
		onProgress: (fraction) => journal.log.progress(fraction, "of the restored content compared"),
		signal: run.signal
	}));
}
/** Compares with the manifest; without one, with the live database where there is one. */
async function proveDatabase(run, archive, { name, live, server }, session, restored) {
	const partners = restored.contents.find(({ schema, name }) => schema === "public" && name === "res_partner");
	const { postgis } = restored;
	const compared = archive.manifest ? compareWithManifest(archive.manifest, restored, server, await structureCheck(run, archive.manifest, restored, {
		name,
		server,
		session
	})) : await compareWithLive(run, live, restored);
	const control = await run.journal.phase("Control: change one row", () => runControl(archive, restored, session));
	return {
		checks: [
			...compared,
			judgePartners(partners),
			judgePostgis(postgis),
			control
		],
		tables: archive.manifest ? pairTables(archive.manifest.tables, restored.contents) : [],
		rows: restored.contents.reduce((sum, { rows }) => sum + rows, 0),
		...postgis !== void 0 && { postgis },
		...partners && { partners: partners.rows }
	};
}
function compareWithManifest(manifest, restored, server, structure) {
	const contents = withoutNewExtensionTables(manifest.tables, restored);
	const ofThisVersion = (name, check) => manifest.hashVersion === 2 ? check() : otherVersion(name);
	return [
		ofThisVersion("content", () => compareContent(pairTables(manifest.tables, contents), unknownTables$1(manifest.tables, contents))),
		structure,
		compareSequences(manifest.sequences, restored.sequences),
		ofThisVersion("large-objects", () => compareLargeObjects(manifest.largeObjects, restored.largeObjects)),
		compareExtensions(manifest.extensions, restored.extensions, server),
		ofThisVersion("geometry", () => compareGeometries(manifest.geometries, geometriesOf(contents)))
	];
}
async function structureCheck(run, { structureVersion, structure }, restored, where) {
	if (structureVersion !== 3) return otherVersion("structure");
	const isCompared = ({ kind }) => where.server !== "fresh" || kind !== "tablespace of";
	const expected = structure.filter(isCompared);
	const objects = restored.structure.filter(isCompared);
	return compareStructure(expected, {
		objects,
		again: await printStructureAgain(run, where, printedOtherwise(expected, objects))
	});
}
function otherVersion(name) {
	return notRun(name, "The manifest was written by a version of this project that hashes otherwise, so the hashes cannot be compared.", "Take a new backup and drill that one; or drill this one with the version that wrote it.");
}
function withoutLive(name) {
	return notRun(name, "Not compared: this backup has no manifest, and the live database is out of reach here.", "Let this project take the backups (`mode: snapshot`), or drill this one where the live database is: `where: host`.");
}
/** Without a manifest nothing says what the database held. The row counts of the live one are the best comparison left. */
async function compareWithLive({ settings, facts }, live, restored) {
	const { countTolerance } = settings.proof;
	const content = notRun("content", "The content is not proven: this backup has no manifest to compare with.", "Let this project take the backups (`mode: snapshot`), or accept it by name: `skip-checks: content`.");
	if (live === "replaced") return [content];
	if (!live) return [
		withoutLive("row-counts"),
		withoutLive("extensions"),
		content
	];
	return [
		compareCounts(await countRows(live), restored.contents, countTolerance),
		compareExtensions(facts.extensions, restored.extensions.filter(({ name }) => facts.extensions.some((one) => one.name === name))),
		content
	];
}
/** The guide's "Test Restore" asks for `SELECT PostGIS_Version()`. */
function judgePostgis(version) {
	if (version !== void 0) return passed("postgis", `PostGIS answers: ${version}.`);
	return failed("postgis", "The restored database has no PostGIS.", "An OpenSPP database needs it: look at which database this backup was taken of.");
}
/** The guide's "Test Restore" asks for `SELECT COUNT(*) FROM res_partner`. */
function judgePartners(partners) {
	if (partners && partners.rows > 0) return passed("partners", `res_partner has ${formatCount(partners.rows)} rows.`);
	return failed("partners", partners ? "res_partner is empty." : "There is no table res_partner.", "Odoo always has partners: look at which database this backup was taken of.");
}
// src/backups/restore-plan.ts
/** Only a superuser may create them, or they have no owner. Creating one evaluates nothing of the owner's. */
const ADMIN_LINES = [
	"SHELL TYPE ",
	"OPERATOR CLASS ",
	"OPERATOR FAMILY ",
	"PROCEDURAL LANGUAGE ",
	"TEXT SEARCH PARSER ",
	"TEXT SEARCH TEMPLATE ",
	"FOREIGN DATA WRAPPER ",
	"SERVER ",
	"USER MAPPING ",
	"ACCESS METHOD ",
	"TRANSFORM ",
	"CAST ",
	"SCHEMA - public "
];
/** Restored by the admin role in the end, since they act on what is done afterwards. */
const LAST_LINES = [
	"EVENT TRIGGER ",
	"PUBLICATION ",
	"SUBSCRIPTION ",
	"(COMMENT|SECURITY LABEL) - (EVENT TRIGGER|PUBLICATION|SUBSCRIPTION) "
];
/** Foreign keys, comments on constraints (an Odoo database has thousands), and what is filled by queries. */
const KEY_LINES = [
	"FK CONSTRAINT ",
	"COMMENT .* CONSTRAINT ",
	"MATERIALIZED VIEW DATA "
];
/** GRANT and REVOKE. */
const RIGHTS_LINES = ["ACL ", "DEFAULT ACL "];
/**
* Rights that wait for all objects: default privileges change what is created after them, and who creates an object must be
* able to use its language and types. All others of the admin's objects come with the object, so that nothing of the Odoo
* role's is evaluated while a function lacks its REVOKE.
*/
const LATE_RIGHTS_LINES = ["DEFAULT ACL ", "ACL [^ ]+ (LANGUAGE|TYPE|DOMAIN) "];
/** The lowest level of each kind of pass. */
const LEVELS = {
	rows: {
		admin: 0,
		owner: 1
	},
	keys: {
		rights: 0,
		owner: 1,
		admin: 2
	}
};
/** Measured on PostgreSQL 18: `must be owner of extension`, `permission denied for table spatial_ref_sys`. */
function planRestore(contents, extensions, options) {
	const isLeftOut = (entry) => isCreatedBeforehand(entry, extensions) || options.subscriptions === "left out" && isSubscription(entry);
	const restored = contents.entries.filter((entry) => !isLeftOut(entry));
	return {
		leftOut: contents.entries.filter(isLeftOut).map(({ id }) => id),
		passes: passesOf(placed(restored, extensions, options), extensions),
		whole: true
	};
}
/** The subscriptions of an archive, by name. */
function subscriptionsOf({ entries }) {
	return entries.filter(({ kind }) => kind === "SUBSCRIPTION").map(({ name }) => name);
}
/** `patterns` are for the beginning of a line. */
function matcher(...patterns) {
	const pattern = new RegExp(`^(?:${patterns.join("|")})`);
	return ({ line }) => pattern.test(line);
}
const isSubscription = matcher("SUBSCRIPTION ", "SUBSCRIPTION TABLE ", "(COMMENT|SECURITY LABEL) - SUBSCRIPTION ");
const isRight = matcher(...RIGHTS_LINES);
const isLast = matcher(...LAST_LINES);
const isAlwaysOfKeys = matcher(...KEY_LINES, ...LAST_LINES, ...LATE_RIGHTS_LINES);
/** Whether the admin role restores an entry, whoever owns it. */
const isAlwaysAdmins = matcher(...ADMIN_LINES, ...LAST_LINES, ...RIGHTS_LINES);
/** Each entry, and where it is restored: after all that it depends on, in as few passes as that allows. */
function placed(entries, extensions, options) {
	const byId = new Map(entries.map((entry) => [entry.id, entry]));
	const loginOf = loginsOf(entries, extensions, options);
	const places = /* @__PURE__ */ new Map();
	const largeObjects = entries.filter(({ kind }) => kind === "BLOB").map(({ id }) => id);
	const dependenciesOf = ({ kind, dependsOn }) => kind === "BLOBS" ? [...dependsOn, ...largeObjects] : dependsOn;
	const begun = /* @__PURE__ */ new Set();
	const place = (entry) => {
		const known = places.get(entry);
		if (known) return known;
		begun.add(entry);
		const login = loginOf(entry);
		const needed = dependenciesOf(entry).map((id) => byId.get(id)).filter((one) => one !== void 0).filter((one) => places.has(one) || !begun.has(one)).map(place);
		const stage = isOfKeys(entry, options) || needed.some((one) => one.stage === "keys") ? "keys" : "rows";
		const after = needed.filter((one) => one.stage === stage).map((one) => one.level + (one.login === login ? 0 : 1));
		const found = {
			login,
			stage,
			level: Math.max(lowestLevel(entry, login, stage), ...after)
		};
		places.set(entry, found);
		return found;
	};
	for (const entry of entries) place(entry);
	return withLastLevel(places);
}
function lowestLevel(entry, login, stage) {
	if (stage === "keys" && login === "admin" && isRight(entry)) return LEVELS.keys.rights;
	return LEVELS[stage][login];
}
/** Event triggers fire on what is restored after them, so they come after everything. */
function withLastLevel(places) {
	const levels = [...places.values()].filter(({ stage }) => stage === "keys");
	const highest = Math.max(LEVELS.keys.admin, ...levels.map(({ level }) => level));
	const last = highest + highest % 2;
	return new Map([...places].map(([entry, place]) => [entry, place.login === "admin" && place.stage === "keys" && isLast(entry) ? {
		...place,
		level: last
	} : place]));
}
function isOfKeys(entry, { owner }) {
	if (isAlwaysOfKeys(entry)) return true;
	if (!isRight(entry)) return false;
	return owner === void 0 || entry.owner === owner;
}
/**
* Under the flexible policy only the extensions' own objects are apart, since other rows depend on theirs, and rights, whose
* warnings are read.
*/
function loginsOf(entries, extensions, { owner, superuser = [] }) {
	if (owner === void 0) return (entry) => belongsToExtension(entry, extensions) || isRight(entry) ? "admin" : "owner";
	const byAdmin = new Set(superuser);
	const ofOthers = new Set(entries.filter((entry) => entry.owner !== owner).map(({ id }) => id));
	const shells = new Set(entries.filter(({ kind }) => kind === "SHELL TYPE").map(({ schema, name }) => `${schema}.${name}`));
	return (entry) => {
		const { id, kind, schema, name, dependsOn } = entry;
		return ofOthers.has(id) || byAdmin.has(id) || isAlwaysAdmins(entry) || belongsToExtension(entry, extensions) || kind === "TYPE" && shells.has(`${schema}.${name}`) || kind.endsWith(" ATTACH") && dependsOn.some((one) => ofOthers.has(one)) ? "admin" : "owner";
	};
}
function passesOf(places, extensions) {
	const passes = /* @__PURE__ */ new Map();
	const isExtensionRows = (entry) => entry.kind === "TABLE DATA" && belongsToExtension(entry, extensions);
	for (const [entry, place] of places) {
		const key = `${place.stage} ${place.level}`;
		const pass = passes.get(key) ?? {
			...place,
			ids: [],
			parallel: place.login === "owner",
			grants: false,
			serial: false
		};
		pass.ids.push(entry.id);
		pass.parallel ||= entry.kind === "TABLE DATA";
		pass.serial ||= isExtensionRows(entry);
		pass.grants ||= isRight(entry);
		passes.set(key, pass);
	}
	const order = ({ stage, level }) => stage === "rows" ? level : 1e6 + level;
	return [...passes.values()].sort((a, b) => order(a) - order(b)).map(({ serial, ...pass }) => ({
		...pass,
		parallel: pass.parallel && !serial
	}));
}
/** What the types of a table's columns may need. */
const COLUMN_KINDS = /* @__PURE__ */ new Set([
	"SCHEMA",
	"TYPE",
	"SHELL TYPE",
	"DOMAIN",
	"COLLATION"
]);
/**
* Restores the rows of these tables and what the types of their columns need, nothing else: no keys, no
* defaults, no triggers. The Odoo role owns all of it. `tables` are `schema.name`.
*/
function planTables(contents, tables, extensions) {
	const wanted = new Set(tables);
	const isWanted = (entry) => COLUMN_KINDS.has(entry.kind) && !isCreatedBeforehand(entry, extensions) || ["TABLE", "TABLE DATA"].includes(entry.kind) && wanted.has(`${entry.schema}.${entry.name}`);
	const ids = contents.entries.filter(isWanted).map(({ id }) => id);
	return {
		leftOut: contents.entries.filter((entry) => !isWanted(entry)).map(({ id }) => id),
		passes: [{
			login: "owner",
			stage: "rows",
			level: LEVELS.rows.owner,
			ids,
			parallel: true,
			grants: false
		}],
		whole: false
	};
}
/** Tables, as `schema.name`, that the archive does not hold. */
function unknownTables(contents, tables) {
	const known = new Set(contents.entries.filter(({ kind }) => kind === "TABLE").map(({ schema, name }) => `${schema}.${name}`));
	return tables.filter((table) => !known.has(table));
}
function isCreatedBeforehand({ kind, name }, { schemas }) {
	return kind === "EXTENSION" || kind === "SCHEMA" && schemas.has(name) && name !== "public";
}
function belongsToExtension({ kind, schema, name }, { relations, schemas }) {
	if (kind === "COMMENT" || kind === "ACL" || kind === "SECURITY LABEL") {
		const [what = "", ...rest] = name.split(" ");
		const object = rest.join(" ");
		return what === "EXTENSION" || what === "SCHEMA" && schemas.has(object) && object !== "public" || what === "TABLE" && relations.has(`${schema}.${object}`);
	}
	return (kind === "TABLE DATA" || kind === "SEQUENCE SET") && relations.has(`${schema}.${name}`);
}
// src/backups/restore-selection.ts
function selectionsOf(plan, contents, { owner, picks }) {
	if (!plan.whole) return plan.passes.map(({ ids, ...pass }) => ({
		...pass,
		rules: [{
			action: "keep",
			ids
		}]
	}));
	return (picks === "this archive" ? plan.passes : withUsualPasses(plan.passes, owner)).map(({ ids, ...pass }) => {
		const usual = usualRules(pass, owner);
		const planned = new Set(ids);
		const kept = contents.entries.filter((entry) => isKept(entry, usual));
		const dropped = kept.filter(({ id }) => !planned.has(id));
		const known = new Set(kept);
		const added = contents.entries.filter((one) => planned.has(one.id) && !known.has(one));
		return {
			...pass,
			rules: [
				...exceptions("drop", dropped, picks),
				...exceptions("keep", added, picks),
				...usual
			]
		};
	});
}
/** What the plan does otherwise than owner and kind say. */
function exceptions(action, entries, picks) {
	if (entries.length === 0) return [];
	return picks === "this archive" ? [{
		action,
		ids: entries.map(({ id }) => id)
	}] : [{
		action,
		lines: entries.map(({ line }) => `${escaped(line)}$`)
	}];
}
/** Another archive may have entries for passes that are empty for this one. */
function withUsualPasses(passes, owner) {
	const usual = [
		{
			login: "admin",
			stage: "rows",
			level: LEVELS.rows.admin,
			parallel: false,
			grants: true
		},
		{
			login: "owner",
			stage: "rows",
			level: LEVELS.rows.owner,
			parallel: true,
			grants: false
		},
		{
			login: "admin",
			stage: "keys",
			level: LEVELS.keys.rights,
			parallel: false,
			grants: true
		},
		{
			login: "owner",
			stage: "keys",
			level: LEVELS.keys.owner,
			parallel: true,
			grants: false
		},
		{
			login: "admin",
			stage: "keys",
			level: LEVELS.keys.admin,
			parallel: false,
			grants: false
		}
	];
	const isOf = (stage) => (one) => one.stage === stage;
	return ["rows", "keys"].flatMap((stage) => {
		const planned = passes.filter(isOf(stage));
		const missing = usual.filter(isOf(stage)).filter((one) => owner !== void 0 || usualRules(one, owner).length > 0).filter(({ level }) => !planned.some((one) => one.level === level)).map((pass) => ({
			...pass,
			ids: []
		}));
		return [...planned, ...missing].sort((a, b) => a.level - b.level);
	});
}
/** The rules that restore everything whose owner and kind alone say where it belongs. */
function usualRules({ stage, level }, owner) {
	const rights = owner === void 0 ? RIGHTS_LINES : [...LATE_RIGHTS_LINES, ofOwner("ACL ", owner)];
	const keys = [
		...KEY_LINES,
		...LAST_LINES,
		...rights
	];
	const drop = (...lines) => ({
		action: "drop",
		lines
	});
	const keep = (...lines) => ({
		action: "keep",
		lines
	});
	if (owner === void 0) {
		const others = [...KEY_LINES, ...LAST_LINES];
		switch (`${stage} ${level}`) {
			case `rows ${LEVELS.rows.owner}`: return [drop("EXTENSION ", ...keys), keep(".")];
			case `keys ${LEVELS.keys.rights}`: return [keep(...rights)];
			case `keys ${LEVELS.keys.owner}`: return [drop(...rights), keep(...others)];
			default: return [];
		}
	}
	const owners = ofOwner("", owner);
	const ownKeys = KEY_LINES.map((line) => ofOwner(line, owner));
	switch (`${stage} ${level}`) {
		case `rows ${LEVELS.rows.admin}`: return [
			drop("EXTENSION ", ...keys),
			keep(...ADMIN_LINES),
			drop(owners),
			keep(".")
		];
		case `rows ${LEVELS.rows.owner}`: return [drop("EXTENSION ", ...keys, ...ADMIN_LINES, ...RIGHTS_LINES), keep(owners)];
		case `keys ${LEVELS.keys.rights}`: return [keep(...rights)];
		case `keys ${LEVELS.keys.owner}`: return [drop(...LAST_LINES, ...RIGHTS_LINES), keep(...ownKeys)];
		case `keys ${LEVELS.keys.admin}`: return [drop(...RIGHTS_LINES, ...ownKeys), keep(...KEY_LINES, ...LAST_LINES)];
		default: return [];
	}
}
/** A line ends with the entry's owner. */
function ofOwner(pattern, owner) {
	return `${pattern}.* ${escaped(owner)}$`;
}
/** Whether the rules keep an entry. */
function isKept({ id, line }, rules) {
	return rules.find(({ ids = [], lines = [] }) => ids.includes(id) || matching(lines).test(line))?.action === "keep";
}
const MATCHING = /* @__PURE__ */ new WeakMap();
function matching(lines) {
	const known = MATCHING.get(lines);
	if (known) return known;
	const made = lines.length === 0 ? /(?!)/ : new RegExp(`^(?:${lines.join("|")})`);
	MATCHING.set(lines, made);
	return made;
}
function escaped(text) {
	return text.replaceAll(/[.[\]{}()*+?^$|\\]/g, "\\$&");
}
// src/checks/rights-not-restored.ts
/** What PostgreSQL warns of when GRANT or REVOKE do nothing: SQLSTATE 01007 and 01006. The exit code of a client is 0 all the same. */
const REFUSED = /WARNING: +((?:no|not all) privileges (?:were granted|could be revoked) for (?:column )?".*")/;
/** `line` is of a tool's standard error, in English. */
function rightsNotRestored(line) {
	const refused = REFUSED.exec(line)?.[1];
	return refused === void 0 ? [] : [refused];
}
// src/operations/proof/create-extensions.ts
/**
* Each extension is created in the schema where the source had it, and in the source's version where the server has that. Its
* owner is the source's.
*/
function extensionsToCreate({ manifest, contents }, facts, { owner, admin }, { database, source = {
	owner: owner.name,
	admin: admin.name
} }) {
	const here = /* @__PURE__ */ new Map([[source.admin, admin.name], [source.owner, owner.name]]);
	const roleHere = (name) => here.get(name) ?? name;
	const names = contents.entries.filter(({ kind }) => kind === "EXTENSION").map(({ name }) => name);
	const wanted = (manifest?.extensions ?? facts.extensions).filter(({ name }) => names.includes(name));
	return {
		statements: wanted.flatMap(({ name, version, schema, owner: creator = source.admin }) => {
			const schemaEntry = contents.entries.find((entry) => entry.kind === "SCHEMA" && entry.name === schema);
			const inVersion = facts.installable.includes(`${name} ${version}`) ? ` VERSION ${literal(version)}` : "";
			const create = `CREATE EXTENSION IF NOT EXISTS ${identifier(name)} SCHEMA ${identifier(schema)}${inVersion}`;
			const role = roleHere(creator);
			return [
				...createSchema(schema, roleHere(schemaEntry?.owner || source.admin)),
				role === admin.name ? create : createAs(role, create, {
					name,
					database,
					databaseOwner: owner.name
				}),
				...name === "unaccent" ? [immutableUnaccent(schema)] : []
			];
		}),
		schemas: wanted.map(({ schema }) => schema)
	};
}
/** No statement for a schema that every database has. */
function createSchema(schema, owner) {
	if (ALWAYS_THERE.test(schema)) return [];
	return [`CREATE SCHEMA IF NOT EXISTS ${identifier(schema)} AUTHORIZATION ${identifier(owner)}`];
}
/** `CREATE SCHEMA` refuses names that begin with `pg_`, also with IF NOT EXISTS. */
const ALWAYS_THERE = /^(?:pg_|public$|information_schema$)/;
/**
* ALTER EXTENSION has no OWNER TO, so another role than the admin's creates its extensions itself. To create a trusted one it
* needs CREATE on the database, which the database's owner has; a GRANT would leave a trace in the rights. A role that may not
* create it (it was a superuser once) gets it, with its members, from a superuser that exists only in this transaction.
*/
function createAs(role, create, { name, database, databaseOwner }) {
	const giveTo = (to) => `ALTER DATABASE ${identifier(database)} OWNER TO ${identifier(to)};`;
	const isTrusted = `EXISTS (SELECT FROM pg_available_extension_versions v WHERE v.name = ${literal(name)} AND v.trusted)`;
	const isSuperuser = `(SELECT r.rolsuper FROM pg_roles r WHERE r.rolname = ${literal(role)})`;
	return `DO ${literal(`BEGIN
  IF ${isSuperuser} OR ${isTrusted} THEN
    ${giveTo(role)}
    SET LOCAL ROLE ${identifier(role)};
    ${create};
    RESET ROLE;
    ${giveTo(databaseOwner)}
  ELSE
    CREATE ROLE ${ONCE} SUPERUSER NOLOGIN;
    SET LOCAL ROLE ${ONCE};
    ${create};
    RESET ROLE;
    REASSIGN OWNED BY ${ONCE} TO ${identifier(role)};
    DROP ROLE ${ONCE};
  END IF;
END`)}`;
}
const ONCE = "openspp_backup_creates_extension";
/**
* Odoo declares unaccent immutable when it makes a database (odoo/service/db.py), so that indexes can use it. A dump holds the
* index but not the declaration. So a plain restore fails: `functions in index expression must be marked IMMUTABLE`.
*/
function immutableUnaccent(schema) {
	return `ALTER FUNCTION ${identifier(schema)}.unaccent(text) IMMUTABLE`;
}
// src/operations/proof/restore-archive.ts
/** The command prints this line when nothing that is left can change a row. */
const ROWS_ARE_IN = "rows are in";
/** The list that the others are picked from. */
const WHOLE_LIST = `${RESTORE_LIST}.whole`;
/** pg_restore ended without an error, and the server did not do all that it was asked for. */
var RightsNotRestored = class extends Failed {};
/**
* One command on the host. It creates the extensions, restores all rows in passes of the two logins, and then the foreign
* keys and the rights. Throws CommandFailed, or RightsNotRestored.
*
* `onRows` is called when every row is final and indexed. What is left then takes no lock that blocks a reader (PostgreSQL
* manual, "Table-Level Locks": ADD FOREIGN KEY takes SHARE ROW EXCLUSIVE).
*/
async function restoreArchive(run, archive, target, onRows = () => {}) {
	const { host, signal } = run;
	const job = restoreJob(run, archive, target, "this archive");
	const refused = [];
	await host.run(restoreCommand(run, job), {
		signal,
		onLine: (line) => {
			if (line === ROWS_ARE_IN) onRows();
		},
		onErrorLine: (line) => refused.push(...rightsNotRestored(line))
	});
	if (refused.length === 0) return;
	throw new RightsNotRestored({
		what: "Some rights could not be restored.",
		why: `The server said: ${[...new Set(refused)].slice(0, 5).join("; ")}`
	});
}
/** What is restored as which login. */
function restoreJob({ deployment, facts }, archive, target, picks) {
	const { contents, manifest, superuser } = archive;
	const owner = sourceOwner(deployment, manifest);
	const { statements, schemas } = extensionsToCreate(archive, facts, deployment.database, {
		database: target.name,
		source: manifest?.roles
	});
	const extensions = {
		relations: new Set(facts.extensionRelations),
		schemas: new Set(schemas)
	};
	const plan = target.tables ? planTables(contents, target.tables, extensions) : planRestore(contents, extensions, {
		...owner !== void 0 && { owner },
		superuser,
		subscriptions: target.subscriptions ?? "left out"
	});
	return {
		target,
		archive: {
			...archive,
			moves: target.tables ? [] : archive.moves
		},
		selections: selectionsOf(plan, contents, {
			owner,
			picks
		}),
		createExtensions: statements,
		grants: target.tables ? [] : restoreGeneratedRights(manifest?.generatedRights ?? [], (name) => name === owner ? deployment.database.owner.name : name)
	};
}
/** For the backup container. */
function restoreCommand({ deployment, settings, applicationName }, { target, archive: { backup, moves }, selections, createExtensions, grants }) {
	const { backups, policy } = deployment;
	const { innerHost: host, innerPort: port, owner, admin } = deployment.database;
	const as = (login) => {
		const role = login === "owner" ? owner : admin;
		const { name: database, settings: tuning = {} } = target;
		return {
			host,
			port,
			database,
			applicationName,
			role,
			settings: tuning
		};
	};
	const asAdmin = (statements) => statements.length === 0 ? [] : [psql(as("admin"), statements)];
	const isFresh = target.server === "fresh";
	const restore = ({ login, parallel, grants: verbose, rules }) => and(writeRestoreList(WHOLE_LIST, RESTORE_LIST, rules), pgRestore(as(login), {
		file: backup.path,
		list: RESTORE_LIST,
		jobs: parallel ? settings.proof.jobs ?? deployment.cores : 1,
		noOwner: login === "owner" && policy === "strict",
		verbose,
		noTablespaces: isFresh || login === "owner" && policy === "strict"
	}));
	const ofStage = (stage) => selections.filter((one) => one.stage === stage).map(restore);
	const keys = [...asAdmin(grants), ...ofStage("keys")];
	return inContainer(backups.container, and(...asAdmin(createExtensions), writeWholeList(backup.path, WHOLE_LIST), ...ofStage("rows"), ...asAdmin(isFresh ? [] : moves.map(moveToTablespace)), ...keys.length > 0 ? [program(["echo", ROWS_ARE_IN]), ...keys] : [], removeFiles([RESTORE_LIST, WHOLE_LIST])));
}
/** A sentence on the subscriptions that the archive holds; undefined without one. */
function subscriptionNote({ contents }, { subscriptions, tables }) {
	const names = tables ? [] : subscriptionsOf(contents);
	if (names.length === 0) return void 0;
	const list = names.map((name) => `\`${name}\``).join(", ");
	return subscriptions === "restored" ? `Its subscription ${list} is there, but disabled, as the former database may still have it enabled: drop it there, then ALTER SUBSCRIPTION … ENABLE.` : `Its subscription ${list} was left out: in a copy it would take changes away from production.`;
}
// src/operations/proof/restore-progress.ts
const PAUSE_MS = 2e3;
/**
* Logs the progress of `restoring` until it is over. `expected` is the size of the source database in bytes (0: unknown, no
* progress is logged); `session` is on the database that is restored into.
*
* The database is asked for its size. pg_restore's own messages, several lines for each entry, would slow it down: 12,000
* lines on their way to the runner cost a twentieth. A restored database has no dead rows, so the restore may end before 100 %.
*/
async function whileLoggingProgress({ journal }, expected, { session, restoring }) {
	if (expected === 0) return restoring;
	const over = new AbortController();
	const telling = logSize(session, over.signal, (bytes) => {
		journal.log.progress(bytes / expected, `of about ${formatBytes(expected)} restored`);
	}).catch(() => {});
	try {
		return await restoring;
	} finally {
		over.abort();
		await telling;
	}
}
async function logSize(session, over, say) {
	while (!over.aborted) {
		await setTimeout(PAUSE_MS, void 0, { signal: over });
		say(Number(await session.value("SELECT pg_database_size(current_database())")));
	}
}
// src/operations/proof/restore-and-prove.ts
const PROOFS = [
	"content",
	"structure",
	"sequences",
	"large-objects",
	"extensions",
	"geometry",
	"partners",
	"postgis",
	"control"
];
/** For when nothing was restored: none of the proofs may be green. */
function notProvenChecks(reason, { filestore }) {
	return (filestore ? [...PROOFS, "filestore"] : PROOFS).map((name) => notRun(name, `Not looked at: ${reason}`));
}
/**
* The rows are read back while the foreign keys are still being checked: no row changes any more, and that check
* uses one processor only.
*/
async function restoreAndProve(run, archive, target) {
	const { deployment, settings, applicationName } = run;
	const { name } = target;
	const { jobs, sqlChecks } = settings.proof;
	const admin = {
		role: deployment.database.admin,
		name,
		applicationName
	};
	const rows = Promise.withResolvers();
	const restoring = restore(run, archive, target, () => rows.resolve(void 0));
	const filling = run.journal.phase("Restore", () => Promise.race([restoring, rows.promise]));
	for (const work of [restoring, filling]) work.catch(() => {});
	const broken = (restored) => ({
		proven: false,
		checks: [restored, ...notProvenChecks("the restore failed.", target)]
	});
	try {
		return await withSessions(run, jobs ?? deployment.cores, admin, async (sessions) => {
			const [session] = sessions;
			const early = await whileLoggingProgress(run, expectedBytes(run, archive, target), {
				session,
				restoring: filling
			});
			if (early?.status === "failed") return broken(early);
			const read = await readBack(run, sessions, restoring);
			const restored = await restoring;
			if (restored.status === "failed") return broken(restored);
			const proof = await proveDatabase(run, archive, target, session, read);
			const filestore = target.filestore ? [await filestoreCheck(run, archive, name, session)] : [];
			const own = await askOwnChecks(run, name, sqlChecks);
			return {
				...proof,
				proven: true,
				checks: [
					restored,
					...proof.checks,
					...filestore,
					...own
				]
			};
		});
	} finally {
		await Promise.allSettled([restoring]);
	}
}
/** The size of the source database; 0 (unknown) when only some tables are restored. */
function expectedBytes({ facts }, { manifest }, { tables }) {
	return tables ? 0 : manifest?.databaseBytes ?? facts.databaseBytes;
}
function filestoreCheck(...proving) {
	const [run] = proving;
	return run.journal.phase("Prove the filestore", () => proveFilestore(...proving));
}
async function restore(...restoring) {
	const [, archive, target] = restoring;
	try {
		await restoreArchive(...restoring);
		const note = subscriptionNote(archive, target);
		return passed("restore", `pg_restore ended without an error.${note ? ` ${note}` : ""}`);
	} catch (error) {
		if (error instanceof RightsNotRestored) return rightsMissing(error);
		if (!(error instanceof CommandFailed || error instanceof ServerError)) throw error;
		const { why, next } = restoreTrouble(error instanceof CommandFailed ? error.stderr : "", error.reason);
		return failed("restore", `The restore stopped at an error: ${why}`, next);
	}
}
function rightsMissing({ explanation }) {
	return failed("restore", `${explanation.what} ${explanation.why}`, "In production, look at who granted it, and whether they still may: `\\dp` in psql. Grant it again as the object's owner, and take a new backup.");
}
/** The user's own statements run as the data's owner, read-only, with Odoo's search path. */
async function askOwnChecks(run, name, checks) {
	if (checks.length === 0) return [];
	const { deployment, applicationName } = run;
	const owner = {
		role: deployment.database.owner,
		name,
		applicationName,
		asText: true,
		settings: {
			search_path: "\"$user\",public",
			restrict_nonsystem_relation_kind: "",
			default_transaction_read_only: "on",
			statement_timeout: "5min"
		}
	};
	return run.journal.phase("Your own SQL checks", () => withSession(run, owner, async (session) => {
		const answers = [];
		for (const check of checks) answers.push(await askOwnCheck(check, session));
		return answers;
	}));
}
async function askOwnCheck(check, session) {
	try {
		return judgeSqlCheck(check, await session.value(check.sql) ?? null);
	} catch (error) {
		if (!(error instanceof ServerError)) throw error;
		return sqlCheckRefused(check, `SQLSTATE ${error.code}.`);
	}
}
// src/report/recovery-page.ts
/**
* The text of RECOVERY.md. Lines to paste are in blocks marked `bash`. Lines that only some need are in one
* marked `shell`. The way back is in one marked `sh`.
*/
function renderRecovery(recovery) {
	const { host, project, directory, database, policy, backup, writtenAt } = recovery;
	const passwords = recovery.passwords.map(([variable, command, role]) => `export ${variable}="$(${command})"  # of the role ${role}`);
	const steps = recovery.steps.map((step, index) => `## ${index + 3}. ${step.title}\n\n${described(step, step.ifNeeded ? "shell" : "bash")}`);
	const filestore = recovery.chooseFilestore === void 0 ? "" : `
Its filestore has the same date and time in its name, and must be of the same kind as this one:

\`\`\`bash
${recovery.chooseFilestore}
\`\`\`
`;
	return `# Recovery of ${database} by hand

Written ${formatMoment(writtenAt)} for the project ${project} in ${directory} on ${host}, database policy ${policy}, by a
restore of ${backup} that succeeded. It needs only a shell on that host, Docker, and a backup. It needs neither GitHub nor
the project that wrote it.

Log in to the host as a user who may run \`docker\`, with a Bash or POSIX shell, and paste one block after the other. **Stop at
the first error, and read it.** Until the services are stopped, production keeps running.

## 1. The passwords

They go into two variables of your shell, and from there into no command line and no file.

\`\`\`bash
${passwords.join("\n")}
\`\`\`

When that prints nothing, look for them in the deployment's \`.env.production\`.

With these settings, no time limit, read-only default or other setting of the server or a role stops what follows:

\`\`\`bash
${recovery.settings.join("\n")}
\`\`\`

## 2. Choose a backup

\`\`\`bash
${recovery.list}
\`\`\`

The second-last word of this line is the backup to restore. Put another one's path there, if you want that.

\`\`\`bash
${recovery.choose}
\`\`\`
${filestore}
${steps.join("\n\n")}

## ${recovery.steps.length + 3}. ${recovery.back.title}

${described(recovery.back, "sh")}
`;
}
function described({ text, lines }, language) {
	const block = `\`\`\`${language}\n${lines}\n\`\`\``;
	return text === "" ? block : `${text}\n\n${block}`;
}
// src/operations/restore/restore-step.ts
function onMaintenanceDatabase(run, statements) {
	return inDatabase(run, MAINTENANCE_DATABASE, statements);
}
/** As the admin role. */
function inDatabase({ deployment, applicationName }, database, statements) {
	const { innerHost: host, innerPort: port, admin } = deployment.database;
	const connection = {
		host,
		port,
		role: admin,
		database,
		applicationName
	};
	return inContainer(deployment.backups.container, psql(connection, statements));
}
// src/operations/restore/production-steps.ts
/** The steps of a restore that change production. */
function stopServicesStep({ containers }) {
	return {
		title: "Stop the services",
		text: "From here on nobody can work, until they are started again.",
		commands: [stopContainers(containers)]
	};
}
function dropProductionStep({ run, former, placeholder }) {
	const { name, admin } = run.deployment.database;
	return {
		title: "Drop production",
		text: "Only a backup can bring it back. An empty database that nobody can connect to takes its name, so that no Odoo creates one meanwhile.",
		commands: [onMaintenanceDatabase(run, [createDatabase({
			name: placeholder,
			owner: admin.name,
			locale: run.facts
		})]), onMaintenanceDatabase(run, [
			allowConnections(placeholder, false),
			endSessions(name),
			...exchangeStatements({
				production: name,
				incoming: placeholder,
				comment: null,
				aside: {
					name: former,
					comment: null
				}
			}),
			dropDatabase(former)
		])]
	};
}
/** For a person who has lost production: the exchange of names needs a database on both sides. */
function createPlaceholderStep({ run }) {
	const { name, admin } = run.deployment.database;
	return {
		title: `Only if there is no database ${name} any more`,
		text: "An empty one takes its place, for the next step to exchange with. Where production is still there, this is refused, and nothing is lost by it.",
		commands: [onMaintenanceDatabase(run, [createDatabase({
			name,
			owner: admin.name,
			locale: run.facts
		})])],
		ifNeeded: true
	};
}
function exchangeNamesStep({ run, incoming, former, placeholder, production, strategy, filestore }) {
	const { name } = run.deployment.database;
	const aside = strategy === "replace" ? placeholder : former;
	const swap = production && strategy === "swap";
	return {
		title: swap ? "Exchange the names" : "Give it production's name",
		text: swap ? `In one transaction: production is either the one or the other, never half of each. The former one is kept as ${former}.` : "",
		commands: [onMaintenanceDatabase(run, [
			endSessions(name),
			endSessions(incoming),
			...exchangeStatements({
				production: name,
				incoming,
				comment: production?.comment ?? null,
				...production && { aside: {
					name: aside,
					comment: null
				} }
			}),
			...production && !swap ? [dropDatabase(placeholder)] : []
		]), ...filestore ? [exchangeCommand(run, filestore.names)] : []]
	};
}
function startServicesStep({ run, containers, healthyWithinSeconds }) {
	const { directory, composeFile, envFile } = run.settings.deployment;
	return {
		title: "Start the services, and wait until they are healthy",
		text: "",
		commands: [
			startContainers(containers),
			awaitHealthy(containers, healthyWithinSeconds),
			composeByHand({
				directory,
				composeFile,
				envFile
			}, "ps")
		]
	};
}
function undoStep({ run, containers, incoming, former, production, filestore }) {
	const { name } = run.deployment.database;
	const back = filestore && {
		next: filestore.names.aside,
		aside: filestore.names.next
	};
	return {
		title: "The way back",
		text: `For as long as ${former} is there, this brings it back. What was restored is ${incoming} again.`,
		commands: [
			stopContainers(containers),
			...back ? [exchangeCommand(run, back)] : [],
			onMaintenanceDatabase(run, [endSessions(name), ...exchangeStatements({
				production: name,
				incoming: former,
				comment: production?.comment ?? null,
				aside: {
					name: incoming,
					comment: null
				}
			})]),
			startContainers(containers)
		]
	};
}
// src/operations/restore/preparation-steps.ts
/** The steps of a restore that leave production alone. */
function inspectBackupStep({ run, path }) {
	const { container } = run.deployment.backups;
	return {
		title: "Look at the backup",
		text: "The SHA-256 must be the one in the manifest next to the dump, and the list must be printed to its end.",
		commands: [inContainer(container, hashFiles([path])), inContainer(container, pgRestoreList(path))]
	};
}
function createDatabaseStep({ run, archive, incoming, production }) {
	const { owner } = run.deployment.database;
	return {
		title: "Create an empty database next to production",
		text: "It gets production's name only once it is whole.",
		commands: [onMaintenanceDatabase(run, [createDatabase({
			name: incoming,
			owner: owner.name,
			locale: archive.manifest?.locale ?? run.facts,
			...production && { tablespace: production.tablespace }
		})])]
	};
}
function restoreArchiveStep({ run, archive, incoming, path, picks, strategy, tables = [] }) {
	const facts = {
		...run.facts,
		extensionRelations: [...relationsOfExtensions(archive.contents)]
	};
	const target = {
		name: incoming,
		...tables.length > 0 && { tables },
		subscriptions: strategy === "copy" ? "left out" : "restored"
	};
	const chosen = {
		...archive,
		backup: {
			...archive.backup,
			path
		}
	};
	return {
		title: "Restore into it",
		text: "First the extensions, and what other roles than Odoo's own, as the role that may create them. Then all that Odoo's role owns, as that role; last the rights and the foreign keys. If one of them ends with an error, or prints a warning that privileges were not granted or not revoked, the restore is not complete. A subscription comes back disabled.",
		commands: [restoreCommand(run, restoreJob({
			...run,
			facts
		}, chosen, target, picks))]
	};
}
function inspectDatabaseStep({ run, incoming }) {
	return {
		title: "Look at what was restored",
		text: "The number of partners must be what you expect.",
		commands: [inDatabase(run, incoming, [
			"ANALYZE",
			"SELECT count(*) AS partners FROM public.res_partner",
			"SELECT PostGIS_Version()"
		])]
	};
}
/** No step when no filestore is restored with the database. */
function stageFilestoreSteps({ run, archive, filestore }) {
	const at = run.deployment.filestore;
	if (!filestore || !at) return [];
	const { listed, names } = filestore;
	const check = checkFolder(at.directory, names.next);
	const access = {
		backups: "read",
		filestore: {
			at,
			may: "read"
		}
	};
	return [{
		title: "Restore the filestore next to the live one",
		text: "It ends with the number of its files, each of which has the content that its name says.",
		commands: [stagingCommand(run, archive, listed, names.next), inVolumesContainer(run.deployment, access, check)]
	}];
}
/** A dump does not hold the database's own settings. */
function applySettingsStep({ run, incoming, production }) {
	return {
		title: "Give it what production has apart from its content",
		text: "Owner, rights, settings, connection limit.",
		commands: [onMaintenanceDatabase(run, production ? applyProperties(incoming, production) : [])]
	};
}
// src/operations/restore/restore-steps.ts
const SAFETY_BACKUP_STEP = {
	title: "Take a safety backup, unless it is declined",
	text: "",
	commands: [program(["openspp-backup", "backup"])]
};
/** The steps in order. They use the same command builders as the restore itself. */
function restoreSteps(planned) {
	const { production, strategy, picks } = planned;
	const restored = [
		createDatabaseStep(planned),
		restoreArchiveStep(planned),
		inspectDatabaseStep(planned),
		...stageFilestoreSteps(planned)
	];
	const settingsSteps = production ? [applySettingsStep(planned)] : [];
	const live = [exchangeNamesStep(planned), startServicesStep(planned)];
	if (strategy === "copy") return [inspectBackupStep(planned), ...restored];
	if (strategy === "replace" && production) {
		const [created, ...filled] = restored;
		return [
			...[
				inspectBackupStep(planned),
				SAFETY_BACKUP_STEP,
				created,
				stopServicesStep(planned),
				dropProductionStep(planned)
			],
			...filled,
			...settingsSteps,
			...live
		];
	}
	const placeholderSteps = picks === "any archive" ? [createPlaceholderStep(planned)] : [];
	return [
		inspectBackupStep(planned),
		...restored,
		...settingsSteps,
		stopServicesStep(planned),
		...placeholderSteps,
		...live
	];
}
// src/operations/restore/recovery.ts
/** A link in the backup container to the chosen backup. */
const CHOSEN = "/tmp/openspp-recovery.dump";
/** Adds RECOVERY.md to the report of a drill that restored from the volume and proved it. */
async function withRecovery(run, { report, proven }) {
	if (!proven) return report;
	const query = propertiesQuery(run.deployment.database.name);
	const production = await run.maintenance.value(query);
	return {
		...report,
		recovery: recoveryText(run, proven, production)
	};
}
/**
* The text of RECOVERY.md: the restore that the run has just made, for this deployment and any of its backups, by hand and
* with ordinary tools. It is for the day when neither GitHub nor this project can be used.
*/
function recoveryText(run, archive, production) {
	const { deployment, host, settings, startedAt } = run;
	const { database, backups } = deployment;
	const containers = settings.restore.services.flatMap((name) => deployment.services.find((service) => service.name === name)?.created ?? []);
	const listed = deployment.filestore && archive.backup.filestore;
	const names = {
		next: `.${database.name}_restore_by_hand`,
		aside: `.${database.name}_before_by_hand`
	};
	const options = optionVariables(database.admin, database.owner);
	const variables = new Map([
		...options,
		[database.owner.password, "OWNER_PASSWORD"],
		[database.admin.password, "ADMIN_PASSWORD"],
		...listed ? [[listed.path, "FILESTORE"]] : []
	]);
	const planned = {
		run: {
			...run,
			applicationName: "recovery by hand"
		},
		archive,
		production,
		containers,
		incoming: `${database.name}_by_hand`,
		former: `${database.name}_former`,
		placeholder: `${database.name}_vacant`,
		strategy: "swap",
		...listed && { filestore: {
			listed,
			names
		} },
		healthyWithinSeconds: settings.restore.healthyWithinSeconds,
		path: CHOSEN,
		picks: "any archive"
	};
	const shown = ({ commands, ...step }) => ({
		...step,
		lines: commands.map((command) => pasteable(command, variables)).join("\n")
	});
	const inBackup = (...argv) => pasteable(inContainer(backups.container, program(argv)), variables);
	return renderRecovery({
		host: host.name,
		project: deployment.project,
		directory: deployment.directory,
		database: database.name,
		policy: deployment.policy,
		backup: archive.backup.name,
		writtenAt: startedAt.toISOString(),
		passwords: passwordsOf(run),
		settings: options.map(([value, name]) => `export ${name}=${quote(value)}`),
		list: inBackup("ls", "-l", ...FOLDERS.map((folder) => `${backups.directory}/${folder}`)),
		choose: inBackup("ln", "-sf", archive.backup.path, CHOSEN),
		...listed && { chooseFilestore: `export FILESTORE=${print(program([listed.path]))}` },
		steps: restoreSteps(planned).map(shown),
		back: shown(undoStep(planned))
	});
}
/** Each password is in the environment of the container that needs it. */
function passwordsOf({ deployment }) {
	const { database, backups } = deployment;
	const { admin, owner } = database;
	return [[
		"ADMIN_PASSWORD",
		`docker exec ${database.container} printenv POSTGRES_PASSWORD`,
		admin.name
	], ...owner === admin ? [] : [[
		"OWNER_PASSWORD",
		`docker exec ${backups.container} printenv PGPASSWORD`,
		owner.name
	]]];
}
export { findCopy as C, refuseTooLarge as S, statementsOf as _, restoreAndProve as a, withFetchedCopy as b, isAlwaysAdmins as c, pairTables as d, unknownTables$1 as f, begins as g, after as h, notProvenChecks as i, unknownTables as l, sourceOwner as m, withRecovery as n, restoreArchive as o, openArchive as p, restoreSteps as r, createSchema as s, recoveryText as t, compareContent as u, unquoted as v, whileDiskHasSpace as w, fetchCopy as x, fetchedInto as y };
