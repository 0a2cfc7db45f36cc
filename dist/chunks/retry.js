import { t as CommandFailed } from "./command-failed.js";
import { t as formatDuration } from "./duration.js";
import { s as whyOf } from "./offsite.js";
import { setTimeout } from "node:timers/promises";
// src/operations/offsite/retry.ts
/** Seconds of pause before each further attempt, the last one before all that follow. */
const PAUSES = [
	1,
	5,
	20,
	60
];
/**
* Given a command of the remote's tool as a function that runs it, run it until it succeeds, as often as the settings
* say, with growing pauses. What an attempt has copied, the next one does not copy again. Throws CommandFailed of the last one.
*/
async function withRetries({ journal, signal }, { tool, retries }, attempt) {
	for (let failures = 0;; failures += 1) try {
		return await attempt();
	} catch (error) {
		if (!(error instanceof CommandFailed) || failures === retries) throw error;
		if (tool.troubleOf(error.exit) !== "passing") throw error;
		const pause = PAUSES[Math.min(failures, PAUSES.length - 1)];
		journal.log.warning(`${tool.name}: ${whyOf({ tool }, error)}; trying again in ${formatDuration(pause)}.`);
		await setTimeout(pause * 1e3, void 0, { signal });
	}
}
export { withRetries as t };
