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
export { UserMistake as a, Unreachable as i, Failed as n, Failure as r, Cancelled as t };
