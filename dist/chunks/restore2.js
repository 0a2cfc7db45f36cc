import "./rolldown-runtime.js";
import { D as freeSpace, _ as endSessions, b as choose, g as dropDatabase, p as commentOnDatabase, v as exchangeStatements, z as literal } from "./discover.js";
import { a as sideName, n as commentOf } from "./side-database.js";
import { a as UserMistake, i as Unreachable, n as Failed, r as Failure, t as Cancelled } from "./failure.js";
import { _ as openArchive, a as restoreArchive, c as holdStopped, d as unknownTables, i as restoreSteps, l as startContainers, p as withFetchedCopy, r as recoveryText, s as awaitHealthy, t as restoreAndProve, u as stopContainers } from "./restore-and-prove.js";
import { A as readArchive, T as connectionEnv, a as removeStaged, j as restoreStatements, n as filestoreNamesOf, o as stageFilestore, r as proveStaged, t as exchangeFilestores } from "./restore.js";
import { t as removeLeftovers } from "./sweep.js";
import { n as refuseUnconfirmed, t as refuseOtherDatabase } from "./confirmation.js";
import { a as passed, i as notRun, l as withSwitchedOff, r as failed, s as verdictOf } from "./check.js";
import { i as pairTables, t as compareContent } from "./content.js";
import { C as relationsOfExtensions, _ as POSTGIS_SCHEMA_QUERY, f as freeBytes, r as scanContent, t as withSessions, y as TABLES_QUERY } from "./sessions.js";
import { r as ServerError } from "./application.js";
import { t as CommandFailed } from "./command-failed.js";
import { l as createMarked, t as RESTORE_LIST } from "./throwaway.js";
import { l as program, n as print, o as apart, s as inContainer } from "./shell.js";
import { n as compareProperties, r as propertiesQuery, t as applyProperties } from "./database-properties.js";
import { t as formatDuration } from "./duration.js";
import { a as MAINTENANCE_DATABASE } from "./locked.js";
import { t as withServer } from "./on-server.js";
import { t as assembleReport } from "./assemble-report.js";
import { t as counted } from "./count.js";
import { t as formatBytes } from "./bytes.js";
import { s as FACTS_QUERY } from "./settle.js";
import { n as takeBackup } from "./backup.js";
import { setTimeout } from "node:timers/promises";
// src/operations/restore/incoming.ts
/** Settings of the restoring sessions alone: nothing of them stays with the database. */
const RESTORE_SETTINGS = {
	maintenance_work_mem: "256MB",
	max_parallel_maintenance_workers: "0"
};
/** Given a run, an opened archive and a mark, create the empty database that carries it, as the source's was. */
async function createIncoming(run, archive, name, mark) {
	const { journal, maintenance, deployment, production, facts } = run;
	await journal.phase(`Create ${name}`, () => createMarked(maintenance, {
		name,
		owner: deployment.database.owner.name,
		locale: archive.manifest?.locale ?? facts,
		...production && { tablespace: production.tablespace },
		comment: commentOf(mark)
	}));
}
/** Given an empty database of ours, restore the archive into it, prove it as a drill does, and gather the planner's statistics. */
async function restoreIncoming(run, archive, known, name) {
	const knowing = knowingExtensions(run, archive, known);
	const findings = await restoreAndProve(knowing, archive, {
		name,
		live: "replaced",
		settings: RESTORE_SETTINGS
	});
	if (!findings.proven) return findings;
	await analyze(run, name);
	return {
		...findings,
		recovery: recoveryText(knowing, archive, run.production)
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
/** Given a run and a copy, neutralize it by Odoo's own command in the deployment's image, where there is one. */
async function neutralize(run, database) {
	const { deployment, settings, host, signal, journal, applicationName } = run;
	const name = settings.restore.services[0];
	const container = deployment.services.find((service) => service.name === name)?.container;
	const keep = "Do not let people open this copy: it would send mail and run jobs as production does.";
	if (container === void 0) return notRun("neutralized", `The service ${name} does not run, so nothing could neutralize ${database}.`, keep);
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
		return passed("neutralized", `Odoo neutralized ${database}: no mail, no scheduled jobs.`);
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		return error.exit === 69 ? notRun("neutralized", `The container ${container} has no command \`odoo\`, so ${database} is as production was.`, keep) : failed("neutralized", `Odoo could not neutralize ${database}: exit code ${error.exit}.`, keep);
	}
}
// src/operations/restore/copy.ts
/**
* Given a run and an opened archive, restore it, or the tables that the settings name, into a database of its own for
* people to look at; production is not touched. It is kept for the days that the settings say.
*/
async function restoreCopy(run, archive, known, marks) {
	const { maintenance, deployment, settings, stamp } = run;
	const { tables } = settings.restore;
	const name = sideName(deployment.database.name, "look", stamp);
	await createIncoming(run, archive, name, marks.incoming);
	let kept = false;
	try {
		const findings = tables.length > 0 ? await restoreTables(run, archive, known, name) : await restoreIncoming(run, archive, known, name);
		if (!findings.proven) return { findings };
		const neutralized = settings.restore.neutralize ? [await neutralize(run, name)] : [];
		await maintenance.batch([commentOnDatabase(name, commentOf(marks.copy))]);
		kept = true;
		return {
			findings: {
				...findings,
				checks: [...findings.checks, ...neutralized]
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
// src/operations/restore/exchange.ts
/** SQLSTATE object_in_use: somebody is still connected. */
const IN_USE = "55006";
/** Each waits 5 s for others to leave. */
const ATTEMPTS = 4;
const PAUSE_MILLISECONDS = 50;
/**
* Given an exchange of names, make it, ending whoever is connected for as long as it takes. A client that reconnects at
* once waits, since the renaming holds the lock that a new connection takes, and then finds the new database.
*/
async function exchange(run, names) {
	const { deployment, applicationName } = run;
	const options = {
		role: deployment.database.admin,
		name: MAINTENANCE_DATABASE,
		applicationName
	};
	await withSessions(run, 1, options, async ([other]) => {
		const done = new AbortController();
		const ending = endUntil(other, [names.production, names.incoming], done.signal);
		try {
			await rename(run, names);
		} finally {
			done.abort();
			await ending.catch(() => {});
		}
	});
}
async function rename({ maintenance, signal }, names) {
	for (let attempt = 1;; attempt += 1) {
		signal.throwIfAborted();
		try {
			await maintenance.batch(exchangeStatements(names));
			return;
		} catch (error) {
			if (!(error instanceof ServerError)) throw error;
			await maintenance.batch(["ROLLBACK"]);
			if (error.code !== IN_USE || attempt === ATTEMPTS) throw notExchanged(error);
		}
	}
}
async function endUntil(session, databases, signal) {
	while (!signal.aborted) {
		await session.batch(databases.map(endSessions));
		await setTimeout(PAUSE_MILLISECONDS);
	}
}
function notExchanged(error) {
	return new Failed({
		what: "The databases could not exchange their names.",
		why: error.explanation.why,
		state: "Neither was changed.",
		next: "Find who stays connected: SELECT * FROM pg_stat_activity"
	}, { cause: error });
}
// src/operations/restore/services.ts
/**
* Given a run, return the containers of the services that use the database: those that the settings name, and any other
* of the project that has a session on it. Throws UserMistake when there is none to bring back up.
*/
async function containersOf(run) {
	const { deployment, settings, maintenance } = run;
	const addresses = await maintenance.value(clientsOf(deployment.database.name));
	return chooseContainers(deployment, settings.restore.services, addresses);
}
/** Given a deployment, the services named and the addresses with sessions on the database, return their containers. */
function chooseContainers({ services, database, backups, project }, named, addresses) {
	const wanted = named.map((name) => services.find((service) => service.name === name));
	if (wanted.every((service) => service?.created === void 0)) throw new UserMistake({
		what: `None of the services ${named.join(", ")} has a container in the project \`${project}\`.`,
		why: `Its services are ${services.map(({ name }) => name).join(", ")}.`,
		next: "Name those that use the database with `services`, or create them: docker compose up --no-start"
	});
	const others = services.filter((service) => !wanted.includes(service) && ![database.container, backups.container].includes(service.created ?? "") && service.addresses.some((address) => addresses.includes(address)));
	return [...wanted, ...others].flatMap((service) => service?.created ?? []);
}
/** SQL that answers the addresses of everybody who is connected to a database. */
function clientsOf(database) {
	return `SELECT coalesce(json_agg(DISTINCT host(client_addr)) FILTER (WHERE client_addr IS NOT NULL), '[]') AS clients
FROM pg_stat_activity WHERE datname = ${literal(database)}`;
}
/**
* Given containers and work, stop them, do the work and start them again, whatever happened. Beside it, a command on the
* host starts them should nobody be there any more to do it.
*/
async function whileStopped(run, containers, work) {
	const { host, signal } = run;
	const release = new AbortController();
	const stopped = Promise.withResolvers();
	const holding = host.run(holdStopped(containers), {
		signal: release.signal,
		onLine: (line) => line === "stopped" && stopped.resolve()
	}).then(() => {}, stopped.reject);
	try {
		await stopped.promise;
		signal.throwIfAborted();
		return await work();
	} finally {
		await host.run(startContainers(containers)).finally(() => release.abort());
		await holding;
	}
}
/** Given containers, wait until they are healthy; return the name and state of one that is not within the time. */
async function unhealthyOne({ host, signal }, containers, seconds) {
	try {
		await host.run(awaitHealthy(containers, seconds), { signal });
		return;
	} catch (error) {
		if (error instanceof CommandFailed && error.exit === 75) return error.stdout.trim();
		throw error;
	}
}
// src/operations/restore/go-live.ts
/**
* Given a proven database, let it take production's place: stop the services, exchange the names, start them, and wait
* until they are healthy. When they do not become so in time, the former database comes back by itself.
*/
async function goLive(run, candidate) {
	const { clock, journal, settings, maintenance, deployment, production } = run;
	const database = deployment.database.name;
	const containers = await containersOf(run);
	const { formerMark } = candidate;
	const aside = production && formerMark ? {
		name: sideName(database, "before", run.stamp),
		mark: formerMark
	} : void 0;
	if (production !== null && candidate.mark.is === "incoming") await maintenance.batch(applyProperties(candidate.name, production));
	const start = candidate.stoppedAt ?? clock.seconds();
	const came = await journal.phase("Stop the services, exchange, start", () => takeOver(run, containers, {
		production: database,
		incoming: candidate.name,
		comment: production?.comment ?? null,
		...aside && { aside: {
			name: aside.name,
			comment: commentOf(aside.mark)
		} }
	}, candidate.filestore));
	const within = settings.restore.healthyWithinSeconds;
	const ill = came.trouble ?? await journal.phase("Wait until the services are healthy", () => knowingState(run, aside?.name, () => unhealthyOne(run, containers, within)));
	const downtimeSeconds = clock.seconds() - start;
	if (ill !== void 0) return comeBack(run, candidate, containers, aside?.name, ill, start);
	const properties = await maintenance.value(propertiesQuery(database));
	if (aside) {
		const confirmed = commentOf({
			...aside.mark,
			confirmed: true
		});
		await maintenance.batch([commentOnDatabase(aside.name, confirmed)]);
	}
	return {
		downtimeSeconds,
		...aside && { kept: {
			name: aside.name,
			until: aside.mark.until
		} },
		checks: [
			passed("swap", aside ? `${database} is the restored database; the former one is kept as ${aside.name} until ${aside.mark.until.slice(0, 10)}.` : `${database} is the restored database.`),
			...candidate.mark.is === "incoming" ? [compareProperties(production, properties)] : [],
			passed("healthy", `${containers.join(", ")} run and are healthy, ${formatDuration(downtimeSeconds)} after they were stopped.`)
		]
	};
}
async function takeOver(run, containers, names, filestore) {
	let exchanged = false;
	try {
		await whileStopped(run, containers, async () => {
			await exchange(run, names);
			exchanged = true;
			if (filestore) await exchangeFilestores(run, filestore);
		});
		return {};
	} catch (error) {
		if (!exchanged) throw error;
		if (error instanceof CommandFailed) return { trouble: error.explanation.why ?? error.explanation.what };
		return knowingState(run, names.aside?.name, () => Promise.reject(error));
	}
}
/** Given work that comes after the exchange, do it, and tell of whatever ends it in which state things are then. */
async function knowingState(run, former, work) {
	try {
		return await work();
	} catch (error) {
		const { what, why } = error instanceof Failure ? error.explanation : {
			what: String(error),
			why: void 0
		};
		const explanation = {
			what: "The restored database took production's place, and then the run was cut off.",
			why: error instanceof Cancelled ? "It was cancelled." : why ?? what,
			state: `${run.deployment.database.name} is the restored database${former ? `, and the former one stands as ${former}` : ""}. The services start by themselves; whether they are healthy was not seen.`,
			next: "Look at Odoo. The next run of any command confirms the restore when the services are healthy; to go back: openspp-backup restore --undo"
		};
		throw new (error instanceof Unreachable ? Unreachable : Failed)(explanation, { cause: error });
	}
}
/** The services do not become healthy on the new database: the former one comes back, where there is one. */
async function comeBack(run, { name, mark, filestore }, containers, former, ill, start) {
	const { journal, clock, settings, deployment, production } = run;
	const database = deployment.database.name;
	const why = `The services did not become healthy on the restored database: ${ill}.`;
	const next = "Read why: docker compose logs odoo. A database of an older version of OpenSPP needs that version's image.";
	if (former === void 0) return {
		downtimeSeconds: clock.seconds() - start,
		checks: [passed("swap", `${database} is the restored database; there was no former one to keep.`), failed("healthy", why, next)]
	};
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
				comment: production?.comment ?? null,
				aside: {
					name,
					comment: commentOf(mark)
				}
			});
		});
		return unhealthyOne(run, containers, settings.restore.healthyWithinSeconds);
	});
	return {
		downtimeSeconds: clock.seconds() - start,
		checks: [
			failed("swap", `The former database came back by itself: ${database} is what it was before. The restored one stands as ${name}.`, stillIll === void 0 ? "The services run on it again. The next run drops the restored database; look at it before." : `The services are not healthy on it either (${stillIll}): so it is not the database.`),
			notRun("properties", "Not looked at: the restored database is not production."),
			failed("healthy", why, next)
		]
	};
}
// src/operations/restore/outcome.ts
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
			...filestore && { filestore: filestore.next }
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
// src/operations/restore/plan.ts
/**
* Given a run and an archive that can be restored, return every command of the restore in order, as an administrator could
* give them, under the title of its step. Nothing is changed.
*/
async function planText(run, archive, known) {
	const { deployment, settings, stamp, production } = run;
	const { name } = deployment.database;
	const copy = settings.restore.strategy === "copy";
	return restoreSteps({
		run: knowingExtensions(run, archive, known),
		archive,
		production,
		containers: copy ? [] : await containersOf(run),
		incoming: sideName(name, copy ? "look" : "restore", stamp),
		former: sideName(name, "before", stamp),
		strategy: settings.restore.strategy,
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
	const offers = await maintenance.value(serverOffersQuery(deployment.database.name, needs.extensions));
	refuseUnmet(backup.name, needs, offers);
	const wanted = refuseFullDisk(run, archive, free);
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
function refuseFullDisk(run, archive, free) {
	const { production, settings } = run;
	const whole = archive.manifest?.databaseBytes ?? production?.bytes ?? archive.backup.bytes * DATABASE_PER_DUMP;
	const freed = settings.restore.strategy === "replace" ? production?.bytes ?? 0 : 0;
	if (settings.restore.tables.length > 0 || free + freed >= whole * MARGIN) return whole;
	const next = settings.restore.strategy === "swap" && production !== null ? "Free space on that disk or give it more; or drop production first: `strategy: replace`." : "Free space on that disk, or give it more.";
	throw new Failed({
		what: `The database server has ${formatBytes(free)} of disk free, and the restored database takes about ${formatBytes(whole)}.`,
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
	const { deployment, clock, stamp, settings, journal } = run;
	const known = [archive.check, await stageAndProve(run, archive, deployment.database.name)];
	if (!isProven(run, known)) {
		await removeStaged(run, stamp);
		return reportOf(run, archive, [...known, notDone("The filestore is as it was")], {}, {});
	}
	const containers = await containersOf(run);
	const start = clock.seconds();
	const within = settings.restore.healthyWithinSeconds;
	const exchange = (which) => journal.phase("Stop the services, exchange the filestores, start", async () => {
		await whileStopped(run, containers, () => exchangeFilestores(run, which));
		return unhealthyOne(run, containers, within);
	});
	const ill = await exchange(names);
	if (ill !== void 0) await exchange({
		next: names.aside,
		aside: names.next
	});
	const downtimeSeconds = clock.seconds() - start;
	const swap = ill === void 0 ? passed("swap", `The restored filestore is live; the former one stands beside it as ${names.aside}, until somebody removes it.`) : {
		...passed("swap", `The services were not healthy (${ill}), so the former filestore is live again.`),
		status: "failed"
	};
	return reportOf(run, archive, [...known, swap], { downtimeSeconds }, {});
}
// src/operations/restore/replace.ts
/**
* Restores in production's place, for a disk that cannot hold both: the guide's "Full Database Restore", in its order.
* A safety backup first; then stop, drop, create, extensions, restore. The database gets its name only once it is proven,
* so that nobody ever works in half of one.
*/
async function replaceProduction(run, archive, known, marks, filestore) {
	const { deployment, stamp, clock, host, maintenance, journal, signal } = run;
	const database = deployment.database.name;
	const safety = await safetyBackup(run);
	const containers = await containersOf(run);
	const name = sideName(database, "restore", stamp);
	const mark = {
		...marks.incoming,
		replaces: safety ?? null
	};
	await createIncoming(run, archive, name, mark);
	const stoppedAt = clock.seconds();
	await journal.phase("Stop the services, drop the database", async () => {
		try {
			await host.run(stopContainers(containers), { signal });
			await maintenance.batch([dropDatabase(database)]);
		} catch (error) {
			await host.run(startContainers(containers));
			await maintenance.batch([dropDatabase(name)]);
			throw error;
		}
	});
	try {
		const findings = await restoreIncoming(run, archive, known, name);
		const files = filestore && findings.proven ? [await stageAndProve(run, archive, name)] : [];
		const checks = [
			archive.check,
			known.check,
			...findings.checks,
			...files
		];
		if (!isProven(run, checks)) throw unproven(run, checks, name, safety);
		const live = await goLive(run, {
			name,
			mark,
			stoppedAt,
			...filestore && { filestore }
		});
		const { downtimeSeconds } = live;
		const summary = {
			downtimeSeconds,
			...safety && { safetyBackup: safety }
		};
		return reportOf(run, archive, [...checks, ...live.checks], summary, {
			...findings,
			rtoSeconds: downtimeSeconds
		});
	} catch (error) {
		throw interrupted(error, run, safety);
	}
}
/** Takes a backup of the production database as it is; returns its name, and nothing when it was declined or there is no database. */
async function safetyBackup(run) {
	const { settings, production, journal } = run;
	if (!settings.restore.safetyBackup || production === null) return void 0;
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
function unproven(run, checks, name, safety) {
	const red = checks.filter(({ status, name: check }) => status !== "passed" && !run.settings.proof.skipChecks.includes(check));
	return new Failed({
		what: "What was restored is not proven, so it did not become production.",
		why: red.map(({ name: check, message }) => `${check}: ${message}`).join(" "),
		state: stateOf(run, safety, `What was restored stands as ${name}, until the next restore.`),
		next: nextOf(safety)
	});
}
function interrupted(error, run, safety) {
	if (!(error instanceof Failure) || error.explanation.state?.includes(" was dropped")) return error;
	const { what, why } = error.explanation;
	return new Failed({
		what: "Production was dropped, and its restore was cut off.",
		why: error instanceof Cancelled ? "It was cancelled." : why ?? what,
		state: stateOf(run, safety),
		next: nextOf(safety)
	}, { cause: error });
}
function stateOf(run, safety, more = "") {
	const kept = safety ? ` As it was, it is in the backup ${safety}.` : "";
	return `${run.deployment.database.name} was dropped, and the services are stopped.${kept} ${more}`.trim();
}
function nextOf(safety) {
	return `Restore ${safety ? `another backup, or ${safety}` : "this or another backup"}, again with \`strategy: replace\`.`;
}
// src/operations/restore/undo.ts
/** Given a run, let the database that the last restore replaced take production's place again; what it replaces is kept in turn. */
async function undo(run) {
	const former = lastFormer(run);
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
function lastFormer({ beside, deployment }) {
	const [last] = beside.filter((one) => one.mark.is === "former").sort((a, b) => b.mark.since.localeCompare(a.mark.since));
	if (last) return last;
	throw new UserMistake({
		what: `There is no former database of ${deployment.database.name} to bring back.`,
		why: "None was replaced by a restore of ours, or it was kept for as long as agreed and then removed.",
		next: "Restore a backup instead: openspp-backup restore"
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
		if (settings.restore.undo) return undo(run);
		if (!settings.restore.dryRun) await removeLeftovers(run);
		const { source, backup } = settings.restore;
		return source === "local" ? restoreBackup(run, choose(run.listing, backup, 0), effects.clock.seconds()) : withFetchedCopy(run, backup, (fetched, since) => restoreBackup(run, fetched, since));
	});
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
