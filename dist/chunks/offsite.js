import { a as isPartial, l as parseDumpName, o as manifestNameOf, r as FOLDERS } from "./backup-name.js";
import { B as RECORDS_FOLDER, M as parseListing } from "./discover.js";
import { a as lookForTool, c as withEveryFileReadable, n as missingTool, o as parseToolAccess, r as oldTool, t as REQUIREMENTS } from "./machine-tools.js";
import { a as and, c as program, n as print, r as quote } from "./shell.js";
import { a as UserMistake, n as Failed } from "./failure.js";
import { t as CommandFailed } from "./command-failed.js";
import { n as retry } from "./retry.js";
import { t as formatDuration } from "./duration.js";
// src/backups/offsite-plan.ts
/**
* The reference script writes straight to the final names. A file that changed within this time may be half
* of a backup.
*/
const SETTLED_SECONDS = 120;
/**
* The paths in the listing start with a slash, which is the remote's folder. `offset` is that of the clock
* that wrote the stamps.
*/
function remoteListing(files, database, offset) {
	const lines = files.map(({ path, bytes }) => `/${path}|${bytes}|0`).join("\n");
	return parseListing(lines, "", database, offset);
}
/** With all files that have a backup's stamp, the newest backup first. */
function backupFilesIn(files, database) {
	const inFolder = /* @__PURE__ */ new Map();
	for (const file of files) {
		const [folder = "", name = "", ...deeper] = file.path.split("/");
		if (deeper.length > 0 || !isFolder(folder) || isPartial(name)) continue;
		inFolder.set(folder, [...inFolder.get(folder) ?? [], file]);
	}
	return [...inFolder.values()].flatMap((all) => all.flatMap((dump) => backupOf(dump, all, database))).sort((a, b) => compareAges(a.dump, b.dump));
}
function backupOf(dump, folder, database) {
	const name = nameOf(dump.path);
	const parsed = parseDumpName(name);
	if (parsed?.database !== database) return [];
	const manifest = folder.find(({ path }) => nameOf(path) === manifestNameOf(name));
	const files = [
		dump,
		...folder.filter((file) => {
			const [own, other] = [file === dump || file === manifest, nameOf(file.path)];
			return !own && other.startsWith(`${database}_`) && other.includes(`_${parsed.stamp}.`);
		}),
		...manifest ? [manifest] : []
	];
	return [{
		dump: dump.path,
		files,
		manifest: manifest !== void 0
	}];
}
/** `here` and `pool` are on the volume, `there` on the remote; `now` is in epoch seconds. */
function planCopy(here, pool, there, now) {
	const sizes = new Map(there.map(({ path, bytes }) => [path, bytes]));
	const isUnfinished = ({ manifest, files }) => !manifest && files.some(({ bytes, changedAt }) => bytes === 0 || now - changedAt < SETTLED_SECONDS);
	const finished = here.filter((backup) => !isUnfinished(backup));
	return {
		pool: pool.filter(({ path, bytes }) => sizes.get(path) !== bytes),
		missing: finished.map((backup) => ({
			...backup,
			files: backup.files.filter(({ path }) => !sizes.has(path))
		})).filter(({ files }) => files.length > 0),
		conflicts: finished.flatMap(({ files }) => files).flatMap(({ path, bytes }) => {
			const size = sizes.get(path);
			return size === void 0 || size === bytes ? [] : [{
				path,
				here: bytes,
				there: size
			}];
		}),
		unfinished: here.filter(isUnfinished).map(({ dump }) => dump)
	};
}
function nameOf(path) {
	return path.slice(path.lastIndexOf("/") + 1);
}
function isFolder(folder) {
	return FOLDERS.some((known) => known === folder);
}
/** Newest first by the stamp. Of equal stamps, the daily one first. */
function compareAges(a, b) {
	const [one, other] = [a, b].map((path) => parseDumpName(nameOf(path))?.stamp ?? "");
	if (one !== other) return (one ?? "") < (other ?? "") ? 1 : -1;
	const rank = (path) => FOLDERS.findIndex((folder) => path.startsWith(`${folder}/`));
	return rank(a) - rank(b);
}
// src/commands/remote-tool.ts
/**
* The folder on a remote for what a mirror replaces and deletes. Each run has a folder of its own
* in it.
*/
const TRASH = ".trash";
// src/commands/rclone.ts
/**
* `withRetries` (operations/offsite/offsite.ts) does the retrying. rclone itself gets only a second
* low-level attempt, in which S3 also corrects a clock that is wrong. A connection ends after a
* minute of silence.
*/
const ALWAYS = [
	"--ask-password=false",
	"--retries=1",
	"--low-level-retries=2",
	"--contimeout=10s",
	"--timeout=1m",
	"--use-json-log",
	"--stats=0"
];
/** The name of the rclone remote for what this machine serves. */
const SERVED = "openspp_served";
const WITH_PROGRESS = ["--stats=1s", "--stats-log-level=NOTICE"];
/** Without a configuration from the inputs, rclone uses the machine's own. */
var Rclone = class {
	name = "rclone";
	#address;
	#config;
	constructor({ address }, config) {
		this.#address = address;
		this.#config = config;
	}
	version() {
		return program(REQUIREMENTS.rclone.askVersion);
	}
	manualCommand() {
		return program([
			"rclone",
			"lsf",
			this.#address
		]);
	}
	list(deep) {
		const depth = deep ? [`--exclude=/${TRASH}/**`] : ["--max-depth=2"];
		return this.#run([
			"lsf",
			this.#address,
			"--recursive",
			...[
				"--files-only",
				"--format=ps",
				"--separator=|"
			],
			...depth
		]);
	}
	filesIn(output) {
		return output.split("\n").flatMap((line) => {
			const [, path, bytes] = /^(.*)\|(\d+)$/.exec(line) ?? [];
			return path === void 0 ? [] : [{
				path,
				bytes: Number(bytes)
			}];
		});
	}
	upload(volume, paths, options) {
		return this.#copy(volume, this.#address, paths.map(including), options);
	}
	uploadFolder(volume, path, options) {
		const flags = [
			"--immutable",
			"--size-only",
			"--skip-links",
			...transferFlags$1(options)
		];
		return this.#run([
			"copy",
			volume,
			this.#address,
			`${including(path)}/**`,
			...flags
		]);
	}
	mirror(volume, options) {
		const { trash, mostDeleted } = options;
		const keep = trash === void 0 ? [] : [`--backup-dir=${this.#within(trash)}`];
		const filters = [
			`--filter=- /${TRASH}/**`,
			`--filter=- /${RECORDS_FOLDER}/**`,
			"--filter=- *.part",
			"--filter=- *.part/**",
			"--skip-links"
		];
		const flags = [...keep, ...transferFlags$1(options)];
		return and(this.#run([
			"copy",
			volume,
			this.#address,
			"--filter=- *.manifest.json",
			...filters,
			...flags
		]), this.#run([
			"sync",
			volume,
			this.#address,
			...filters,
			"--delete-after",
			`--max-delete=${mostDeleted}`,
			...flags
		]));
	}
	/**
	* Copies files that are served at a URL, and changes none that the remote has. The server cannot
	* send parts of a file. Whoever knows the URL can read the files, so it is in no argv.
	*/
	uploadServed(url, paths, options) {
		const many = [
			"--transfers=8",
			...[
				"--immutable",
				"--size-only",
				"--no-traverse",
				"--multi-thread-streams=0"
			],
			...transferFlags$1(options)
		];
		const command = this.#run([
			"copy",
			`${SERVED}:`,
			this.#address,
			"--files-from-raw=-",
			...many
		]);
		const source = `RCLONE_CONFIG_${SERVED.toUpperCase()}`;
		return {
			...command,
			env: {
				...command.env,
				[`${source}_TYPE`]: "http",
				[`${source}_URL`]: url
			},
			input: paths.map((path) => `${path}\n`).join("")
		};
	}
	remove(paths) {
		return this.#run([
			"delete",
			this.#address,
			...paths.map(including)
		]);
	}
	download(paths, folder, options) {
		return this.#copy(this.#address, folder, paths.map(including), options);
	}
	downloadFolder(path, folder, options) {
		return this.#copy(this.#address, folder, [`${including(path)}/**`], options);
	}
	read(path) {
		return this.#run(["cat", this.#within(path)]);
	}
	readBack(path, options) {
		return this.#run([
			"hashsum",
			"sha256",
			"--download",
			this.#within(path),
			...transferFlags$1(options)
		]);
	}
	askHashes() {
		return this.#run([
			"backend",
			"features",
			this.#address
		]);
	}
	compare(volume, paths, hashes) {
		const { Hashes: kinds } = JSON.parse(hashes);
		const verb = kinds?.length ? "check" : "cryptcheck";
		return this.#run([
			verb,
			volume,
			this.#address,
			...[
				"--one-way",
				"--combined=-",
				"--skip-links"
			],
			...paths.map(including)
		]);
	}
	comparisonIn({ stdout, stderr }) {
		if (/hashes could not be checked|not support any hashes|is not a crypt remote/.test(stderr)) return void 0;
		const marked = (mark) => stdout.split("\n").flatMap((line) => mark.test(line) ? [line.slice(2)] : []);
		return {
			equal: marked(/^= /),
			differing: marked(/^[*-] /)
		};
	}
	progressIn(line) {
		const stats = eventIn(line)?.stats;
		if (!stats || !(stats.totalBytes > 0)) return void 0;
		return {
			fraction: stats.bytes / stats.totalBytes,
			bytes: stats.bytes,
			bytesPerSecond: stats.speed
		};
	}
	whyIn(stderr) {
		const lines = stderr.split("\n").filter((line) => line.trim() !== "");
		const reported = lines.flatMap((line) => eventIn(line) ?? []).filter(({ level }) => /^(?:error|critical|fatal)$/.test(level)).at(-1);
		const plain = lines.filter((line) => !line.startsWith("{")).at(-1);
		const text = plain?.replace(/^\S+ \S+ (?:[A-Z]+ *: )?/, "") ?? reported?.msg;
		return text && (reported?.object && !plain ? `${reported.object}: ${text}` : text).trim();
	}
	/** By rclone's exit codes (manual, "Exit code"). 1 and 2 have changed places between versions. */
	failureKindOf(exit) {
		if (exit === 3 || exit === 4) return "missing";
		return exit === 6 || exit === 7 ? "final" : "passing";
	}
	/**
	* rclone compares its clock with the time in each HTTP answer, and reports a difference of more
	* than five minutes.
	*/
	skewIn(stderr) {
		const [, sign, hours = 0, minutes = 0, seconds = 0] = /Time may be set wrong - time from \S+ is (-?)(?:(\d+)h)?(?:(\d+)m)?([\d.]+)s different/.exec(stderr) ?? [];
		if (sign === void 0) return void 0;
		const ahead = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
		return sign === "-" ? -ahead : ahead;
	}
	#copy(from, to, includes, options) {
		const flags = [
			"--immutable",
			"--no-traverse",
			"--skip-links",
			...transferFlags$1(options)
		];
		return this.#run([
			"copy",
			from,
			to,
			...includes,
			...flags
		]);
	}
	#within(path) {
		return /[:/]$/.test(this.#address) ? `${this.#address}${path}` : `${this.#address}/${path}`;
	}
	#run(args) {
		const config = this.#config;
		return program([
			"rclone",
			...config ? ["--config="] : [],
			...ALWAYS,
			...args
		], { ...config && { env: config } });
	}
};
function transferFlags$1({ bandwidthLimit }) {
	return [...WITH_PROGRESS, ...bandwidthLimit === void 0 ? [] : [`--bwlimit=${bandwidthLimit}B`]];
}
/** A pattern that matches only this path, from the root on (rclone manual, "Filtering"). */
function including(path) {
	return `--include=/${path.replace(/[\\*?[\]{}]/g, "\\$&")}`;
}
/** Undefined for a line that is not JSON. */
function eventIn(line) {
	if (!line.startsWith("{")) return void 0;
	try {
		return JSON.parse(line);
	} catch {
		return;
	}
}
// src/commands/rsync.ts
/** Where an incomplete file is on the remote, so that the next run can continue it. */
const PARTIAL = ".openspp-partial";
/**
* The host key is always checked, and nobody is asked anything. A connection ends after a minute of
* silence.
*/
const SSH = [
	"BatchMode=yes",
	"StrictHostKeyChecking=yes",
	"ConnectTimeout=20",
	"ServerAliveInterval=15",
	"ServerAliveCountMax=4"
].flatMap((option) => ["-o", option]);
const HIDDEN = [
	`--exclude=/${TRASH}/`,
	`--exclude=/${RECORDS_FOLDER}/`,
	`--exclude=${PARTIAL}/`
];
/**
* The hash of the first command's output, with that command's exit code. POSIX shells have no
* `pipefail`.
*/
const SHA256_OF = `{ { "$@"; echo "$?" >&3; } | sha256sum; } 3>&1 | { read -r code; cat; exit "$code"; }`;
/** rsync over SSH, as the guide has it. The machine's own ssh knows how to log in. */
var Rsync = class {
	name = "rsync";
	#address;
	constructor({ address }) {
		this.#address = address.replace(/\/+$/, "");
	}
	version() {
		return program(REQUIREMENTS.rsync.askVersion);
	}
	manualCommand() {
		return program([
			"rsync",
			"--list-only",
			`${this.#address}/`
		]);
	}
	list(deep) {
		const depth = deep ? [] : ["--exclude=/*/*/"];
		return this.#run([
			"--recursive",
			"--list-only",
			...HIDDEN,
			...depth
		], `${this.#address}/`);
	}
	filesIn(output) {
		return output.split("\n").flatMap((line) => {
			const [, bytes, path] = /^-\S+ +(\d+) [\d/]+ [\d:]+ (.*)$/.exec(line) ?? [];
			return path === void 0 ? [] : [{
				path,
				bytes: Number(bytes)
			}];
		});
	}
	upload(volume, paths, options) {
		return this.#copy(["--relative", ...belowOf(volume, paths)], options);
	}
	uploadFolder(volume, path, options) {
		return this.#copy([
			"--recursive",
			"--relative",
			...belowOf(volume, [path])
		], options);
	}
	mirror(volume, { trash, mostDeleted, bandwidthLimit }) {
		const whole = [
			...[
				"--recursive",
				"--times",
				...trash === void 0 ? [] : ["--backup", `--backup-dir=${trash}`],
				...HIDDEN,
				"--exclude=*.part"
			],
			...transferFlags({ bandwidthLimit }),
			`${volume}/`
		];
		const to = `${this.#address}/`;
		return and(this.#run(["--exclude=*.manifest.json", ...whole], to), this.#run([
			"--delete-after",
			`--max-delete=${mostDeleted}`,
			...whole
		], to));
	}
	/**
	* rsync deletes a named file that the source lacks. /proc/self has none of our files, nor their
	* folders. For the folders rsync exits with 24.
	*/
	remove(paths) {
		const { argv } = this.#run([...[
			"--dirs",
			"--relative",
			"--delete-missing-args"
		], ...belowOf("/proc/self", paths)], `${this.#address}/`);
		return program([
			"sh",
			"-c",
			"\"$@\"; code=$?; [ \"$code\" -eq 24 ] || exit \"$code\"",
			"sh",
			...argv
		]);
	}
	download(paths, folder, options) {
		const sources = belowOf(this.#address, paths);
		return this.#run([
			"--times",
			"--relative",
			...transferFlags(options),
			...sources
		], `${folder}/`);
	}
	downloadFolder(path, folder, options) {
		const flags = [
			"--times",
			"--recursive",
			"--relative",
			...transferFlags(options)
		];
		return this.#run([...flags, ...belowOf(this.#address, [path])], `${folder}/`);
	}
	read(path) {
		return program(this.#cat(path));
	}
	readBack(path) {
		return program([
			"sh",
			"-c",
			SHA256_OF,
			"sh",
			...this.#cat(path)
		]);
	}
	askHashes() {}
	/** A dry run: it prints the paths of files that differ. */
	compare(volume, paths) {
		return this.#run([...[
			"--checksum",
			"--dry-run",
			"--out-format=%n",
			"--relative"
		], ...belowOf(volume, paths)], `${this.#address}/`);
	}
	comparisonIn({ stdout }, paths) {
		const lines = new Set(stdout.split("\n"));
		return {
			equal: paths.filter((path) => !lines.has(path)),
			differing: paths.filter((path) => lines.has(path))
		};
	}
	progressIn(line) {
		const [, bytes, percent, speed, unit] = /^\s*(\d+)\s+(\d+)%\s+([\d.]+)([kMGT])B\/s\s/.exec(line) ?? [];
		if (bytes === void 0) return void 0;
		return {
			fraction: Number(percent) / 100,
			bytes: Number(bytes),
			bytesPerSecond: Number(speed) * 1024 ** ("kMGT".indexOf(unit) + 1)
		};
	}
	whyIn(stderr) {
		const lines = stderr.split("\n").map((line) => line.trim()).filter((line) => line !== "");
		return lines.filter((line) => !/^rsync error: |^rsync: connection unexpectedly closed/.test(line)).at(-1) ?? lines.at(-1);
	}
	/** By rsync's exit codes (manual, "EXIT VALUES"). A missing folder of the remote results in 23. */
	failureKindOf(exit) {
		if (exit === 23) return "missing";
		return exit === 1 || exit === 2 || exit === 4 || exit === 25 ? "final" : "passing";
	}
	/** SSH has no clock to compare with. */
	skewIn() {}
	#copy(args, options) {
		const flags = [
			"--times",
			"--ignore-existing",
			`--partial-dir=${PARTIAL}`
		];
		return this.#run([
			...flags,
			...transferFlags(options),
			...args
		], `${this.#address}/`);
	}
	#cat(path) {
		const [, login = "", folder = ""] = /^(.*?@(?:\[[^\]]*\]|[^:]*)):(.*)$/.exec(this.#address) ?? [];
		return [
			"ssh",
			...SSH,
			login.replace(/[[\]]/g, ""),
			`cat -- ${quote(`${folder}/${path}`)}`
		];
	}
	#run(args, to) {
		return program([
			"rsync",
			...[
				"--protect-args",
				"--no-human-readable",
				"--timeout=60"
			],
			`--rsh=ssh ${SSH.join(" ")}`,
			...args,
			to
		]);
	}
};
function transferFlags({ bandwidthLimit }) {
	const flags = ["--info=progress2", "--outbuf=L"];
	return bandwidthLimit === void 0 ? flags : [...flags, `--bwlimit=${Math.ceil(bandwidthLimit / 1024)}`];
}
/** `--relative` keeps the part of a path after `/./`. */
function belowOf(folder, paths) {
	return paths.map((path) => `${folder}/./${path}`);
}
// src/operations/offsite/offsite.ts
/**
* The remote of the settings, once the tool was found on the machine that copies. Throws
* UserMistake when the tool is missing or too old.
*/
function openOffsite(run) {
	return run.settings.sync.from === "runner" ? openFrom(run, run.runner) : openFromHost(run);
}
/** A machine without a backup volume copies none of its own files. */
const NO_FOLDER = "/dev/null";
/** The remote for a machine that needs no backup volume. Throws as `openOffsite` does. */
async function openFrom(run, machine) {
	const { found } = await findTool(run, machine, NO_FOLDER);
	return {
		...found,
		within: (command) => command
	};
}
/** The remote for the deployment's host. Throws as `openOffsite` does. */
async function openFromHost(run) {
	const { image, hostPath } = run.deployment.backups;
	const { found, access } = await findTool(run, run.host, hostPath);
	return {
		...found,
		within: (command, changing) => {
			return access.uid === 0 || access.readable && changing === void 0 ? command : withEveryFileReadable(command, image, access, changing);
		}
	};
}
function requireRemote({ sync }) {
	if (sync.remote) return sync.remote;
	throw new UserMistake({
		what: "No remote was named.",
		why: "`remote` says where the off-site copy is.",
		state: "Nothing was done.",
		next: "Name one, for example `offsite:openspp-backups` for rclone or `backup@remote.example.org:/backups/openspp` for rsync."
	});
}
async function findTool({ settings, journal, signal }, host, folder) {
	const remote = requireRemote(settings);
	for (const secret of Object.values(settings.sync.rcloneConfig ?? {})) if (!secret.common) journal.log.mask(secret.reveal());
	const tool = remote.tool === "rsync" ? new Rsync(remote) : new Rclone(remote, settings.sync.rcloneConfig);
	const look = lookForTool(tool.version(), folder);
	const access = await host.run(look, { signal }).then(({ stdout }) => parseToolAccess(stdout), (error) => {
		if (error instanceof CommandFailed && error.exit === 69) throw missingTool(tool.name, host.name);
		throw error;
	});
	const trouble = oldTool(tool.name, host.name, access.version);
	if (trouble) throw trouble;
	return {
		found: {
			remote,
			tool,
			host,
			retries: settings.sync.retries
		},
		access
	};
}
/**
* The remote's files: those of the backups alone, or with `deep` all but the trash. A folder that
* does not exist yet counts as empty.
*/
async function listFilesOf({ tool, host, remote }, signal, deep = false) {
	try {
		const { stdout } = await host.run(tool.list(deep), { signal });
		return tool.filesIn(stdout);
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		if (tool.failureKindOf(error.exit) === "missing") return [];
		throw new Failed({
			what: `${host.name} cannot list \`${remote.address}\`.`,
			why: whyOf({ tool }, error),
			state: "No backup on the remote was changed.",
			next: nextOf({
				tool,
				host
			}, error)
		}, { cause: error });
	}
}
/** Runs a command of the remote's tool and reports its progress. Throws CommandFailed. */
function runTool({ tool, host }, command, signal, onProgress = () => {}) {
	const onLine = (line) => {
		const transfer = tool.progressIn(line);
		if (transfer) onProgress(transfer);
	};
	return host.run(command, {
		signal,
		onLine,
		onErrorLine: onLine
	});
}
/** Seconds before the first attempts after the failure, and before all later ones. */
const FIRST_PAUSES = [
	1,
	5,
	20
];
const LONGEST_PAUSE = 60;
/**
* Repeats a command of the remote's tool as often as the settings say, when the cause may go away
* by itself. What one attempt has copied is not copied again. Throws the last CommandFailed.
*/
function withRetries({ journal, signal }, { tool, retries }, attempt) {
	return retry(attempt, {
		pauses: Array.from({ length: retries }, (_, index) => FIRST_PAUSES[index] ?? LONGEST_PAUSE),
		mayPass: (error) => error instanceof CommandFailed && tool.failureKindOf(error.exit) === "passing",
		onPause: (error, seconds) => {
			const why = whyOf({ tool }, error);
			journal.log.warning(`${tool.name}: ${why}; trying again in ${formatDuration(seconds)}.`);
		},
		signal
	});
}
/** The line of the tool's output that says why it failed. */
function whyOf({ tool }, error) {
	return tool.whyIn(error.stderr) ?? error.reason;
}
/** What to do after the tool's failure. A remote refuses what is signed by a clock that is far off. */
function nextOf({ tool, host }, error) {
	const skew = tool.skewIn(error.stderr);
	if (skew === void 0) return `Try it there, by hand: ${print(tool.manualCommand())}`;
	const apart = `about ${formatDuration(Math.round(Math.abs(skew) / 60) * 60)} ${skew > 0 ? "ahead of" : "behind"}`;
	return `The clock of ${host.name} is ${apart} the remote's, and a remote refuses what is signed at another time. Set the wrong clock by NTP (timedatectl set-ntp true), and run it again.`;
}
export { openOffsite as a, withRetries as c, backupFilesIn as d, planCopy as f, openFromHost as i, Rclone as l, nextOf as n, runTool as o, remoteListing as p, openFrom as r, whyOf as s, listFilesOf as t, TRASH as u };
