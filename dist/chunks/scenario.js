// src/report/scenario.ts
/** What a drill rehearses: the guide's "Recovery Time Objective (RTO)", a scenario each. */
const SCENARIOS = [
	"database-corruption",
	"server-failure",
	"datacenter-outage"
];
/** Which copy of a backup is restored: the one in the deployment's volume, or the one off-site. */
const SOURCES = ["local", "offsite"];
/**
* Where it is restored: on the deployment's own server; on a fresh one on a host; or on a fresh one at the runner, which
* uses nothing of any host.
*/
const PLACES = [
	"host",
	"fresh",
	"runner"
];
const HOUR = 3600;
/**
* The longest that the guide gives each: "30 minutes", "2-4 hours", "4-8 hours (with off-site backups)". A server that
* failed is replaced by another host, which has Docker and the remote's tool; of a data centre that is out, nothing is left.
*/
const REHEARSALS = {
	"database-corruption": {
		source: "local",
		where: "host",
		rtoSeconds: HOUR / 2
	},
	"server-failure": {
		source: "offsite",
		where: "fresh",
		rtoSeconds: 4 * HOUR
	},
	"datacenter-outage": {
		source: "offsite",
		where: "runner",
		rtoSeconds: 8 * HOUR
	}
};
/** Given a scenario and what the user wants otherwise, return what is rehearsed and how. A fresh server has no copy but the one off-site. */
function rehearsalOf(scenario, given) {
	const usual = REHEARSALS[scenario];
	const where = given.where ?? (given.source === "local" ? "host" : usual.where);
	return {
		scenario,
		source: given.source ?? (where === "host" ? usual.source : "offsite"),
		where,
		rtoSeconds: given.rtoSeconds ?? usual.rtoSeconds
	};
}
export { rehearsalOf as i, SCENARIOS as n, SOURCES as r, PLACES as t };
