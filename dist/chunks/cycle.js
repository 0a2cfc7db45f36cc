import "./rolldown-runtime.js";
import { i as notRun, s as verdictOf } from "./check.js";
import { n as amendReport } from "./remove-quietly.js";
import { n as takeBackup } from "./backup.js";
import { n as drillBackup, t as drillCopy } from "./drill-copy.js";
import { n as recordDrill } from "./leave-record.js";
import { _ as listBackups } from "./kept-filestores.js";
import { r as trySync } from "./sync.js";
import { i as notProvenChecks, n as withRecovery } from "./recovery.js";
import { r as withRetention } from "./apply-retention.js";
import { r as withRun, t as removeLeftovers } from "./sweep.js";
// src/operations/cycle.ts
/**
* Takes a backup, copies it off-site when the settings name a remote, and drills that very backup.
* There is one report, whose verdict is that of all three.
*/
async function cycle(settings, effects) {
	return withRun("cycle", settings, effects, async (run) => {
		await removeLeftovers(run);
		const taken = await takeBackup(run);
		if (taken.verdict !== "passed") return {
			...taken,
			operation: "cycle"
		};
		const copied = settings.sync.remote && await trySync(run);
		const newer = await withNewBackup(run, taken.backup.name);
		const drilled = await withRecovery(newer, await recordDrill(newer, () => drillNewBackup(newer, taken, copied?.checks)));
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
		return withPromotedCopied(run, await withRetention(run, both));
	});
}
/** Copies off-site also the weekly and monthly copies that the retention of this cycle made. */
async function withPromotedCopied(run, report) {
	const { sync: before, retention } = report;
	if (!before || !retention || retention.dryRun || retention.promoted.length === 0) return report;
	const { checks: again, sync: after } = await trySync(run);
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
/**
* Drills the backup that the run took, where the settings say. `copied` holds the checks of its
* off-site copy.
*/
async function drillNewBackup(run, taken, copied = []) {
	const { settings } = run;
	if (settings.drill.source === "offsite" && verdictOf(copied) !== "passed") {
		const reason = "the backup was not copied off-site.";
		const checks = [notRun("restore", `Not tried: ${reason}`), ...notProvenChecks(reason, {})];
		return { report: {
			...taken,
			checks,
			verdict: verdictOf(checks)
		} };
	}
	if (settings.drill.where === "host") return drillBackup(run);
	return { report: await drillCopy(settings, run) };
}
/** The same run with the new backup in its listing, and with that backup as the one to drill. */
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
