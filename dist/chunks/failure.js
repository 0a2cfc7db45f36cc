// src/failure.ts
var Failure = class extends Error {
	explanation;
	constructor(explanation, options) {
		super(explain(explanation), options);
		this.name = new.target.name;
		this.explanation = explanation;
	}
	/** The most telling line: why it failed, or what failed where nothing says why. */
	get reason() {
		return this.explanation.why ?? this.explanation.what;
	}
	/** What failed and why, in one line. It is for a message that has a state and a next step of its own. */
	get sentence() {
		const { what, why } = this.explanation;
		return [what, why].filter(Boolean).join(" ").replaceAll(/\s+/g, " ").trim();
	}
};
/** What was to be done or proven was not: a failed check, or a tool that failed on the deployment. */
var Failed = class extends Failure {
	exitCode = 1;
};
/** An input, a secret or the deployment's configuration is wrong. Nothing was done. */
var UserMistake = class extends Failure {
	exitCode = 2;
	constructor(explanation, options) {
		super({
			state: "Nothing was changed.",
			...explanation
		}, options);
	}
};
/** The host or the database cannot be reached, or the connection was lost. */
var Unreachable = class extends Failure {
	exitCode = 3;
};
/** The run was cancelled; the exit code is the shell's own for SIGINT. */
var Cancelled = class extends Failure {
	exitCode = 130;
};
function reasonOf(error) {
	if (error instanceof Failure) return error.reason;
	return error instanceof Error ? error.message : String(error);
}
function sentenceOf(error) {
	return error instanceof Failure ? error.sentence : reasonOf(error);
}
/** In the order a tired person needs: what, why, state, next. */
function explain({ what, why, state, next }) {
	return [
		what,
		why && `Why: ${why}`,
		state && `State: ${state}`,
		next && `Next: ${next}`
	].filter(Boolean).join("\n");
}
export { UserMistake as a, Unreachable as i, Failed as n, reasonOf as o, Failure as r, sentenceOf as s, Cancelled as t };
