import "./rolldown-runtime.js";
import { a as systemClock, n as entryOf, r as isGood } from "./verbs.js";
import { f as perform } from "./table.js";
import { t as readSettings } from "./read-settings.js";
import { t as cliInputs } from "./options.js";
import { n as renderResult } from "./render-result.js";
import { r as writeReport, t as refuseUnwritable } from "./report-files.js";
import { t as TerminalLog } from "./terminal-log.js";
// src/cli/perform.ts
/** Prints the result on standard output, and returns the exit code. */
async function performCommand(verb, given, signal) {
	const settings = await readSettings(cliInputs(given), process.env.SSH_AUTH_SOCK, verb);
	await refuseUnwritable(given);
	const log = new TerminalLog(process.stderr, {
		clock: systemClock,
		quiet: given.quiet === true,
		debug: given.debug === true
	});
	const result = await perform(verb, entryOf(verb, settings), settings, {
		log,
		signal
	});
	log.info("");
	process.stdout.write(renderResult(result, given.json === true));
	if ("report" in result) await writeReport(result.report, [], given, systemClock);
	return isGood(result) ? 0 : 1;
}
export { performCommand };
