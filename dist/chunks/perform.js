import "./rolldown-runtime.js";
import { t as systemClock } from "./clock.js";
import { f as withHost, o as REPORTS } from "./table.js";
import { r as readSettings } from "./progress.js";
import { n as refuseUnconfirmed } from "./confirmation.js";
import { t as withPing } from "./ping.js";
import { n as headline } from "./verdict.js";
import { t as cliInputs } from "./options.js";
import { n as printed, t as json } from "./printed.js";
import { t as printable } from "./printable.js";
import { n as renderListing, t as TerminalLog } from "./terminal-log.js";
import { r as writeReport, t as refuseUnwritable } from "./report-files.js";
// src/cli/render-checklist.ts
/** Given the checklist, return it as text for a terminal: the guide's lines, and below each what it was ticked for. */
function renderChecklist(items) {
	return items.flatMap(({ item, ticked, evidence, next }) => [
		`- [${ticked ? "x" : " "}] ${item}`,
		`      ${printable(evidence)}`,
		...next ? [`      Next: ${printable(next)}`] : []
	]).map((line) => `${line}\n`).join("");
}
// src/cli/perform.ts
/**
* Given a command, its options and the signal that cancels it, do it, print what came of it on
* standard output, and return the exit code.
*/
async function perform(verb, given, signal) {
	const settings = await readSettings(cliInputs(given), process.env.SSH_AUTH_SOCK, verb);
	await refuseUnwritable(given);
	if (verb === "restore") refuseUnconfirmed(settings);
	const log = new TerminalLog(process.stderr, {
		clock: systemClock,
		quiet: given.quiet === true,
		debug: given.debug === true
	});
	const run = RUNS[verb];
	const { text, code, report } = await withPing(REPORTS.includes(verb) ? settings.pingUrl : void 0, log, () => withHost(settings.connection, log, signal, (effects) => run(settings, effects, given.json === true)), (result) => ({
		good: result.code === 0,
		text: result.report ? headline(result.report) : `openspp-backup ${verb}`
	}));
	log.info("");
	process.stdout.write(text);
	if (report) await writeReport(report, [], given, systemClock);
	return code;
}
const RUNS = {
	backup: async (settings, effects, asJson) => {
		const { backup } = await import("./backup2.js");
		return printed(await backup(settings, effects), asJson);
	},
	drill: async (settings, effects, asJson) => {
		const { rehearse } = await import("./rehearse.js");
		return printed(await rehearse(settings, effects), asJson);
	},
	cycle: async (settings, effects, asJson) => {
		const { cycle } = await import("./cycle.js");
		return printed(await cycle(settings, effects), asJson);
	},
	prune: async (settings, effects, asJson) => {
		const { prune } = await import("./prune.js");
		return printed(await prune(settings, effects), asJson);
	},
	restore: async (settings, effects, asJson) => {
		if (settings.restore.status) {
			const { restoreStatus } = await import("./status.js");
			const sentences = await restoreStatus(settings, effects);
			return {
				text: asJson ? json(sentences) : `${sentences.join("\n")}\n`,
				code: 0
			};
		}
		const { restore } = await import("./restore.js");
		const report = await restore(settings, effects);
		const plan = asJson ? void 0 : report.restore?.plan;
		return {
			...printed(report, asJson),
			...plan !== void 0 && { text: `${plan}\n` }
		};
	},
	sync: async (settings, effects, asJson) => {
		const { sync } = await import("./sync2.js");
		return printed(await sync(settings, effects), asJson);
	},
	monitor: async (settings, effects, asJson) => {
		const { monitor } = await import("./monitor2.js");
		return printed(await monitor(settings, effects), asJson);
	},
	checklist: async (settings, effects, asJson) => {
		const { askChecklist } = await import("./checklist.js");
		const items = await askChecklist(settings, effects);
		const code = items.every(({ ticked }) => ticked) ? 0 : 1;
		return {
			text: asJson ? json(items) : renderChecklist(items),
			code
		};
	},
	list: async (settings, effects, asJson) => {
		const { list } = await import("./list.js");
		const listed = await list(settings, effects);
		return {
			text: asJson ? json(listed) : renderListing(listed, effects.clock.now()),
			code: 0
		};
	},
	sweep: async (settings, effects) => {
		const { sweep } = await import("./sweep2.js");
		const removed = await sweep(settings, effects);
		return {
			text: (removed.length > 0 ? removed : ["Nothing was left to clean up."]).map((sentence) => `${sentence}\n`).join(""),
			code: 0
		};
	}
};
export { perform };
