import "./rolldown-runtime.js";
import { C as filesOf, N as makeFolder, R as removeTrees, S as choose, z as stampNow } from "./discover.js";
import { a as passed, i as notRun, l as withSwitchedOff, r as failed } from "./check.js";
import { r as propertiesQuery } from "./database-properties.js";
import { t as formatDuration } from "./duration.js";
import { f as openArchive, n as unproven, r as recoveryText, t as restoreAndProve } from "./restore-and-prove.js";
import { t as assembleReport } from "./assemble-report.js";
import { h as refuseFullDatabaseVolume, p as freeBytesIn } from "./sessions.js";
import { a as manifestNameOf, c as parseDumpName, t as COPY_FOLDER } from "./backup-name.js";
import { a as and, n as print, s as inContainer } from "./shell.js";
import { a as UserMistake, n as Failed } from "./failure.js";
import { t as CommandFailed } from "./command-failed.js";
import { t as formatBytes } from "./bytes.js";
import { a as openFromHost, c as runTool, h as remoteListing, i as listFilesOf, l as whyOf, r as withRetries, t as recordDrill } from "./record2.js";
import { t as parseManifest } from "./manifest.js";
import { o as withRun } from "./run.js";
import { t as removeLeftovers } from "./sweep.js";
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
// src/operations/offsite/fetch.ts
/** What must be free beyond the files' own size: a full disk stops what else the machine does. */
const MARGIN = 1.2;
/**
* Given a backup on a remote and an empty folder of the machine that the tool runs on, copy the backup's files there,
* each below the folder as it stands below the remote. Throws Failed, with the tool's own reason.
*/
async function fetchBackup({ journal, signal, limit }, offsite, backup, folder) {
	const { tool, remote } = offsite;
	const command = tool.download(filesOf(backup).map(belowRemote), folder, limit === void 0 ? {} : { limit });
	const onProgress = ({ fraction }) => journal.log.progress(fraction, `of ${backup.name} fetched`);
	try {
		await withRetries({
			journal,
			signal
		}, offsite, () => runTool(offsite, offsite.within(command, folder), signal, onProgress));
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		throw new Failed({
			what: `${backup.name} could not be fetched from \`${remote.address}\`.`,
			why: whyOf(offsite, error),
			state: "Nothing was restored. What had arrived was removed; the remote is as it was.",
			next: `Try it there, by hand: ${print(tool.byHand())}`
		}, { cause: error });
	}
}
/** A listing's paths start with a slash (backups/offsite-plan.ts). */
function belowRemote(path) {
	return path.replace(/^\//, "");
}
/** Given a backup of a remote and the bytes free where it is to be fetched to, throw Failed unless it fits there. */
function refuseTooLarge({ name, bytes, filestore }, freeBytes, where) {
	const needed = bytes + (filestore?.bytes ?? 0);
	if (freeBytes >= needed * MARGIN) return;
	throw new Failed({
		what: `${where} has ${formatBytes(freeBytes)} free, and ${name} takes ${formatBytes(needed)}.`,
		state: "Nothing was fetched.",
		next: "Free space there, or give it more."
	});
}
// src/operations/offsite/find-copy.ts
/** Stamps of backups without a manifest are read as UTC where no clock of the deployment can be asked. */
const UTC = "+0000";
/** Given a remote, the database's name if it is known and which backup is wanted, return that backup. Throws UserMistake when there is none. */
async function findCopy(finding, offsite, wanted, offset = UTC) {
	const files = await listFilesOf(offsite, finding.signal);
	const database = wanted.database ?? onlyDatabaseIn(files, offsite);
	const listing = remoteListing(files, database, offset);
	const backup = chooseCopy(listing, wanted.backup, offsite);
	warnOfIncomplete(listing, backup, finding);
	if (!backup.manifest) return {
		database,
		backup,
		listing
	};
	return {
		database,
		backup,
		listing,
		manifest: await readManifest(finding, offsite, backup)
	};
}
/**
* Given the backups of a remote and which one is wanted, return it. The manifest travels last, so that the latest is
* the newest that has one, unless none has. Throws UserMistake when there is none.
*/
function chooseCopy(listing, wanted, { remote }) {
	const complete = listing.backups.filter(({ manifest }) => manifest);
	if (wanted === "latest" && complete[0]) return complete[0];
	if (listing.backups.length > 0) return choose(listing, wanted, Math.random());
	throw new UserMistake({
		what: `There is no backup of this database on \`${remote.address}\`.`,
		why: "No file named `<database>_<date>_<time>.dump` stands in its daily/, weekly/ or monthly/.",
		state: "Nothing was changed.",
		next: "Copy one there: openspp-backup sync. If the path is wrong, correct `remote`."
	});
}
function warnOfIncomplete({ backups }, { takenAt, manifest }, { journal }) {
	const newer = manifest ? backups.filter((one) => !one.manifest && one.takenAt > takenAt) : [];
	for (const { name } of newer) journal.log.warning(`${name} has no manifest there: its copy is not complete, and it is passed over.`);
}
function onlyDatabaseIn(files, { remote }) {
	const names = new Set(files.flatMap(({ path }) => parseDumpName(path.slice(path.lastIndexOf("/") + 1))?.database ?? []));
	const [only = "", ...others] = [...names].sort();
	if (others.length === 0) return only;
	throw new UserMistake({
		what: `\`${remote.address}\` holds the backups of ${names.size} databases: ${[...names].sort().join(", ")}.`,
		state: "Nothing was done.",
		next: "Name the one that is meant with `database`."
	});
}
async function readManifest(finding, offsite, { path, name }) {
	try {
		const { stdout } = await withRetries(finding, offsite, () => runTool(offsite, offsite.tool.read(belowRemote(manifestNameOf(path))), finding.signal));
		return parseManifest(stdout, name);
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		throw new Failed({
			what: `The manifest of ${name} could not be read from \`${offsite.remote.address}\`.`,
			why: whyOf(offsite, error),
			state: "Nothing was restored."
		}, { cause: error });
	}
}
// src/operations/offsite/fetched-copy.ts
/**
* Given a run and what to do with a backup, fetch the backup that the settings name from the remote into a hidden folder
* of the backup volume, and do it; whatever happens, the folder is removed. `since`, in seconds of the clock, is when
* the first byte was asked for. The volume's own backups play no part.
*/
async function withFetchedCopy(run, work) {
	const { journal, clock, deployment, settings, signal } = run;
	const { backups, database } = deployment;
	const offsite = await openFromHost({
		...run,
		site: deployment
	});
	const since = clock.seconds();
	const folder = `${backups.directory}/daily/${COPY_FOLDER}`;
	const { freeBytes, offset } = await makeRoom$1(run, folder);
	try {
		const { backup } = await journal.phase(`Find the backup on ${offsite.remote.address}`, () => findCopy(run, offsite, {
			database: database.name,
			backup: settings.drill.backup
		}, offset));
		refuseTooLarge(backup, freeBytes, `The backup volume ${backups.volume}`);
		await journal.phase(`Fetch ${backup.name} from ${offsite.remote.address}`, () => fetchBackup({
			journal,
			signal,
			limit: settings.sync.limit
		}, offsite, backup, `${backups.hostPath}/daily/${COPY_FOLDER}`));
		const there = {
			...deployment,
			backups: {
				...backups,
				directory: folder
			}
		};
		return await work({
			...run,
			deployment: there
		}, fetchedInto(folder, backup), since);
	} finally {
		await removeFetched(run, folder);
	}
}
/** Given a folder and a backup of a remote, return the backup as it stands in the folder once it was fetched. */
function fetchedInto(folder, backup) {
	const { path, filestore } = backup;
	return {
		...backup,
		path: `${folder}${path}`,
		...filestore && { filestore: {
			...filestore,
			path: `${folder}${filestore.path}`
		} }
	};
}
/** The container's clock wrote the stamps of the backups that were taken here. */
async function makeRoom$1({ host, deployment, signal }, folder) {
	const command = inContainer(deployment.backups.container, and(stampNow(), makeFolder(folder)));
	const { stdout } = await host.run(command, { signal });
	const at = stdout.indexOf("\n");
	return {
		offset: stdout.slice(0, at).split(" ")[1] ?? "+0000",
		freeBytes: freeBytesIn(stdout)
	};
}
/** It heeds no cancellation, and throws nothing: the next run removes what stays. */
async function removeFetched({ host, deployment, journal }, folder) {
	const command = inContainer(deployment.backups.container, removeTrees([folder]));
	await host.run(command).catch(() => {
		journal.log.warning(`${folder} could not be removed; the next run does it.`);
	});
}
// src/operations/drill.ts
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
	if (settings.drill.source === "offsite") return withFetchedCopy(run, drillChosen);
	return drillChosen(run, choose(listing, settings.drill.backup, Math.random()));
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
	await dropThrowaway(run, run.settings.drill.throwawayDatabase);
	await refuseFullDatabaseVolume(run);
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
		const findings = await restoreAndProve(run, archive, {
			name,
			filestore: true,
			...settings.drill.where === "host" ? { live: run.session } : { server: "fresh" }
		});
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
export { findCopy as a, fetchedInto as i, drillBackup as n, fetchBackup as o, drillChosen as r, refuseTooLarge as s, drill as t };
