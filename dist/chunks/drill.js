import "./rolldown-runtime.js";
import { n as recordDrill } from "./leave-record.js";
import { n as drillBackup, t as drillCopy } from "./drill-copy.js";
import { n as withRecovery } from "./recovery.js";
import { r as withRun, t as removeLeftovers } from "./sweep.js";
// src/operations/drill/drill.ts
/** Throws only what makes a drill impossible; what the checks found is in the report. */
async function drill(settings, effects) {
	if (settings.drill.where !== "host") return drillCopy(settings, effects);
	return withRun("drill", settings, effects, async (run) => {
		await removeLeftovers(run);
		const drilled = await recordDrill(run, () => drillBackup(run));
		return withRecovery(run, drilled);
	});
}
export { drill };
