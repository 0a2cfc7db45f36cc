import "./rolldown-runtime.js";
import { i as notRun, s as verdictOf } from "./check.js";
import { n as amendReport } from "./remove-quietly.js";
import { n as takeBackup } from "./backup.js";
import { n as drillBackup } from "./drill.js";
import { n as recordDrill } from "./leave-record.js";
import { h as listBackups } from "./kept-filestores.js";
import { t as drillCopy } from "./drill-copy.js";
import { n as syncAnyway } from "./sync.js";
import { i as unproven } from "./recovery.js";
import { r as withRetention } from "./apply-retention.js";
import { r as withRun, t as removeLeftovers } from "./sweep.js";
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
		const drilled = await recordDrill(newer, () => drillTaken(newer, taken, copied?.checks));
		const checks = [
			...taken.checks,
			...copied?.checks ?? [],
			...drilled.checks
		];
		const both = {
			...drilled,
			...copied,
			deployment: taken.deployment,
			startedAt: taken.startedAt,
			operation: "cycle",
			verdict: verdictOf(checks),
			checks
		};
		return withCopiesCopied(run, await withRetention(run, both));
	});
}
/** Given a run and the report of a cycle, copy off-site the weekly and monthly copies that its retention made, too. */
async function withCopiesCopied(run, report) {
	const { sync: before, retention } = report;
	if (!before || !retention || retention.dryRun || retention.promoted.length === 0) return report;
	const { checks: again, sync: after } = await syncAnyway({
		...run,
		site: run.deployment
	});
	const names = again.map(({ name }) => name);
	const checks = [...report.checks.filter(({ name }) => !names.includes(name)), ...again];
	return {
		...amendReport(run, report, checks),
		sync: after ? sumOf(before, after) : before
	};
}
function sumOf(before, after) {
	return {
		...after,
		copied: before.copied + after.copied,
		bytes: before.bytes + after.bytes,
		deleted: before.deleted + after.deleted
	};
}
/** Given a run that knows the backup that it took and what came of copying it, drill that backup where the settings say. */
async function drillTaken(run, taken, copied = []) {
	const { settings } = run;
	if (settings.drill.source === "offsite" && verdictOf(copied) !== "passed") {
		const reason = "the backup was not copied off-site.";
		const checks = [notRun("restore", `Not tried: ${reason}`), ...unproven(reason, {})];
		return {
			...taken,
			checks,
			verdict: verdictOf(checks)
		};
	}
	return settings.drill.where === "host" ? drillBackup(run) : drillCopy(settings, run);
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
