import { a as withThrowawayServer, i as removeDeadServersOn, o as FETCHED_DIRECTORY } from "./sweep.js";
import { a as passed, i as notRun, l as withSwitchedOff, r as failed } from "./check.js";
import { n as Secret } from "./secret.js";
import { n as amendReport, r as assembleReport } from "./remove-quietly.js";
import { A as chooseBackup, J as ServerError, Y as Session, _t as literal, gt as identifier } from "./discover.js";
import { O as relationsOfExtensions, v as noRoomFailure } from "./observe.js";
import { t as formatDuration } from "./duration.js";
import { n as Failed, o as reasonOf } from "./failure.js";
import { C as findCopy, S as refuseTooLarge, a as restoreAndProve, b as withFetchedCopy, i as notProvenChecks, p as openArchive, s as createSchema, w as whileDiskHasSpace, x as fetchCopy, y as fetchedInto } from "./recovery.js";
import { t as NotDropped } from "./drop-leftover.js";
import { a as dropThrowaway, n as createThrowaway, o as keepThrowaway } from "./throwaway-database.js";
import { C as FACTS_QUERY, t as refuseServer } from "./refuse-server.js";
import { i as MAINTENANCE_DATABASE, n as refuseProduction } from "./locked.js";
import { t as APPLICATION } from "./application.js";
import { r as openFrom } from "./offsite.js";
import { randomBytes } from "node:crypto";
// src/checks/objectives.ts
/**
* Whether a loss now would cost more than was agreed. Both times are in seconds; the age is by the clock of
* the place of the restore.
*/
function judgeRpo(ageSeconds, objectiveSeconds, { source, where }) {
	const [subject, clock] = [source === "offsite" ? "The off-site copy" : "The backup", where === "runner" ? " by the runner's clock" : ""];
	if (ageSeconds < -300) return failed("rpo", `${subject} is dated ${formatDuration(-ageSeconds)} in the future${clock}.`, `The clock of the host${where === "runner" ? ", of the runner" : ""} or of the backup container is wrong: set it by NTP.`);
	const sentence = `${subject} is ${formatDuration(ageSeconds)} old${clock}; the objective (RPO) is ${formatDuration(objectiveSeconds)}.`;
	return ageSeconds <= objectiveSeconds ? passed("rpo", sentence) : failed("rpo", sentence, source === "offsite" ? "Look at why no newer backup was copied there: openspp-backup list shows what was taken, openspp-backup sync copies it." : "Look at why no newer backup was taken: docker compose logs backup");
}
/** `seconds` are from the start of the restore to a proven database. */
function judgeRto(seconds, objectiveSeconds) {
	const sentence = `Restored and proven in ${formatDuration(seconds)}; the objective (RTO) is ${formatDuration(objectiveSeconds)}.`;
	return seconds <= objectiveSeconds ? passed("rto", sentence) : failed("rto", sentence, "Give the host more cores or a faster disk, raise `jobs`, or agree on another objective.");
}
// src/operations/drill/drill-backup.ts
/**
* The guide's "Test Restore", with a proof. The backup that the settings name comes from the volume or from its copy off-site.
* It is restored into a throwaway database, proven there, and the database is dropped.
*/
async function drillBackup(run) {
	const { listing, settings } = run;
	const { source, backup } = settings.drill;
	if (source === "local") return drillChosen(run, chooseBackup(listing, backup, Math.random()));
	return withFetchedCopy(run, backup, (fetched, since) => drillChosen(run, fetched, since));
}
/**
* The run's backup container must be able to read the backup. `since`, in seconds of the clock, is when recovering
* began, if that was before the restore.
*/
async function drillChosen(run, backup, since) {
	const { settings, journal } = run;
	const [archive, obstacle] = await journal.phase(`Open ${backup.name}`, () => Promise.all([openArchive(run, backup), makeRoom(run)]));
	const rpoSeconds = ageOf(run, archive);
	const known = [archive.check, judgeRpo(rpoSeconds, settings.drill.rpoSeconds, settings.drill)];
	if (archive.check.status === "failed") {
		const reason = "a damaged archive is not restored.";
		return { report: reportOf(run, archive, {
			checks: [
				...known,
				notRun("restore", `Not tried: ${reason}`),
				...notProvenChecks(reason, { filestore: true })
			],
			rpoSeconds
		}) };
	}
	if (obstacle) {
		const { what, why, state, next } = obstacle.explanation;
		const reason = "an earlier throwaway database is in the way.";
		return { report: reportOf(run, archive, {
			checks: [
				...known,
				notRun("restore", `Not tried: ${[
					what,
					why,
					state
				].join(" ")}`, next),
				...notProvenChecks(reason, { filestore: true })
			],
			rpoSeconds
		}) };
	}
	const findings = await drillInThrowaway(run, archive, since);
	const checks = [...known, ...findings.checks];
	return {
		report: reportOf(run, archive, {
			...findings,
			checks,
			rpoSeconds
		}),
		...findings.proven && settings.drill.source === "local" && { proven: archive }
	};
}
/** Returns why the throwaway database of an earlier drill cannot be dropped, where something keeps it. */
async function makeRoom(run) {
	const [dropped, trouble] = await Promise.all([dropThrowaway(run, run.settings.drill.throwawayDatabase).catch((error) => {
		if (error instanceof NotDropped) return error;
		throw error;
	}), noRoomFailure(run)]);
	if (dropped instanceof NotDropped) return dropped;
	const left = trouble && dropped.length > 0 ? await noRoomFailure(run) : trouble;
	if (left) throw left;
}
/** A fresh server has no database that lists the extensions' own relations, so the archive's list is used. */
function withArchiveRelations(run, { contents }) {
	const relations = [...run.facts.extensionRelations, ...relationsOfExtensions(contents)];
	return {
		...run,
		facts: {
			...run.facts,
			extensionRelations: relations
		}
	};
}
/** The throwaway database is dropped on success, failure and cancellation; or kept, if the settings say so. */
async function drillInThrowaway(run, archive, since) {
	const { journal, clock, settings, facts } = run;
	const name = settings.drill.throwawayDatabase;
	const start = since ?? clock.seconds();
	let cleanup;
	const drop = async () => {
		const { keepDatabase } = settings.drill;
		cleanup = await journal.phase(`${keepDatabase ? "Keep" : "Drop"} ${name}`, () => cleanUp(run));
	};
	await journal.phase(`Create ${name}`, () => createThrowaway(run, name, archive.manifest?.locale ?? facts));
	try {
		const findings = await whileDiskHasSpace(run, "Production is as it was.", (watched) => settings.drill.where === "host" ? restoreAndProve(watched, archive, {
			name,
			filestore: true,
			live: run.session
		}) : restoreAndProve(withArchiveRelations(watched, archive), archive, {
			name,
			filestore: true,
			server: "fresh"
		}));
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
		return failed("cleanup", `${name} could not be dropped: ${reasonOf(error)}`, error instanceof NotDropped ? error.explanation.next : "The next run drops it; or do it now: openspp-backup sweep");
	}
}
/**
* Seconds between the snapshot and now, both by the server's own clock, so that the runner's does not matter. The server's
* clock was read when the run began; the time since then is added.
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
	return assembleReport(run, "drill", {
		tables: [],
		rows: 0,
		...found,
		checks: withSwitchedOff(findings.checks, settings.proof.skipChecks),
		backup: {
			name: archive.backup.name,
			takenAt: takenAtOf(archive).toISOString(),
			bytes: archive.backup.bytes,
			sha256: archive.sha256,
			manifest: archive.manifest !== void 0
		},
		rehearsal: rehearsalOf(settings),
		rpoObjectiveSeconds: settings.drill.rpoSeconds,
		rtoObjectiveSeconds: settings.drill.rtoSeconds
	});
}
function rehearsalOf({ drill, sync }) {
	const { scenario, source, where } = drill;
	const remote = source === "offsite" ? sync.remote?.address : void 0;
	return {
		scenario,
		source,
		where,
		...remote !== void 0 && { remote }
	};
}
// src/backups/fresh-server.ts
/** What a server needs to restore a backup that may be all that is left of the deployment. */
/** What OpenSPP 2's production compose file runs. */
const REFERENCE = {
	postgresql: "18",
	postgis: "3.6"
};
/** Odoo's role in OpenSPP's compose file. */
const ODOO = "odoo";
/** The official PostGIS image with the backup's versions; without a manifest, with the reference's. */
function imageOf(manifest) {
	const postgis = manifest?.extensions.find(({ name }) => name === "postgis")?.version;
	const minor = /^\d+\.\d+/.exec(postgis ?? "")?.[0] ?? REFERENCE.postgis;
	return `postgis/postgis:${manifest ? Math.floor(manifest.server.number / 1e4) : REFERENCE.postgresql}-${minor}-alpine`;
}
/** The names of the policy's two roles. What the user gives wins over the manifest. */
function rolesOf(manifest, given) {
	const owner = given.databaseUser ?? manifest?.roles?.owner ?? ODOO;
	return {
		owner,
		admin: given.adminUser ?? manifest?.roles?.admin ?? owner
	};
}
// src/operations/offsite/fresh-deployment.ts
/**
* Makes on the fresh server what a dump needs: the roles and, in a database with production's name,
* the extensions. Then does `work` as on any deployment. Nobody else uses the server, so there is
* no lock to take.
*/
async function onFreshDeployment(effects, fresh, work) {
	const { settings, copy, startedAt } = fresh;
	const deployment = deploymentOf(fresh);
	refuseProduction(settings, deployment);
	const { database } = deployment;
	const applicationName = `${APPLICATION} drill`;
	const open = (name) => Session.open(effects.host, database, {
		role: database.admin,
		name,
		applicationName
	});
	const session = await open(database.name);
	const maintenance = await open(MAINTENANCE_DATABASE);
	try {
		await maintenance.batch(rolesToCreate(deployment, copy));
		await createExtensions(session, copy, deployment.database.admin.name);
		const facts = await session.value(FACTS_QUERY);
		refuseServer(facts, deployment);
		return await work({
			...effects,
			settings,
			deployment,
			session,
			maintenance,
			startedAt,
			applicationName,
			facts: {
				...facts,
				databaseBytes: copy.manifest?.databaseBytes ?? 0
			},
			readAt: effects.journal.elapsed(),
			listing: copy.listing,
			stamp: ""
		});
	} finally {
		for (const one of [session, maintenance]) one.close();
	}
}
/** There are no project, services or schedule: only the server, and the backup that was fetched. */
function deploymentOf(fresh) {
	const { server, address, copy, remote, roles, password } = fresh;
	const { container, cores, folder, image } = server;
	const admin = {
		name: roles.admin,
		password,
		superuser: true
	};
	const strict = roles.owner !== roles.admin;
	return {
		project: remote.address,
		directory: "",
		services: [],
		leftoverContainers: 0,
		backups: {
			container,
			directory: FETCHED_DIRECTORY,
			volume: folder,
			hostPath: folder,
			image,
			schedule: "",
			retention: {
				days: 0,
				weeks: 0,
				months: 0
			}
		},
		cores,
		clockSkewSeconds: 0,
		database: {
			name: copy.database,
			container,
			address: {
				host: address,
				port: 5432
			},
			innerHost: address,
			innerPort: 5432,
			admin,
			owner: strict ? {
				name: roles.owner,
				password
			} : admin
		},
		policy: strict ? "strict" : "flexible"
	};
}
/**
* A dump holds no roles, and it restores the rights of those that the source had; also of its Odoo role and its admin role,
* where the user gives these other names.
*/
function rolesToCreate({ database }, { manifest }) {
	const { owner, admin } = database;
	const named = new Set(Object.values(manifest?.roles ?? {}).flat());
	for (const { name } of [owner, admin]) named.delete(name);
	const login = `LOGIN NOSUPERUSER NOCREATEDB PASSWORD ${literal(owner.password.reveal())}`;
	return [...owner === admin ? [] : [`CREATE ROLE ${identifier(owner.name)} ${login}`], ...[...named].map((name) => `CREATE ROLE ${identifier(name)} NOLOGIN`)];
}
/** The server's image has already made the extensions of PostGIS. */
async function createExtensions(session, { manifest }, admin) {
	const statements = (manifest?.extensions ?? []).flatMap(({ name, schema }) => [...createSchema(schema, admin), `CREATE EXTENSION IF NOT EXISTS ${identifier(name)} SCHEMA ${identifier(schema)}`]);
	try {
		await session.batch([
			"SET search_path = public",
			...statements,
			"RESET search_path"
		]);
	} catch (error) {
		if (!(error instanceof ServerError)) throw error;
		throw new Failed({
			what: "The throwaway server lacks an extension that the backup needs.",
			why: error.explanation.why,
			state: "Nothing was proven; the deployment was not touched.",
			next: "Name an image that has it with `runner-image`, for example the one of production."
		}, { cause: error });
	}
}
// src/operations/offsite/drill-copy.ts
/**
* Drills a backup as if the off-site copy were all that is left. It fetches the copy to a machine,
* restores it on a fresh server there, proves it, and removes everything. It uses nothing of the
* deployment. The time from the first byte asked for to the proof is what recovery would take.
*/
async function drillCopy(settings, effects) {
	const { journal, clock } = effects;
	const { where, runnerImage } = settings.drill;
	const machine = {
		...effects,
		host: where === "fresh" ? effects.host : effects.runner
	};
	const startedAt = clock.now();
	const offsite = await openFrom({
		...effects,
		settings
	}, machine.host);
	await removeDeadServersOn(machine);
	const since = clock.seconds();
	const { database } = settings.deployment;
	const copy = await journal.phase("Find the backup off-site", () => findCopy(machine, offsite, {
		database,
		backup: settings.drill.backup
	}));
	const image = runnerImage ?? imageOf(copy.manifest);
	const roles = rolesOf(copy.manifest, settings.deployment);
	const password = newPassword(effects);
	const wanted = {
		image,
		user: roles.admin,
		password,
		database: copy.database
	};
	const { result, notRemoved } = await withThrowawayServer(machine, wanted, async (server) => {
		const here = {
			...machine,
			signal: server.signal
		};
		refuseTooLarge(copy, server.freeBytes, `The folder ${server.folder}`);
		await journal.phase(`Fetch ${copy.backup.name}`, () => fetchCopy({
			...here,
			bandwidthLimit: settings.sync.bandwidthLimit
		}, offsite, copy, server.folder));
		const address = await journal.phase(`Wait for ${image}`, () => server.ready);
		const { remote } = offsite;
		return onFreshDeployment(here, {
			settings,
			copy,
			remote,
			startedAt,
			server,
			address,
			roles,
			password
		}, (run) => drillChosen(run, fetchedInto(FETCHED_DIRECTORY, copy.backup), since));
	});
	return withRemoval(result.report, notRemoved, effects);
}
function newPassword({ journal }) {
	const password = new Secret(randomBytes(24).toString("base64url"));
	journal.log.mask(password.reveal());
	return password;
}
/**
* A copy that could not be removed holds a country's data, so the drill did not succeed. The
* database need not be dropped first: it goes with its server.
*/
function withRemoval(report, left, { journal }) {
	const cleanup = left === void 0 ? passed("cleanup", "The throwaway server, its volume, its network and the copy were removed.") : failed("cleanup", left, "It holds personal data: remove it now.");
	const checks = [...report.checks.filter(({ name }) => name !== "cleanup"), cleanup];
	return {
		...amendReport({ journal }, report, checks),
		...left !== void 0 && { state: left }
	};
}
export { drillBackup as n, drillCopy as t };
