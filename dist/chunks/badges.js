import "./rolldown-runtime.js";
import { t as formatDuration } from "./duration.js";
// src/report/badge.ts
const COLOURS = {
	green: "#17694a",
	grey: "#6b7177",
	red: "#b3261e"
};
/** Height, padding beside a text, and what a character of the font takes, in pixels. */
const HEIGHT = 20;
const PADDING = 7;
const CHARACTER = 6.4;
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
	return Math.round(text.length * CHARACTER) + 14;
}
function escaped(text) {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\"", "&quot;");
}
// src/report/badges.ts
const HOUR = 3600;
const DAY = 86400;
const KINDS = [
	{
		part: "backup",
		file: "last-backup",
		label: "last backup",
		every: DAY,
		takes: 2 * HOUR
	},
	{
		part: "drill",
		file: "last-drill",
		label: "last restore drill",
		every: 92 * DAY,
		takes: 7 * DAY
	},
	{
		part: "offsite",
		file: "off-site",
		label: "off-site copy",
		every: DAY,
		takes: 2 * HOUR
	}
];
/** Given the results of a deployment's runs in any order and the present time, return its badges as files: SVG, and JSON for shields.io. */
function badgeFiles(results, now) {
	return new Map(KINDS.flatMap((kind) => {
		const badge = badgeOf(kind, results, now);
		return [[`${kind.file}.svg`, badgeSvg(badge)], [`${kind.file}.json`, badgeEndpoint(badge)]];
	}));
}
function badgeOf(kind, results, now) {
	const { label, part } = kind;
	const runs = results.filter(({ parts }) => parts[part] !== void 0).sort((a, b) => momentOf(part, a) < momentOf(part, b) ? 1 : -1);
	const [last] = runs;
	const good = runs.find(({ parts }) => parts[part] === "passed");
	if (!last) return {
		label,
		message: "none yet",
		colour: "grey"
	};
	const since = good ? `last good ${dateOf(part, good)}` : "never good";
	if (last.parts[part] !== "passed" || !good) return {
		label,
		message: `${last.parts[part] === "failed" ? "failed" : "not proven"} ${dateOf(part, last)}, ${since}`,
		colour: "red"
	};
	const colour = colourAt((now.getTime() - Date.parse(momentOf(part, good))) / 1e3, kind, results);
	if (colour !== "green") return {
		label,
		message: `none since ${dateOf(part, good)}`,
		colour
	};
	return {
		label,
		message: goodMessage(part, good),
		colour
	};
}
function goodMessage(part, good) {
	const date = dateOf(part, good);
	if (part !== "drill") return date;
	const { rtoSeconds } = good;
	return `passed ${date}${rtoSeconds === void 0 ? "" : `, restored in ${formatDuration(rtoSeconds)}`}`;
}
/** Grey when one was left out, red when a second one was. What was agreed as RPO says how often a backup must follow another. */
function colourAt(ageSeconds, { part, every, takes }, results) {
	const agreed = [...results].sort((a, b) => a.startedAt < b.startedAt ? 1 : -1).find(({ rpoObjectiveSeconds }) => rpoObjectiveSeconds !== void 0)?.rpoObjectiveSeconds;
	const cycle = part === "drill" ? every : agreed ?? every;
	if (ageSeconds > 2 * cycle + takes) return "red";
	return ageSeconds > cycle + takes ? "grey" : "green";
}
/** A backup is as old as its snapshot; a drill and a copy are as old as their run. */
function momentOf(part, { takenAt, startedAt }) {
	return part === "backup" ? takenAt ?? startedAt : startedAt;
}
function dateOf(part, result) {
	return momentOf(part, result).slice(0, 10);
}
export { badgeFiles };
