import { a as UserMistake, i as Unreachable, n as Failed } from "./failure.js";
// src/notify/github/github-errors.ts
/** The status that GitHub answered with; 0 when it did not answer. */
function statusOf(error) {
	const cause = error instanceof Error ? error.cause : void 0;
	return isRequestError(cause) && cause.response ? cause.status : 0;
}
/**
* What Octokit threw, as a Failure that says what to do. Throws again what is not Octokit's. `permission`
* is what the route needs.
*/
function refusalOf(error, permission, route) {
	if (!isRequestError(error)) throw error;
	const { response, status } = error;
	const why = answerOf(error);
	const options = { cause: error };
	if (!response) return new Unreachable({
		what: "GitHub's API cannot be reached.",
		why,
		next: "Run it again: the network or GitHub is at fault."
	}, options);
	if (status === 401) return new UserMistake({
		what: "GitHub does not accept the token.",
		why,
		next: "Leave `github-token` out, so that the run's own is used, or give one that has not expired."
	}, options);
	if (/not permitted to create or approve pull requests/i.test(why)) return new UserMistake({
		what: "This repository does not let workflows open pull requests.",
		why,
		next: "Settings → Actions → General → Workflow permissions: allow GitHub Actions to create pull requests."
	}, options);
	if (status === 403 && /not accessible by|must have|admin rights/i.test(why)) return lackingPermission(acceptedPermission(response.headers) ?? permission, why, options);
	if (status === 410 && route.includes("/issues")) return new UserMistake({
		what: "This repository has no issues.",
		why,
		next: "Settings → General → Features: switch Issues on, or switch the alert off with `alert: false`."
	}, options);
	const next = adviceFor(status, permission);
	return new Failed({
		what: `GitHub answered ${status} to ${route}.`,
		why,
		...next && { next }
	}, options);
}
function isRequestError(error) {
	return error instanceof Error && error.name === "HttpError" && "status" in error;
}
/**
* Octokit's own message repeats the status and ends in a link; the causes of a 422 are in the body. Without
* an answer, the message is that of `fetch`, whose reason is in its cause. It is empty when several
* addresses failed.
*/
function answerOf({ message, response, cause }) {
	const data = response?.data;
	if (!data?.message) return message || (cause instanceof Error ? cause.message : "");
	const details = (data.errors ?? []).map((one) => {
		if (typeof one === "string") return one;
		const { message: text, field, code } = one;
		return text ?? [field, code].filter(Boolean).join(" ");
	});
	return [data.message, ...details].join("; ");
}
function lackingPermission(permission, why, options) {
	return new UserMistake({
		what: `The token of this run lacks the permission \`${permission}\`.`,
		why,
		next: `Add the line to the job's permissions in the workflow:\n    permissions:\n      ${permission}`
	}, options);
}
/**
* GitHub says which permissions a route takes: `;` separates alternatives, `,` separates what is needed
* together (GitHub Docs, "Troubleshooting the REST API", X-Accepted-GitHub-Permissions).
*/
function acceptedPermission(headers) {
	const accepted = headers["x-accepted-github-permissions"];
	if (typeof accepted !== "string" || accepted === "") return void 0;
	const [first = ""] = accepted.split(";");
	return first.split(",").map((one) => one.trim().replaceAll("_", "-").replace("=", ": ")).join("\n      ");
}
function adviceFor(status, permission) {
	if (status === 403 || status === 429) return "Run it again later: GitHub's limit on requests was reached.";
	if (status === 404) return `See that the repository exists, and that the token has the permission \`${permission}\`.`;
	if (status >= 500) return "Run it again later, and look at https://www.githubstatus.com.";
}
export { statusOf as n, refusalOf as t };
