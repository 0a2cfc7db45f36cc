import { s as verdictOf } from "./check.js";
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
export { assembleReport as t };
