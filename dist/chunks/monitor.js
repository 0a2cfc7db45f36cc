import "./rolldown-runtime.js";
import { C as COMMENTED_DATABASES_QUERY, D as extraDatabasesIn, G as hasRoom, M as parseListing, N as unfinishedDumps, P as composeByHand, R as onDatabase, V as parseRecords, _t as literal, a as backupVolumeOf, c as addressOf, d as stateOf, dt as stampIn, f as withSession, ft as stampNow, i as inspect, l as containerOf, m as UNMARKED_SUFFIX, o as databaseNamesOf, q as NoSuchDatabase, s as databaseOf, t as EngineSilent, tt as listFiles, u as isRunning } from "./discover.js";
import { a as UserMistake, n as Failed, r as Failure } from "./failure.js";
import { a as passed, c as warned, i as notRun, n as MONITOR_CHECKS, o as switchedOff, r as failed, s as verdictOf } from "./check.js";
import { t as counted } from "./count.js";
import { t as APPLICATION } from "./application.js";
import { t as formatDuration } from "./duration.js";
import { n as planRetention, r as periodOf, t as overriddenPolicy } from "./retention-plan.js";
import { t as formatBytes } from "./bytes.js";
import { t as formatMoment } from "./moment.js";
import { d as stampOf, s as momentOf } from "./backup-name.js";
import { p as remoteListing, r as openFrom, t as listFilesOf } from "./offsite.js";
import { a as and, c as program, n as print, o as inContainer, s as inThrowaway } from "./shell.js";
import { t as CommandFailed } from "./command-failed.js";
import { c as columnsIn, s as throwawayMark } from "./throwaway-database.js";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
// src/operations/monitor/findings/backup-store.ts
/**
* The complete backups, newest first: not empty, finished, and as large as the manifest says. A
* name holds the deployment's wall clock, which may have been set back. The manifest holds the
* moment itself.
*/
function completeBackups({ listing, linked, heads }) {
	const unfinished = unfinishedDumps(listing, linked);
	return listing.backups.flatMap((backup) => {
		const head = heads.get(backup.path);
		if (!(backup.bytes > 0 && (head?.bytes ?? backup.bytes) === backup.bytes) || unfinished.has(backup.name)) return [];
		return [{
			...backup,
			...head,
			bytes: backup.bytes
		}];
	});
}
/** The record of the last run of an operation. */
function recordOf({ records }, operation) {
	return records.find((one) => one.operation === operation);
}
// src/operations/monitor/findings/database-server.ts
/**
* The answer is a ServerEvidence: one row with one JSON value. `application` is the first word of
* our sessions' names. `mark` and `suffix` are how a drill's database is known.
*/
function serverQuery(application, mark, suffix) {
	const own = `a.application_name LIKE ${literal(`${application} %`)}`;
	return `
SELECT json_build_object('version', current_setting('server_version'),
  'maxConnections', current_setting('max_connections')::int,
  'reserved', current_setting('superuser_reserved_connections')::int + current_setting('reserved_connections')::int,
  'connections', (SELECT count(*) FROM pg_stat_activity a WHERE a.backend_type = 'client backend'),
  'databaseLimit', d.datconnlimit,
  'databaseConnections', (SELECT count(*) FROM pg_stat_activity a WHERE a.datid = d.oid AND a.backend_type = 'client backend'),
  'roles', (SELECT coalesce(json_agg(json_build_object('name', r.rolname, 'limit', r.rolconnlimit, 'connections',
      (SELECT count(*) FROM pg_stat_activity a WHERE a.usesysid = r.oid AND a.backend_type = 'client backend')) ORDER BY r.rolname), '[]')
    FROM pg_roles r WHERE r.rolconnlimit >= 0),
  'sessions', (SELECT coalesce(json_agg(json_build_object('application', a.application_name, 'address', coalesce(host(a.client_addr), ''),
      'state', coalesce(a.state, ''), 'transactionSeconds', coalesce(extract(epoch FROM clock_timestamp() - a.xact_start), 0)::float,
      'waitingSeconds', CASE WHEN cardinality(pg_blocking_pids(a.pid)) > 0
        THEN coalesce(extract(epoch FROM clock_timestamp() - a.query_start), 0)::float ELSE 0 END) ORDER BY a.backend_start), '[]')
    FROM pg_stat_activity a WHERE a.datid = d.oid AND a.backend_type = 'client backend' AND NOT (${own})),
  'preparedTransactions', (SELECT count(*) FROM pg_prepared_xacts p WHERE p.database = d.datname),
  'slots', (SELECT coalesce(json_agg(s.slot_name ORDER BY s.slot_name), '[]') FROM pg_replication_slots s WHERE s.database = d.datname),
  'leftovers', (SELECT coalesce(json_agg(o.datname ORDER BY o.datname), '[]') FROM pg_database o
    WHERE shobj_description(o.oid, 'pg_database') = ${literal(mark)} OR right(o.datname, ${suffix.length}) = ${literal(suffix)}),
  'commented', (${COMMENTED_DATABASES_QUERY}),
  'busy', (SELECT count(*) > 0 FROM pg_stat_activity a WHERE ${own} AND a.pid <> pg_backend_pid())) AS evidence
FROM pg_database d WHERE d.datname = current_database()`;
}
/**
* Ends every session on the production database except our own (the guide's "Force disconnect all
* users"), and answers how many. `application` is the first word of our sessions' names.
*/
function endSessionsQuery(application) {
	return `
SELECT count(pg_terminate_backend(a.pid, 5000))::text AS ended FROM pg_stat_activity a
WHERE a.datname = current_database() AND a.backend_type = 'client backend' AND a.pid <> pg_backend_pid()
  AND a.application_name NOT LIKE ${literal(`${application} %`)}`;
}
/** `ready` is what pg_isready says. A text in place of the evidence says why no session could be opened. */
function judgeDatabase(ready, server) {
	const next = "See what it says: docker compose logs db";
	if (typeof server === "string") return failed("database", `${ready ? "The server accepts connections, but not ours" : "The database server does not answer"}: ${server}`, next);
	if (ready === false) return failed("database", "The backup container does not reach the database server (pg_isready), though the host does.", "See that both are on the same network: docker compose up --detach backup");
	return passed("database", `PostgreSQL ${server.version} accepts connections.`);
}
const NEARLY_ALL = .9;
/** Whether a backup or a restore would find a free connection. */
function judgeConnections(server) {
	const limits = [
		{
			name: "The server",
			used: server.connections,
			limit: server.maxConnections - server.reserved
		},
		{
			name: "The production database",
			used: server.databaseConnections,
			limit: server.databaseLimit
		},
		...server.roles.map(({ name, connections, limit }) => ({
			name: `The role \`${name}\``,
			used: connections,
			limit
		}))
	].filter(({ limit }) => limit >= 0);
	const share = ({ used, limit }) => limit === 0 ? 1 : used / limit;
	const fullest = limits.toSorted((a, b) => share(b) - share(a))[0];
	if (!fullest) return passed("connections", "The server limits no connections.");
	const sentence = `${fullest.name} has ${fullest.used} of ${counted(fullest.limit, "connection")} in use.`;
	const next = "Find who holds them (SELECT * FROM pg_stat_activity), or raise the limit.";
	if (share(fullest) >= 1) return failed("connections", sentence, next);
	return share(fullest) >= NEARLY_ALL ? warned("connections", sentence, next) : passed("connections", sentence);
}
const HOUR$1 = 3600;
const WAITING_SECONDS = 300;
/**
* Whether a session or a lock would hold up a restore. `services` are the names of the deployment's
* own services by their addresses. A restore stops those.
*/
function judgeSessions(server, services) {
	const { sessions, preparedTransactions, slots } = server;
	const foreign = sessions.filter(({ address }) => !services.has(address));
	const oldest = Math.max(0, ...sessions.map(({ transactionSeconds }) => transactionSeconds));
	const waiting = Math.max(0, ...sessions.map(({ waitingSeconds }) => waitingSeconds));
	const blockers = [
		...preparedTransactions > 0 ? [`${counted(preparedTransactions, "prepared transaction")} that no disconnecting ends`] : [],
		...slots.length > 0 ? [`the logical replication ${slots.length === 1 ? "slot" : "slots"} \`${slots.join("`, `")}\``] : [],
		...oldest > HOUR$1 ? [`a transaction that has been open for ${formatDuration(oldest)}`] : [],
		...waiting > WAITING_SECONDS ? [`a session that has waited for a lock for ${formatDuration(waiting)}`] : []
	];
	const all = `${counted(sessions.length, "session")} on the production database, ${foreign.length} of them not of the deployment's services`;
	if (blockers.length > 0) return warned("sessions", `${all}; a restore would be held up by ${blockers.join(" and ")}.`, "Look at them: SELECT * FROM pg_stat_activity, pg_prepared_xacts. To disconnect everybody: openspp-backup monitor --end-sessions DATABASE");
	return passed("sessions", `${all}; none would hold up a restore.`);
}
/** Whether a restore or a drill that died left something. */
function judgeLeftovers(server, production) {
	const { leftovers, busy, commented } = server;
	const interrupted = extraDatabasesIn(commented, production).find(({ mark }) => mark.is === "incoming" || mark.is === "vacant" || mark.is === "former" && !mark.confirmed);
	if (interrupted && !busy) return failed("leftovers", `A restore of ${interrupted.mark.backup} was interrupted: \`${interrupted.name}\` is left of it.`, "See in which state production is, and what finishes or undoes it: openspp-backup restore --status");
	if (leftovers.length === 0) return passed("leftovers", "No drill left a database behind.");
	const names = leftovers.map((name) => `\`${name}\``).join(", ");
	return busy ? passed("leftovers", `A run is at work, which drops ${names} when it ends.`) : warned("leftovers", `A drill left ${names} behind, which takes space.`, "Drop it: openspp-backup sweep");
}
// src/operations/monitor/end-sessions.ts
/**
* Ends every session on the production database except our own, when the user gave the database's
* name: the guide's "Force disconnect all users". Throws UserMistake for another name.
*/
async function endSessions({ monitor: { endSessions } }, { host, journal }, { database, server }) {
	if (endSessions === void 0) return;
	if (endSessions !== database) throw new UserMistake({
		what: `\`end-sessions\` names \`${endSessions}\`, and the production database is \`${database}\`.`,
		state: "Nobody was disconnected.",
		next: `To disconnect everybody from production: --end-sessions ${database}`
	});
	if (server instanceof UserMistake) return;
	const options = {
		role: server.admin,
		name: server.name,
		applicationName: `${APPLICATION} monitor`
	};
	const ended = await withSession({
		host,
		deployment: { database: server }
	}, options, (session) => session.value(endSessionsQuery(APPLICATION)));
	journal.log.warning(`Ended ${counted(Number(ended), "session")} on ${database}. Clients that reconnect by themselves, as Odoo does, are back at once: stop them first.`);
}
// src/operations/monitor/growth.ts
const DAY_MILLISECONDS = 864e5;
const LOOK_AHEAD_DAYS = 365;
/** A slope needs at least three points. */
const FEWEST$1 = 3;
const SHORTEST_DAYS = 2;
/**
* Forecasts by how much a backup grows in a day, and when the volume is full. Undefined when there
* are too few backups. It applies the retention's own plan to each day to come. A weekly or monthly
* copy shares its storage with the daily one, so it takes space only once that one is removed. The
* filestore's pool grows as the filestore does. The growth of other files is not seen.
*/
function forecast(growing) {
	const { freeBytes, now } = growing;
	const slope = slopeOf(growing.backups, bytesOf);
	if (slope === void 0) return void 0;
	const pooled = slopeOf(growing.backups, ({ pooledBytes }) => pooledBytes);
	const result = {
		bytesPerDay: slope,
		...pooled !== void 0 && { pooledBytesPerDay: pooled },
		lookedAheadDays: LOOK_AHEAD_DAYS
	};
	const limit = storedBytes(growing.backups) + freeBytes;
	let backups = growing.backups;
	for (let day = 1; day <= LOOK_AHEAD_DAYS; day += 1) {
		const moment = new Date(now.getTime() + day * DAY_MILLISECONDS);
		backups = afterOneMoreDay(growing, backups, moment, slope * day);
		if (storedBytes(backups) + (pooled ?? 0) * day > limit) return {
			...result,
			fullAt: moment
		};
	}
	return result;
}
/** The volume a day later. The new backup is larger than today's newest by `grown`. */
function afterOneMoreDay({ backups: [newest], policy, perDay }, before, day, grown) {
	const taken = Array.from({ length: perDay }, (_, index) => {
		const takenAt = /* @__PURE__ */ new Date(day.getTime() - index * DAY_MILLISECONDS / perDay);
		const name = `forecast_${stampAt(takenAt)}.dump`;
		return {
			name,
			path: name,
			kind: "daily",
			takenAt,
			bytes: bytesOf(newest) + grown,
			manifest: true,
			latest: false
		};
	});
	const { promoted, kept } = planRetention({
		backups: [...taken, ...before],
		orphans: [],
		policy,
		now: stampAt(day)
	});
	return [...kept.map(({ backup }) => backup), ...promoted.map(({ backup, to }) => ({
		...backup,
		kind: to
	}))].sort((a, b) => b.takenAt.getTime() - a.takenAt.getTime());
}
function stampAt(moment) {
	return moment.toISOString().replaceAll(/[-:]/g, "").replace("T", "_").slice(0, 15);
}
/** Bytes on the disk. A copy with the same name is a link, so it counts once. */
function storedBytes(backups) {
	return [...new Map(backups.map((backup) => [backup.name, bytesOf(backup)])).values()].reduce((sum, bytes) => sum + bytes, 0);
}
function bytesOf(backup) {
	return (backup?.bytes ?? 0) + (backup?.filestore?.bytes ?? 0);
}
/** Growth in bytes per day: the slope, by least squares, of one size of the daily backups. At least 0. */
function slopeOf(backups, sizeOf) {
	const points = backups.flatMap((backup) => {
		const size = backup.kind === "daily" ? sizeOf(backup) : void 0;
		return size === void 0 ? [] : [{
			x: backup.takenAt.getTime() / DAY_MILLISECONDS,
			y: size
		}];
	});
	const [last, first] = [points[0], points.at(-1)];
	if (!last || !first || points.length < FEWEST$1 || last.x - first.x < SHORTEST_DAYS) return void 0;
	const mean = (values) => values.reduce((sum, one) => sum + one, 0) / values.length;
	const [x, y] = [mean(points.map((point) => point.x)), mean(points.map((point) => point.y))];
	const above = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0);
	const below = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
	return Math.max(0, above / below);
}
// node_modules/croner/dist/croner.js
function g(s, e, t, n = 0, r = 0, a = 0, i = 0) {
	let o = s >= 0 && s < 100, u = Date.UTC(o ? s + 400 : s, e, t, n, r, a, i);
	return o ? u - 0xb7af85d9c00 : u;
}
function D(s) {
	return g(s.y, s.m - 1, s.d, s.h, s.i, s.s);
}
function w(s, e) {
	return s.y === e.y && s.m === e.m && s.d === e.d && s.h === e.h && s.i === e.i && s.s === e.s;
}
function O(s) {
	let e = s.substring(9);
	return e.includes("Z") || e.includes("+") || e.includes("-");
}
function Z(s, e) {
	let t = new Date(Date.parse(s));
	if (isNaN(t)) throw new Error("Invalid ISO8601 passed to timezone parser.");
	return O(s) ? {
		tp: T(t.getUTCFullYear(), t.getUTCMonth() + 1, t.getUTCDate(), t.getUTCHours(), t.getUTCMinutes(), t.getUTCSeconds(), "Etc/UTC"),
		ms: t.getUTCMilliseconds()
	} : {
		tp: T(t.getFullYear(), t.getMonth() + 1, t.getDate(), t.getHours(), t.getMinutes(), t.getSeconds(), e),
		ms: t.getMilliseconds()
	};
}
function v(s, e, t) {
	let { tp: n, ms: r } = Z(s, e);
	return new Date(N(n, t).getTime() + r);
}
function N(s, e) {
	let t = _(s);
	if (t.kind === "single") return t.date;
	if (t.kind === "ambiguous") return t.earlier;
	if (e) throw new Error("Invalid date passed to fromTZ()");
	return t.after;
}
function _(s) {
	let e = D(s), t = (i) => R(new Date(i), s.tz), n = e - t(e), r = y(new Date(n), s.tz);
	if (w(r, s)) {
		let i = D(r) - n, o = n - (t(n - E) - i);
		if (o < n && w(y(new Date(o), s.tz), s)) return {
			kind: "ambiguous",
			earlier: new Date(o),
			later: new Date(n)
		};
		let u = n + (i - t(n + E));
		return u > n && w(y(new Date(u), s.tz), s) ? {
			kind: "ambiguous",
			earlier: new Date(n),
			later: new Date(u)
		} : {
			kind: "single",
			date: new Date(n)
		};
	}
	let a = e - (D(r) - n);
	return w(y(new Date(a), s.tz), s) ? {
		kind: "single",
		date: new Date(a)
	} : {
		kind: "gap",
		before: new Date(Math.min(n, a)),
		after: new Date(Math.max(n, a))
	};
}
var E = 108e5;
function R(s, e) {
	return D(y(s, e)) - (s.getTime() - s.getUTCMilliseconds());
}
function k(s, e, t) {
	let n = R(new Date(s), t);
	for (; e - s > 1e3;) {
		let r = s + Math.floor((e - s) / 2e3) * 1e3;
		R(new Date(r), t) === n ? s = r : e = r;
	}
	return e;
}
function U(s, e) {
	let t = _(y(new Date(s), e));
	if (t.kind === "ambiguous") return s < t.later.getTime() ? "earlier" : "later";
}
var H = g(1, 0, 1);
var S = 864e5;
var W = /* @__PURE__ */ new Map();
function y(s, e) {
	if (e === void 0) return T(s.getFullYear(), s.getMonth() + 1, s.getDate(), s.getHours(), s.getMinutes(), s.getSeconds());
	let t = W.get(e), n;
	try {
		t || (t = new Intl.DateTimeFormat("en-US", {
			timeZone: e,
			year: "numeric",
			month: "numeric",
			day: "numeric",
			hour: "numeric",
			minute: "numeric",
			second: "numeric",
			hour12: !1
		}), W.set(e, t)), n = t.formatToParts(s);
	} catch (i) {
		let o = i instanceof Error ? i.message : String(i);
		throw new RangeError(`toTZ: Invalid timezone '${e}' or date. Please provide a valid IANA timezone (e.g., 'America/New_York', 'Europe/Stockholm'). Original error: ${o}`);
	}
	let r = {
		year: 0,
		month: 0,
		day: 0,
		hour: 0,
		minute: 0,
		second: 0
	};
	for (let i of n) (i.type === "year" || i.type === "month" || i.type === "day" || i.type === "hour" || i.type === "minute" || i.type === "second") && (r[i.type] = parseInt(i.value, 10));
	if (isNaN(r.year) || isNaN(r.month) || isNaN(r.day) || isNaN(r.hour) || isNaN(r.minute) || isNaN(r.second)) throw new Error(`toTZ: Failed to parse all date components from timezone '${e}'. This may indicate an invalid date or timezone configuration. Parsed components: ${JSON.stringify(r)}`);
	let a = s.getTime() - H;
	return (a < -S || a < S && r.month === 12) && (r.year = 1 - r.year), r.hour === 24 && (r.hour = 0), {
		y: r.year,
		m: r.month,
		d: r.day,
		h: r.hour,
		i: r.minute,
		s: r.second,
		tz: e
	};
}
function T(s, e, t, n, r, a, i) {
	return {
		y: s,
		m: e,
		d: t,
		h: n,
		i: r,
		s: a,
		tz: i
	};
}
var x = [
	1,
	2,
	4,
	8,
	16
];
var C = class s {
	pattern;
	timezone;
	mode;
	alternativeWeekdays;
	sloppyRanges;
	fixedTimeRule;
	second;
	minute;
	hour;
	day;
	month;
	dayOfWeek;
	year;
	lastDayOfMonth;
	lastWeekday;
	nearestWeekdays;
	starDOM;
	starDOW;
	starYear;
	useAndLogic;
	isFixedTime;
	constructor(e, t, n) {
		this.pattern = e, this.timezone = t, this.mode = n?.mode ?? "auto", this.alternativeWeekdays = n?.alternativeWeekdays ?? !1, this.sloppyRanges = n?.sloppyRanges ?? !1, this.fixedTimeRule = n?.fixedTimeRule ?? "single-value", this.second = Array(60).fill(0), this.minute = Array(60).fill(0), this.hour = Array(24).fill(0), this.day = Array(31).fill(0), this.month = Array(12).fill(0), this.dayOfWeek = Array(7).fill(0), this.year = [], this.lastDayOfMonth = !1, this.lastWeekday = !1, this.nearestWeekdays = Array(31).fill(0), this.starDOM = !1, this.starDOW = !1, this.starYear = !1, this.useAndLogic = !1, this.isFixedTime = !1, this.parse();
	}
	parse() {
		if (!(typeof this.pattern == "string" || this.pattern instanceof String)) throw new TypeError("CronPattern: Pattern has to be of type string.");
		this.pattern.indexOf("@") >= 0 && (this.pattern = this.handleNicknames(this.pattern).trim());
		let e = this.pattern.match(/\S+/g) || [""], t = e.length;
		if (e.length < 5 || e.length > 7) throw new TypeError("CronPattern: invalid configuration format ('" + this.pattern + "'), exactly five, six, or seven space separated parts are required.");
		if (this.mode !== "auto") {
			let i;
			switch (this.mode) {
				case "5-part":
					i = 5;
					break;
				case "6-part":
					i = 6;
					break;
				case "7-part":
					i = 7;
					break;
				case "5-or-6-parts":
					i = [5, 6];
					break;
				case "6-or-7-parts":
					i = [6, 7];
					break;
				default: i = 0;
			}
			if (!(Array.isArray(i) ? i.includes(t) : t === i)) {
				let u = Array.isArray(i) ? i.join(" or ") : i.toString();
				throw new TypeError(`CronPattern: mode '${this.mode}' requires exactly ${u} parts, but pattern '${this.pattern}' has ${t} parts.`);
			}
		}
		if (e.length === 5 && e.unshift("0"), e.length === 6 && e.push("*"), this.pattern.indexOf("?") >= 0) for (let i = 0; i < e.length; i++) e[i] = e[i].replace(/\?/g, "*");
		if (e[3].toUpperCase() === "LW") this.lastWeekday = !0, e[3] = "";
		else if (e[3].toUpperCase().indexOf("L") >= 0) {
			let i = e[3].split(",");
			if (i.length > 1 && i.some((o) => o.toUpperCase() === "LW")) throw new TypeError(`CronPattern: Syntax error, LW can not be in a list in day-of-month ('${e[3]}').`);
			if (i.some((o) => o === "" || o.toUpperCase() !== "L" && /l/i.test(o))) throw new TypeError("CronPattern: Syntax error, L has to be a value of its own in day-of-month ('" + e[3] + "').");
			e[3] = i.filter((o) => o.toUpperCase() !== "L").join(","), this.lastDayOfMonth = !0;
		}
		if (e[3] == "*" && (this.starDOM = !0), e[6] == "*" && (this.starYear = !0), e[4].length >= 3 && (e[4] = this.replaceAlpha(e[4], s.MONTH_NAMES)), e[5].length >= 3 && (e[5] = this.alternativeWeekdays ? this.replaceAlpha(e[5], s.DAY_NAMES_QUARTZ) : this.replaceAlpha(e[5], s.DAY_NAMES)), e[5].startsWith("+") && (this.useAndLogic = !0, e[5] = e[5].substring(1), e[5] === "")) throw new TypeError("CronPattern: Day-of-week field cannot be empty after '+' modifier.");
		switch (e[5] == "*" && (this.starDOW = !0), this.mode) {
			case "5-part":
				e[0] = "0", e[6] = "*";
				break;
			case "6-part":
				e[6] = "*";
				break;
			case "5-or-6-parts": e[6] = "*";
		}
		this.throwAtIllegalCharacters(e), this.partToArray("second", e[0], 0, 1), this.partToArray("minute", e[1], 0, 1), this.partToArray("hour", e[2], 0, 1), this.partToArray("day", e[3], -1, 1), this.partToArray("month", e[4], -1, 1);
		let n = this.alternativeWeekdays ? -1 : 0;
		this.partToArray("dayOfWeek", e[5], n, 63), e[6] === "*" ? this.year = Array(1e4).fill(1) : (this.year = Array(1e4).fill(0), this.partToArray("year", e[6], 0, 1)), !this.alternativeWeekdays && this.dayOfWeek[7] && (this.dayOfWeek[0] = this.dayOfWeek[7]);
		let r = this.fixedTimeRule === "single-value", a = (i, o) => !i.includes("*") && !i.includes("/") && (!r || o.filter((u) => u).length === 1);
		this.isFixedTime = a(e[0], this.second) && a(e[1], this.minute) && a(e[2], this.hour);
	}
	partToArray(e, t, n, r) {
		let a = this[e];
		if (t === "" && !(e === "day" && (this.lastDayOfMonth || this.lastWeekday))) throw new TypeError("CronPattern: configuration entry " + e + " (" + t + ") is empty, check for trailing spaces.");
		if (t === "*") return a.fill(r);
		let i = t.split(",");
		if (i.length > 1) for (let o of i) this.partToArray(e, o, n, r);
		else t.includes("-") && t.includes("/") ? this.handleRangeWithStepping(t, e, n, r) : t.includes("-") ? this.handleRange(t, e, n, r) : t.includes("/") ? this.handleStepping(t, e, n, r) : t !== "" && this.handleNumber(t, e, n, r);
	}
	throwAtIllegalCharacters(e) {
		for (let t = 0; t < e.length; t++) if ((t === 3 ? /[^/*0-9,\-WwLl]+/ : t === 5 ? /[^/*0-9,\-#Ll]+/ : /[^/*0-9,\-]+/).test(e[t])) throw new TypeError("CronPattern: configuration entry " + t + " (" + e[t] + ") contains illegal characters.");
	}
	handleNumber(e, t, n, r) {
		let a = this.extractNth(e, t), i = e.toUpperCase().includes("W");
		if (t !== "day" && i) throw new TypeError("CronPattern: Nearest weekday modifier (W) only allowed in day-of-month.");
		i && (t = "nearestWeekdays");
		let o = i ? a[0].replace(/W$/i, "") : a[0], u = s.toNumber(o) + n;
		if (isNaN(u)) throw new TypeError("CronPattern: " + t + " is not a number: '" + e + "'");
		this.setPart(t, u, a[1] || r);
	}
	setPart(e, t, n) {
		if (!Object.prototype.hasOwnProperty.call(this, e)) throw new TypeError("CronPattern: Invalid part specified: " + e);
		if (e === "dayOfWeek") {
			if (t === 7 && (t = 0), t < 0 || t > 6) throw new RangeError("CronPattern: Invalid value for dayOfWeek: " + t);
			this.setNthWeekdayOfMonth(t, n);
			return;
		}
		if (e === "second" || e === "minute") {
			if (t < 0 || t >= 60) throw new RangeError("CronPattern: Invalid value for " + e + ": " + t);
		} else if (e === "hour") {
			if (t < 0 || t >= 24) throw new RangeError("CronPattern: Invalid value for " + e + ": " + t);
		} else if (e === "day" || e === "nearestWeekdays") {
			if (t < 0 || t >= 31) throw new RangeError("CronPattern: Invalid value for " + e + ": " + t);
		} else if (e === "month") {
			if (t < 0 || t >= 12) throw new RangeError("CronPattern: Invalid value for " + e + ": " + t);
		} else if (e === "year" && (t < 1 || t >= 1e4)) throw new RangeError("CronPattern: Invalid value for " + e + ": " + t + " (supported range: 1-9999)");
		this[e][t] = n;
	}
	static toNumber(e) {
		return /^\d+$/.test(e) ? parseInt(e, 10) : NaN;
	}
	validateNotNaN(e, t) {
		if (isNaN(e)) throw new TypeError(t);
	}
	validateRange(e, t, n, r, a) {
		if (e > t) throw new TypeError("CronPattern: From value is larger than to value: '" + a + "'");
		if (n !== void 0) {
			if (n === 0) throw new TypeError("CronPattern: Syntax error, illegal stepping: 0");
			if (n > this[r].length) throw new TypeError("CronPattern: Syntax error, steps cannot be greater than maximum value of part (" + this[r].length + ")");
		}
	}
	handleRangeWithStepping(e, t, n, r) {
		if (e.toUpperCase().includes("W")) throw new TypeError("CronPattern: Syntax error, W is not allowed in ranges with stepping.");
		let a = this.extractNth(e, t), i = a[0].match(/^(\d+)-(\d+)\/(\d+)$/);
		if (i === null) throw new TypeError("CronPattern: Syntax error, illegal range with stepping: '" + e + "'");
		let [, o, u, l] = i, h = parseInt(o, 10) + n, m = parseInt(u, 10) + n, d = parseInt(l, 10);
		this.validateNotNaN(h, "CronPattern: Syntax error, illegal lower range (NaN)"), this.validateNotNaN(m, "CronPattern: Syntax error, illegal upper range (NaN)"), this.validateNotNaN(d, "CronPattern: Syntax error, illegal stepping: (NaN)"), this.validateRange(h, m, d, t, e);
		for (let p = h; p <= m; p += d) this.setPart(t, p, a[1] || r);
	}
	extractNth(e, t) {
		let n = e, r;
		if (n.includes("#")) {
			if (t !== "dayOfWeek") throw new Error("CronPattern: nth (#) only allowed in day-of-week field");
			let a = n.split("#");
			if (a.length !== 2 || a[1] === "") throw new TypeError("CronPattern: Syntax error, illegal nth weekday: '" + e + "'");
			n = a[0], r = a[1];
		} else if (n.toUpperCase().endsWith("L")) {
			if (t !== "dayOfWeek") throw new Error("CronPattern: L modifier only allowed in day-of-week field (use L alone for day-of-month)");
			r = "L", n = n.slice(0, -1);
		}
		return [n, r];
	}
	handleRange(e, t, n, r) {
		if (e.toUpperCase().includes("W")) throw new TypeError("CronPattern: Syntax error, W is not allowed in a range.");
		let a = this.extractNth(e, t), i = a[0].split("-");
		if (i.length !== 2) throw new TypeError("CronPattern: Syntax error, illegal range: '" + e + "'");
		let o = s.toNumber(i[0]) + n, u = s.toNumber(i[1]) + n;
		this.validateNotNaN(o, "CronPattern: Syntax error, illegal lower range (NaN)"), this.validateNotNaN(u, "CronPattern: Syntax error, illegal upper range (NaN)"), this.validateRange(o, u, void 0, t, e);
		for (let l = o; l <= u; l++) this.setPart(t, l, a[1] || r);
	}
	handleStepping(e, t, n, r) {
		if (e.toUpperCase().includes("W")) throw new TypeError("CronPattern: Syntax error, W is not allowed in parts with stepping.");
		let a = this.extractNth(e, t), i = a[0].split("/");
		if (i.length !== 2) throw new TypeError("CronPattern: Syntax error, illegal stepping: '" + e + "'");
		if (this.sloppyRanges) i[0] === "" && (i[0] = "*");
		else {
			if (i[0] === "") throw new TypeError("CronPattern: Syntax error, stepping with missing prefix ('" + e + "') is not allowed. Use wildcard (*/step) or range (min-max/step) instead.");
			if (i[0] !== "*") throw new TypeError("CronPattern: Syntax error, stepping with numeric prefix ('" + e + "') is not allowed. Use wildcard (*/step) or range (min-max/step) instead.");
		}
		let o = 0;
		i[0] !== "*" && (o = s.toNumber(i[0]) + n, this.validateNotNaN(o, "CronPattern: Syntax error, illegal stepping start (NaN)"));
		let u = s.toNumber(i[1]);
		this.validateNotNaN(u, "CronPattern: Syntax error, illegal stepping: (NaN)"), this.validateRange(0, this[t].length - 1, u, t, e);
		for (let l = o; l < this[t].length; l += u) t === "year" && l === 0 || this.setPart(t, l, a[1] || r);
	}
	replaceAlpha(e, t) {
		let n = e;
		for (let [r, a] of Object.entries(t)) n = n.replace(new RegExp(r, "gi"), (i, o, u) => {
			let l = o + i.length - 3, h = u.charAt(l - 1), m = u.charAt(l + 3);
			if (/[a-z\d/#]/i.test(h) || /[a-km-z\d]/i.test(m)) throw new TypeError(`CronPattern: Syntax error, a month or day name has to stand alone ('${e}').`);
			return a;
		});
		return n;
	}
	static DAY_NAMES = {
		"-sun": "-7",
		sun: "0",
		mon: "1",
		tue: "2",
		wed: "3",
		thu: "4",
		fri: "5",
		sat: "6"
	};
	static DAY_NAMES_QUARTZ = {
		sun: "1",
		mon: "2",
		tue: "3",
		wed: "4",
		thu: "5",
		fri: "6",
		sat: "7"
	};
	static MONTH_NAMES = {
		jan: "1",
		feb: "2",
		mar: "3",
		apr: "4",
		may: "5",
		jun: "6",
		jul: "7",
		aug: "8",
		sep: "9",
		oct: "10",
		nov: "11",
		dec: "12"
	};
	static NICKNAME_MAP = {
		"@yearly": "0 0 1 1 *",
		"@annually": "0 0 1 1 *",
		"@monthly": "0 0 1 * *",
		"@weekly": "0 0 * * SUN",
		"@daily": "0 0 * * *",
		"@midnight": "0 0 * * *",
		"@hourly": "0 * * * *"
	};
	handleNicknames(e) {
		let t = e.trim().toLowerCase();
		if (t === "@reboot") throw new TypeError("CronPattern: @reboot is not supported in this environment. This is an event-based trigger that requires system startup detection.");
		return s.NICKNAME_MAP[t] || e;
	}
	setNthWeekdayOfMonth(e, t) {
		if (typeof t != "number" && t.toUpperCase() === "L") this.dayOfWeek[e] = this.dayOfWeek[e] | 32;
		else if (t === 63) this.dayOfWeek[e] = 63;
		else if (t < 6 && t > 0) this.dayOfWeek[e] = this.dayOfWeek[e] | x[t - 1];
		else throw new TypeError(`CronPattern: nth weekday out of range, should be 1-5 or L. Value: ${t}, Type: ${typeof t}`);
	}
};
var B = [
	31,
	28,
	31,
	30,
	31,
	30,
	31,
	31,
	30,
	31,
	30,
	31
];
var f = [
	[
		"month",
		"year",
		0
	],
	[
		"day",
		"month",
		-1
	],
	[
		"hour",
		"day",
		0
	],
	[
		"minute",
		"hour",
		0
	],
	[
		"second",
		"minute",
		0
	]
];
var c = class s {
	tz;
	instantMs;
	instantFields;
	ms;
	second;
	minute;
	hour;
	day;
	month;
	year;
	constructor(e, t) {
		if (this.tz = t, e && e instanceof Date) if (!isNaN(e)) this.fromDate(e);
		else throw new TypeError("CronDate: Invalid date passed to CronDate constructor");
		else if (e == null) this.fromDate(/* @__PURE__ */ new Date());
		else if (e && typeof e == "string") this.fromString(e);
		else if (e instanceof s) this.fromCronDate(e);
		else throw new TypeError("CronDate: Invalid type (" + typeof e + ") passed to CronDate constructor");
	}
	getLastDayOfMonth(e, t) {
		return t !== 1 ? B[t] : new Date(g(e, t + 1, 0)).getUTCDate();
	}
	getLastWeekday(e, t) {
		let n = this.getLastDayOfMonth(e, t), a = new Date(g(e, t, n)).getUTCDay();
		return a === 0 ? n - 2 : a === 6 ? n - 1 : n;
	}
	getNearestWeekday(e, t, n) {
		let r = this.getLastDayOfMonth(e, t);
		if (n > r) return -1;
		let i = new Date(g(e, t, n)).getUTCDay();
		return i === 0 ? n === r ? n - 2 : n + 1 : i === 6 ? n === 1 ? n + 2 : n - 1 : n;
	}
	isNthWeekdayOfMonth(e, t, n, r) {
		let i = new Date(g(e, t, n)).getUTCDay(), o = 0;
		for (let u = 1; u <= n; u++) new Date(g(e, t, u)).getUTCDay() === i && o++;
		if (r & 63 && x[o - 1] & r) return !0;
		if (r & 32) {
			let u = this.getLastDayOfMonth(e, t);
			for (let l = n + 1; l <= u; l++) if (new Date(g(e, t, l)).getUTCDay() === i) return !1;
			return !0;
		}
		return !1;
	}
	fromDate(e) {
		if (this.tz !== void 0) if (typeof this.tz == "number") this.ms = e.getUTCMilliseconds(), this.second = e.getUTCSeconds(), this.minute = e.getUTCMinutes() + this.tz, this.hour = e.getUTCHours(), this.day = e.getUTCDate(), this.month = e.getUTCMonth(), this.year = e.getUTCFullYear(), this.apply();
		else try {
			let t = y(e, this.tz);
			this.ms = e.getMilliseconds(), this.second = t.s, this.minute = t.i, this.hour = t.h, this.day = t.d, this.month = t.m - 1, this.year = t.y, this.cacheInstant(e.getTime() - this.ms);
		} catch (t) {
			let n = t instanceof Error ? t.message : String(t);
			throw new TypeError(`CronDate: Failed to convert date to timezone '${this.tz}'. This may happen with invalid timezone names or dates. Original error: ${n}`);
		}
		else this.ms = e.getMilliseconds(), this.second = e.getSeconds(), this.minute = e.getMinutes(), this.hour = e.getHours(), this.day = e.getDate(), this.month = e.getMonth(), this.year = e.getFullYear(), this.cacheInstant(e.getTime() - this.ms);
	}
	cacheInstant(e) {
		this.instantMs = e;
		let { year: t, month: n, day: r, hour: a, minute: i, second: o } = this;
		this.instantFields = [
			t,
			n,
			r,
			a,
			i,
			o,
			this.tz
		];
	}
	cachedInstant() {
		let e = this.instantFields;
		if (!(e === void 0 || e[6] !== this.tz) && !(e[5] !== this.second || e[4] !== this.minute || e[3] !== this.hour) && !(e[2] !== this.day || e[1] !== this.month || e[0] !== this.year)) return this.instantMs;
	}
	fromCronDate(e) {
		this.tz = e.tz, this.year = e.year, this.month = e.month, this.day = e.day, this.hour = e.hour, this.minute = e.minute, this.second = e.second, this.ms = e.ms, this.instantMs = e.instantMs, this.instantFields = e.instantFields;
	}
	apply() {
		if (this.month > 11 || this.month < 0 || this.day > this.getLastDayOfMonth(this.year, this.month) || this.day < 1 || this.hour > 23 || this.minute > 59 || this.second > 59 || this.hour < 0 || this.minute < 0 || this.second < 0) {
			let e = /* @__PURE__ */ new Date(0);
			return e.setUTCFullYear(this.year, this.month, this.day), e.setUTCHours(this.hour, this.minute, this.second, this.ms), this.ms = e.getUTCMilliseconds(), this.second = e.getUTCSeconds(), this.minute = e.getUTCMinutes(), this.hour = e.getUTCHours(), this.day = e.getUTCDate(), this.month = e.getUTCMonth(), this.year = e.getUTCFullYear(), !0;
		} else return !1;
	}
	fromString(e) {
		if (typeof this.tz == "number") {
			if (O(e)) return this.fromDate(v(e));
			let t = v(e, "Etc/UTC");
			this.ms = t.getUTCMilliseconds(), this.second = t.getUTCSeconds(), this.minute = t.getUTCMinutes(), this.hour = t.getUTCHours(), this.day = t.getUTCDate(), this.month = t.getUTCMonth(), this.year = t.getUTCFullYear(), this.apply();
		} else return this.fromDate(v(e, this.tz));
	}
	findNext(e, t, n, r) {
		return this._findMatch(e, t, n, r, 1);
	}
	_matchDayValue(e, t, n, r) {
		let a = e;
		if (!a) {
			for (let i = 0; i < n.nearestWeekdays.length; i++) if (n.nearestWeekdays[i]) {
				let o = this.getNearestWeekday(this.year, this.month, i + 1);
				if (o !== -1 && o === t) {
					a = 1;
					break;
				}
			}
		}
		if (n.lastWeekday) t === this.getLastWeekday(this.year, this.month) && (a = 1);
		if (n.lastDayOfMonth) t === this.getLastDayOfMonth(this.year, this.month) && (a = 1);
		if (!n.starDOW) {
			let i = new Date(g(this.year, this.month, 1, 0, 0, 0, 0)).getUTCDay(), o = n.dayOfWeek[(i + (t - 1)) % 7];
			o && o & 63 && (o = this.isNthWeekdayOfMonth(this.year, this.month, t, o) ? 1 : 0), n.useAndLogic ? a = a && o : !r.domAndDow && !n.starDOM ? a = a || o : a = a && o;
		}
		return a;
	}
	_findMatch(e, t, n, r, a) {
		let i = this[t], o = t === "day" ? this.getLastDayOfMonth(this.year, this.month) : 0, u = this[t] + r, l = a === 1 ? (h) => h < n[t].length : (h) => h >= 0;
		for (let h = u; l(h); h += a) {
			let m = n[t][h];
			if (t === "day") {
				if (h - r > o) continue;
				m = this._matchDayValue(m, h - r, n, e);
			}
			if (m) return this[t] = h - r, i !== this[t] ? 2 : 1;
		}
		return 3;
	}
	recurse(e, t, n) {
		let r = this.year, a = n;
		for (; typeof a == "number";) {
			if (e.starYear && Math.abs(this.year - r) > 400) return null;
			a = this.recurseStep(e, t, a);
		}
		return a;
	}
	recurseStep(e, t, n) {
		if (n === 0 && !e.starYear) {
			if (this.year >= 0 && this.year < e.year.length && e.year[this.year] === 0) {
				let a = -1;
				for (let i = this.year + 1; i < e.year.length && i < 1e4; i++) if (e.year[i] === 1) {
					a = i;
					break;
				}
				if (a === -1) return null;
				this.year = a, this.month = 0, this.day = 1, this.hour = 0, this.minute = 0, this.second = 0, this.ms = 0;
			}
			if (this.year >= 1e4) return null;
		}
		let r = this.findNext(t, f[n][0], e, f[n][2]);
		if (r > 1) {
			let a = n + 1;
			for (; a < f.length;) this[f[a][0]] = -f[a][2], a++;
			if (r === 3) {
				if (this[f[n][1]]++, this[f[n][0]] = -f[n][2], this.apply(), n === 0 && !e.starYear) {
					for (; this.year >= 0 && this.year < e.year.length && e.year[this.year] === 0 && this.year < 1e4;) this.year++;
					if (this.year >= 1e4 || this.year >= e.year.length) return null;
				}
				return 0;
			} else if (this.apply()) return n - 1;
		}
		return n += 1, n >= f.length ? this : (e.starYear ? this.year >= 3e3 : this.year >= 1e4) ? null : n;
	}
	increment(e, t, n) {
		return this.instantMs = void 0, this.instantFields = void 0, this.second += t.interval !== void 0 && t.interval > 1 && n ? t.interval : 1, this.ms = 0, this.apply(), this.recurse(e, t, 0);
	}
	decrement(e, t, n = !0) {
		this.instantMs = void 0, this.instantFields = void 0;
		let r = t.interval !== void 0 && t.interval >= 1;
		return (this.ms === 0 || r) && (this.second -= r && n ? t.interval : 1), this.ms = 0, this.apply(), this.year < 1 ? null : this.recurseBackward(e, t, 0);
	}
	recurseBackward(e, t, n) {
		let r = this.year, a = n;
		for (; typeof a == "number";) {
			if (e.starYear && Math.abs(this.year - r) > 400) return null;
			a = this.recurseBackwardStep(e, t, a);
		}
		return a;
	}
	recurseBackwardStep(e, t, n) {
		if (n === 0 && !e.starYear) {
			if (this.year >= 0 && this.year < e.year.length && e.year[this.year] === 0) {
				let a = -1;
				for (let i = this.year - 1; i >= 0; i--) if (e.year[i] === 1) {
					a = i;
					break;
				}
				if (a === -1) return null;
				this.year = a, this.month = 11, this.day = 31, this.hour = 23, this.minute = 59, this.second = 59, this.ms = 0;
			}
			if (this.year < 1) return null;
		}
		let r = this.findPrevious(t, f[n][0], e, f[n][2]);
		if (r > 1) {
			let a = n + 1;
			for (; a < f.length;) {
				let i = f[a][0], o = f[a][2], u = this.getMaxPatternValue(i, e, o);
				this[i] = u, a++;
			}
			if (r === 3) {
				if (this[f[n][1]]--, n === 0) {
					let u = this.getLastDayOfMonth(this.year, this.month);
					this.day > u && (this.day = u);
				}
				if (n === 1) if (this.day <= 0) this.day = 1;
				else {
					let u = this.year, l = this.month;
					for (; l < 0;) l += 12, u--;
					for (; l > 11;) l -= 12, u++;
					let h = this.getLastDayOfMonth(u, l);
					this.day > h && (this.day = h);
				}
				this.apply();
				let i = f[n][0], o = f[n][2];
				if (this[i] = this.getMaxPatternValue(i, e, o), this.apply(), n === 0) {
					let u = f[1][2], l = this.getMaxPatternValue("day", e, u);
					l !== this.day && (this.day = l, this.hour = this.getMaxPatternValue("hour", e, f[2][2]), this.minute = this.getMaxPatternValue("minute", e, f[3][2]), this.second = this.getMaxPatternValue("second", e, f[4][2]));
				}
				if (n === 0 && !e.starYear) {
					for (; this.year >= 0 && this.year < e.year.length && e.year[this.year] === 0;) this.year--;
					if (this.year < 1) return null;
				}
				return 0;
			} else if (this.apply()) return n - 1;
		}
		return n += 1, n >= f.length ? this : this.year < 1 ? null : n;
	}
	getMaxPatternValue(e, t, n) {
		let r = t[e].length - 1 - n;
		for (let a = t[e].length - 1; a >= 0; a--) if (t[e][a]) {
			r = a - n;
			break;
		}
		if (e === "day") {
			let a = this.getLastDayOfMonth(this.year, this.month);
			return t.lastWeekday || t.nearestWeekdays.some((i) => i) || t.lastDayOfMonth || !t.starDOW ? a : Math.min(r, a);
		}
		return r;
	}
	findPrevious(e, t, n, r) {
		return this._findMatch(e, t, n, r, -1);
	}
	getDate(e) {
		if (!e && typeof this.tz != "number") {
			let t = this.cachedInstant();
			if (t !== void 0) return new Date(t + (this.tz === void 0 ? this.ms : 0));
		}
		if (e || this.tz === void 0) {
			if (this.year >= 0 && this.year < 100) {
				let t = /* @__PURE__ */ new Date(0);
				return t.setFullYear(this.year, this.month, this.day), t.setHours(this.hour, this.minute, this.second, this.ms), t;
			}
			return new Date(this.year, this.month, this.day, this.hour, this.minute, this.second, this.ms);
		} else return typeof this.tz == "number" ? new Date(g(this.year, this.month, this.day, this.hour, this.minute - this.tz, this.second, this.ms)) : N(T(this.year, this.month + 1, this.day, this.hour, this.minute, this.second, this.tz), !1);
	}
	getTime() {
		return this.getDate(!1).getTime();
	}
	match(e, t) {
		if (!e.starYear && (this.year < 0 || this.year >= e.year.length || e.year[this.year] === 0)) return !1;
		for (let n = 0; n < f.length; n++) {
			let r = f[n][0], a = f[n][2], i = this[r];
			if (i + a < 0 || i + a >= e[r].length) return !1;
			let o = e[r][i + a];
			if (r === "day" && (o = this._matchDayValue(o, i, e, t)), !o) return !1;
		}
		return !0;
	}
};
function F(s) {
	s === void 0 && (s = {}), delete s.name, s.legacyMode !== void 0 && s.domAndDow === void 0 ? s.domAndDow = !s.legacyMode : s.domAndDow === void 0 && (s.domAndDow = !1), s.legacyMode = !s.domAndDow;
	let e = (n, r) => n === void 0 ? r : n;
	if (s.paused = e(s.paused, !1), s.maxRuns = e(s.maxRuns, 1 / 0), s.catch = e(s.catch, !1), s.unref = e(s.unref, !1), s.mode = e(s.mode, "auto"), s.alternativeWeekdays = e(s.alternativeWeekdays, !1), s.sloppyRanges = e(s.sloppyRanges, !1), s.fixedTimeRule = e(s.fixedTimeRule, "single-value"), s.allowPast = e(s.allowPast, !1), s.interval = s.interval === void 0 ? 0 : parseInt(s.interval.toString(), 10), s.utcOffset = s.utcOffset === void 0 ? void 0 : parseInt(s.utcOffset.toString(), 10), s.dayOffset = s.dayOffset === void 0 ? 0 : parseInt(s.dayOffset.toString(), 10), ![
		"auto",
		"5-part",
		"6-part",
		"7-part",
		"5-or-6-parts",
		"6-or-7-parts"
	].includes(s.mode)) throw new Error("CronOptions: mode must be one of 'auto', '5-part', '6-part', '7-part', '5-or-6-parts', or '6-or-7-parts'.");
	if (!["single-value", "no-wildcard"].includes(s.fixedTimeRule)) throw new Error("CronOptions: fixedTimeRule must be one of 'single-value' or 'no-wildcard'.");
	s.timezone === "" && (s.timezone = void 0);
	let t = s.timezone ?? s.utcOffset;
	if (s.startAt && (s.startAt = I(new c(s.startAt, t))), s.stopAt && (s.stopAt = I(new c(s.stopAt, t))), s.interval !== null) {
		if (isNaN(s.interval)) throw new Error("CronOptions: Supplied value for interval is not a number");
		if (s.interval < 0) throw new Error("CronOptions: Supplied value for interval can not be negative");
	}
	if (s.utcOffset !== void 0) {
		if (isNaN(s.utcOffset)) throw new Error("CronOptions: Invalid value passed for utcOffset, should be number representing minutes offset from UTC.");
		if (s.utcOffset < -870 || s.utcOffset > 870) throw new Error("CronOptions: utcOffset out of bounds.");
		if (s.utcOffset !== void 0 && s.timezone) throw new Error("CronOptions: Combining 'utcOffset' with 'timezone' is not allowed.");
	}
	if (s.unref !== !0 && s.unref !== !1) throw new Error("CronOptions: Unref should be either true, false or undefined(false).");
	if (s.dayOffset !== void 0 && s.dayOffset !== 0 && isNaN(s.dayOffset)) throw new Error("CronOptions: Invalid value passed for dayOffset, should be a number representing days to offset.");
	return s;
}
function I(s) {
	return s.ms ? (s.ms = 0, new c(new Date(s.getTime() + 1e3), s.tz)) : s;
}
function b(s) {
	return typeof s == "function";
}
function L(s) {
	return b(s);
}
function Y(s) {
	typeof Deno < "u" && typeof Deno.unrefTimer < "u" ? Deno.unrefTimer(s) : s && typeof s.unref < "u" && s.unref();
}
var P = 864e5;
var $ = 3e4;
var M = [];
var j = class {
	name;
	options;
	_states;
	fn;
	_startAtRoundingMs = 0;
	getTz() {
		return this.options.timezone ?? this.options.utcOffset;
	}
	applyDayOffset(e) {
		let t = this._offsetMs();
		return t ? new Date(e.getTime() + t) : e;
	}
	_offsetMs() {
		return (this.options.dayOffset ?? 0) * P;
	}
	get _startAt() {
		return this.options.startAt;
	}
	get _stopAt() {
		return this.options.stopAt;
	}
	_nextTarget(e, t) {
		let n = this._offsetMs(), r = this._next(this._shift(e), new Date(t.getTime() - n), {
			startAt: this._shift(this._startAt),
			stopAt: this._shift(this._stopAt)
		});
		return r ? this.applyDayOffset(r.getDate(!1)) : null;
	}
	_previousTarget(e, t) {
		let n = this._toMs(e ?? t) - this._offsetMs(), r = this._previous(new Date(n), {
			startAt: this._shift(this._startAt),
			stopAt: this._shift(this._stopAt)
		});
		return r ? this.applyDayOffset(r.getDate(!1)) : null;
	}
	_shift(e) {
		if (e != null) return new c(new Date(this._toMs(e) - this._offsetMs()), this.getTz());
	}
	constructor(e, t, n) {
		let r, a;
		if (b(t)) a = t;
		else if (typeof t == "object") r = t;
		else if (t !== void 0) throw new Error("Cron: Invalid argument passed for optionsIn. Should be one of function, or object (options).");
		if (b(n)) a = n;
		else if (typeof n == "object") r = n;
		else if (n !== void 0) throw new Error("Cron: Invalid argument passed for funcIn. Should be one of function, or object (options).");
		this.name = r?.name;
		let i = r?.startAt;
		this.options = F(r), i && this._startAt && (this._startAtRoundingMs = this._startAt.getTime() - new c(i, this.getTz()).getTime());
		let o = !!e && (e instanceof Date || typeof e == "string" && e.indexOf(":") > 0);
		if (this._states = {
			kill: !1,
			blocking: !1,
			previousRun: void 0,
			currentRun: void 0,
			once: void 0,
			currentTimeout: void 0,
			maxRuns: r ? r.maxRuns : void 0,
			paused: r ? r.paused : !1,
			pattern: o ? new C("* * * * *", void 0, { mode: "auto" }) : new C(e, this.options.timezone, {
				mode: this.options.mode,
				alternativeWeekdays: this.options.alternativeWeekdays,
				sloppyRanges: this.options.sloppyRanges,
				fixedTimeRule: this.options.fixedTimeRule
			})
		}, o && (this._states.once = new c(e, this.getTz())), this.name) {
			if (M.find((l) => l.name === this.name)) throw new Error("Cron: Tried to initialize new named job '" + this.name + "', but name already taken.");
			M.push(this);
		}
		return a !== void 0 && L(a) && (this.fn = a, this.schedule()), this;
	}
	nextRun(e) {
		return this._nextTarget(e, /* @__PURE__ */ new Date());
	}
	nextRuns(e, t) {
		this._states.maxRuns !== void 0 && e > this._states.maxRuns && (e = this._states.maxRuns);
		let n = t || this._states.currentRun || void 0;
		return this._enumerateRuns(e, n, "next");
	}
	previousRuns(e, t) {
		return this._enumerateRuns(e, t || void 0, "previous");
	}
	enumerate(e) {
		return new A(this, e);
	}
	_enumerateRuns(e, t, n) {
		let r = [], a = /* @__PURE__ */ new Date(), i = t;
		for (; e-- > 0;) {
			let o = n === "next" ? this._nextTarget(i, a) : this._previousTarget(i, a);
			if (!o) break;
			r.push(o), i = o;
		}
		return r;
	}
	match(e) {
		if (this._states.once) {
			let n = new c(e, this.getTz());
			n.ms = 0;
			let r = new c(this._states.once, this.getTz());
			return r.ms = 0, n.getTime() === r.getTime();
		}
		let t = new c(e, this.getTz());
		return t.ms = 0, t.match(this._states.pattern, this.options);
	}
	getPattern() {
		if (!this._states.once) return this._states.pattern ? this._states.pattern.pattern : void 0;
	}
	getOnce() {
		return this._states.once ? this._states.once.getDate() : null;
	}
	isRunning() {
		return !this._states.paused && !this._states.kill && this.fn !== void 0 && this._nextTarget(this._states.currentRun, /* @__PURE__ */ new Date()) !== null;
	}
	isStopped() {
		return this._states.kill;
	}
	isBusy() {
		return this._states.blocking;
	}
	currentRun() {
		return this._states.currentRun ? this._states.currentRun.getDate() : null;
	}
	previousRun() {
		return this._states.previousRun ? this._states.previousRun.getDate() : null;
	}
	msToNext(e) {
		let t = /* @__PURE__ */ new Date(), n = this._nextTarget(e, t);
		return n ? n.getTime() - this._toMs(e ?? t) : null;
	}
	stop() {
		this._states.kill = !0, this._states.currentTimeout && clearTimeout(this._states.currentTimeout);
		let e = M.indexOf(this);
		e >= 0 && M.splice(e, 1);
	}
	pause() {
		return this._states.paused = !0, !this._states.kill;
	}
	resume() {
		return this._states.paused = !1, !this._states.kill;
	}
	schedule(e) {
		return this._schedule(e);
	}
	_schedule(e, t) {
		if (e && this.fn) throw new Error("Cron: It is not allowed to schedule two functions using the same Croner instance.");
		e && (this.fn = e);
		let n = t ?? /* @__PURE__ */ new Date(), r = this._nextTarget(void 0, n), a = r ? r.getTime() - n.getTime() : null, i = this._states.currentRun;
		i && i.getTime() > n.getTime() && (i = void 0);
		let o = this._nextTarget(i, n);
		return a === null || isNaN(a) || o === null ? this : (a > $ && (a = $), a < 0 && (a = this._states.paused ? 1e3 : 0), this._states.currentTimeout = setTimeout(() => this._checkTrigger(o), a), this._states.currentTimeout && this.options.unref && Y(this._states.currentTimeout), this);
	}
	async _trigger(e = /* @__PURE__ */ new Date()) {
		this._states.blocking = !0, this._states.currentRun = new c(e, this.getTz());
		try {
			if (this.options.catch) try {
				this.fn !== void 0 && await this.fn(this, this.options.context);
			} catch (t) {
				if (b(this.options.catch)) try {
					Promise.resolve(this.options.catch(t, this)).catch(() => {});
				} catch {}
			}
			else this.fn !== void 0 && await this.fn(this, this.options.context);
		} finally {
			this._states.previousRun = new c(e, this.getTz()), this._states.blocking = !1;
		}
	}
	async trigger() {
		await this._trigger();
	}
	runsLeft() {
		return this._states.maxRuns;
	}
	_checkTrigger(e) {
		let t = /* @__PURE__ */ new Date(), n = !this._states.paused && t.getTime() >= e.getTime(), r = this._states.blocking && this.options.protect;
		n && !r ? (this._states.maxRuns !== void 0 && this._states.maxRuns--, this._trigger(t)) : n && r && b(this.options.protect) && setTimeout(() => this.options.protect(this), 0), this._schedule(void 0, n ? void 0 : t);
	}
	_next(e, t, n) {
		let r = n ? n.startAt : this._startAt, a = n ? n.stopAt : this._stopAt, i = !!e, o = !!(e || this._states.currentRun), u = !1;
		!e && r && this.options.interval && (e = this._calculatePreviousRun(r, t), e && (o = !0), u = !e);
		let l = e ?? t ?? /* @__PURE__ */ new Date(), h = this._toMs(l);
		e = new c(l, this.getTz()), r && h < r.getTime() && (e = u ? r : new c(/* @__PURE__ */ new Date(r.getTime() - 1e3), this.getTz()), h = e.getTime());
		let m = this._states.once || new c(e, this.getTz());
		if (!u && m !== this._states.once && (m = this._findOccurrence(e, h, 1, o)), this._states.once) {
			let d = this._states.once.getTime(), p = h - d;
			if (r && d < r.getTime() - this._startAtRoundingMs || this._states.currentRun && this.applyDayOffset(this._states.once.getDate()).getTime() <= this._states.currentRun.getTime() || (i ? p >= 0 : p > 1e3 && !this.options.allowPast)) return null;
		}
		return m === null || this._states.maxRuns !== void 0 && this._states.maxRuns <= 0 || this._states.kill || a && m.getTime() >= a.getTime() ? null : m;
	}
	_previous(e, t) {
		let n = this._toMs(e ?? /* @__PURE__ */ new Date());
		if (t.stopAt && n > t.stopAt.getTime() && (n = t.stopAt.getTime()), this._states.once) return this._states.once.getTime() < n ? this._states.once : null;
		let r = this._findOccurrence(new c(new Date(n), this.getTz()), n, -1);
		return r === null || t.startAt && r.getTime() < t.startAt.getTime() ? null : r;
	}
	_toMs(e) {
		if (e instanceof Date) return e.getTime();
		let t = new c(e, this.getTz());
		return t.getTime() + (typeof t.tz == "string" ? t.ms : 0);
	}
	_findOccurrence(e, t, n, r = !1) {
		let a = this.options.interval ?? 0;
		if (a > 1 && (n === -1 || r)) {
			t += (a - 1) * 1e3 * n;
			let m = new Date(t);
			if (isNaN(m.getTime()) || (e = new c(m, this.getTz()), !(e.year >= 1 && e.year <= 9999))) return null;
			r = !1;
		}
		let i = this._walk(e, t, n, r), o = this.getTz();
		if (this._states.pattern.isFixedTime && n === 1 || typeof o == "number" || U(t, o) !== (n === 1 ? "earlier" : "later")) return i;
		let u = Math.floor(t / 1e3) * 1e3, l = n === 1 ? k(u, u + P, o) : k(u - P, u, o) - 1e3;
		if (i && (l - i.getTime()) * n > 0) return i;
		let h = this._walk(new c(new Date(l), o), l - n, n, !1, !0);
		return !i || !h ? i ?? h : (i.getTime() - h.getTime()) * n > 0 ? h : i;
	}
	_walk(e, t, n, r, a = !1) {
		let i = this._states.pattern, o = (l, h) => n === 1 ? l.increment(i, this.options, h) : l.decrement(i, this.options, h), u = new c(e, this.getTz());
		for ((!a || !u.match(i, this.options)) && (u = o(u, r)); u;) {
			let l = this._runAt(u, t, n);
			if (l) return new c(l, this.getTz());
			u = o(u, !1);
		}
		return null;
	}
	_runAt(e, t, n) {
		let r = (d) => (d.getTime() - t) * n > 0, a = e.tz;
		if (typeof a == "number") {
			let d = e.getDate();
			return r(d) ? d : null;
		}
		let i = T(e.year, e.month + 1, e.day, e.hour, e.minute, e.second, a), o = _(i), u = this._states.pattern.isFixedTime;
		if (o.kind === "single") return r(o.date) ? o.date : null;
		if (o.kind === "ambiguous") {
			let { earlier: d, later: p } = o;
			return (u ? [d] : n === 1 ? [d, p] : [p, d]).find(r) ?? null;
		}
		if (!u) return null;
		let l = new Date(k(o.before.getTime(), o.after.getTime(), a)), h = y(l, a);
		return h.y === i.y && h.m === i.m && h.d === i.d && r(l) ? l : null;
	}
	_calculatePreviousRun(e, t) {
		let n = new c(t, this.getTz()).getTime();
		if (e.getTime() > n) return;
		let r = this.options.interval * 1e3, a = e;
		for (; a.getTime() + r <= n;) {
			let i = this._findOccurrence(a, a.getTime(), 1, !0);
			if (i === null) break;
			a = i;
		}
		return a;
	}
};
var A = class {
	cron;
	cursor;
	now;
	done;
	initialMaxRuns;
	remainingRuns;
	constructor(e, t) {
		this.cron = e, this.initialMaxRuns = e.runsLeft() ?? 1 / 0, this.reset(t);
	}
	next() {
		if (this.done || this.remainingRuns <= 0) return this.done = !0, {
			value: void 0,
			done: !0
		};
		let e = this.cron._nextTarget(this.cursor, this.now);
		return e === null ? (this.done = !0, {
			value: void 0,
			done: !0
		}) : (this.cursor = e, this.remainingRuns--, {
			value: e,
			done: !1
		});
	}
	peek() {
		return this.done || this.remainingRuns <= 0 ? null : this.cron._nextTarget(this.cursor, this.now);
	}
	reset(e) {
		this.cursor = e instanceof Date ? new Date(e.getTime()) : e ?? void 0, this.now = /* @__PURE__ */ new Date(), this.done = !1, this.remainingRuns = this.initialMaxRuns;
	}
	[Symbol.iterator]() {
		return this;
	}
};
// src/operations/monitor/schedule.ts
/**
* The run that should follow a backup. `schedule` is in cron format and is read in `zone`.
* Undefined when it is no such schedule, or never runs.
*/
function expectedRunAfter(schedule, zone, takenAt) {
	const cron = cronOf(schedule, zone);
	const next = cron?.nextRun(takenAt);
	const [before] = cron?.previousRuns(1, next ?? takenAt) ?? [];
	if (!next || !before) return void 0;
	return {
		pauseSeconds: (next.getTime() - before.getTime()) / 1e3,
		next
	};
}
function cronOf(schedule, zone) {
	const [sign, hours, minutes] = [
		zone.offset.slice(0, 1),
		zone.offset.slice(1, 3),
		zone.offset.slice(3)
	];
	const offset = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
	const where = isKnown(zone.name) ? { timezone: zone.name } : { utcOffset: offset };
	try {
		return new j(schedule, {
			...where,
			mode: "5-part",
			paused: true
		});
	} catch {
		return;
	}
}
/** A POSIX zone (`EAT-3`) is not one that the system knows by name. */
function isKnown(name) {
	if (!name) return false;
	try {
		return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
	} catch {
		return false;
	}
}
// src/operations/monitor/findings/backup-service.ts
function judgeService({ name, state, running, start }) {
	return running ? passed("backup-service", `The service \`${name}\` is ${state}.`) : failed("backup-service", `The service \`${name}\` is not running (${state}): no backup is taken.`, `Start it there: ${start}`);
}
const ENTRY = /^(?<schedule>(?:\S+\s+){4}\S+|@\w+)\s+(?<command>.*\S)/;
/**
* Whether the deployment's own backups will be taken. Where this project takes the backups, a
* missing entry is only a warning.
*/
function judgeSchedule({ lines, read }, schedule, projectTakesBackups) {
	const tell = projectTakesBackups ? warned : failed;
	const entries = lines.map((line) => ENTRY.exec(line.trim())?.groups).filter((entry) => entry && !entry.schedule?.startsWith("#") && /backup/i.test(entry.command ?? "")).map((entry) => entry?.schedule?.split(/\s+/).join(" ") ?? "");
	const recreate = "Recreate the container, which writes it again: docker compose up --detach --force-recreate backup";
	if (entries.length === 0) return tell("schedule", "The crontab has no entry for the backup.", recreate);
	const wanted = schedule.trim().split(/\s+/).join(" ");
	if (!entries.includes(wanted)) return tell("schedule", `The crontab says \`${entries.join("`, `")}\`, and BACKUP_SCHEDULE says \`${wanted}\`.`, recreate);
	if (!read) return tell("schedule", "The crontab has its entry, and no cron daemon runs in the container to read it.", "Restart the container: docker compose restart backup");
	return passed("schedule", `The crontab runs the backup at \`${wanted}\`.`);
}
const SUCCESS = /\b(?:complete|completed|success|successful|successfully|finished|done)\b/i;
const ERROR = /\b(?:error|fatal|failed|failure|denied|no space left|cannot|could not|unable)\b/i;
const LONGEST_LINE = 160;
/**
* Whether the last run of the deployment's own script ended well. The last line that says so,
* either way, decides. `lines` are oldest first.
*/
function judgeLog(lines, projectTakesBackups) {
	const decisive = lines.findLast((line) => SUCCESS.test(line) || ERROR.test(line));
	if (decisive === void 0) return warned("backup-log", "The log shows neither a completed backup nor an error.", "Nothing to do while no scheduled run was due since the container was created; else: docker compose logs backup");
	if (SUCCESS.test(decisive)) return passed("backup-log", "The last run in its log ended without an error.");
	return (projectTakesBackups ? warned : failed)("backup-log", `The last run in its log ended with an error: ${(lines.find((one, index) => ERROR.test(one) && index >= firstErrorAfterSuccess(lines)) ?? decisive).trim().slice(0, LONGEST_LINE)}`, projectTakesBackups ? "This project takes the backups. If nobody needs the deployment's own, leave it; else see: docker compose logs backup" : "See what failed: docker compose logs backup. Under the strict policy its script cannot dump as the Odoo role; `mode: snapshot` can.");
}
/** Later errors of a run often only follow from the first one. */
function firstErrorAfterSuccess(lines) {
	return lines.findLastIndex((line) => SUCCESS.test(line)) + 1;
}
// src/operations/monitor/findings/backup-size.ts
/** How many earlier backups are needed for a trend, and how many of them are looked at. */
const FEWEST = 3;
const MOST = 10;
/** In bytes. The bare structure of an Odoo database takes more, so a dump this small holds no registry. */
const COLLAPSED_BYTES = 2e4;
const COLLAPSED_SHARE = .5;
const JUMPED_SHARE = 2;
/**
* Whether the newest backup is as large as it should be. `backups` are the complete ones, newest
* first, each once.
*/
function judgeSize(backups) {
	const [newest, ...others] = backups;
	if (!newest) return notRun("backup-size", "Not looked at: there is no complete backup.");
	const earlier = others.filter(({ compression }) => compression === newest.compression).slice(0, MOST);
	const typical = median(earlier.map(({ bytes }) => bytes));
	const size = `${newest.name} takes ${formatBytes(newest.bytes)}`;
	const compared = `the ${counted(earlier.length, "backup")} before it ${formatBytes(typical)}`;
	const suspicious = "Drill it before you rely on it: openspp-backup drill. Until that passes, keep the earlier ones.";
	if (newest.bytes < COLLAPSED_BYTES) return failed("backup-size", `${size}: too little for a registry.`, suspicious);
	if (earlier.length < FEWEST) return passed("backup-size", `${size}; there are not enough earlier backups for a trend yet.`);
	if (newest.bytes < typical * COLLAPSED_SHARE) return failed("backup-size", `${size}, ${compared}: it collapsed.`, suspicious);
	if (newest.bytes > typical * JUMPED_SHARE) return warned("backup-size", `${size}, ${compared}: a sudden jump.`, "See whether somebody imported that much; if not, look at which table grew.");
	return passed("backup-size", `${size}, ${compared}.`);
}
/** 0 for no numbers. */
function median(numbers) {
	const sorted = numbers.toSorted((a, b) => a - b);
	const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
	return sorted.length % 2 === 1 ? middle : (middle + (sorted[sorted.length / 2 - 1] ?? 0)) / 2;
}
// src/operations/monitor/findings/judge-ages.ts
const HOUR = 3600;
/**
* A quarter of the pause: an hourly schedule must not get two hours. A runner's schedule may be as
* late as that.
*/
const MARGIN_SHARE = .25;
const MARGIN = 2 * HOUR;
/**
* In seconds, the oldest that the newest backup may be. It is the guide's RPO: the pause that the
* schedule promises, and a margin.
*/
function oldestAllowed(pauseSeconds) {
	return pauseSeconds + Math.min(MARGIN, MARGIN_SHARE * pauseSeconds);
}
/**
* Whether a loss now would cost more than was agreed. `now` is by the host's clock. `limitSeconds`
* is what the user says instead of the schedule.
*/
function judgeAge(newest, now, expected, limitSeconds) {
	if (!newest) return failed("backup-age", "There is no complete backup of this database.", "Take one now: openspp-backup backup");
	const age = (now.getTime() - newest.takenAt.getTime()) / 1e3;
	if (age < -300) return failed("backup-age", `The newest backup, ${newest.name}, is dated ${formatDuration(-age)} in the future.`, "The clock of the host or of the backup container was wrong: set it by NTP, and delete that backup by hand once a newer one is proven.");
	const limit = limitSeconds ?? (expected && oldestAllowed(expected.pauseSeconds));
	if (limit === void 0) return failed("backup-age", "The deployment's BACKUP_SCHEDULE is no schedule in cron format, so no age can be too old.", "Correct BACKUP_SCHEDULE in the env file, or say how old the newest backup may be with `backup-within`.");
	const sentence = `The newest backup, ${newest.name}, is ${formatDuration(Math.max(0, age))} old; ${formatDuration(limit)} is allowed`;
	if (age > limit) return failed("backup-age", `${sentence}.`, "Take one now: openspp-backup backup. Then see why none was taken: docker compose logs backup");
	const next = expected ? `, and the schedule's next is due ${formatMoment(expected.next.toISOString())}` : "";
	return passed("backup-age", `${sentence}${next}.`);
}
const DRILL = "openspp-backup drill, or the action `drill`";
/** Whether the last drill still proves something. `now` is by the host's clock. */
function judgeDrill(last, now, limitSeconds) {
	if (!last) return failed("drill", "No restore drill has proven a backup of this deployment yet.", `Run one: ${DRILL}`);
	const age = (now.getTime() - Date.parse(last.endedAt)) / 1e3;
	if (age < -300) return failed("drill", `The last restore drill is dated ${formatDuration(-age)} in the future.`, `A clock was wrong when it ran: set it by NTP, and drill again: ${DRILL}`);
	const ago = `${formatDuration(Math.max(0, age))} ago`;
	if (last.verdict !== "passed") return failed("drill", `The last restore drill, ${ago}, ${last.verdict === "failed" ? "failed" : "proved nothing"}.`, `Read its report, mend what it names, and drill again: ${DRILL}`);
	const sentence = `The last restore drill passed ${ago}${last.rtoSeconds === void 0 ? "" : ` and took ${formatDuration(last.rtoSeconds)}`}; ${formatDuration(limitSeconds)} is allowed.`;
	return age > limitSeconds ? failed("drill", sentence, `Run one: ${DRILL}`) : passed("drill", sentence);
}
const NOTABLE_SECONDS = 60;
const WRONG_SECONDS = 600;
/**
* Whether ages by the host's clock can be trusted. `skewSeconds` is how far it is ahead of this
* machine's.
*/
function judgeClock(skewSeconds) {
	const off = Math.abs(skewSeconds);
	const sentence = `The host's clock is ${formatDuration(off)} ${skewSeconds < 0 ? "behind" : "ahead of"} the clock of the machine that looks at it.`;
	const next = "Set both by NTP: timedatectl set-ntp true. Backups are named by that clock, and deleted by it.";
	if (off > WRONG_SECONDS) return failed("clock", sentence, next);
	return off > NOTABLE_SECONDS ? warned("clock", sentence, next) : passed("clock", "The host's clock agrees with that of the machine that looks at it.");
}
// src/operations/monitor/findings/judge-disk.ts
const LOW_SHARE = .1;
const NO_INODES_SHARE = .02;
/**
* Whether the next backup has room, by the same rule that the backup applies before it begins. The
* backup volume is the first of `volumes`.
*/
function judgeSpace(volumes, backupBytes) {
	const [backups] = volumes;
	const shown = volumes.map(({ name, freeBytes, totalBytes }) => `${name} has ${formatBytes(freeBytes)} of ${formatBytes(totalBytes)} free`).join("; ");
	const next = "Free space there, lower the retention, or give it a larger disk. A full disk stops the database, too.";
	if (backups && !hasRoom(backups.freeBytes, backupBytes)) return failed("disk-space", `${capital(shown)}, and a backup takes ${formatBytes(backupBytes)}: the next one has no room.`, next);
	return volumes.filter(({ freeBytes, totalBytes }) => freeBytes < totalBytes * LOW_SHARE).length > 0 ? warned("disk-space", `${capital(shown)}.`, next) : passed("disk-space", `${capital(shown)}.`);
}
/** Whether the file systems still have inodes for new files. */
function judgeInodes(volumes) {
	const limited = volumes.filter(({ totalInodes }) => totalInodes > 0);
	const share = ({ freeInodes, totalInodes }) => freeInodes / totalInodes;
	const least = limited.toSorted((a, b) => share(a) - share(b))[0];
	if (!least) return passed("inodes", "The file systems have no fixed number of files.");
	const sentence = `${capital(least.name)} has ${Math.floor(share(least) * 100)} % of its inodes free.`;
	const next = "Find what made so many small files, and remove it: df -i, then du --inodes";
	if (share(least) < NO_INODES_SHARE) return failed("inodes", sentence, next);
	return share(least) < LOW_SHARE ? warned("inodes", sentence, next) : passed("inodes", sentence);
}
const DAY$1 = 86400;
const SOON = 7 * DAY$1;
const WARNING = 30 * DAY$1;
/** Undefined means that there were too few backups for a forecast. */
function judgeForecast(forecast, now) {
	if (!forecast) return passed("disk-forecast", "There are not enough backups yet to tell when the volume is full.");
	const { bytesPerDay, pooledBytesPerDay } = forecast;
	const pooled = pooledBytesPerDay === void 0 ? "" : `, the filestore's pool by ${formatBytes(pooledBytesPerDay)}`;
	const growth = `A backup grows by ${formatBytes(bytesPerDay)} a day${pooled}`;
	if (!forecast.fullAt) return passed("disk-forecast", `${growth}; at that rate the backup volume is not full within ${forecast.lookedAheadDays} days.`);
	const seconds = (forecast.fullAt.getTime() - now.getTime()) / 1e3;
	const sentence = `${growth}; at that rate the backup volume is full on ${forecast.fullAt.toISOString().slice(0, 10)}, in ${formatDuration(seconds)}.`;
	const next = "Give it a larger disk or lower the retention before that day.";
	if (seconds <= SOON) return failed("disk-forecast", sentence, next);
	return seconds <= WARNING ? warned("disk-forecast", sentence, next) : passed("disk-forecast", sentence);
}
function capital(text) {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
// src/operations/monitor/findings/judge-files.ts
const SHOWN = 3;
/**
* Whether any file is empty, cut short or unreadable. Where this project takes the backups, a dump
* that the reference script did not finish is only a warning.
*/
function judgeFiles({ backups, partials }, found) {
	const bad = backups.flatMap((backup) => {
		const trouble = fileProblem(backup, found);
		return trouble ? [{
			backup,
			sentence: `${backup.kind}/${backup.name} ${trouble}`
		}] : [];
	});
	const next = "Do not rely on it. Take a new backup, see that the disk is sound and not full, then delete this one by hand.";
	const known = bad.some(({ backup }) => backup.latest && backup.manifest);
	if (found.unreadable !== void 0 && !known) return failed("backup-files", `The latest dump cannot be read: ${found.unreadable}`, next);
	if (bad.length > 0) {
		const shown = bad.slice(0, SHOWN).map(({ sentence }) => sentence);
		const more = bad.length > SHOWN ? `; and ${counted(bad.length - SHOWN, "more", "more")}` : "";
		const provable = backups.some(({ manifest, bytes }) => manifest && bytes > 0);
		return (bad.some(({ backup }) => backup.latest && (backup.manifest || !provable)) ? failed : warned)("backup-files", `${shown.join("; ")}${more}.`, next);
	}
	if (partials.length > 0 && !found.dumping) return warned("backup-files", `${counted(partials.length, "file")} of a run that did not finish ${partials.length === 1 ? "takes" : "take"} space.`, "The next run removes them; or do it now: openspp-backup sweep");
	return passed("backup-files", `${counted(backups.length, "dump")}, none empty, cut short or unreadable.`);
}
function fileProblem({ name, path, bytes }, { written, unfinished, dumping }) {
	const writtenBytes = written.get(path);
	if (bytes === 0) return "is empty";
	if (writtenBytes !== void 0 && writtenBytes !== bytes) return `has ${bytes} bytes instead of ${writtenBytes}`;
	return unfinished.has(name) && !dumping ? "was never finished" : void 0;
}
/** Whether the backups' content can be proven. `backups` are newest first. */
function judgeManifests(backups) {
	const missing = backups.filter(({ manifest }) => !manifest);
	if (backups[0]?.manifest === false) return warned("manifests", `The newest backup, ${backups[0].name}, has no manifest, so its content cannot be proven.`, "Let this project take the backups: openspp-backup backup, or the action `backup`.");
	return passed("manifests", missing.length === 0 ? `Each of ${counted(backups.length, "dump")} has its manifest.` : `The newest backup has its manifest; ${counted(missing.length, "other")} of ${backups.length} dumps have none, as the deployment's own script writes them.`);
}
// src/operations/monitor/findings/remote-copies.ts
const SYNC = "openspp-backup sync, or the action `sync`";
/**
* Whether an off-site copy exists that is new enough. The remote's own list decides. Without one,
* the record of the last sync does. `remote` is absent where none is named. `limitSeconds` is the
* oldest that a copy may be.
*/
function judgeOffsite(store, database, remote, now, limitSeconds) {
	const record = recordOf(store, "sync");
	if (record && record.verdict !== "passed") return failed("off-site", `The last off-site copy, ${ago(record, now)}, ${record.verdict === "failed" ? "failed" : "proved nothing"}.`, `Read its report and copy again: ${SYNC}`);
	const here = completeBackups(store);
	const recorded = record?.backup === void 0 ? void 0 : copyOf(record.backup, here, store);
	if (!remote) return judgeRecord(record, recorded, here, now, limitSeconds);
	const lastSynced = record && recorded && record.remote === remote.address ? {
		...recorded,
		ago: ago(record, now)
	} : void 0;
	if ("trouble" in remote) return judgeUnlistedRemote(remote, lastSynced, now);
	const newest = newestOnRemote(remote.files, database, here, store);
	const where = `on \`${remote.address}\``;
	if (lastSynced && (!newest || newest.takenAt < lastSynced.takenAt)) return judgeMissingCopy(lastSynced, newest, where, now);
	if (newest) return judgeCopyAge(newest, here[0], now, limitSeconds, where);
	return failed("off-site", `There is no complete backup of this database ${where}.`, `Copy them: ${SYNC}`);
}
function judgeMissingCopy(lastSynced, newest, where, now) {
	const rest = newest ? `the newest there, ${newest.name}, is ${age(newest, now)} old` : "there is no complete backup there";
	return failed("off-site", `${lastSynced.name}, which the last sync ${lastSynced.ago} left ${where}, is no longer complete there: ${rest}.`, `Copy again: ${SYNC}. Then find out who or what deletes there.`);
}
/** Without a remote to look at, only the record of the last sync is known. */
function judgeRecord(record, recorded, here, now, limitSeconds) {
	if (!record) return warned("off-site", "No off-site copy of the backups is known.", `Configure a remote, and copy: ${SYNC}`);
	if (!recorded) return failed("off-site", "There is no backup off-site.", `Copy them: ${SYNC}`);
	const source = `off-site, by the last sync ${ago(record, now)},`;
	return judgeCopyAge(recorded, here[0], now, limitSeconds, source);
}
function judgeUnlistedRemote({ trouble, next }, lastSynced, now) {
	const known = lastSynced ? ` By the last sync, ${lastSynced.ago}, the newest copy there is ${age(lastSynced, now)} old.` : "";
	return failed("off-site", `${trouble}${known}`, next);
}
function judgeCopyAge(copy, local, now, limitSeconds, where) {
	const ahead = (copy.takenAt.getTime() - now.getTime()) / 1e3;
	if (ahead > 300) return failed("off-site", `The newest copy ${where}, ${copy.name}, is dated ${formatDuration(ahead)} in the future.`, "A clock was wrong when it was taken: set it by NTP, delete that backup there by hand once a newer one is proven, and copy again.");
	const gap = local ? (local.takenAt.getTime() - copy.takenAt.getTime()) / 1e3 : 0;
	const behind = gap > 0 ? `, ${formatDuration(gap)} behind the newest here` : ", the same as here";
	const sentence = `The newest copy ${where} is ${age(copy, now)} old${behind}; ${formatDuration(limitSeconds)} is allowed.`;
	return (now.getTime() - copy.takenAt.getTime()) / 1e3 > limitSeconds ? failed("off-site", sentence, `Copy now: ${SYNC}`) : passed("off-site", sentence);
}
/**
* A copy is complete when it has the size and the manifest of the same backup in the volume. Where
* the volume no longer has that backup, the copy must not be empty.
*/
function newestOnRemote(files, database, here, store) {
	return remoteListing(files, database, store.zone.offset).backups.filter((there) => {
		const own = here.find(({ name }) => name === there.name);
		if (!own) return there.bytes > 0;
		return there.bytes === own.bytes && (there.manifest || !own.manifest);
	}).map(({ name }) => copyOf(name, here, store)).toSorted((a, b) => b.takenAt.getTime() - a.takenAt.getTime())[0];
}
/** The name is the only sign of age for a copy whose backup the volume no longer has. */
function copyOf(name, here, { zone }) {
	return {
		name,
		takenAt: here.find((backup) => backup.name === name)?.takenAt ?? momentOf(stampOf(name), zone.offset)
	};
}
function age({ takenAt }, now) {
	return formatDuration(Math.max(0, (now.getTime() - takenAt.getTime()) / 1e3));
}
function ago({ endedAt }, now) {
	return `${formatDuration(Math.max(0, (now.getTime() - Date.parse(endedAt)) / 1e3))} ago`;
}
// src/operations/monitor/findings/retention-copies.ts
/**
* Whether each week and month that the policy promises has its copy. A time before the first backup
* does not count, and neither does one without a daily backup yet. `now` is a stamp of the
* deployment's clock.
*/
function judgeCopies(backups, { weeks, months }, now) {
	const gaps = [...gapOf(backups, "weekly", "week", weeks, now), ...gapOf(backups, "monthly", "month", months, now)];
	if (gaps.length > 0) return warned("copies", `${gaps.join("; ")}.`, "The next good backup makes up for the present week and month. For the past ones see why none was kept: openspp-backup prune --dry-run");
	return passed("copies", `The last ${counted(weeks, "week")} and ${counted(months, "month")} have their copies, as far back as there are backups.`);
}
function gapOf(backups, kind, unit, count, now) {
	const numberOf = ({ name }) => periodOf(kind, stampOf(name));
	const present = periodOf(kind, now);
	const of = (folder) => new Set(backups.filter((one) => one.kind === folder).map(numberOf));
	const [daily, copied] = [of("daily"), of(kind)];
	const first = Math.max(present - count + 1, Math.min(...backups.map(numberOf)));
	const promised = Array.from({ length: Math.max(0, present - first + 1) }, (_, index) => first + index);
	const missing = promised.filter((number) => !copied.has(number) && (number < present || daily.has(number)));
	return missing.length > 0 ? [`${kind}/ has no copy of ${missing.length} of the last ${counted(promised.length, unit)}`] : [];
}
// src/operations/monitor/findings/judge-evidence.ts
/** A finding on everything that the monitor looks at, in its order. */
function judgeEvidence(evidence, limits) {
	const { server, store, service } = evidence;
	const checks = [
		judgeService(service),
		...typeof store === "string" ? [failed("backup-files", store)] : judgeStore(store, evidence, limits),
		judgeDatabase(evidence.ready, server),
		...typeof server === "string" ? [] : [
			judgeConnections(server),
			judgeSessions(server, evidence.addresses),
			judgeLeftovers(server, evidence.database)
		],
		judgeClock(evidence.clockSkewSeconds)
	];
	const found = new Map(checks.map((check) => [check.name, check]));
	return MONITOR_CHECKS.map((name) => found.get(name) ?? notLookedAt(name, evidence));
}
function judgeWithoutDocker(why, next) {
	return MONITOR_CHECKS.map((name) => name === "backup-service" ? failed(name, why, next) : notRun(name, "Not looked at: Docker does not answer."));
}
const ON_SERVER = /* @__PURE__ */ new Set([
	"connections",
	"sessions",
	"leftovers"
]);
function notLookedAt(name, { store }) {
	if (ON_SERVER.has(name)) return notRun(name, "Not looked at: the database does not answer.");
	return notRun(name, typeof store === "string" ? "Not looked at: the backups cannot be reached." : "Not looked at: the service `backup` is not running.");
}
function judgeStore(store, evidence, limits) {
	const { now, cron, log, server, volumes } = evidence;
	const { listing, heads } = store;
	const dumping = typeof server !== "string" && (server.busy || server.sessions.some(({ application }) => application === "pg_dump"));
	const unfinished = unfinishedDumps(listing, store.linked);
	const written = new Map([...heads].map(([path, { bytes }]) => [path, bytes]));
	const complete = completeBackups(store);
	const newest = complete[0];
	const expected = newest && expectedRunAfter(store.schedule, store.zone, newest.takenAt);
	const oldest = limits.backupWithinSeconds ?? (expected && oldestAllowed(expected.pauseSeconds));
	const projectTakesBackups = newest?.manifest === true;
	const space = [...store.volume ? [store.volume] : [], ...volumes];
	return [
		...cron ? [judgeSchedule(cron, store.schedule, projectTakesBackups)] : [],
		...log ? [judgeLog(log, projectTakesBackups)] : [],
		judgeAge(newest, now, expected, limits.backupWithinSeconds),
		judgeSize(distinctByName(complete)),
		judgeFiles(listing, {
			written,
			unfinished,
			dumping,
			...store.unreadable && { unreadable: store.unreadable }
		}),
		judgeManifests(listing.backups),
		judgeCopies(complete, store.policy, store.stamp),
		judgeOffsite(store, evidence.database, evidence.remote, now, (oldest ?? DAY) * OFFSITE_PATIENCE),
		judgeDrill(recordOf(store, "drill"), now, limits.drillWithinSeconds),
		judgeSpace(space, (newest?.bytes ?? 0) + (newest?.filestore?.bytes ?? 0)),
		judgeInodes(space),
		judgeForecast(growth(store, complete, now, expected?.pauseSeconds), now)
	];
}
function distinctByName(backups) {
	return [...new Map(backups.toReversed().map((backup) => [backup.name, backup])).values()].toReversed();
}
const DAY = 86400;
/** A backup takes time, and so does its way off-site. */
const OFFSITE_PATIENCE = 1.25;
const MOST_A_DAY = 24;
function growth(store, backups, now, pauseSeconds = DAY) {
	if (!store.volume) return void 0;
	const perDay = Math.min(MOST_A_DAY, Math.max(1, Math.round(DAY / pauseSeconds)));
	return forecast({
		backups,
		policy: store.policy,
		freeBytes: store.volume.freeBytes,
		now,
		perDay
	});
}
// src/operations/monitor/ask-server.ts
/** In seconds. A server that accepts a connection and then says nothing must not hold the monitor. */
const PATIENCE_SECONDS$1 = 20;
/** The server's answer, or why there is none. */
async function askServer(effects, database) {
	const over = new AbortController();
	const late = setTimeout$1(PATIENCE_SECONDS$1 * 1e3, void 0, {
		signal: over.signal,
		ref: false
	}).then(() => `it did not answer within ${PATIENCE_SECONDS$1} s.`, () => "");
	try {
		return await Promise.race([ask(effects, database), late]);
	} catch (error) {
		if (!(error instanceof Failure)) throw error;
		const { reason, explanation } = error;
		return error instanceof NoSuchDatabase ? `${reason}. ${explanation.next}` : reason;
	} finally {
		over.abort();
	}
}
function ask({ host }, database) {
	const options = {
		role: database.admin,
		name: database.name,
		applicationName: `${APPLICATION} monitor`,
		settings: { statement_timeout: `${PATIENCE_SECONDS$1}s` }
	};
	const query = serverQuery(APPLICATION, throwawayMark(database.name), UNMARKED_SUFFIX);
	return withSession({
		host,
		deployment: { database }
	}, options, (session) => session.value(query));
}
// src/operations/monitor/probe.ts
/**
* The first lines of a manifest say when its dump was taken, its size and its compression. What it
* says about the filestore is at its end.
*/
const MANIFEST_HEAD = 32;
/** How many manifests of each folder are looked at: the newest. */
const MANIFESTS = 20;
const LOG_LINES = 200;
const PROBE = String.raw`
say() { printf '\n== %s\n' "$1"; }
table=$(crontab -l 2>/dev/null || cat /etc/crontabs/root /var/spool/cron/crontabs/root 2>/dev/null)
log=$(printf '%s\n' "$table" | sed -n 's/.*>> *\([^ ]*\).*/\1/p' | head -n 1)
say zone; printf '%s\n' "${"$"}{TZ:-$(readlink -f /etc/localtime 2>/dev/null)}"
say crontab; printf '%s\n' "$table"
say cron; cat /proc/[0-9]*/comm 2>/dev/null | grep -i cron
say log; [ -f "$log" ] && tail -n ${LOG_LINES} "$log"
say ready; pg_isready --quiet --timeout=5 --host="$3" --port="$4"; echo "$?"
say space; df -P -k "$1" 2>/dev/null
say inodes; df -P -i "$1" 2>/dev/null
say linked; readlink "$1/daily/$2_latest.dump"
say readable; pg_restore --list "$1/daily/$2_latest.dump" 2>&1 >/dev/null | head -n 3; [ -s "$1/daily/$2_latest.dump" ] || echo "it is not there"
say records; cat "$1"/.openspp-backup/*.json 2>/dev/null
say manifests
set -f; IFS='
'
for folder in daily weekly monthly; do
for file in $(ls -1 "$1/$folder" 2>/dev/null | grep '\.manifest\.json$' | tail -n ${MANIFESTS}); do
echo "file $1/$folder/$file"
head -n ${MANIFEST_HEAD} "$1/$folder/$file" 2>/dev/null
sed -n '/^ "filestore": {/,/^ }/p' "$1/$folder/$file" 2>/dev/null
done
done
exit 0`;
/**
* Prints, in sections, what the guide's "Backup Verification" and "Troubleshooting" look at in the
* backup container: crontab, log, disk, pg_isready, and what is known about the files. A part that
* cannot be read is an empty section and no error.
*/
function probe({ directory, database, serverHost, serverPort }) {
	return program([
		"sh",
		"-c",
		PROBE.trim(),
		"sh",
		directory,
		database,
		serverHost,
		String(serverPort)
	]);
}
function containerLog(container) {
	return program([
		"docker",
		"logs",
		"--tail",
		String(LOG_LINES),
		container
	]);
}
/** Prints the space and the inodes of a folder's file system, in sections. */
function probeSpace(folder) {
	return program([
		"sh",
		"-c",
		`printf '== space\\n'; df -P -k "$1"; printf '== inodes\\n'; df -P -i "$1"; exit 0`,
		"sh",
		folder
	]);
}
/** The lines of each section that a probe printed, without empty ones. */
function parseSections(output) {
	const sections = /* @__PURE__ */ new Map();
	let lines = [];
	for (const line of output.split("\n")) {
		const name = /^== (\w+)$/.exec(line)?.[1];
		if (name !== void 0) {
			lines = [];
			sections.set(name, lines);
		} else if (line.trim() !== "") lines.push(line);
	}
	return sections;
}
/** The container's time zone. `text` is `TZ`, or the path of the zone file. */
function parseZone(text, offset) {
	const name = text.replace(/^:?(?:.*\/zoneinfo\/)?/, "").trim();
	return {
		offset,
		...name !== "" && !name.startsWith("/") && { name }
	};
}
/** A volume by the lines of `df -P -k` and `df -P -i`. Undefined when they hold no numbers. */
function parseVolume(name, space, inodes) {
	const kibibytes = columnsIn(space.join("\n"));
	if (!kibibytes) return void 0;
	const files = columnsIn(inodes.join("\n")) ?? {
		total: 0,
		free: 0
	};
	return {
		name,
		totalBytes: kibibytes.total * 1024,
		freeBytes: kibibytes.free * 1024,
		totalInodes: files.total,
		freeInodes: files.free
	};
}
const POOLED = /^ "filestore": \{\s*"file": "[^"]*",\s*"kind": "incremental",\s*"files": \d+,\s*"bytes": (\d+)/m;
/** By the path of the dump. */
function parseManifestHeads(lines) {
	const heads = /* @__PURE__ */ new Map();
	for (const part of lines.join("\n").split(/^file /m)) {
		const path = /^(.*)\.manifest\.json$/m.exec(part)?.[1];
		const taken = /^ "takenAt": "([^"]+)"/m.exec(part)?.[1];
		const dump = /^ "dump": \{\s*"file": "[^"]*",\s*"bytes": (\d+),\s*"sha256": "\w+",\s*"compression": "([^"]*)"/m.exec(part);
		const pooled = POOLED.exec(part)?.[1];
		if (path && taken && dump?.[1] && dump[2]) heads.set(`${path}.dump`, {
			takenAt: new Date(taken),
			bytes: Number(dump[1]),
			compression: dump[2],
			...pooled !== void 0 && { pooledBytes: Number(pooled) }
		});
	}
	return heads;
}
// src/operations/monitor/gather-evidence.ts
/**
* Looks at everything that a monitor judges, all at once. Parts of the deployment may be down.
* Nothing is changed.
*/
async function gatherEvidence(effects, watched, settings) {
	const { backups, server } = watched;
	const [seen, remote, volumes, answer] = await Promise.all([
		backups instanceof UserMistake ? backups.sentence : gatherVolume(effects, watched, backups, settings.retention),
		listRemote(settings, effects),
		server instanceof UserMistake ? [] : gatherServerDisk(effects, server),
		server instanceof UserMistake ? server.sentence : askServer(effects, server)
	]);
	const common = {
		now: new Date(effects.clock.now().getTime() + watched.clockSkewSeconds * 1e3),
		clockSkewSeconds: watched.clockSkewSeconds,
		service: watched.service,
		addresses: watched.addresses,
		database: watched.database,
		volumes,
		...remote && { remote },
		server: answer
	};
	return typeof seen === "string" ? {
		...common,
		store: seen
	} : {
		...common,
		...seen
	};
}
/**
* Looks from the backup container where it runs. Otherwise it makes a container that sees only the
* volume.
*/
async function gatherVolume({ host, signal }, watched, backups, given) {
	const { service, database, server } = watched;
	const { directory, container, image } = backups;
	const alone = [
		"--network",
		"none",
		"--volumes-from",
		`${container}:ro`
	];
	const there = (command) => service.running ? inContainer(container, command) : inThrowaway(image, command, { options: alone });
	const run = async (command) => host.run(command, { signal });
	const { innerHost: serverHost, innerPort: serverPort } = server instanceof UserMistake ? {
		innerHost: "db",
		innerPort: 5432
	} : server;
	try {
		const [listed, probed, logged] = await Promise.all([
			run(there(and(stampNow(), listFiles(directory)))),
			run(there(probe({
				directory,
				database,
				serverHost,
				serverPort
			}))),
			run(service.running ? containerLog(container) : program(["true"]))
		]);
		const sections = parseSections(probed.stdout);
		const section = (name) => sections.get(name) ?? [];
		const store = storeOf(listed.stdout, section, backups, database, given);
		if (!service.running) return { store };
		const log = section("log");
		return {
			store,
			cron: {
				lines: section("crontab"),
				read: section("cron").length > 0
			},
			log: log.length > 0 ? log : `${logged.stdout}\n${logged.stderr}`.split("\n"),
			ready: section("ready")[0] === "0"
		};
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		return `The backups cannot be looked at: ${error.reason}`;
	}
}
function storeOf(listed, section, backups, database, given) {
	const { stamp, offset, rest: lines } = stampIn(listed);
	const volume = parseVolume("the backup volume", section("space"), section("inodes"));
	const [linked = ""] = section("linked");
	const unreadable = linked === "" ? void 0 : section("readable")[0];
	return {
		listing: parseListing(lines, backups.directory, database, offset),
		stamp,
		zone: parseZone(section("zone")[0] ?? "", offset),
		schedule: backups.schedule,
		policy: overriddenPolicy(backups.retention, given),
		linked,
		...unreadable !== void 0 && { unreadable },
		heads: parseManifestHeads(section("manifests")),
		records: parseRecords(section("records").join("\n")),
		...volume && { volume }
	};
}
/** Where the image of the official server keeps its clusters. */
const CLUSTERS = "/var/lib/postgresql";
async function gatherServerDisk({ host, signal }, database) {
	try {
		const sections = parseSections(await onDatabase({
			host,
			signal,
			deployment: { database }
		}, probeSpace(CLUSTERS)));
		const volume = parseVolume("the database's volume", sections.get("space") ?? [], sections.get("inodes") ?? []);
		return volume ? [volume] : [];
	} catch (error) {
		if (error instanceof CommandFailed) return [];
		throw error;
	}
}
/**
* In seconds. rclone tries a connection for 10 s, twice. A remote that never answers must not hold
* the monitor.
*/
const PATIENCE_SECONDS = 75;
/**
* Lists the remote from the machine that copies: its files, or why it cannot. Undefined where no
* remote is named. It only reads.
*/
async function listRemote(settings, effects) {
	const { remote, from } = settings.sync;
	if (!remote) return void 0;
	const { address } = remote;
	const patience = AbortSignal.timeout(PATIENCE_SECONDS * 1e3);
	const signal = AbortSignal.any([effects.signal, patience]);
	try {
		const machine = from === "runner" ? effects.runner : effects.host;
		const offsite = await openFrom({
			...effects,
			settings,
			signal
		}, machine);
		return {
			address,
			files: await listFilesOf(offsite, signal)
		};
	} catch (error) {
		if (effects.signal.aborted) throw error;
		if (patience.aborted) return {
			address,
			trouble: `\`${address}\` did not answer within ${PATIENCE_SECONDS} s.`
		};
		if (!(error instanceof Failed || error instanceof UserMistake)) throw error;
		const { next } = error.explanation;
		return {
			address,
			trouble: error.sentence,
			...next && { next }
		};
	}
}
// src/operations/monitor/watched-deployment.ts
/** The user's overrides are applied. A service that is down is part of the result and no error. */
function watchedDeployment({ config, containers, hostEpochSeconds }, settings, epochSeconds) {
	const { name, admin, owner } = databaseNamesOf(config, containers, settings);
	const container = containerOf(containers, settings.backupService);
	const start = container?.State.Status === "paused" ? ["unpause"] : ["up", "--detach"];
	return {
		project: config.name,
		database: name,
		policy: settings.policy ?? (admin === owner ? "flexible" : "strict"),
		service: {
			name: settings.backupService,
			state: stateOf(container),
			running: container !== void 0 && isRunning(container),
			start: print(composeByHand(settings, ...start, settings.backupService))
		},
		backups: container ? orMistake(() => backupVolumeOf(config, container, settings)) : new UserMistake({ what: `No container of the service \`${settings.backupService}\` exists.` }),
		server: orMistake(() => databaseOf(config, containers, settings)),
		addresses: new Map(Object.keys(config.services).flatMap((service) => addressesOf(containers, service))),
		clockSkewSeconds: hostEpochSeconds - epochSeconds
	};
}
function addressesOf(containers, service) {
	const address = containerOf(containers, service);
	const found = address && addressOf(address);
	return found ? [[found, service]] : [];
}
function orMistake(look) {
	try {
		return look();
	} catch (error) {
		if (error instanceof UserMistake) return error;
		throw error;
	}
}
// src/operations/monitor/monitor.ts
/**
* Looks at everything on which a recovery depends, with a finding on each. It takes no lock and
* changes nothing, except that it ends sessions when the user asks for that. What is down is a
* finding and no error. It throws only when the host cannot be reached, or when the folder holds no
* project.
*/
async function monitor(settings, effects) {
	const { journal, host, clock } = effects;
	const startedAt = clock.now().toISOString();
	const { watched, evidence, checks } = await checkDeployment(settings, effects);
	const reported = checks.map((check) => asConfigured(check, settings));
	return {
		schemaVersion: 1,
		operation: "monitor",
		verdict: verdictOf(reported),
		startedAt,
		seconds: journal.elapsed(),
		deployment: {
			host: host.name,
			project: watched?.project ?? "unknown",
			database: watched?.database ?? settings.deployment.database ?? "unknown",
			policy: watched?.policy ?? "unknown",
			...evidence && typeof evidence.server !== "string" && { postgresql: evidence.server.version }
		},
		...evidence && badgeFields(evidence, checks),
		checks: reported,
		phases: [...journal.phases],
		tables: [],
		rows: 0
	};
}
function checkDeployment(settings, effects) {
	const { host, clock, signal, journal } = effects;
	return journal.phase("Look at the deployment", async () => {
		try {
			const watched = watchedDeployment(await inspect(host, settings.deployment, signal), settings.deployment, clock.now().getTime() / 1e3);
			maskPasswords(effects, watched);
			await endSessions(settings, effects, watched);
			const evidence = await gatherEvidence(effects, watched, settings);
			return {
				watched,
				evidence,
				checks: judgeEvidence(evidence, settings.monitor)
			};
		} catch (error) {
			if (!(error instanceof EngineSilent)) throw error;
			return { checks: judgeWithoutDocker(error.sentence, error.explanation.next) };
		}
	});
}
function maskPasswords({ journal }, { server }) {
	if (server instanceof UserMistake) return;
	for (const { password } of [server.admin, server.owner]) journal.log.mask(password.reveal());
}
/** A check that the user switched off says so. With `fail-on: warning`, a warning becomes red. */
function asConfigured(check, { proof, monitor: { failOn } }) {
	if (proof.skipChecks.includes(check.name)) return switchedOff(check.name);
	if (!check.warning || failOn === "critical") return check;
	const { warning: _, ...rest } = check;
	return {
		...rest,
		status: "failed"
	};
}
/** For the badges: the newest backup and its age, the last drill, the off-site copies. */
function badgeFields({ store, now, remote }, checks) {
	if (typeof store === "string") return {};
	const [newest] = completeBackups(store);
	const lastDrill = lastOf(store, "drill");
	const lastSync = remote ? remoteRun(checks, now) : lastOf(store, "sync");
	return {
		...newest && {
			backup: {
				name: newest.name,
				takenAt: newest.takenAt.toISOString(),
				bytes: newest.bytes,
				manifest: newest.manifest
			},
			rpoSeconds: Math.max(0, (now.getTime() - newest.takenAt.getTime()) / 1e3)
		},
		...lastDrill && { lastDrill },
		...lastSync && { lastSync }
	};
}
/** What was seen on the remote itself counts more than what the last sync recorded. */
function remoteRun(checks, now) {
	const seen = checks.find(({ name }) => name === "off-site");
	return seen && {
		verdict: seen.status,
		endedAt: now.toISOString()
	};
}
function lastOf(store, operation) {
	const record = recordOf(store, operation);
	if (!record) return void 0;
	const { recordVersion: _, operation: __, remote: ___, ...rest } = record;
	return rest;
}
export { monitor as n, recordOf as r, checkDeployment as t };
