import "./rolldown-runtime.js";
import { s as verdictOf } from "./check.js";
import { n as takeBackup } from "./backup.js";
import { n as drillBackup } from "./drill.js";
import { n as syncAnyway } from "./sync.js";
import { t as recordDrill } from "./record2.js";
import { r as withRetention } from "./retention.js";
import { o as withRun, t as listBackups } from "./run.js";
import { t as removeLeftovers } from "./sweep.js";
// src/operations/cycle.ts
/** Given the settings, take a backup, copy it off-site when they name a remote, and drill that very backup: one report, whose verdict is that of all. */
async function cycle(settings, effects) {
	return withRun("cycle", settings, effects, async (run) => {
		await removeLeftovers(run);
		const taken = await takeBackup(run);
		if (taken.verdict !== "passed") return {
			...taken,
			operation: "cycle"
		};
		const copied = settings.sync.remote && await syncAnyway({
			...run,
			site: run.deployment
		});
		const newer = await withNewBackup(run, taken.backup.name);
		const drilled = await recordDrill(newer, () => drillBackup(newer));
		const checks = [
			...taken.checks,
			...copied?.checks ?? [],
			...drilled.checks
		];
		const both = {
			...drilled,
			...copied,
			operation: "cycle",
			verdict: verdictOf(checks),
			checks
		};
		return withRetention(run, both);
	});
}
/** The same run, which knows the backup that it took and drills that one. */
async function withNewBackup(run, name) {
	const { listing } = await listBackups(run, run.deployment);
	const { settings } = run;
	return {
		...run,
		listing,
		settings: {
			...settings,
			drill: {
				...settings.drill,
				backup: name
			}
		}
	};
}
export { cycle };
