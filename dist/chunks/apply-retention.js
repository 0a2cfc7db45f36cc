import { c as namesOf, d as stampOf, u as poolOf } from "./backup-name.js";
import { A as unfinishedOnes, C as expired, G as removeFiles, M as parseRecords, N as recordPath, O as filesOf, _ as dropDatabase, w as sideDatabases, x as COMMENTED_QUERY } from "./discover.js";
import { t as planRetention } from "./retention-plan.js";
import { a as and, l as program, s as inContainer, u as shellScript } from "./shell.js";
import { a as UserMistake, n as Failed } from "./failure.js";
import { a as passed, r as failed } from "./check.js";
import { t as counted } from "./count.js";
import { n as amendReport, t as removeQuietly } from "./remove-quietly.js";
import { t as CommandFailed } from "./command-failed.js";
import { D as LISTS, c as removeFolders, h as listBackups, n as keptFilestores, p as expiredFilestores, t as forget } from "./kept-filestores.js";
// src/commands/promote.ts
/** A hard link where the file system can, which takes no space; else a copy that keeps its time, by which the reference script deletes. */
const LINK_OR_COPY = "ln -f \"$1\" \"$2\" 2>/dev/null || cp -p \"$1\" \"$2\"";
/** Given copies, return the temporary names under which they are made. */
function partialsOfPromotion(files) {
	return files.map(({ to }) => to.replace(/[^/]+$/, ".$&.part"));
}
/**
* Given the files of one backup, its dump last, and their copies in another folder, return the command that makes
* them there: each under a temporary name, synced, then renamed, so that no dump is seen without its manifest.
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
/** Given a plan, return the lines that tell a person what is kept, what goes, and why. */
function describePlan({ promoted, kept, going, orphans }) {
	return [
		...promoted.map(({ backup, to, reason }) => `Copy    ${backup.name} to ${to}/: ${reason}`),
		...kept.map((decision) => `Keep    ${lineOf(decision)}`),
		...going.map((decision) => `Remove  ${lineOf(decision)}`),
		...orphans.map((path) => `Remove  ${path}: its dump is gone`)
	];
}
/** Given a plan, its policy and whether it was only a plan, return one sentence that says what it comes to. */
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
/** Given a plan and whether it was only a plan, return it as a report holds it. */
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
* Given the backup directory, a database and its pool, return the command that removes the pool's files that no backup's
* list names any more and prints how many. Each list must be the one whose digest its manifest holds: a list that was cut
* short would take files with it. Without any list nothing is removed.
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
* Given a run whose retention has removed backups, remove the files of the pool that no backup names any more, and return
* how many. It holds the lock, so no backup adds to the pool meanwhile.
*/
async function pruneFilestores({ host, deployment, signal }) {
	const { container, directory } = deployment.backups;
	const { name } = deployment.database;
	const command = prunePool(directory, name, poolOf(directory, name));
	try {
		return Number((await host.run(inContainer(container, command), { signal })).stdout);
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
// src/operations/retention/expired-ones.ts
/** Given a run, return the databases beside production, and the filestores beside the live one, whose time is over. */
async function expiredOnes(run) {
	const { session, deployment } = run;
	const [[commented, now], filestores] = await Promise.all([session.values([COMMENTED_QUERY, "SELECT now()::text"]), keptFilestores(run)]);
	const today = new Date(now);
	return {
		databases: expired(sideDatabases(commented, deployment.database.name), today),
		filestores: expiredFilestores(filestores, today)
	};
}
/** Given a run and what is expired, remove it, each database after the filestore that was kept with it: what is left of one is tried again. */
async function dropExpired(run, { databases, filestores }) {
	for (const { name, mark } of databases) {
		if (mark.is === "former" && mark.filestore) await removeFolders(run, [mark.filestore.aside]);
		await run.session.batch([dropDatabase(name)]);
	}
	for (const record of filestores) await forget(run, record, record.aside);
}
// src/operations/retention/apply-retention.ts
/** What a host takes as one argument has an end (128 KiB on Linux): paths are removed in parts. */
const PATHS_AT_ONCE = 200;
/**
* Given a run and the report of the backup that it took, apply the retention when that backup is good and nobody
* switched the retention off, and return the report with what came of it.
*/
async function withRetention(run, report) {
	if (!run.settings.retention.on || report.verdict !== "passed") return report;
	const { check, retention } = await tryRetention(run);
	return {
		...amendReport(run, report, [...report.checks, check]),
		...retention && { retention }
	};
}
/** The backup is good whatever becomes of the retention: its failure is a check of the report. */
async function tryRetention(run) {
	try {
		return await applyRetention(run);
	} catch (error) {
		if (run.signal.aborted || !(error instanceof Failed || error instanceof UserMistake)) throw error;
		const { what, why, next } = error.explanation;
		return { check: failed("retention", [what, why].filter(Boolean).join(" "), next) };
	}
}
/**
* Given a run, plan what is kept, print the plan, and unless the settings ask for a dry run make the weekly and
* monthly copies, then remove what goes. A copy that fails stops it before anything is removed.
*/
async function applyRetention(run) {
	const { settings, journal } = run;
	const { dryRun } = settings.retention;
	const policy = policyOf(run);
	const title = dryRun ? "Plan the retention" : "Apply the retention";
	const plan = await journal.phase(title, async () => {
		const [planned, over] = await Promise.all([planOf(run, policy), expiredOnes(run)]);
		for (const line of describePlan(planned)) journal.log.info(line);
		for (const { name } of over.databases) journal.log.info(`Drop    database ${name}: its time is over`);
		for (const { aside } of over.filestores) journal.log.info(`Remove  filestore ${aside}: its time is over`);
		if (!dryRun) await carryOut(run, planned);
		if (!dryRun) await dropExpired(run, over);
		return planned;
	});
	return {
		check: passed("retention", summarisePlan(plan, policy, dryRun)),
		retention: retentionSummary(plan, dryRun)
	};
}
async function carryOut(run, { promoted, going, orphans }) {
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
	const [{ listing, stamp }, { linked, sync }] = await Promise.all([listBackups(run, run.deployment), standing(run)]);
	const unfinished = unfinishedOnes(listing, linked);
	const offsite = sync && offsiteOnes(listing, sync);
	return planRetention({
		...listing,
		policy,
		now: stamp,
		unfinished,
		...offsite && { offsite }
	});
}
async function standing({ host, deployment, signal }) {
	const { container, directory } = deployment.backups;
	const link = `${directory}/daily/${namesOf(deployment.database.name, "").latest}`;
	const read = program([
		"sh",
		"-c",
		"readlink \"$1\" || echo; cat \"$2\" 2>/dev/null || true",
		"sh",
		link,
		recordPath(directory, "sync")
	]);
	const { stdout } = await host.run(inContainer(container, read), { signal });
	const [linked = "", ...records] = stdout.split("\n");
	const [sync] = parseRecords(records.join("\n"));
	return {
		linked,
		...sync && { sync }
	};
}
/** A copy off-site takes whatever stands here, so that all up to the newest there stand there, too. */
function offsiteOnes({ backups }, { backup, verdict }) {
	const newest = verdict === "passed" && backup ? stampOf(backup) : "";
	return new Set(backups.map(({ name }) => name).filter((name) => stampOf(name) <= newest));
}
/** Throws UserMistake when what the deployment says is no number. */
function policyOf({ settings, deployment }) {
	const { days, weeks, months } = {
		...deployment.backups.retention,
		...settings.retention.policy
	};
	const wrong = Object.entries({
		BACKUP_KEEP_DAYS: days,
		BACKUP_KEEP_WEEKS: weeks,
		BACKUP_KEEP_MONTHS: months
	}).find(([, count]) => !Number.isInteger(count) || count < 0);
	if (wrong) throw new UserMistake({
		what: `The deployment's ${wrong[0]} is not a whole number, so nothing was removed.`,
		next: `Correct it in ${deployment.directory}'s env file and recreate the backup service.`
	});
	return {
		days,
		weeks,
		months
	};
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
async function inBackup(run, command) {
	const { host, deployment, signal } = run;
	await host.run(inContainer(deployment.backups.container, command), { signal });
}
export { policyOf as n, withRetention as r, applyRetention as t };
