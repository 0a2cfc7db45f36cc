import { n as LOCKING_VERBS } from "./application.js";
import { n as refuseUnconfirmed } from "./confirmation.js";
// src/clock.ts
const systemClock = {
	now: () => /* @__PURE__ */ new Date(),
	seconds: () => performance.now() / 1e3
};
// src/operations/verbs.ts
const VERBS = {
	backup: {
		about: "take a backup with a manifest of its content, and verify it",
		...reporting(async () => (await import("./backup2.js")).backup)
	},
	drill: {
		about: "restore a backup into a throwaway database, and prove it",
		...reporting(async () => (await import("./drill.js")).drill)
	},
	cycle: {
		about: "take a backup, copy it off-site when a remote is given, then drill it",
		...reporting(async () => (await import("./cycle.js")).cycle)
	},
	sync: {
		about: "copy the backups to a remote, and prove the copy",
		...reporting(async () => (await import("./sync2.js")).sync)
	},
	prune: {
		about: "remove the backups that the retention policy no longer keeps",
		...reporting(async () => (await import("./prune.js")).prune)
	},
	restore: {
		about: "bring production back from a backup, proven before it takes production's place",
		refuse: refuseUnconfirmed,
		...reporting(async () => (await import("./restore.js")).restore)
	},
	monitor: {
		about: "look at everything on which a recovery depends, and change nothing",
		...reporting(async () => (await import("./monitor2.js")).monitor)
	},
	checklist: {
		about: "tick the guide's checklist before going to production, from evidence",
		reports: false,
		perform: async (settings, effects) => {
			const { askChecklist } = await import("./checklist.js");
			return { items: await askChecklist(settings, effects) };
		}
	},
	list: {
		about: "list the backups of the deployment, and what restores keep next to production",
		reports: false,
		perform: async (settings, effects) => {
			const { list } = await import("./list.js");
			return { listed: await list(settings, effects) };
		}
	},
	sweep: {
		about: "remove what a run that died may have left",
		reports: false,
		perform: async (settings, effects) => {
			const { sweep } = await import("./sweep2.js");
			const removed = await sweep(settings, effects);
			return { sentences: removed.length > 0 ? removed : ["Nothing was left to clean up."] };
		}
	}
};
/** `restore --status` asks what earlier restores left, and makes no report. */
const RESTORE_STATUS = {
	about: VERBS.restore.about,
	reports: false,
	perform: async (settings, effects) => {
		const { restoreStatus } = await import("./restore-status.js");
		return { sentences: await restoreStatus(settings, effects) };
	}
};
function entryOf(verb, { restore }) {
	return verb === "restore" && restore.status ? RESTORE_STATUS : VERBS[verb];
}
/**
* Whether a run of the verb may leave something on the host to be swept. Only one that holds the
* lock changes the host.
*/
function mayLeaveSomething(verb) {
	return LOCKING_VERBS.some((locking) => locking === verb);
}
/** Whether the process may end with 0. */
function isGood(result) {
	if ("report" in result) return result.report.verdict === "passed";
	return "items" in result ? result.items.every(({ ticked }) => ticked) : true;
}
function reporting(load) {
	return {
		reports: true,
		perform: async (settings, effects) => {
			return { report: await (await load())(settings, effects) };
		}
	};
}
export { systemClock as a, mayLeaveSomething as i, entryOf as n, isGood as r, VERBS as t };
