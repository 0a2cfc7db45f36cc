import { a as UserMistake, o as reasonOf } from "./failure.js";
import { t as reportSchema } from "./report-schema.js";
// src/report/read-report.ts
/** `file` names the text in messages. Throws UserMistake when it is not one of our reports. */
function readReport(text, file) {
	const next = "Give a report as `--report` or an action's `report` output wrote it.";
	let parsed;
	try {
		parsed = reportSchema.safeParse(JSON.parse(text));
	} catch (error) {
		const why = reasonOf(error);
		throw new UserMistake({
			what: `${file} is not JSON.`,
			why,
			next
		}, { cause: error });
	}
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	throw new UserMistake({
		what: `${file} is no report of this version.`,
		why: `Its ${issue?.path.join(".") || "whole"} is not as this version writes it: ${issue?.message ?? "unknown form"}.`,
		next: `${next} If a newer version of this project wrote it, use that version here too.`
	});
}
export { readReport as t };
