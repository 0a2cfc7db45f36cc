import "./rolldown-runtime.js";
import { o as verdictOf } from "./check.js";
import { t as backup } from "./backup.js";
import { t as drill } from "./drill.js";
// src/operations/cycle.ts
/** Given the settings, take a backup and drill that very backup: one report, whose verdict is that of both. */
async function cycle(settings, effects) {
	const taken = await backup(settings, effects);
	if (taken.verdict !== "passed") return {
		...taken,
		operation: "cycle"
	};
	const drilled = await drill({
		...settings,
		drill: {
			...settings.drill,
			backup: taken.backup.name
		}
	}, effects);
	const checks = [...taken.checks, ...drilled.checks];
	return {
		...drilled,
		operation: "cycle",
		verdict: verdictOf(checks),
		startedAt: taken.startedAt,
		checks
	};
}
export { cycle };
