import { t as pastResultOf } from "./past-result2.js";
// src/report/time-axis.ts
/** Steps of a time axis that people read at a glance, in seconds. */
const STEPS = [...[
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
	1800
], ...[
	3600,
	7200,
	10800,
	21600,
	43200,
	86400
]];
const DAY = 86400;
/** Given seconds that an axis spans and how many ticks it has room for, return the step between them, in seconds. */
function stepOf(seconds, mostTicks) {
	return STEPS.find((one) => seconds / one <= mostTicks) ?? Math.ceil(seconds / mostTicks / DAY) * DAY;
}
/** Given seconds that an axis spans and how many ticks it has room for, return where they stand, the start not among them. */
function ticksOf(seconds, mostTicks) {
	const step = stepOf(seconds, mostTicks);
	return Array.from({ length: Math.floor(seconds / step) }, (_, index) => (index + 1) * step);
}
// src/report/not-checked.ts
/** Given a report, return what it does not prove, each a sentence in which backticks mark names; a green report says so too. */
function notChecked({ checks, backup }) {
	return [...checks.filter(({ switchedOff }) => switchedOff).map(({ name, message }) => `${name}: ${message}`), ...backup && !backup.manifest ? ["The content of each table: this backup has no manifest, only row counts can be compared."] : []];
}
// src/report/trend.ts
const NONE = { points: [] };
/**
* Given a report and past results in any order, return the trends of its deployment up to that report. A trend ends with
* what the report itself measured: of what it did not, it has none.
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
/** Given the results of runs in any order, return the trends of the deployment that the newest one was on, oldest first. */
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
/** Given a trend, return whether it shows more than the present. */
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
