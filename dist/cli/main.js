#!/usr/bin/env -S node --
import "../chunks/rolldown-runtime.js";
import { r as CommanderError, t as Command } from "../chunks/commander.js";
import { d as enter } from "../chunks/table.js";
import { a as UserMistake } from "../chunks/failure.js";
import { t as version } from "../chunks/package.js";
import { t as VERBS } from "../chunks/verbs.js";
import { n as optionsOf } from "../chunks/options.js";
import { n as reportOptions } from "../chunks/report-files.js";
import { fileURLToPath } from "node:url";
// src/cli/program.ts
const EXIT_CODES = `
Exit codes:
  0    done, and proven; of a monitor: nothing critical, perhaps warnings
  1    a check failed or could not run, or a tool failed on the deployment
  2    an option, a secret or the deployment's configuration is wrong; nothing was done
  3    the host or the database cannot be reached, or was lost on the way
  70   a bug in this project
  130  cancelled`;
const EXAMPLES = `
Examples:
  export OPENSPP_SSH_HOST=vps.example.org OPENSPP_SSH_USER=backup OPENSPP_PROJECT_DIRECTORY=/opt/openspp/docker
  openspp-backup list --ssh-key-file ~/.ssh/id_ed25519
  openspp-backup backup --compression zstd:3
  openspp-backup drill --backup random --rto 30m --report drill.json --html drill.html
  openspp-backup cycle --json | jq .verdict
  openspp-backup report --from drills/*.json --html drills.html --badges badges

Every option may also be given in the environment, as the name in brackets. Without a key, the SSH agent is asked.`;
function buildProgram({ perform, showReport, init }) {
	const program = new Command("openspp-backup").description("Back up an OpenSPP deployment over SSH, and prove the backup by restoring it.").version(version).addHelpText("after", EXAMPLES + EXIT_CODES);
	for (const verb of Object.keys(VERBS)) {
		const { about, reports } = VERBS[verb];
		const command = program.command(verb).description(about).allowExcessArguments(false);
		for (const option of optionsOf(verb)) command.addOption(option);
		if (verb !== "sweep") command.option("--json", "print only the result, as JSON, on standard output");
		if (reports) for (const option of reportOptions()) command.addOption(option);
		command.option("--quiet", "no progress on standard error, only warnings").option("--debug", "more on standard error, and stack traces").addHelpText("after", EXIT_CODES).action((given) => perform(verb, given));
	}
	const command = program.command("report").description("show a report again: the newest of those named, the others are its past").allowExcessArguments(false).requiredOption("--from <files...>", "reports as `--report` wrote them").option("--json", "print only the report, as JSON, on standard output").option("--debug", "stack traces").addHelpText("after", EXIT_CODES).action(({ from, ...given }) => showReport(from, given));
	for (const option of reportOptions()) command.addOption(option);
	addInit(program, init);
	return program;
}
/**
* `init` connects as every other command does, so it takes the same options. It asks for what is
* missing.
*/
function addInit(program, init) {
	const command = program.command("init").description("set up the backups of a deployment: key, connection, workflows, first backup and drill").allowExcessArguments(false);
	for (const option of optionsOf("list")) command.addOption(option);
	command.option("--new-key <path>", "where to make a key, or find the one made before (default: ~/.ssh/openspp-backup-key)").option("--fingerprint <fingerprint>", "the host key's, as the host itself says: SHA256:…").option("--workflows <folder>", "where to write the workflows", ".github/workflows").option("--commit <sha>", "commit of this project that they call (default: the commit of this program)").option("--repository <name>", "your repository on GitHub, as owner/name").option("--gh", "set its secrets and variables by `gh`, instead of printing how").option("--no-first-run", "no first backup and drill").option("--yes", "the key is installed on the host: go on without asking").option("--quiet", "no progress on standard error, only warnings").option("--debug", "more on standard error, and stack traces").addHelpText("after", EXIT_CODES).action((given) => init(given));
}
// src/cli/main.ts
process.stdout.on("error", (error) => {
	if (error.code !== "EPIPE") throw error;
	process.exit();
});
const OLDEST_NODE = 24;
await enter(async (signal) => {
	refuseOldNode(process.versions.node);
	let code = 0;
	const program = buildProgram({
		perform: async (verb, given) => {
			const { performCommand } = await import("../chunks/perform.js");
			code = await performCommand(verb, given, signal);
		},
		showReport: async (files, given) => {
			const { showReport } = await import("../chunks/show-report.js");
			code = await showReport(files, given);
		},
		init: async (given) => {
			const { init } = await import("../chunks/init.js");
			code = await init(given, fileURLToPath(new URL("../..", import.meta.url)), signal);
		}
	});
	for (const command of [program, ...program.commands]) command.exitOverride().configureOutput({ outputError: () => {} });
	try {
		await program.parseAsync();
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode !== 0) throw misread(error);
	}
	return code;
}, (failure, cause) => {
	const stack = process.argv.includes("--debug") && cause instanceof Error ? `\n${cause.stack}` : "";
	process.stderr.write(`error: ${failure.message}${stack}\n`);
	return failure.exitCode;
});
/** A workflow's runner has its own Node. A terminal has the system's. */
function refuseOldNode(version) {
	if (Number.parseInt(version, 10) >= OLDEST_NODE) return;
	throw new UserMistake({
		what: `This needs Node ${OLDEST_NODE} or newer, and Node ${version} runs it.`,
		state: "Nothing was done.",
		next: "`npm ci` in a clone of the project brings one: node_modules/.bin/node dist/cli/main.js"
	});
}
/**
* Commander prints its help by itself when no command was given. Everything else that it refuses is
* reported here.
*/
function misread({ code, message }) {
	const what = code === "commander.help" ? "No command was given." : message.replace(/^error: /, "");
	return new UserMistake({
		what,
		next: "openspp-backup --help, or --help after a command, shows what can be said."
	});
}
export {};
