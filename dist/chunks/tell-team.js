import "./rolldown-runtime.js";
import { a as UserMistake, n as Failed, r as Failure } from "./failure.js";
import { t as formatDuration } from "./duration.js";
import { t as formatMoment } from "./moment.js";
import { i as prose, o as withoutMentions } from "./markdown.js";
import { r as isReport } from "./outcome.js";
import { a as sentences, i as problems, n as headline } from "./verdict.js";
import { n as statusOf } from "./github-errors.js";
import { a as historyFiles, c as readHistory, i as INDEX, l as viewsOf, n as commitTo, o as isNews, r as writeCommit, s as pastResultsOf, t as branchTip, u as withOutcome } from "./commit-to-branch.js";
import { n as renderTrend, t as renderSummary } from "./summary2.js";
import { n as webhookPayload } from "./webhook-message.js";
import { n as retry } from "./retry.js";
import { t as renderFailure } from "./failure-summary.js";
import { createHash } from "node:crypto";
// src/report/alert.ts
const TITLES = {
	backup: "The backup fails",
	drill: "The restore drill fails",
	cycle: "The backup or its restore drill fails",
	prune: "The retention fails",
	restore: "The restore fails",
	sync: "The off-site copy fails",
	monitor: "The monitor finds something wrong"
};
/** A host that cannot be reached is one trouble, whichever run notices it first. */
const UNREACHABLE = "unreachable";
/** Other operations that a green run proves, too. */
const ALSO_PROVES = { cycle: ["backup", "drill"] };
/** The person who started a run by hand knows that they cancelled it, and sees that an input was wrong. */
const NO_NEWS = ["cancelled", "mistake"];
/**
* What to alert the team of; nothing when the run is green. It holds only names of tables and numbers: what
* a tool said stays in the run's log.
*/
function alertsOf(outcome, run) {
	if (!isReport(outcome)) return alertsOfEnd(outcome, run);
	if (outcome.verdict === "passed") return [];
	if (outcome.operation === "monitor") return alertsOfMonitor(outcome, run);
	const { operation } = outcome;
	const found = problems(outcome.checks);
	const lines = [
		headline(outcome),
		"",
		...sentences(outcome),
		"",
		...found.map(bullet)
	];
	return [alertOf(operation, TITLES[operation], headline(outcome), lines, run, {
		moment: outcome.startedAt,
		digest: found.map(({ name, status }) => `${name} ${status}`)
	})];
}
/** The findings of a monitor are independent: each is reported, and is over, by itself. */
function alertsOfMonitor(report, run) {
	return problems(report.checks).map((check) => {
		const lines = [
			...sentences(report),
			"",
			bullet(check)
		];
		return alertOf(findingOf(check), `Monitor: ${check.name}`, check.message, lines, run, {
			moment: report.startedAt,
			digest: [check.name, check.status]
		});
	});
}
function findingOf({ name }) {
	return `monitor: ${name}`;
}
function alertsOfEnd({ operation, ended, endedAt }, run) {
	if (run.event === "workflow_dispatch" && NO_NEWS.includes(ended.kind)) return [];
	const unreachable = ended.kind === "unreachable";
	const { what, why, state, next } = ended;
	const lines = [
		what,
		"",
		...unreachable && why ? [`Why: ${why}`] : [],
		...state ? [`State: ${state}`] : [],
		...next ? [`Next: ${next}`] : []
	];
	const title = unreachable ? "The deployment cannot be reached" : TITLES[operation];
	const [first = ""] = what.split("\n");
	return [alertOf(unreachable ? UNREACHABLE : operation, title, first, lines, run, {
		moment: endedAt,
		digest: [ended.kind, first.replaceAll(/\d+/g, "0")]
	})];
}
function alertOf(kind, title, sentence, lines, run, { moment, digest }) {
	const foot = `[This run](${run.url}), ${formatMoment(moment)}. The next green run closes this issue.`;
	const hash = createHash("sha256").update(digest.join("\n")).digest("hex").slice(0, 16);
	return {
		kind,
		title,
		sentence,
		body: [
			...lines.map((line) => line.startsWith("- ") ? line : prose(line)),
			"",
			foot
		].join("\n"),
		digest: hash
	};
}
function bullet({ name, message, next }) {
	return `- **${prose(name)}:** ${prose(message)}${next ? `<br>**Next:** ${prose(next)}` : ""}`;
}
/** The kinds of trouble that this run proves to be over. */
function recoveredBy(outcome) {
	if (!isReport(outcome)) return [];
	const { operation, verdict, checks } = outcome;
	const seen = checks.filter(({ status }) => status === "passed").map(findingOf);
	if (operation === "monitor") return [
		operation,
		...seen,
		UNREACHABLE
	];
	if (verdict !== "passed") return [UNREACHABLE];
	return [
		operation,
		...ALSO_PROVES[operation] ?? [],
		UNREACHABLE
	];
}
/** The last comment on a trouble. `since` is when it was first reported; `run` is the green one. */
function renderRecovery(since, now, run) {
	return `${recoverySentence(since, now)} [The green run](${run.url}).`;
}
/** How long the trouble lasted. `since` is when it was first reported. */
function recoverySentence(since, now) {
	const seconds = Math.max(0, (now.getTime() - since.getTime()) / 1e3);
	return `Green again after ${formatDuration(seconds)}.`;
}
const MARKER = /<!-- openspp-backup: (?<kind>.*?); (?<digest>[0-9a-f]{16}) -->/;
/** The text of an issue or comment: the body, and a hidden mark that `markOf` finds. */
function marked({ kind, digest, body }) {
	return `${body}\n\n<!-- openspp-backup: ${kind}; ${digest} -->\n`;
}
/** Nothing when the issue or comment is not ours. */
function markOf(text) {
	const { kind, digest } = MARKER.exec(text)?.groups ?? {};
	return kind && digest ? {
		kind,
		digest
	} : void 0;
}
// src/notify/github/alert-issues.ts
/** Our issues are found by this label, whatever other labels they carry. */
const LABEL = "openspp-backup";
/** An hourly run that finds the same trouble again says so once a day. More would teach people to mute it. */
const QUIET_HOURS = 20;
const TRIES = 3;
/** Opens an issue for this kind of trouble, or comments on the open issue. */
async function tellIssue(github, alert, options, clock) {
	for (let tries = 1;; tries++) {
		const [open] = await openIssues(github, [alert.kind]);
		if (open) return comment(github, open, alert, clock);
		try {
			const { html_url: url } = await create(github, alert, options);
			return {
				alert,
				how: "opened",
				url
			};
		} catch (error) {
			if (statusOf(error) < 500 || tries === TRIES) throw error;
		}
	}
}
/** The trouble is over: says so in the open issues of these kinds and closes them. */
async function closeIssues(github, kinds, run, clock) {
	const closed = [];
	for (const { number, title, body, created_at, html_url } of await openIssues(github, kinds)) {
		const since = new Date(created_at);
		await github.call("issues: write", "POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
			issue_number: number,
			body: renderRecovery(since, clock.now(), run)
		});
		await github.call("issues: write", "PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
			issue_number: number,
			state: "closed",
			state_reason: "completed"
		});
		closed.push({
			kind: markOf(body ?? "")?.kind ?? "",
			title,
			since,
			url: html_url
		});
	}
	return closed;
}
async function openIssues(github, kinds) {
	return (await github.list("issues: write", "GET /repos/{owner}/{repo}/issues", {
		state: "open",
		labels: LABEL
	})).filter(({ body, pull_request }) => !pull_request && kinds.includes(markOf(body ?? "")?.kind ?? ""));
}
async function comment(github, issue, alert, clock) {
	const url = issue.html_url;
	const since = /* @__PURE__ */ new Date(clock.now().getTime() - QUIET_HOURS * 36e5);
	const recent = await github.list("issues: write", "GET /repos/{owner}/{repo}/issues/{issue_number}/comments", {
		issue_number: issue.number,
		since: since.toISOString()
	});
	if ([...new Date(issue.created_at) > since ? [issue.body] : [], ...recent.map(({ body }) => body)].flatMap((text) => markOf(text ?? "") ?? []).at(-1)?.digest === alert.digest) return {
		alert,
		how: "quiet",
		url
	};
	await github.call("issues: write", "POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
		issue_number: issue.number,
		body: marked(alert)
	});
	return {
		alert,
		how: "commented",
		url
	};
}
/** Somebody who left the team must not stop the alert: then the issue is opened without assignees. */
async function create(github, alert, { labels, assignees }) {
	const issue = {
		title: alert.title,
		body: marked(alert),
		labels: [LABEL, ...labels]
	};
	const route = "POST /repos/{owner}/{repo}/issues";
	if (assignees.length === 0) return github.call("issues: write", route, issue, { retries: 0 });
	try {
		return await github.call("issues: write", route, {
			...issue,
			assignees: [...assignees]
		}, { retries: 0 });
	} catch (error) {
		if (statusOf(error) !== 422) throw error;
		const body = `${`GitHub did not take the assignees ${assignees.join(", ")}: see \`alert-assignees\`.`}\n\n${issue.body}`;
		return github.call("issues: write", route, {
			...issue,
			body
		}, { retries: 0 });
	}
}
// src/notify/github/keep-alive.ts
const OUR_WORKFLOWS = /^\.github\/workflows\/(?:backup|drill|monitor)\.ya?ml$/;
/**
* GitHub switches the schedules of a public repository off after 60 days without activity. Enabling a
* workflow that is enabled restarts the 60 days. One that somebody switched off by hand stays off. Returns
* the paths of the workflows that were enabled.
*/
async function keepAlive(github) {
	const { workflows } = await github.call("actions: write", "GET /repos/{owner}/{repo}/actions/workflows", { per_page: 100 });
	const alive = workflows.filter(({ path, state }) => OUR_WORKFLOWS.test(path) && ["active", "disabled_inactivity"].includes(state));
	for (const { id } of alive) await github.call("actions: write", "PUT /repos/{owner}/{repo}/actions/workflows/{workflow_id}/enable", { workflow_id: id });
	return alive.map(({ path }) => path);
}
// src/report/quarter.ts
/** GitHub's limit for the text of an issue, a comment or a pull request. */
const LONGEST_TEXT = 65536;
/** By UTC: `2026-Q4`. */
function quarterOf(moment) {
	return `${moment.getUTCFullYear()}-Q${Math.floor(moment.getUTCMonth() / 3) + 1}`;
}
/** The pull request that adds a drill's report to the repository. `past` is for its trend. */
function signOffOf(report, runUrl, past = []) {
	const quarter = quarterOf(new Date(report.startedAt));
	const title = `Restore drill ${quarter}: ${report.verdict === "not-run" ? "not proven" : report.verdict}`;
	const folder = `drills/${quarter}`;
	const summary = renderSummary(report, past);
	return {
		title,
		body: shortened(`Merging this signs the drill off. [The run](${runUrl}).\n\n${summary}`, `\n\nThe rest is in \`${folder}/summary.md\`.\n`),
		branch: `openspp-backup/drill-${quarter}`,
		message: title,
		files: /* @__PURE__ */ new Map([[`${folder}/summary.md`, summary], [`${folder}/report.json`, `${JSON.stringify(report, null, 2)}\n`]])
	};
}
/** Fits GitHub's limit by a cut between lines. `ending` is added only when something was cut. */
function shortened(markdown, ending) {
	if (markdown.length <= LONGEST_TEXT) return markdown;
	const room = markdown.slice(0, LONGEST_TEXT - ending.length - 200);
	const cut = room.slice(0, room.lastIndexOf("\n"));
	return `${cut}${cut.lastIndexOf("<details") > cut.lastIndexOf("</details>") ? "\n\n</details>" : ""}${ending}`;
}
// src/notify/github/pull-requests.ts
/** Marks our one comment on a pull request, so that the next run finds it. */
const mark = (about) => `<!-- openspp-backup: comment ${about} -->`;
/** Writes the comment, or replaces the one from an earlier run that is about the same. */
async function tellPullRequest(github, number, about, markdown) {
	const body = shortened(`${mark(about)}\n${markdown}`, "\n\nThe rest is in the run's summary.\n");
	const ours = (await github.list("pull-requests: write", "GET /repos/{owner}/{repo}/issues/{issue_number}/comments", { issue_number: number })).find((comment) => comment.body?.startsWith(mark(about)));
	return (ours ? await github.call("pull-requests: write", "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", {
		comment_id: ours.id,
		body
	}) : await github.call("pull-requests: write", "POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
		issue_number: number,
		body
	})).html_url;
}
/**
* Commits the files of a drill's sign-off to their own branch and opens a pull request. Updates the open
* pull request of the same quarter, if there is one. Returns its page, or nothing when the default branch
* holds the sign-off already.
*/
async function openSignOff(github, signOff) {
	const { branch, title, body } = signOff;
	const { default_branch: base } = await github.call("contents: write", "GET /repos/{owner}/{repo}", {});
	const tip = await branchTip(github, base, "contents: write");
	const commit = await writeCommit(github, signOff, tip.commit);
	if (commit === void 0) return void 0;
	await pointBranch(github, branch, commit);
	const [open] = await github.list("pull-requests: write", "GET /repos/{owner}/{repo}/pulls", {
		state: "open",
		head: `${github.owner}:${branch}`,
		base
	});
	return (open ? await github.call("pull-requests: write", "PATCH /repos/{owner}/{repo}/pulls/{pull_number}", {
		pull_number: open.number,
		title,
		body
	}) : await github.call("pull-requests: write", "POST /repos/{owner}/{repo}/pulls", {
		title,
		body,
		head: branch,
		base
	})).html_url;
}
/**
* Only we write to this branch, so it may be moved back. An earlier drill of the quarter stays in its pull
* request's history.
*/
async function pointBranch(github, branch, sha) {
	try {
		await github.call("contents: write", "PATCH /repos/{owner}/{repo}/git/refs/{ref}", {
			ref: `heads/${branch}`,
			sha,
			force: true
		});
	} catch (error) {
		if (![404, 422].includes(statusOf(error))) throw error;
		await github.call("contents: write", "POST /repos/{owner}/{repo}/git/refs", {
			ref: `refs/heads/${branch}`,
			sha
		});
	}
}
// src/notify/post-webhook.ts
const PAUSES_SECONDS = [2, 2];
const REQUEST_SECONDS = 20;
/** Tries three times. Throws a Failure that does not name the URL. */
async function postToWebhook({ url, format }, message, signal) {
	const body = JSON.stringify(webhookPayload(format, message));
	const mayPass = (error) => error instanceof Unsent && error.passing;
	await retry(() => post(url, body, signal), {
		pauses: PAUSES_SECONDS,
		mayPass,
		signal
	}).catch((error) => {
		throw error instanceof Unsent ? unsent(error) : error;
	});
}
var Unsent = class extends Error {
	/** Whether it may go away by itself, so that another try makes sense. */
	passing;
	constructor(what, passing) {
		super(what);
		this.passing = passing;
	}
};
/** Throws Unsent. */
async function post(url, body, signal) {
	let status;
	try {
		const answer = await fetch(url.reveal(), {
			method: "POST",
			headers: { "content-type": "application/json" },
			body,
			signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_SECONDS * 1e3)])
		});
		if (answer.ok) return;
		status = answer.status;
	} catch (error) {
		signal.throwIfAborted();
		const { message, cause } = error;
		const code = cause?.code;
		throw new Unsent(code ?? message, code !== "ERR_INVALID_URL");
	}
	throw new Unsent(`it answered ${status}`, status >= 500 || status === 429);
}
function unsent({ message, passing }) {
	const explanation = {
		what: "The webhook did not take the message.",
		why: message
	};
	if (passing) return new Failed({
		...explanation,
		next: "Look at the service behind it, and run it again."
	});
	return new UserMistake({
		...explanation,
		state: "The message was not sent.",
		next: "See that `webhook-url` is the whole URL, still valid, and that `webhook-format` is the service's."
	});
}
// src/operations/tell-team.ts
/**
* Tells the team in every way that is switched on: issues, a chat, a pull request, the history.
* When one way fails, the others are still tried. In the end a failure is thrown, because an alert
* that could not be sent must not look like one that was not needed.
*/
async function tellTeam(outcome, settings, effects) {
	const failures = [];
	let past = [];
	const attempt = async (tell) => {
		try {
			await tell();
		} catch (error) {
			if (!(error instanceof Failure) || effects.signal.aborted) throw error;
			failures.push(error);
		}
	};
	if (effects.run.pullRequest !== void 0) {
		if (settings.pullRequest) await attempt(() => commentOnPullRequest(outcome, effects));
	} else {
		let news = everyAlert(outcome, effects);
		await attempt(async () => {
			news = await tellIssues(outcome, settings, effects);
		});
		await attempt(() => tellChat(news, settings, effects));
		await attempt(async () => {
			past = await keepHistory(outcome, settings, effects);
		});
		await attempt(() => askForSignOff(outcome, past, settings, effects));
	}
	if (settings.keepAlive) await attempt(() => keepSchedules(effects));
	if (failures.length > 0) throw notToldFailure(failures);
}
/** For a chat when no issue says whether an alert is new. */
function everyAlert(outcome, effects) {
	const { run } = effects;
	return alertsOf(outcome, run).map((alert) => alertMessage({
		alert,
		url: run.url
	}, effects));
}
/**
* Opens issues, comments on them and closes them. Returns what is new in them, for people who read
* a chat instead.
*/
async function tellIssues(outcome, { alert: wanted, alertLabels: labels, alertAssignees: assignees }, effects) {
	const { github, run, clock, log } = effects;
	if (!wanted) return everyAlert(outcome, effects);
	const messages = [];
	for (const alert of alertsOf(outcome, run)) {
		const update = await tellIssue(github, alert, {
			labels,
			assignees
		}, clock);
		log.info(HOW[update.how](update));
		if (update.how !== "quiet") messages.push(alertMessage(update, effects));
	}
	for (const closed of await closeIssues(github, recoveredBy(outcome), run, clock)) {
		log.info(`Closed ${closed.url}.`);
		messages.push(recoveryMessage(closed, effects));
	}
	return messages;
}
const HOW = {
	opened: ({ url }) => `Opened ${url}.`,
	commented: ({ url }) => `Commented on ${url}.`,
	quiet: ({ url }) => `${url} says it already.`
};
function alertMessage({ alert, url }, { github }) {
	const { title, sentence } = alert;
	return {
		state: "red",
		title,
		sentence,
		url,
		repository: nameOf(github)
	};
}
function recoveryMessage({ title, since, url }, { github, clock }) {
	return {
		state: "green",
		title,
		sentence: recoverySentence(since, clock.now()),
		url,
		repository: nameOf(github)
	};
}
function nameOf({ owner, repository }) {
	return `${owner}/${repository}`;
}
async function tellChat(messages, { webhookUrl: url, webhookFormat: format }, { log, signal }) {
	if (!url) return;
	for (const message of messages) {
		await postToWebhook({
			url,
			format
		}, message, signal);
		log.info("Told the webhook.");
	}
}
async function keepHistory(outcome, { history: wanted, historyBranch }, { github, run, log, clock, shown, show }) {
	if (!wanted) return [];
	const now = clock.now();
	let past = [];
	const commit = await commitTo(github, historyBranch, async (tip) => {
		const before = readHistory(await tip.read(INDEX));
		past = pastResultsOf(before);
		if (!isNews(before, outcome)) return {
			message: "Colour the badges",
			files: viewsOf(before, now, outcome)
		};
		const history = withOutcome(before, outcome, run);
		past = pastResultsOf(history);
		return {
			message: sentenceOf(outcome),
			files: historyFiles(history, outcome, run, now)
		};
	});
	if (commit) log.info(`Wrote the history on ${historyBranch}: ${commit}.`);
	const trend = isReport(outcome) ? renderTrend(outcome, past) : "";
	if (!shown.includes(trend)) await show(trend);
	return past;
}
function sentenceOf(outcome) {
	const sentence = isReport(outcome) ? headline(outcome) : outcome.ended.what.split("\n")[0] ?? "";
	return withoutMentions(sentence);
}
async function askForSignOff(outcome, past, { pullRequest }, { github, run, log }) {
	if (!pullRequest || run.event !== "schedule") return;
	if (!isReport(outcome) || outcome.operation !== "drill") return;
	const url = await openSignOff(github, signOffOf(outcome, run.url, past));
	log.info(url ? `For the team's sign-off: ${url}` : "The repository holds this report already.");
}
async function commentOnPullRequest(outcome, { github, run, log }) {
	if (run.pullRequest === void 0) return;
	const body = `${isReport(outcome) ? renderSummary(outcome) : renderFailure(outcome.ended)}\n[This run](${run.url})\n`;
	log.info(`Told ${await tellPullRequest(github, run.pullRequest, outcome.operation, body)}.`);
}
async function keepSchedules({ github, log }) {
	for (const path of await keepAlive(github)) log.info(`Kept ${path} scheduled.`);
}
/** One failure is thrown as it is. Several are thrown as one that names them all. */
function notToldFailure(failures) {
	const [first, ...more] = failures;
	if (first && more.length === 0) return first;
	return new Failed({
		what: failures.map(({ explanation }) => explanation.what).join("\n"),
		why: failures.flatMap(({ explanation }) => explanation.why ?? []).join("; ") || void 0,
		state: "The team was not told in these ways. The others were tried.",
		next: [...new Set(failures.flatMap(({ explanation }) => explanation.next ?? []))].join("\n  ")
	});
}
export { tellTeam };
