import { i as __toESM } from "./rolldown-runtime.js";
import { a as UserMistake } from "./failure.js";
import { c as Refused, i as TELL_INPUT_NAMES, r as RUN_INPUT_NAMES, s as typeIn, t as INPUTS, u as shown } from "./table.js";
import { i as rehearsalOf } from "./scenario.js";
import { n as Secret } from "./secret.js";
// src/inputs/read-values.ts
function readValues(source, names = RUN_INPUT_NAMES) {
	const mistakes = [];
	const entries = names.map((name) => {
		try {
			return [name, meaningOf(name, source)];
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			mistakes.push({
				name,
				reason: error.message
			});
			return [name, void 0];
		}
	});
	if (mistakes.length > 0) throw mistaken(mistakes, source);
	return Object.fromEntries(entries);
}
/** Given mistakes and where inputs come from, return the one error that names them all, with an example of each. */
function mistaken(mistakes, source) {
	const sentences = mistakes.map(({ name, reason }) => `${source.call(name)} ${reason}.`);
	const examples = mistakes.flatMap(({ name }) => {
		const input = INPUTS[name];
		const example = input.example ?? input.default;
		return example === void 0 ? [] : [source.show(name, example)];
	});
	return new UserMistake({
		what: sentences.join("\n"),
		state: "Nothing was done.",
		next: examples.length > 0 ? ["write for example", ...examples].join("\n  ") : void 0
	});
}
function meaningOf(name, source) {
	const input = INPUTS[name];
	const given = tidy(source.read(name) ?? "", input) || input.default;
	if (given === void 0) {
		if (input.required) throw new Refused("is missing");
		return;
	}
	refuseControlCharacters(given, input);
	return input.parse(given);
}
/**
* What surrounds a value is an accident of YAML or of a copied file; but spaces may belong to a password, and those
* before the first item of a list to its indentation.
*/
function tidy(given, input) {
	if (input.secret && !input.multiline) return given.replace(/[\r\n]+$/, "");
	if (input.secret || !input.multiline) return given.trim();
	return given.replace(/^(?:[ \t]*\r?\n)+/, "").trimEnd();
}
function refuseControlCharacters(given, { multiline }) {
	for (const [character] of given.matchAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g)) {
		if (multiline && /[\t\r\n]/.test(character)) continue;
		const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
		const called = /[\r\n]/.test(character) ? "a line break" : `the control character U+${code}`;
		throw new Refused(`holds ${called}, which no value of it can`);
	}
}
// src/inputs/read-sql-checks.ts
/**
* Given what the inputs mean, return the user's own checks and the names of those to skip. Throws UserMistake for a
* list that is none, and for a skipped check of that list that is not in it.
*/
async function readChecks(values, source) {
	const sqlChecks = values["sql-checks"] ? await readSqlChecks(values["sql-checks"], source) : [];
	const skipChecks = values["skip-checks"] ?? [];
	const known = sqlChecks.map(({ name }) => `sql: ${name}`);
	const unknown = skipChecks.find((name) => name.startsWith("sql: ") && !known.includes(name));
	if (unknown !== void 0) throw mistaken([{
		name: "skip-checks",
		reason: `names ${shown(unknown)}, which is not in ${source.call("sql-checks")}`
	}], source);
	return {
		sqlChecks,
		skipChecks
	};
}
/** YAML's failsafe schema keeps every scalar as it was written, so that `expect: 1.0` stays "1.0"; JSON is YAML too. */
async function readSqlChecks(given, source) {
	const refuse = (reason) => mistaken([{
		name: "sql-checks",
		reason
	}], source);
	const { parse } = await import("./dist3.js").then((m) => /* @__PURE__ */ __toESM(m.default, 1));
	let items;
	try {
		items = parse(given, {
			schema: "failsafe",
			maxAliasCount: 0
		});
	} catch (error) {
		throw refuse(`is neither YAML nor JSON (${error.message.split("\n")[0]})`);
	}
	if (!Array.isArray(items)) throw refuse("is not a list");
	const checks = items.map((item, index) => {
		const broken = whyNoSqlCheck(item);
		if (broken) throw refuse(`has an item ${index + 1} that ${broken}`);
		const { name, sql, expect } = item;
		return {
			name,
			sql,
			expect
		};
	});
	const repeated = checks.find(({ name }, index) => checks.findIndex((one) => one.name === name) < index);
	if (repeated) throw refuse(`has two items named ${shown(repeated.name)}`);
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
// src/inputs/read-settings.ts
async function readSettings(source, agent, verb) {
	const place = placeOf(source, verb);
	const values = place === "host" ? readValues(source) : readValues(source, USED[place]);
	refuseContradictions(values, source);
	refuseMissingRemote(values, source, verb);
	refuseUnknownRemote(values, source);
	return {
		...place !== "runner" && { connection: connectionIn(values, source, agent) },
		deployment: {
			directory: place === "host" ? values["project-directory"] : "",
			composeFile: values["compose-file"],
			envFile: values["env-file"],
			databaseService: values["database-service"],
			backupService: values["backup-service"],
			odooService: values["odoo-service"],
			database: values.database,
			databaseUser: values["database-user"],
			databasePassword: secret(values["database-password"]),
			adminUser: values["admin-user"],
			adminPassword: secret(values["admin-password"]),
			policy: values.policy === "auto" ? void 0 : values.policy,
			backupDirectory: values["backup-directory"],
			filestoreDirectory: values["filestore-directory"]
		},
		backup: {
			mode: values.mode,
			compression: values.compression,
			filestore: values.filestore,
			jobs: values.jobs
		},
		drill: {
			backup: values.backup,
			throwawayDatabase: values["throwaway-database"],
			keepDatabase: values["keep-database"],
			rpoSeconds: values.rpo,
			...rehearsalIn(values),
			runnerImage: values["runner-image"]
		},
		restore: {
			backup: values.backup,
			source: values.source ?? "local",
			confirmation: values.confirm,
			what: values.what,
			strategy: values.tables ? "copy" : values.strategy,
			tables: values.tables ?? [],
			neutralize: values.neutralize,
			services: values.services,
			healthyWithinSeconds: values["healthy-within"],
			keepDays: values["keep-days"],
			safetyBackup: values["safety-backup"] === "take",
			undo: values.undo,
			status: values.status,
			dryRun: values["dry-run"]
		},
		proof: {
			jobs: values.jobs,
			...await readChecks(values, source),
			countTolerance: values["count-tolerance"]
		},
		retention: {
			on: values.retention === "on",
			dryRun: values["dry-run"],
			policy: retentionPolicy(values)
		},
		sync: {
			remote: values.remote,
			rcloneConfig: values["rclone-config"],
			from: values.from,
			mode: values["sync-mode"],
			verify: values.verify,
			limit: values["bandwidth-limit"],
			retries: values.retries,
			mostDeleted: values["max-delete"],
			trash: values["deleted-files"] === "trash"
		},
		monitor: {
			backupSeconds: values["backup-within"],
			drillSeconds: values["drill-within"],
			failOn: values["fail-on"],
			endSessionsOf: values["end-sessions"]
		},
		pingUrl: secret(values["ping-url"])
	};
}
/** Given where inputs come from, return how the team is to be told of a run. Throws UserMistake. */
function readTellSettings(source) {
	const values = readValues(source, TELL_INPUT_NAMES);
	const url = secret(values["webhook-url"]);
	return {
		operation: values.operation,
		result: values.result,
		report: values.report,
		token: new Secret(values["github-token"]),
		...values.alert && { issues: {
			labels: values["alert-labels"] ?? [],
			assignees: values["alert-assignees"] ?? []
		} },
		...url && { webhook: {
			url,
			format: values["webhook-format"]
		} },
		...values.history && { historyBranch: values["history-branch"] },
		pullRequest: values["pull-request"],
		keepAlive: values["keep-alive"]
	};
}
/** Told before anything is connected: without a remote there is no off-site copy, to make or to restore. */
function refuseMissingRemote(values, source, verb) {
	const needed = verb === "sync" || verb === "restore" && values.source === "offsite" || (verb === "drill" || verb === "cycle") && rehearsalIn(values).source === "offsite";
	if (values.remote || !needed) return;
	throw mistaken([{
		name: "remote",
		reason: "is missing, and it says where the off-site copy is"
	}], source);
}
/** What only rclone can, and only on the host; and a configuration that was handed in is all that rclone gets to see. */
function refuseUnknownRemote(values, source) {
	const { remote, from, "rclone-config": config } = values;
	if (remote?.tool === "rsync" && from === "runner") throw mistaken([{
		name: "from",
		reason: "is `runner`, which only rclone can: rsync does not copy from one server to another"
	}], source);
	if (values["sync-mode"] === "sync" && from === "runner") throw mistaken([{
		name: "from",
		reason: "is `runner`, which copies file by file: a mirror is made by the host"
	}], source);
	const name = remote?.address.split(":")[0] ?? "";
	if (remote?.tool !== "rclone" || !config || typeIn(config, name) !== void 0) return;
	throw mistaken([{
		name: "remote",
		reason: `names ${shown(name)}, which is not in ${source.call("rclone-config")}`
	}], source);
}
/** What is read for a drill on a fresh server, wherever that is. */
const USED = {
	fresh: namesBut("deployment"),
	runner: namesBut("deployment", "host")
};
function namesBut(...needs) {
	return RUN_INPUT_NAMES.filter((name) => {
		const input = INPUTS[name];
		return !input.required || !needs.includes(input.required);
	});
}
/** Only a drill on a fresh server, and the sweep after it, use nothing of a deployment. */
function placeOf(source, verb) {
	if (verb !== "drill" && verb !== "sweep") return "host";
	return rehearsalIn(readValues(source, [
		"scenario",
		"source",
		"where",
		"rto"
	])).where;
}
function rehearsalIn({ scenario, source, where, rto: rtoSeconds }) {
	return rehearsalOf(scenario, {
		source,
		where,
		rtoSeconds
	});
}
function connectionIn(values, source, agent) {
	if (!values["ssh-key"] && !agent) throw mistaken([{
		name: "ssh-key",
		reason: "is missing, and no SSH agent is running"
	}], source);
	return {
		host: values["ssh-host"],
		port: values["ssh-port"],
		user: values["ssh-user"],
		key: secret(values["ssh-key"]),
		passphrase: secret(values["ssh-key-passphrase"]),
		agent: values["ssh-key"] ? void 0 : agent,
		knownHosts: values["ssh-known-hosts"],
		jump: values["ssh-jump"]
	};
}
/** Inputs of which each could be, and not all of them together. */
function refuseContradictions(values, source) {
	const mistakes = [];
	if (values["throwaway-database"] === values.database?.toLowerCase()) {
		const reason = `is ${shown(values.database)}, the production database`;
		mistakes.push({
			name: "throwaway-database",
			reason
		});
	}
	const { where } = rehearsalIn(values);
	if (where !== "host" && values.source === "local") mistakes.push({
		name: "source",
		reason: "is local, but a fresh server has only the off-site copy"
	});
	if (where !== "host" && values["keep-database"]) mistakes.push({
		name: "keep-database",
		reason: "is true, but on a fresh server nothing is kept"
	});
	if (values["dry-run"] && values.source === "offsite") mistakes.push({
		name: "source",
		reason: "is offsite, but the commands would name files that stand here only meanwhile"
	});
	if (mistakes.length > 0) throw mistaken(mistakes, source);
}
function secret(value) {
	return value === void 0 ? void 0 : new Secret(value);
}
/** What the user did not say is left to the deployment's own policy. */
function retentionPolicy(values) {
	const { "keep-daily": days, "keep-weekly": weeks, "keep-monthly": months } = values;
	return {
		...days !== void 0 && { days },
		...weeks !== void 0 && { weeks },
		...months !== void 0 && { months }
	};
}
// src/report/progress.ts
const STEP = .1;
const QUIET_SECONDS = 10;
/** What is over sooner than this needs no percentages. */
const PATIENCE_SECONDS = 2;
/** Decides which of many reports of progress are worth a line of a log that only grows. */
var Progress = class {
	#clock;
	#what = "";
	#fraction = 0;
	#saidAt = 0;
	constructor(clock) {
		this.#clock = clock;
	}
	/** Given how far a step is, return the line to print, or nothing when the last one still tells enough. */
	lineFor(fraction, what, detail) {
		const now = this.#clock.seconds();
		if (what !== this.#what || fraction < this.#fraction) {
			this.#what = what;
			this.#fraction = 0;
			this.#saidAt = now;
		}
		const silence = now - this.#saidAt;
		if (!(fraction - this.#fraction >= STEP && silence >= PATIENCE_SECONDS) && silence < QUIET_SECONDS) return void 0;
		this.#fraction = fraction;
		this.#saidAt = now;
		return progressLine(fraction, what, detail);
	}
};
/** Given how far a step is, return it as a line: ` 42 % of 1.2 GB copied, 35 MB/s, 20 s left`. */
function progressLine(fraction, what, detail) {
	return `${percent(fraction)} ${what}${detail ? `, ${detail}` : ""}`;
}
/** Given a fraction from 0 to 1, return it as a percentage of four characters. */
function percent(fraction) {
	return `${Math.floor(Math.min(1, Math.max(0, fraction)) * 100)} %`.padStart(5);
}
export { readValues as a, readTellSettings as i, progressLine as n, readSettings as r, Progress as t };
