import "./rolldown-runtime.js";
import { A as chooseBackup, E as extraDatabaseName, G as hasRoom, J as ServerError, L as inBackup, R as onDatabase, _t as literal, f as withSession, g as commentOnDatabase, p as withSessions, w as commentOf, y as dropDatabase } from "./discover.js";
import { a as UserMistake, i as Unreachable, n as Failed, o as reasonOf, r as Failure, t as Cancelled } from "./failure.js";
import { r as tryDropLeftover } from "./drop-leftover.js";
import { B as readArchive, M as connectionEnv, P as optionVariables, V as restoreStatements, a as saveKeptFilestore, c as filestoreNamesOf, d as removeStaged, f as stageFilestore, i as removeKeptFilestore, l as proveStaged, n as keptFilestoreOf, r as keptFilestores, s as exchangeFilestores, t as exchangeFilestoreWithRecord } from "./kept-filestores.js";
import { _ as statementsOf, a as restoreAndProve, b as withFetchedCopy, c as isAlwaysAdmins, d as pairTables, f as unknownTables$1, g as begins, h as after, l as unknownTables, m as sourceOwner, o as restoreArchive, p as openArchive, r as restoreSteps, t as recoveryText, u as compareContent, v as unquoted, w as whileDiskHasSpace } from "./recovery.js";
import { t as removeLeftovers } from "./sweep.js";
import { n as refuseUnconfirmed, t as refuseOtherDatabase } from "./confirmation.js";
import { a as passed, i as notRun, l as withSwitchedOff, r as failed, s as verdictOf } from "./check.js";
import { r as assembleReport } from "./remove-quietly.js";
import { C as FACTS_QUERY, _ as takeProductionName, a as containersOf, c as whileStopped, d as compareProperties, f as propertiesQuery, g as safetyBackupSentence, h as replaceWithPlaceholder, o as stopServices, p as dropVacant, s as unhealthyService, u as applyProperties, v as exchangeDatabases, w as LOG_TO_COME_QUERY } from "./refuse-server.js";
import { t as CommandFailed } from "./command-failed.js";
import { t as formatDuration } from "./duration.js";
import { O as relationsOfExtensions, a as POSTGIS_SCHEMA_QUERY, n as scanContent, s as TABLES_QUERY } from "./observe.js";
import { t as createMarked } from "./create-database.js";
import { c as program, l as separatePrograms, n as print, o as inContainer, r as quote } from "./shell.js";
import { t as counted } from "./count.js";
import { l as freeBytesIn, t as RESTORE_LIST, u as freeSpace } from "./throwaway-database.js";
import { t as formatBytes } from "./bytes.js";
import { n as takeBackup } from "./backup.js";
import { n as withServer, t as reloadServerState } from "./server-run.js";
// src/operations/restore/restore-report.ts
const SECONDS_PER_DAY = 86400;
/** Dated by the server's own clock. */
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
/** For a restore whose result is not proven. `productionState` is a sentence without its full stop. */
function notExchangedCheck(productionState) {
	return notRun("swap", `Not done: what was restored is not proven. ${productionState}.`, "Restore another backup; or accept what could not be proven by name: `skip-checks`.");
}
/** Only then may what was restored become production. */
function isProven({ settings }, checks) {
	return verdictOf(withSwitchedOff(checks, settings.proof.skipChecks)) === "passed";
}
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
// src/operations/restore/exchange-filestore.ts
/** Undefined when the database is restored without a filestore. Throws UserMistake when the backup lacks the one asked for. */
function filestoreExchangeOf(run, { backup }) {
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
/** Proves the filestore against the attachments of `database`. */
async function stageAndProveFilestore(run, archive, database) {
	const { journal, stamp } = run;
	await journal.phase("Restore the filestore next to the live one", () => stageFilestore(run, archive, stamp));
	return journal.phase("Prove the filestore", () => proveStaged(run, stamp, database));
}
/** The filestore is proven against the production database, then exchanged. Throws UserMistake when there is none. */
async function restoreFilestoreAlone(run, archive, names) {
	const { deployment, production } = run;
	if (production === null) throw nothingToProveAgainst(deployment.database.name);
	const record = keptFilestoreOf(run, archive.backup.name, names, true);
	await saveKeptFilestore(run, {
		...record,
		state: "staging"
	});
	let known = [];
	try {
		known = [archive.check, await stageAndProveFilestore(run, archive, deployment.database.name)];
	} finally {
		if (!isProven(run, known) && !run.signal.aborted) await removeKeptFilestore(run, record, record.next);
	}
	if (!isProven(run, known)) return reportOf(run, archive, [...known, notExchangedCheck("The filestore is as it was")], {}, {});
	const live = await exchangeFilestoreAlone(run, record);
	const { downtimeSeconds, kept } = live;
	if (!kept) {
		await saveKeptFilestore(run, {
			...record,
			state: "staging"
		});
		await removeKeptFilestore(run, record, record.next);
	}
	return reportOf(run, archive, [...known, ...live.checks], {
		downtimeSeconds,
		kept
	}, {});
}
/**
* Stops the services, exchanges, and starts them. The filestore of the record must be complete. When the services do not
* become healthy in time, the former filestore is exchanged back; then the caller decides about the record.
*/
async function exchangeFilestoreAlone(run, record) {
	const { clock, settings, journal } = run;
	const { aside, next, until } = record;
	const containers = await containersOf(run);
	const start = clock.seconds();
	await saveKeptFilestore(run, {
		...record,
		state: "proven",
		stopped: containers
	});
	const within = settings.restore.healthyWithinSeconds;
	const exchange = (which) => journal.phase("Stop the services, exchange the filestores, start", async () => {
		await whileStopped(run, containers, () => exchangeFilestores(run, which));
		return unhealthyService(run, containers, within);
	});
	const unhealthy = await exchange({
		next,
		aside
	});
	if (unhealthy !== void 0) {
		await exchange({
			next: aside,
			aside: next
		});
		return {
			checks: [failed("swap", `The services were not healthy (${unhealthy}), so the former filestore is live again.`, "Read why: docker compose logs odoo.")],
			downtimeSeconds: clock.seconds() - start
		};
	}
	await saveKeptFilestore(run, {
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
function nothingToProveAgainst(database) {
	return new UserMistake({
		what: `There is no database ${database} that a filestore could be proven against.`,
		next: "Restore both: `what: both`."
	});
}
// src/operations/restore/cut-off.ts
/**
* The failure of a restore that ended in its middle. When the server or the connection was lost, that is the cause, even if
* something else failed first because of it.
*/
function cutOff(error, { signal }, explanation) {
	const cause = signal.reason instanceof Unreachable ? signal.reason : error;
	const Kind = cause instanceof Unreachable ? Unreachable : Failed;
	const why = cause instanceof Cancelled ? "It was cancelled." : reasonOf(cause);
	return new Kind({
		...explanation,
		why
	}, { cause });
}
// src/operations/restore/go-live.ts
/**
* Stops the services, exchanges the names, starts the services, and waits until they are healthy. When they do not become
* healthy in time, the former database is exchanged back. The candidate must be proven.
*/
async function goLive(run, candidate) {
	const { clock, journal, settings, maintenance, deployment, properties } = run;
	const database = deployment.database.name;
	const containers = await containersOf(run);
	const replaced = replacedDatabase(run, candidate.formerMark);
	const former = replaced?.mark.is === "former" ? {
		name: replaced.name,
		mark: replaced.mark
	} : void 0;
	const hasProductionSettings = candidate.mark.is === "incoming";
	await maintenance.batch([...properties && hasProductionSettings ? applyProperties(candidate.name, properties) : [], commentOnDatabase(candidate.name, commentOf({
		...candidate.mark,
		stopped: containers
	}))]);
	const start = clock.seconds();
	const result = await journal.phase("Stop the services, exchange, start", () => takeOver(run, containers, candidate, replaced));
	const within = settings.restore.healthyWithinSeconds;
	const unhealthy = result.trouble ?? await journal.phase("Wait until the services are healthy", () => withStateOnFailure(run, former?.name, () => unhealthyService(run, containers, within)));
	const downtimeSeconds = clock.seconds() - start;
	if (unhealthy !== void 0 && former) return rollBack(run, candidate, containers, former.name, unhealthy, start);
	if (former) {
		const confirmed = commentOf({
			...former.mark,
			confirmed: true
		});
		await maintenance.batch([commentOnDatabase(former.name, confirmed)]);
	} else if (replaced) await maintenance.batch([dropDatabase(replaced.name)]);
	const message = former ? `${database} is the restored database; the former one is kept as ${former.name} until ${former.mark.until.slice(0, 10)}.` : `${database} is the restored database; there was no former one to keep.`;
	return {
		downtimeSeconds,
		...former && { kept: {
			name: former.name,
			until: former.mark.until
		} },
		checks: await judgeProduction(run, {
			message,
			containers,
			downtimeSeconds,
			unhealthy,
			hasProductionSettings
		})
	};
}
function replacedDatabase({ deployment, production, placeholder, stamp }, formerMark) {
	const { name } = deployment.database;
	if (production) return {
		name: extraDatabaseName(name, "before", stamp),
		mark: formerMark
	};
	return placeholder && {
		name: extraDatabaseName(name, "vacant", stamp),
		mark: placeholder
	};
}
async function judgeProduction({ maintenance, deployment, properties }, { message, containers, downtimeSeconds, unhealthy, hasProductionSettings }) {
	const now = await maintenance.value(propertiesQuery(deployment.database.name));
	return [
		passed("swap", message),
		...hasProductionSettings ? [compareProperties(properties, now)] : [],
		unhealthy === void 0 ? passed("healthy", `${containers.join(", ")} run and are healthy, ${formatDuration(downtimeSeconds)} after they were stopped.`) : failed("healthy", notHealthy(unhealthy), READ_WHY)
	];
}
const READ_WHY = "Read why: docker compose logs odoo. A database of an older version of OpenSPP needs that version's image.";
function notHealthy(unhealthy) {
	return `The services did not become healthy on the restored database: ${unhealthy}.`;
}
async function takeOver(run, containers, { name: incoming, mark, filestore }, replaced) {
	const { deployment, properties } = run;
	const former = replaced?.mark.is === "former";
	const names = {
		production: deployment.database.name,
		incoming,
		comment: properties?.comment ?? null,
		...replaced && { aside: {
			name: replaced.name,
			comment: commentOf({
				...replaced.mark,
				stopped: containers
			})
		} }
	};
	let exchanged = false;
	try {
		await whileStopped(run, containers, async () => {
			if (filestore && !former) await exchangeFilestoreWithRecord(run, keptFilestoreOf(run, mark.backup, filestore, false));
			await exchangeDatabases(run, names);
			exchanged = true;
			if (filestore && former) await exchangeFilestores(run, filestore);
		});
		return {};
	} catch (error) {
		const lost = [error, run.signal.reason].some((one) => one instanceof Unreachable);
		if (!exchanged) throw lost ? exchangeOutcomeUnknown(error, run) : error;
		if (error instanceof CommandFailed) return { trouble: error.reason };
		return withStateOnFailure(run, former ? replaced.name : void 0, () => Promise.reject(error));
	}
}
/** The server's answer to the exchange may have been lost with the connection. */
function exchangeOutcomeUnknown(error, run) {
	return cutOff(error, run, {
		what: "The run was cut off while the services were stopped.",
		state: `${run.deployment.database.name} is either what it was or the restored database, never half of each. The services start by themselves.`,
		next: "Run any command once the server answers: it says which, and finishes or undoes the restore. To look only: openspp-backup restore --status"
	});
}
/** For work after the exchange: its failure says which database is production. `former` is the name of the kept one. */
async function withStateOnFailure(run, former, work) {
	try {
		return await work();
	} catch (error) {
		throw cutOff(error, run, {
			what: "The restored database took production's place, and then the run was cut off.",
			state: `${run.deployment.database.name} is the restored database${former ? `, and the former one is kept as ${former}` : ""}. The services start by themselves; whether they are healthy was not seen.`,
			next: "Look at Odoo. The next run of any command confirms the restore when the services are healthy; to go back: openspp-backup restore --undo"
		});
	}
}
/** For services that do not become healthy on the new database. */
async function rollBack(run, { name, mark, filestore }, containers, former, unhealthy, start) {
	const { journal, clock, settings, deployment, properties } = run;
	const database = deployment.database.name;
	const stillUnhealthy = await journal.phase("Bring the former database back", async () => {
		await whileStopped(run, containers, async () => {
			if (filestore) {
				const { next, aside } = filestore;
				await exchangeFilestores(run, {
					next: aside,
					aside: next
				});
			}
			await exchangeDatabases(run, {
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
		return unhealthyService(run, containers, settings.restore.healthyWithinSeconds);
	});
	return {
		downtimeSeconds: clock.seconds() - start,
		checks: [
			failed("swap", `The former database came back by itself: ${database} is what it was before. The restored one is kept as ${name}.`, stillUnhealthy === void 0 ? "The services run on it again. The next run drops the restored database, so look at it before." : `The services are not healthy on it either (${stillUnhealthy}): so it is not the database.`),
			notRun("properties", "Not looked at: the restored database is not production."),
			failed("healthy", notHealthy(unhealthy), READ_WHY)
		]
	};
}
// src/operations/restore/incoming-database.ts
/** Settings of the sessions that restore. The database does not keep them. */
const RESTORE_SETTINGS = {
	maintenance_work_mem: "256MB",
	max_parallel_maintenance_workers: "0"
};
/** The empty, marked database has the source's locale. */
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
/** Into the database that `createIncoming` made. It is proven as in a drill; then the planner's statistics are gathered. */
async function restoreIncoming(run, archive, preconditions, name) {
	const prepared = withArchiveExtensions(run, archive, preconditions);
	const target = {
		name,
		live: "replaced",
		settings: RESTORE_SETTINGS,
		subscriptions: run.settings.restore.strategy === "copy" ? "left out" : "restored"
	};
	const state = `${run.deployment.database.name} is as it was, and was never stopped; what was restored was dropped.`;
	const findings = await whileDiskHasSpace(prepared, state, async (watched) => {
		const proof = await restoreAndProve(watched, archive, target);
		if (proof.proven) await analyze(watched, name);
		return proof;
	});
	if (!findings.proven) return findings;
	return {
		...findings,
		recovery: recoveryText(prepared, archive, run.properties)
	};
}
/**
* Puts the extensions of the archive into the run's facts. A drill takes them from production, which may be broken or
* gone when a restore is needed. So here they are what the archive itself says, and what the server offers.
*/
function withArchiveExtensions(run, { manifest, contents }, { needs, offers }) {
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
	await journal.phase("Gather statistics", () => withSession(run, admin, (session) => session.batch(["ANALYZE"])));
}
// src/operations/restore/plan-text.ts
/** Every command of the restore in order, as an administrator could run it, below the title of its step. Changes nothing. */
async function planText(run, archive, preconditions) {
	const { deployment, stamp, production } = run;
	const { restore } = run.settings;
	const { name } = deployment.database;
	const copy = restore.strategy === "copy";
	const names = filestoreExchangeOf(run, archive);
	const listed = archive.backup.filestore;
	const steps = restoreSteps({
		run: withArchiveExtensions(run, archive, preconditions),
		archive,
		production,
		containers: copy ? [] : await containersOf(run),
		incoming: extraDatabaseName(name, copy ? "look" : "restore", stamp),
		former: extraDatabaseName(name, "before", stamp),
		placeholder: extraDatabaseName(name, "vacant", stamp),
		strategy: restore.strategy,
		...names && listed && { filestore: {
			listed,
			names
		} },
		tables: restore.tables,
		healthyWithinSeconds: restore.healthyWithinSeconds,
		path: archive.backup.path,
		picks: "this archive"
	});
	const { admin, owner } = deployment.database;
	const variables = new Map(optionVariables(admin, owner));
	const settings = [...variables].map(([value, variable]) => `export ${variable}=${quote(value)}`);
	const commandLines = (command) => separatePrograms(command).map((one) => print(one, variables));
	return [["# The settings of each session", ...settings], ...steps.map(({ title, commands }) => [`# ${title}`, ...commands.flatMap(commandLines)])].map((lines) => lines.join("\n")).join("\n\n");
}
// src/checks/dump-needs.ts
/** What the server offers, and which versions of these extensions. One row, one JSON value. */
function serverOffersQuery(production, extensions) {
	const names = extensions.map(({ name }) => literal(name)).join(", ");
	return `
SELECT json_build_object('roles', (SELECT json_agg(rolname) FROM pg_roles),
  'extensions', (SELECT json_agg(name) FROM pg_available_extensions), 'tablespaces', (SELECT json_agg(spcname) FROM pg_tablespace),
  'subscriptions', (SELECT coalesce(json_agg(s.subname), '[]') FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid WHERE d.datname = ${literal(production)}),
  'prepared', (SELECT count(*) FROM pg_prepared_xacts WHERE database = ${literal(production)}),
  'number', current_setting('server_version_num')::int, 'version', current_setting('server_version'),
  'installable', (SELECT coalesce(json_agg(v.name || ' ' || v.version), '[]') FROM pg_available_extension_versions v
    WHERE v.name = ANY (ARRAY[${names}]::text[]))) AS offers`;
}
/** Picks the entries whose statements name roles and extensions. */
const TELLING_ENTRIES = [{
	action: "keep",
	lines: [
		"ACL ",
		"DEFAULT ACL ",
		"EXTENSION ",
		"POLICY ",
		"USER MAPPING "
	]
}];
/** `statements` are those of the telling entries. */
function dumpNeeds(contents, statements, { admins, tablespaces, grantees = [] }) {
	const owners = admins.filter(({ kind }) => !WITHOUT_OWNER.has(kind)).map(({ owner }) => owner);
	const parsed = statementsOf(statements);
	const roles = /* @__PURE__ */ new Set([
		...owners,
		...grantees,
		...parsed.flatMap(rolesIn)
	]);
	for (const none of [
		"",
		"PUBLIC",
		"public"
	]) roles.delete(none);
	return {
		roles: [...roles],
		extensions: parsed.flatMap(extensionIn),
		tablespaces: [...new Set(tablespaces)],
		major: Number.parseInt(contents.serverVersion, 10)
	};
}
/** pg_restore does not give them the owner that their line names. */
const WITHOUT_OWNER = /* @__PURE__ */ new Set([
	"ACL",
	"DEFAULT ACL",
	"COMMENT",
	"SECURITY LABEL",
	"EXTENSION",
	"TABLE DATA",
	"USER MAPPING"
]);
/** Roles that are granted something or grant it, that a policy is for, or that have default privileges or a user mapping. */
function rolesIn(statement) {
	const named = (...words) => listOf(after(statement, ...words));
	if (begins(statement, "GRANT")) return named("TO");
	if (begins(statement, "REVOKE")) return named("FROM");
	if (begins(statement, "CREATE", "POLICY")) return named("TO");
	if (begins(statement, "CREATE", "USER", "MAPPING")) return named("FOR");
	if (begins(statement, "SET", "SESSION", "AUTHORIZATION")) return named("AUTHORIZATION");
	if (begins(statement, "ALTER", "DEFAULT", "PRIVILEGES")) return [
		...named("FOR", "ROLE"),
		...named("TO"),
		...named("FROM")
	];
	return [];
}
/** Names that are separated by commas, at the beginning of the tokens. `DEFAULT` is no role. */
function listOf(tokens = []) {
	const [first, comma] = tokens;
	if (first === void 0 || first.text === "DEFAULT") return [];
	return [unquoted(first.text.replace(/^'(.*)'$/s, (_, text) => text.replaceAll("''", "'"))), ...comma?.text === "," ? listOf(tokens.slice(2)) : []];
}
function extensionIn(statement) {
	if (!begins(statement, "CREATE", "EXTENSION", "IF", "NOT", "EXISTS")) return [];
	const [name, schema] = [statement[5], after(statement, "SCHEMA")?.[0]];
	return name && schema ? [{
		name: unquoted(name.text),
		schema: unquoted(schema.text)
	}] : [];
}
/** Throws UserMistake with the reason when the server lacks something. */
function refuseUnmet(backup, needs, offers) {
	const major = Math.floor(offers.number / 1e4);
	if (needs.major > major) throw new UserMistake({
		what: `${backup} was dumped from PostgreSQL ${needs.major}, and this server runs ${offers.version}.`,
		why: "A dump holds what a newer server can do and an older one cannot: it can be restored only into the same or a newer version.",
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
		what: `The server has no role ${roles.map((role) => `\`${role}\``).join(", ")}, which ${backup} names as an owner, in a right or in a policy.`,
		state: "Nothing was changed.",
		next: `Create ${roles.length === 1 ? "it" : "them"} first: ${roles.map((role) => `CREATE ROLE ${JSON.stringify(role)};`).join(" ")}`
	});
	const tablespaces = needs.tablespaces.filter((one) => !offers.tablespaces.includes(one));
	if (tablespaces.length > 0) throw new UserMistake({
		what: `The server has no tablespace ${tablespaces.map((one) => `\`${one}\``).join(", ")}, which ${backup} has tables or indexes in.`,
		state: "Nothing was changed.",
		next: `Create ${tablespaces.length === 1 ? "it" : "them"} first: ${tablespaces.map((one) => `CREATE TABLESPACE ${JSON.stringify(one)} LOCATION '…';`).join(" ")}`
	});
	if (offers.prepared > 0) throw new UserMistake({
		what: `Production has ${counted(offers.prepared, "prepared transaction")}, and can be neither renamed nor dropped meanwhile.`,
		state: "Nothing was changed.",
		next: "See them with SELECT * FROM pg_prepared_xacts, and end each there: COMMIT PREPARED or ROLLBACK PREPARED."
	});
}
/** A database with a subscription cannot be dropped. Throws UserMistake. */
function refuseSubscriptions(production, { subscriptions }) {
	if (subscriptions.length === 0) return;
	const drop = subscriptions.map((name) => `DROP SUBSCRIPTION ${JSON.stringify(name)};`).join(" ");
	throw new UserMistake({
		what: `${production} has the subscription ${subscriptions.map((name) => `\`${name}\``).join(", ")}, so PostgreSQL does not let it be dropped.`,
		state: "Nothing was changed.",
		next: `Drop it first, in ${production}: ${drop} Or restore next to production: \`strategy: swap\`.`
	});
}
// src/operations/restore/preconditions.ts
/** A database is about seven times the size of its dump; this is a safe guess for when its size is not known. */
const DATABASE_PER_DUMP = 10;
/**
* Checks versions, extensions, roles and disk space; without a manifest it also reads every block of the archive. Throws
* UserMistake or Failed when the archive cannot be restored with the strategy.
*/
async function requirePreconditions(run, archive) {
	const { settings, deployment, maintenance } = run;
	const { contents, backup } = archive;
	refuseUnknownTables(archive, settings.restore.tables);
	const [statements, space] = await Promise.all([
		inBackup(run, restoreStatements(backup.path, RESTORE_LIST, TELLING_ENTRIES)),
		onDatabase(run, freeSpace(run.facts.dataDirectory)),
		archive.manifest ? void 0 : inBackup(run, readArchive(backup.path)).catch(unreadableArchive(archive))
	]);
	const needs = dumpNeeds(contents, statements, {
		admins: ownedEntries(run, archive),
		tablespaces: archive.moves.map(({ tablespace }) => tablespace),
		grantees: (archive.manifest?.generatedRights ?? []).flatMap(({ grants }) => grants.flatMap(({ grantee }) => grantee ?? []))
	});
	const free = freeBytesIn(space);
	const [offers, logToCome] = await maintenance.values([serverOffersQuery(deployment.database.name, needs.extensions), LOG_TO_COME_QUERY]);
	refuseUnmet(backup.name, needs, offers);
	if (settings.restore.strategy === "replace") refuseSubscriptions(deployment.database.name, offers);
	const wanted = refuseFullDisk(run, archive, free, logToCome);
	const message = `PostgreSQL ${offers.version} takes a dump of version ${needs.major}, has its roles and ${needs.extensions.length} extensions, and ${formatBytes(free)} of disk for about ${formatBytes(wanted)}.`;
	return {
		check: passed("preconditions", message),
		needs,
		offers
	};
}
/** The entries that are restored with their owner. */
function ownedEntries({ deployment, settings }, archive) {
	const { contents, manifest, superuser } = archive;
	if (settings.restore.tables.length > 0) return [];
	if (deployment.policy === "flexible") return contents.entries;
	const owner = sourceOwner(deployment, manifest);
	return contents.entries.filter((entry) => entry.owner !== owner || superuser.includes(entry.id) || isAlwaysAdmins(entry));
}
function refuseUnknownTables({ contents, backup }, tables) {
	const unknown = unknownTables(contents, tables);
	if (unknown.length === 0) return;
	throw new UserMistake({
		what: `${backup.name} holds no table ${unknown.join(", ")}.`,
		next: `Write a table as schema.name; see them with: pg_restore --list ${backup.path}`
	});
}
/** Returns about how many bytes the restored database will take. Throws Failed when the disk has no room. */
function refuseFullDisk(run, archive, free, logToCome) {
	const { production, settings } = run;
	const whole = archive.manifest?.databaseBytes ?? production?.bytes ?? archive.backup.bytes * DATABASE_PER_DUMP;
	const freed = settings.restore.strategy === "replace" ? production?.bytes ?? 0 : 0;
	if (settings.restore.tables.length > 0 || hasRoom(free + freed, whole, { logToCome })) return whole;
	const next = settings.restore.strategy === "swap" && production !== null ? "Free space on that disk or give it more; or drop production first: `strategy: replace`." : "Free space on that disk, or give it more.";
	throw new Failed({
		what: `The database server has ${formatBytes(free)} of disk free. The restored database takes about ${formatBytes(whole)}, and the server's log up to ${formatBytes(logToCome)} more.`,
		why: "A disk that a restore fills stops production.",
		state: "Nothing was changed.",
		next
	});
}
function unreadableArchive({ backup }) {
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
// src/operations/restore/replace-production.ts
/**
* For a disk that cannot hold both: the guide's "Full Database Restore", in its order. A safety backup first; then stop,
* drop, create, extensions, restore, start.
*
* The database gets its name only when it is proven, so that nobody ever works in half a database. Until then nobody can
* connect to production, or create it.
*/
async function replaceProduction(run, archive, preconditions, planned, filestore) {
	const { deployment, stamp, clock, journal, properties, placeholder: earlier } = run;
	const database = deployment.database.name;
	const safety = earlier ? earlier.safety : await safetyBackup(run);
	const containers = await containersOf(run);
	const marks = {
		...planned,
		incoming: {
			...planned.incoming,
			stopped: containers
		}
	};
	const { of, backup, since } = marks.incoming;
	const placeholder = earlier ?? (properties ? {
		is: "vacant",
		of,
		backup,
		since,
		safety,
		properties,
		stopped: containers
	} : void 0);
	const name = extraDatabaseName(database, "restore", stamp);
	await createIncoming(run, archive, name, marks.incoming);
	const stoppedAt = clock.seconds();
	const { checks, findings } = await replaceStopped(run, containers, {
		archive,
		preconditions,
		marks,
		filestore,
		name,
		placeholder
	});
	const within = run.settings.restore.healthyWithinSeconds;
	const unhealthy = await journal.phase("Wait until the services are healthy", () => withStateOnFailure(run, void 0, () => unhealthyService(run, containers, within)));
	const downtimeSeconds = clock.seconds() - stoppedAt;
	const live = await judgeProduction(run, {
		message: `${database} is the restored database; ${placeholder ? "the former one was dropped for it" : "there was no former one to keep"}.`,
		containers,
		downtimeSeconds,
		unhealthy,
		hasProductionSettings: true
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
		await withStateOnFailure(run, void 0, async () => {
			await start();
			if (replacement.placeholder) await dropVacant(run);
		});
		return done;
	} catch (error) {
		await start().catch(() => {});
		throw error;
	}
}
async function replace(run, replacement) {
	const { maintenance, journal, production, signal } = run;
	const { archive, preconditions, marks, filestore, name, placeholder } = replacement;
	try {
		signal.throwIfAborted();
		if (production && placeholder) await journal.phase("Drop the database", () => replaceWithPlaceholder(run, placeholder, {
			...marks.former,
			doomed: true
		}));
	} catch (error) {
		if ([error, run.signal.reason].some((one) => one instanceof Unreachable)) throw dropOutcomeUnknown(error, run, placeholder);
		await maintenance.batch([dropDatabase(name)]);
		throw error;
	}
	try {
		const findings = await restoreIncoming(run, archive, preconditions, name);
		const files = filestore && findings.proven ? [await stageAndProveFilestore(run, archive, name)] : [];
		const checks = [
			archive.check,
			preconditions.check,
			...findings.checks,
			...files
		];
		if (!isProven(run, checks)) throw notProven(run, checks, replacement);
		await journal.phase("Give it production's place", () => becomeProduction(run, replacement));
		return {
			checks,
			findings
		};
	} catch (error) {
		throw interrupted(error, run, placeholder);
	}
}
/** The mark comes first: after it, the next run can finish this. */
async function becomeProduction(run, { archive, marks, filestore, name, placeholder }) {
	const { maintenance, properties } = run;
	await maintenance.batch([...properties ? applyProperties(name, properties) : [], commentOnDatabase(name, commentOf({
		...marks.incoming,
		proven: true
	}))]);
	if (filestore) await exchangeFilestoreWithRecord(run, keptFilestoreOf(run, archive.backup.name, filestore, false));
	await takeProductionName(run, placeholder, {
		name,
		comment: properties?.comment ?? null
	});
}
/** Returns the backup's name; null when it was declined or there is no database. Throws Failed when it is not good. */
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
		next: "Repair that. Or decline the safety backup by name when production is beyond saving: `safety-backup: none`."
	});
}
/** It closes its session: a database that somebody is connected to cannot be dropped. */
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
/** Its explanation already says what became of production, so `interrupted` leaves it as it is. */
var NotProven = class extends Failed {};
function notProven(run, checks, { name, placeholder }) {
	return new NotProven({
		what: "What was restored is not proven, so it did not become production.",
		why: checks.filter(({ status, name: check }) => status !== "passed" && !run.settings.proof.skipChecks.includes(check)).map(({ name: check, message }) => `${check}: ${message}`).join(" "),
		state: productionState(run, placeholder, ` What was restored is kept as ${name} until the next run.`),
		next: nextStep(placeholder)
	});
}
function dropOutcomeUnknown(error, run, placeholder) {
	const { name } = run.deployment.database;
	return cutOff(error, run, {
		what: "The run was cut off when production was about to be dropped.",
		state: `${name} is either there as it was, or dropped. The services start by themselves.${placeholder ? ` ${safetyBackupSentence(placeholder.safety)}` : ""}`,
		next: "Run any command once the server answers: it says which, and brings back what was not dropped yet. To look only: openspp-backup restore --status"
	});
}
function interrupted(error, run, placeholder) {
	if (!(error instanceof Failure) || error instanceof NotProven) return error;
	return cutOff(error, run, {
		what: "Production was dropped, and its restore was cut off.",
		state: productionState(run, placeholder),
		next: nextStep(placeholder)
	});
}
function productionState(run, placeholder, more = "") {
	const kept = placeholder ? ` ${safetyBackupSentence(placeholder.safety)}` : "";
	const { name } = run.deployment.database;
	return `${name} was dropped.${kept} The services find no database until one is restored.${more}`;
}
function nextStep(placeholder) {
	return `Restore ${placeholder?.safety ? `another backup, or ${placeholder.safety}` : "this or another backup"}, again with \`strategy: replace\`.`;
}
/**
* Odoo's own command that switches off a database's mail servers, scheduled jobs and payment
* providers (Odoo manual, "neutralize"). Odoo's configuration file overrides the server of
* `connection`.
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
* Uses Odoo's own command in the deployment's container, where there is one. Afterwards the copy itself is asked
* whether it is neutralized: the command takes its server from Odoo's configuration, which may be another one.
* Throws Failed when the command was tried and the copy is not neutralized: it may be half done.
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
/** Odoo's command writes it into the database (`database.is_neutralized`, odoo/addons/base/data/neutralize.sql). */
async function saysSo(run, name) {
	const { deployment, applicationName } = run;
	const query = "SELECT coalesce(bool_or(lower(value) = 'true'), false) AS neutralized FROM public.ir_config_parameter WHERE key = 'database.is_neutralized'";
	try {
		const options = {
			role: deployment.database.owner,
			name,
			applicationName
		};
		return await withSession(run, options, (session) => session.value(query));
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
* Restores the archive, or only the tables that the settings name, into a database for people to look at. Production
* is not touched. The copy is kept for as many days as the settings say.
*/
async function restoreCopy(run, archive, preconditions, marks) {
	const { maintenance, deployment, settings, stamp, journal } = run;
	const { tables } = settings.restore;
	const name = extraDatabaseName(deployment.database.name, "look", stamp);
	await createIncoming(run, archive, name, marks.incoming);
	let kept = false;
	try {
		const findings = tables.length > 0 ? await restoreTables(run, archive, preconditions, name) : await restoreIncoming(run, archive, preconditions, name);
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
		if (!kept) await tryDropLeftover(run, name);
	}
}
function accepted({ name }, { proof }) {
	return proof.skipChecks.includes(name);
}
async function restoreTables(run, archive, preconditions, name) {
	const { deployment, settings, applicationName, journal } = run;
	const { tables } = settings.restore;
	const prepared = withArchiveExtensions(run, archive, preconditions);
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
	const contents = await journal.phase("Prove these tables", () => withSessions(run, settings.proof.jobs ?? deployment.cores, options, (sessions) => readTables(sessions, tables)));
	const results = pairTables(archive.manifest ? archive.manifest.tables.filter(isOneOf(tables)) : contents, contents);
	return {
		proven: true,
		checks: [restored, judgeTables(archive, results, contents)],
		tables: results,
		rows: results.reduce((sum, { rows }) => sum + (rows.restored ?? 0), 0)
	};
}
function notRestored(error) {
	if (!(error instanceof CommandFailed || error instanceof ServerError)) throw error;
	return failed("restore", "These tables could not be restored alone: they need something else of the database.", "Restore all of it for a look: `strategy: copy` without `tables`.");
}
async function readTables(sessions, wanted) {
	const [found, postgisSchema] = await sessions[0].values([TABLES_QUERY, POSTGIS_SCHEMA_QUERY]);
	return scanContent(sessions, {
		tables: found.filter(isOneOf(wanted)),
		postgisSchema
	});
}
function isOneOf(wanted) {
	return ({ schema, name }) => wanted.includes(`${schema}.${name}`);
}
function judgeTables({ manifest }, results, contents) {
	if (manifest?.hashVersion === 2) return compareContent(results, unknownTables$1(manifest.tables, contents));
	return notRun("content", "The content of these tables is not proven: this backup has no manifest that it could be compared with.", "Accept it by name: `skip-checks: content`.");
}
// src/operations/restore/undo-restore.ts
/**
* What the last restore replaced takes production's place again; what was restored is kept. Throws UserMistake when there is
* nothing to bring back.
*/
async function undoRestore(run) {
	const [filestore] = (await keptFilestores(run)).filter(({ alone }) => alone).toSorted(byNewest);
	const [former] = run.extraDatabases.filter((one) => one.mark.is === "former").map(({ name, mark }) => ({
		name,
		mark,
		since: mark.since
	})).toSorted(byNewest);
	if (filestore && filestore.since > (former?.since ?? "")) return undoFilestore(run, filestore);
	if (former) return undoDatabase(run, former);
	throw new UserMistake({
		what: `There is no former database of ${run.deployment.database.name} to bring back.`,
		why: "No restore of this project replaced one; or it was kept for the agreed time, and then removed.",
		next: "Restore a backup instead: openspp-backup restore"
	});
}
const byNewest = (a, b) => b.since.localeCompare(a.since);
async function undoFilestore(run, undone) {
	const { before: aside } = filestoreNamesOf(run.deployment.database.name, run.stamp);
	const record = keptFilestoreOf(run, undone.backup, {
		next: undone.aside,
		aside
	}, true);
	const { checks, downtimeSeconds, kept } = await exchangeFilestoreAlone(run, record);
	await removeKeptFilestore(run, kept ? undone : record);
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
* By strategy:
*
* - `swap`: restored and proven next to production, then exchanged for it within seconds;
* - `replace`: restored in production's place, for a disk that cannot hold both;
* - `copy`: restored for people to look at; production is not touched.
*/
async function restore(settings, effects) {
	refuseUnconfirmed(settings);
	return withServer(settings, effects, async (run) => {
		refuseOtherDatabase(settings, run.deployment.database.name);
		if (settings.restore.dryRun) return restoreChosen(run);
		await removeLeftovers(run);
		const resolved = await reloadServerState(run);
		return settings.restore.undo ? undoRestore(resolved) : restoreChosen(resolved);
	});
}
async function restoreChosen(run) {
	const { source, backup } = run.settings.restore;
	return source === "local" ? restoreBackup(run, chooseBackup(run.listing, backup, 0), run.clock.seconds()) : withFetchedCopy(run, backup, (fetched, since) => restoreBackup(run, fetched, since));
}
/** `since`, in seconds of the clock, is when recovering began. */
async function restoreBackup(run, backup, since) {
	const { archive, preconditions } = await openAndCheck(run, backup);
	const { strategy, what, dryRun: planned } = run.settings.restore;
	if (planned) return dryRun(run, archive, preconditions);
	const filestore = filestoreExchangeOf(run, archive);
	if (filestore && what === "filestore") return restoreFilestoreAlone(run, archive, filestore);
	const marks = marksOf(run, archive, filestore);
	switch (strategy) {
		case "copy": {
			const { findings, kept } = await restoreCopy(run, archive, preconditions, marks);
			return reportOf(run, archive, [preconditions.check, ...findings.checks], { kept }, findings);
		}
		case "swap": return swap(run, archive, preconditions, marks, filestore, since);
		case "replace": return replaceProduction(run, archive, preconditions, marks, filestore);
	}
}
/** Checks only what can be known beforehand. */
async function dryRun(run, archive, preconditions) {
	const plan = await planText(run, archive, preconditions);
	return reportOf(run, archive, [archive.check, preconditions.check], { plan }, {});
}
/** Throws UserMistake or Failed when the backup cannot be restored here. */
async function openAndCheck(run, backup) {
	return run.journal.phase(`Open ${backup.name}`, async () => {
		const archive = await openArchive(run, backup);
		if (archive.check.status !== "passed") throw damaged(archive.check);
		return {
			archive,
			preconditions: await requirePreconditions(run, archive)
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
/** Only what is proven takes production's place. */
async function swap(run, archive, preconditions, marks, filestore, since) {
	const { deployment, stamp, clock } = run;
	const name = extraDatabaseName(deployment.database.name, "restore", stamp);
	await createIncoming(run, archive, name, marks.incoming);
	let exchanged = false;
	try {
		const findings = await restoreIncoming(run, archive, preconditions, name);
		const files = filestore && findings.proven ? [await stageAndProveFilestore(run, archive, name)] : [];
		const checks = [
			archive.check,
			preconditions.check,
			...findings.checks,
			...files
		];
		if (!isProven(run, checks)) return reportOf(run, archive, [...checks, notExchangedCheck(`${deployment.database.name} is as it was, and was never stopped`)], {}, findings);
		exchanged = true;
		const { checks: liveChecks, downtimeSeconds, kept } = await goLive(run, {
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
		return reportOf(run, archive, [...checks, ...liveChecks], summary, {
			...findings,
			rtoSeconds
		});
	} finally {
		if (!exchanged && filestore) await removeStaged(run, stamp);
		if (!exchanged) await tryDropLeftover(run, name);
	}
}
export { restore };
