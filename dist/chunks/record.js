import { c as literal, d as object, f as optional, m as string, n as _enum, t as datetime, u as number } from "./mini.js";
// src/backups/record.ts
/**
* What the last drill and the last sync leave in the backup volume, so that a monitor knows of them wherever they
* ran from. It is hidden, holds no personal data, and is no backup: nothing copies it off-site.
*/
const RECORDS_FOLDER = ".openspp-backup";
const schema = object({
	recordVersion: literal(1),
	operation: _enum(["drill", "sync"]),
	verdict: _enum([
		"passed",
		"failed",
		"not-run"
	]),
	/** ISO 8601, UTC, by the host's clock. */
	endedAt: datetime(),
	/** The backup that was drilled, or the newest that stands off-site. */
	backup: optional(string()),
	/** ISO 8601, UTC: when that backup was taken. */
	takenAt: optional(datetime()),
	/** Of a sync: the remote that it copied to. */
	remote: optional(string()),
	/** Of a drill whose restore was proven. */
	rtoSeconds: optional(number())
});
/** Given the backup directory and an operation, return where its record stands. */
function recordPath(directory, operation) {
	return `${directory}/${RECORDS_FOLDER}/last-${operation}.json`;
}
/** Given a record, return its text, on one line. */
function serializeRecord(record) {
	return `${JSON.stringify(record)}\n`;
}
/** Given the lines of all records, return those that this version can read. */
function parseRecords(text) {
	return text.split("\n").flatMap((line) => {
		try {
			const parsed = schema.safeParse(JSON.parse(line));
			return parsed.success ? [parsed.data] : [];
		} catch {
			return [];
		}
	});
}
export { serializeRecord as i, parseRecords as n, recordPath as r, RECORDS_FOLDER as t };
