import "./rolldown-runtime.js";
import { a as UserMistake, n as Failed, r as Failure } from "./failure.js";
import { n as statusOf } from "./refusals.js";
import { t as formatDuration } from "./duration.js";
import { a as table, i as prose, n as code, o as withoutMentions } from "./markdown.js";
import { t as formatMoment } from "./moment.js";
import { r as isReport } from "./outcome.js";
import { i as sentences, n as headline, o as troubles, t as TITLES$1 } from "./verdict.js";
import { n as renderTrend, t as renderSummary } from "./summary2.js";
import { n as webhookPayload } from "./webhook.js";
import { t as renderFailure } from "./failure-summary.js";
import { b as prettifyError, c as literal, d as object, m as string, p as readonly, r as array, t as datetime, y as $ZodError } from "./mini.js";
import { r as standingsOf, t as badgeFiles } from "./badges.js";
import { t as formatBytes } from "./bytes.js";
import { n as formatCount } from "./count.js";
import { r as trendsOfResults } from "./trend.js";
import { i as html, n as trends, r as document, t as renderHtml } from "./report-page.js";
import { n as pastResultOfEnd, r as pastResultSchema, t as pastResultOf } from "./past-result2.js";
import { t as reportSchema } from "./report.js";
import { createHash } from "node:crypto";
// src/github/branch.ts
const TRIES$2 = 6;
/** Waited before the second try, twice as long before each further one, and up to twice that by chance. */
const FIRST_WAIT_MS = 250;
/**
* Given a branch and what it becomes, seen how it stands, commit that to it without a checkout: tree, commit, then
* the reference, which moves only forward. Where another run was faster, the change is made anew on what that one
* wrote. Returns the commit, or nothing when there was nothing to change. A branch that does not exist starts
* without a history.
*/
async function commitTo(github, branch, change) {
	for (let tries = 1;; tries++) {
		const parent = await headOf(github, branch);
		const wanted = await change(tipAt(github, parent));
		if (!wanted) return void 0;
		const commit = await write(github, wanted, parent);
		if (commit === void 0) return void 0;
		try {
			await moveBranch(github, branch, commit, parent);
			return commit;
		} catch (error) {
			if (!isConflict(error) || tries === TRIES$2) throw error;
			const wait = FIRST_WAIT_MS * 2 ** (tries - 1);
			await new Promise((later) => setTimeout(later, wait * (1 + Math.random())));
		}
	}
}
/** Given a branch, return the commit that it points to, or nothing when it does not exist. */
async function headOf(github, branch) {
	return (await github.call("contents: write", "GET /repos/{owner}/{repo}/git/ref/{ref}", { ref: `heads/${branch}` }).catch(unlessMissing))?.object.sha;
}
/**
* Given a change and the commit to build it on, write it and return its commit, to which no branch points yet; nothing
* when the files are there already, as they are wanted.
*/
async function write(github, { message, files }, parent) {
	const before = parent && await treeOf(github, parent);
	const tree = await github.call("contents: write", "POST /repos/{owner}/{repo}/git/trees", {
		...before && { base_tree: before },
		tree: [...files].map(([path, content]) => ({
			path,
			content,
			mode: "100644",
			type: "blob"
		}))
	});
	if (tree.sha === before) return void 0;
	return (await github.call("contents: write", "POST /repos/{owner}/{repo}/git/commits", {
		message,
		tree: tree.sha,
		parents: parent === void 0 ? [] : [parent]
	})).sha;
}
async function treeOf(github, commit) {
	const { tree } = await github.call("contents: write", "GET /repos/{owner}/{repo}/git/commits/{commit_sha}", { commit_sha: commit });
	return tree.sha;
}
async function moveBranch(github, branch, commit, parent) {
	if (parent === void 0) await github.call("contents: write", "POST /repos/{owner}/{repo}/git/refs", {
		ref: `refs/heads/${branch}`,
		sha: commit
	});
	else await github.call("contents: write", "PATCH /repos/{owner}/{repo}/git/refs/{ref}", {
		ref: `heads/${branch}`,
		sha: commit
	});
}
function tipAt(github, commit) {
	if (commit === void 0) return { read: async () => void 0 };
	return {
		commit,
		read: async (path) => {
			return await github.call("contents: write", "GET /repos/{owner}/{repo}/contents/{path}", {
				path,
				ref: commit,
				mediaType: { format: "raw" }
			}).catch(unlessMissing);
		}
	};
}
/** 422: the reference exists by now, or the update is not a fast forward. */
function isConflict(error) {
	const status = statusOf(error);
	if (status === 409) return true;
	const why = error.explanation?.why ?? "";
	return status === 422 && /already exists|fast.forward|cannot be locked/i.test(why);
}
function unlessMissing(error) {
	if (statusOf(error) !== 404) throw error;
}
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
// src/github/issues.ts
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
// src/github/keep-alive.ts
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
// src/github/pull-requests.ts
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
	const commit = await write(github, signOff, await headOf(github, base));
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
// src/notify/webhook.ts
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
// src/report/html/ages.ts
/** The script of the history's page: how old things are when somebody looks, and not when the page was made. */
const AGES = `
const DAY = 86400;
const units = [[365 * DAY, "year"], [30 * DAY, "month"], [DAY, "day"], [3600, "hour"], [60, "minute"]];
const words = new Intl.RelativeTimeFormat("en", { numeric: "always" });

function show() {
  for (const standing of document.querySelectorAll("[data-good]")) {
    const age = (Date.now() - Date.parse(standing.dataset.good)) / 1000;
    const [size, unit] = units.find(([size]) => age >= size) ?? [60, "minute"];
    standing.querySelector(".age").textContent = words.format(-Math.floor(Math.max(0, age) / size), unit);
    standing.classList.toggle("late", age > Number(standing.dataset.late));
    if (age > Number(standing.dataset.lost)) standing.classList.add("lost");
  }
}

show();
setInterval(show, 60000);
`;
// src/report/html/history-page.ts
const MOST_RUNS = 200;
const WORDS = {
	passed: "passed",
	failed: "failed",
	"not-run": "not proven"
};
/**
* Given the runs of a deployment and all that is known of how it stands, each in any order, return the page that shows both:
* the ages are those of the moment when it is read.
*/
function renderHistoryPage(runs, known = runs) {
	const newest = [...runs].sort((a, b) => a.startedAt < b.startedAt ? 1 : -1);
	return document({
		title: "Backups and restore drills",
		accent: "neutral",
		body: html`<header>
<p>${newest[0]?.database}</p>
<h1>Backups and restore drills</h1>
</header>
<dl class="figures standings">
${standingsOf(known).map(standing)}</dl>
${trends(trendsOfResults(newest))}
${list(newest)}`,
		note: "Written by the workflows after each run. Ages are those of now; a date that grows old says that nothing runs any more. No personal data.",
		script: AGES
	});
}
/** Its date stands there for who has no script; the script adds the age, and the colour of that age. */
function standing({ label, last, good, lateAfter, lostAfter }) {
	const red = last && last.verdict !== "passed" ? last : void 0;
	const ages = good && html` data-good="${good.at}" data-late="${lateAfter}" data-lost="${lostAfter}"`;
	return html`<div class="${red && "lost"}"${ages}><dt>${label}</dt><dd><strong>${good ? good.at.slice(0, 10) : "none yet"}</strong><small class="age"></small>${red && html`<small>the last one ${WORDS[red.verdict]}, ${red.at.slice(0, 10)}</small>`}</dd></div>
`;
}
function list(runs) {
	const left = runs.length - MOST_RUNS;
	return html`<section>
<h2>Runs</h2>
<table class="runs">
<thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">Verdict</th><th scope="col" class="number">Restored in</th><th scope="col" class="number">Dump</th><th scope="col">More</th></tr></thead>
<tbody>${runs.slice(0, MOST_RUNS).map(row)}</tbody>
</table>
${left > 0 && html`<p>${formatCount(left)} earlier ones: see <code>index.json</code>.</p>`}
</section>`;
}
function row({ startedAt, operation, verdict, rtoSeconds, bytes, path, run }) {
	return html`<tr class="${verdict}"><th scope="row">${formatMoment(startedAt)}</th><td>${TITLES$1[operation]}</td><td>${WORDS[verdict]}</td><td class="number">${rtoSeconds !== void 0 && formatDuration(rtoSeconds)}</td><td class="number">${bytes !== void 0 && formatBytes(bytes)}</td><td><a href="${path}">report</a> <a href="${run}">run</a></td></tr>
`;
}
// src/report/history.ts
/** What came of every run, as a branch keeps it: one JSON a run, and an index of them all. */
const { operation, verdict } = reportSchema.def.innerType.shape;
const entrySchema = readonly(object({
	/** UTC. */
	at: datetime(),
	operation,
	verdict,
	/** Of the run's JSON, in the branch. */
	path: string(),
	/** The workflow run's page. */
	run: string(),
	result: pastResultSchema
}));
const historySchema = readonly(object({
	schemaVersion: literal(1),
	/** Oldest first. */
	entries: readonly(array(entrySchema))
}));
const INDEX = "index.json";
const README = "README.md";
const SHOWN = 50;
/** Given the text of the index, or nothing where there is none yet, return the history. Throws UserMistake when it is not one. */
function readHistory(text) {
	if (text === void 0) return {
		schemaVersion: 1,
		entries: []
	};
	try {
		return historySchema.parse(JSON.parse(text));
	} catch (error) {
		throw new UserMistake({
			what: `The history's ${INDEX} is not one that this version can read.`,
			why: error instanceof $ZodError ? prettifyError(error) : error.message,
			state: "It was left as it is; this run was not added.",
			next: "Somebody edited it, or a newer version wrote it. Put back an earlier commit of that file, or delete it to begin anew."
		}, { cause: error });
	}
}
/** Given a history, how a run ended and which run it was, return the history with it; a run that is there already is replaced. */
function withOutcome(history, outcome, run) {
	const entry = entryOf(outcome, run);
	const entries = [...history.entries.filter(({ path }) => path !== entry.path), entry];
	return {
		...history,
		entries: entries.toSorted((a, b) => a.at.localeCompare(b.at))
	};
}
/**
* Given a history and how a run ended, return whether that is news: a monitor looks every hour, and what it sees is kept
* only when it is no longer what it saw before.
*/
function isNews({ entries }, { operation, verdict }) {
	if (operation !== "monitor") return true;
	return entries.findLast((entry) => entry.operation === operation)?.verdict !== verdict;
}
/**
* Given the history with a run in it, how that run ended, which it was and the present time, return the files that change,
* by their paths: its JSON, the index, a page of this report, and what `viewsOf` returns.
*/
function historyFiles(history, outcome, run, now) {
	const page = isReport(outcome) ? renderHtml(outcome, pastResultsOf(history)) : void 0;
	return new Map([
		[pathOf(outcome, run), json(outcome)],
		[INDEX, json(history)],
		...page === void 0 ? [] : [[`${outcome.operation}.html`, page]],
		...viewsOf(history, now)
	]);
}
/**
* Given a history, the present time and, where it is not in the history, how a run ended, return what people look at, by its
* path: a page of all runs for each reader, the badges. A monitor that brings no news has seen the latest backup all the same.
*/
function viewsOf(history, now, unlisted) {
	const runs = history.entries.map(({ result, path, run }) => ({
		...result,
		path,
		run
	}));
	const seen = [...pastResultsOf(history), ...unlisted ? [resultOf(unlisted)] : []];
	const badges = [...badgeFiles(seen, now)];
	return new Map([
		[README, readme(history)],
		["index.html", renderHistoryPage(runs, seen)],
		...badges.map(([name, text]) => [`badges/${name}`, text])
	]);
}
/** Given a history, return its results, for the trends of a later report. */
function pastResultsOf({ entries }) {
	return entries.map(({ result }) => result);
}
function entryOf(outcome, run) {
	return {
		at: momentOf(outcome),
		operation: outcome.operation,
		verdict: outcome.verdict,
		path: pathOf(outcome, run),
		run: run.url,
		result: resultOf(outcome)
	};
}
function resultOf(outcome) {
	return isReport(outcome) ? pastResultOf(outcome) : pastResultOfEnd(outcome);
}
function momentOf(outcome) {
	return isReport(outcome) ? outcome.startedAt : outcome.endedAt;
}
/** By date, so that a folder never holds more than a month; by the run's id, so that no two runs share one. */
function pathOf(outcome, { id }) {
	const [year, month, day] = momentOf(outcome).slice(0, 10).split("-");
	return `reports/${year}/${month}/${day}-${outcome.operation}-${id}.json`;
}
function readme({ entries }) {
	const newest = entries.toReversed();
	const rows = newest.slice(0, SHOWN).map(({ at, operation, verdict, path, run, result }) => [
		`[${formatMoment(at)}](${path})`,
		prose(operation),
		`${SIGNS[verdict]} ${verdict}`,
		result.rtoSeconds === void 0 ? "" : formatDuration(result.rtoSeconds),
		result.bytes === void 0 ? "" : formatBytes(result.bytes),
		result.rows === 0 ? "" : formatCount(result.rows),
		`[run](${run})`
	]);
	const left = newest.length - rows.length;
	return [
		"# Backups and restore drills",
		[
			"last-backup",
			"last-drill",
			"off-site"
		].map((name) => `![${name}](badges/${name}.svg)`).join(" "),
		`Written by the workflows after each run; ${code(INDEX)} holds all of it for a machine.`,
		table([
			"When",
			"What",
			"Verdict",
			"RTO:",
			"Size:",
			"Rows:",
			""
		], rows),
		...left > 0 ? [`${left} earlier ones stand in ${code(INDEX)}.`] : []
	].join("\n\n").concat("\n");
}
const SIGNS = {
	passed: "✅",
	failed: "❌",
	"not-run": "⚠️"
};
function json(value) {
	return `${JSON.stringify(value, null, 2)}\n`;
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
async function keepHistory(outcome, { historyBranch }, { github, run, log, clock, show }) {
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
	if (trend !== "") await show(trend);
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
