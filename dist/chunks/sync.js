import "./rolldown-runtime.js";
import { a as openOffsite, c as withRetries, d as backupFilesIn, f as planCopy, l as Rclone, o as runTool, p as remoteListing, s as whyOf, t as listFilesOf, u as TRASH } from "./offsite.js";
import { a as passed, i as notRun, r as failed, s as verdictOf } from "./check.js";
import { t as formatBytes } from "./bytes.js";
import { n as formatCount, t as counted } from "./count.js";
import { L as inBackup, et as hashFiles, ht as localFilesIn, j as filesOf, mt as sumsIn, nt as listTree, r as discoverBackupSite } from "./discover.js";
import { a as UserMistake, n as Failed } from "./failure.js";
import { r as assembleReport } from "./remove-quietly.js";
import { t as leaveRecord } from "./leave-record.js";
import { l as parseDumpName, o as manifestNameOf, s as momentOf, u as poolOf } from "./backup-name.js";
import { t as CommandFailed } from "./command-failed.js";
import { t as formatDuration } from "./duration.js";
import { c as program } from "./shell.js";
import { n as Secret } from "./secret.js";
import { t as parseManifest } from "./manifest.js";
import { n as planRetention } from "./retention-plan.js";
import { n as policyOf } from "./apply-retention.js";
import { _ as listBackups } from "./kept-filestores.js";
import { createServer } from "node:http";
import { Transform, Writable } from "node:stream";
import { once } from "node:events";
import { randomBytes } from "node:crypto";
// src/checks/offsite-copy.ts
const NEVER_OVERWRITTEN = "A file on the remote is never overwritten. Find out which of the two is right, delete the other by hand, and run it again.";
/** Passed when every backup of the volume is on the remote, whole. */
function judgeCopy(outcome) {
	const { remote, here, missing, missingInPool, conflicts, stopped } = outcome;
	if (stopped) {
		const left = missing.length > 0 ? ` ${notThere(missing, here)}` : "";
		return failed("offsite-copy", `Copying ${stopped.at} to \`${remote}\` failed: ${withoutStop(stopped.why)}.${left} ${copiedNow(outcome)}`, "Check the remote, its free space and the connection to it. The next run copies only what is missing.");
	}
	const [conflict] = conflicts;
	if (conflict) {
		const { path, here: local, there } = conflict;
		const more = conflicts.length > 1 ? ` So do ${counted(conflicts.length - 1, "more file")}.` : "";
		return failed("offsite-copy", `${path} has ${formatCount(there)} bytes on \`${remote}\` and ${formatCount(local)} here.${more}`, NEVER_OVERWRITTEN);
	}
	if (missing.length > 0) return failed("offsite-copy", `${notThere(missing, here)} The tool reported no error.`, "Run it again, with debug logging, and check the remote.");
	if (missingInPool > 0) return failed("offsite-copy", `${counted(missingInPool, "file")} of the filestore's pool ${missingInPool === 1 ? "is" : "are"} not on \`${remote}\`, or of another size there.`, NEVER_OVERWRITTEN);
	return passed("offsite-copy", `${allThere(outcome)} ${copiedNow(outcome)}${leftOut(outcome)}`);
}
function allThere({ here, remote }) {
	return `${here === 1 ? "The one backup" : `All ${formatCount(here)} backups`} of the volume ${here === 1 ? "is" : "are"} on \`${remote}\`.`;
}
function notThere(missing, here) {
	const names = missing.slice(0, 3).join(", ") + (missing.length > 3 ? ", …" : "");
	return `Of ${counted(here, "backup")}, ${formatCount(missing.length)} ${missing.length === 1 ? "is" : "are"} not off-site: ${names}.`;
}
function copiedNow({ copied, bytes }) {
	if (copied === 0) return "Nothing was copied.";
	return `${counted(copied, "backup")} ${copied === 1 ? "was" : "were"} copied now (${formatBytes(bytes)}).`;
}
function leftOut({ unfinished }) {
	if (unfinished.length === 0) return "";
	return ` Left out, since ${unfinished.length === 1 ? "it" : "they"} may still be written: ${unfinished.join(", ")}.`;
}
function withoutStop(sentence) {
	return sentence.trim().replace(/\.$/, "");
}
// src/backups/relay-parts.ts
const MEBIBYTE = 1048576;
/** Larger files are streamed: then a command on the host costs less time than the file. */
const SMALL_BYTES = MEBIBYTE;
/** What fits into memory at a time, and what a command line on the host can name. */
const TOGETHER = {
	bytes: 16 * MEBIBYTE,
	files: 500
};
/** Small files together, the large ones last. */
function relayParts(files) {
	const parts = [];
	let bytes = 0;
	for (const file of files.filter((one) => one.bytes <= SMALL_BYTES)) {
		const part = parts.at(-1);
		const fits = part && part.length < TOGETHER.files && bytes + file.bytes <= TOGETHER.bytes;
		if (fits) part.push(file);
		else parts.push([file]);
		bytes = fits ? bytes + file.bytes : file.bytes;
	}
	const large = files.filter((one) => one.bytes > SMALL_BYTES);
	return [...parts.map((part) => ({
		files: part,
		together: true
	})), ...large.length > 0 ? [{
		files: large,
		together: false
	}] : []];
}
// src/host/file-server.ts
/**
* Serves the files on the loopback interface. Each is sent as it is read, no faster, and stored nowhere. A
* file whose size has changed since it was listed is cut short, so that it never looks whole.
*/
async function serveFiles(files, send) {
	const root = `/${randomBytes(24).toString("base64url")}/`;
	const byPath = new Map(files.map((file) => [root + file.path, file]));
	const over = new AbortController();
	const sending = /* @__PURE__ */ new Set();
	let trouble;
	const server = createServer((request, response) => {
		const file = byPath.get(pathOf(request));
		if (!answerHead(request, response, file)) return;
		const gone = new AbortController();
		response.on("close", () => gone.abort());
		const stop = (error) => {
			if (!gone.signal.aborted) trouble ??= error;
			response.destroy();
		};
		const through = upTo(file);
		through.on("error", stop).pipe(response);
		const sent = send(file, through, AbortSignal.any([over.signal, gone.signal])).catch(stop).finally(() => sending.delete(sent));
		sending.add(sent);
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address();
	return {
		url: new Secret(`http://127.0.0.1:${port}${root}`),
		get trouble() {
			return trouble;
		},
		close: async () => {
			over.abort();
			server.closeAllConnections();
			server.close();
			await Promise.all(sending);
		}
	};
}
function pathOf({ url = "" }) {
	try {
		return decodeURIComponent(url);
	} catch {
		return "";
	}
}
/** Answers everything but the file's content. True when the content must follow. */
function answerHead({ method, headers }, response, file) {
	if (!file) response.writeHead(404).end();
	else if (headers.range !== void 0) response.writeHead(416).end();
	else {
		response.writeHead(200, {
			"Content-Type": "application/octet-stream",
			"Content-Length": file.bytes,
			"Last-Modified": (/* @__PURE__ */ new Date(file.changedAt * 1e3)).toUTCString()
		});
		if (method === "GET") {
			response.flushHeaders();
			return true;
		}
		response.end();
	}
	return false;
}
/**
* Passes a file on if it has the size that was listed, and fails otherwise. It holds the last chunk back
* until the size is certain.
*/
function upTo({ path, bytes }) {
	let passed = 0;
	let held;
	const another = () => new Failed({
		what: `${path} no longer has the ${bytes} bytes that it had when it was listed.`,
		state: "The part that was copied is not kept under its name.",
		next: "Somebody is changing that file: run it again when they are done."
	});
	return new Transform({
		transform(chunk, _, done) {
			passed += chunk.length;
			if (passed > bytes) return done(another());
			done(null, held);
			held = chunk;
		},
		flush(done) {
			if (passed === bytes) done(null, held);
			else done(another());
		}
	});
}
// src/operations/offsite/relay-files.ts
/**
* Lets the runner's rclone fetch files of the backup volume while the host sends them. No file is
* written on the runner, and the host sends no faster than the remote takes.
*/
async function relayFiles(run, offsite, files, onProgress) {
	let before = 0;
	for (const part of relayParts(files)) {
		await relayPart(run, offsite, part, (transfer) => onProgress({
			...transfer,
			bytes: before + transfer.bytes
		}));
		before += sizeOf$1(part.files);
	}
}
/** One rclone copies them all, several at a time. */
async function relayPart(run, offsite, { files, together }, onProgress) {
	const { settings, signal } = run;
	const { tool } = offsite;
	if (!(tool instanceof Rclone)) throw new TypeError("only rclone copies what is served to it");
	const served = await serveFiles(files, together ? await readTogether(run, files) : reading(run));
	try {
		const paths = files.map(({ path }) => path);
		await runTool(offsite, tool.uploadServed(served.url, paths, settings.sync), signal, onProgress);
	} catch (error) {
		throw served.trouble ?? error;
	} finally {
		await served.close();
	}
}
function reading(run) {
	const { directory } = run.deployment.backups;
	return ({ path }, output, ended) => {
		const asked = {
			...run,
			signal: AbortSignal.any([run.signal, ended])
		};
		return inBackup(asked, program(["cat", `${directory}/${path}`]), { output });
	};
}
/** One `cat` prints several files. Their sizes say where each begins. */
async function readTogether(run, files) {
	const { directory } = run.deployment.backups;
	const chunks = [];
	const output = new Writable({ write(chunk, _, done) {
		chunks.push(chunk);
		done();
	} });
	const paths = files.map(({ path }) => `${directory}/${path}`);
	await inBackup(run, program(["cat", ...paths]), { output });
	const all = Buffer.concat(chunks);
	if (all.length !== sizeOf$1(files)) throw new Failed({
		what: `${files.length} files had ${sizeOf$1(files)} bytes when they were listed, and ${all.length} were sent.`,
		state: "Nothing of them was copied.",
		next: "Somebody changes them: run it again when it is done."
	});
	const content = /* @__PURE__ */ new Map();
	let start = 0;
	for (const { path, bytes } of files) {
		content.set(path, all.subarray(start, start + bytes));
		start += bytes;
	}
	return async ({ path }, to) => void to.end(content.get(path));
}
function sizeOf$1(files) {
	return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
// src/operations/offsite/copy-backups.ts
/**
* Copies what the remote lacks, one backup after the other: first its dump and filestore, then its
* manifest. It stops at the first backup that cannot be copied.
*/
async function copyMissing(run, offsite, { pool, missing }) {
	const total = missing.reduce((sum, { files }) => sum + sizeOf(files), sizeOf(pool));
	const backups = [];
	let bytes = 0;
	const copyPart = async (part, what) => {
		const before = bytes;
		const onProgress = (sent, speed) => logProgress(run, before + sent, total, speed);
		await withRetries(run, offsite, () => what(run, offsite, part, onProgress));
		bytes += sizeOf(part);
	};
	if (pool.length > 0) {
		run.journal.log.info(`Copying ${counted(pool.length, "file")} of the filestore's pool`);
		try {
			await copyPart(pool, copyPool);
		} catch (error) {
			return {
				backups,
				bytes,
				deleted: 0,
				stopped: stoppedAt("the pool", offsite, error)
			};
		}
	}
	for (const backup of missing) {
		run.journal.log.info(`Copying ${backup.dump} (${formatBytes(sizeOf(backup.files))})`);
		try {
			for (const part of inOrder(backup)) await copyPart(part, copyFiles);
		} catch (error) {
			return {
				backups,
				bytes,
				deleted: 0,
				stopped: stoppedAt(backup.dump, offsite, error)
			};
		}
		backups.push(backup.dump);
	}
	return {
		backups,
		bytes,
		deleted: 0
	};
}
/** Logs the progress, in bytes and in bytes per second. */
function logProgress({ journal }, done, total, speed) {
	const left = speed > 0 ? `${formatDuration((total - done) / speed)} left` : void 0;
	const detail = left && `${formatBytes(speed)}/s, ${left}`;
	journal.log.progress(done / total, `of ${formatBytes(total)} copied`, detail);
}
async function copyFiles(run, offsite, files, onProgress) {
	const { settings, deployment, signal } = run;
	const tell = ({ bytes, bytesPerSecond }) => onProgress(bytes, bytesPerSecond);
	if (settings.sync.from === "runner") return relayFiles(run, offsite, files, tell);
	const paths = files.map(({ path }) => path);
	const command = offsite.tool.upload(deployment.backups.hostPath, paths, settings.sync);
	await runTool(offsite, offsite.within(command), signal, tell);
}
/** The host compares and copies the whole folder at once. */
async function copyPool(run, offsite, files, onProgress) {
	const { settings, deployment, signal } = run;
	if (settings.sync.from === "runner") return copyFiles(run, offsite, files, onProgress);
	const folder = poolOf("", deployment.database.name).slice(1);
	const command = offsite.tool.uploadFolder(deployment.backups.hostPath, folder, settings.sync);
	await runTool(offsite, offsite.within(command), signal, (transfer) => onProgress(transfer.bytes, transfer.bytesPerSecond));
}
/** What stopped a copy. Throws an error that is no failure of the tool. */
function stoppedAt(at, offsite, error) {
	if (!(error instanceof CommandFailed)) throw error;
	return {
		at,
		why: whyOf(offsite, error)
	};
}
function inOrder({ files }) {
	const isManifest = ({ path }) => path.endsWith(".manifest.json");
	return [files.filter((file) => !isManifest(file)), files.filter(isManifest)].filter((part) => part.length > 0);
}
function sizeOf(files) {
	return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
// src/backups/mirror-guard.ts
/** A dump smaller than this share of the one before has probably lost something. */
const MUCH_SMALLER = .5;
/** The remote's files that a mirror would delete. */
function deletedByMirror(here, there) {
	const present = new Set(here.files.map(({ path }) => path));
	return there.files.filter(({ path }) => !present.has(path));
}
/**
* Why mirroring could lose backups, or undefined when nothing speaks against it. An emptied or encrypted
* volume would empty the remote, too. `mostDeleted` is the share of the remote's files that may be deleted,
* 0 to 1.
*/
function whyNotMirror(here, there, mostDeleted) {
	if (!here.newest) return "The backup volume holds no backup of this database.";
	if (there.newest) {
		if (here.newest.takenAt < there.newest.takenAt) return `The newest backup here, ${here.newest.name}, is older than the remote's, ${there.newest.name}.`;
		if (here.newest.bytes < there.newest.bytes * MUCH_SMALLER) return `The newest backup here has ${formatBytes(here.newest.bytes)}, and the remote's newest ${formatBytes(there.newest.bytes)}.`;
	}
	const going = deletedByMirror(here, there);
	const own = /* @__PURE__ */ new Set([void 0, ...here.files.map(databaseOf)]);
	const foreign = going.find((file) => !own.has(databaseOf(file)));
	if (foreign) return `It would delete ${foreign.path}, a backup of a database that has no backup in the volume: the remote is not this deployment's alone.`;
	const deleted = going.length;
	if (deleted > there.files.length * mostDeleted) return `It would delete ${deleted} of the remote's ${counted(there.files.length, "file")}, and \`max-delete\` allows ${Math.round(mostDeleted * 100)} %.`;
}
/** Undefined for a file that is not a dump. */
function databaseOf({ path }) {
	return parseDumpName(path.slice(path.lastIndexOf("/") + 1))?.database;
}
// src/operations/offsite/mirror.ts
/**
* Makes the remote what the volume is: the guide's `rclone sync`. What it deletes or replaces goes
* to a dated folder of the remote, unless the settings say otherwise. Throws Failed when it could
* lose backups.
*/
async function mirror(run, offsite, here, there, stamp) {
	const { settings, deployment, journal, signal } = run;
	const { maxDelete, deletedFiles, bandwidthLimit } = settings.sync;
	const reason = whyNotMirror(here, there, maxDelete);
	if (reason !== void 0) throw refused(reason, offsite);
	const deleted = deletedByMirror(here, there);
	const had = new Map(there.files.map(({ path, bytes }) => [path, bytes]));
	const lacking = here.files.filter(({ path, bytes }) => had.get(path) !== bytes);
	const bytes = lacking.reduce((sum, file) => sum + file.bytes, 0);
	const backups = lacking.map(({ path }) => path).filter((path) => path.endsWith(".dump"));
	const folder = `${TRASH}/${stamp}`;
	const trash = deletedFiles === "trash";
	if (deleted.length > 0) {
		const where = trash ? `moved to \`${folder}\` there` : "deleted there";
		journal.log.info(`${counted(deleted.length, "file")} that the volume no longer has: ${where}.`);
	}
	const command = offsite.tool.mirror(deployment.backups.hostPath, {
		...bandwidthLimit !== void 0 && { bandwidthLimit },
		...trash && { trash: folder },
		mostDeleted: deleted.length
	});
	try {
		await withRetries(run, offsite, () => runTool(offsite, offsite.within(command), signal, (transfer) => logProgress(run, transfer.bytes, bytes, transfer.bytesPerSecond)));
		return {
			backups,
			bytes,
			deleted: deleted.length
		};
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		return {
			backups: [],
			bytes: 0,
			deleted: 0,
			stopped: {
				at: "the backup volume",
				why: whyOf(offsite, error)
			}
		};
	}
}
function refused(reason, { remote }) {
	return new Failed({
		what: `Mirroring the backup volume to \`${remote.address}\` was refused.`,
		why: reason,
		state: "The remote is as it was.",
		next: "If the volume was emptied or damaged, the remote's backups are the good ones: drill them, and fetch them back. If it is as you want it, sync once with `sync-mode: copy`, or raise `max-delete`."
	});
}
// src/operations/offsite/prove-copy.ts
const DAMAGED = "That copy is damaged. Delete it there by hand and run it again: the next run copies it again. Look at the remote's own health.";
/**
* Proves what is on the remote, as the settings say. It looks at the newest backup, at an older one
* at random and, by hashes, at what was copied now. Of a backup that the volume no longer has, only
* the dump can be proven, by the manifest.
*/
async function proveCopy(run, offsite, proving, random) {
	const { verify } = run.settings.sync;
	const chosen = chooseCopies(proving, random);
	if (chosen.length === 0) return { check: notRun("offsite-proof", "Not looked at: there is no backup on the remote.") };
	if (verify === "size") {
		const files = proving.here.reduce((sum, { files }) => sum + files.length, 0);
		const sentence = `The sizes of ${counted(files, "file")} agree. Their content was not looked at (\`verify: size\`).`;
		return {
			check: passed("offsite-proof", sentence),
			verified: "size"
		};
	}
	return (verify === "hash" ? await proveByHash(run, offsite, proving, chosen) : void 0) ?? await proveByReading(run, offsite, proving, chosen);
}
function chooseCopies({ here, there }, random) {
	const [newest, ...older] = there;
	const known = older.filter((backup) => backup.manifest || isInVolume(backup, here));
	return [newest, known[Math.floor(random * known.length)]].filter((backup) => backup !== void 0);
}
function isInVolume({ dump }, here) {
	return here.some((backup) => backup.dump === dump);
}
/** Undefined when hashes prove nothing here: the remote has none, or the runner does not have the files. */
async function proveByHash(run, offsite, { here, copied }, chosen) {
	const { settings, deployment, signal } = run;
	if (settings.sync.from === "runner") return void 0;
	const wanted = /* @__PURE__ */ new Set([...chosen.map(({ dump }) => dump), ...copied]);
	const backups = here.filter(({ dump }) => wanted.has(dump));
	const paths = backups.flatMap(({ files }) => files.map(({ path }) => path));
	if (!backups.some(({ dump }) => dump === chosen[0]?.dump)) return void 0;
	const asking = offsite.tool.askHashes();
	const hashes = asking ? (await runTool(offsite, asking, signal)).stdout : "";
	const { comparison, failure } = await compare(run, offsite, offsite.tool.compare(deployment.backups.hostPath, paths, hashes), paths);
	if (!comparison) return void 0;
	const { equal, differing } = comparison;
	if (differing.length === 0 && equal.length < paths.length) {
		if (failure) throw failure;
		const sentence = `${offsite.tool.name} compared ${equal.length} of ${counted(paths.length, "file")}.`;
		return { check: notRun("offsite-proof", sentence, "Use `verify: download`, and report this.") };
	}
	if (differing.length === 0) {
		const sentence = `Equal by hashes that both ends made: ${counted(paths.length, "file")} of ${named(backups)}.`;
		return {
			check: passed("offsite-proof", sentence),
			verified: "hash"
		};
	}
	return { check: failed("offsite-proof", `Not equal by hash: ${differing.slice(0, 3).join(", ")}${differing.length > 3 ? ", …" : ""}.`, DAMAGED) };
}
/** The tool may also exit with an error when it finds a difference. */
async function compare({ signal }, offsite, command, paths) {
	try {
		const written = await runTool(offsite, offsite.within(command), signal);
		return { comparison: offsite.tool.comparisonIn(written, paths) };
	} catch (failure) {
		if (!(failure instanceof CommandFailed)) throw failure;
		return {
			comparison: offsite.tool.comparisonIn(failure, paths),
			failure
		};
	}
}
async function proveByReading(run, offsite, proving, chosen) {
	const unproven = [];
	const gone = chosen.filter((backup) => backup.manifest && !isInVolume(backup, proving.here));
	for (const backup of chosen) {
		const expected = await expectedSums(run, offsite, proving, backup);
		if (expected instanceof Failed) return { check: failed("offsite-proof", expected.sentence, DAMAGED) };
		const alone = gone.includes(backup);
		for (const { path } of backup.files.filter(({ path }) => !alone || path === backup.dump)) {
			const sum = expected.get(path);
			if (sum === void 0) {
				unproven.push(path);
				continue;
			}
			if (await readBack(run, offsite, path) !== sum) {
				const sentence = `${path} was read back and has another SHA-256 than when it was written.`;
				return { check: failed("offsite-proof", sentence, DAMAGED) };
			}
		}
	}
	if (unproven.length > 0) {
		const sentence = `Nothing says what the SHA-256 of ${unproven.join(", ")} was: no manifest, and no file of that name in the volume.`;
		return { check: notRun("offsite-proof", sentence, "Take a new backup (`mode: snapshot`).") };
	}
	const alone = gone.length > 0 ? ` Of ${named(gone)}, which the volume no longer has, the dump alone.` : "";
	const sentence = `Read back, every byte, and its SHA-256 is as it was written: ${named(chosen)}.${alone}`;
	return {
		check: passed("offsite-proof", sentence),
		verified: "download"
	};
}
/**
* The SHA-256 sums that a backup's files must have, by its manifest and by the volume's files of
* the same names.
*/
async function expectedSums(run, offsite, { here }, backup) {
	const { directory } = run.deployment.backups;
	const local = here.find(({ dump }) => dump === backup.dump)?.files ?? [];
	const sums = /* @__PURE__ */ new Map();
	const known = local.filter(({ path }) => !backup.manifest || path !== backup.dump);
	if (known.length > 0) {
		const files = known.map(({ path }) => `${directory}/${path}`);
		const hashes = sumsIn(await inBackup(run, hashFiles(files)));
		for (const [index, { path }] of known.entries()) sums.set(path, hashes[index] ?? "");
	}
	if (!backup.manifest) return sums;
	const path = manifestNameOf(backup.dump);
	const { stdout } = await runTool(offsite, offsite.tool.read(path), run.signal);
	try {
		const name = backup.dump.slice(backup.dump.indexOf("/") + 1);
		return sums.set(backup.dump, parseManifest(stdout, name).dump.sha256);
	} catch (error) {
		if (error instanceof Failed) return error;
		throw error;
	}
}
async function readBack({ settings, journal, signal }, offsite, path) {
	const command = offsite.tool.readBack(path, settings.sync);
	const { stdout } = await runTool(offsite, command, signal, ({ fraction }) => journal.log.progress(fraction, `of ${path} read back`));
	return stdout.slice(0, 64);
}
function named(backups) {
	const names = backups.map(({ dump }) => dump);
	return names.length > 3 ? `${names.slice(0, 3).join(", ")}, …` : names.join(", ");
}
/** The check when the command of a proof failed. It says nothing about the copy. */
function copyNotProven(offsite, error) {
	if (!(error instanceof CommandFailed)) throw error;
	const sentence = `The copy could not be proven: ${whyOf(offsite, error)}`;
	return { check: notRun("offsite-proof", sentence, "Run it again, and check the connection to the remote.") };
}
// src/operations/offsite/prune-remote.ts
/** A command line cannot be longer than the host allows, so files are removed in parts. */
const PATHS_AT_ONCE = 200;
/**
* Applies the deployment's retention to the remote, by names alone. A backup that is still in the
* volume also stays on the remote, whatever the plan says.
*/
async function pruneRemote(run, offsite, here, { listing }) {
	const { settings, deployment, journal, signal } = run;
	const policy = policyOf({
		settings,
		deployment
	});
	const plan = planRetention({
		...listing,
		policy,
		now: here.stamp
	});
	const local = new Set(here.files.map(({ path }) => `/${path}`));
	const going = plan.going.filter(({ backup }) => !local.has(backup.path));
	const paths = going.flatMap(({ backup }) => filesOf(backup)).map((path) => path.slice(1));
	for (const { backup, reason } of going) journal.log.info(`Removing ${backup.path.slice(1)} from the remote: ${reason}.`);
	const kept = `${counted(listing.backups.length - going.length, "backup")} kept on \`${offsite.remote.address}\``;
	try {
		for (let from = 0; from < paths.length; from += PATHS_AT_ONCE) {
			const command = offsite.tool.remove(paths.slice(from, from + PATHS_AT_ONCE));
			await runTool(offsite, command, signal);
		}
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		const sentence = `${counted(going.length, "backup")} could not be removed from \`${offsite.remote.address}\`: ${whyOf(offsite, error)}`;
		return {
			check: failed("offsite-retention", sentence, "See whether the credentials may delete there, or switch it off: `retention: off`."),
			removed: 0,
			deleted: 0
		};
	}
	return {
		check: passed("offsite-retention", `${kept}, ${going.length} removed.`),
		removed: going.length,
		deleted: paths.length
	};
}
// src/operations/offsite/volume-and-remote.ts
/** All that is in the backup volume is looked at for a mirror, or when there is a pool. */
async function readVolume(run) {
	const { settings, deployment } = run;
	const { backups, database } = deployment;
	const { listing, lines, stamp, offset } = await listBackups(run, deployment);
	const deep = listing.backups.some(({ filestore }) => filestore?.kind === "incremental") || settings.sync.mode === "sync";
	const all = deep ? await inBackup(run, listTree(backups.directory)) : lines;
	const files = localFilesIn(all, backups.directory);
	return {
		files,
		backups: backupFilesIn(files, database.name),
		pool: files.filter(({ path }) => path.startsWith(`filestore/${database.name}/`)),
		newest: listing.backups[0],
		stamp,
		offset,
		now: momentOf(stamp, offset).getTime() / 1e3,
		deep
	};
}
/** What is on the remote, looked at as deeply as the volume was. */
async function readRemote(run, offsite, here) {
	return remoteContentOf(run, here, await listFilesOf(offsite, run.signal, here.deep));
}
function remoteContentOf({ deployment }, { offset }, files) {
	const listing = remoteListing(files, deployment.database.name, offset);
	return {
		files,
		listing,
		newest: listing.backups[0]
	};
}
// src/operations/offsite/sync.ts
/**
* Copies the deployment's backups to the remote, and proves the copy. It only reads the volume,
* where nothing partial is visible, so it takes no lock. It does not ask the database, which may be
* down.
*/
async function sync(settings, effects) {
	const { host, journal, clock } = effects;
	const startedAt = clock.now();
	const deployment = await journal.phase("Discover the deployment", () => discoverBackupSite(host, settings.deployment, effects));
	const findings = await syncOffsite({
		...effects,
		settings,
		deployment
	});
	return assembleReport({
		host,
		journal,
		startedAt,
		deployment
	}, "sync", {
		...findings,
		tables: [],
		rows: 0
	});
}
/** Copies, proves the copy, and leaves a record of it. */
function syncOffsite(run) {
	return recordSync(run, () => copyAndProve(run));
}
/**
* Leaves a record of the sync's result in the backup volume, also when it failed before there was a
* report.
*/
async function recordSync(run, sync) {
	try {
		const findings = await sync();
		const { newest, remote } = findings.sync;
		const result = {
			operation: "sync",
			verdict: verdictOf(findings.checks),
			remote,
			...newest !== void 0 && { backup: newest }
		};
		await leaveRecord(run, run.deployment, result);
		return findings;
	} catch (error) {
		if (error instanceof Failed && !run.signal.aborted) await leaveRecord(run, run.deployment, {
			operation: "sync",
			verdict: "failed"
		});
		throw error;
	}
}
async function copyAndProve(run) {
	const { journal, settings } = run;
	const [offsite, here, before] = await journal.phase("Look at the remote", async () => {
		const opened = await openOffsite(run);
		const volume = await readVolume(run);
		return [
			opened,
			volume,
			await readRemote(run, opened, volume)
		];
	});
	refuseEmpty(here, before, offsite);
	const copied = await journal.phase("Copy off-site", () => settings.sync.mode === "sync" ? mirror(run, offsite, here, before, here.stamp) : copyMissing(run, offsite, planCopy(here.backups, here.pool, before.files, here.now)));
	const after = await readRemoteAfter(run, offsite, here, before, copied);
	const whole = judgeSync(offsite, here, after, copied);
	if (whole.status !== "passed") return {
		checks: [whole, notRun("offsite-proof", "Not looked at: the copy is not complete.")],
		sync: summaryOf(run, offsite, after, copied)
	};
	const { check, verified } = await journal.phase("Prove the copy", () => proveSync(run, offsite, here, after, copied));
	const summary = {
		...summaryOf(run, offsite, after, copied),
		...verified && { verified }
	};
	const keepsAll = !settings.retention.on || settings.sync.mode === "sync";
	if (check.status !== "passed" || keepsAll) return {
		checks: [whole, check],
		sync: summary
	};
	const pruned = await journal.phase("Apply the retention to the remote", () => pruneRemote(run, offsite, here, after));
	return {
		checks: [
			whole,
			check,
			pruned.check
		],
		sync: {
			...summary,
			deleted: pruned.deleted,
			backups: summary.backups - pruned.removed
		}
	};
}
/**
* After a copy that broke off, the remote may not answer. Then its content is what was seen before,
* and what was copied.
*/
async function readRemoteAfter(run, offsite, here, before, { stopped, backups }) {
	if (!stopped) return readRemote(run, offsite, here);
	try {
		return await readRemote(run, offsite, here);
	} catch (error) {
		if (!(error instanceof Failed)) throw error;
		const copied = here.backups.filter(({ dump }) => backups.includes(dump));
		return remoteContentOf(run, here, [...before.files, ...copied.flatMap(({ files }) => files)]);
	}
}
function judgeSync(offsite, here, after, copied) {
	const plan = planCopy(here.backups, here.pool, after.files, here.now);
	return judgeCopy({
		remote: offsite.remote.address,
		here: here.backups.length,
		missing: plan.missing.map(({ dump }) => dump),
		missingInPool: plan.pool.length,
		conflicts: plan.conflicts,
		unfinished: plan.unfinished,
		copied: copied.backups.length,
		bytes: copied.bytes,
		...copied.stopped && { stopped: copied.stopped }
	});
}
function proveSync(run, offsite, here, after, { backups }) {
	const there = backupFilesIn(after.files, run.deployment.database.name);
	return proveCopy(run, offsite, {
		here: here.backups,
		there,
		copied: backups
	}, Math.random()).catch((error) => copyNotProven(offsite, error));
}
function summaryOf({ settings }, { remote, tool }, { listing, newest }, { backups, bytes, deleted }) {
	return {
		remote: remote.address,
		tool: tool.name,
		from: settings.sync.from,
		mode: settings.sync.mode,
		copied: backups.length,
		bytes,
		deleted,
		backups: listing.backups.length,
		...newest && { newest: newest.name }
	};
}
/**
* For a run that goes on afterwards. What makes a copy impossible is a failed check of that run:
* its backup is good, and is drilled all the same.
*/
async function trySync(run) {
	try {
		return await syncOffsite(run);
	} catch (error) {
		if (!(error instanceof Failed || error instanceof UserMistake)) throw error;
		return { checks: [failed("offsite-copy", error.sentence, error.explanation.next)] };
	}
}
/** A volume without a backup gives nothing to copy, and the off-site copies may be all that is left. */
function refuseEmpty(here, there, { remote }) {
	if (here.newest) return;
	throw new Failed({
		what: "There is no backup of this database in the backup volume, so there is nothing to copy.",
		state: there.newest ? `\`${remote.address}\` is as it was: ${counted(there.listing.backups.length, "backup")}, the newest ${there.newest.name}.` : `\`${remote.address}\` holds no backup either.`,
		next: there.newest ? "If the volume was emptied by accident, those are your backups: fetch them back before you take another." : "Take one: openspp-backup backup"
	});
}
export { syncOffsite as n, trySync as r, sync as t };
