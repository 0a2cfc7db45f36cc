import { H as recordPath, L as inBackup, U as serializeRecord } from "./discover.js";
import { g as writeRecord } from "./kept-filestores.js";
import { n as Failed, o as reasonOf } from "./failure.js";
// src/operations/leave-record.ts
/**
* Does the drill and leaves a record of its result in the backup volume, also when it failed before
* there was a report. A drill that did not get as far as trying the backup leaves none.
*/
async function recordDrill(run, drill) {
	try {
		const drilled = await drill();
		const { verdict, backup, rtoSeconds } = drilled.report;
		await leaveRecord(run, run.deployment, {
			operation: "drill",
			verdict,
			...backup && {
				backup: backup.name,
				takenAt: backup.takenAt
			},
			...rtoSeconds !== void 0 && { rtoSeconds }
		});
		return drilled;
	} catch (error) {
		if (error instanceof Failed && !run.signal.aborted) await leaveRecord(run, run.deployment, {
			operation: "drill",
			verdict: "failed"
		});
		throw error;
	}
}
/**
* Leaves the result of an operation in the backup volume, even if the run was cancelled. If that
* fails, it is only a warning.
*/
async function leaveRecord({ host, clock, journal }, deployment, result) {
	const { backups, clockSkewSeconds } = deployment;
	const endedAt = new Date(clock.now().getTime() + clockSkewSeconds * 1e3).toISOString();
	const path = recordPath(backups.directory, result.operation);
	const text = serializeRecord({
		recordVersion: 1,
		endedAt,
		...result
	});
	try {
		await inBackup({
			host,
			deployment
		}, writeRecord(path, text));
	} catch (trouble) {
		journal.log.warning(`The monitor will not know of this ${result.operation}: ${reasonOf(trouble)}`);
	}
}
export { recordDrill as n, leaveRecord as t };
