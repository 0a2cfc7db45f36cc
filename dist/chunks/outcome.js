import { c as literal, d as object, f as optional, m as string, n as _enum, p as readonly, t as datetime } from "./mini.js";
import { a as UserMistake, i as Unreachable, n as Failed, t as Cancelled } from "./failure.js";
import { t as readReport } from "./read-report.js";
import { t as reportSchema } from "./report-schema.js";
// src/report/outcome.ts
/** What is kept, in place of a report, of a run that ended before it could report. */
const endedEarlySchema = readonly(object({
	schemaVersion: literal(1),
	operation: reportSchema.def.innerType.shape.operation,
	verdict: literal("not-run"),
	/** UTC. */
	endedAt: datetime(),
	ended: readonly(object({
		kind: _enum([
			"failed",
			"mistake",
			"unreachable",
			"cancelled",
			"bug",
			"silent"
		]),
		what: string(),
		why: optional(string()),
		state: optional(string()),
		next: optional(string())
	}))
}));
/** `file` names the text in messages. Throws UserMistake when we did not write it. */
function readOutcome(text, file) {
	const ended = endedEarlySchema.safeParse(jsonOf(text));
	return ended.success ? ended.data : readReport(text, file);
}
function jsonOf(text) {
	try {
		return JSON.parse(text);
	} catch {
		return;
	}
}
function endedEarly(operation, failure, now) {
	const { what, why, state, next } = failure.explanation;
	return {
		schemaVersion: 1,
		operation,
		verdict: "not-run",
		endedAt: now.toISOString(),
		ended: {
			kind: kindOf(failure),
			what,
			...why && { why },
			...state && { state },
			...next && { next }
		}
	};
}
/** For a job that left neither a report nor a reason. `result` is how the job ended, in GitHub's words. */
function endedSilently(operation, result, now) {
	const what = result === "cancelled" ? "The run was cancelled, or took longer than its time limit, and left no report." : `The run ended as \`${result}\` and left no report.`;
	return {
		schemaVersion: 1,
		operation,
		verdict: "not-run",
		endedAt: now.toISOString(),
		ended: {
			kind: result === "cancelled" ? "cancelled" : "silent",
			what,
			state: "Whether it did its work is not known. The next run removes what it may have left.",
			next: "Read the run's log, then run it again."
		}
	};
}
/** Whether the run got as far as a report. */
function isReport(outcome) {
	return "checks" in outcome;
}
function kindOf(failure) {
	if (failure instanceof Unreachable) return "unreachable";
	if (failure instanceof UserMistake) return "mistake";
	if (failure instanceof Cancelled) return "cancelled";
	return failure instanceof Failed ? "failed" : "bug";
}
export { readOutcome as i, endedSilently as n, isReport as r, endedEarly as t };
