// src/words/moment.ts
/** From ISO 8601 in UTC to `2026-01-15 02:00:00 UTC`. */
function formatMoment(iso) {
	return iso.replace("T", " ").replace(/(\.\d+)?Z$/, " UTC");
}
export { formatMoment as t };
