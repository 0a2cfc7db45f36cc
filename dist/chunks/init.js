import "./rolldown-runtime.js";
import { a as systemClock, r as isGood, t as VERBS } from "./verbs.js";
import { c as program, r as quote } from "./shell.js";
import { n as INPUTS, p as withHost } from "./table.js";
import { a as UserMistake, i as Unreachable, r as Failure, t as Cancelled } from "./failure.js";
import { t as readSettings } from "./read-settings.js";
import { n as Secret } from "./secret.js";
import { r as variableOf, t as cliInputs } from "./options.js";
import { r as renderListing, t as renderReport } from "./render-result.js";
import { t as TerminalLog } from "./terminal-log.js";
import { i as knownHostsLine, r as keyTypeOf, t as fingerprint } from "./known-hosts.js";
import { t as require_dist } from "./dist2.js";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
// src/cli/init/asker.ts
/** A person at a terminal. `signal` ends the question. */
function person(signal) {
	const context = {
		signal,
		output: process.stderr
	};
	return {
		text: async (message, _, suggestion) => {
			const { input } = await import("./dist.js");
			return (await input({
				message,
				required: true,
				...suggestion && { default: suggestion }
			}, context).catch(leave)).trim();
		},
		agree: async (message) => {
			const { confirm } = await import("./dist.js");
			return confirm({
				message,
				default: false
			}, context).catch(leave);
		}
	};
}
/** While a question waits, Ctrl-C arrives here as an ordinary key. */
function leave(error) {
	if (!["ExitPromptError", "AbortPromptError"].includes(error.name)) throw error;
	throw new Cancelled({
		what: "The set-up was cancelled.",
		state: "What it has made stays; run init again to go on."
	}, { cause: error });
}
/** Nobody can be asked: what is missing is a mistake that names its option. */
const nobody = {
	text: (question, option) => refuse(question, option),
	agree: (question, option) => refuse(question, option)
};
async function refuse(question, option) {
	throw new UserMistake({
		what: `${question} Nobody is at the terminal to answer.`,
		state: "Nothing was changed.",
		next: `Answer with ${option}.`
	});
}
// src/cli/init/instructions.ts
/**
* What an administrator does once on the host. It makes a user who may use Docker, log in with this
* key alone, and read the deployment's variables (docs/setup.md, "The user on the host").
*/
function hostInstructions(user, directory, publicKey) {
	const name = quote(user);
	const home = `/home/${user}/.ssh`;
	const line = `restrict,port-forwarding,permitopen="*:5432" ${publicKey.trim()}`;
	return [
		"On the host, once:",
		"",
		`  sudo useradd --create-home --groups docker --password '*' ${name}`,
		`  sudo install -d -m 700 -o ${name} -g ${name} ${quote(home)}`,
		`  echo ${quote(line)} | sudo tee -a ${quote(`${home}/authorized_keys`)}`,
		`  sudo chgrp ${name} ${quote(`${directory}/.env.production`)}`,
		`  sudo chmod 640 ${quote(`${directory}/.env.production`)}`,
		"",
		"Whoever may use Docker is root on that host: treat the key like the root password.",
		""
	].join("\n");
}
function fingerprintInstructions(host, type, fingerprint) {
	const file = `/etc/ssh/ssh_host_${type.replace(/^ssh-|-nistp\d+$|-sha2.*$/g, "")}_key.pub`;
	return [
		`${host} shows the ${type} key`,
		"",
		`  ${fingerprint}`,
		"",
		"Compare it with what the host itself says, at its console or over a connection that you trust already:",
		"",
		`  ssh-keygen -l -f ${file}`,
		""
	].join("\n");
}
// src/cli/init/host-key.ts
/**
* The known_hosts line of the key that the host shows. First a person, or the option with its
* fingerprint, confirms that it is the host's own. Throws UserMistake for another fingerprint.
*/
async function pinnedHostKey(given, asker, { connection }) {
	if (connection.jump) throw behindJump();
	const { readHostKey } = await import("./ssh-setup.js");
	const key = await readHostKey(connection);
	const shown = fingerprint(key);
	if (given.fingerprint !== void 0) {
		if (given.fingerprint !== shown) throw another(connection.host, shown, String(given.fingerprint));
	} else {
		process.stdout.write(fingerprintInstructions(connection.host, keyTypeOf(key), shown));
		if (!await asker.agree("Is it the same?", `--fingerprint ${shown}, once you have compared it`)) throw notCompared();
	}
	return knownHostsLine(connection, key);
}
function another(host, shown, wanted) {
	return new Unreachable({
		what: `${host} shows the host key ${shown}, and not ${wanted}.`,
		why: "The host was installed again, or somebody is between it and this machine.",
		state: "Nothing was sent to the host.",
		next: "Find out which, at the host's own console."
	});
}
function notCompared() {
	return new UserMistake({
		what: "The host's key was not confirmed.",
		state: "Nothing was sent to the host.",
		next: "Compare the fingerprint at the host's own console, then run init again."
	});
}
function behindJump() {
	return new UserMistake({
		what: "Behind a jump host, the host's key cannot be read from here.",
		state: "Nothing was sent to the host.",
		next: "Give the keys of both hosts with --ssh-known-hosts-file."
	});
}
// src/cli/init/key-file.ts
/**
* Not in the current folder: that is a clone of the operations repository, and one `git add` would
* publish the key.
*/
const OWN_KEY = join(homedir(), ".ssh", "openspp-backup-key");
/** Undefined where there is no file. Throws UserMistake for one that cannot be read. */
async function readKeyFile(path) {
	return readFile(path, "utf8").catch((error) => {
		if (error.code === "ENOENT") return void 0;
		throw unusable(path, error);
	});
}
/**
* Makes a pair as `ssh-keygen` does: only its owner may read the private half. Throws UserMistake
* where a file exists already.
*/
async function makeKeyFile(path) {
	const { makeKeyPair } = await import("./ssh-setup.js");
	const { privateKey, publicKey } = makeKeyPair("openspp-backup");
	try {
		await mkdir(dirname(path), {
			recursive: true,
			mode: 448
		});
		await writeFile(path, privateKey, {
			mode: 384,
			flag: "wx"
		});
		await writeFile(`${path}.pub`, `${publicKey.trim()}\n`, { flag: "wx" });
	} catch (error) {
		throw unusable(path, error);
	}
	return privateKey;
}
function unusable(path, cause) {
	return new UserMistake({
		what: `The key ${path} can neither be read nor made.`,
		why: cause.message,
		next: "Name another file with --new-key, or a key that there is with --ssh-key-file."
	}, { cause });
}
// src/cli/init/repository-settings.ts
/**
* The first is for backups, drills and messages to the team. The second is for the restore, and its
* reviewers guard it.
*/
const ENVIRONMENTS = ["openspp", "openspp-restore"];
/**
* In the order in which they must be set. The workflows start when OPENSPP_SSH_HOST is set, so it
* comes last.
*/
function repositorySettings({ connection, deployment }) {
	const { host, port, user, knownHosts, jump } = connection;
	const given = [
		["ssh-port", String(port)],
		["ssh-user", user],
		["ssh-known-hosts", knownHosts],
		["ssh-jump", jump && `${jump.user}@${jump.host}:${jump.port}`],
		["project-directory", deployment.directory],
		["ssh-host", host]
	];
	return [
		...ENVIRONMENTS.map((name) => ({
			kind: "environment",
			name
		})),
		...ENVIRONMENTS.flatMap((environment) => secretsIn(environment, connection)),
		...given.flatMap(([name, value]) => value && value !== INPUTS[name].default ? [{
			kind: "variable",
			name: variableOf(name),
			value: value.trim()
		}] : [])
	];
}
function secretsIn(environment, { key, passphrase }) {
	return [["ssh-key", key], ["ssh-key-passphrase", passphrase]].flatMap(([name, value]) => value ? [{
		kind: "secret",
		name: variableOf(name),
		value,
		environment
	}] : []);
}
/** The argv of `gh`. A secret's value is its standard input. `repository` is `owner/name`. */
function ghArguments({ kind, name, value, environment = "" }, repository) {
	switch (kind) {
		case "environment": return [
			"gh",
			"api",
			"--silent",
			"--method",
			"PUT",
			`repos/${repository}/environments/${name}`
		];
		case "secret": return [
			"gh",
			"secret",
			"set",
			name,
			"--env",
			environment,
			"--repo",
			repository
		];
		case "variable": return [
			"gh",
			"variable",
			"set",
			name,
			"--body",
			String(value),
			"--repo",
			repository
		];
	}
}
function ghLines(settings, repository, keyFile) {
	return settings.map((setting) => {
		const line = ghArguments(setting, repository).map(quote).join(" ");
		const file = setting.name === variableOf("ssh-key") ? keyFile : void 0;
		return file === void 0 ? line : `${line} < ${quote(file)}`;
	});
}
// src/cli/init/workflows.ts
var import_dist = require_dist();
/** The repository whose workflows a deployment's repository calls. */
const PROJECT = "OpenSPP/openspp-backup-actions";
const WORKFLOWS = [
	"backup.yml",
	"drill.yml",
	"restore.yml",
	"monitor.yml"
];
/**
* The workflow in a deployment's own repository that calls one of this project. The same events
* start it, and it has the same inputs, and the permissions that its jobs need. `text` is the
* called workflow's, and `pin` its commit.
*/
function callingWorkflow(text, file, pin) {
	const { name, on, jobs } = (0, import_dist.parse)(text);
	const { inputs = {}, secrets = {} } = on.workflow_call;
	const permissions = new Map(Object.values(jobs).flatMap((job) => Object.entries(job.permissions ?? {})).sort(([, access], [, other]) => access.localeCompare(other)));
	const expression = (what) => `\${{ ${what} }}`;
	return [
		`# Written by \`openspp-backup init\`. What it calls: https://github.com/${PROJECT}`,
		`name: ${name}`,
		"",
		triggers(text),
		"permissions: {}",
		"",
		"jobs:",
		`  ${file.replace(".yml", "")}:`,
		`    name: ${name}`,
		"    permissions:",
		...[...permissions].map(([permission, access]) => `      ${permission}: ${access} # what its jobs ask for`),
		`    uses: ${PROJECT}/.github/workflows/${file}@${pin.commit} # v${pin.version}`,
		...block("with", Object.keys(inputs), (input) => expression(`inputs.${input}`)),
		...block("secrets", Object.keys(secrets), (secret) => expression(`secrets.${secret}`)),
		""
	].join("\n");
}
/** The events that start the called workflow, as written there, without the call itself. */
function triggers(text) {
	return text.slice(text.indexOf("\non:\n") + 1, text.indexOf("\npermissions:") + 1).replace(/^ {2}workflow_call:\n(?: {4,}.*\n)*/m, "");
}
function block(key, names, value) {
	if (names.length === 0) return [];
	return [`    ${key}:`, ...names.map((name) => `      ${name}: ${value(name)}`)];
}
// src/cli/init/init.ts
/**
* Sets up a deployment: a key, the host's key, the connection, the workflows, the repository's
* settings, a first backup and a first drill. Returns the exit code.
*/
async function init(given, project, signal) {
	const setup = {
		given,
		asker: process.stdin.isTTY && process.stderr.isTTY ? person(signal) : nobody,
		project,
		signal
	};
	const { settings, keyFile } = await reach(setup);
	await writeWorkflows(setup, settings);
	await setRepository(setup, settings, keyFile);
	return given.firstRun === false ? 0 : firstRun(setup, settings);
}
/** Asks for what is missing, until the deployment answers. */
async function reach(setup) {
	const { given, asker } = setup;
	const source = cliInputs(given);
	const ask = async (name, question, suggestion) => source.read(name) ?? asker.text(question, source.call(name), suggestion);
	const answers = {
		"ssh-host": await ask("ssh-host", "Name or address of the deployment's host?"),
		"ssh-user": await ask("ssh-user", "User on that host for backups?", "openspp-backup"),
		"project-directory": await ask("project-directory", "Folder on that host that holds the Compose file?", "/opt/openspp/docker")
	};
	const { key, keyFile } = await keyFor(setup, answers);
	const known = given.sshKnownHosts ?? given.sshKnownHostsFile;
	answers["ssh-key"] = key;
	answers["ssh-known-hosts"] = known === void 0 ? await pinnedHostKey(given, asker, await readSettings(over(source, answers, "unpinned"))) : source.read("ssh-known-hosts");
	const settings = await readSettings(over(source, answers));
	await tryUntilReached(setup, settings);
	return {
		settings,
		keyFile
	};
}
function over(source, answers, knownHosts) {
	const unpinned = (name) => name === "ssh-known-hosts" ? knownHosts : void 0;
	return {
		...source,
		read: (name) => answers[name] ?? unpinned(name) ?? source.read(name)
	};
}
/** The key that was given, or one that is made here. A new one must then be allowed on the host. */
async function keyFor({ given, asker }, answers) {
	if (given.sshKeyFile !== void 0 || process.env.OPENSPP_SSH_KEY) {
		const keyFile = typeof given.sshKeyFile === "string" ? given.sshKeyFile : void 0;
		return {
			key: cliInputs(given).read("ssh-key"),
			...keyFile && { keyFile }
		};
	}
	const keyFile = typeof given.newKey === "string" ? given.newKey : OWN_KEY;
	const found = await readKeyFile(keyFile);
	const key = found ?? await makeKeyFile(keyFile);
	say(`${found ? "The key is" : "Made a key:"} ${keyFile}, its public half ${keyFile}.pub.\n`);
	const publicKey = await readFile(`${keyFile}.pub`, "utf8");
	const { "ssh-user": user = "", "project-directory": directory = "" } = answers;
	say(hostInstructions(user, directory, publicKey));
	if (given.yes !== true && !await asker.agree("Is that done?", "--yes")) throw notYet(keyFile);
	return {
		key,
		keyFile
	};
}
function notYet(keyFile) {
	return new UserMistake({
		what: "The host does not know the key yet.",
		state: `The key is in ${keyFile}; nothing else was changed.`,
		next: "Do that on the host, then run init again: it goes on with this key."
	});
}
/** Somebody at a terminal can mend what is wrong and try again. */
async function tryUntilReached(setup, settings) {
	for (;;) try {
		const { listed } = await onHost(setup, settings, (effects) => VERBS.list.perform(settings, effects));
		say(`Connected. ${renderListing(listed, systemClock.now())}`);
		return;
	} catch (error) {
		if (!(error instanceof Failure) || setup.asker === nobody) throw error;
		process.stderr.write(`${error.message}\n\n`);
		if (!await setup.asker.agree("Try again?", "")) throw error;
	}
}
/** Existing workflows are left alone: this repository may be made from the project's template. */
async function writeWorkflows(setup, settings) {
	const { given, project } = setup;
	const folder = typeof given.workflows === "string" ? given.workflows : ".github/workflows";
	const pin = {
		commit: await commitOf(setup, settings),
		version: await versionOf(project)
	};
	await mkdir(folder, { recursive: true });
	for (const file of WORKFLOWS) {
		const path = join(folder, file);
		const text = await readFile(join(project, ".github/workflows", file), "utf8");
		try {
			await writeFile(path, callingWorkflow(text, file, pin), { flag: "wx" });
			say(`Wrote ${path}.\n`);
		} catch (error) {
			if (error.code !== "EEXIST") throw error;
			say(`Left ${path} as it is.\n`);
		}
	}
}
/** The called workflows are pinned to the commit of this very program, because it was tried just now. */
async function commitOf(setup, settings) {
	if (typeof setup.given.commit === "string") return setup.given.commit;
	const argv = [
		"git",
		"-C",
		setup.project,
		"rev-parse",
		"HEAD"
	];
	return await onHost(setup, settings, ({ runner }) => runner.run(program(argv))).then(({ stdout }) => stdout.trim(), () => void 0) ?? setup.asker.text("This is no clone: which commit of the project shall be called?", "--commit");
}
async function versionOf(project) {
	const { version } = JSON.parse(await readFile(join(project, "package.json"), "utf8"));
	return String(version);
}
async function setRepository(setup, settings, keyFile) {
	const { given, asker } = setup;
	const repository = String(given.repository ?? await asker.text("Your repository on GitHub, as owner/name?", "--repository"));
	if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) throw new UserMistake({
		what: `--repository is ${JSON.stringify(repository)}, which is not of the form owner/name.`,
		next: "write for example --repository ministry/openspp-operations"
	});
	const wanted = repositorySettings(settings);
	if (given.gh === true) await onHost(setup, settings, async ({ runner }) => {
		for (const setting of wanted) {
			const input = setting.value instanceof Secret ? setting.value.reveal() : "";
			await runner.run(program(ghArguments(setting, repository), { input }));
			say(`Set the ${setting.kind} ${setting.name}.\n`);
		}
	});
	else say(`\nSet this in ${repository}, by gh or on its page of settings:\n\n${ghLines(wanted, repository, keyFile).map((line) => `  ${line}\n`).join("")}`);
	say(`\nGive the environment openspp-restore required reviewers: https://github.com/${repository}/settings/environments\nCommit the workflows and push them.\n\n`);
}
/** A first backup and its drill, from here. A workflow does the same every night and every quarter. */
async function firstRun(setup, settings) {
	const { asker, given } = setup;
	if (!(given.yes === true || await asker.agree("Take a first backup and drill it?", "--yes"))) return 0;
	for (const verb of ["backup", "drill"]) {
		const entry = VERBS[verb];
		const done = await onHost(setup, settings, (effects) => entry.perform(settings, effects));
		say(`${renderReport(done.report, false)}\n`);
		if (!isGood(done)) return 1;
	}
	return 0;
}
function onHost({ given, signal }, settings, work) {
	const log = new TerminalLog(process.stderr, {
		clock: systemClock,
		quiet: given.quiet === true,
		debug: given.debug === true
	});
	return withHost(settings.connection, log, signal, work);
}
function say(text) {
	process.stdout.write(text);
}
export { init };
