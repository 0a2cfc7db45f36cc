import { a as UserMistake } from "./failure.js";
import { l as Refused, n as INPUTS, o as settingOf, t as GROUPS } from "./table.js";
// src/inputs/read-values.ts
/**
* Inputs that are not used count as not given. Throws one UserMistake that names all the inputs
* that are wrong or missing.
*/
async function readGroups(source, groups, isUsed = () => true) {
	const namesIn = (group) => Object.keys(GROUPS[group]);
	const used = new Set(groups.flatMap(namesIn).filter(isUsed));
	const values = await readValues(source, [...used]);
	const read = groups.map((group) => [group, Object.fromEntries(namesIn(group).map((name) => [settingOf(name), used.has(name) ? values[name] : INPUTS[name].absent]))]);
	return Object.fromEntries(read);
}
/** Throws one UserMistake that names all inputs that are wrong or missing. */
async function readValues(source, names) {
	const values = {};
	const mistakes = [];
	for (const name of names) try {
		values[name] = await meaningOf(name, source);
	} catch (error) {
		if (!(error instanceof Refused)) throw error;
		mistakes.push({
			name,
			reason: error.message
		});
	}
	if (mistakes.length > 0) throw mistaken(mistakes, source);
	return values;
}
/** The one error for all mistakes, with an example for each. */
function mistaken(mistakes, source) {
	const sentences = mistakes.map(({ name, reason }) => `${source.call(name)} ${reason}.`);
	const examples = mistakes.flatMap(({ name }) => {
		const { example, default: preset } = INPUTS[name];
		const shown = example ?? preset;
		return shown === void 0 ? [] : [source.show(name, shown)];
	});
	return new UserMistake({
		what: sentences.join("\n"),
		state: "Nothing was done.",
		next: examples.length > 0 ? ["write for example", ...examples].join("\n  ") : void 0
	});
}
function meaningOf(name, source) {
	const input = INPUTS[name];
	const given = tidy(source.read(name) ?? "", input) || input.default;
	if (given === void 0) {
		if (input.required) throw new Refused("is missing");
		return input.absent;
	}
	refuseControlCharacters(given, input);
	return input.parse(given);
}
/**
* Space around a value comes by accident from YAML or from a copied file. But spaces may belong to
* a password, and those before the first item of a list belong to its indentation.
*/
function tidy(given, input) {
	if (input.secret && !input.multiline) return given.replace(/[\r\n]+$/, "");
	if (input.secret || !input.multiline) return given.trim();
	return given.replace(/^(?:[ \t]*\r?\n)+/, "").trimEnd();
}
function refuseControlCharacters(given, { multiline }) {
	for (const [character] of given.matchAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g)) {
		if (multiline && /[\t\r\n]/.test(character)) continue;
		const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
		const called = /[\r\n]/.test(character) ? "a line break" : `the control character U+${code}`;
		throw new Refused(`holds ${called}, which no value of it can`);
	}
}
// src/report/progress.ts
const STEP = .1;
const QUIET_SECONDS = 10;
/** A step shorter than this needs no percentages. */
const PATIENCE_SECONDS = 2;
/** Decides which reports of progress get a line in a log that only grows. */
var Progress = class {
	#clock;
	#what = "";
	#fraction = 0;
	#saidAt = 0;
	constructor(clock) {
		this.#clock = clock;
	}
	/** The line to print, or nothing when the last one still says enough. `fraction` is 0 to 1. */
	lineFor(fraction, what, detail) {
		const now = this.#clock.seconds();
		if (what !== this.#what || fraction < this.#fraction) {
			this.#what = what;
			this.#fraction = 0;
			this.#saidAt = now;
		}
		const silence = now - this.#saidAt;
		if (!(fraction - this.#fraction >= STEP && silence >= PATIENCE_SECONDS) && silence < QUIET_SECONDS) return void 0;
		this.#fraction = fraction;
		this.#saidAt = now;
		return progressLine(fraction, what, detail);
	}
};
/** ` 42 % of 1.2 GB copied, 35 MB/s, 20 s left` */
function progressLine(fraction, what, detail) {
	return `${percent(fraction)} ${what}${detail ? `, ${detail}` : ""}`;
}
/** Five characters wide, so that lines align. */
function percent(fraction) {
	return `${Math.floor(Math.min(1, Math.max(0, fraction)) * 100)} %`.padStart(5);
}
export { readGroups as i, progressLine as n, mistaken as r, Progress as t };
