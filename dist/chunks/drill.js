import "./rolldown-runtime.js";
import { E as literal, M as manifestNameOf, O as qualified, T as identifier, a as createThrowaway, f as choose, g as ServerError, h as compareExtensions, i as RESTORE_LIST, l as keepThrowaway, r as withRun, s as dropThrowaway, v as firstValue, w as removeFiles, x as measure } from "./run.js";
import { a as switchedOff, i as passed, n as failed, r as notRun } from "./check.js";
import { t as formatDuration } from "./duration.js";
import { C as parseTableOfContents, S as scanTasks, _ as writeRestoreList, a as compareLargeObjects, b as TABLES_QUERY, f as refuseFullDatabaseVolume, g as psql, h as pgRestoreList, i as inTransactions, l as compareGeometries, m as pgRestore, n as observe, s as compareSequences, t as withSessions, u as geometriesOf, v as compareStructure, w as parseManifest, x as contentOf } from "./sessions.js";
import { a as inContainer, i as and, o as program } from "./shell.js";
import { n as Failed } from "./failure.js";
import { t as CommandFailed } from "./command-failed.js";
import { t as formatBytes } from "./bytes.js";
import { t as assembleReport } from "./assemble-report.js";
import { i as pairTables, n as compareCounts, t as compareContent } from "./content.js";
import { n as formatCount, t as counted } from "./count.js";
import { t as removeLeftovers } from "./sweep2.js";
// src/checks/objectives.ts
/** Given the backup's age in seconds and the objective, return whether a loss now would cost more than was agreed. */
function judgeRpo(ageSeconds, objectiveSeconds) {
	const sentence = `The backup is ${formatDuration(ageSeconds)} old; the objective (RPO) is ${formatDuration(objectiveSeconds)}.`;
	if (ageSeconds < -300) return failed("rpo", `The backup is dated ${formatDuration(-ageSeconds)} in the future.`, "The clock of the host or of the backup container is wrong: set it by NTP.");
	return ageSeconds <= objectiveSeconds ? passed("rpo", sentence) : failed("rpo", sentence, "Look at why no newer backup was taken: docker compose logs backup");
}
/** Given the seconds from the start of the restore to a proven database, return whether that is within the objective. */
function judgeRto(seconds, objectiveSeconds) {
	const sentence = `Restored and proven in ${formatDuration(seconds)}; the objective (RTO) is ${formatDuration(objectiveSeconds)}.`;
	return seconds <= objectiveSeconds ? passed("rto", sentence) : failed("rto", sentence, "Give the host more cores or a faster disk, raise `jobs`, or agree on another objective.");
}
// src/operations/archive.ts
/**
* Given a listed backup, read its manifest and table of contents and measure its bytes, all at once.
* Throws Failed with the reason when it cannot be read at all: nothing is restored then.
*/
async function openArchive(run, backup) {
	const { host, deployment, signal } = run;
	const inBackup = async (command) => (await host.run(inContainer(deployment.backups.container, command), { signal })).stdout;
	const [text, listed, measured] = await Promise.all([
		backup.manifest ? inBackup(program(["cat", manifestNameOf(backup.path)])) : void 0,
		inBackup(pgRestoreList(backup.path)).catch((error) => unreadable(error, backup)),
		inBackup(measure(backup.path))
	]);
	const [bytes = "", sum = ""] = measured.split("\n");
	const sha256 = sum.split(" ")[0] ?? "";
	const manifest = text === void 0 ? void 0 : parseManifest(text, backup.name);
	const check = judgeArchive(backup.name, Number(bytes), sha256, manifest);
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
		why: error.explanation.why ?? error.explanation.what,
		state: "Nothing was restored.",
		next: "It was cut short or damaged. Drill another backup, and take a new one."
	}, { cause: error });
}
/** Given what was measured and what the manifest says, return whether the archive is the one that was written. */
function judgeArchive(name, bytes, sha256, manifest) {
	const next = "It was changed or damaged after it was written. Drill another backup, take a new one, and look at the disk.";
	if (!manifest) return passed("archive", `${name} (${formatBytes(bytes)}) is readable. It has no manifest, so no checksum to compare.`);
	if (bytes !== manifest.dump.bytes) return failed("archive", `${name} has ${bytes} bytes instead of ${manifest.dump.bytes}.`, next);
	if (sha256 !== manifest.dump.sha256) return failed("archive", `${name} has another SHA-256 than when it was written.`, next);
	return passed("archive", `${name} (${formatBytes(bytes)}) is readable, and its SHA-256 is the manifest's.`);
}
// src/checks/sql-checks.ts
/** Given a check of the user's own and the text of its first value (null for SQL's NULL or no row), return the verdict. */
function judgeSqlCheck({ name, expect }, answer) {
	return answer === expect ? passed(`sql: ${name}`, "Answered as expected.") : failed(`sql: ${name}`, "Answered other than expected. The answer is not shown here, as it may be personal data.", "Run the statement by hand on a kept throwaway database (`keep-database`).");
}
/** Given a check of the user's own that the server refused, return the verdict. */
function sqlCheckRefused({ name }, reason) {
	return failed(`sql: ${name}`, `The server refused the statement: ${reason}`, "Correct it in `sql-checks`.");
}
// src/checks/control.ts
/** The largest table that the control rereads: it proves the comparison, it does not repeat the proof. */
const LARGEST_CONTROL_BYTES = 16777216;
/** For each type that the control can change without knowing the column's meaning, an expression of another value. */
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
/** Columns that no key, check, index or generation rule uses: changing one breaks nothing but the content. One row, one JSON value. */
const FREE_COLUMNS_QUERY = `
SELECT coalesce(json_agg(json_build_object('schema', n.nspname, 'table', c.relname, 'column', a.attname)), '[]') AS columns
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity = ''
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype <> 'n' AND (k.conkey IS NULL OR a.attnum = ANY (k.conkey)))
  AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND (i.indexprs IS NOT NULL OR a.attnum = ANY (i.indkey)))
  AND NOT EXISTS (SELECT FROM pg_attrdef g WHERE g.adrelid = c.oid AND EXISTS (
    SELECT FROM pg_attribute v WHERE v.attrelid = c.oid AND v.attnum = g.adnum AND v.attgenerated <> ''))`;
