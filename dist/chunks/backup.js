import "./rolldown-runtime.js";
import { c as namesOf } from "./backup-name.js";
import { n as serialize } from "./manifest.js";
import { C as saveFilestore, D as parseTableOfContents, S as readsFilestore, b as NOT_SAVED, f as SEQUENCES_QUERY, g as geometriesOf, i as inTransactions, m as sequencesOf, n as scanContent, o as REWRITTEN_QUERY, r as inSnapshot, t as observe, x as filestorePartialsOf, y as prepareBackupFolder } from "./observe.js";
import { J as ServerError, L as inBackup, X as firstValue, _t as literal, at as partialsOf, it as measuredIn, ot as publish, p as withSessions, rt as measure, st as readLink, yt as userSchema, z as uncancelled } from "./discover.js";
import { F as pgDump, L as pgRestoreList, T as PACKER, _ as listBackups, v as attachmentsOf, w as idsOf } from "./kept-filestores.js";
import { n as Failed } from "./failure.js";
import { t as CommandFailed } from "./command-failed.js";
import { a as passed, i as notRun, l as withSwitchedOff, o as switchedOff, r as failed } from "./check.js";
import { t as formatBytes } from "./bytes.js";
import { t as counted } from "./count.js";
import { r as assembleReport, t as removeQuietly } from "./remove-quietly.js";
import { r as withRetention } from "./apply-retention.js";
import { r as withRun, t as removeLeftovers } from "./sweep.js";
import { c as program } from "./shell.js";
import { setTimeout } from "node:timers/promises";
// src/checks/rewritten-tables.ts
/**
* Tables that surely have no row in the snapshot that asks: their files are those of the snapshot, and empty. The sizes are
* read first, so that a table which is truncated meanwhile does not count. One row, one JSON value.
*/
const EMPTY_QUERY = `
WITH empty AS MATERIALIZED (
  SELECT c.oid, n.nspname || '.' || c.relname AS name, c.relfilenode
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND ${userSchema("n.nspname")} AND pg_relation_size(c.oid) = 0
)
SELECT coalesce(json_agg(name), '[]') AS empty FROM empty WHERE pg_relation_filenode(oid) = relfilenode`;
/** `schema.name`, as REWRITTEN_QUERY answers it. */
function tableNameOf({ schema, name }) {
	return `${schema}.${name}`;
}
/**
* VACUUM FULL and CLUSTER keep the rows that older snapshots see. TRUNCATE and the ALTER TABLE that rewrites do not: an older
* snapshot sees the table empty from then on (PostgreSQL manual, "Caveats" of concurrency control). So a rewritten table that
* still holds in the snapshot what was read of it was never emptied. An empty one tells nothing, unless it was empty when the
* snapshot was taken. Returns the names of those whose rows may be missing from the dump.
*/
function emptiedTables(rewritten, read, again, empty) {
	const before = new Map(read.map((table) => [tableNameOf(table), table]));
	const kept = again.filter((table) => {
		const name = tableNameOf(table);
		return before.get(name)?.hash === table.hash && before.get(name)?.rows === table.rows && (table.rows > 0 || empty.includes(name));
	});
	const safe = new Set(kept.map(tableNameOf));
	return rewritten.filter((name) => !safe.has(name));
}
// src/checks/catalog-changes.ts
const IN_USER_SCHEMA = (schema) => `JOIN pg_namespace n ON n.oid = ${schema} AND ${userSchema("n.nspname")}`;
/** A row's own version: the transaction that wrote it. */
const WRITTEN = "c.xmin::text";
/**
* What PostgreSQL's printing functions (`pg_get_functiondef`, `pg_get_indexdef`, `pg_get_triggerdef`, `format_type`, output of
* enums and names) read as it is now, and not as the snapshot has it (`ruleutils.c`: only constraints, rules and views are read
* in the transaction's snapshot). New objects and new columns do not matter. Of a relation only its name counts: VACUUM FULL,
* ANALYZE and a new foreign key write its row, too.
*/
const CATALOGS = [
	{
		catalog: "pg_class",
		key: "c.oid::text",
		name: "n.nspname || '.' || c.relname",
		version: "concat_ws('|', n.nspname, c.relname, c.relkind)",
		from: `pg_class c ${IN_USER_SCHEMA("c.relnamespace")} AND c.relpersistence <> 't'`
	},
	{
		catalog: "pg_attribute",
		key: "concat_ws('.', c.attrelid, c.attnum)",
		name: "'column ' || n.nspname || '.' || r.relname || '.' || c.attname",
		version: "c.attname || c.attisdropped",
		from: `pg_attribute c JOIN pg_class r ON r.oid = c.attrelid AND r.relpersistence <> 't' AND c.attnum > 0 ${IN_USER_SCHEMA("r.relnamespace")}`
	},
	{
		catalog: "pg_proc",
		key: "c.oid::text",
		name: "'function ' || n.nspname || '.' || c.proname",
		version: `CASE WHEN c.proargdefaults IS NULL AND c.prosqlbody IS NULL
      THEN concat_ws('|', n.nspname, c.proname, c.proargtypes, c.proallargtypes, c.proargmodes, c.proargnames, c.prorettype, c.proretset)
      ELSE ${WRITTEN} END`,
		from: `pg_proc c ${IN_USER_SCHEMA("c.pronamespace")}`
	},
	{
		catalog: "pg_type",
		key: "c.oid::text",
		name: "'type ' || n.nspname || '.' || c.typname",
		version: WRITTEN,
		from: `pg_type c ${IN_USER_SCHEMA("c.typnamespace")}`
	},
	{
		catalog: "pg_enum",
		key: "c.oid::text",
		name: "'type ' || n.nspname || '.' || t.typname",
		version: WRITTEN,
		from: `pg_enum c JOIN pg_type t ON t.oid = c.enumtypid ${IN_USER_SCHEMA("t.typnamespace")}`
	},
	{
		catalog: "pg_trigger",
		key: "c.oid::text",
		name: "'trigger ' || c.tgname || ' on ' || n.nspname || '.' || r.relname",
		version: WRITTEN,
		from: `pg_trigger c JOIN pg_class r ON r.oid = c.tgrelid AND NOT c.tgisinternal ${IN_USER_SCHEMA("r.relnamespace")}`
	},
	{
		catalog: "pg_statistic_ext",
		key: "c.oid::text",
		name: "'statistics ' || n.nspname || '.' || c.stxname",
		version: WRITTEN,
		from: `pg_statistic_ext c ${IN_USER_SCHEMA("c.stxnamespace")}`
	},
	{
		catalog: "pg_operator",
		key: "c.oid::text",
		name: "'operator ' || n.nspname || '.' || c.oprname",
		version: WRITTEN,
		from: `pg_operator c ${IN_USER_SCHEMA("c.oprnamespace")}`
	},
	{
		catalog: "pg_collation",
		key: "c.oid::text",
		name: "'collation ' || n.nspname || '.' || c.collname",
		version: WRITTEN,
		from: `pg_collation c ${IN_USER_SCHEMA("c.collnamespace")}`
	},
	{
		catalog: "pg_namespace",
		key: "c.oid::text",
		name: "'schema ' || c.nspname",
		version: "c.nspname",
		from: `pg_namespace c`
	}
];
function versionsQuery(condition) {
	return `
SELECT coalesce(json_agg(json_build_object('key', key, 'name', name, 'version', version)), '[]') AS versions
FROM (${CATALOGS.map((one) => `SELECT ${literal(`${one.catalog} `)} || ${one.key} AS key, ${one.name} AS name, ${one.version} AS version FROM ${one.from} WHERE ${condition(one)}`).join("\nUNION ALL\n")}) v`;
}
/**
* For a session in the snapshot: the versions that a later transaction has marked as replaced or deleted (`xmax`). It may have
* been rolled back. One row, one JSON value.
*/
const OUTDATED_QUERY = versionsQuery(() => "c.xmax <> '0'::xid");
/** For a session without a snapshot: the present versions of these. One row, one JSON value. */
function presentQuery(outdated) {
	return versionsQuery(({ catalog, key }) => {
		const keys = outdated.map((one) => one.key.split(" ")).flatMap(([of, number = ""]) => of === catalog ? [literal(number)] : []);
		return keys.length === 0 ? "false" : `${key} IN (${keys.join(", ")})`;
	});
}
/** The names of what is another now, or gone, each once. */
function changedObjects(outdated, present) {
	const now = new Map(present.map(({ key, version }) => [key, version]));
	const changed = outdated.filter(({ key, version }) => now.get(key) !== version);
	return [...new Set(changed.map(({ name }) => name))];
}
// src/operations/backup/changed-meanwhile.ts
/** Under the dump, something changed that takes no notice of the dump's snapshot. Another snapshot may be whole. */
var ChangedMeanwhile = class extends Failed {
	constructor(names, cause) {
		const shown = `${names.slice(0, 5).join(", ")}${names.length > 5 ? ", …" : ""}`;
		super({
			what: `${counted(names.length, "object")} of the database changed under the dump: ${shown}.`,
			why: "TRUNCATE, DROP, CREATE OR REPLACE, RENAME and the ALTER TABLE that rewrites take no notice of the snapshot that a dump sees.",
			state: "What was written was removed; the earlier backups are as they were.",
			next: "Run it again when nobody installs or upgrades a module."
		}, { cause });
	}
};
/** Names what changed since the snapshot, as far as it matters to a dump that failed. `snapshot` leaves its transaction. */
async function changesUnderFailure(snapshot) {
	const [rewritten, outdated] = await snapshot.values([REWRITTEN_QUERY, OUTDATED_QUERY]);
	await snapshot.batch(["ROLLBACK"]);
	return [.../* @__PURE__ */ new Set([...rewritten, ...await changedOf(outdated, snapshot)])];
}
/**
* Throws ChangedMeanwhile when the dump and what was observed may not be of one state. `snapshot` is in the snapshot's
* transaction, `present` in none. `empty` names the tables that had no row in the beginning.
*/
async function refuseChanges(snapshot, present, { tables, contents, postgisSchema }, empty) {
	const [rewritten, outdated] = await snapshot.values([REWRITTEN_QUERY, OUTDATED_QUERY]);
	const changed = await changedOf(outdated, present);
	const again = await readAgain(snapshot, tables.filter((table) => rewritten.includes(tableNameOf(table))), postgisSchema);
	const names = [.../* @__PURE__ */ new Set([...emptiedTables(rewritten, contents, again, empty), ...changed])];
	if (names.length > 0) throw new ChangedMeanwhile(names);
}
async function changedOf(outdated, present) {
	if (outdated.length === 0) return [];
	return changedObjects(outdated, await present.value(presentQuery(outdated)));
}
/** Nothing, when the tables are not there any more, or have other columns. */
async function readAgain(snapshot, tables, postgisSchema) {
	if (tables.length === 0) return [];
	try {
		return await scanContent([snapshot], {
			tables,
			postgisSchema
		});
	} catch (error) {
		if (error instanceof ServerError) return [];
		throw error;
	}
}
// src/operations/backup/dump-with-manifest.ts
/**
* Keeps out Odoo's collector of files, which takes SHARE on this table, or else gives up until the next day. Whoever writes is
* not kept out.
*/
const KEEP_FILES = "LOCK TABLE public.ir_attachment IN ROW EXCLUSIVE MODE";
/** How long to wait before each further snapshot, in seconds: whoever changes the database may be done by then. */
const PAUSES_SECONDS = [5, 30];
/**
* Dumps the database into `file`, observes it and saves its filestore at the same time, all of one snapshot. When something
* changed under the dump that takes no notice of a snapshot, all is done again with another one, twice at most. Throws
* ChangedMeanwhile.
*/
async function dumpWithManifest(run, folder, file) {
	const { journal, signal } = run;
	for (const seconds of PAUSES_SECONDS) {
		try {
			return await dumpSnapshot(run, folder, file);
		} catch (error) {
			if (!(error instanceof ChangedMeanwhile)) throw error;
			journal.log.warning(`${error.explanation.what} Another snapshot is taken in ${counted(seconds, "second")}.`);
		}
		await setTimeout(seconds * 1e3, void 0, { signal }).catch(() => signal.throwIfAborted());
	}
	return dumpSnapshot(run, folder, file).catch((error) => {
		throw error instanceof ChangedMeanwhile ? error.cause ?? error : error;
	});
}
/**
* The run's session exports the snapshot and keeps it open; pg_dump and the others import it (PostgreSQL manual, "Snapshot
* Synchronization Functions").
*
* Odoo writes a file before the row that names it, so each file that the snapshot names is already there. No file is
* deleted until the snapshot is closed.
*/
async function dumpSnapshot(run, folder, file) {
	const { session } = run;
	await session.batch(["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", ...readsFilestore(run) ? [KEEP_FILES] : []]);
	try {
		return await dumpInTransaction(run, folder, file);
	} catch (error) {
		if (run.signal.aborted || !(error instanceof CommandFailed || error instanceof ServerError)) throw error;
		const changed = await changesUnderFailure(session);
		throw changed.length > 0 ? new ChangedMeanwhile(changed, error) : error;
	} finally {
		await session.batch(["ROLLBACK"]).catch(() => {});
	}
}
async function dumpInTransaction(run, folder, file) {
	const { session, deployment, settings, journal } = run;
	const [snapshot, takenAt, before] = await session.values([
		"SELECT pg_export_snapshot()",
		`SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
		SEQUENCES_QUERY
	]);
	const { database } = deployment;
	const failed = new AbortController();
	const together = {
		...run,
		signal: AbortSignal.any([run.signal, failed.signal])
	};
	const dumping = dump(together, file, snapshot);
	const [observation, filestore] = await allOrNone([
		withSessions(run, settings.backup.jobs ?? jobsDuringDump(deployment.cores), {
			role: database.admin,
			name: database.name,
			applicationName: run.applicationName
		}, async (sessions) => {
			const empty = inTransactions(sessions[0], inSnapshot(snapshot), [EMPTY_QUERY]);
			empty.catch(() => {});
			const observation = await observe(sessions, {
				transaction: inSnapshot(snapshot),
				onProgress: (fraction) => journal.log.progress(fraction, "of the content fingerprinted"),
				signal: together.signal
			});
			await dumping;
			const after = await session.value(SEQUENCES_QUERY);
			const [emptyRows = []] = await empty;
			await refuseChanges(session, sessions[0], observation, firstValue(emptyRows));
			return {
				...observation,
				sequences: sequencesOf(before, after)
			};
		}),
		saveFilestore(together, folder, snapshot),
		dumping
	], failed);
	return {
		...observation,
		takenAt,
		geometries: geometriesOf(observation.contents),
		filestore
	};
}
/** When one fails, the others are aborted through `failed`, and awaited, before its error is thrown. */
async function allOrNone(work, failed) {
	try {
		return await Promise.all(work);
	} catch (error) {
		failed.abort();
		await Promise.allSettled(work);
		throw error;
	}
}
/** Half the cores: pg_dump compresses on one, and production needs some. */
function jobsDuringDump(cores) {
	return Math.ceil(cores / 2);
}
async function dump(run, file, snapshot) {
	const { deployment, settings, applicationName, facts } = run;
	const { database } = deployment;
	const command = pgDump({
		host: database.innerHost,
		port: database.innerPort,
		role: database.admin,
		database: database.name,
		applicationName
	}, {
		file,
		compression: settings.backup.compression,
		snapshot,
		encoding: facts.encoding
	});
	await inBackup(run, command);
}
// src/operations/filestore/judge-script-archive.ts
/** Judges whether the deployment's own script saved the filestore, too. */
async function judgeScriptArchive(run, { filestore }) {
	const { settings, facts, session } = run;
	if (settings.backup.filestore === "off") return NOT_SAVED;
	if (filestore && filestore.kind !== "incremental") {
		const { name, path, bytes, kind } = filestore;
		try {
			await inBackup(run, program([
				PACKER[kind],
				"-t",
				path
			]));
		} catch (error) {
			if (!(error instanceof CommandFailed)) throw error;
			return failed("attachments", `${name} cannot be read: ${error.reason}`, FULL);
		}
		const message = `${name} is written and readable (${formatBytes(bytes)}); a drill proves which files it holds.`;
		return passed("attachments", message);
	}
	const attachments = facts.attachments ? await attachmentsOf(session) : {
		count: 0,
		ids: []
	};
	if (attachments.count === 0) return passed("attachments", "No attachment names a file: there is no filestore to save.");
	return notRun("attachments", `/backup.sh saved no filestore, and ${counted(attachments.count, "attachment names a file", "attachments name files")} (ids ${idsOf(attachments)}).`, "Mount the volume of Odoo at /odoo_data in the backup service, where the script looks for it; or use `mode: snapshot`; or accept it by name: `filestore: off`.");
}
const FULL = "See that the backup volume has room, then take the backup again.";
// src/operations/backup/script-backup.ts
/**
* Calls the deployment's own /backup.sh as the guide does by hand ("Manual Backup"). Afterwards a new, complete,
* readable dump must be there. Its content is not proven: the script writes no manifest.
*/
async function backupByScript(run) {
	const { journal } = run;
	try {
		await journal.phase("Run the deployment's /backup.sh", () => callScript(run));
		const backup = await journal.phase("Verify what it wrote", () => verify$1(run));
		return reportOf$1(run, backup, await judgeScriptArchive(run, backup.written));
	} catch (error) {
		await removeWritten(run);
		throw error;
	}
}
async function verify$1(run) {
	const [written] = await newDumps(run);
	if (!written) throw nothingWritten(run);
	const [contents, measured] = await Promise.all([inBackup(run, pgRestoreList(written.path)).catch(unreadable), inBackup(run, measure(written.path))]);
	const { entries } = parseTableOfContents(contents);
	return {
		written,
		entries: entries.length,
		sha256: measuredIn(measured).sha256
	};
}
/** The dumps in daily/ that were not there when the run began, newest first. */
async function newDumps(run) {
	const { listing } = await listBackups(uncancelled(run), run.deployment);
	const known = new Set(run.listing.backups.map(({ path }) => path));
	return listing.backups.filter(({ path, kind }) => kind === "daily" && !known.has(path));
}
/**
* The script writes straight to the final name, so a dump that a failed script left would be taken for a backup. A dump that
* it has linked as the latest is complete, and is kept.
*/
async function removeWritten(run) {
	const [written, linked] = await Promise.all([newDumps(run).catch(() => []), linkedDump(run)]);
	const partial = written.filter(({ name }) => name !== linked);
	if (partial.length === 0) return;
	const paths = partial.map(({ path }) => path);
	if (await removeQuietly(run, paths)) run.journal.log.info(`Removed ${paths.join(", ")}.`);
}
async function linkedDump(run) {
	const { backups, database } = run.deployment;
	const { latest } = namesOf(database.name, "");
	const read = readLink(`${backups.directory}/daily/${latest}`);
	return inBackup(uncancelled(run), read).then((name) => name.trim(), () => "");
}
function unreadable(error) {
	if (!(error instanceof CommandFailed)) throw error;
	throw new Failed({
		what: "/backup.sh ended without an error, and the dump that it wrote cannot be read.",
		why: error.explanation.why,
		state: "That dump was removed; the earlier backups are as they were.",
		next: "Look at the disk, and use `mode: snapshot`, which makes nothing visible before it was read."
	}, { cause: error });
}
async function callScript(run) {
	const { deployment, journal } = run;
	try {
		await inBackup(run, program(["/backup.sh"]), { onLine: (line) => journal.log.info(line) });
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		throw new Failed({
			what: "The deployment's /backup.sh failed.",
			why: error.explanation.why,
			state: "What it had not finished was removed; the earlier backups are as they were.",
			next: deployment.policy === "strict" ? "Under the strict policy the Odoo role may not read the extensions' schemas: use `mode: snapshot`, or let the script dump as the admin role." : "Read its output above; `docker compose logs backup` shows its earlier runs."
		}, { cause: error });
	}
}
function nothingWritten({ deployment }) {
	return new Failed({
		what: "/backup.sh ended without an error, and no new dump is in daily/.",
		state: "The earlier backups are as they were.",
		next: `Look at what it writes, and where: docker exec ${deployment.backups.container} cat /backup.sh`
	});
}
function reportOf$1(run, { written, entries, sha256 }, attachments) {
	const { name, bytes, takenAt } = written;
	return assembleReport(run, "backup", {
		backup: {
			name,
			bytes,
			sha256,
			takenAt: takenAt.toISOString(),
			manifest: false
		},
		checks: [
			passed("dump", `${name} is new and readable: ${formatBytes(bytes)}, ${counted(entries, "entry", "entries")}.`),
			{
				...switchedOff("manifest"),
				message: "Its content is not proven: `mode: script` writes no manifest."
			},
			...withSwitchedOff([attachments], run.settings.proof.skipChecks)
		],
		tables: [],
		rows: 0
	});
}
// src/operations/backup/backup.ts
/** The backup is verified before it becomes visible. */
async function backup(settings, effects) {
	return withRun("backup", settings, effects, async (run) => {
		await removeLeftovers(run);
		return withRetention(run, await takeBackup(run));
	});
}
function takeBackup(run) {
	return run.settings.backup.mode === "script" ? backupByScript(run) : backupBySnapshot(run);
}
async function backupBySnapshot(run) {
	const { journal, deployment, stamp } = run;
	const { directory } = deployment.backups;
	const folder = `${directory}/daily`;
	const names = namesOf(deployment.database.name, stamp);
	const partial = `${folder}/${names.partial}`;
	const files = {
		folder,
		partial,
		dump: `${folder}/${names.dump}`,
		manifest: `${folder}/${names.manifest}`,
		latest: `${folder}/${names.latest}`,
		latestTarget: names.dump
	};
	try {
		await prepareBackupFolder(run, folder);
		const observed = await journal.phase("Dump and fingerprint one snapshot", () => dumpWithManifest(run, folder, partial));
		const measured = await journal.phase("Verify what was written", () => verify(run, partial, observed));
		const manifest = manifestOf(run, names.dump, observed, measured);
		const { check, written } = observed.filestore;
		const filestore = written && {
			partial: written.partial,
			file: `${folder}/${written.manifest.file}`
		};
		await journal.phase("Make it visible", () => inBackup(run, publish({
			...files,
			filestore,
			manifestText: serialize(manifest)
		})));
		return reportOf(run, manifest, check);
	} catch (error) {
		const partials = [...partialsOf(files), ...filestorePartialsOf(run, folder)];
		const removed = await removeQuietly(run, partials);
		throw error instanceof CommandFailed || error instanceof ServerError ? unfinished(run, error, removed) : error;
	}
}
function unfinished(run, error, removed) {
	const { next } = error.explanation;
	const { volume } = run.deployment.backups;
	return new Failed({
		what: "The backup could not be finished.",
		why: error instanceof CommandFailed ? error.reason : error.sentence,
		state: removed ? "What it had written was removed; the earlier backups are as they were." : "What it had written keeps a hidden name until the next run; the earlier backups are as they were.",
		next: next ?? `If the disk is full, free space on the volume ${volume}. If Odoo was installing or upgrading a module, run it again afterwards.`
	}, { cause: error });
}
async function verify(run, partial, { contents }) {
	const [listed, measured] = await Promise.all([inBackup(run, pgRestoreList(partial)), inBackup(run, measure(partial))]);
	const { entries } = parseTableOfContents(listed);
	const data = entries.filter(({ kind }) => kind === "TABLE DATA").length;
	if (data < contents.length) throw new Failed({
		what: `The dump holds the rows of ${data} tables, and the database has ${contents.length}.`,
		state: "It was removed; the earlier backups are as they were.",
		next: "Run the backup again with debug logging and look at what pg_dump says."
	});
	return {
		...measuredIn(measured),
		entries: entries.length
	};
}
function manifestOf(run, dump, observed, measured) {
	const { facts, deployment, settings } = run;
	const { encoding, provider, collate, ctype, locale, icuRules } = facts;
	const { owner, admin } = deployment.database;
	return {
		manifestVersion: 1,
		hashVersion: 2,
		structureVersion: 3,
		database: deployment.database.name,
		takenAt: observed.takenAt,
		server: {
			version: facts.version,
			number: facts.number
		},
		locale: {
			encoding,
			provider,
			collate,
			ctype,
			locale,
			icuRules
		},
		dump: {
			file: dump,
			bytes: measured.bytes,
			sha256: measured.sha256,
			compression: settings.backup.compression
		},
		extensions: [...observed.extensions],
		tables: observed.contents.map(({ schema, name, rows, hash }) => ({
			schema,
			name,
			rows,
			hash
		})),
		sequences: observed.sequences,
		geometries: observed.geometries,
		structure: [...observed.structure],
		largeObjects: observed.largeObjects,
		generatedRights: [...observed.generatedRights],
		roles: {
			owner: owner.name,
			admin: admin.name,
			others: facts.roles.filter((name) => name !== owner.name && name !== admin.name)
		},
		databaseBytes: facts.databaseBytes,
		...observed.filestore.written && { filestore: observed.filestore.written.manifest }
	};
}
function reportOf(run, manifest, attachments) {
	const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
	const checks = [
		passed("dump", `${manifest.dump.file} is written, readable, synced to disk: ${formatBytes(manifest.dump.bytes)}, SHA-256 ${manifest.dump.sha256}.`),
		passed("manifest", `It holds the row count and content hash of ${counted(manifest.tables.length, "table")} with ${counted(rows, "row")}, of the dump's own snapshot.`),
		attachments
	];
	const backup = {
		name: manifest.dump.file,
		takenAt: manifest.takenAt,
		bytes: manifest.dump.bytes,
		sha256: manifest.dump.sha256,
		manifest: true
	};
	const tables = manifest.tables.map(({ schema, name, rows: expected, hash }) => ({
		schema,
		name,
		rows: {
			expected,
			restored: null
		},
		hash: {
			expected: hash,
			restored: null
		}
	}));
	return assembleReport(run, "backup", {
		backup,
		checks: withSwitchedOff(checks, run.settings.proof.skipChecks),
		tables,
		rows
	});
}
export { takeBackup as n, backup as t };
