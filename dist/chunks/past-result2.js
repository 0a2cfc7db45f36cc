import "./rolldown-runtime.js";
import { d as object, f as optional, m as string, p as readonly, u as number } from "./mini.js";
import { s as verdictOf } from "./check.js";
import { t as reportSchema } from "./report.js";
// src/report/past-result.ts
const { shape } = reportSchema.def.innerType;
const verdict = shape.verdict;
/** What is remembered of an earlier report: enough for trends and badges, small enough to keep one for every run. */
const pastResultSchema = readonly(object({
	operation: shape.operation,
	verdict,
	startedAt: shape.startedAt,
	/** Both unknown of a run that ended before it found out. */
	host: optional(string()),
	database: optional(string()),
	/** How each part of the run ended; a part that the run did not have is not there. */
	parts: readonly(object({
		backup: optional(verdict),
		drill: optional(verdict),
		offsite: optional(verdict)
	})),
	/** ISO 8601, UTC: the snapshot of the backup that the run was about. */
	takenAt: optional(string()),
	rtoSeconds: shape.rtoSeconds,
	rtoObjectiveSeconds: shape.rtoObjectiveSeconds,
	rpoSeconds: shape.rpoSeconds,
	rpoObjectiveSeconds: shape.rpoObjectiveSeconds,
	bytes: optional(number()),
	rows: shape.rows
}));
/** Given a report, return what later ones remember of it. */
function pastResultOf(report) {
	const { operation, verdict, startedAt, deployment, backup, rows } = report;
	const { rtoSeconds, rtoObjectiveSeconds, rpoSeconds, rpoObjectiveSeconds } = report;
	return {
		operation,
		verdict,
		startedAt,
		rows,
		host: deployment.host,
		database: deployment.database,
		parts: partsOf(report),
		...rtoSeconds !== void 0 && {
			rtoSeconds,
			rtoObjectiveSeconds
		},
		...rpoSeconds !== void 0 && {
			rpoSeconds,
			rpoObjectiveSeconds
		},
		...backup && {
			bytes: backup.bytes,
			takenAt: backup.takenAt
		}
	};
}
/** Given how a run ended that made no report, return what later ones remember of it: each of its parts proved nothing. */
function pastResultOfEnd({ operation, verdict, endedAt }) {
	return {
		operation,
		verdict,
		startedAt: endedAt,
		parts: Object.fromEntries((PARTS_OF[operation] ?? []).map((part) => [part, verdict])),
		rows: 0
	};
}
const PARTS_OF = {
	backup: ["backup"],
	drill: ["drill"],
	cycle: ["backup", "drill"],
	sync: ["offsite"]
};
/** A cycle is red when its drill is, and its backup may be good all the same; a drill's backup is good when it can be read. */
function partsOf({ operation, checks }) {
	const verdicts = Object.entries(PARTS).flatMap(([part, isOf]) => {
		const own = checks.filter(({ name }) => isOf(name));
		const drilled = /^(?:drill|cycle)$/.test(operation) && checks.some(isOpening);
		const there = part !== "drill" || drilled;
		return own.length > 0 && there ? [[part, verdictOf(own)]] : [];
	});
	return Object.fromEntries(verdicts);
}
/** Each drill begins with it. */
const isOpening = ({ name }) => name === "archive";
const PARTS = {
	backup: (name) => /^(?:dump|manifest|attachments|archive)$/.test(name),
	drill: (name) => !/^(?:dump|manifest|attachments|retention|offsite)/.test(name),
	offsite: (name) => name.startsWith("offsite")
};
export { pastResultOfEnd as n, pastResultSchema as r, pastResultOf as t };
