import { inspect } from "node:util";
// src/failure.ts
var Failure = class extends Error {
	explanation;
	constructor(explanation, options) {
		super(explain(explanation), options);
		this.name = new.target.name;
		this.explanation = explanation;
	}
};
/** What we set out to do or to prove did not hold: a failed check, a tool that failed on the deployment. */
var Failed = class extends Failure {
	exitCode = 1;
};
/** An input, a secret or the deployment's configuration is wrong; nothing was done. */
var UserMistake = class extends Failure {
	exitCode = 2;
	constructor(explanation, options) {
		super({
			state: "Nothing was changed.",
			...explanation
		}, options);
	}
};
/** The host or the database cannot be reached, or was lost on the way. */
var Unreachable = class extends Failure {
	exitCode = 3;
};
/** The run was cancelled; the exit code is the shell's own for SIGINT. */
var Cancelled = class extends Failure {
	exitCode = 130;
};
/** Given the parts of an explanation, return them in the order a tired person needs: what, why, state, next. */
function explain({ what, why, state, next }) {
	return [
		what,
		why && `Why: ${why}`,
		state && `State: ${state}`,
		next && `Next: ${next}`
	].filter(Boolean).join("\n");
}
// src/commands/secret.ts
const REDACTED = "[REDACTED]";
/** A value that prints as `[REDACTED]` wherever it goes; only the process that needs it reads `reveal()`. */
var Secret = class {
	#value;
	constructor(value) {
		this.#value = value;
	}
	reveal() {
		return this.#value;
	}
	toString() {
		return REDACTED;
	}
	toJSON() {
		return REDACTED;
	}
	[inspect.custom]() {
		return REDACTED;
	}
};
/** Given a text and the secrets that may stand in it, return the text with each of them redacted. */
function redact(text, secrets) {
	return [...secrets].map((secret) => secret.reveal()).filter((value) => value.length > 0).sort((a, b) => b.length - a.length).reduce((clean, value) => clean.replaceAll(value, REDACTED), text);
}
export { Failed as a, UserMistake as c, Cancelled as i, Secret as n, Failure as o, redact as r, Unreachable as s, REDACTED as t };
