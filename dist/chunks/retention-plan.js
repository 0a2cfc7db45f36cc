import { d as stampOf, r as FOLDERS } from "./backup-name.js";
// src/backups/calendar.ts
const DAY_MILLISECONDS = 864e5;
/** 1970-01-01 was a Thursday, four days after the Sunday that began its week. */
const DAYS_AFTER_SUNDAY = 4;
/**
* The number of the period of which the folder keeps one backup: the day, the week (from Sunday to
* Saturday) or the month. A stamp is the deployment's own wall clock. So its date is the day there, in any
* time zone, even in a night when the clock changes.
*/
function periodOf(kind, stamp) {
	const year = Number(stamp.slice(0, 4));
	const month = Number(stamp.slice(4, 6));
	if (kind === "monthly") return year * 12 + month;
	const days = Date.UTC(year, month - 1, Number(stamp.slice(6, 8))) / DAY_MILLISECONDS;
	return kind === "daily" ? days : Math.floor((days + DAYS_AFTER_SUNDAY) / 7);
}
// src/backups/retention-plan.ts
/** A deployment's policy, but for what the user said. */
function overriddenPolicy(usual, given) {
	return {
		days: given.days ?? usual.days,
		weeks: given.weeks ?? usual.weeks,
		months: given.months ?? usual.months
	};
}
const PROMOTED_TO = ["weekly", "monthly"];
/**
* Counts days, weeks and months that have a good backup, the newest first, and not age. So a month without
* backups costs nothing, nor does a clock that ran ahead. The first backup of a week (from Sunday on) or
* month that has no copy yet becomes its copy. So the next backup makes up for a missed Sunday or 1st.
*
* Never deleted: the last good backup, a backup dated in the future, and one that is not yet off-site. Nor is a
* file that is no backup of this database: a listing does not hold those.
*/
function planRetention(stored) {
	const counting = countedBackups(stored);
	const promoted = PROMOTED_TO.flatMap((to) => promotionsTo(to, counting, stored.policy));
	const copies = [...counting, ...promoted.map(({ backup, to }) => ({
		...backup,
		kind: to
	}))];
	const oldest = oldestOf(copies, stored.policy);
	const decided = decide(stored, copies, oldest);
	return {
		promoted,
		kept: decided.filter(({ keep }) => keep).map(({ decision }) => decision),
		going: decided.filter(({ keep }) => !keep).map(({ decision }) => decision),
		orphans: stored.orphans.filter(({ archive, kind, stamp }) => !archive || periodOf(kind, stamp) < oldest[kind]).map(({ path }) => path)
	};
}
/**
* The backups that count: complete, and not dated in the future. Where some can be proven, only these. When
* the reference script fails, what it leaves has the name of a backup, and a size.
*/
function countedBackups({ backups, now, unfinished }) {
	const largest = /* @__PURE__ */ new Map();
	for (const { name, bytes } of backups) largest.set(name, Math.max(bytes, largest.get(name) ?? 0));
	const isWhole = ({ name, bytes }) => bytes > 0 && bytes === largest.get(name);
	const whole = backups.filter((backup) => isWhole(backup) && !isAhead(backup, now) && !unfinished?.has(backup.name));
	const provable = whole.filter(({ manifest }) => manifest);
	return provable.length > 0 ? provable : whole;
}
/** Compares days: in the night when a clock is set back, a stamp may be an hour ahead. */
function isAhead({ name }, now) {
	return periodOf("daily", stampOf(name)) > periodOf("daily", now);
}
function promotionsTo(to, counting, policy) {
	const period = ({ name }) => periodOf(to, stampOf(name));
	const copied = new Set(counting.filter(({ kind }) => kind === to).map(period));
	const firsts = /* @__PURE__ */ new Map();
	for (const daily of counting.filter(({ kind }) => kind === "daily")) if (!copied.has(period(daily))) firsts.set(period(daily), daily);
	const oldest = oldestKept([...copied, ...firsts.keys()], countOf(to, policy));
	return [...firsts].filter(([number]) => number >= oldest).map(([, backup]) => ({
		backup,
		to,
		reason: `the first of a ${to === "weekly" ? "week" : "month"} that has no copy yet`
	}));
}
/** `copies` are those that will count, the newest first. */
function decide(stored, copies, oldest) {
	const { backups, policy, now, offsite, unfinished } = stored;
	const lastGood = copies[0]?.name;
	const whyKept = (backup) => {
		const { name, kind } = backup;
		if (isAhead(backup, now)) return "dated in the future: a clock was wrong";
		if (unfinished?.has(name)) return "not finished yet";
		if (periodOf(kind, stampOf(name)) >= oldest[kind]) return `within ${extentOf(kind, policy)}`;
		if (name === lastGood) return "the last good backup";
		return offsite && !offsite.has(name) ? "not off-site yet" : void 0;
	};
	return backups.map((backup) => {
		const reason = whyKept(backup);
		const older = `older than ${extentOf(backup.kind, policy)}`;
		return {
			keep: reason !== void 0,
			decision: {
				backup,
				reason: reason ?? older
			}
		};
	});
}
/** The oldest period that each folder keeps. `copies` are those that will count. */
function oldestOf(copies, policy) {
	const of = (kind) => {
		return oldestKept(copies.filter((copy) => copy.kind === kind).map(({ name }) => periodOf(kind, stampOf(name))), countOf(kind, policy));
	};
	return {
		daily: of("daily"),
		weekly: of("weekly"),
		monthly: of("monthly")
	};
}
/** The oldest of the `count` newest periods, which may repeat. */
function oldestKept(periods, count) {
	const newest = [...new Set(periods)].sort((a, b) => b - a);
	if (count === 0) return Number.POSITIVE_INFINITY;
	return newest[count - 1] ?? Number.NEGATIVE_INFINITY;
}
function countOf(kind, { days, weeks, months }) {
	return [
		days,
		weeks,
		months
	][FOLDERS.indexOf(kind)] ?? 0;
}
function extentOf(kind, policy) {
	const count = countOf(kind, policy);
	return `the ${count} newest ${{
		daily: "day",
		weekly: "week",
		monthly: "month"
	}[kind]}${count === 1 ? "" : "s"} with a backup`;
}
export { planRetention as n, periodOf as r, overriddenPolicy as t };
