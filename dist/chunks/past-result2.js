import "./rolldown-runtime.js";
import { d as object, f as optional, m as string, p as readonly, u as number } from "./mini.js";
import { s as verdictOf } from "./check.js";
import { t as reportSchema } from "./report-schema.js";
// src/report/past-result.ts
const { shape } = reportSchema.def.innerType;
const verdict = shape.verdict;
/**
* One part of a run: how it ended and when, in ISO 8601, UTC. For a backup, the moment is that of its
* snapshot.
*/
const part = readonly(object({
	verdict,
	at: string(),
	rtoSeconds: shape.rtoSeconds
}));
/** What is kept of an earlier report: enough for trends and badges, small enough to keep one for every run. */
const pastResultSchema = readonly(object({
	operation: shape.operation,
	verdict,
	startedAt: shape.startedAt,
	/** Both are unknown when the run ended before it found out. */
	host: optional(string()),
	database: optional(string()),
	/** Only what the run did, or saw that others did. */
	parts: readonly(object({
		backup: optional(part),
		drill: optional(part),
		offsite: optional(part)
	})),
	rtoSeconds: shape.rtoSeconds,
	rtoObjectiveSeconds: shape.rtoObjectiveSeconds,
	rpoSeconds: shape.rpoSeconds,
	rpoObjectiveSeconds: shape.rpoObjectiveSeconds,
	bytes: optional(number()),
	rows: shape.rows
}));
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
		parts: operation === "monitor" ? seenParts(report) : ownParts(report),
		...rtoSeconds !== void 0 && {
			rtoSeconds,
			rtoObjectiveSeconds
		},
		...rpoSeconds !== void 0 && {
			rpoSeconds,
			rpoObjectiveSeconds
		},
		...backup && { bytes: backup.bytes }
	};
}
/** For a run without a report: each of its parts proved nothing. */
function pastResultOfEnd({ operation, verdict, endedAt }) {
	return {
		operation,
		verdict,
		startedAt: endedAt,
		parts: Object.fromEntries((PARTS_OF[operation] ?? []).map((name) => [name, {
			verdict,
			at: endedAt
		}])),
		rows: 0
	};
}
const PARTS_OF = {
	backup: ["backup"],
	drill: ["drill"],
	cycle: ["backup", "drill"],
	sync: ["offsite"]
};
/** A monitor does nothing itself; it sees when each part was last done. */
function seenParts({ backup, lastDrill, lastSync }) {
	return {
		...backup && { backup: {
			verdict: "passed",
			at: backup.takenAt
		} },
		...lastDrill && { drill: seenPart(lastDrill) },
		...lastSync && { offsite: seenPart(lastSync) }
	};
}
function seenPart({ verdict, endedAt, rtoSeconds }) {
	return {
		verdict,
		at: endedAt,
		...rtoSeconds !== void 0 && { rtoSeconds }
	};
}
/**
* A cycle is red when its drill is red, but its backup may be good. A drill's backup is good when it can be
* read.
*/
function ownParts({ operation, startedAt, backup, rtoSeconds, checks }) {
	const ended = (isOf) => {
		const own = checks.filter(({ name }) => isOf.test(name));
		return own.length > 0 ? {
			verdict: verdictOf(own),
			at: startedAt
		} : void 0;
	};
	const taken = ended(BACKUP);
	const copied = ended(OFFSITE);
	const proved = DRILLING.includes(operation) && checks.some(({ name }) => name === "archive") ? ended(DRILL) : void 0;
	return {
		...taken && { backup: {
			...taken,
			at: backup?.takenAt ?? startedAt
		} },
		...proved && { drill: {
			...proved,
			...rtoSeconds !== void 0 && { rtoSeconds }
		} },
		...copied && { offsite: copied }
	};
}
const DRILLING = ["drill", "cycle"];
const BACKUP = /^(?:dump|manifest|attachments|archive)$/;
const OFFSITE = /^offsite/;
const DRILL = /^(?!dump$|manifest$|attachments$|retention$|offsite)/;
export { pastResultOfEnd as n, pastResultSchema as r, pastResultOf as t };
