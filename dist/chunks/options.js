import { n as Option } from "./commander.js";
import { r as quote } from "./shell.js";
import { a as UserMistake, o as reasonOf } from "./failure.js";
import { a as inputsOf, i as camelCase, n as INPUTS, s as boolean } from "./table.js";
import { homedir } from "node:os";
import { join } from "node:path";
import { existsSync, readFileSync } from "node:fs";
// src/cli/options.ts
/** A secret is only read from a file, never from an argv. A long value may come from a file too. */
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
/** An input comes from its option, or else from the option's file, or else from the environment. */
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
function optionOf(name) {
	return `--${name}${isSecret(name) ? "-file" : ""}`;
}
function isSecret(name) {
	return INPUTS[name].secret === true;
}
function variableOf(name) {
	return `OPENSPP_${name.toUpperCase().replaceAll("-", "_")}`;
}
function readFile(option, path) {
	try {
		return readFileSync(path, "utf8");
	} catch (error) {
		throw new UserMistake({
			what: `The file of ${option} cannot be read.`,
			why: reasonOf(error),
			state: "Nothing was done."
		}, { cause: error });
	}
}
/** A person at a terminal has already pinned the host, when they first logged in. */
function ownKnownHosts() {
	const path = join(homedir(), ".ssh", "known_hosts");
	return existsSync(path) ? readFile("--ssh-known-hosts-file", path) : void 0;
}
export { optionsOf as n, variableOf as r, cliInputs as t };
