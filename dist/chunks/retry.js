import { t as CommandFailed } from "./command-failed.js";
import { t as formatDuration } from "./duration.js";
import { s as whyOf } from "./offsite.js";
import { setTimeout } from "node:timers/promises";
// src/operations/offsite/retry.ts
/** Seconds of pause before each further attempt. */
const PAUSES = [
	1,
	5,
	20
];
/**
* Given a command of the remote's tool as a function that runs it, run it until it succeeds, with growing pauses. What
* an attempt has copied, the next one does not copy again. Throws CommandFailed of the last one.
*/
async function withRetries({ journal, signal }, { tool }, attempt) {
	for (const pause of [...PAUSES, void 0]) try {
		return await attempt();
	} catch (error) {
		if (!(error instanceof CommandFailed) || pause === void 0) throw error;
		if (tool.troubleOf(error.exit) !== "passing") throw error;
		journal.log.warning(`${tool.name}: ${whyOf({ tool }, error)}; trying again in ${formatDuration(pause)}.`);
		await setTimeout(pause * 1e3, void 0, { signal });
	}
	throw new Error("unreachable");
}
export { withRetries as t };
