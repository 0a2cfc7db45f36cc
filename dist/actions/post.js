import "../chunks/rolldown-runtime.js";
import { a as info, d as warning, i as getState, o as isDebug, t as debug } from "../chunks/core.js";
import { a as systemClock } from "../chunks/verbs.js";
import { d as enter, p as withHost } from "../chunks/table.js";
import { t as readSettings } from "../chunks/read-settings.js";
import { n as actionInputs, r as maskSecrets, t as GitHubLog } from "../chunks/github-log.js";
import { t as OPERATION } from "../chunks/state.js";
// src/actions/post.ts
/** Runs after every action. It removes what main could not, and never fails the job. */
await enter(async (signal) => {
	if (getState("sweep") !== "needed") {
		info("Nothing to clean up.");
		return 0;
	}
	maskSecrets();
	const operation = getState(OPERATION);
	const settings = await readSettings(actionInputs, process.env.SSH_AUTH_SOCK, operation);
	const { sweep } = await import("../chunks/sweep2.js");
	const log = new GitHubLog(systemClock);
	if ((await withHost(settings.connection, log, signal, (effects) => sweep(settings, effects))).length === 0) log.info("Nothing was left to clean up.");
	return 0;
}, (failure, cause) => {
	warning(failure.message, { title: "Clean-up did not finish; the next run does it" });
	if (isDebug() && cause instanceof Error) debug(cause.stack ?? cause.message);
	return 0;
});
export {};
