import "./rolldown-runtime.js";
import { t as formatDuration } from "./duration.js";
import { t as escapeMarkup } from "./escape.js";
// src/report/badge.ts
const COLOURS = {
	green: "#17694a",
	grey: "#6b7177",
	red: "#b3261e"
};
/** Height, and padding at each side of a text, in pixels. */
const HEIGHT = 20;
const PADDING = 7;
/** Widths of Verdana's characters at 11 pixels. Another font is stretched to the same length. */
const WIDTHS = [
	[/[il]/, 3],
	[/[ fjt.,:;']/, 4.1],
	[/[r-]/, 4.8],
	[/[csz]/, 5.8],
	[/[mwMW]/, 10],
	[/[A-Z]/, 7.6]
];
const ORDINARY = 6.9;
/** A whole SVG file. */
function badgeSvg({ label, message, colour }) {
	const [left, right] = [widthOf(label), widthOf(message)];
	const text = (content, start, width) => `<text x="${start + PADDING}" y="14" textLength="${width - 14}" lengthAdjust="spacingAndGlyphs">${escapeMarkup(content)}</text>`;
	const title = escapeMarkup(`${label}: ${message}`);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="${HEIGHT}" role="img" aria-label="${title}">`,
		`<title>${title}</title>`,
		`<clipPath id="round"><rect width="${left + right}" height="${HEIGHT}" rx="3"/></clipPath>`,
		"<g clip-path=\"url(#round)\">",
		`<rect width="${left}" height="${HEIGHT}" fill="#3b4046"/>`,
		`<rect x="${left}" width="${right}" height="${HEIGHT}" fill="${COLOURS[colour]}"/>`,
		"</g>",
		"<g fill=\"#fff\" font-family=\"Verdana,DejaVu Sans,Geneva,sans-serif\" font-size=\"11\">",
		text(label, 0, left),
		text(message, left, right),
		"</g>",
		"</svg>\n"
	].join("\n");
}
/** shields.io asks again after this many seconds; its minimum is 300. */
const CACHE_SECONDS = 300;
/** The JSON that shields.io reads from an address (https://shields.io/badges/endpoint-badge). */
function badgeEndpoint({ label, message, colour }) {
	const badge = {
		schemaVersion: 1,
		label,
		message,
		color: COLOURS[colour]
	};
	const isError = colour === "red" ? { isError: true } : {};
	return `${JSON.stringify({
		...badge,
		...isError,
		cacheSeconds: CACHE_SECONDS
	}, null, 2)}\n`;
}
function widthOf(text) {
	const widths = text.split("").map((character) => WIDTHS.find(([characters]) => characters.test(character))?.[1] ?? ORDINARY);
	return Math.round(widths.reduce((sum, width) => sum + width, 0)) + 14;
}
// src/report/routine-status.ts
const HOUR = 3600;
const DAY = 86400;
const ROUTINES = [
	{
		part: "backup",
		label: "last backup",
		every: DAY,
		takes: 2 * HOUR
	},
	{
		part: "drill",
		label: "last restore drill",
		every: 92 * DAY,
		takes: 7 * DAY
	},
	{
		part: "offsite",
		label: "off-site copy",
		every: DAY,
		takes: 2 * HOUR
	}
];
/** For backups, drills and off-site copies. `results` may be in any order. */
function routineStatuses(results) {
	const agreed = [...results].sort((a, b) => a.startedAt < b.startedAt ? 1 : -1).find(({ rpoObjectiveSeconds }) => rpoObjectiveSeconds !== void 0)?.rpoObjectiveSeconds;
	return ROUTINES.map(({ part, label, every, takes }) => {
		const newestFirst = results.flatMap(({ parts }) => parts[part] ?? []).sort((a, b) => a.at < b.at ? 1 : -1);
		const interval = part === "drill" ? every : agreed ?? every;
		return {
			part,
			label,
			last: newestFirst[0],
			good: newestFirst.find(({ verdict }) => verdict === "passed"),
			lateAfter: interval + takes,
			lostAfter: 2 * interval + takes
		};
	});
}
// src/report/badges.ts
/**
* What a team puts into its README. A picture cannot tell the time: neither SVG nor shields.io knows how
* old it is when somebody looks. So each badge names a date and never "two days ago", and its colour is as
* of the moment when it was made. A run on a schedule makes the badges again, and then their age turns them
* grey, and later red. When that stops too, the date still tells.
*/
const FILES = {
	backup: "last-backup",
	drill: "last-drill",
	offsite: "off-site"
};
/** Files for each badge: SVG, and JSON for shields.io. `results` may be in any order. */
function badgeFiles(results, now) {
	return new Map(routineStatuses(results).flatMap((routine) => {
		const badge = badgeOf(routine, now);
		return [[`${FILES[routine.part]}.svg`, badgeSvg(badge)], [`${FILES[routine.part]}.json`, badgeEndpoint(badge)]];
	}));
}
function badgeOf(routine, now) {
	const { label, last, good } = routine;
	if (!last) return {
		label,
		message: "none yet",
		colour: "grey"
	};
	const since = good ? `last good ${dateOf(good)}` : "never good";
	if (last.verdict !== "passed" || !good) return {
		label,
		message: `${last.verdict === "failed" ? "failed" : "not proven"} ${dateOf(last)}, ${since}`,
		colour: "red"
	};
	const colour = colourAt((now.getTime() - Date.parse(good.at)) / 1e3, routine);
	if (colour !== "green") return {
		label,
		message: `none since ${dateOf(good)}`,
		colour
	};
	return {
		label,
		message: goodMessage(routine.part, good),
		colour
	};
}
function goodMessage(part, good) {
	const date = dateOf(good);
	if (part !== "drill") return date;
	const { rtoSeconds } = good;
	return `passed ${date}${rtoSeconds === void 0 ? "" : `, restored in ${formatDuration(rtoSeconds)}`}`;
}
/** Grey when one was missed, red when two were. */
function colourAt(age, { lateAfter, lostAfter }) {
	if (age > lostAfter) return "red";
	return age > lateAfter ? "grey" : "green";
}
function dateOf({ at }) {
	return at.slice(0, 10);
}
export { badgeOf as n, routineStatuses as r, badgeFiles as t };
