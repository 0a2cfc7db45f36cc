import { c as namesOf, d as stampOf, u as poolOf } from "./backup-name.js";
import { C as COMMENTED_DATABASES_QUERY, D as extraDatabasesIn, H as recordPath, L as inBackup, N as unfinishedDumps, T as expiredDatabases, V as parseRecords, ct as readStanding, j as filesOf, lt as removeFiles, pt as standingIn } from "./discover.js";
import { n as planRetention, t as overriddenPolicy } from "./retention-plan.js";
import { a as and, c as program, u as shellScript } from "./shell.js";
import { a as UserMistake, n as Failed } from "./failure.js";
import { a as passed, r as failed } from "./check.js";
import { t as counted } from "./count.js";
import { n as amendReport, t as removeQuietly } from "./remove-quietly.js";
import { t as CommandFailed } from "./command-failed.js";
import { _ as listBackups, h as expiredFilestores, i as removeKeptFilestore, k as LISTS, r as keptFilestores, u as removeFolders } from "./kept-filestores.js";
import { r as tryDropLeftover } from "./drop-leftover.js";
// src/commands/promote.ts
/**
* A hard link takes no space. Where the file system has none, it is a copy that keeps its time,
* because the reference script deletes by age.
*/
const LINK_OR_COPY = "ln -f \"$1\" \"$2\" 2>/dev/null || cp -p \"$1\" \"$2\"";
/** The temporary names of the copies while they are made. */
function partialsOfPromotion(files) {
	return files.map(({ to }) => to.replace(/[^/]+$/, ".$&.part"));
}
/**
* Copies the files of one backup, whose dump is last, into another folder. Each gets a temporary
* name, is synced, and is then renamed, so that no dump is visible without its manifest.
*/
function promote(folder, files) {
	const partials = partialsOfPromotion(files);
	return and(program([
		"mkdir",
		"-p",
		folder
	]), ...files.map(({ from }, index) => linkOrCopy(from, partials[index] ?? "")), program(["sync", ...partials]), ...files.map(({ to }, index) => program([
		"mv",
		partials[index] ?? "",
		to
	])), program(["sync", folder]));
}
function linkOrCopy(from, to) {
	return program([
		"sh",
		"-c",
		LINK_OR_COPY,
		"sh",
		from,
		to
	]);
}
// src/report/retention-summary.ts
/** For people: what is kept, what is removed, and why. */
function describePlan({ promoted, kept, going, orphans }) {
	return [
		...promoted.map(({ backup, to, reason }) => `Copy    ${backup.name} to ${to}/: ${reason}`),
		...kept.map((decision) => `Keep    ${lineOf(decision)}`),
		...going.map((decision) => `Remove  ${lineOf(decision)}`),
		...orphans.map((path) => `Remove  ${path}: its dump is gone`)
	];
}
/** One sentence. `dryRun`: it was only planned. */
function summarisePlan({ promoted, kept, going, orphans }, { days, weeks, months }, dryRun) {
	const parts = [
		`${counted(kept.length, "backup")} kept (policy: ${counted(days, "day")}, ${counted(weeks, "week")}, ${counted(months, "month")})`,
		...["weekly", "monthly"].flatMap((folder) => {
			const count = promoted.filter(({ to }) => to === folder).length;
			return count > 0 ? `${counted(count, `${folder} copy`, `${folder} copies`)} made` : [];
		}),
		`${counted(going.length, "backup")} removed`,
		...orphans.length > 0 ? [`${counted(orphans.length, "file")} without a dump removed`] : []
	];
	return `${dryRun ? "Only planned, nothing was changed: " : ""}${parts.join("; ")}.`;
}
/** In the form of a report. `dryRun`: it was only planned. */
function retentionSummary(plan, dryRun) {
	const shown = ({ backup, reason }) => ({
		backup: pathOf(backup),
		reason
	});
	return {
		dryRun,
		promoted: plan.promoted.map((one) => shown({
			...one,
			backup: {
				...one.backup,
				kind: one.to
			}
		})),
		removed: plan.going.map(shown),
		kept: plan.kept.map(shown)
	};
}
function lineOf({ backup, reason }) {
	return `${pathOf(backup)}: ${reason}`;
}
function pathOf({ kind, name }) {
	return `${kind}/${name}`;
}
/**
* Removes the pool's files that no backup's list names any more, and prints how many: one number. Each list must have the
* digest that its manifest holds: if a list was cut short, files that a backup needs would be removed. Without any list
* nothing is removed.
*/
function prunePool(directory, database, pool) {
	const steps = `
    ${LISTS}
    directory=$1 database=$2 pool=$3
    named=$(mktemp) && kept=$(mktemp) || exit
    for list in "$directory"/*/"$database"_filestore_*.sha1; do
    [ -f "$list" ] || continue
    manifest=$(echo "$list" | sed 's/_filestore_\\([0-9]*_[0-9]*\\)\\.sha1$/_\\1.manifest.json/')
    if ! grep -q "$(sha256sum < "$list" | cut -c 1-64)" "$manifest"; then
    echo "$list is not as its manifest says" >&2
    exit 65
    fi
    listed "$list" >> "$named"
    done
    removed=0
    if [ -s "$named" ] && cd "$pool"; then
    sort -u "$named" > "$kept"
    find . -type f | named | sort | comm -13 "$kept" - > "$named"
    removed=$(wc -l < "$named")
    xargs rm -f < "$named" || exit
    fi
    rm -f "$named" "$kept"
    echo "$removed"`;
	return shellScript(steps, [
		directory,
		database,
		pool
	]);
}
// src/operations/filestore/prune-pool.ts
/**
* Removes the files of the pool that no backup names any more, and returns how many. The run holds the lock, so no backup
* adds to the pool meanwhile. Throws Failed when a list was changed.
*/
async function pruneFilestores(run) {
	const { directory } = run.deployment.backups;
	const { name } = run.deployment.database;
	try {
		return Number(await inBackup(run, prunePool(directory, name, poolOf(directory, name))));
	} catch (error) {
		if (!(error instanceof CommandFailed && error.exit === 65)) throw error;
		throw new Failed({
			what: "No file of the filestore's pool was removed.",
			why: error.explanation.why,
			state: "The pool holds more than the backups need; nothing is lost.",
			next: "That list was changed or damaged after it was written. Remove its backup, and look at the disk."
		}, { cause: error });
	}
}
// src/operations/retention/drop-expired.ts
async function findExpired(run) {
	const { session, deployment } = run;
	const [[commented, now], filestores] = await Promise.all([session.values([COMMENTED_DATABASES_QUERY, "SELECT now()::text"]), keptFilestores(run)]);
	const today = new Date(now);
	return {
		databases: expiredDatabases(extraDatabasesIn(commented, deployment.database.name), today),
		filestores: expiredFilestores(filestores, today)
	};
}
/**
* Removes what is expired. A kept filestore goes before its database, so that the next run finds
* both again if the filestore cannot be removed.
*/
async function dropExpired(run, { databases, filestores }) {
	for (const { name, mark } of databases) {
		if (mark.is === "former" && mark.filestore) await removeFolders(run, [mark.filestore.aside]);
		await tryDropLeftover(run, name);
	}
	for (const record of filestores) await removeKeptFilestore(run, record, record.aside);
}
// src/operations/retention/apply-retention.ts
/** A host limits the length of one argument (128 KiB on Linux), so paths are removed in parts. */
const PATHS_AT_ONCE = 200;
/**
* Applies the retention after a backup, when that backup is good and the retention is not switched
* off. Returns the report with the retention's part.
*/
async function withRetention(run, report) {
	if (!run.settings.retention.on || report.verdict !== "passed") return report;
	const { check, retention } = await tryRetention(run);
	return {
		...amendReport(run, report, [...report.checks, check]),
		...retention && { retention }
	};
}
/** The backup stays good even if the retention fails. That failure is a check of the report. */
async function tryRetention(run) {
	try {
		return await applyRetention(run);
	} catch (error) {
		if (run.signal.aborted || !(error instanceof Failed || error instanceof UserMistake)) throw error;
		return { check: failed("retention", error.sentence, error.explanation.next) };
	}
}
/**
* Plans what is kept and prints the plan. Unless it is a dry run, it then makes the weekly and
* monthly copies and removes what goes. When a copy fails, nothing is removed.
*/
async function applyRetention(run) {
	const { settings, journal } = run;
	const { dryRun } = settings.retention;
	const policy = policyOf(run);
	const title = dryRun ? "Plan the retention" : "Apply the retention";
	const plan = await journal.phase(title, async () => {
		const [planned, expired] = await Promise.all([planOf(run, policy), findExpired(run)]);
		for (const line of describePlan(planned)) journal.log.info(line);
		for (const { name } of expired.databases) journal.log.info(`Drop    database ${name}: its time is over`);
		for (const { aside } of expired.filestores) journal.log.info(`Remove  filestore ${aside}: its time is over`);
		if (!dryRun) await executePlan(run, planned);
		if (!dryRun) await dropExpired(run, expired);
		return planned;
	});
	return {
		check: passed("retention", summarisePlan(plan, policy, dryRun)),
		retention: retentionSummary(plan, dryRun)
	};
}
async function executePlan(run, { promoted, going, orphans }) {
	for (const promotion of promoted) await copy(run, promotion);
	const paths = [...going.flatMap(({ backup }) => filesOf(backup)), ...orphans];
	await remove(run, paths);
	const pruned = paths.length > 0 ? await pruneFilestores(run) : 0;
	if (pruned > 0) {
		const files = counted(pruned, "file");
		run.journal.log.info(`Removed ${files} of the filestore's pool that no backup names any more.`);
	}
}
async function planOf(run, policy) {
	const [{ listing, stamp }, { linked, sync }] = await Promise.all([listBackups(run, run.deployment), readLastFinished(run)]);
	const unfinished = unfinishedDumps(listing, linked);
	const offsite = sync && offsiteNames(listing, sync);
	return planRetention({
		...listing,
		policy,
		now: stamp,
		unfinished,
		...offsite && { offsite }
	});
}
async function readLastFinished(run) {
	const { deployment } = run;
	const { directory } = deployment.backups;
	const link = `${directory}/daily/${namesOf(deployment.database.name, "").latest}`;
	const output = await inBackup(run, readStanding(link, recordPath(directory, "sync")));
	const { linked, record } = standingIn(output);
	const [sync] = parseRecords(record);
	return {
		linked,
		...sync && { sync }
	};
}
/**
* A sync copies everything that is in the volume. So every backup up to the newest off-site one is
* off-site too.
*/
function offsiteNames({ backups }, { backup, verdict }) {
	const newest = verdict === "passed" && backup ? stampOf(backup) : "";
	return new Set(backups.map(({ name }) => name).filter((name) => stampOf(name) <= newest));
}
/** Throws UserMistake when one of the deployment's values is no number. */
function policyOf({ settings, deployment }) {
	const policy = overriddenPolicy(deployment.backups.retention, settings.retention);
	const { days, weeks, months } = policy;
	const wrong = Object.entries({
		BACKUP_KEEP_DAYS: days,
		BACKUP_KEEP_WEEKS: weeks,
		BACKUP_KEEP_MONTHS: months
	}).find(([, count]) => !Number.isInteger(count) || count < 0);
	if (wrong) throw new UserMistake({
		what: `The deployment's ${wrong[0]} is not a whole number, so nothing was removed.`,
		next: `Correct it in ${deployment.directory}'s env file and recreate the backup service.`
	});
	return policy;
}
async function copy(run, { backup, to }) {
	const folder = `${run.deployment.backups.directory}/${to}`;
	const files = filesOf(backup).toReversed().map((path) => ({
		from: path,
		to: `${folder}/${path.slice(path.lastIndexOf("/") + 1)}`
	}));
	try {
		await inBackup(run, promote(folder, files));
	} catch (error) {
		await removeQuietly(run, partialsOfPromotion(files));
		throw error;
	}
}
async function remove(run, paths) {
	for (let from = 0; from < paths.length; from += PATHS_AT_ONCE) await inBackup(run, removeFiles(paths.slice(from, from + PATHS_AT_ONCE)));
}
export { policyOf as n, withRetention as r, applyRetention as t };
