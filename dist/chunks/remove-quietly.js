import { o as reasonOf } from "./failure.js";
import { s as verdictOf } from "./check.js";
import { L as inBackup, ut as removeTrees, z as uncancelled } from "./discover.js";
// src/operations/assemble-report.ts
/** The verdict follows from the checks alone. */
function assembleReport(run, operation, findings) {
	const { deployment, facts, host, journal, startedAt } = run;
	const common = {
		schemaVersion: 1,
		operation,
		verdict: verdictOf(findings.checks),
		startedAt: startedAt.toISOString(),
		seconds: journal.elapsed(),
		deployment: {
			host: host.name,
			project: deployment.project,
			database: deployment.database.name,
			policy: deployment.policy,
			...facts && { postgresql: facts.version }
		},
		phases: [...journal.phases]
	};
	return Object.assign(common, findings);
}
/**
* The report with these checks in place of its own, and with the verdict, the time and the phases
* up to now.
*/
function amendReport({ journal }, report, checks) {
	return {
		...report,
		checks,
		verdict: verdictOf(checks),
		seconds: journal.elapsed(),
		phases: [...journal.phases]
	};
}
// src/operations/remove-quietly.ts
/**
* Removes paths in the backup container, and returns whether it could. It throws nothing and
* ignores a cancellation, because another failure is already on its way. A warning names what
* stays.
*/
async function removeQuietly(run, paths) {
	try {
		await inBackup(uncancelled(run), removeTrees(paths));
		return true;
	} catch (trouble) {
		run.journal.log.warning(`${paths.join(", ")} could not be removed (${reasonOf(trouble)}).`);
		return false;
	}
}
export { amendReport as n, assembleReport as r, removeQuietly as t };
