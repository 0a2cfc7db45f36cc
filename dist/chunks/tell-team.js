import "./rolldown-runtime.js";
import { a as UserMistake, n as Failed, r as Failure } from "./failure.js";
import { a as historyFiles, c as readHistory, i as INDEX, l as viewsOf, n as tipOf, o as isNews, r as write, s as pastResultsOf, t as commitTo, u as withOutcome } from "./branch.js";
import { t as formatDuration } from "./duration.js";
import { t as formatMoment } from "./moment.js";
import { i as prose, o as withoutMentions } from "./markdown.js";
import { r as isReport } from "./outcome.js";
import { i as sentences, n as headline, o as troubles } from "./verdict.js";
import { n as statusOf } from "./refusals.js";
import { n as renderTrend, t as renderSummary } from "./summary2.js";
import { n as webhookPayload } from "./webhook-message.js";
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
/** A host that cannot be reached is one trouble, whoever notices it first. */
const UNREACHABLE = "unreachable";
/** What a green run proves beyond itself. */
const ALSO_PROVES = { cycle: ["backup", "drill"] };
/** Whoever started a run by hand knows that they cancelled it, and reads what they gave it wrong. */
const NO_NEWS = ["cancelled", "mistake"];
/**
* Given how a run ended and its link, return what to alert the team of: nothing when it is green. Names of tables and
* numbers only: what a tool said stays in the run's log.
*/
function alertsOf(outcome, run) {
	if (!isReport(outcome)) return alertsOfEnd(outcome, run);
	if (outcome.verdict === "passed") return [];
	if (outcome.operation === "monitor") return alertsOfMonitor(outcome, run);
	const { operation } = outcome;
	const found = troubles(outcome.checks);
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
/** What a monitor finds has nothing to do with what else it finds: each is told, and is over, by itself. */
function alertsOfMonitor(report, run) {
	return troubles(report.checks).map((check) => {
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
/** Given how a run ended, return the kinds of trouble that it proves to be over. */
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
/** Given the moment at which a trouble was first told, the present one and the green run, return the last word on it. */
function renderRecovery(since, now, run) {
	return `${recoverySentence(since, now)} [The green run](${run.url}).`;
}
/** Given the moment at which a trouble was first told and the present one, return how long it lasted, as a sentence. */
function recoverySentence(since, now) {
	const seconds = Math.max(0, (now.getTime() - since.getTime()) / 1e3);
	return `Green again after ${formatDuration(seconds)}.`;
}
const MARKER = /<!-- openspp-backup: (?<kind>.*?); (?<digest>[0-9a-f]{16}) -->/;
/** Given an alert, return the text of its issue or comment: the body, and a hidden mark by which it is found again. */
function marked({ kind, digest, body }) {
	return `${body}\n\n<!-- openspp-backup: ${kind}; ${digest} -->\n`;
}
/** Given the text of an issue or comment, return the kind and the digest of the alert that it is, if it is one of ours. */
function markOf(text) {
	const { kind, digest } = MARKER.exec(text)?.groups ?? {};
	return kind && digest ? {
		kind,
		digest
	} : void 0;
}
// src/notify/github/issues.ts
/** Our issues are found again by this label, whatever else they carry. */
const LABEL = "openspp-backup";
/** An hourly run that finds the same trouble again says so once a day; the rest would only teach people to mute it. */
const QUIET_HOURS = 20;
const TRIES$1 = 3;
/** Given an alert, open an issue for its kind of trouble, or comment on the one that is open. */
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
			if (statusOf(error) < 500 || tries === TRIES$1) throw error;
		}
	}
}
/** Given kinds of trouble that are over, say so in their open issues and close them. */
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
/** Somebody who has left the team must not keep the alert from being told: the issue is then opened without them. */
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
const OURS = /^\.github\/workflows\/(?:backup|drill|monitor)\.ya?ml$/;
/**
* GitHub switches the schedules of a public repository off after 60 days without activity. Enabling a workflow that is
* enabled starts the 60 days anew. One that somebody switched off by hand stays off. Returns the paths of those
* that were enabled.
*/
async function keepAlive(github) {
	const { workflows } = await github.call("actions: write", "GET /repos/{owner}/{repo}/actions/workflows", { per_page: 100 });
	const alive = workflows.filter(({ path, state }) => OURS.test(path) && ["active", "disabled_inactivity"].includes(state));
	for (const { id } of alive) await github.call("actions: write", "PUT /repos/{owner}/{repo}/actions/workflows/{workflow_id}/enable", { workflow_id: id });
	return alive.map(({ path }) => path);
}
// src/report/quarter.ts
/** GitHub's limit for the text of an issue, a comment or a pull request. */
const LONGEST_TEXT = 65536;
/** Given a moment, return the quarter of a year that it is in, by UTC: `2026-Q4`. */
function quarterOf(moment) {
	return `${moment.getUTCFullYear()}-Q${Math.floor(moment.getUTCMonth() / 3) + 1}`;
}
/** Given the report of a drill, the page of its run and past results for its trend, return the pull request that adds it to the repository. */
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
/** Given Markdown and what to end it with when it is too long for GitHub, return it so that GitHub takes it, cut between lines. */
function shortened(markdown, ending) {
	if (markdown.length <= LONGEST_TEXT) return markdown;
	const room = markdown.slice(0, LONGEST_TEXT - ending.length - 200);
	const cut = room.slice(0, room.lastIndexOf("\n"));
	return `${cut}${cut.lastIndexOf("<details") > cut.lastIndexOf("</details>") ? "\n\n</details>" : ""}${ending}`;
}
// src/notify/github/pull-requests.ts
/** By it our one comment on a pull request is found again. */
const mark = (about) => `<!-- openspp-backup: comment ${about} -->`;
/** Given a pull request, what the comment is about and its text, write the comment, or write it anew when it is there. */
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
* Given a drill's sign-off, commit its files to a branch of their own and open a pull request for it, or bring the
* open one of the same quarter up to date. Returns its page, or nothing when the default branch holds it already.
*/
async function openSignOff(github, signOff) {
	const { branch, title, body } = signOff;
	const { default_branch: base } = await github.call("contents: write", "GET /repos/{owner}/{repo}", {});
	const tip = await tipOf(github, base, "contents: write");
	const commit = await write(github, signOff, tip.commit);
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
/** The branch is ours alone, so it may be moved back: an earlier drill of the quarter is in its pull request's history. */
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
const TRIES = 3;
const SECONDS_BETWEEN = 2;
const REQUEST_SECONDS = 20;
/** Given a webhook and a message, post it, three times if it must be. Throws a Failure that does not name the URL. */
async function postToWebhook({ url, format }, message, signal) {
	const body = JSON.stringify(webhookPayload(format, message));
	for (let tries = 1;; tries++) {
		const problem = await post(url, body, signal);
		if (problem === void 0) return;
		if (tries === TRIES || !problem.passing) throw unsent(problem);
		await new Promise((later) => setTimeout(later, SECONDS_BETWEEN * 1e3));
	}
}
async function post(url, body, signal) {
	try {
		const { ok, status } = await fetch(url.reveal(), {
			method: "POST",
			headers: { "content-type": "application/json" },
			body,
			signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_SECONDS * 1e3)])
		});
		if (ok) return void 0;
		return {
			what: `it answered ${status}`,
			passing: status >= 500 || status === 429
		};
	} catch (error) {
		signal.throwIfAborted();
		const { message, cause } = error;
		const code = cause?.code;
		return {
			what: code ?? message,
			passing: code !== "ERR_INVALID_URL"
		};
	}
}
function unsent({ what, passing }) {
	const explanation = {
		what: "The webhook did not take the message.",
		why: what
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
* Given how a run ended, tell the team by every way that is switched on: issues, a chat, a pull request, the history.
* One way that fails does not keep the others from being tried; in the end any of them is thrown, since an alert
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
	if (failures.length > 0) throw untold(failures);
}
/** What a chat is told where no issue says whether it is new. */
function everyAlert(outcome, effects) {
	const { run } = effects;
	return alertsOf(outcome, run).map((alert) => red({
		alert,
		url: run.url
	}, effects));
}
/** Opens, comments and closes issues; returns what is new in it, for those who read a chat instead. */
async function tellIssues(outcome, { issues }, effects) {
	const { github, run, clock, log } = effects;
	if (!issues) return everyAlert(outcome, effects);
	const messages = [];
	for (const alert of alertsOf(outcome, run)) {
		const told = await tellIssue(github, alert, issues, clock);
		log.info(HOW[told.how](told));
		if (told.how !== "quiet") messages.push(red(told, effects));
	}
	for (const closed of await closeIssues(github, recoveredBy(outcome), run, clock)) {
		log.info(`Closed ${closed.url}.`);
		messages.push(green(closed, effects));
	}
	return messages;
}
const HOW = {
	opened: ({ url }) => `Opened ${url}.`,
	commented: ({ url }) => `Commented on ${url}.`,
	quiet: ({ url }) => `${url} says it already.`
};
function red({ alert, url }, { github }) {
	const { title, sentence } = alert;
	return {
		state: "red",
		title,
		sentence,
		url,
		repository: nameOf(github)
	};
}
function green({ title, since, url }, { github, clock }) {
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
async function tellChat(messages, { webhook }, { log, signal }) {
	if (!webhook) return;
	for (const message of messages) {
		await postToWebhook(webhook, message, signal);
		log.info("Told the webhook.");
	}
}
async function keepHistory(outcome, { historyBranch }, { github, run, log, clock, shown, show }) {
	if (historyBranch === void 0) return [];
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
/** One failure of its own kind, several as one that names them all. */
function untold(failures) {
	const [first, ...more] = failures;
	if (first && more.length === 0) return first;
	return new Failed({
		what: failures.map(({ explanation }) => explanation.what).join("\n"),
		why: failures.flatMap(({ explanation }) => explanation.why ?? []).join("; ") || void 0,
		state: "The team was not told by these ways; the others were tried.",
		next: [...new Set(failures.flatMap(({ explanation }) => explanation.next ?? []))].join("\n  ")
	});
}
export { tellTeam };
