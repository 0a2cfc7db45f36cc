import { n as Option } from "./commander.js";
import { a as UserMistake } from "./failure.js";
import { access, constants, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
// src/cli/report-files.ts
/** The files that a person may ask for, in addition to what a command prints. */
const ABOUT = {
	report: "write the report as JSON into a file",
	html: "write it as one page of HTML",
	junit: "write it as JUnit XML, each check a test case",
	summary: "write the job summary as Markdown"
};
const NAMES = Object.keys(ABOUT);
function reportOptions() {
	return [
		...NAMES.map((face) => new Option(`--${face} <path>`, ABOUT[face])),
		new Option("--recovery <path>", "write RECOVERY.md: the same restore by hand, of a drill or a restore"),
		new Option("--badges <folder>", "write badges, as SVG and as JSON for shields.io")
	];
}
/**
* Throws UserMistake for a file that cannot be written. It is called before the work, which may
* take an hour.
*/
async function refuseUnwritable(given) {
	for (const face of [...NAMES, "recovery"]) {
		const path = given[face];
		if (typeof path !== "string") continue;
		const folder = dirname(path);
		await access(folder, constants.W_OK).catch((cause) => {
			throw new UserMistake({
				what: `--${face} ${path} cannot be written: ${folder} is no folder that you may write to.`,
				why: cause.message,
				state: "Nothing was done."
			}, { cause });
		});
	}
}
/** Trends and badges need past results. */
async function writeReport(report, past, given, clock) {
	const { renderFormat } = await import("./report-formats2.js");
	for (const face of NAMES) {
		const path = given[face];
		if (typeof path === "string") await writeFile(path, await renderFormat(face, report, past));
	}
	if (typeof given.recovery === "string" && report.recovery !== void 0) await writeFile(given.recovery, report.recovery);
	const { badges: folder } = given;
	if (typeof folder === "string") await writeBadges(report, past, folder, clock.now());
}
async function writeBadges(report, past, folder, now) {
	const [{ badgeFiles }, { pastResultOf }] = await Promise.all([import("./badges2.js"), import("./past-result.js")]);
	await mkdir(folder, { recursive: true });
	for (const [name, text] of badgeFiles([...past, pastResultOf(report)], now)) await writeFile(join(folder, name), text);
}
export { reportOptions as n, writeReport as r, refuseUnwritable as t };
