import "./rolldown-runtime.js";
import { a as systemClock, r as isGood } from "./verbs.js";
import { a as UserMistake } from "./failure.js";
import { t as pastResultOf } from "./past-result2.js";
import { t as readReport } from "./read-report.js";
import { t as renderReport } from "./render-result.js";
import { r as writeReport, t as refuseUnwritable } from "./report-files.js";
import { readFile } from "node:fs/promises";
// src/cli/show-report.ts
/**
* Prints the newest of the reports in these files, and writes the files that were asked for. The
* other reports are its past. Returns the exit code of its verdict. Throws UserMistake for a file
* that holds no report.
*/
async function showReport(files, given) {
	const reports = await Promise.all(files.map(read));
	await refuseUnwritable(given);
	const [newest, ...older] = reports.sort((a, b) => a.startedAt < b.startedAt ? 1 : -1);
	if (!newest) throw new UserMistake({
		what: "No report was named.",
		next: "Name one by --from."
	});
	process.stdout.write(renderReport(newest, given.json === true));
	await writeReport(newest, older.map(pastResultOf), given, systemClock);
	return isGood({ report: newest }) ? 0 : 1;
}
async function read(file) {
	const text = await readFile(file, "utf8").catch((cause) => {
		throw new UserMistake({
			what: `${file} cannot be read.`,
			why: cause.message
		}, { cause });
	});
	return readReport(text, file);
}
export { showReport };
