import "./rolldown-runtime.js";
import { t as systemClock } from "./clock.js";
import { a as UserMistake } from "./failure.js";
import { t as pastResultOf } from "./past-result2.js";
import { t as readReport } from "./read-report.js";
import { n as printed } from "./printed.js";
import { r as writeReport, t as refuseUnwritable } from "./report-files.js";
import { readFile } from "node:fs/promises";
// src/cli/show-report.ts
/**
* Given files that hold reports and the command's options, print the newest of them and write the faces that are asked for; the
* others are its past. Return the exit code of its verdict. Throws UserMistake.
*/
async function showReport(files, given) {
	const reports = await Promise.all(files.map(read));
	await refuseUnwritable(given);
	const [newest, ...older] = reports.sort((a, b) => a.startedAt < b.startedAt ? 1 : -1);
	if (!newest) throw new UserMistake({
		what: "No report was named.",
		next: "Name one by --from."
	});
	const { text, code } = printed(newest, given.json === true);
	process.stdout.write(text);
	await writeReport(newest, older.map(pastResultOf), given, systemClock);
	return code;
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
