import "./rolldown-runtime.js";
import { t as formatDuration } from "./duration.js";
// src/report/badge.ts
const COLOURS = {
	green: "#17694a",
	grey: "#6b7177",
	red: "#b3261e"
};
/** Height, and padding beside a text, in pixels. */
const HEIGHT = 20;
const PADDING = 7;
/** What characters of Verdana take at 11 pixels; another font is stretched to the same length. */
const WIDTHS = [
	[/[il]/, 3],
	[/[ fjt.,:;']/, 4.1],
	[/[r-]/, 4.8],
	[/[csz]/, 5.8],
	[/[mwMW]/, 10],
	[/[A-Z]/, 7.6]
];
const ORDINARY = 6.9;
/** Given a badge, return it as an SVG file. */
function badgeSvg({ label, message, colour }) {
	const [left, right] = [widthOf(label), widthOf(message)];
	const text = (content, start, width) => `<text x="${start + PADDING}" y="14" textLength="${width - 14}" lengthAdjust="spacingAndGlyphs">${escaped(content)}</text>`;
	const title = escaped(`${label}: ${message}`);
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
/** shields.io asks again after this many seconds; it takes no fewer than 300. */
const CACHE_SECONDS = 300;
/** Given a badge, return it as shields.io reads it from an address (https://shields.io/badges/endpoint-badge). */
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
function escaped(text) {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\"", "&quot;");
}
// src/report/standing.ts
const HOUR = 3600;
const DAY = 86400;
const HABITS = [
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
/** Given the results of a deployment's runs in any order, return how it stands with backups, drills and off-site copies. */
function standingsOf(results) {
	const agreed = [...results].sort((a, b) => a.startedAt < b.startedAt ? 1 : -1).find(({ rpoObjectiveSeconds }) => rpoObjectiveSeconds !== void 0)?.rpoObjectiveSeconds;
	return HABITS.map(({ part, label, every, takes }) => {
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
* What a team puts into its README. A picture cannot tell the time: neither SVG nor shields.io can know how old it is when it is
* looked at. So each badge says a date and never "two days ago", its colour is that of the moment when it was made, and whoever
* runs on a schedule makes them anew: then age alone turns them grey, and red. When that stops too, the date still tells.
*/
const FILES = {
	backup: "last-backup",
	drill: "last-drill",
	offsite: "off-site"
};
/** Given the results of a deployment's runs in any order and the present time, return its badges as files: SVG, and JSON for shields.io. */
function badgeFiles(results, now) {
	return new Map(standingsOf(results).flatMap((standing) => {
		const badge = badgeOf(standing, now);
		return [[`${FILES[standing.part]}.svg`, badgeSvg(badge)], [`${FILES[standing.part]}.json`, badgeEndpoint(badge)]];
	}));
}
/** Given how a deployment stands with something and the present time, return the badge of it. */
function badgeOf(standing, now) {
	const { label, last, good } = standing;
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
	const colour = colourAt((now.getTime() - Date.parse(good.at)) / 1e3, standing);
	if (colour !== "green") return {
		label,
		message: `none since ${dateOf(good)}`,
		colour
	};
	return {
		label,
		message: goodMessage(standing.part, good),
		colour
	};
}
function goodMessage(part, good) {
	const date = dateOf(good);
	if (part !== "drill") return date;
	const { rtoSeconds } = good;
	return `passed ${date}${rtoSeconds === void 0 ? "" : `, restored in ${formatDuration(rtoSeconds)}`}`;
}
/** Grey when one was left out, red when a second one was. */
function colourAt(age, { lateAfter, lostAfter }) {
	if (age > lostAfter) return "red";
	return age > lateAfter ? "grey" : "green";
}
function dateOf({ at }) {
	return at.slice(0, 10);
}
export { badgeOf as n, standingsOf as r, badgeFiles as t };
