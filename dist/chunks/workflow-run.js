import "./rolldown-runtime.js";
import { readFile } from "node:fs/promises";
// src/notify/github/workflow-run.ts
/** Nothing when this does not run in a workflow. */
async function workflowRun(env) {
	const [owner, repository] = env.GITHUB_REPOSITORY?.split("/") ?? [];
	if (!owner || !repository) return void 0;
	const server = env.GITHUB_SERVER_URL || "https://github.com";
	const id = env.GITHUB_RUN_ID ?? "";
	const pullRequest = await pullRequestNumber(env);
	return {
		apiUrl: env.GITHUB_API_URL || "https://api.github.com",
		owner,
		repository,
		id,
		url: `${server}/${owner}/${repository}/actions/runs/${id}`,
		event: env.GITHUB_EVENT_NAME ?? "",
		...pullRequest !== void 0 && { pullRequest }
	};
}
async function pullRequestNumber(env) {
	if (env.GITHUB_EVENT_NAME !== "pull_request" || !env.GITHUB_EVENT_PATH) return void 0;
	return JSON.parse(await readFile(env.GITHUB_EVENT_PATH, "utf8")).pull_request?.number;
}
export { workflowRun };
