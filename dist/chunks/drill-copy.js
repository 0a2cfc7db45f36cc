import { a as withThrowawayServer, i as removeDeadServersOn, o as FETCHED_DIRECTORY } from "./sweep.js";
import { a as passed, r as failed } from "./check.js";
import { n as Secret } from "./secret.js";
import { n as amendReport } from "./remove-quietly.js";
import { r as drillChosen } from "./drill.js";
import { f as fetchCopy, m as findCopy, p as refuseTooLarge, u as fetchedInto } from "./recovery.js";
import { S as FACTS_QUERY, t as refuseServer } from "./refuse-server.js";
import { X as literal, Y as identifier } from "./discover.js";
import { a as MAINTENANCE_DATABASE, n as refuseProduction } from "./locked.js";
import { a as Session, i as ServerError, t as APPLICATION } from "./application.js";
import { n as Failed } from "./failure.js";
import { r as openFrom } from "./offsite.js";
import { randomBytes } from "node:crypto";
// src/backups/fresh-server.ts
/** What a server must have, on which a backup is restored that may be all that is left of the deployment. */
/** What OpenSPP 2's production compose file runs. */
const REFERENCE = {
	postgresql: "18",
	postgis: "3.6"
};
/** Odoo's role in OpenSPP's compose file. */
const ODOO = "odoo";
/** Given a backup's manifest, return the image of the official PostGIS ones that has its versions; without one, the reference's. */
function imageOf(manifest) {
	const postgis = manifest?.extensions.find(({ name }) => name === "postgis")?.version;
	const minor = /^\d+\.\d+/.exec(postgis ?? "")?.[0] ?? REFERENCE.postgis;
	return `postgis/postgis:${manifest ? Math.floor(manifest.server.number / 1e4) : REFERENCE.postgresql}-${minor}-alpine`;
}
/** Given a backup's manifest and what the user says of the roles, return the names of the policy's two roles. */
function rolesOf(manifest, given) {
	const owner = given.databaseUser ?? manifest?.roles?.owner ?? ODOO;
	return {
		owner,
		admin: given.adminUser ?? manifest?.roles?.admin ?? owner
	};
}
// src/operations/offsite/fresh-deployment.ts
/**
* Given a server that can be reached and what stands in for the deployment, make there what a dump takes for granted,
* the roles and, in the database that has production's name, the extensions; and do `work` as on any deployment. Nobody
* else uses the server: there is no lock to take.
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
		await createExtensions(session, copy);
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
/** No project, no services, no schedule: all that there is is the server, and the backup that was fetched. */
function deploymentOf(fresh) {
	const { server, address, copy, remote, roles, password } = fresh;
	const { container, cores, folder, image } = server;
	const admin = {
		name: roles.admin,
		password
	};
	const strict = roles.owner !== roles.admin;
	return {
		project: remote.address,
		directory: "",
		services: [],
		strays: 0,
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
/** A dump holds no role, and restores the rights of those that the source had. */
function rolesToCreate({ database }, { manifest }) {
	const { owner, admin } = database;
	const login = `LOGIN NOSUPERUSER NOCREATEDB PASSWORD ${literal(owner.password.reveal())}`;
	return [...owner === admin ? [] : [`CREATE ROLE ${identifier(owner.name)} ${login}`], ...(manifest?.roles?.others ?? []).map((name) => `CREATE ROLE ${identifier(name)} NOLOGIN`)];
}
/** The server's image has made those of PostGIS already. */
async function createExtensions(session, { manifest }) {
	const statements = (manifest?.extensions ?? []).flatMap(({ name, schema }) => [`CREATE SCHEMA IF NOT EXISTS ${identifier(schema)}`, `CREATE EXTENSION IF NOT EXISTS ${identifier(name)} SCHEMA ${identifier(schema)}`]);
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
* Given the settings, drill a backup as on the day when its off-site copy is all that is left: fetch it to a machine,
* restore it on a fresh server there, prove it, and remove everything. Nothing of the deployment is used. The time
* from the first byte asked for to the proof is what recovery would take.
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
	const { result, left } = await withThrowawayServer(machine, wanted, async (server) => {
		const here = {
			...machine,
			signal: server.signal
		};
		refuseTooLarge(copy, server.freeBytes, `The folder ${server.folder}`);
		await journal.phase(`Fetch ${copy.backup.name}`, () => fetchCopy({
			...here,
			limit: settings.sync.limit
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
	return withRemoval(result, left, effects);
}
function newPassword({ journal }) {
	const password = new Secret(randomBytes(24).toString("base64url"));
	journal.log.mask(password.reveal());
	return password;
}
/** What holds a country's data and could not be removed is no success; the server's database need not be dropped first. */
function withRemoval(report, left, { journal }) {
	const cleanup = left === void 0 ? passed("cleanup", "The throwaway server, its volume, its network and the copy were removed.") : failed("cleanup", left, "It holds personal data: remove it now.");
	const checks = [...report.checks.filter(({ name }) => name !== "cleanup"), cleanup];
	return {
		...amendReport({ journal }, report, checks),
		...left !== void 0 && { state: left }
	};
}
export { drillCopy as t };
