import "./rolldown-runtime.js";
import { r as assembleReport } from "./remove-quietly.js";
import { r as withRun, t as removeLeftovers } from "./sweep.js";
import { t as applyRetention } from "./apply-retention.js";
// src/operations/retention/prune.ts
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
