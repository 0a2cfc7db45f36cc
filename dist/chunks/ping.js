import { setTimeout } from "node:timers/promises";
// src/ping.ts
const SUFFIXES = {
	start: "/start",
	success: "",
	fail: "/fail"
};
const ATTEMPT_SECONDS = 10;
const PAUSES_SECONDS = [1, 3];
/** A service that knows only the plain URL answers so to the others, and means no harm. */
const UNKNOWN_THERE = [404, 405];
/**
* Given a URL or none, where to log and the work, tell the URL that the work begins, do it, and tell how it ended. A ping
* that cannot be sent is a warning: the switch raises the alarm by itself then.
*/
async function withPing(url, log, work, tell) {
	if (!url) return work();
	const started = ping(url, "start", runLink(), log);
	const end = async ({ good, text }) => {
		await started;
		await ping(url, good ? "success" : "fail", [text, runLink()].filter(Boolean).join("\n"), log);
	};
	let result;
	try {
		result = await work();
	} catch (error) {
		await end({
			good: false,
			text: error.message.split("\n", 1)[0] ?? ""
		});
		throw error;
	}
	await end(tell(result));
	return result;
}
async function ping(url, signal, text, log) {
	const trouble = await send(addressOf(url, signal), signal, text);
	if (trouble) log.warning(`The dead man's switch could not be told (${signal}): ${trouble}.`);
}
/** Given a URL, return the address that takes a signal: a query, which some services need, stays behind it. */
function addressOf(url, signal) {
	const address = new URL(url.reveal());
	address.pathname = address.pathname.replace(/\/$/, "") + SUFFIXES[signal];
	return address;
}
/** Returns why it could not be sent, without the address: who knows it can silence the alarm. */
async function send(address, signal, body) {
	let trouble = "";
	for (const pause of [0, ...PAUSES_SECONDS]) {
		await setTimeout(pause * 1e3);
		try {
			const timeout = AbortSignal.timeout(ATTEMPT_SECONDS * 1e3);
			const { ok, status } = await fetch(address, {
				method: "POST",
				body,
				signal: timeout
			});
			if (ok || signal !== "success" && UNKNOWN_THERE.includes(status)) return void 0;
			trouble = `it answered ${status}`;
			if (status < 500 && status !== 429) return trouble;
		} catch (error) {
			trouble = whyNot(error);
		}
	}
	return trouble;
}
function whyNot(error) {
	const { name, cause } = error;
	if (name === "TimeoutError") return `it did not answer within ${ATTEMPT_SECONDS} s`;
	return `it cannot be reached (${cause?.code ?? name ?? "unknown"})`;
}
/** The address of this workflow run, and nothing elsewhere. */
function runLink() {
	const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id } = process.env;
	return server && repository && id ? `${server}/${repository}/actions/runs/${id}` : "";
}
export { withPing as t };
