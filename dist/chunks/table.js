import { i as __toESM } from "./rolldown-runtime.js";
import { a as systemClock, r as isGood, t as VERBS } from "./verbs.js";
import { o as reasonOf, r as Failure, t as Cancelled } from "./failure.js";
import { n as retry } from "./retry.js";
import { n as headline } from "./verdict.js";
import { n as SCENARIOS, r as SOURCES, t as PLACES } from "./scenario.js";
import { n as Secret } from "./secret.js";
import { n as FILESTORE_KINDS } from "./backup-name.js";
import { t as CHECK_NAMES } from "./check.js";
import { t as WEBHOOK_FORMATS } from "./webhook-message.js";
// src/ping.ts
const SUFFIXES = {
	start: "/start",
	success: "",
	fail: "/fail"
};
const ATTEMPT_SECONDS = 10;
const PAUSES_SECONDS = [1, 3];
/** A service that knows only the plain URL answers so to the others, and means no harm. */
const UNKNOWN_THERE = [404, 405];
/**
* Pings when the work begins, and when it ended. A ping that cannot be sent is a warning: the switch raises the alarm by
* itself then. `pauses` are the seconds before each further attempt.
*/
async function withPing(url, log, work, endOf, pauses = PAUSES_SECONDS) {
	if (!url) return work();
	const ping = async (signal, text) => {
		const address = addressOf(url, signal);
		const mayPass = (error) => error instanceof NotTold && error.passing;
		await retry(() => send(address, signal, text), {
			pauses,
			mayPass
		}).catch((error) => {
			if (!(error instanceof NotTold)) throw error;
			log.warning(`The dead man's switch could not be told (${signal}): ${error.message}.`);
		});
	};
	const started = ping("start", runLink());
	const end = async ({ good, text }) => {
		await started;
		await ping(good ? "success" : "fail", [text, runLink()].filter(Boolean).join("\n"));
	};
	let result;
	try {
		result = await work();
	} catch (error) {
		await end({
			good: false,
			text: error.message.split("\n", 1)[0] ?? ""
		});
		throw error;
	}
	await end(endOf(result));
	return result;
}
/** A query, which some services need, stays behind the suffix. */
function addressOf(url, signal) {
	const address = new URL(url.reveal());
	address.pathname = address.pathname.replace(/\/$/, "") + SUFFIXES[signal];
	return address;
}
/** Holds no address: who knows it can silence the alarm. */
var NotTold = class extends Error {
	passing;
	constructor(why, passing) {
		super(why);
		this.passing = passing;
	}
};
/** Throws NotTold. */
async function send(address, signal, body) {
	const timeout = AbortSignal.timeout(ATTEMPT_SECONDS * 1e3);
	const { ok, status } = await fetch(address, {
		method: "POST",
		body,
		signal: timeout
	}).catch((error) => {
		throw new NotTold(whyNot(error), true);
	});
	if (ok || signal !== "success" && UNKNOWN_THERE.includes(status)) return;
	throw new NotTold(`it answered ${status}`, status >= 500 || status === 429);
}
function whyNot(error) {
	const { name, cause } = error;
	if (name === "TimeoutError") return `it did not answer within ${ATTEMPT_SECONDS} s`;
	return `it cannot be reached (${cause?.code ?? name ?? "unknown"})`;
}
/** The address of this workflow run, and nothing elsewhere. */
function runLink() {
	const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id } = process.env;
	return server && repository && id ? `${server}/${repository}/actions/runs/${id}` : "";
}
// src/report/journal.ts
/** Keeps the timeline of a run: each phase's name, start and duration, in the order of their ends. */
var Journal = class {
	phases = [];
	log;
	#clock;
	#start;
	constructor(log, clock) {
		this.log = log;
		this.#clock = clock;
		this.#start = clock.seconds();
	}
	/** Seconds since the run started. */
	elapsed() {
		return this.#clock.seconds() - this.#start;
	}
	/** Runs the work as a phase: a group in the log, an entry in the timeline. */
	async phase(name, work) {
		const startedAfter = this.elapsed();
		this.log.startGroup(name);
		try {
			return await work();
		} finally {
			const seconds = this.elapsed() - startedAfter;
			this.phases.push({
				name,
				startedAfter,
				seconds
			});
			this.log.endGroup(seconds);
		}
	}
};
// src/entry.ts
/**
* What actions and CLI do alike around an operation: signals, the ping, the connection, and the
* catch of every error.
*/
/**
* GitHub's runner kills 10 s after its SIGINT. What is not cleaned up by then is left to `post:`
* and the next run.
*/
const SECONDS_TO_CLEAN_UP = 7;
/** npm passes on a Ctrl-C that the terminal has sent to the whole process group already. */
const SECONDS_OF_ECHO = 1;
/** A lost connection may leave a socket open, which would keep the process alive. */
const SECONDS_TO_END = 3;
/**
* Sets the exit code that `main` returns, or `onFailure` when it throws. SIGINT and SIGTERM abort
* the signal. A second one, or 7 s, ends the process.
*/
async function enter(main, onFailure) {
	const cancellation = new AbortController();
	let cancelledAt = 0;
	const cancel = () => {
		const now = systemClock.seconds();
		if (cancellation.signal.aborted) {
			if (now - cancelledAt > SECONDS_OF_ECHO) giveUp();
			return;
		}
		cancelledAt = now;
		cancellation.abort();
		setTimeout(giveUp, SECONDS_TO_CLEAN_UP * 1e3).unref();
	};
	process.on("SIGINT", cancel).on("SIGTERM", cancel);
	try {
		process.exitCode = await main(cancellation.signal);
	} catch (error) {
		process.exitCode = await onFailure(failureOf(error, cancellation.signal), error);
	}
	setTimeout(() => process.exit(), SECONDS_TO_END * 1e3).unref();
}
/** Ends a cancelled run that is still cleaning up. */
function giveUp() {
	const what = "The run was cancelled before it had cleaned up; the next one does.";
	process.stderr.write(`${what}\n`);
	process.exit(new Cancelled({ what }).exitCode);
}
/** Connects, does what the verb's entry says, and reports to the dead man's switch. */
function perform(verb, entry, settings, { log, signal, beforeConnecting, onConnected }) {
	entry.refuse?.(settings);
	return withPing(VERBS[verb].reports ? settings.monitor.pingUrl : void 0, log, async () => {
		await beforeConnecting?.();
		return withHost(settings.connection, log, signal, (effects) => {
			onConnected?.();
			return entry.perform(settings, effects);
		});
	}, (result) => ({
		good: isGood(result),
		text: "report" in result ? headline(result.report) : `openspp-backup ${verb}`
	}));
}
/** Without a connection, the host is this machine. */
async function withHost(connection, log, signal, work) {
	const { LocalHost } = await import("./local.js");
	const runner = new LocalHost(systemClock);
	const journal = new Journal(log, systemClock);
	const host = connection ? await login(connection, log, signal) : runner;
	try {
		return await work({
			host,
			runner,
			journal,
			clock: systemClock,
			signal
		});
	} finally {
		await host.close();
	}
}
async function login(connection, log, signal) {
	const { connect } = await import("./ssh.js");
	return connect(connection, {
		signal,
		clock: systemClock,
		log
	});
}
/**
* What was running when the user cancelled tells them nothing. What went wrong while the run ended
* does.
*/
function failureOf(error, signal) {
	if (!signal.aborted) return error instanceof Failure ? error : new Bug(error);
	const { what, state, next } = error instanceof Failure ? error.explanation : { what: reasonOf(error) };
	const obeyed = error instanceof Cancelled || error === signal.reason;
	return new Cancelled({
		what: "The run was cancelled.",
		why: obeyed ? void 0 : what,
		state: (obeyed ? void 0 : state) ?? "Production is as it was. What this run may have left, the next one removes.",
		next
	}, { cause: error });
}
/** Anything that nobody foresaw. */
var Bug = class extends Failure {
	exitCode = 70;
	constructor(cause) {
		super({
			what: `This is a bug of openspp-backup: ${reasonOf(cause)}`,
			state: "Unknown; the next run sweeps what this one may have left.",
			next: "Run it again with debug logging (`--debug`, or \"Enable debug logging\" on GitHub) and report what it prints."
		}, { cause });
	}
};
// src/inputs/parse/refused.ts
/**
* A value without a meaning. The message completes the sentence "`ssh-port` …" and never holds a
* secret.
*/
var Refused = class extends Error {
	constructor(reason) {
		super(reason);
		this.name = "Refused";
	}
};
/** Quoted for a message, and cut to a length that a line can hold. */
function shown(text) {
	return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}
