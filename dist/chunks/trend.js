import { t as pastResultOf } from "./past-result2.js";
// src/report/time-axis.ts
/** Steps of a time axis that are easy to read, in seconds. */
const STEPS = [
	.01,
	.02,
	.05,
	.1,
	.2,
	.5,
	1,
	2,
	5,
	10,
	15,
	30,
	60,
	120,
	300,
	600,
	900,
	1800,
	3600,
	7200,
	10800,
	21600,
	43200,
	86400
];
const DAY = 86400;
/** The step between two ticks, in seconds. `seconds` is the length of the axis. */
function stepOf(seconds, mostTicks) {
	return STEPS.find((one) => seconds / one <= mostTicks) ?? Math.ceil(seconds / mostTicks / DAY) * DAY;
}
/** Positions of the ticks in seconds, without the start. `seconds` is the length of the axis. */
function ticksOf(seconds, mostTicks) {
	const step = stepOf(seconds, mostTicks);
	return Array.from({ length: Math.floor(seconds / step) }, (_, index) => (index + 1) * step);
}
// src/report/not-checked.ts
/** What the report does not prove, even when it is green. Backticks mark names. */
function notChecked({ checks, backup }) {
	return [...checks.filter(({ switchedOff }) => switchedOff).map(({ name, message }) => `${name}: ${message}`), ...backup && !backup.manifest ? ["The content of each table: this backup has no manifest, only row counts can be compared."] : []];
}
// src/report/trend.ts
const NONE = { points: [] };
/**
* Trends of the report's deployment up to this report; `past` may be in any order. Each ends with this
* report's own value. A value that the report did not measure has no trend.
*/
function trendsOf(report, past) {
	const { startedAt } = report;
	const earlier = past.filter((one) => one.startedAt < startedAt);
	const { rto, rpo, size } = trendsOfResults([pastResultOf(report), ...earlier]);
	const measured = (trend) => trend.points.at(-1)?.at === startedAt ? trend : NONE;
	return {
		rto: measured(rto),
		rpo: measured(rpo),
		size: measured(size)
	};
}
/** Trends of the deployment of the newest run, oldest first. `results` may be in any order. */
function trendsOfResults(results) {
	const ordered = results.filter(({ host }) => host !== void 0).sort((a, b) => a.startedAt < b.startedAt ? -1 : 1);
	const newest = ordered.at(-1);
	const own = ordered.filter(({ host, database, operation }) => host === newest?.host && database === newest?.database && operation !== "monitor");
	return {
		rto: trend(own, "rtoSeconds", "rtoObjectiveSeconds"),
		rpo: trend(own, "rpoSeconds", "rpoObjectiveSeconds"),
		size: trend(own, "bytes")
	};
}
/** Whether it shows more than the present. */
function isTrend({ points }) {
	return points.length > 1;
}
function trend(results, field, objectiveField) {
	const points = results.flatMap(({ startedAt: at, verdict, [field]: value }) => value === void 0 ? [] : [{
		at,
		value,
		verdict
	}]);
	const objective = objectiveField && results.findLast((one) => one[objectiveField] !== void 0)?.[objectiveField];
	return {
		points: points.slice(-40),
		...objective !== void 0 && { objective }
	};
}
export { stepOf as a, notChecked as i, trendsOf as n, ticksOf as o, trendsOfResults as r, isTrend as t };