/**
* Given the restored tables with their content and the columns that may be changed, return the control:
* a row of the largest table that is not too large; undefined when no table has such a column.
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
/**
* Given the manifest, the restored content, and the content of the table whose row was changed, return
* whether the drill's own comparison turned red, and for that table alone.
*/
function judgeControl(expected, restored, changed) {
	const isChanged = ({ schema, name }) => schema === changed.schema && name === changed.name;
	const withChange = restored.map((table) => isChanged(table) ? changed : table);
	const before = compareContent(pairTables(expected.filter(isChanged), restored.filter(isChanged)));
	const after = compareContent(pairTables(expected.filter(isChanged), withChange.filter(isChanged)));
	const table = `${changed.schema}.${changed.name}`;
	if (before.status === "passed" && after.status === "failed") return passed("control", `One changed row in ${table} turned the comparison red, as it must.`);
	if (before.status === "failed") return notRun("control", `${table} differed already, so a change in it shows nothing.`, "See the content check.");
	return failed("control", `One row of ${table} was changed, and the comparison stayed green: it proves nothing.`, "This is a bug of ours: report it, and do not rely on this drill.");
}
// src/database/count-rows.ts
const LIVE = {
	begin: ["BEGIN READ ONLY"],
	end: ["COMMIT"]
};
/** Given a session, return the exact row count of every table that a dump holds, in two round trips. */
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
// src/operations/control.ts
/**
* Given what was restored and its columns that may be changed, change one row of it in a transaction that is rolled back, and require the drill's
* own comparison to turn red. Without a manifest, the restored content itself is what the change must differ from.
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
		return notRun("control", `${table.schema}.${table.name}.${control.column} could not be changed: ${error.explanation.why}`, "Report this: the control should have chosen another column.");
	}
}
// src/operations/prove.ts
/** Nothing of ours changes what is to be proven. */
const RESTORED = {
	begin: ["BEGIN READ ONLY"],
	end: ["COMMIT"]
};
/** Given an archive and sessions on the database restored from it, prove that what came back is what went in. */
async function prove(run, archive, { live }, sessions) {
	const { journal, deployment } = run;
	const roles = [deployment.database.owner.name, deployment.database.admin.name];
	const [first, last] = [sessions[0], sessions.at(-1)];
	const [restored, free] = await journal.phase("Prove every table", () => Promise.all([observe(sessions, {
		transaction: RESTORED,
		roles,
		onProgress: (fraction) => journal.log.progress(fraction, "of the restored content compared"),
		signal: run.signal
	}), last.value(FREE_COLUMNS_QUERY)]));
	const partners = restored.contents.find(({ schema, name }) => schema === "public" && name === "res_partner");
	const { postgis } = restored;
	const compared = archive.manifest ? compareWithManifest(archive.manifest, restored) : await compareWithLive(run, live, restored);
	const control = await journal.phase("Control: change one row", () => runControl(archive, restored, free, first));
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
function compareWithManifest(manifest, restored) {
	return [
		manifest.hashVersion === 1 ? compareContent(pairTables(manifest.tables, restored.contents)) : otherVersion("content"),
		manifest.structureVersion === 1 ? compareStructure(manifest.structure, restored.structure) : otherVersion("structure"),
		compareSequences(manifest.sequences, restored.sequences),
		manifest.hashVersion === 1 ? compareLargeObjects(manifest.largeObjects, restored.largeObjects) : otherVersion("large-objects"),
		compareExtensions(manifest.extensions, restored.extensions),
		compareGeometries(manifest.geometries, geometriesOf(restored.contents))
	];
}
function otherVersion(name) {
	return notRun(name, "The manifest was written by a version of this project that hashes otherwise, so the hashes cannot be compared.", "Take a new backup and drill that one; or drill this one with the version that wrote it.");
}
function withoutLive(name) {
	return notRun(name, "Not compared: this backup has no manifest, and the live database is out of reach here.", "Let this project take the backups (`mode: snapshot`), or drill this one where the live database is: `where: host`.");
}
/** Without a manifest nothing says what the database held: counts against the live one are the best there is. */
async function compareWithLive({ settings, facts }, live, restored) {
	const { countTolerance } = settings.proof;
	return [...live ? [compareCounts(await countRows(live), restored.contents, countTolerance), compareExtensions(facts.extensions, restored.extensions)] : [withoutLive("row-counts"), withoutLive("extensions")], notRun("content", "The content is not proven: this backup has no manifest to compare with.", "Let this project take the backups (`mode: snapshot`), or accept it by name: `skip-checks: content`.")];
}
/** `SELECT PostGIS_Version()`, as the guide's "Test Restore" asks. */
function judgePostgis(version) {
	if (version !== void 0) return passed("postgis", `PostGIS answers: ${version}.`);
	return failed("postgis", "The restored database has no PostGIS.", "An OpenSPP database needs it: look at which database this backup was taken of.");
}
/** `SELECT COUNT(*) FROM res_partner`, as the guide's "Test Restore" asks. */
function judgePartners(partners) {
	if (partners && partners.rows > 0) return passed("partners", `res_partner has ${formatCount(partners.rows)} rows.`);
	return failed("partners", partners ? "res_partner is empty." : "There is no table res_partner.", "Odoo always has partners: look at which database this backup was taken of.");
}
// src/backups/restore-plan.ts
const SUPERUSER_KINDS = /* @__PURE__ */ new Set([...[
	"EVENT TRIGGER",
	"PUBLICATION",
	"PUBLICATION TABLE",
	"PUBLICATION TABLES IN SCHEMA"
], ...[
	"SUBSCRIPTION",
	"SUBSCRIPTION TABLE",
	"FOREIGN DATA WRAPPER",
	"DEFAULT ACL"
]]);
/**
* Given an archive's contents and the extensions' objects, return who restores what. Under the strict
* policy the Odoo role owns neither extensions nor their tables, so these need the admin role
* (measured on PostgreSQL 18: `must be owner of extension`, `permission denied for table spatial_ref_sys`).
*/
function planRestore(contents, extensions) {
	const plan = {
		adminFirst: [],
		adminLast: [],
		leftOut: [],
		ownerEntries: 0
	};
	for (const entry of contents.entries) if (isCreatedBeforehand(entry, extensions)) plan.leftOut.push(entry.id);
	else if (belongsToExtension(entry, extensions)) plan.adminFirst.push(entry.id);
	else if (SUPERUSER_KINDS.has(entry.kind)) plan.adminLast.push(entry.id);
	else plan.ownerEntries += 1;
	return plan;
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
// src/operations/create-extensions.ts
/**
* Given an opened archive, what the server says and the policy's roles, return how to create the archive's extensions:
* where the source had them, and in its versions where the server still has these.
*/
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
* Odoo declares unaccent immutable when it makes a database (odoo/service/db.py), to index by it. A dump holds the
* index and not the declaration, so that a plain restore fails: `functions in index expression must be marked IMMUTABLE`.
*/
function immutableUnaccent(schema) {
	return `ALTER FUNCTION ${identifier(schema)}.unaccent(text) IMMUTABLE`;
}
// src/operations/restore-archive.ts
/**
* Given an opened archive and the name of an empty database, restore the one into the other in one exchange: the
* extensions and their own rows as the admin role, all data as its owner and in parallel, and last what only a
* superuser may create.
*/
async function restoreArchive(run, archive, database) {
	const { host, journal, signal, facts, deployment } = run;
	const { statements, schemas } = extensionsToCreate(archive, facts, deployment.database);
	const plan = planRestore(archive.contents, {
		relations: new Set(facts.extensionRelations),
		schemas: new Set(schemas)
	});
	let finished = 0;
	await host.run(restoreCommand(run, archive, database, plan, statements), {
		signal,
		onErrorLine: (line) => {
			if (!line.startsWith("pg_restore: finished item ")) return;
			finished += 1;
			const total = Math.max(finished, plan.ownerEntries);
			journal.log.progress(finished / total, `of ${counted(total, "entry", "entries")} restored`);
		}
	});
}
/** Given a database, a plan and what creates the extensions, return the command that restores an archive, for the backup container. */
function restoreCommand({ deployment, settings, applicationName }, { backup }, database, plan, createExtensions) {
	const { backups, policy } = deployment;
	const { innerHost: host, innerPort: port, owner, admin } = deployment.database;
	const connection = {
		host,
		port,
		database,
		applicationName
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
	const asAdmin = (ids) => ids.length === 0 ? [] : [and(writeRestoreList(backup.path, RESTORE_LIST, "keep", ids), restore(admin, 1))];
	const notTheOwners = [
		...plan.leftOut,
		...plan.adminFirst,
		...plan.adminLast
	];
	return inContainer(backups.container, and(...createExtensions.length === 0 ? [] : [psql({
		...connection,
		role: admin
	}, createExtensions)], ...asAdmin(plan.adminFirst), writeRestoreList(backup.path, RESTORE_LIST, "leave out", notTheOwners), restore(owner, settings.proof.jobs ?? deployment.cores), ...asAdmin(plan.adminLast), removeFiles([RESTORE_LIST])));
}
// src/operations/restore-and-prove.ts
const PROOFS = [...[
	"content",
	"structure",
	"sequences",
	"large-objects",
	"extensions",
	"geometry"
], ...[
	"partners",
	"postgis",
	"control"
]];
/** Given why nothing was restored, return the proofs that could not be made: none of them is green. */
function unproven(reason) {
	return PROOFS.map((name) => notRun(name, `Not looked at: ${reason}`));
}
/** Given an opened archive and an empty database, restore the one into the other and prove it. */
async function restoreAndProve(run, archive, target) {
	const { deployment, settings, applicationName } = run;
	const { name } = target;
	const { jobs, sqlChecks } = settings.proof;
	const admin = {
		role: deployment.database.admin,
		name,
		applicationName
	};
	const restoring = restore(run, archive, name);
	restoring.catch(() => {});
	try {
		return await withSessions(run, jobs ?? deployment.cores, admin, async (sessions) => {
			const restored = await restoring;
			if (restored.status !== "passed") return {
				proven: false,
				checks: [restored, ...unproven("the restore failed.")]
			};
			const proof = await prove(run, archive, target, sessions);
			const own = await askOwnChecks(run, name, sqlChecks);
			return {
				...proof,
				proven: true,
				checks: [
					restored,
					...proof.checks,
					...own
				]
			};
		});
	} finally {
		await Promise.allSettled([restoring]);
	}
}
async function restore(run, archive, database) {
	try {
		await run.journal.phase("Restore", () => restoreArchive(run, archive, database));
		return passed("restore", "pg_restore ended without an error.");
	} catch (error) {
		if (!(error instanceof CommandFailed || error instanceof ServerError)) throw error;
		return failed("restore", `The restore stopped at an error: ${withoutValues(error.explanation.why ?? error.explanation.what)}`, "This backup cannot be restored as it is. Drill an older one now, and take a new backup.");
	}
}
/** PostgreSQL quotes the offending value at the end of some messages; it may be personal data. */
function withoutValues(message) {
	return message.replace(/: ".*"$/s, ": …").replace(/=\(.*\)/s, "=(…)");
}
/** The user's own statements run as the data's owner, read-only, with the search path that Odoo has. */
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
	return run.journal.phase("Your own SQL checks", () => withSessions(run, 1, owner, async ([session]) => {
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
// src/operations/drill.ts
/**
* Given the settings, restore a backup into the throwaway database, prove that what came back is what went
* in, and drop it: the guide's "Test Restore", with a proof. What a check found is in the report; what makes
* a drill impossible is thrown.
*/
async function drill(settings, effects) {
	return withRun("drill", settings, effects, async (run) => {
		await removeLeftovers(run);
		return drillBackup(run);
	});
}
/** Given a run, drill the backup that its settings name. */
async function drillBackup(run) {
	const { listing, settings, journal } = run;
	const backup = choose(listing, settings.drill.backup, Math.random());
	const [archive] = await journal.phase(`Open ${backup.name}`, () => Promise.all([openArchive(run, backup), makeRoom(run)]));
	const rpoSeconds = ageOf(run, archive);
	const known = [archive.check, judgeRpo(rpoSeconds, settings.drill.rpoSeconds)];
	if (archive.check.status === "failed") {
		const reason = "a damaged archive is not restored.";
		return reportOf(run, archive, {
			checks: [
				...known,
				notRun("restore", `Not tried: ${reason}`),
				...unproven(reason)
			],
			rpoSeconds
		});
	}
	const findings = await drillInThrowaway(run, archive);
	return reportOf(run, archive, {
		...findings,
		checks: [...known, ...findings.checks],
		rpoSeconds
	});
}
async function makeRoom(run) {
	await dropThrowaway(run, run.settings.drill.throwawayDatabase);
	await refuseFullDatabaseVolume(run);
}
/** Creates the throwaway database, and drops it on success, failure and cancellation. */
async function drillInThrowaway(run, archive) {
	const { journal, clock, settings, facts } = run;
	const name = settings.drill.throwawayDatabase;
	const start = clock.seconds();
	let cleanup;
	const drop = async () => {
		const { keepDatabase } = settings.drill;
		cleanup = await journal.phase(`${keepDatabase ? "Keep" : "Drop"} ${name}`, () => cleanUp(run));
	};
	await journal.phase(`Create ${name}`, () => createThrowaway(run, name, archive.manifest?.locale ?? facts));
	try {
		const findings = await restoreAndProve(run, archive, {
			name,
			live: run.session
		});
		const rtoSeconds = clock.seconds() - start;
		const inTime = findings.proven ? [judgeRto(rtoSeconds, settings.drill.rtoSeconds)] : [];
		await drop();
		return {
			...findings,
			checks: [
				...findings.checks,
				...inTime,
				...cleanup ? [cleanup] : []
			],
			...findings.proven && { rtoSeconds }
		};
	} finally {
		if (!cleanup) await drop();
	}
}
async function cleanUp(run) {
	const name = run.settings.drill.throwawayDatabase;
	try {
		if (run.settings.drill.keepDatabase) {
			await keepThrowaway(run, name);
			return passed("cleanup", `${name} was kept, as asked. The next drill drops it.`);
		}
		await dropThrowaway(run, name);
		return passed("cleanup", `${name} was dropped.`);
	} catch (error) {
		return failed("cleanup", `${name} could not be dropped: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`, "The next run drops it; or do it now: openspp-backup sweep");
	}
}
/**
* Seconds between the snapshot and now, both by the server's own clock, so that the runner's does not matter;
* of a cycle, the run goes on meanwhile.
*/
function ageOf({ facts, journal, readAt }, archive) {
	return Date.parse(facts.now) / 1e3 + (journal.elapsed() - readAt) - takenAtOf(archive).getTime() / 1e3;
}
function takenAtOf({ manifest, backup }) {
	return manifest ? new Date(manifest.takenAt) : backup.takenAt;
}
function reportOf(run, archive, findings) {
	const { settings } = run;
	const { proven: _, ...found } = findings;
	const skipped = new Set(settings.proof.skipChecks);
	return assembleReport(run, "drill", {
		tables: [],
		rows: 0,
		...found,
		checks: findings.checks.map((check) => skipped.has(check.name) ? switchedOff(check.name) : check),
		backup: {
			name: archive.backup.name,
			takenAt: takenAtOf(archive).toISOString(),
			bytes: archive.backup.bytes,
			sha256: archive.sha256,
			manifest: archive.manifest !== void 0
		},
		rpoObjectiveSeconds: settings.drill.rpoSeconds,
		rtoObjectiveSeconds: settings.drill.rtoSeconds
	});
}
export { drillBackup as n, drill as t };
