import { i as rehearsalOf } from "./scenario.js";
import { c as typeIn, n as INPUTS, u as shown } from "./table.js";
import { i as readGroups, r as mistaken } from "./progress.js";
// src/inputs/contradictions.ts
/**
* Refuses inputs that are each valid, but not together. Throws UserMistake before anything is
* connected.
*/
function refuseContradictions(settings, source, verb) {
	const found = [
		wrongPlaces(settings),
		missingRemote(settings, verb),
		wrongCopier(settings),
		unknownRemote(settings, source),
		missingKey(settings),
		unknownCheck(settings, source)
	].find((mistakes) => mistakes.length > 0);
	if (found) throw mistaken(found, source);
}
function wrongPlaces({ deployment, drill, restore }) {
	const mistakes = [];
	const { database } = deployment;
	if (database !== void 0 && drill.throwawayDatabase === database.toLowerCase()) {
		const reason = `is ${shown(database)}, the production database`;
		mistakes.push({
			name: "throwaway-database",
			reason
		});
	}
	if (drill.where !== "host" && drill.source === "local") mistakes.push({
		name: "source",
		reason: "is local, but a fresh server has only the off-site copy"
	});
	if (drill.where !== "host" && drill.keepDatabase) mistakes.push({
		name: "keep-database",
		reason: "is true, but on a fresh server nothing is kept"
	});
	if (restore.dryRun && restore.source === "offsite") mistakes.push({
		name: "source",
		reason: "is offsite, but the commands would name files that are here only during the run"
	});
	return mistakes;
}
/** Without a remote there is no off-site copy to make or to restore. */
function missingRemote({ sync, restore, drill }, verb) {
	const needed = verb === "sync" || verb === "restore" && restore.source === "offsite" || (verb === "drill" || verb === "cycle") && drill.source === "offsite";
	if (sync.remote || !needed) return [];
	return [{
		name: "remote",
		reason: "is missing, and it says where the off-site copy is"
	}];
}
/** What only rclone can do, and what only the host can do. */
function wrongCopier({ sync: { remote, from, mode } }) {
	if (from !== "runner") return [];
	if (remote?.tool === "rsync") return [{
		name: "from",
		reason: "is `runner`, which only rclone can: rsync does not copy from one server to another"
	}];
	if (mode !== "sync") return [];
	return [{
		name: "from",
		reason: "is `runner`, which copies file by file: a mirror is made by the host"
	}];
}
/** rclone sees only the configuration from the input, if there is one. */
function unknownRemote({ sync: { remote, rcloneConfig } }, source) {
	const name = remote?.address.split(":")[0] ?? "";
	if (remote?.tool !== "rclone" || !rcloneConfig || typeIn(rcloneConfig, name) !== void 0) return [];
	return [{
		name: "remote",
		reason: `names ${shown(name)}, which is not in ${source.call("rclone-config")}`
	}];
}
function missingKey({ connection }) {
	if (!connection || connection.key || connection.agent) return [];
	return [{
		name: "ssh-key",
		reason: "is missing, and no SSH agent is running"
	}];
}
function unknownCheck({ proof }, source) {
	const known = proof.sqlChecks.map(({ name }) => `sql: ${name}`);
	const unknown = proof.skipChecks.find((one) => one.startsWith("sql: ") && !known.includes(one));
	if (unknown === void 0) return [];
	return [{
		name: "skip-checks",
		reason: `names ${shown(unknown)}, which is not in ${source.call("sql-checks")}`
	}];
}
// src/inputs/read-settings.ts
const SETTINGS = [
	"connection",
	"deployment",
	"backup",
	"retention",
	"monitor",
	"drill",
	"restore",
	"proof",
	"sync"
];
async function readSettings(source, agent, verb) {
	const place = await placeOf(source, verb);
	const groups = await readGroups(source, SETTINGS, (name) => isUsedAt(place, name));
	const settings = {
		...groups,
		connection: place === "runner" ? void 0 : connectionWith(groups.connection, agent),
		drill: {
			...groups.drill,
			...rehearsalIn(groups.drill)
		},
		restore: settledRestore(groups.restore)
	};
	refuseContradictions(settings, source, verb);
	return settings;
}
/** Only a drill on a fresh server, and the sweep after it, use no deployment. */
async function placeOf(source, verb) {
	if (verb !== "drill" && verb !== "sweep") return "host";
	const deciding = [
		"scenario",
		"source",
		"where",
		"rto"
	];
	const { drill } = await readGroups(source, ["drill"], (name) => deciding.includes(name));
	return rehearsalIn(drill).where;
}
function isUsedAt(place, name) {
	const { required } = INPUTS[name];
	if (required === "deployment") return place === "host";
	return required !== "host" || place !== "runner";
}
function rehearsalIn({ scenario, source, where, rtoSeconds }) {
	return rehearsalOf(scenario, {
		source,
		where,
		rtoSeconds
	});
}
/** Single tables are never restored into production. */
function settledRestore(given) {
	const strategy = given.tables.length > 0 ? "copy" : given.strategy;
	return {
		...given,
		strategy,
		source: given.source ?? "local"
	};
}
/** A key is used before an agent. */
function connectionWith(given, agent) {
	return {
		...given,
		agent: given.key ? void 0 : agent
	};
}
export { readSettings as t };
