import { n as print } from "./shell.js";
import { n as Failed } from "./failure.js";
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
/** What the PostgreSQL server and its tools write before an error. */
const SERVER_ERROR = /\b(?:ERROR|FATAL|PANIC): /;
const TOOL_ERROR = /^\w+: (?:error|fatal): /;
/**
* The line that says why a tool failed. First choice is the PostgreSQL server's own error. Second is the
* first error of a PostgreSQL tool: the statement and further errors follow it. Otherwise it is the last
* line that is not empty.
*/
function lastUsefulLine(output) {
	const lines = output.split("\n").map((line) => line.trim()).filter((line) => line.length > 0);
	return lines.find((line) => SERVER_ERROR.test(line)) ?? lines.find((line) => TOOL_ERROR.test(line)) ?? lines.at(-1);
}
export { lastUsefulLine as n, CommandFailed as t };
