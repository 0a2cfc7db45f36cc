import "./rolldown-runtime.js";
import { C as COMMENTED_DATABASES_QUERY, D as extraDatabasesIn, f as withSession, n as discover } from "./discover.js";
import { i as MAINTENANCE_DATABASE, t as maskPasswords } from "./locked.js";
import { r as Failure } from "./failure.js";
import { t as APPLICATION } from "./application.js";
import { _ as listBackups, r as keptFilestores } from "./kept-filestores.js";
// src/operations/restore/kept-databases.ts
/** `filestores` are those kept without a database. The newest is first. */
function keptItems(extraDatabases, filestores) {
	return [...extraDatabases.map((one) => ({
		since: one.mark.since,
		kept: ofDatabase(one)
	})), ...filestores.map((one) => ({
		since: one.since,
		kept: [ofFilestore(one)]
	}))].toSorted((a, b) => b.since.localeCompare(a.since)).flatMap(({ kept }) => kept);
}
function ofDatabase({ name, mark, bytes }) {
	if (mark.is === "copy") return [{
		name,
		what: `copy of ${mark.backup}, to look at`,
		until: mark.until,
		bytes
	}];
	if (mark.is === "incoming" || mark.is === "vacant" || mark.doomed || !mark.confirmed) return [{
		name,
		what: `left by a restore of ${mark.backup} that did not end; the next run settles it`,
		bytes
	}];
	const { of, until, filestore } = mark;
	const before = mark.undone ? "before an undo" : `before the restore of ${mark.backup}`;
	return [{
		name,
		what: `database ${of} ${before}`,
		until,
		bytes
	}, ...filestore ? [{
		name: filestore.aside,
		what: `filestore of ${of} ${before}`,
		until
	}] : []];
}
function ofFilestore({ aside, of, backup, until, state }) {
	return state === "live" ? {
		name: aside,
		what: `filestore of ${of} before the restore of ${backup}`,
		until
	} : {
		name: aside,
		what: `filestore, of a restore of ${backup} that did not end; the next run settles it`
	};
}
// src/operations/list.ts
/** It takes no lock. */
async function list(settings, effects) {
	const deployment = await discover(effects.host, settings.deployment, effects);
	maskPasswords(deployment, effects);
	const [{ listing }, kept] = await Promise.all([listBackups(effects, deployment), findKept(effects, deployment)]);
	return {
		backups: listing.backups,
		kept
	};
}
/** The backups are worth listing although the server is down. */
async function findKept(effects, deployment) {
	const { name, admin } = deployment.database;
	const options = {
		role: admin,
		name: MAINTENANCE_DATABASE,
		applicationName: `${APPLICATION} list`
	};
	try {
		const [commented, filestores] = await Promise.all([withSession({
			...effects,
			deployment
		}, options, (session) => session.value(COMMENTED_DATABASES_QUERY)), keptFilestores({
			...effects,
			deployment
		})]);
		return keptItems(extraDatabasesIn(commented, name), filestores);
	} catch (error) {
		if (!(error instanceof Failure) || effects.signal.aborted) throw error;
		effects.journal.log.warning(`What restores keep next to production cannot be found out: ${error.sentence}`);
		return null;
	}
}
export { list };
