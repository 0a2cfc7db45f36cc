import { N as recordPath, P as serializeRecord } from "./discover.js";
import { s as inContainer } from "./shell.js";
import { m as writeRecord } from "./kept-filestores.js";
import { n as Failed, r as Failure } from "./failure.js";
// src/operations/leave-record.ts
/**
* Given a run and the drill to do in it, do it and leave a record of what it came to in the backup volume, also
* when it failed before there was a report. A drill that never came to try the backup leaves none.
*/
async function recordDrill(run, drill) {
	try {
		const report = await drill();
		const { verdict, backup, rtoSeconds } = report;
		await leaveRecord(run, run.deployment, {
			operation: "drill",
			verdict,
			...backup && {
				backup: backup.name,
				takenAt: backup.takenAt
			},
			...rtoSeconds !== void 0 && { rtoSeconds }
		});
		return report;
	} catch (error) {
		if (error instanceof Failed && !run.signal.aborted) await leaveRecord(run, run.deployment, {
			operation: "drill",
			verdict: "failed"
		});
		throw error;
	}
}
/** Given a deployment and what an operation came to, leave it in the backup volume; that it cannot is a warning. */
async function leaveRecord({ host, clock, journal }, { backups, clockSkewSeconds }, told) {
	const endedAt = new Date(clock.now().getTime() + clockSkewSeconds * 1e3).toISOString();
	const path = recordPath(backups.directory, told.operation);
	const text = serializeRecord({
		recordVersion: 1,
		endedAt,
		...told
	});
	try {
		await host.run(inContainer(backups.container, writeRecord(path, text)));
	} catch (trouble) {
		const { what, why } = trouble instanceof Failure ? trouble.explanation : { what: String(trouble) };
		journal.log.warning(`The monitor will not know of this ${told.operation}: ${why ?? what}`);
	}
}
export { recordDrill as n, leaveRecord as t };
