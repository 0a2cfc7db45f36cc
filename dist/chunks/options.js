import { n as Option } from "./commander.js";
import { r as quote } from "./shell.js";
import { a as UserMistake } from "./failure.js";
import { a as inputsOf, l as boolean, t as INPUTS } from "./table.js";
import { homedir } from "node:os";
import { join } from "node:path";
import { existsSync, readFileSync } from "node:fs";
// src/cli/options.ts
/** Given a command of the CLI, return its options: a text for what may stand in an argv, a file for what is secret or long. */
function optionsOf(verb) {
	return inputsOf("cli", [verb]).flatMap((name) => {
		const input = INPUTS[name];
		const preset = input.default === void 0 ? "" : ` (default: ${input.default})`;
		const about = `${input.description.replaceAll("`", "")}${preset} [${variableOf(name)}]`;
		if (input.parse === boolean) return [new Option(`--${name}`, about)];
		return [...input.secret ? [] : [new Option(`--${name} <value>`, about)], ...input.secret || input.multiline ? [new Option(`--${name}-file <path>`, fileAbout(input, about))] : []];
	});
}
function fileAbout({ secret }, about) {
	return secret ? about : "The same, from a file.";
}
/** Given a command's options as commander read them, return where its inputs come from: option, file, environment. */
function cliInputs(given) {
	return {
		read: (name) => {
			const option = given[camelCase(name)];
			const path = given[camelCase(`${name}-file`)];
			if (option !== void 0) return String(option);
			if (path !== void 0) return readFile(`--${name}-file`, String(path));
			return process.env[variableOf(name)] ?? (name === "ssh-known-hosts" ? ownKnownHosts() : void 0);
		},
		call: (name) => `${optionOf(name)} (or ${variableOf(name)})`,
		show: (name, example) => `${optionOf(name)} ${isSecret(name) ? "FILE" : quote(example)}`
	};
}
/** Given an input's name, return the option that gives it. */
function optionOf(name) {
	return `--${name}${isSecret(name) ? "-file" : ""}`;
}
function isSecret(name) {
	return INPUTS[name].secret === true;
}
/** Given an input's name, return the environment variable that gives it to the CLI. */
function variableOf(name) {
	return `OPENSPP_${name.toUpperCase().replaceAll("-", "_")}`;
}
function camelCase(name) {
	return name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
}
function readFile(option, path) {
	try {
		return readFileSync(path, "utf8");
	} catch (error) {
		throw new UserMistake({
			what: `The file of ${option} cannot be read.`,
			why: error.message,
			state: "Nothing was done."
		}, { cause: error });
	}
}
/** A person at a terminal has pinned the host already, the first time they logged in. */
function ownKnownHosts() {
	const path = join(homedir(), ".ssh", "known_hosts");
	return existsSync(path) ? readFile("--ssh-known-hosts-file", path) : void 0;
}
export { optionsOf as n, cliInputs as t };
