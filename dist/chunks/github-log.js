import { a as info, d as warning, l as setSecret, n as endGroup, t as debug, u as startGroup } from "./core.js";
import { n as INPUTS, r as INPUT_NAMES } from "./table.js";
import { t as formatDuration } from "./duration.js";
import { t as Progress } from "./progress.js";
import { n as printableLines, t as printable } from "./printable.js";
// src/actions/action-inputs.ts
/** An action's inputs as the runner passes them: INPUT_*, with the name's hyphens. */
const actionInputs = {
	read: (name) => process.env[`INPUT_${name.toUpperCase()}`],
	call: (name) => `Input \`${name}\``,
	show: (name, example) => `${name}: ${example}`
};
/** The first and last lines of a key are in every key. To mask them would only make logs harder to read. */
const SHORTEST_SECRET_LINE = 4;
/**
* Registers every secret input with the runner, and each line of one with several lines, so that no
* log shows them. It does so only on a runner: anywhere else the command would print what it hides.
*/
function maskSecrets() {
	if (process.env.GITHUB_ACTIONS !== "true") return;
	for (const name of INPUT_NAMES) {
		const given = INPUTS[name].secret ? actionInputs.read(name) : void 0;
		for (const line of given?.split(/\r?\n|\\n/) ?? []) if (line.length >= SHORTEST_SECRET_LINE && !line.startsWith("-----")) setSecret(line);
	}
}
// src/actions/github-log.ts
/**
* A workflow run's log: a foldable group for each step, with its duration below it, and its
* progress now and then.
*/
var GitHubLog = class {
	#progress;
	#open = [];
	constructor(clock) {
		this.#progress = new Progress(clock);
	}
	/** GitHub's groups do not nest. So a step inside another step is a line of the outer group. */
	startGroup(title) {
		this.#open.push(title);
		if (this.#open.length === 1) startGroup(printable(title));
		else this.info(title);
	}
	endGroup(seconds) {
		const title = this.#open.pop() ?? "";
		if (this.#open.length === 0) endGroup();
		this.info(`${title}: ${formatDuration(seconds)}`);
	}
	info(text) {
		for (const line of printableLines(text)) info(withoutCommand(line));
	}
	warning(text) {
		warning(printableLines(text).join("\n"));
	}
	debug(text) {
		debug(printableLines(text).join("\n"));
	}
	progress(fraction, what, detail) {
		const line = this.#progress.lineFor(fraction, what, detail);
		if (line !== void 0) this.info(line);
	}
	mask(value) {
		if (value !== "" && process.env.GITHUB_ACTIONS === "true") setSecret(value);
	}
};
/**
* The runner obeys a line that starts with `::` or holds `##[`. The output of a tool, or a table's
* name, must stay text.
*/
function withoutCommand(line) {
	return line.replace(/^(\s*):(?=:)/, "$1: ").replaceAll("##[", "## [");
}
export { actionInputs as n, maskSecrets as r, GitHubLog as t };
