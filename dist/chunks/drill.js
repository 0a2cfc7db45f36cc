import "./rolldown-runtime.js";
import { D as choose } from "./discover.js";
import { D as relationsOfExtensions, h as roomTrouble } from "./observe.js";
import { _ as propertiesQuery } from "./refuse-server.js";
import { a as passed, i as notRun, l as withSwitchedOff, r as failed } from "./check.js";
import { t as formatDuration } from "./duration.js";
import { r as assembleReport } from "./remove-quietly.js";
import { d as withFetchedCopy, h as whileDiskLasts, i as unproven, l as openArchive, r as restoreAndProve, t as recoveryText } from "./recovery.js";
import { n as recordDrill } from "./leave-record.js";
import { r as withRun, t as removeLeftovers } from "./sweep.js";
import { i as dropThrowaway, n as createThrowaway, o as keepThrowaway } from "./throwaway.js";
// src/checks/objectives.ts
/**
* Given the backup's age in seconds by the clock of the place where it is restored, the objective, and which copy is
* restored where, return whether a loss now would cost more than was agreed.
*/
function judgeRpo(ageSeconds, objectiveSeconds, { source, where }) {
	const [subject, clock] = [source === "offsite" ? "The off-site copy" : "The backup", where === "runner" ? " by the runner's clock" : ""];
	if (ageSeconds < -300) return failed("rpo", `${subject} is dated ${formatDuration(-ageSeconds)} in the future${clock}.`, `The clock of the host${where === "runner" ? ", of the runner" : ""} or of the backup container is wrong: set it by NTP.`);
	const sentence = `${subject} is ${formatDuration(ageSeconds)} old${clock}; the objective (RPO) is ${formatDuration(objectiveSeconds)}.`;
	return ageSeconds <= objectiveSeconds ? passed("rpo", sentence) : failed("rpo", sentence, source === "offsite" ? "Look at why no newer backup was copied there: openspp-backup list shows what was taken, openspp-backup sync copies it." : "Look at why no newer backup was taken: docker compose logs backup");
}
/** Given the seconds from the start of the restore to a proven database, return whether that is within the objective. */
function judgeRto(seconds, objectiveSeconds) {
	const sentence = `Restored and proven in ${formatDuration(seconds)}; the objective (RTO) is ${formatDuration(objectiveSeconds)}.`;
	return seconds <= objectiveSeconds ? passed("rto", sentence) : failed("rto", sentence, "Give the host more cores or a faster disk, raise `jobs`, or agree on another objective.");
}
// src/operations/drill/drill.ts
/**
* Given the settings, restore a backup into the throwaway database, prove that what came back is what went
* in, and drop it: the guide's "Test Restore", with a proof. What a check found is in the report; what makes
* a drill impossible is thrown.
*/
async function drill(settings, effects) {
	return withRun("drill", settings, effects, async (run) => {
		await removeLeftovers(run);
		return recordDrill(run, () => drillBackup(run));
	});
}
/** Given a run, drill the backup that its settings name: the one in the volume, or its copy off-site. */
async function drillBackup(run) {
	const { listing, settings } = run;
	const { source, backup } = settings.drill;
	if (source === "local") return drillChosen(run, choose(listing, backup, Math.random()));
	return withFetchedCopy(run, backup, (fetched, since) => drillChosen(run, fetched, since));
}
/**
* Given a run and a backup that its backup container can read, drill it. `since`, in seconds of the clock, is when
* recovering began, where that was before the restore.
*/
async function drillChosen(run, backup, since) {
	const { settings, journal } = run;
	const [archive] = await journal.phase(`Open ${backup.name}`, () => Promise.all([openArchive(run, backup), makeRoom(run)]));
	const rpoSeconds = ageOf(run, archive);
	const known = [archive.check, judgeRpo(rpoSeconds, settings.drill.rpoSeconds, settings.drill)];
	if (archive.check.status === "failed") {
		const reason = "a damaged archive is not restored.";
		return reportOf(run, archive, {
			checks: [
				...known,
				notRun("restore", `Not tried: ${reason}`),
				...unproven(reason, { filestore: true })
			],
			rpoSeconds
		});
	}
	const findings = await drillInThrowaway(run, archive, since);
	return reportOf(run, archive, {
		...findings,
		...findings.proven && settings.drill.source === "local" && { recovery: await recoveryOf(run, archive) },
		checks: [...known, ...findings.checks],
		rpoSeconds
	});
}
/** What was restored just now from the volume can be restored by hand in the same way. */
async function recoveryOf(run, archive) {
	const { maintenance, deployment } = run;
	const query = propertiesQuery(deployment.database.name);
	return recoveryText(run, archive, await maintenance.value(query));
}
async function makeRoom(run) {
	const [dropped, trouble] = await Promise.all([dropThrowaway(run, run.settings.drill.throwawayDatabase), roomTrouble(run)]);
	const left = trouble && dropped.length > 0 ? await roomTrouble(run) : trouble;
	if (left) throw left;
}
/** What a fresh server's databases do not say of the extensions' own relations, the archive does. */
function knowingRelations(run, { contents }) {
	const relations = [...run.facts.extensionRelations, ...relationsOfExtensions(contents)];
	return {
		...run,
		facts: {
			...run.facts,
			extensionRelations: relations
		}
	};
}
/** Creates the throwaway database, and drops it on success, failure and cancellation. */
async function drillInThrowaway(run, archive, since) {
	const { journal, clock, settings, facts } = run;
	const name = settings.drill.throwawayDatabase;
	const start = since ?? clock.seconds();
	let cleanup;
	const drop = async () => {
		const { keepDatabase } = settings.drill;
		cleanup = await journal.phase(`${keepDatabase ? "Keep" : "Drop"} ${name}`, () => cleanUp(run));
	};
	await journal.phase(`Create ${name}`, () => createThrowaway(run, name, archive.manifest?.locale ?? facts));
	try {
		const findings = await whileDiskLasts(run, "Production is as it was.", (watched) => settings.drill.where === "host" ? restoreAndProve(watched, archive, {
			name,
			filestore: true,
			live: run.session
		}) : restoreAndProve(knowingRelations(watched, archive), archive, {
			name,
			filestore: true,
			server: "fresh"
		}));
		const rtoSeconds = clock.seconds() - start;
		const inTime = findings.proven ? [judgeRto(rtoSeconds, settings.drill.rtoSeconds)] : [];
		await drop();
		return {
			...findings,
			checks: [
				...findings.checks,
				...inTime,
				...cleanup ? [cleanup] : []
			],
			...findings.proven && { rtoSeconds }
		};
	} finally {
		if (!cleanup) await drop();
	}
}
async function cleanUp(run) {
	const name = run.settings.drill.throwawayDatabase;
	try {
		if (run.settings.drill.keepDatabase) {
			await keepThrowaway(run, name);
			return passed("cleanup", `${name} was kept, as asked. The next drill drops it.`);
		}
		await dropThrowaway(run, name);
		return passed("cleanup", `${name} was dropped.`);
	} catch (error) {
		return failed("cleanup", `${name} could not be dropped: ${error instanceof Error ? error.message.split("\n")[0] : String(error)}`, "The next run drops it; or do it now: openspp-backup sweep");
	}
}
/**
* Seconds between the snapshot and now, both by the server's own clock, so that the runner's does not matter;
* of a cycle, the run goes on meanwhile.
*/
function ageOf({ facts, journal, readAt }, archive) {
	return Date.parse(facts.now) / 1e3 + (journal.elapsed() - readAt) - takenAtOf(archive).getTime() / 1e3;
}
function takenAtOf({ manifest, backup }) {
	return manifest ? new Date(manifest.takenAt) : backup.takenAt;
}
function reportOf(run, archive, findings) {
	const { settings } = run;
	const { proven: _, ...found } = findings;
	return assembleReport(run, "drill", {
		tables: [],
		rows: 0,
		...found,
		checks: withSwitchedOff(findings.checks, settings.proof.skipChecks),
		backup: {
			name: archive.backup.name,
			takenAt: takenAtOf(archive).toISOString(),
			bytes: archive.backup.bytes,
			sha256: archive.sha256,
			manifest: archive.manifest !== void 0
		},
		rehearsal: rehearsalOf(settings),
		rpoObjectiveSeconds: settings.drill.rpoSeconds,
		rtoObjectiveSeconds: settings.drill.rtoSeconds
	});
}
function rehearsalOf({ drill, sync }) {
	const { scenario, source, where } = drill;
	const remote = source === "offsite" ? sync.remote?.address : void 0;
	return {
		scenario,
		source,
		where,
		...remote !== void 0 && { remote }
	};
}
export { drillBackup as n, drillChosen as r, drill as t };
