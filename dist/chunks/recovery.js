import { a as UserMistake, n as Failed } from "./failure.js";
import { n as formatCount, t as counted } from "./count.js";
import { r as isProven } from "./compared-tables.js";
import { i as directoryOf, l as parseDumpName, o as manifestNameOf, r as FOLDERS, t as COPY_FOLDER, u as poolOf } from "./backup-name.js";
import { a as passed, i as notRun, o as switchedOff, r as failed } from "./check.js";
import { t as formatBytes } from "./bytes.js";
import { t as formatMoment } from "./moment.js";
import { a as and, c as program, n as print, o as inContainer, t as pasteable } from "./shell.js";
import { t as CommandFailed } from "./command-failed.js";
import { t as parseManifest } from "./manifest.js";
import { C as scanTasks, S as contentOf, T as relationsOfExtensions, _ as againQuery, a as compareLargeObjects, i as inTransactions, l as compareGeometries, s as compareSequences, t as observe, u as geometriesOf, v as printAgain, w as parseTableOfContents, x as TABLES_QUERY } from "./observe.js";
import { $ as removeFiles, D as chooseBackup, F as onDatabase, H as hasRoom, I as uncancelled, J as measuredIn, O as filesOf, P as inBackup, W as hashFiles, _ as dropDatabase, ct as literal, et as removeTrees, h as createDatabase, j as composeByHand, lt as qualified, nt as stampNow, p as allowConnections, q as measure, st as identifier, tt as stampIn, v as endSessions, y as exchangeStatements } from "./discover.js";
import { C as idsOf, D as readArchive, E as judgePool, F as pgRestoreList, I as psql, O as LACKS_ZSTD, P as pgRestore, S as inVolumesContainer, T as PACKER, b as runJudgement, m as checkFolder, o as exchangeCommand, p as stagingCommand, v as attachmentsOf, w as judgeFilestore, x as WORK, y as judgementCommand, z as writeRestoreList } from "./kept-filestores.js";
import { i as ServerError, n as withSessions, o as firstValue, t as withSession } from "./sessions.js";
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
// src/operations/proof/open-archive.ts
/**
* Reads the manifest and the table of contents and measures the bytes, all at once. Throws Failed when the dump
* cannot be read though its bytes are right or no manifest says what they were.
*/
async function openArchive(run, backup) {
	const [text, listed, measured] = await Promise.all([
		backup.manifest ? inBackup(run, program(["cat", manifestNameOf(backup.path)])) : void 0,
		inBackup(run, pgRestoreList(backup.path)).catch((error) => unreadable(error, backup)),
		inBackup(run, measure(backup.path))
	]);
	const { bytes, sha256 } = measuredIn(measured);
	const manifest = text === void 0 ? void 0 : parseManifest(text, backup.name);
	const check = judgeArchive(backup.name, bytes, sha256, manifest);
	if (listed instanceof Failed && check.status === "passed") throw listed;
	return {
		backup,
		...manifest && { manifest },
		contents: parseTableOfContents(listed instanceof Failed ? "" : listed),
		sha256,
		check
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
		return judgeFilestore(findings, {
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
	const found = new Map(restored.map((table) => [keyOf$1(table), table]));
	return expected.map((table) => {
		const other = found.get(keyOf$1(table));
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
/** Compares every table's row count and content hash. */
function compareContent(tables) {
	const wrong = tables.filter((table) => !isProven(table));
	if (wrong.length > 0) {
		const shown = wrong.slice(0, 5).map(describe).join("; ");
		return failed("content", `${wrong.length} of ${tables.length} tables did not come back as they were: ${shown}${wrong.length > 5 ? "; …" : ""}.`, "Do not rely on this backup. Take a new one and drill it; keep the older ones until that passes.");
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
	const found = new Map(restored.map((table) => [keyOf$1(table), table.rows]));
	const wrong = live.filter((table) => {
		const rows = found.get(keyOf$1(table));
		return rows === void 0 || Math.abs(rows - table.rows) > Math.ceil(table.rows * tolerance);
	});
	const percent = `${Number((tolerance * 100).toFixed(3))} %`;
	if (wrong.length > 0) {
		const shown = wrong.slice(0, 5).map((table) => `${table.schema}.${table.name} has ${found.get(keyOf$1(table)) ?? "no"} rows, live ${table.rows}`).join("; ");
		return failed("row-counts", `${wrong.length} of ${live.length} tables differ from the live database by more than ${percent}: ${shown}.`, "If the database changed that much since the backup, raise `count-tolerance`; else do not rely on this backup.");
	}
	return passed("row-counts", `${counted(live.length, "table")} restored, row counts within ${percent} of the live database. Their content is not proven: this backup has no manifest.`);
}
function keyOf$1({ schema, name }) {
	return JSON.stringify([schema, name]);
}
// src/checks/control.ts
/** The control reads no larger table again: it proves the comparison and does not repeat the proof. */
const LARGEST_CONTROL_BYTES = 16777216;
/**
* For each type that the control can change without knowing the column's meaning: an expression for another
* value.
*/
const OTHER_VALUE = {
	text: (column) => `coalesce(${column}, '') || '~'`,
	varchar: (column) => `CASE WHEN left(${column}, 1) = '~' THEN '^' ELSE '~' END || substr(${column}, 2)`,
	int4: (column) => `coalesce(${column}, 0) # 1`,
	int8: (column) => `coalesce(${column}, 0) # 1`,
	bool: (column) => `${column} IS NOT TRUE`,
	date: (column) => `coalesce(${column}, date '2000-01-01') + 1`,
	timestamp: (column) => `coalesce(${column}, timestamp '2000-01-01') + interval '1 second'`,
	jsonb: (column) => `jsonb_build_array(${column})`
};
/**
* Columns that no key, check, index or generation rule uses. Changing one changes nothing but the content.
* One row, one JSON value.
*/
const FREE_COLUMNS_QUERY = `
SELECT coalesce(json_agg(json_build_object('schema', n.nspname, 'table', c.relname, 'column', a.attname)), '[]') AS columns
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity = ''
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype <> 'n' AND (k.conkey IS NULL OR a.attnum = ANY (k.conkey)))
  AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND (i.indexprs IS NOT NULL OR a.attnum = ANY (i.indkey)))
  AND NOT EXISTS (SELECT FROM pg_attrdef g WHERE g.adrelid = c.oid AND EXISTS (
    SELECT FROM pg_attribute v WHERE v.attrelid = c.oid AND v.attnum = g.adnum AND v.attgenerated <> ''))`;
/**
* Picks a row of the largest table that is not too large. Undefined when no table has a column that may be
* changed.
*/
function planControl(tables, contents, free) {
	const filled = new Set(contents.filter(({ rows }) => rows > 0).map(({ schema, name }) => `${schema}.${name}`));
	const candidates = tables.filter((table) => !table.dumped && filled.has(`${table.schema}.${table.name}`)).filter(({ bytes }) => bytes <= LARGEST_CONTROL_BYTES).sort((a, b) => b.bytes - a.bytes);
	for (const table of candidates) {
		const column = table.columns.find(({ name, type, builtIn }) => builtIn && type in OTHER_VALUE && free.some((one) => one.schema === table.schema && one.table === table.name && one.column === name));
		if (column) return controlOf(table, column);
	}
}
function controlOf(table, column) {
	const name = qualified(table.schema, table.name);
	const value = OTHER_VALUE[column.type]?.(identifier(column.name));
	return {
		table,
		column: column.name,
		change: `UPDATE ONLY ${name} SET ${identifier(column.name)} = ${value} WHERE ctid = (SELECT ctid FROM ONLY ${name} LIMIT 1)`
	};
}
/** Passed when the drill's own comparison turned red for that one table. */
function judgeControl(expected, restored, changed) {
	const isChanged = ({ schema, name }) => schema === changed.schema && name === changed.name;
	const withChange = restored.map((table) => isChanged(table) ? changed : table);
	const before = compareContent(pairTables(expected.filter(isChanged), restored.filter(isChanged)));
	const after = compareContent(pairTables(expected.filter(isChanged), withChange.filter(isChanged)));
	const table = `${changed.schema}.${changed.name}`;
	if (before.status === "passed" && after.status === "failed") return passed("control", `One changed row in ${table} turned the comparison red, as it must.`);
	if (before.status === "failed") return notRun("control", `${table} differed already, so a change in it shows nothing.`, "See the content check.");
	return failed("control", `One row of ${table} was changed, and the comparison stayed green: it proves nothing.`, "This is a bug in this project: report it, and do not rely on this drill.");
}
// src/checks/structure/compare-structure.ts
const keyOf = ({ kind, name }) => `${kind} ${name}`;
/**
* The source's objects that differ from the restored ones in nothing but what PostgreSQL prints of an
* expression. The print can change when the expression is parsed again, so these must be printed again.
*/
function printedOtherwise(expected, restored) {
	const found = byKey(restored);
	return expected.filter((object) => {
		const other = found.get(keyOf(object));
		return object.prints && other?.prints && other.hash === object.hash && !isSamePrint(object, other);
	});
}
/** Passed when each object of the source is there and defined alike, and no other. */
function compareStructure(expected, { objects, again = [] }) {
	const found = byKey(objects);
	const printed = byKey(again);
	const wanted = byKey(expected);
	const isSame = (object, other) => other.hash === object.hash && (isSamePrint(object, other) || isSamePrint(printed.get(keyOf(object)) ?? object, other));
	const missing = expected.filter((object) => !found.has(keyOf(object)));
	const changed = expected.filter((object) => {
		const other = found.get(keyOf(object));
		return other !== void 0 && !isSame(object, other);
	});
	const extra = objects.filter((object) => !wanted.has(keyOf(object)));
	const trouble = [
		named("missing", missing),
		named("different", changed),
		named("unexpected", extra)
	].filter(Boolean);
	if (trouble.length > 0) return failed("structure", `The restored structure is not the source's: ${trouble.join("; ")}.`, "Restore this backup by hand and compare `pg_dump --schema-only` of both; report it if they agree.");
	return passed("structure", `All ${expected.length} objects are there and defined as in the source.`);
}
function byKey(objects) {
	return new Map(objects.map((object) => [keyOf(object), object]));
}
function isSamePrint({ prints }, other) {
	return JSON.stringify(prints ?? null) === JSON.stringify(other.prints ?? null);
}
function named(what, objects) {
	if (objects.length === 0) return "";
	const shown = objects.slice(0, 5).map(keyOf).join(", ");
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
// src/operations/proof/run-control.ts
/**
* Changes one row in a transaction that is rolled back: the drill's own comparison must turn red. `free` are the columns that
* may be changed. Without a manifest, the change must differ from the restored content itself.
*/
async function runControl({ manifest }, restored, free, session) {
	const control = planControl(restored.tables, restored.contents, free);
	if (!control) return notRun("control", "No table has a row and a column that could be changed, so the comparison was not put to the test.", "An OpenSPP database always has one: look at what this backup holds.");
	const { table } = control;
	const tasks = scanTasks([table], restored.postgisSchema);
	try {
		const answers = await session.batch([
			"BEGIN",
			"SET LOCAL session_replication_role = replica",
			control.change,
			...tasks.map(({ sql }) => sql),
			"ROLLBACK"
		]);
		const reread = tasks.map((task, index) => ({
			task,
			answer: answers[3 + index]?.[0]
		}));
		const [changed] = contentOf([table], reread, restored.postgisSchema);
		if (!changed) throw new Error("the control read no table");
		return judgeControl(manifest?.tables ?? restored.contents, restored.contents, changed);
	} catch (error) {
		if (!(error instanceof ServerError)) throw error;
		await session.batch(["ROLLBACK"]);
		return notRun("control", `${table.schema}.${table.name}.${control.column} could not be changed: ${error.reason}`, "Report this: the control should have chosen another column.");
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
	const [restored, free] = await journal.phase("Prove every table", () => Promise.all([observe(sessions, {
		transaction: RESTORED,
		complete: restoring,
		onProgress: (fraction) => journal.log.progress(fraction, "of the restored content compared"),
		signal: run.signal
	}), restoring.then(() => (sessions.at(-1) ?? sessions[0]).value(FREE_COLUMNS_QUERY))]));
	return {
		restored,
		free
	};
}
/** Compares with the manifest; without one, with the live database where there is one. */
async function proveDatabase(run, archive, { name, live, server }, session, { restored, free }) {
	const partners = restored.contents.find(({ schema, name }) => schema === "public" && name === "res_partner");
	const { postgis } = restored;
	const compared = archive.manifest ? [...compareWithManifest(archive.manifest, restored, server), await structureCheck(run, archive.manifest, restored, {
		name,
		server,
		session
	})] : await compareWithLive(run, live, restored);
	const control = await run.journal.phase("Control: change one row", () => runControl(archive, restored, free, session));
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
function compareWithManifest(manifest, restored, server) {
	return [
		manifest.hashVersion === 1 ? compareContent(pairTables(manifest.tables, restored.contents)) : otherVersion("content"),
		compareSequences(manifest.sequences, restored.sequences),
		manifest.hashVersion === 1 ? compareLargeObjects(manifest.largeObjects, restored.largeObjects) : otherVersion("large-objects"),
		compareExtensions(manifest.extensions, restored.extensions, server),
		compareGeometries(manifest.geometries, geometriesOf(restored.contents))
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
		compareExtensions(facts.extensions, restored.extensions),
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
const SUPERUSER_KINDS = /* @__PURE__ */ new Set([
	"EVENT TRIGGER",
	"PUBLICATION",
	"PUBLICATION TABLE",
	"PUBLICATION TABLES IN SCHEMA",
	"SUBSCRIPTION",
	"SUBSCRIPTION TABLE",
	"FOREIGN DATA WRAPPER",
	"DEFAULT ACL"
]);
/**
* Under the strict policy the Odoo role owns neither extensions nor their tables, so these need the admin
* role. Measured on PostgreSQL 18: `must be owner of extension`, `permission denied for table
* spatial_ref_sys`.
*/
function planRestore(contents, extensions) {
	const plan = {
		adminFirst: [],
		adminLast: [],
		leftOut: []
	};
	for (const entry of contents.entries) if (isCreatedBeforehand(entry, extensions)) plan.leftOut.push(entry.id);
	else if (belongsToExtension(entry, extensions)) plan.adminFirst.push(entry.id);
	else if (SUPERUSER_KINDS.has(entry.kind)) plan.adminLast.push(entry.id);
	return plan;
}
/** For the archive that the plan was made for: ids differ in any other. */
function selectById({ leftOut, adminFirst, adminLast, ownerOnly }) {
	return {
		adminFirst,
		adminLast,
		owner: ownerOnly ? {
			mode: "keep",
			entries: ownerOnly
		} : {
			mode: "leave out",
			entries: [
				...leftOut,
				...adminFirst,
				...adminLast
			]
		}
	};
}
/**
* Foreign keys, and comments on constraints. They are picked by line, since an Odoo database has thousands
* of them.
*/
const KEYS = ["FK CONSTRAINT ", "COMMENT .* CONSTRAINT "];
/** The same plan, with the foreign keys in a separate pass. */
function selectKeysApart(plan) {
	const { adminFirst, adminLast, leftOut, ownerOnly } = plan;
	if (ownerOnly) return selectById(plan);
	return {
		adminFirst,
		adminLast,
		owner: {
			mode: "leave out",
			entries: {
				ids: [
					...leftOut,
					...adminFirst,
					...adminLast
				],
				lines: KEYS
			}
		},
		keys: { lines: KEYS }
	};
}
/**
* For any other archive of the same deployment. Picks entries by kind and name, in extended regular
* expressions, since every dump numbers its entries again.
*/
function selectByLine(plan, { entries }) {
	const byId = new Map(entries.map((entry) => [entry.id, entry]));
	const linesOf = (ids) => ids.flatMap((id) => {
		const entry = byId.get(id);
		if (!entry || entry.kind === "EXTENSION" || SUPERUSER_KINDS.has(entry.kind)) return [];
		return `${escaped([
			entry.kind,
			entry.schema,
			entry.name,
			entry.owner
		].join(" "))}$`;
	});
	const adminFirst = ["COMMENT - EXTENSION ", ...linesOf(plan.adminFirst)];
	const adminLast = [...SUPERUSER_KINDS].map((kind) => `${kind} `);
	const leftOut = ["EXTENSION ", ...linesOf(plan.leftOut)];
	return {
		adminFirst: { lines: adminFirst },
		adminLast: { lines: adminLast },
		owner: {
			mode: "leave out",
			entries: { lines: [
				...leftOut,
				...adminFirst,
				...adminLast
			] }
		}
	};
}
function escaped(text) {
	return text.replaceAll(/[.[\]{}()*+?^$|\\]/g, "\\$&");
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
* defaults, no triggers. `tables` are `schema.name`.
*/
function planTables(contents, tables, extensions) {
	const wanted = new Set(tables);
	return {
		adminFirst: [],
		adminLast: [],
		leftOut: [],
		ownerOnly: contents.entries.filter((entry) => COLUMN_KINDS.has(entry.kind) && !isCreatedBeforehand(entry, extensions) || ["TABLE", "TABLE DATA"].includes(entry.kind) && wanted.has(`${entry.schema}.${entry.name}`)).map(({ id }) => id)
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
// src/operations/proof/create-extensions.ts
/** Each extension is created in the schema where the source had it, and in the source's version where the server has that. */
function extensionsToCreate({ manifest, contents }, facts, { owner, admin }) {
	const names = contents.entries.filter(({ kind }) => kind === "EXTENSION").map(({ name }) => name);
	const wanted = (manifest?.extensions ?? facts.extensions).filter(({ name }) => names.includes(name));
	return {
		statements: wanted.flatMap(({ name, version, schema }) => {
			const ofOwner = contents.entries.some((entry) => entry.kind === "SCHEMA" && entry.name === schema && entry.owner === owner.name);
			const role = identifier(ofOwner ? owner.name : admin.name);
			const inVersion = facts.installable.includes(`${name} ${version}`) ? ` VERSION ${literal(version)}` : "";
			return [
				`CREATE SCHEMA IF NOT EXISTS ${identifier(schema)} AUTHORIZATION ${role}`,
				`CREATE EXTENSION IF NOT EXISTS ${identifier(name)} SCHEMA ${identifier(schema)}${inVersion}`,
				...name === "unaccent" ? [immutableUnaccent(schema)] : []
			];
		}),
		schemas: wanted.map(({ schema }) => schema)
	};
}
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
/**
* One command on the host. It restores, in this order:
*
* - the extensions and their own rows, as the admin role;
* - all data as its owner, in parallel;
* - the foreign keys;
* - what only a superuser may create.
*
* Throws CommandFailed.
*
* `onRows` is called when every row is final and indexed. What is left then takes no lock that blocks a reader (PostgreSQL
* manual, "Table-Level Locks": ADD FOREIGN KEY takes SHARE ROW EXCLUSIVE).
*/
async function restoreArchive(run, archive, { name: database, tables, settings = {} }, onRows = () => {}) {
	const { host, signal, facts, deployment } = run;
	const { statements, schemas } = extensionsToCreate(archive, facts, deployment.database);
	const extensions = {
		relations: new Set(facts.extensionRelations),
		schemas: new Set(schemas)
	};
	const plan = tables ? planTables(archive.contents, tables, extensions) : planRestore(archive.contents, extensions);
	const target = {
		name: database,
		settings
	};
	await host.run(restoreCommand(run, archive, target, selectKeysApart(plan), statements), {
		signal,
		onLine: (line) => {
			if (line === ROWS_ARE_IN) onRows();
		}
	});
}
/** For the backup container. The selection says which entries which role restores. */
function restoreCommand({ deployment, settings, applicationName }, { backup }, { name: database, settings: tuning = {} }, { adminFirst, owner: owners, keys, adminLast }, createExtensions) {
	const { backups, policy } = deployment;
	const { innerHost: host, innerPort: port, owner, admin } = deployment.database;
	const connection = {
		host,
		port,
		database,
		applicationName,
		settings: tuning
	};
	const restore = (role, jobs) => pgRestore({
		...connection,
		role
	}, {
		file: backup.path,
		list: RESTORE_LIST,
		jobs,
		noOwner: policy === "strict"
	});
	const asAdmin = (entries) => "length" in entries && entries.length === 0 ? [] : [and(writeRestoreList(backup.path, RESTORE_LIST, "keep", entries), restore(admin, 1))];
	const asOwner = (mode, entries) => and(writeRestoreList(backup.path, RESTORE_LIST, mode, entries), restore(owner, settings.proof.jobs ?? deployment.cores));
	return inContainer(backups.container, and(...createExtensions.length === 0 ? [] : [psql({
		...connection,
		role: admin
	}, createExtensions)], ...asAdmin(adminFirst), asOwner(owners.mode, owners.entries), ...keys ? [program(["echo", ROWS_ARE_IN]), asOwner("keep", keys)] : [], ...asAdmin(adminLast), removeFiles([RESTORE_LIST])));
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
	try {
		await restoreArchive(...restoring);
		return passed("restore", "pg_restore ended without an error.");
	} catch (error) {
		if (!(error instanceof CommandFailed || error instanceof ServerError)) throw error;
		return failed("restore", `The restore stopped at an error: ${withoutValues(error.reason)}`, "This backup cannot be restored as it is. Drill an older one now, and take a new backup.");
	}
}
/** Some messages of PostgreSQL end with the value that caused the error; it may be personal data. */
function withoutValues(message) {
	return message.replace(/: ".*"$/s, ": …").replace(/=\(.*\)/s, "=(…)");
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
function restoreArchiveStep({ run, archive, incoming, path, picks, tables = [] }) {
	const { contents, backup, manifest } = archive;
	const facts = {
		...run.facts,
		extensionRelations: [...relationsOfExtensions(contents)]
	};
	const { statements, schemas } = extensionsToCreate({
		manifest,
		contents
	}, facts, run.deployment.database);
	const extensions = {
		relations: new Set(facts.extensionRelations),
		schemas: new Set(schemas)
	};
	const plan = tables.length > 0 ? planTables(contents, tables, extensions) : planRestore(contents, extensions);
	const selection = picks === "this archive" ? selectById(plan) : selectByLine(plan, contents);
	return {
		title: "Restore into it",
		text: "First the extensions, with the user's own rows in their tables, as the role that may create them. Then all data as its owner; last what only a superuser may create. If one of them ends with an error, the restore is not complete.",
		commands: [restoreCommand(run, {
			...archive,
			backup: {
				...backup,
				path
			}
		}, { name: incoming }, selection, statements)]
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
	const variables = new Map([
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
export { restoreAndProve as a, compareContent as c, fetchedInto as d, withFetchedCopy as f, whileDiskHasSpace as g, findCopy as h, notProvenChecks as i, pairTables as l, refuseTooLarge as m, withRecovery as n, restoreArchive as o, fetchCopy as p, restoreSteps as r, unknownTables as s, recoveryText as t, openArchive as u };
