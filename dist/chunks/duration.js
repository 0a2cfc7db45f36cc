// src/words/duration.ts
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86400;
/** Seconds as people say them: `25 ms`, `0.4 s`, `42 s`, `4 min 12 s`, `5 h 3 min`, `24 h`, `2 d 4 h`. */
function formatDuration(seconds) {
	if (seconds < 0) return `-${formatDuration(-seconds)}`;
	if (seconds < .0995) return `${Math.round(seconds * 1e3)} ms`;
	if (seconds < 9.95) return `${Number(seconds.toFixed(1))} s`;
	const whole = Math.round(seconds);
	if (whole < MINUTE) return `${whole} s`;
	if (whole < HOUR) return two(whole, MINUTE, "min", 1, "s");
	const minutes = Math.round(seconds / MINUTE) * MINUTE;
	if (minutes < 2 * DAY) return two(minutes, HOUR, "h", MINUTE, "min");
	return two(Math.round(seconds / HOUR) * HOUR, DAY, "d", HOUR, "h");
}
function two(seconds, big, bigName, small, smallName) {
	const rest = Math.floor(seconds % big / small);
	return `${Math.floor(seconds / big)} ${bigName}${rest > 0 ? ` ${rest} ${smallName}` : ""}`;
}
export { formatDuration as t };
