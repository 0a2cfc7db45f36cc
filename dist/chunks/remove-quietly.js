import { r as Failure } from "./failure.js";
import { s as verdictOf } from "./check.js";
import { s as inContainer } from "./shell.js";
import { K as removeTrees } from "./discover.js";
// src/operations/assemble-report.ts
/** Given a run and what it found, return its report: the verdict follows from the checks alone. */
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
/** Given a run, a report of it and all its checks by now, return the report as it stands now. */
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
* Given a run and paths in its backup container, remove them and return whether that was possible. It throws
* nothing and heeds no cancellation: a failure is on its way, and what stays is named in a warning.
*/
async function removeQuietly(run, paths) {
	const { host, deployment, journal } = run;
	try {
		await host.run(inContainer(deployment.backups.container, removeTrees(paths)));
		return true;
	} catch (trouble) {
		const why = trouble instanceof Failure ? trouble.explanation.why : void 0;
		journal.log.warning(`${paths.join(", ")} could not be removed${why ? ` (${why})` : ""}.`);
		return false;
	}
}
export { amendReport as n, assembleReport as r, removeQuietly as t };
