import "./rolldown-runtime.js";
import { r as assembleReport } from "./remove-quietly.js";
import { n as withRun } from "./run.js";
import { t as removeLeftovers } from "./sweep.js";
import { t as applyRetention } from "./retention2.js";
// src/operations/retention/prune.ts
/** Given the settings, remove the backups that the retention policy no longer keeps, or only say which. */
async function prune(settings, effects) {
	return withRun("prune", settings, effects, async (run) => {
		if (!settings.retention.dryRun) await removeLeftovers(run);
		const { check, retention } = await applyRetention(run);
		return assembleReport(run, "prune", {
			checks: [check],
			tables: [],
			rows: 0,
			retention
		});
	});
}
export { prune };
