import { t as __commonJSMin } from "./rolldown-runtime.js";
import { a as Failed } from "./secret.js";
import { t as print } from "./shell.js";
// \0absent-native
var require__absent_native = /* @__PURE__ */ __commonJSMin((() => {
	throw Object.assign(/* @__PURE__ */ new Error("left out of the bundle"), { code: "MODULE_NOT_FOUND" });
}));
// src/host/command-failed.ts
/** A command that ran and exited other than 0. */
var CommandFailed = class extends Failed {
	command;
	/** The exit code, or the name of the signal that ended it. */
	exit;
	stdout;
	stderr;
	constructor(command, result) {
		super({
			what: `\`${print(command)}\` ended with ${typeof result.exit === "number" ? `exit code ${result.exit}` : result.exit}.`,
			why: lastUsefulLine(result.stderr) ?? lastUsefulLine(result.stdout)
		});
		this.command = command;
		this.exit = result.exit;
		this.stdout = result.stdout;
		this.stderr = result.stderr;
	}
};
/** Given a tool's output, return its last line that says something. */
function lastUsefulLine(output) {
	return output.split("\n").map((line) => line.trim()).filter((line) => line.length > 0).at(-1);
}
export { lastUsefulLine as n, require__absent_native as r, CommandFailed as t };
