import "./rolldown-runtime.js";
import { t as systemClock } from "./clock.js";
import { f as withHost, r as REPORTS } from "./inputs.js";
import { n as refuseUnconfirmed } from "./confirmation.js";
import { t as withPing } from "./ping.js";
import { n as progressLine, r as readSettings, t as Progress } from "./progress.js";
import { n as headline } from "./verdict.js";
import { n as printableLines, t as printable } from "./printable.js";
import { t as formatBytes } from "./bytes.js";
import { t as formatDuration } from "./duration.js";
import { t as cliInputs } from "./options.js";
import { n as printed, t as json } from "./printed.js";
import { r as writeReport, t as refuseUnwritable } from "./report-files.js";
import { n as Secret, r as redact } from "./secret.js";
// src/cli/checklist.ts
/** Given the checklist, return it as text for a terminal: the guide's lines, and below each what it was ticked for. */
function renderChecklist(items) {
	return items.flatMap(({ item, ticked, evidence, next }) => [
		`- [${ticked ? "x" : " "}] ${item}`,
		`      ${printable(evidence)}`,
		...next ? [`      Next: ${printable(next)}`] : []
	]).map((line) => `${line}\n`).join("");
}
// src/cli/listing.ts
const HEADS = [
	"BACKUP",
	"FOLDER",
	"TAKEN (UTC)",
	"AGE",
	"SIZE",
	"MANIFEST"
];
/** Given the backups of a deployment and the present time, return them as a table for a terminal. */
function renderListing(backups, now) {
	if (backups.length === 0) return "There is no backup yet. Take one: openspp-backup backup\n";
	const rows = backups.map(({ name, kind, takenAt, bytes, manifest, latest }) => [
		`${printable(name)}${latest ? " (latest)" : ""}`,
		kind,
		takenAt.toISOString().slice(0, 16).replace("T", " "),
		formatDuration((now.getTime() - takenAt.getTime()) / 1e3),
		formatBytes(bytes),
		manifest ? "yes" : "no"
	]);
	const widths = HEADS.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
	return [HEADS, ...rows].map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ").trimEnd()}\n`).join("");
}
// src/cli/terminal-log.ts
const CLEAR_LINE = "\r\x1B[2K";
/** What a person at a terminal sees on standard error: one line per step, and one that moves. */
var TerminalLog = class {
	#stream;
	#options;
	#progress;
	#open = [];
	#secrets = [];
	constructor(stream, options) {
		this.#stream = stream;
		this.#options = options;
		this.#progress = new Progress(options.clock);
	}
	startGroup(title) {
		this.#open.push(title);
		if (this.#stream.isTTY) this.#live(`${title} …`);
		else this.#say(`${title} …`);
	}
	endGroup(seconds) {
		this.#say(`${this.#open.pop()}: ${formatDuration(seconds)}`);
	}
	info(text) {
		this.#say(text);
	}
	warning(text) {
		this.#write(`warning: ${text}`);
	}
	debug(text) {
		if (this.#options.debug) this.#write(`debug: ${text}`);
	}
	progress(fraction, what, detail) {
		const line = this.#stream.isTTY ? progressLine(fraction, what, detail) : this.#progress.lineFor(fraction, what, detail);
		if (line === void 0) return;
		if (this.#stream.isTTY) this.#live(line);
		else this.#say(line);
	}
	mask(value) {
		this.#secrets.push(new Secret(value));
	}
	#say(text) {
		if (!this.#options.quiet) this.#write(text);
	}
	#write(text) {
		const lines = printableLines(redact(text, this.#secrets)).map((line) => `${line}\n`);
		this.#stream.write((this.#stream.isTTY ? CLEAR_LINE : "") + lines.join(""));
	}
	/** A line that the next one replaces, cut to the terminal's width so that it stays one line. */
	#live(text) {
		if (this.#options.quiet) return;
		const line = printableLines(redact(text, this.#secrets)).join(" ");
		this.#stream.write(CLEAR_LINE + line.slice(0, this.#stream.columns - 1));
	}
};
// src/cli/perform.ts
/**
* Given a command, its options and the signal that cancels it, do it, print what came of it on
* standard output, and return the exit code.
*/
async function perform(verb, given, signal) {
	const settings = await readSettings(cliInputs(given), process.env.SSH_AUTH_SOCK);
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
		const { drill } = await import("./drill2.js");
		return printed(await drill(settings, effects), asJson);
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
		const backups = await list(settings, effects);
		return {
			text: asJson ? json(backups) : renderListing(backups, effects.clock.now()),
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
