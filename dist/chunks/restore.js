import "./rolldown-runtime.js";
import { D as choose, R as freeSpace, S as commentOf, T as sideName, X as literal, _ as dropDatabase, m as commentOnDatabase } from "./discover.js";
import { a as UserMistake, i as Unreachable, n as Failed, r as Failure, t as Cancelled } from "./failure.js";
import { A as connectionEnv, F as readArchive, I as restoreStatements, a as exchangeFilestores, l as removeStaged, n as keptFilestores, o as filestoreNamesOf, r as remember, s as proveStaged, t as forget, u as stageFilestore } from "./kept-filestores.js";
import { a as restoreArchive, c as pairTables, d as withFetchedCopy, h as whileDiskLasts, l as openArchive, n as restoreSteps, o as unknownTables, r as restoreAndProve, s as compareContent, t as recoveryText } from "./recovery.js";
import { t as removeLeftovers } from "./sweep.js";
import { n as refuseUnconfirmed, t as refuseOtherDatabase } from "./confirmation.js";
import { C as LOG_TO_COME_QUERY, S as FACTS_QUERY, _ as propertiesQuery, a as occupy, c as vacate, d as stopServices, f as unhealthyOne, g as compareProperties, h as applyProperties, l as exchange, o as safetyOf, p as whileStopped, u as containersOf } from "./refuse-server.js";
import { t as CommandFailed } from "./command-failed.js";
import { a as passed, i as notRun, l as withSwitchedOff, r as failed, s as verdictOf } from "./check.js";
import { t as formatDuration } from "./duration.js";
import { r as assembleReport } from "./remove-quietly.js";
import { C as TABLES_QUERY, D as relationsOfExtensions, d as DISK_RESERVE, f as freeBytes, n as scanContent, x as POSTGIS_SCHEMA_QUERY } from "./observe.js";
import { t as createMarked } from "./create-database.js";
import { i as withSessions } from "./locked.js";
import { n as withServer, t as lookAgain } from "./on-server.js";
import { l as program, n as print, o as apart, s as inContainer } from "./shell.js";
import { t as counted } from "./count.js";
import { t as formatBytes } from "./bytes.js";
import { t as RESTORE_LIST } from "./throwaway.js";
import { n as takeBackup } from "./backup.js";
import { i as ServerError } from "./application.js";
// src/operations/restore/cut-off.ts
/**
* Given what ended a restore in its middle and how things stand then, return it told so. That the server or the line was
* lost stays that, and is the cause, whatever failed first because of it.
*/
function cutOff(error, { signal }, told) {
	const cause = signal.reason instanceof Unreachable ? signal.reason : error;
	return new (cause instanceof Unreachable ? Unreachable : Failed)({
		...told,
		why: whyOf(cause)
	}, { cause });
}
function whyOf(cause) {
	if (cause instanceof Cancelled) return "It was cancelled.";
	if (!(cause instanceof Failure)) return String(cause);
	const { what, why } = cause.explanation;
	return why ?? what;
}
// src/operations/restore/restore-report.ts
const SECONDS_PER_DAY = 86400;
/** Given a run and the archive to restore, return the comments of what is made of it: by the server's own clock. */
function marksOf({ facts, deployment, settings }, { backup }, filestore) {
	const since = new Date(facts.now).toISOString();
	const kept = settings.restore.keepDays * SECONDS_PER_DAY * 1e3;
	const until = new Date(Date.parse(since) + kept).toISOString();
	const common = {
		of: deployment.database.name,
		backup: backup.name,
		since
	};
	return {
		incoming: {
			is: "incoming",
			...common,
			...filestore && { filestore }
		},
		former: {
			is: "former",
			...common,
			until,
			confirmed: false,
			...filestore && { filestore }
		},
		copy: {
			is: "copy",
			...common,
			until
		}
	};
}
/** Given how production stands, return the check of a restore whose outcome is not proven, so that nothing was exchanged. */
function notDone(standing) {
	return notRun("swap", `Not done: what was restored is not proven. ${standing}.`, "Restore another backup; or accept what could not be proven by name: `skip-checks`.");
}
/** Given a run and its checks so far, return whether what was restored may become production. */
function isProven({ settings }, checks) {
	return verdictOf(withSwitchedOff(checks, settings.proof.skipChecks)) === "passed";
}
/** Given what a restore came to, return its report. */
function reportOf(run, archive, checks, summary, findings) {
	const { settings, facts } = run;
	const { backup, manifest, sha256 } = archive;
	const takenAt = manifest ? new Date(manifest.takenAt) : backup.takenAt;
	const { tables = [], rows = 0, rtoSeconds, postgis, partners } = findings;
	return assembleReport(run, "restore", {
		checks: withSwitchedOff(checks, settings.proof.skipChecks),
		tables,
		rows,
		...rtoSeconds !== void 0 && { rtoSeconds },
		...postgis !== void 0 && { postgis },
		...partners !== void 0 && { partners },
		rpoSeconds: (Date.parse(facts.now) - takenAt.getTime()) / 1e3,
		backup: {
			name: backup.name,
			bytes: backup.bytes,
			sha256,
			takenAt: takenAt.toISOString(),
			manifest: manifest !== void 0
		},
		restore: {
			strategy: settings.restore.strategy,
			...summary
		},
		...findings.recovery !== void 0 && { recovery: findings.recovery }
	});
}
// src/operations/restore/with-filestore.ts
/** Given a run and an opened archive, return which filestore goes where with the database; nothing when the database comes alone. Throws UserMistake. */
function filestoreOf(run, { backup }) {
	const { what, strategy } = run.settings.restore;
	if (strategy === "copy" || what === "database") return void 0;
	const { filestore } = run.deployment;
	if (what === "auto" && !(backup.filestore && filestore)) return void 0;
	if (!backup.filestore) throw new UserMistake({
		what: `The backup ${backup.name} holds no filestore.`,
		next: "Restore the database alone (`what: database`), or another backup: openspp-backup list"
	});
	const { staged, before } = filestoreNamesOf(run.deployment.database.name, run.stamp);
	return {
		next: staged,
		aside: before
	};
}
/** Given a run, an opened archive and a database restored from it, put its filestore beside the live one and prove it against that database. */
async function stageAndProve(run, archive, database) {
	const { journal, stamp } = run;
	await journal.phase("Restore the filestore beside the live one", () => stageFilestore(run, archive, stamp));
	return journal.phase("Prove the filestore", () => proveStaged(run, stamp, database));
}
/** Given a run and an opened archive, restore the filestore alone: proven against the database that stands, then exchanged. */
async function restoreFilestoreAlone(run, archive, names) {
	const { deployment, stamp, production } = run;
	if (production === null) throw nothingToProveAgainst(deployment.database.name);
	const record = keptFilestoreOf(run, archive.backup.name, names, true);
	await remember(run, {
		...record,
		state: "staging"
	});
	let known = [];
	try {
		known = [archive.check, await stageAndProve(run, archive, deployment.database.name)];
	} finally {
		if (!isProven(run, known) && !run.signal.aborted) {
			await removeStaged(run, stamp);
			await forget(run, record);
		}
	}
	if (!isProven(run, known)) return reportOf(run, archive, [...known, notDone("The filestore is as it was")], {}, {});
	const live = await exchangeAlone(run, record);
	const { downtimeSeconds, kept } = live;
	if (!kept) await removeStaged(run, stamp);
	return reportOf(run, archive, [...known, ...live.checks], {
		downtimeSeconds,
		kept
	}, {});
}
/**
* Given a run and a filestore that is whole, let it become live: stop the services, exchange, start. When they do not become
* healthy in time, the former one comes back by itself.
*/
async function exchangeAlone(run, record) {
	const { clock, settings, journal } = run;
	const { aside, next, until } = record;
	const containers = await containersOf(run);
	const start = clock.seconds();
	await remember(run, {
		...record,
		state: "proven",
		stopped: containers
	});
	const within = settings.restore.healthyWithinSeconds;
	const exchange = (which) => journal.phase("Stop the services, exchange the filestores, start", async () => {
		await whileStopped(run, containers, () => exchangeFilestores(run, which));
		return unhealthyOne(run, containers, within);
	});
	const ill = await exchange({
		next,
		aside
	});
	if (ill !== void 0) {
		await exchange({
			next: aside,
			aside: next
		});
		await forget(run, record);
		return {
			checks: [failed("swap", `The services were not healthy (${ill}), so the former filestore is live again.`, "Read why: docker compose logs odoo.")],
			downtimeSeconds: clock.seconds() - start
		};
	}
	await remember(run, {
		...record,
		state: "live"
	});
	return {
		downtimeSeconds: clock.seconds() - start,
		kept: {
			name: aside,
			until
		},
		checks: [passed("swap", `The restored filestore is live; the former one is kept as ${aside} until ${until.slice(0, 10)}.`)]
	};
}
/** Given a run whose services are stopped, exchange the filestores where no former database will be there to tell of it. */
async function exchangeKept(run, backup, names) {
	const record = keptFilestoreOf(run, backup, names, false);
	await remember(run, record);
	await exchangeFilestores(run, names);
	await remember(run, {
		...record,
		state: "live"
	});
}
/** Given a run, a backup and a filestore's exchange, return the record of it, by the server's own clock. */
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
function nothingToProveAgainst(database) {
	return new UserMistake({
		what: `There is no database ${database} that a filestore could be proven against.`,
		next: "Restore both: `what: both`."
	});
}
// src/operations/restore/go-live.ts
/**
* Given a proven database, let it take production's place: stop the services, exchange the names, start them, and wait
* until they are healthy. When they do not become so in time, the former database comes back by itself.
*/
async function goLive(run, candidate) {
	const { clock, journal, settings, maintenance, deployment, properties } = run;
	const database = deployment.database.name;
	const containers = await containersOf(run);
	const aside = asideOf(run, candidate.formerMark);
	const former = aside?.mark.is === "former" ? {
		name: aside.name,
		mark: aside.mark
	} : void 0;
	const dressed = candidate.mark.is === "incoming";
	await maintenance.batch([...properties && dressed ? applyProperties(candidate.name, properties) : [], commentOnDatabase(candidate.name, commentOf({
		...candidate.mark,
		stopped: containers
	}))]);
	const start = clock.seconds();
	const came = await journal.phase("Stop the services, exchange, start", () => takeOver(run, containers, candidate, aside));
	const within = settings.restore.healthyWithinSeconds;
	const ill = came.trouble ?? await journal.phase("Wait until the services are healthy", () => knowingState(run, former?.name, () => unhealthyOne(run, containers, within)));
	const downtimeSeconds = clock.seconds() - start;
	if (ill !== void 0 && former) return comeBack(run, candidate, containers, former.name, ill, start);
	if (former) {
		const confirmed = commentOf({
			...former.mark,
			confirmed: true
		});
		await maintenance.batch([commentOnDatabase(former.name, confirmed)]);
	} else if (aside) await maintenance.batch([dropDatabase(aside.name)]);
	const message = former ? `${database} is the restored database; the former one is kept as ${former.name} until ${former.mark.until.slice(0, 10)}.` : `${database} is the restored database; there was no former one to keep.`;
	return {
		downtimeSeconds,
		...former && { kept: {
			name: former.name,
			until: former.mark.until
		} },
		checks: await judgeLive(run, {
			message,
			containers,
			downtimeSeconds,
			ill,
			dressed
		})
	};
}
function asideOf({ deployment, production, vacancy, stamp }, formerMark) {
	const { name } = deployment.database;
	if (production) return {
		name: sideName(name, "before", stamp),
		mark: formerMark
	};
	return vacancy && {
		name: sideName(name, "vacant", stamp),
		mark: vacancy
	};
}
/** Given a run and the database that has become production, return the checks of it. */
async function judgeLive({ maintenance, deployment, properties }, { message, containers, downtimeSeconds, ill, dressed }) {
	const now = await maintenance.value(propertiesQuery(deployment.database.name));
	return [
		passed("swap", message),
		...dressed ? [compareProperties(properties, now)] : [],
		ill === void 0 ? passed("healthy", `${containers.join(", ")} run and are healthy, ${formatDuration(downtimeSeconds)} after they were stopped.`) : failed("healthy", notHealthy(ill), READ_WHY)
	];
}
const READ_WHY = "Read why: docker compose logs odoo. A database of an older version of OpenSPP needs that version's image.";
function notHealthy(ill) {
	return `The services did not become healthy on the restored database: ${ill}.`;
}
async function takeOver(run, containers, { name: incoming, mark, filestore }, aside) {
	const { deployment, properties } = run;
	const former = aside?.mark.is === "former";
	const names = {
		production: deployment.database.name,
		incoming,
		comment: properties?.comment ?? null,
		...aside && { aside: {
			name: aside.name,
			comment: commentOf({
				...aside.mark,
				stopped: containers
			})
		} }
	};
	let exchanged = false;
	try {
		await whileStopped(run, containers, async () => {
			if (filestore && !former) await exchangeKept(run, mark.backup, filestore);
			await exchange(run, names);
			exchanged = true;
			if (filestore && former) await exchangeFilestores(run, filestore);
		});
		return {};
	} catch (error) {
		const lost = [error, run.signal.reason].some((one) => one instanceof Unreachable);
		if (!exchanged) throw lost ? unsure$1(error, run) : error;
		if (error instanceof CommandFailed) return { trouble: error.explanation.why ?? error.explanation.what };
		return knowingState(run, former ? aside.name : void 0, () => Promise.reject(error));
	}
}
/** The answer to the exchange may have been lost with the connection. */
function unsure$1(error, run) {
	return cutOff(error, run, {
		what: "The run was cut off while the services were stopped.",
		state: `${run.deployment.database.name} is wholly what it was, or wholly the restored database; the services start by themselves.`,
		next: "Run any command once the server answers: it says which, and settles it. To look only: openspp-backup restore --status"
	});
}
/** Given work that comes after the exchange, do it, and tell of whatever ends it in which state things are then. */
async function knowingState(run, former, work) {
	try {
		return await work();
	} catch (error) {
		throw cutOff(error, run, {
			what: "The restored database took production's place, and then the run was cut off.",
			state: `${run.deployment.database.name} is the restored database${former ? `, and the former one stands as ${former}` : ""}. The services start by themselves; whether they are healthy was not seen.`,
			next: "Look at Odoo. The next run of any command confirms the restore when the services are healthy; to go back: openspp-backup restore --undo"
		});
	}
}
/** The services do not become healthy on the new database: the former one comes back. */
async function comeBack(run, { name, mark, filestore }, containers, former, ill, start) {
	const { journal, clock, settings, deployment, properties } = run;
	const database = deployment.database.name;
	const stillIll = await journal.phase("Bring the former database back", async () => {
		await whileStopped(run, containers, async () => {
			if (filestore) {
				const { next, aside } = filestore;
				await exchangeFilestores(run, {
					next: aside,
					aside: next
				});
			}
			await exchange(run, {
				production: database,
				incoming: former,
				comment: properties?.comment ?? null,
				aside: {
					name,
					comment: commentOf({
						...mark,
						stopped: containers
					})
				}
			});
		});
		await run.maintenance.batch([commentOnDatabase(name, commentOf(mark))]);
		return unhealthyOne(run, containers, settings.restore.healthyWithinSeconds);
	});
	return {
		downtimeSeconds: clock.seconds() - start,
		checks: [
			failed("swap", `The former database came back by itself: ${database} is what it was before. The restored one stands as ${name}.`, stillIll === void 0 ? "The services run on it again. The next run drops the restored database; look at it before." : `The services are not healthy on it either (${stillIll}): so it is not the database.`),
			notRun("properties", "Not looked at: the restored database is not production."),
			failed("healthy", notHealthy(ill), READ_WHY)
		]
	};
}
// src/operations/restore/incoming.ts
/** Settings of the restoring sessions alone: nothing of them stays with the database. */
const RESTORE_SETTINGS = {
	maintenance_work_mem: "256MB",
	max_parallel_maintenance_workers: "0"
};
/** Given a run, an opened archive and a mark, create the empty database that carries it, as the source's was. */
async function createIncoming(run, archive, name, mark) {
	const { journal, maintenance, deployment, properties, facts } = run;
	await journal.phase(`Create ${name}`, () => createMarked(maintenance, {
		name,
		owner: deployment.database.owner.name,
		locale: archive.manifest?.locale ?? facts,
		...properties && { tablespace: properties.tablespace },
		comment: commentOf(mark)
	}));
}
/** Given an empty database of ours, restore the archive into it, prove it as a drill does, and gather the planner's statistics. */
async function restoreIncoming(run, archive, known, name) {
	const knowing = knowingExtensions(run, archive, known);
	const target = {
		name,
		live: "replaced",
		settings: RESTORE_SETTINGS
	};
	const state = `${run.deployment.database.name} is as it was, and was never stopped; what was restored was dropped.`;
	const findings = await whileDiskLasts(knowing, state, async (watched) => {
		const proof = await restoreAndProve(watched, archive, target);
		if (proof.proven) await analyze(watched, name);
		return proof;
	});
	if (!findings.proven) return findings;
	return {
		...findings,
		recovery: recoveryText(knowing, archive, run.properties)
	};
}
/**
* Given an opened archive, return a run that knows its extensions. A drill takes them from production, which may be broken
* or gone when a restore is needed: so they are told by the archive itself, and by what the server offers.
*/
function knowingExtensions(run, { manifest, contents }, { needs, offers }) {
	const facts = {
		...run.facts,
		extensions: manifest?.extensions ?? needs.extensions.map((one) => ({
			...one,
			version: ""
		})),
		installable: offers.installable,
		extensionRelations: [...relationsOfExtensions(contents)]
	};
	return {
		...run,
		facts
	};
}
/** A dump holds no statistics, and without them the first hours after a restore are slow. */
async function analyze(run, name) {
	const { deployment, applicationName, journal } = run;
	const admin = {
		role: deployment.database.admin,
		name,
		applicationName
	};
	await journal.phase("Gather statistics", () => withSessions(run, 1, admin, async ([session]) => session?.batch(["ANALYZE"])));
}
// src/operations/restore/plan.ts
/**
* Given a run and an archive that can be restored, return every command of the restore in order, as an administrator could
* give them, under the title of its step. Nothing is changed.
*/
async function planText(run, archive, known) {
	const { deployment, settings, stamp, production } = run;
	const { name } = deployment.database;
	const copy = settings.restore.strategy === "copy";
	const names = filestoreOf(run, archive);
	const listed = archive.backup.filestore;
	return restoreSteps({
		run: knowingExtensions(run, archive, known),
		archive,
		production,
		containers: copy ? [] : await containersOf(run),
		incoming: sideName(name, copy ? "look" : "restore", stamp),
		former: sideName(name, "before", stamp),
		vacant: sideName(name, "vacant", stamp),
		strategy: settings.restore.strategy,
		...names && listed && { filestore: {
			listed,
			names
		} },
		tables: settings.restore.tables,
		healthyWithinSeconds: settings.restore.healthyWithinSeconds,
		path: archive.backup.path,
		picks: "this archive"
	}).map(({ title, commands }) => [`# ${title}`, ...commands.flatMap(lines)].join("\n")).join("\n\n");
}
function lines(command) {
	return apart(command).map(print);
}
// src/checks/dump-needs.ts
/**
* Given the production database and extensions, return SQL that answers what the server offers, of these extensions in
* which versions. One row, one JSON value.
*/
function serverOffersQuery(production, extensions) {
	const names = extensions.map(({ name }) => literal(name)).join(", ");
	return `
SELECT json_build_object('roles', (SELECT json_agg(rolname) FROM pg_roles),
  'extensions', (SELECT json_agg(name) FROM pg_available_extensions),
  'prepared', (SELECT count(*) FROM pg_prepared_xacts WHERE database = ${literal(production)}),
  'number', current_setting('server_version_num')::int, 'version', current_setting('server_version'),
  'installable', (SELECT coalesce(json_agg(v.name || ' ' || v.version), '[]') FROM pg_available_extension_versions v
    WHERE v.name = ANY (ARRAY[${names}]::text[]))) AS offers`;
}
/** Given an archive's contents, return the entries whose statements name roles and extensions. */
function telling({ entries }) {
	return entries.filter(({ kind }) => [
		"ACL",
		"DEFAULT ACL",
		"EXTENSION"
	].includes(kind));
}
/**
* Given an archive's contents, the statements of its telling entries, and whether ownership is restored too, return what
* it needs of a server.
*/
function dumpNeeds(contents, statements, withOwners) {
	const owners = withOwners ? contents.entries.map(({ owner }) => owner).filter(Boolean) : [];
	const granted = [...statements.matchAll(/^(?:GRANT|ALTER DEFAULT PRIVILEGES) .* TO (.+?)(?: WITH GRANT OPTION)?;$/gm)].map(([, role = ""]) => unquoted(role));
	const extensions = [...statements.matchAll(/^CREATE EXTENSION IF NOT EXISTS (.+?) WITH SCHEMA (.+);$/gm)].map(([, name = "", schema = ""]) => ({
		name: unquoted(name),
		schema: unquoted(schema)
	}));
	const roles = /* @__PURE__ */ new Set([...owners, ...granted]);
	roles.delete("PUBLIC");
	return {
		roles: [...roles],
		extensions,
		major: Number.parseInt(contents.serverVersion, 10)
	};
}
function unquoted(name) {
	return name.startsWith("\"") ? name.slice(1, -1).replaceAll("\"\"", "\"") : name;
}
/** Given what a dump needs and what the server has, throw UserMistake with the reason unless the one fits the other. */
function refuseUnmet(backup, needs, offers) {
	const major = Math.floor(offers.number / 1e4);
	if (needs.major > major) throw new UserMistake({
		what: `${backup} was dumped from PostgreSQL ${needs.major}, and this server runs ${offers.version}.`,
		why: "A dump holds what a newer server can do and an older one cannot: it goes into the same or a newer version only.",
		state: "Nothing was changed.",
		next: `Run PostgreSQL ${needs.major} or newer in the \`db\` service, or restore a backup of an older one.`
	});
	const extensions = needs.extensions.filter(({ name }) => !offers.extensions.includes(name));
	if (extensions.length > 0) throw new UserMistake({
		what: `The server cannot create ${extensions.map(({ name }) => `\`${name}\``).join(", ")}, which ${backup} needs.`,
		why: "The extension is not installed in the image of the `db` service.",
		state: "Nothing was changed.",
		next: "Use the image that the backup was taken with: OpenSPP 2 runs postgis/postgis:18-3.6-alpine."
	});
	const roles = needs.roles.filter((role) => !offers.roles.includes(role));
	if (roles.length > 0) throw new UserMistake({
		what: `The server has no role ${roles.map((role) => `\`${role}\``).join(", ")}, which ${backup} names as an owner or grants rights to.`,
		state: "Nothing was changed.",
		next: `Create ${roles.length === 1 ? "it" : "them"} first: ${roles.map((role) => `CREATE ROLE ${JSON.stringify(role)};`).join(" ")}`
	});
	if (offers.prepared > 0) throw new UserMistake({
		what: `Production has ${counted(offers.prepared, "prepared transaction")}, and can be neither renamed nor dropped meanwhile.`,
		state: "Nothing was changed.",
		next: "See them with SELECT * FROM pg_prepared_xacts, and end each there: COMMIT PREPARED or ROLLBACK PREPARED."
	});
}
// src/operations/restore/preconditions.ts
/** What must be free beyond the expected size: a full disk stops production, too. */
const MARGIN = 1.2;
/** A database is some seven times the size of its dump; this is for when nothing else tells. */
const DATABASE_PER_DUMP = 10;
/**
* Given a run and an opened archive, find out whether it can be restored with the strategy: versions, extensions, roles,
* disk space, and that every block of the archive can be read. Throws UserMistake or Failed with the reason when not.
*/
async function requirePreconditions(run, archive) {
	const { settings, deployment, maintenance, host, signal } = run;
	const { contents, backup } = archive;
	refuseUnknownTables(archive, settings.restore.tables);
	const inBackup = (command) => host.run(inContainer(deployment.backups.container, command), { signal });
	const ids = telling(contents).map(({ id }) => id);
	const [told, free] = await Promise.all([
		inBackup(restoreStatements(backup.path, RESTORE_LIST, ids)),
		freeBytes(run, deployment.database.container, freeSpace(run.facts.dataDirectory)),
		archive.manifest ? void 0 : inBackup(readArchive(backup.path)).catch(notWhole(archive))
	]);
	const needs = dumpNeeds(contents, told.stdout, deployment.policy === "flexible");
	const [offers, logToCome] = await maintenance.values([serverOffersQuery(deployment.database.name, needs.extensions), LOG_TO_COME_QUERY]);
	refuseUnmet(backup.name, needs, offers);
	const wanted = refuseFullDisk(run, archive, free, logToCome);
	const message = `PostgreSQL ${offers.version} takes a dump of version ${needs.major}, has its roles and ${needs.extensions.length} extensions, and ${formatBytes(free)} of disk for about ${formatBytes(wanted)}.`;
	return {
		check: passed("preconditions", message),
		needs,
		offers
	};
}
function refuseUnknownTables({ contents, backup }, tables) {
	const unknown = unknownTables(contents, tables);
	if (unknown.length === 0) return;
	throw new UserMistake({
		what: `${backup.name} holds no table ${unknown.join(", ")}.`,
		next: `Write a table as schema.name; see them with: pg_restore --list ${backup.path}`
	});
}
/** Returns the bytes that the restored database will take, about. */
function refuseFullDisk(run, archive, free, logToCome) {
	const { production, settings } = run;
	const whole = archive.manifest?.databaseBytes ?? production?.bytes ?? archive.backup.bytes * DATABASE_PER_DUMP;
	const freed = settings.restore.strategy === "replace" ? production?.bytes ?? 0 : 0;
	const wanted = whole * MARGIN + Math.max(logToCome, DISK_RESERVE);
	if (settings.restore.tables.length > 0 || free + freed >= wanted) return whole;
	const next = settings.restore.strategy === "swap" && production !== null ? "Free space on that disk or give it more; or drop production first: `strategy: replace`." : "Free space on that disk, or give it more.";
	throw new Failed({
		what: `The database server has ${formatBytes(free)} of disk free, and the restored database takes about ${formatBytes(whole)}, the server's log meanwhile up to ${formatBytes(logToCome)} more.`,
		why: "A disk that a restore fills stops production.",
		state: "Nothing was changed.",
		next
	});
}
function notWhole({ backup }) {
	return (error) => {
		if (!(error instanceof CommandFailed)) throw error;
		throw new Failed({
			what: `${backup.name} cannot be read to its end.`,
			why: error.explanation.why,
			state: "Nothing was changed.",
			next: "It was cut short or damaged. Restore another backup: openspp-backup list"
		}, { cause: error });
	};
}
// src/operations/restore/replace.ts
/**
* Restores in production's place, for a disk that cannot hold both: the guide's "Full Database Restore", in its order.
* A safety backup first; then stop, drop, create, extensions, restore, start. The database gets its name only once it is
* proven, so that nobody ever works in half of one; until then nobody can connect to production, nor create it.
*/
async function replaceProduction(run, archive, known, planned, filestore) {
	const { deployment, stamp, clock, journal, properties, vacancy } = run;
	const database = deployment.database.name;
	const safety = vacancy ? vacancy.safety : await safetyBackup(run);
	const containers = await containersOf(run);
	const marks = {
		...planned,
		incoming: {
			...planned.incoming,
			stopped: containers
		}
	};
	const { of, backup, since } = marks.incoming;
	const vacant = vacancy ?? (properties ? {
		is: "vacant",
		of,
		backup,
		since,
		safety,
		properties,
		stopped: containers
	} : void 0);
	const name = sideName(database, "restore", stamp);
	await createIncoming(run, archive, name, marks.incoming);
	const stoppedAt = clock.seconds();
	const { checks, findings } = await replaceStopped(run, containers, {
		archive,
		known,
		marks,
		filestore,
		name,
		vacant
	});
	const within = run.settings.restore.healthyWithinSeconds;
	const ill = await journal.phase("Wait until the services are healthy", () => knowingState(run, void 0, () => unhealthyOne(run, containers, within)));
	const downtimeSeconds = clock.seconds() - stoppedAt;
	const live = await judgeLive(run, {
		message: `${database} is the restored database; ${vacant ? "the former one was dropped for it" : "there was no former one to keep"}.`,
		containers,
		downtimeSeconds,
		ill,
		dressed: true
	});
	const summary = {
		downtimeSeconds,
		...safety && { safetyBackup: safety }
	};
	return reportOf(run, archive, [...checks, ...live], summary, {
		...findings,
		rtoSeconds: downtimeSeconds
	});
}
async function replaceStopped(run, containers, replacement) {
	const start = await run.journal.phase("Stop the services", () => stopServices(run, containers));
	try {
		const done = await replace(run, replacement);
		await knowingState(run, void 0, start);
		return done;
	} catch (error) {
		await start().catch(() => {});
		throw error;
	}
}
async function replace(run, replacement) {
	const { maintenance, journal, production, signal } = run;
	const { archive, known, marks, filestore, name, vacant } = replacement;
	try {
		signal.throwIfAborted();
		if (production && vacant) await journal.phase("Drop the database", () => vacate(run, vacant, {
			...marks.former,
			doomed: true
		}));
	} catch (error) {
		if ([error, run.signal.reason].some((one) => one instanceof Unreachable)) throw unsure(error, run, vacant);
		await maintenance.batch([dropDatabase(name)]);
		throw error;
	}
	try {
		const findings = await restoreIncoming(run, archive, known, name);
		const files = filestore && findings.proven ? [await stageAndProve(run, archive, name)] : [];
		const checks = [
			archive.check,
			known.check,
			...findings.checks,
			...files
		];
		if (!isProven(run, checks)) throw unproven(run, checks, replacement);
		await journal.phase("Give it production's place", () => takePlace(run, replacement));
		return {
			checks,
			findings
		};
	} catch (error) {
		throw interrupted(error, run, vacant);
	}
}
/** From its mark on, whoever finds it knows that it has only to take its place. */
async function takePlace(run, { archive, marks, filestore, name, vacant }) {
	const { maintenance, properties } = run;
	await maintenance.batch([...properties ? applyProperties(name, properties) : [], commentOnDatabase(name, commentOf({
		...marks.incoming,
		proven: true
	}))]);
	if (filestore) await exchangeKept(run, archive.backup.name, filestore);
	await occupy(run, vacant, {
		name,
		comment: properties?.comment ?? null
	});
}
/** Takes a backup of the production database as it is; returns its name, and null when it was declined or there is no database. */
async function safetyBackup(run) {
	const { settings, production, journal } = run;
	if (!settings.restore.safetyBackup || production === null) return null;
	const { verdict, backup, checks } = await backUpProduction(run);
	if (verdict === "passed") {
		journal.log.info(`The safety backup is ${backup.name}.`);
		return backup.name;
	}
	throw new Failed({
		what: "The safety backup is not good, so production was not dropped.",
		why: checks.find(({ status }) => status !== "passed")?.message,
		state: "Production is as it was.",
		next: "See to that, or decline it by name when production is beyond saving: `safety-backup: none`."
	});
}
/** Its session ends with it: a database that somebody is connected to cannot be dropped. */
async function backUpProduction(run) {
	const { admin, name } = run.deployment.database;
	const session = await run.sessions.open(admin, name);
	try {
		const facts = await session.value(FACTS_QUERY);
		return await takeBackup({
			...run,
			session,
			facts
		});
	} finally {
		session.close();
	}
}
/** It tells the state that things are in by itself. */
var NotProven = class extends Failed {};
function unproven(run, checks, { name, vacant }) {
	return new NotProven({
		what: "What was restored is not proven, so it did not become production.",
		why: checks.filter(({ status, name: check }) => status !== "passed" && !run.settings.proof.skipChecks.includes(check)).map(({ name: check, message }) => `${check}: ${message}`).join(" "),
		state: stateOf(run, vacant, ` What was restored stands as ${name}, until the next run.`),
		next: nextOf(vacant)
	});
}
function unsure(error, run, vacant) {
	const { name } = run.deployment.database;
	return cutOff(error, run, {
		what: "The run was cut off when production was about to be dropped.",
		state: `${name} is wholly there, or dropped; the services start by themselves.${vacant ? ` ${safetyOf(vacant.safety)}` : ""}`,
		next: "Run any command once the server answers: it says which, and brings back what was not dropped yet. To look only: openspp-backup restore --status"
	});
}
function interrupted(error, run, vacant) {
	if (!(error instanceof Failure) || error instanceof NotProven) return error;
	return cutOff(error, run, {
		what: "Production was dropped, and its restore was cut off.",
		state: stateOf(run, vacant),
		next: nextOf(vacant)
	});
}
function stateOf(run, vacant, more = "") {
	const kept = vacant ? ` ${safetyOf(vacant.safety)}` : "";
	const { name } = run.deployment.database;
	return `${name} was dropped.${kept} The services find no database until one is restored.${more}`;
}
function nextOf(vacant) {
	return `Restore ${vacant?.safety ? `another backup, or ${vacant.safety}` : "this or another backup"}, again with \`strategy: replace\`.`;
}
/**
* Given Odoo's container and a connection, return Odoo's own command that switches off mail servers, scheduled jobs and
* payment providers of a database (Odoo manual, "neutralize"). Its configuration file has the last word on the server.
*/
function neutralizeDatabase(container, connection) {
	return inContainer(container, program([
		"sh",
		"-c",
		`odoo=$(command -v odoo || command -v odoo-bin) || exit 69; exec "$odoo" neutralize "$@"`,
		"neutralize",
		`--database=${connection.database}`
	], { env: connectionEnv(connection) }));
}
// src/operations/restore/neutralize.ts
const UNSAFE = "Do not let people open such a copy: it would send mail and run jobs as production does.";
/**
* Given a run and a copy, neutralize it by Odoo's own command in the deployment's image, where there is one. The copy itself
* is asked afterwards whether it was: the command takes its server from Odoo's configuration, which may be another one.
* Throws Failed when it was tried and the copy is not neutralized: it may be so by half.
*/
async function neutralize(run, database) {
	const { deployment, settings, host, signal, journal, applicationName } = run;
	const name = settings.restore.services[0];
	const container = deployment.services.find((service) => service.name === name)?.container;
	if (container === void 0) return notRun("neutralized", `The service ${name} does not run, so nothing could neutralize ${database}.`, UNSAFE);
	const { innerHost, innerPort, owner } = deployment.database;
	const connection = {
		host: innerHost,
		port: innerPort,
		role: owner,
		database,
		applicationName
	};
	try {
		await journal.phase(`Neutralize ${database}`, () => host.run(neutralizeDatabase(container, connection), { signal }));
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		if (error.exit !== 69) throw notNeutralized(database, `exit code ${error.exit}`, error);
		return notRun("neutralized", `The container ${container} has no command \`odoo\`, so ${database} is as production was.`, UNSAFE);
	}
	if (await saysSo(run, database)) return passed("neutralized", `Odoo neutralized ${database}: no mail, no scheduled jobs.`);
	throw notNeutralized(database, "it ended without an error, and the copy does not say that it is");
}
/** Odoo notes it in the database (`database.is_neutralized`, odoo/addons/base/data/neutralize.sql). */
async function saysSo(run, name) {
	const { deployment, applicationName } = run;
	const query = "SELECT coalesce(bool_or(lower(value) = 'true'), false) AS neutralized FROM public.ir_config_parameter WHERE key = 'database.is_neutralized'";
	try {
		return await withSessions(run, 1, {
			role: deployment.database.owner,
			name,
			applicationName
		}, async ([session]) => await session?.value(query) === true);
	} catch (error) {
		if (error instanceof ServerError) return false;
		throw error;
	}
}
function notNeutralized(database, why, cause) {
	return new Failed({
		what: `Odoo's own command could not neutralize ${database}.`,
		why,
		state: "The copy was dropped; production was not touched.",
		next: `Make a copy without \`neutralize\`, and see what \`odoo neutralize\` says of it by hand. ${UNSAFE}`
	}, { cause });
}
// src/operations/restore/restore-copy.ts
/**
* Given a run and an opened archive, restore it, or the tables that the settings name, into a database of its own for
* people to look at; production is not touched. It is kept for the days that the settings say.
*/
async function restoreCopy(run, archive, known, marks) {
	const { maintenance, deployment, settings, stamp, journal } = run;
	const { tables } = settings.restore;
	const name = sideName(deployment.database.name, "look", stamp);
	await createIncoming(run, archive, name, marks.incoming);
	let kept = false;
	try {
		const findings = tables.length > 0 ? await restoreTables(run, archive, known, name) : await restoreIncoming(run, archive, known, name);
		if (!findings.proven) return { findings };
		const neutralized = settings.restore.neutralize ? await neutralize(run, name) : void 0;
		const checks = [...findings.checks, ...neutralized ? [neutralized] : []];
		if (neutralized && neutralized.status !== "passed" && !accepted(neutralized, settings)) {
			journal.log.warning(`${name} is not kept: it is not neutralized, as was asked for.`);
			return { findings: {
				...findings,
				checks
			} };
		}
		await maintenance.batch([commentOnDatabase(name, commentOf(marks.copy))]);
		kept = true;
		return {
			findings: {
				...findings,
				checks
			},
			kept: {
				name,
				until: marks.copy.until
			}
		};
	} finally {
		if (!kept) await maintenance.batch([dropDatabase(name)]);
	}
}
function accepted({ name }, { proof }) {
	return proof.skipChecks.includes(name);
}
/** Restores the named tables alone, and proves the content of these. */
async function restoreTables(run, archive, known, name) {
	const { deployment, settings, applicationName, journal } = run;
	const { tables } = settings.restore;
	const prepared = knowingExtensions(run, archive, known);
	const restored = await journal.phase("Restore", () => restoreArchive(prepared, archive, {
		name,
		tables
	}).then(() => passed("restore", `${tables.join(", ")}: pg_restore ended without an error.`), notRestored));
	if (restored.status !== "passed") return {
		proven: false,
		checks: [restored]
	};
	const options = {
		role: deployment.database.admin,
		name,
		applicationName
	};
	const results = await journal.phase("Prove these tables", () => withSessions(run, settings.proof.jobs ?? deployment.cores, options, (sessions) => compareTables(sessions, archive, tables)));
	return {
		proven: true,
		checks: [restored, judgeTables(archive, results)],
		tables: results,
		rows: results.reduce((sum, { rows }) => sum + (rows.restored ?? 0), 0)
	};
}
function notRestored(error) {
	if (!(error instanceof CommandFailed || error instanceof ServerError)) throw error;
	return failed("restore", "These tables could not be restored alone: they need something else of the database.", "Restore all of it for a look: `strategy: copy` without `tables`.");
}
async function compareTables(sessions, { manifest }, wanted) {
	const [first] = sessions;
	const [found, postgisSchema] = await first.values([TABLES_QUERY, POSTGIS_SCHEMA_QUERY]);
	const named = ({ schema, name }) => wanted.includes(`${schema}.${name}`);
	const contents = await scanContent(sessions, {
		tables: found.filter(named),
		postgisSchema
	});
	return pairTables(manifest ? manifest.tables.filter(named) : contents, contents);
}
function judgeTables({ manifest }, results) {
	if (manifest?.hashVersion === 1) return compareContent(results);
	return notRun("content", "The content of these tables is not proven: this backup has no manifest that it could be compared with.", "Accept it by name: `skip-checks: content`.");
}
// src/operations/restore/undo.ts
/** Given a run, let what the last restore replaced take production's place again; what it replaces is kept in turn. */
async function undo(run) {
	const [filestore] = (await keptFilestores(run)).filter(({ alone }) => alone).toSorted(newest);
	const [former] = run.beside.filter((one) => one.mark.is === "former").map(({ name, mark }) => ({
		name,
		mark,
		since: mark.since
	})).toSorted(newest);
	if (filestore && filestore.since > (former?.since ?? "")) return undoFilestore(run, filestore);
	if (former) return undoDatabase(run, former);
	throw new UserMistake({
		what: `There is no former database of ${run.deployment.database.name} to bring back.`,
		why: "None was replaced by a restore of ours, or it was kept for as long as agreed and then removed.",
		next: "Restore a backup instead: openspp-backup restore"
	});
}
const newest = (a, b) => b.since.localeCompare(a.since);
async function undoFilestore(run, undone) {
	const { before: aside } = filestoreNamesOf(run.deployment.database.name, run.stamp);
	const { checks, downtimeSeconds, kept } = await exchangeAlone(run, keptFilestoreOf(run, undone.backup, {
		next: undone.aside,
		aside
	}, true));
	if (kept) await forget(run, undone);
	return assembleReport(run, "restore", {
		checks,
		tables: [],
		rows: 0,
		restore: {
			strategy: "undo",
			downtimeSeconds,
			kept
		}
	});
}
async function undoDatabase(run, former) {
	const { facts, settings, deployment } = run;
	const database = deployment.database.name;
	const filestore = former.mark.filestore && {
		next: former.mark.filestore.aside,
		aside: filestoreNamesOf(database, run.stamp).before
	};
	const since = new Date(facts.now).toISOString();
	const until = new Date(Date.parse(since) + settings.restore.keepDays * 864e5).toISOString();
	const { checks, downtimeSeconds, kept } = await goLive(run, {
		name: former.name,
		mark: former.mark,
		formerMark: {
			is: "former",
			of: database,
			backup: former.mark.backup,
			since,
			until,
			confirmed: false,
			undone: true,
			...filestore && { filestore }
		},
		...filestore && { filestore }
	});
	return assembleReport(run, "restore", {
		checks,
		tables: [],
		rows: 0,
		restore: {
			strategy: "undo",
			downtimeSeconds,
			kept
		}
	});
}
// src/operations/restore/restore.ts
/**
* Given the settings, bring production back from a backup: restored and proven beside the old one first, and exchanged
* for it within seconds (`swap`); or in its place, on a disk that cannot hold both (`replace`). Or make a copy to look at.
*/
async function restore(settings, effects) {
	refuseUnconfirmed(settings);
	return withServer(settings, effects, async (run) => {
		refuseOtherDatabase(settings, run.deployment.database.name);
		if (settings.restore.dryRun) return restoreChosen(run);
		await removeLeftovers(run);
		const settled = await lookAgain(run);
		return settings.restore.undo ? undo(settled) : restoreChosen(settled);
	});
}
async function restoreChosen(run) {
	const { source, backup } = run.settings.restore;
	return source === "local" ? restoreBackup(run, choose(run.listing, backup, 0), run.clock.seconds()) : withFetchedCopy(run, backup, (fetched, since) => restoreBackup(run, fetched, since));
}
/** `since`, in seconds of the clock, is when recovering began. */
async function restoreBackup(run, backup, since) {
	const { archive, known } = await openAndCheck(run, backup);
	const { strategy, what, dryRun: planned } = run.settings.restore;
	if (planned) return dryRun(run, archive, known);
	const filestore = filestoreOf(run, archive);
	if (filestore && what === "filestore") return restoreFilestoreAlone(run, archive, filestore);
	const marks = marksOf(run, archive, filestore);
	switch (strategy) {
		case "copy": {
			const { findings, kept } = await restoreCopy(run, archive, known, marks);
			return reportOf(run, archive, [known.check, ...findings.checks], { kept }, findings);
		}
		case "swap": return swap(run, archive, known, marks, filestore, since);
		case "replace": return replaceProduction(run, archive, known, marks, filestore);
	}
}
/** Nothing but what can be known beforehand is proven. */
async function dryRun(run, archive, known) {
	const plan = await planText(run, archive, known);
	return reportOf(run, archive, [archive.check, known.check], { plan }, {});
}
/** Given a run and a backup, open it, and see that it can be restored here; throws when it cannot. */
async function openAndCheck(run, backup) {
	return run.journal.phase(`Open ${backup.name}`, async () => {
		const archive = await openArchive(run, backup);
		if (archive.check.status !== "passed") throw damaged(archive.check);
		return {
			archive,
			known: await requirePreconditions(run, archive)
		};
	});
}
function damaged({ message, next }) {
	return new Failed({
		what: message,
		state: "Nothing was restored, and production is as it was.",
		next: next?.replace("Drill another", "Restore another")
	});
}
/** Restores beside production and proves it; only what is proven takes production's place. */
async function swap(run, archive, known, marks, filestore, since) {
	const { deployment, stamp, maintenance, clock } = run;
	const name = sideName(deployment.database.name, "restore", stamp);
	await createIncoming(run, archive, name, marks.incoming);
	let live = false;
	try {
		const findings = await restoreIncoming(run, archive, known, name);
		const files = filestore && findings.proven ? [await stageAndProve(run, archive, name)] : [];
		const checks = [
			archive.check,
			known.check,
			...findings.checks,
			...files
		];
		if (!isProven(run, checks)) return reportOf(run, archive, [...checks, notDone(`${deployment.database.name} is as it was, and was never stopped`)], {}, findings);
		live = true;
		const { checks: came, downtimeSeconds, kept } = await goLive(run, {
			name,
			mark: marks.incoming,
			formerMark: marks.former,
			...filestore && { filestore }
		});
		const summary = {
			downtimeSeconds,
			kept
		};
		const rtoSeconds = clock.seconds() - since;
		return reportOf(run, archive, [...checks, ...came], summary, {
			...findings,
			rtoSeconds
		});
	} finally {
		if (!live) await maintenance.batch([dropDatabase(name)]);
		if (!live && filestore) await removeStaged(run, stamp);
	}
}
export { restore };
