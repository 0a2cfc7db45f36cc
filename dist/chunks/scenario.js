// src/report/scenario.ts
/** What a drill rehearses: one scenario for each of the guide's "Recovery Time Objective (RTO)". */
const SCENARIOS = [
	"database-corruption",
	"server-failure",
	"datacenter-outage"
];
/** Which copy of a backup is restored: the one in the deployment's volume, or the one off-site. */
const SOURCES = ["local", "offsite"];
/**
* Where it is restored: on the deployment's own server, on a fresh server on a host, or on a fresh server
* at the runner. The last one uses nothing of any host.
*/
const PLACES = [
	"host",
	"fresh",
	"runner"
];
const HOUR = 3600;
/**
* The longest time that the guide gives each: "30 minutes", "2-4 hours", "4-8 hours (with off-site
* backups)". Another host replaces a failed server; it has Docker and the remote's tool. After a data
* centre's outage, nothing is left.
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
/** `given` overrides the scenario's defaults. A fresh server can only use the off-site copy. */
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