// src/inputs/parse/rclone-config.ts
/** Keys whose values are not secret. rclone's own messages name them. */
const COMMON_KEYS = /* @__PURE__ */ new Set([
	"type",
	"provider",
	"region",
	"location_constraint",
	"acl",
	"storage_class",
	"remote",
	"host",
	"endpoint",
	"filename_encryption"
]);
/**
* An rclone.conf as environment variables (rclone manual, "Config file" of "Environment
* Variables"), so that no file is written. The refusal quotes nothing from it but a remote's name.
*/
function rcloneConfig(text) {
	const variables = {};
	let section;
	for (const [index, line] of text.split(/\r?\n/).entries()) {
		if (line.trim() === "RCLONE_ENCRYPT_V0:") throw new Refused("is encrypted: give what `rclone config show` prints");
		if (/^\s*(?:[#;].*)?$/.test(line)) continue;
		const name = /^\s*\[(.*)\]\s*$/.exec(line)?.[1];
		if (name !== void 0) {
			section = sectionName(name);
			continue;
		}
		const [, key, value] = /^\s*([A-Za-z0-9_]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
		if (key === void 0 || value === void 0) throw new Refused(`has a line ${index + 1} that is neither [remote] nor key = value`);
		if (section === void 0) throw new Refused(`has a line ${index + 1} before the first [remote]`);
		const common = COMMON_KEYS.has(key.toLowerCase()) || /^(?:true|false|\d+)$/.test(value);
		variables[variableOf(section, key)] = new Secret(value, { common });
	}
	if (section === void 0) throw new Refused("holds no [remote]");
	return variables;
}
/** A remote's type, for example `crypt`. Undefined when the configuration does not have the remote. */
function typeIn(config, remote) {
	return config[variableOf(remote, "type")]?.reveal();
}
function sectionName(name) {
	if (/^[A-Za-z0-9_]+$/.test(name)) return name;
	throw new Refused(`names a remote ${shown(name)}, but rclone takes one from its environment only by letters, digits and _`);
}
function variableOf(remote, key) {
	return `RCLONE_CONFIG_${remote}_${key}`.toUpperCase();
}
// src/inputs/parse/choices.ts
function oneOf(...words) {
	return (text) => {
		const word = words.find((one) => one === text);
		if (word === void 0) throw new Refused(`is ${shown(text)}, but it can only be ${words.join(", ")}`);
		return word;
	};
}
/** `yes` means `true`. */
function either(yes, no) {
	const word = oneOf(yes, no);
	return (text) => word(text) === yes;
}
/** `true` or `false`, as YAML spells them. */
function boolean(text) {
	return either("true", "false")(text.toLowerCase());
}
/** Undefined for `auto`: discovery decides. */
function policy(text) {
	const word = oneOf("auto", "strict", "flexible")(text);
	return word === "auto" ? void 0 : word;
}
/** As `pg_dump --compress` takes it. */
function compression(text) {
	if (!/^(?:none|gzip(?::[1-9])?|lz4(?::(?:[1-9]|1[0-2]))?|zstd(?::(?:[1-9]|1\d|2[0-2]))?)$/.test(text)) throw new Refused(`is ${shown(text)}, but it can only be none, gzip:1 to gzip:9, lz4:1 to lz4:12 or zstd:1 to zstd:22`);
	return text;
}
// src/inputs/parse/quantities.ts
const UNITS = {
	s: 1,
	m: 60,
	h: 3600,
	d: 86400
};
/** `90m`, `2d` or `1h30m`, in seconds. */
function duration(text) {
	const parts = [...text.matchAll(/(\d+(?:\.\d+)?)([smhd])/g)];
	const seconds = parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * UNITS[unit], 0);
	if (parts.map(([part]) => part).join("") !== text || seconds === 0) throw new Refused(`is ${shown(text)}, which is not a duration in s, m, h or d`);
	return seconds;
}
/** `1%` or `0.5%`, as a share: 0.01 or 0.005. */
function percentage(text) {
	const share = /^(\d+(?:\.\d+)?) ?%$/.exec(text)?.[1];
	if (share === void 0 || Number(share) > 100) throw new Refused(`is ${shown(text)}, which is not a percentage from 0% to 100%`);
	return Number(share) / 100;
}
/** Both limits are allowed. */
function wholeNumber(least, greatest) {
	return (text) => {
		const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
		if (!(value >= least && value <= greatest)) throw new Refused(`is ${shown(text)}, which is not a number from ${least} to ${greatest}`);
		return value;
	};
}
/** `500k`, `10M` or `1G`, in bytes per second. The units are powers of 1024, as in rclone and rsync. */
function bandwidth(text) {
	const [, amount, unit = ""] = /^(\d{1,6}(?:\.\d+)?)([kMG])$/.exec(text) ?? [];
	if (amount === void 0 || Number(amount) === 0) throw new Refused(`is ${shown(text)}, which is not a number of bytes per second like 500k, 10M or 1G`);
	return Math.round(Number(amount) * 1024 ** ("kMG".indexOf(unit) + 1));
}
// src/inputs/parse/texts.ts
function text(given) {
	return given;
}
/** No log may show it. */
function secretText(given) {
	return new Secret(given);
}
/** Items separated by commas or line breaks. */
function list(given) {
	return given.split(/[,\n]/).map((item) => item.trim()).filter((item) => item.length > 0);
}
// src/inputs/parse/names.ts
/** Nothing expands `~` or a variable. */
function absolutePath(text) {
	if (!text.startsWith("/")) throw new Refused(`is ${shown(text)}, which is not an absolute path (\`~\` and variables are not expanded)`);
	if (text.split("/").includes("..")) throw new Refused(`is ${shown(text)}, but \`..\` may lead elsewhere than it seems: write it out`);
	return text;
}
/** The path of a file, relative or absolute. */
function filePath(text) {
	if (text.startsWith("-") || text.endsWith("/")) throw new Refused(`is ${shown(text)}, which is not the path of a file`);
	return text;
}
/** A Compose service. */
function serviceName(text) {
	if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(text)) throw new Refused(`is ${shown(text)}, which is not the name of a Compose service`);
	return text;
}
/** Compose services, one at least. */
function serviceNames(text) {
	const names = list(text).map(serviceName);
	if (names.length === 0) throw new Refused("names no service");
	return names;
}
/** A container image, with or without its registry, tag and digest. */
function imageName(text) {
	if (!/^[a-z0-9][A-Za-z0-9._:/@-]*$/.test(text)) throw new Refused(`is ${shown(text)}, which is not the name of a container image`);
	return text;
}
/** Tables, one at least: `schema.name`, or `name` of the schema public. */
function tableNames(text) {
	const names = list(text);
	if (names.length === 0) throw new Refused("names no table");
	return names.map((name) => name.includes(".") ? name : `public.${name}`);
}
/** In bytes. PostgreSQL cuts off longer names without a word (NAMEDATALEN - 1). */
const LONGEST_NAME = 63;
/** The name of a role or database that exists already. */
function postgresName(text) {
	if (Buffer.byteLength(text) > LONGEST_NAME) throw new Refused(`is longer than PostgreSQL's ${LONGEST_NAME} bytes`);
	return text;
}
/** The production database, whose name is part of its backups' file names. */
function databaseName(text) {
	if (text.includes("/")) throw new Refused(`is ${shown(text)}, but a backup's file is named by it, and holds no slash`);
	return postgresName(text);
}
const NOT_THROWAWAY = [
	"postgres",
	"template0",
	"template1"
];
/**
* The name of a database that a run creates and drops: a plain identifier, and no database of
* PostgreSQL's own.
*/
function throwawayName(text) {
	if (!/^[a-z_][a-z0-9_$-]*$/.test(text)) throw new Refused(`is ${shown(text)}, but it must start with a lower-case letter or _ and hold only those, digits, $ and -`);
	if (NOT_THROWAWAY.includes(text)) throw new Refused(`is ${shown(text)}, a database of PostgreSQL's own`);
	return postgresName(text);
}
/**
* `latest`, `random`, or a backup's name, with or without its folder and `.dump`. The result has
* `.dump`.
*/
function backupChoice(text) {
	if (text === "latest" || text === "random") return text;
	const name = /^((?:(?:daily|weekly|monthly)\/)?[^/\s.-][^/\s]*_\d{8}_\d{6})(?:\.dump)?$/.exec(text)?.[1];
	if (name === void 0) throw new Refused(`is ${shown(text)}, which is not latest, random or the name of a backup`);
	return `${name}.dump`;
}
/** A branch of Git (git-check-ref-format). */
function branchName(text) {
	if (!(/^[A-Za-z0-9_][A-Za-z0-9._/-]{0,199}$/.test(text) && !/\.\.|\/\/|\/\.|\.lock(?:\/|$)|[./]$/.test(text))) throw new Refused(`is ${shown(text)}, which is not the name of a branch`);
	return text;
}
// src/inputs/table/shared-inputs.ts
/** Inputs of more than one group. Each is defined here once, and named in every group that takes it. */
const SHARED = {
	jobs: {
		description: "Parallel sessions for fingerprint, restore and proof. Default: the host's cores; while a dump runs, half of them.",
		parse: wholeNumber(1, 256),
		example: "4",
		verbs: [
			"backup",
			"drill",
			"cycle",
			"restore"
		]
	},
	"dry-run": {
		description: "Print what would be done, and change nothing.",
		parse: boolean,
		default: "false",
		verbs: ["prune", "restore"]
	},
	source: {
		description: "Which copy is restored: `local`, from the deployment's backup volume, or `offsite`, from `remote`. Default: a drill's is its scenario's, a restore's `local`.",
		parse: oneOf(...SOURCES),
		example: "offsite",
		verbs: [
			"drill",
			"cycle",
			"restore"
		]
	},
	backup: {
		description: "Backup to restore: `latest`, `random`, or one by its name.",
		parse: backupChoice,
		default: "latest",
		example: "openspp_20260115_020000.dump",
		verbs: ["drill", "restore"]
	},
	"github-token": {
		description: "Token for GitHub's API. `report` needs the permissions of what is switched on. The others need `contents: read`, for the report's trend.",
		parse: secretText,
		as: "token",
		default: "${{ github.token }}",
		secret: true,
		verbs: [
			"backup",
			"drill",
			"cycle",
			"restore",
			"report"
		],
		face: "action"
	},
	"history-branch": {
		description: "Branch of the history, which `report` writes and the trend of a report comes from.",
		parse: branchName,
		default: "drill-reports",
		verbs: [
			"backup",
			"drill",
			"cycle",
			"restore",
			"report"
		],
		face: "action"
	}
};
// src/inputs/table/backup-inputs.ts
/** How a backup is taken. */
const BACKUP_INPUTS = {
	mode: {
		description: "`snapshot` takes a dump with a manifest of its own snapshot; `script` runs the deployment's `/backup.sh`, whose content cannot be proven.",
		parse: oneOf("snapshot", "script"),
		default: "snapshot",
		verbs: ["backup", "cycle"]
	},
	compression: {
		description: "Compression of the dump: `gzip:1` to `gzip:9`, `zstd:N`, `lz4:N` or `none`.",
		parse: compression,
		default: "gzip:6",
		verbs: ["backup", "cycle"]
	},
	filestore: {
		description: "How each backup keeps the filestore. `tar.gz` and `tar.zst` make an archive of all its files. `incremental` makes a list of files in a pool, to which only new ones are copied. `off` keeps none.",
		parse: oneOf(...FILESTORE_KINDS, "off"),
		default: "tar.gz",
		verbs: ["backup", "cycle"]
	},
	jobs: SHARED.jobs
};
/** How long backups are kept. */
const RETENTION_INPUTS = {
	retention: {
		description: "After a good backup, `on` makes weekly and monthly copies and removes what the retention policy no longer keeps; `off` removes nothing. In a sync, the same for the backups on the remote.",
		parse: either("on", "off"),
		as: "on",
		default: "on",
		verbs: [
			"backup",
			"cycle",
			"sync"
		]
	},
	"keep-daily": {
		description: "Days of which every backup is kept, counted by days that have one. Default: the deployment's BACKUP_KEEP_DAYS.",
		parse: wholeNumber(1, 3660),
		as: "days",
		example: "7",
		verbs: [
			"backup",
			"cycle",
			"sync",
			"prune",
			"monitor"
		]
	},
	"keep-weekly": {
		description: "Weeks of which Sunday's backup is kept, or the next one. Default: the deployment's BACKUP_KEEP_WEEKS.",
		parse: wholeNumber(0, 520),
		as: "weeks",
		example: "4",
		verbs: [
			"backup",
			"cycle",
			"sync",
			"prune",
			"monitor"
		]
	},
	"keep-monthly": {
		description: "Months of which the backup of the 1st is kept, or the next one. Default: the deployment's BACKUP_KEEP_MONTHS.",
		parse: wholeNumber(0, 120),
		as: "months",
		example: "6",
		verbs: [
			"backup",
			"cycle",
			"sync",
			"prune",
			"monitor"
		]
	},
	"dry-run": SHARED["dry-run"]
};
// src/inputs/parse/addresses.ts
const port = wholeNumber(1, 65535);
/** A DNS name, an IPv4 or an IPv6 address. The brackets of an IPv6 address are removed. */
function hostName(text) {
	const address = /^\[(.+)\]$/.exec(text)?.[1] ?? text;
	if (!(address.includes(":") ? /^[0-9A-Fa-f:.]{2,45}(?:%[A-Za-z0-9_.-]+)?$/.test(address) : address === text && /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_.])?$/.test(address))) throw new Refused(`is ${shown(text)}, which is not the name or address of a host`);
	return address;
}
function userName(text) {
	if (!/^[^\s-][^\s]{0,254}$/.test(text)) throw new Refused(`is ${shown(text)}, which is not the name of a user`);
	return text;
}
/** `user@host` or `user@host:port`. An IPv6 address is in brackets. */
function jumpHost(text) {
	const parts = /^([^@]+)@(\[[^\]]+\]|[^:@]+)(?::(\d+))?$/.exec(text);
	if (!parts?.[1] || !parts[2]) throw new Refused(`is ${shown(text)}, which is not of the form user@host:port`);
	return {
		user: userName(parts[1]),
		host: hostName(parts[2]),
		port: port(parts[3] ?? "22")
	};
}
/** A web service's URL. Whoever knows it may use the service, so the refusal does not show it. */
function secretUrl(text) {
	const url = URL.canParse(text) ? new URL(text) : void 0;
	const here = url?.protocol === "http:" && ["localhost", "127.0.0.1"].includes(url.hostname);
	if (url?.protocol !== "https:" && !here) throw new Refused("is not a URL that starts with https://");
	return new Secret(text);
}
const RSYNC_TARGET = /^[^\s@:/-][^\s@:/]*@(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9][A-Za-z0-9_.-]*):.+$/;
const RCLONE_REMOTE = /^[A-Za-z0-9_][A-Za-z0-9_.+ -]*:/;
/** An rclone remote (`offsite:folder`) or an rsync target (`user@host:folder`), which has an @ before its first colon. */
function remote(text) {
	const isRsync = RSYNC_TARGET.test(text);
	if (!isRsync && !RCLONE_REMOTE.test(text)) throw new Refused(`is ${shown(text)}, which is neither an rclone remote (offsite:openspp-backups) nor an rsync target (user@host:/folder)`);
	if (text.split(/[:/]/).includes("..")) throw new Refused(`is ${shown(text)}, but \`..\` may lead elsewhere than it seems: write it out`);
	return {
		tool: isRsync ? "rsync" : "rclone",
		address: text
	};
}
// src/inputs/table/input.ts
const EVERY = [
	"backup",
	"drill",
	"cycle",
	"sync",
	"restore",
	"prune",
	"monitor",
	"checklist",
	"list",
	"sweep"
];
/** The verbs of the actions. Each ends with a report. */
const ACTION_VERBS = [
	"backup",
	"sync",
	"drill",
	"cycle",
	"restore",
	"monitor"
];
// src/inputs/table/connection-inputs.ts
/** How the deployment's host is reached. */
const CONNECTION_INPUTS = {
	"ssh-host": {
		description: "Name or address of the deployment's host.",
		parse: hostName,
		as: "host",
		required: "host",
		example: "vps.example.org",
		verbs: EVERY
	},
	"ssh-port": {
		description: "Port of its SSH server.",
		parse: port,
		as: "port",
		default: "22",
		verbs: EVERY
	},
	"ssh-user": {
		description: "User on the host who may run `docker`.",
		parse: userName,
		as: "user",
		required: "host",
		example: "backup",
		verbs: EVERY
	},
	"ssh-key": {
		description: "Private key of that user, in OpenSSH or PEM format. Without it, the agent at SSH_AUTH_SOCK is asked.",
		parse: secretText,
		as: "key",
		example: "-----BEGIN OPENSSH PRIVATE KEY-----…",
		secret: true,
		multiline: true,
		verbs: EVERY
	},
	"ssh-key-passphrase": {
		description: "Passphrase of the private key, when it has one.",
		parse: secretText,
		as: "passphrase",
		secret: true,
		verbs: EVERY
	},
	"ssh-known-hosts": {
		description: "The host's public keys, as `ssh-keyscan` prints them. The host key is always checked.",
		parse: text,
		as: "knownHosts",
		required: "host",
		example: "vps.example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA…",
		multiline: true,
		verbs: EVERY
	},
	"ssh-jump": {
		description: "Host to go through first, as `user@host:port`. Its key must be in `ssh-known-hosts` too.",
		parse: jumpHost,
		as: "jump",
		example: "jump@gate.example.org:22",
		verbs: EVERY
	}
};
// src/inputs/table/deployment-inputs.ts
/** Where the deployment is, and what overrides its discovery. */
const DEPLOYMENT_INPUTS = {
	"project-directory": {
		description: "Folder on the host that holds the Compose file.",
		parse: absolutePath,
		as: "directory",
		absent: "",
		required: "deployment",
		example: "/opt/openspp/docker",
		verbs: EVERY
	},
	"compose-file": {
		description: "Compose file, relative to the project folder.",
		parse: filePath,
		default: "docker-compose.production.yml",
		verbs: EVERY
	},
	"env-file": {
		description: "File with the deployment's variables, relative to the project folder.",
		parse: filePath,
		default: ".env.production",
		verbs: EVERY
	},
	"database-service": {
		description: "Compose service that runs PostgreSQL.",
		parse: serviceName,
		default: "db",
		verbs: EVERY
	},
	"backup-service": {
		description: "Compose service that mounts the backup volume.",
		parse: serviceName,
		default: "backup",
		verbs: EVERY
	},
	"odoo-service": {
		description: "Compose service that runs Odoo, whose volume holds the filestore.",
		parse: serviceName,
		default: "odoo",
		verbs: EVERY
	},
	database: {
		description: "Production database. Default: the deployment's own.",
		parse: databaseName,
		example: "openspp",
		verbs: EVERY
	},
	"database-user": {
		description: "Role that Odoo connects as. Default: the deployment's own.",
		parse: postgresName,
		example: "odoo",
		verbs: EVERY
	},
	"database-password": {
		description: "Password of that role. Default: the deployment's own.",
		parse: secretText,
		secret: true,
		verbs: EVERY
	},
	"admin-user": {
		description: "Role that creates and drops databases. Default: the deployment's own.",
		parse: postgresName,
		example: "admin",
		verbs: EVERY
	},
	"admin-password": {
		description: "Password of that role. Default: the deployment's own.",
		parse: secretText,
		secret: true,
		verbs: EVERY
	},
	policy: {
		description: "Database policy of the guide: `strict` (an admin role creates and drops), `flexible` (the Odoo role does), or `auto` to discover it.",
		parse: policy,
		default: "auto",
		verbs: EVERY
	},
	"backup-directory": {
		description: "Where the backup volume is mounted in the backup service, when it cannot be discovered.",
		parse: absolutePath,
		example: "/backups",
		verbs: EVERY
	},
	"filestore-directory": {
		description: "Where the Odoo service has the filestores of all databases, when it is not Odoo's default.",
		parse: absolutePath,
		example: "/var/lib/odoo/filestore",
		verbs: EVERY
	}
};
// src/inputs/table/drill-inputs.ts
/** What a drill rehearses: which backup is restored, from where, where to, and how soon. */
const DRILL_INPUTS = {
	scenario: {
		description: "What the drill rehearses, as in the guide. `database-corruption`: local copy, host, 30 minutes. `server-failure`: off-site copy, fresh server on a host, 4 hours. `datacenter-outage`: off-site copy, runner, 8 hours.",
		parse: oneOf(...SCENARIOS),
		default: "database-corruption",
		verbs: ["drill", "cycle"]
	},
	source: SHARED.source,
	where: {
		description: "Where it is restored. `host`: on the deployment's own server. `fresh`: in a throwaway PostGIS container on the host that `ssh-host` names, whatever else is on it. `runner`: in such a container here, which needs no `ssh-*` input. Default: the scenario's.",
		parse: oneOf(...PLACES),
		example: "runner",
		verbs: [
			"drill",
			"cycle",
			"sweep"
		]
	},
	"runner-image": {
		description: "Image of that container. Default: `postgis/postgis` in the versions that the backup's manifest names.",
		parse: imageName,
		example: "postgis/postgis:18-3.6-alpine",
		verbs: ["drill", "cycle"]
	},
	backup: SHARED.backup,
	"throwaway-database": {
		description: "Database that the drill creates and drops.",
		parse: throwawayName,
		default: "openspp_test",
		verbs: [
			"drill",
			"cycle",
			"sweep"
		]
	},
	"keep-database": {
		description: "Keep the throwaway database after the drill, to look at it.",
		parse: boolean,
		default: "false",
		verbs: ["drill", "cycle"]
	},
	rpo: {
		description: "Recovery point objective: the oldest that the restored backup may be.",
		parse: duration,
		as: "rpoSeconds",
		default: "24h",
		verbs: ["drill", "cycle"]
	},
	rto: {
		description: "Recovery time objective: the longest that recovery may take. Default: the scenario's, `30m`, `4h` or `8h`.",
		parse: duration,
		as: "rtoSeconds",
		example: "30m",
		verbs: ["drill", "cycle"]
	}
};
// src/inputs/table/monitor-inputs.ts
/** What a monitor expects, and what a run pings. */
const MONITOR_INPUTS = {
	"ping-url": {
		description: "Address of a dead man's switch, to which each run reports that it starts, ends well or fails (the protocol of healthchecks.io; any address that takes a POST).",
		parse: secretUrl,
		example: "https://hc-ping.com/…",
		secret: true,
		verbs: [
			"backup",
			"drill",
			"cycle",
			"sync",
			"restore",
			"prune",
			"monitor",
			"checklist"
		]
	},
	"backup-within": {
		description: "The oldest that the newest backup may be. Default: the pause in the deployment's BACKUP_SCHEDULE, and a quarter of it, 2 hours at most.",
		parse: duration,
		as: "backupWithinSeconds",
		example: "26h",
		verbs: ["monitor", "checklist"]
	},
	"drill-within": {
		description: "The oldest that the last passed restore drill may be.",
		parse: duration,
		as: "drillWithinSeconds",
		default: "100d",
		verbs: ["monitor", "checklist"]
	},
	"fail-on": {
		description: "The lowest severity of a finding that makes the run red: `critical` or `warning`.",
		parse: oneOf("critical", "warning"),
		default: "critical",
		verbs: ["monitor"]
	},
	"end-sessions": {
		description: "Name of the production database, to end every session on it but ours: the guide's force-disconnect before a restore by hand.",
		parse: databaseName,
		example: "openspp",
		verbs: ["monitor"],
		face: "cli"
	}
};
// src/inputs/parse/check-lists.ts
/**
* A list in YAML, which includes JSON. The failsafe schema keeps every scalar as it was written, so
* that `expect: 1.0` is "1.0".
*/
async function sqlChecks(text) {
	const { parse } = await import("./dist3.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	let items;
	try {
		items = parse(text, {
			schema: "failsafe",
			maxAliasCount: 0
		});
	} catch (error) {
		throw new Refused(`is neither YAML nor JSON (${error.message.split("\n")[0]})`);
	}
	if (!Array.isArray(items)) throw new Refused("is not a list");
	const checks = items.map((item, index) => {
		const broken = whyNoSqlCheck(item);
		if (broken) throw new Refused(`has an item ${index + 1} that ${broken}`);
		const { name, sql, expect } = item;
		return {
			name,
			sql,
			expect
		};
	});
	const repeated = checks.find(({ name }, index) => checks.findIndex((one) => one.name === name) < index);
	if (repeated) throw new Refused(`has two items named ${shown(repeated.name)}`);
	return checks;
}
function whyNoSqlCheck(item) {
	if (typeof item !== "object" || item === null || Array.isArray(item)) return "is not a mapping";
	const fields = item;
	const keys = [
		"name",
		"sql",
		"expect"
	];
	const missing = keys.find((key) => typeof fields[key] !== "string");
	if (missing) return `has no text as ${missing}`;
	const foreign = Object.keys(fields).find((key) => !keys.includes(key));
	if (foreign !== void 0) return `has ${shown(foreign)}, which is not ${keys.join(", ")}`;
	if (!/^[\p{L}\p{N}][\p{L}\p{N} ._:/()-]{0,79}$/u.test(String(fields.name))) return "has a name that is not up to 80 letters, digits, spaces and . _ : / ( ) -";
	return String(fields.sql).trim() === "" ? "has an empty sql" : void 0;
}
/** Names of our checks, and `sql: <name>` for the user's own. */
function skippedChecks(text) {
	const names = list(text);
	const unknown = names.find((name) => !CHECK_NAMES.some((known) => known === name) && !/^sql: ./.test(name));
	if (unknown !== void 0) throw new Refused(`names ${shown(unknown)}, but the checks are ${CHECK_NAMES.join(", ")} and "sql: <name>"`);
	return names;
}
// src/inputs/table/proof-inputs.ts
/** How a restored database is proven, wherever it is. */
const PROOF_INPUTS = {
	jobs: SHARED.jobs,
	"sql-checks": {
		description: "Checks of your own, a YAML or JSON list of `name`, `sql`, `expect`: the first column of the first row must equal `expect`.",
		parse: sqlChecks,
		absent: [],
		example: "[{\"name\": \"programmes\", \"sql\": \"SELECT count(*) FROM spp_program\", \"expect\": \"12\"}]",
		multiline: true,
		verbs: [
			"drill",
			"cycle",
			"restore"
		]
	},
	"skip-checks": {
		description: "Checks to switch off, by name, separated by commas. The report says which.",
		parse: skippedChecks,
		absent: [],
		example: "rto, geometry",
		multiline: true,
		verbs: [
			"backup",
			"drill",
			"cycle",
			"restore",
			"monitor"
		]
	},
	"count-tolerance": {
		description: "How far row counts may differ from the live database, for a backup without a manifest.",
		parse: percentage,
		default: "1%",
		verbs: ["drill", "cycle"]
	}
};
// src/inputs/table/report-inputs.ts
/** What is kept of a run. */
const PUBLISH_INPUTS = {
	artifact: {
		description: "Keep the report (`report.json`, `report.html`, `junit.xml`, `summary.md`) as an artifact of the workflow run.",
		parse: boolean,
		default: "true",
		verbs: [
			"backup",
			"drill",
			"cycle",
			"sync",
			"restore",
			"monitor"
		],
		face: "action"
	},
	"artifact-days": {
		description: "Days that GitHub keeps that artifact; no more than the repository's own limit.",
		parse: wholeNumber(1, 400),
		default: "90",
		verbs: [
			"backup",
			"drill",
			"cycle",
			"sync",
			"restore",
			"monitor"
		],
		face: "action"
	}
};
/** How the team hears of a run. */
const TELL_INPUTS = {
	operation: {
		description: `What the job did whose report this is, one of \`${ACTION_VERBS.join("`, `")}\`.`,
		parse: oneOf(...ACTION_VERBS),
		required: true,
		example: "drill",
		verbs: ["report"],
		face: "action"
	},
	result: {
		description: "How that job ended, `needs.<job>.result`: what the team learns when it left no report. Without it, the report must be there.",
		parse: oneOf("success", "failure", "cancelled", "skipped"),
		example: "failure",
		verbs: ["report"],
		face: "action"
	},
	report: {
		description: "Path of the report, in the job that made it. Without it, the artifact of the workflow run is read.",
		parse: filePath,
		example: "report.json",
		verbs: ["report"],
		face: "action"
	},
	"github-token": SHARED["github-token"],
	alert: {
		description: "Open an issue when a run is red, and close it by the next green one. Needs `issues: write`.",
		parse: boolean,
		default: "true",
		verbs: ["report"],
		face: "action"
	},
	"alert-labels": {
		description: "Labels of that issue, in addition to `openspp-backup`, separated by commas.",
		parse: list,
		absent: [],
		example: "ops, urgent",
		verbs: ["report"],
		face: "action"
	},
	"alert-assignees": {
		description: "Who is assigned to it: logins, separated by commas.",
		parse: list,
		absent: [],
		example: "octocat",
		verbs: ["report"],
		face: "action"
	},
	"webhook-url": {
		description: "Webhook of a chat that gets a message of each red run, and of the green one after it.",
		parse: secretUrl,
		example: "https://chat.example.org/hooks/…",
		secret: true,
		verbs: ["report"],
		face: "action"
	},
	"webhook-format": {
		description: "What that chat understands: `slack`, `teams`, `mattermost`, or plain JSON: `generic`.",
		parse: oneOf(...WEBHOOK_FORMATS),
		default: "generic",
		verbs: ["report"],
		face: "action"
	},
	history: {
		description: "Keep the report, and an index of all, on a branch. Needs `contents: write`.",
		parse: boolean,
		default: "true",
		verbs: ["report"],
		face: "action"
	},
	"history-branch": SHARED["history-branch"],
	"pull-request": {
		description: "On a pull request, write the result as a comment. On a schedule, open a pull request that adds the quarter's drill to the repository. Needs `pull-requests: write`, and on a schedule also `contents: write`.",
		parse: boolean,
		default: "true",
		verbs: ["report"],
		face: "action"
	},
	"keep-alive": {
		description: "Keep the schedules of `backup.yml`, `drill.yml` and `monitor.yml` from being switched off after 60 days. Needs `actions: write`.",
		parse: boolean,
		default: "false",
		verbs: ["report"],
		face: "action"
	}
};
/** Where the results of earlier runs are, for a report's trend. */
const TREND_INPUTS = {
	"github-token": SHARED["github-token"],
	"history-branch": SHARED["history-branch"]
};
// src/inputs/table/restore-inputs.ts
/** How production is restored. */
const RESTORE_INPUTS = {
	source: SHARED.source,
	backup: SHARED.backup,
	confirm: {
		description: "The exact text `restore <database> on <ssh-host>`, without which nothing is restored into production.",
		parse: text,
		example: "restore openspp on vps.example.org",
		verbs: ["restore"]
	},
	what: {
		description: "What to restore: `database`, `filestore`, `both`, or `auto`: both where the backup holds a filestore. A copy is of the database alone.",
		parse: oneOf("auto", "database", "filestore", "both"),
		default: "auto",
		verbs: ["restore"]
	},
	strategy: {
		description: "`swap` restores next to production, proves it, and exchanges the two within seconds; `replace` drops production first, for a disk that cannot hold both; `copy` leaves production alone.",
		parse: oneOf("swap", "replace", "copy"),
		default: "swap",
		verbs: ["restore"]
	},
	"safety-backup": {
		description: "What `replace` does before it drops production: `take` a backup, or `none` of it.",
		parse: either("take", "none"),
		default: "take",
		verbs: ["restore"]
	},
	tables: {
		description: "Restore only these tables, separated by commas, into a copy to look at. Never into production.",
		parse: tableNames,
		absent: [],
		example: "res_partner, spp_program",
		multiline: true,
		verbs: ["restore"]
	},
	neutralize: {
		description: "Of a copy: switch off its mail servers and scheduled jobs by Odoo's own command, so that people may open it.",
		parse: boolean,
		default: "false",
		verbs: ["restore"]
	},
	services: {
		description: "Compose services that use the database and are stopped while names are exchanged. Others with a session are found.",
		parse: serviceNames,
		default: "odoo, queue-worker",
		verbs: ["restore"]
	},
	"healthy-within": {
		description: "How long the services may take to become healthy on the restored database before the former one is brought back.",
		parse: duration,
		as: "healthyWithinSeconds",
		default: "5m",
		verbs: ["restore"]
	},
	"keep-days": {
		description: "How many days the former production database and filestore, or a copy, are kept.",
		parse: wholeNumber(1, 3650),
		default: "7",
		verbs: ["restore"]
	},
	undo: {
		description: "Bring back the database, or the filestore, that the last restore replaced, as long as it is kept.",
		parse: boolean,
		default: "false",
		verbs: ["restore"]
	},
	status: {
		description: "Say what earlier restores left: interrupted ones, databases that are kept and until when.",
		parse: boolean,
		default: "false",
		verbs: ["restore"],
		face: "cli"
	},
	"dry-run": SHARED["dry-run"]
};
// src/inputs/table/sync-inputs.ts
/** Where the copies are, and how they are made and proven. */
const SYNC_INPUTS = {
	remote: {
		description: "Where the copies of the backups are: an rclone remote (`offsite:openspp-backups`) or an rsync target (`backup@remote.example.org:/backups/openspp`). A cycle copies there when it is given, and a monitor looks at what is there.",
		parse: remote,
		example: "offsite:openspp-backups",
		verbs: [
			"sync",
			"drill",
			"cycle",
			"restore",
			"monitor",
			"checklist"
		]
	},
	"rclone-config": {
		description: "rclone's configuration, the text of an `rclone.conf`. rclone gets it as environment variables, not as a file. While rclone runs in a throwaway container, Docker stores these variables on that machine, where root can read them. Without this input, rclone uses the configuration of the machine that it runs on.",
		parse: rcloneConfig,
		secret: true,
		multiline: true,
		verbs: [
			"sync",
			"drill",
			"cycle",
			"restore",
			"monitor",
			"checklist"
		]
	},
	from: {
		description: "Which machine copies, and looks at the remote for a monitor. `host`: the deployment's, with its own rclone or rsync. `runner`: this one, with rclone, for a host that must not hold the remote's credentials.",
		parse: oneOf("host", "runner"),
		default: "host",
		verbs: [
			"sync",
			"cycle",
			"monitor",
			"checklist"
		]
	},
	"sync-mode": {
		description: "`copy` adds what is new and changes nothing that is there; `sync` makes the remote what the backup volume is, deletions too, within limits.",
		parse: oneOf("copy", "sync"),
		as: "mode",
		default: "copy",
		verbs: ["sync", "cycle"]
	},
	verify: {
		description: "How the copy is proven. `size`: by size alone. `hash`: by hashes that both ends make, or by reading back where the remote has none. `download`: always by reading back.",
		parse: oneOf("size", "hash", "download"),
		default: "hash",
		verbs: ["sync", "cycle"]
	},
	"bandwidth-limit": {
		description: "The most bytes per second that a copy may take.",
		parse: bandwidth,
		example: "10M",
		verbs: [
			"sync",
			"drill",
			"cycle",
			"restore"
		]
	},
	retries: {
		description: "How often an interrupted copy is tried again: after 1, 5 and 20 s, then after a minute each. A remote that is gone is red within about a minute by default.",
		parse: wholeNumber(0, 100),
		default: "3",
		verbs: [
			"sync",
			"drill",
			"cycle",
			"restore"
		]
	},
	"max-delete": {
		description: "The most of the remote's files that `sync-mode: sync` may delete in one run.",
		parse: percentage,
		default: "50%",
		verbs: ["sync", "cycle"]
	},
	"deleted-files": {
		description: "What becomes of files that `sync-mode: sync` replaces or deletes: `trash` keeps them in a dated folder of the remote, `gone` does not.",
		parse: oneOf("trash", "gone"),
		default: "trash",
		verbs: ["sync", "cycle"]
	}
};
// src/inputs/table.ts
/** What the root action can do. The first is its default. */
const COMMANDS = [
	"cycle",
	"backup",
	"sync",
	"drill"
];
/**
* The one list of inputs, by topic: as an input of an action (INPUT_*), as an option of the CLI, or
* in its environment (OPENSPP_*). The action.yml files, the CLI's options, the tables in the
* documentation and the Settings all come from it, in its order.
*/
const GROUPS = {
	root: { command: {
		description: "What to do: `cycle` takes a backup, copies it off-site when `remote` is given, and drills it; `backup`, `sync` and `drill` do one of these.",
		parse: oneOf(...COMMANDS),
		default: COMMANDS[0],
		verbs: ["cycle"],
		face: "action"
	} },
	connection: CONNECTION_INPUTS,
	deployment: DEPLOYMENT_INPUTS,
	backup: BACKUP_INPUTS,
	retention: RETENTION_INPUTS,
	monitor: MONITOR_INPUTS,
	drill: DRILL_INPUTS,
	restore: RESTORE_INPUTS,
	proof: PROOF_INPUTS,
	sync: SYNC_INPUTS,
	publish: PUBLISH_INPUTS,
	tell: TELL_INPUTS,
	trend: TREND_INPUTS
};
/** All inputs by name. An input that several groups share is in it once, at its first place. */
const INPUTS = Object.assign({}, ...Object.values(GROUPS));
const INPUT_NAMES = Object.keys(INPUTS);
/** The inputs of an action, or of a command of the CLI, that can do these verbs. */
function inputsOf(face, verbs) {
	return INPUT_NAMES.filter((name) => {
		const input = INPUTS[name];
		return verbs.some((verb) => input.verbs.includes(verb)) && (input.face ?? face) === face;
	});
}
/** An input's name in Settings: its `as`, or its own name in camel case. */
function settingOf(name) {
	return INPUTS[name].as ?? camelCase(name);
}
function camelCase(name) {
	return name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}
export { inputsOf as a, typeIn as c, enter as d, perform as f, camelCase as i, Refused as l, INPUTS as n, settingOf as o, withHost as p, INPUT_NAMES as r, boolean as s, GROUPS as t, shown as u };
