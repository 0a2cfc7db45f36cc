import { a as UserMistake, o as reasonOf } from "./failure.js";
import { n as retry } from "./retry.js";
import { n as formatCount } from "./count.js";
import { t as formatDuration } from "./duration.js";
import { t as TITLES } from "./verdict.js";
import { a as table, i as prose, n as code } from "./markdown.js";
import { b as prettifyError, c as literal, d as object, m as string, p as readonly, r as array, t as datetime, y as $ZodError } from "./mini.js";
import { t as reportSchema } from "./report-schema.js";
import { r as isReport } from "./outcome.js";
import { r as trendsOfResults } from "./trend.js";
import { t as formatBytes } from "./bytes.js";
import { t as formatMoment } from "./moment.js";
import { n as pastResultOfEnd, r as pastResultSchema, t as pastResultOf } from "./past-result2.js";
import { n as statusOf } from "./github-errors.js";
import { r as routineStatuses, t as badgeFiles } from "./badges.js";
import { i as html, n as trends, r as document, t as renderHtml } from "./report-page.js";
// src/report/html/ages.ts
/**
* The script of the history's page. It shows how old things are when somebody looks, not when the page was
* made.
*/
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
* `known` is all that is known of the deployment's state. Both lists may be in any order. The page computes
* ages when somebody reads it.
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
${routineStatuses(known).map(statusFigure)}</dl>
${trends(trendsOfResults(newest))}
${list(newest)}`,
		note: "Written by the workflows after each run. Ages are as of now. An old date means that nothing runs any more. No personal data.",
		script: AGES
	});
}
/** Without a script, the date is shown. The script adds the age, and the colour of that age. */
function statusFigure({ label, last, good, lateAfter, lostAfter }) {
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
	return html`<tr class="${verdict}"><th scope="row">${formatMoment(startedAt)}</th><td>${TITLES[operation]}</td><td>${WORDS[verdict]}</td><td class="number">${rtoSeconds !== void 0 && formatDuration(rtoSeconds)}</td><td class="number">${bytes !== void 0 && formatBytes(bytes)}</td><td><a href="${path}">report</a> <a href="${run}">run</a></td></tr>
`;
}
// src/report/history.ts
/** The results of all runs, as a branch keeps them: one JSON per run, and an index of them all. */
const { operation, verdict } = reportSchema.def.innerType.shape;
const entrySchema = readonly(object({
	/** UTC. */
	at: datetime(),
	operation,
	verdict,
	/** Path of the run's JSON in the branch. */
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
/** An empty history when there is no index yet. Throws UserMistake when the text is not a history. */
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
			why: error instanceof $ZodError ? prettifyError(error) : reasonOf(error),
			state: "It was left as it is; this run was not added.",
			next: "Somebody edited it, or a newer version wrote it. Put back an earlier commit of that file, or delete it to start again."
		}, { cause: error });
	}
}
/** A run that is in the history already is replaced. */
function withOutcome(history, outcome, run) {
	const entry = entryOf(outcome, run);
	const entries = [...history.entries.filter(({ path }) => path !== entry.path), entry];
	return {
		...history,
		entries: entries.toSorted((a, b) => a.at.localeCompare(b.at))
	};
}
/**
* A monitor looks every hour, and its result is kept only when it differs from the last one. Any other run
* is news.
*/
function isNews({ entries }, { operation, verdict }) {
	if (operation !== "monitor") return true;
	return entries.findLast((entry) => entry.operation === operation)?.verdict !== verdict;
}
/**
* The files that change, by path: the run's JSON, the index, a page of this report, and what `viewsOf`
* returns. `history` must hold the run already.
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
* What people look at, by path: a page of all runs for each kind of reader, and the badges. `unlisted` is a
* run that is not in the history: a monitor without news has seen the latest backup, too.
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
/** For the trends of a later report. */
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
/** The date in the path keeps a folder to one month; the run's id keeps two runs apart. */
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
		...left > 0 ? [`${left} earlier ones are in ${code(INDEX)}.`] : []
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
// src/notify/github/commit-to-branch.ts
/** Seconds before each further try. Up to the same again is added by chance. */
const PAUSES = [
	.25,
	.5,
	1,
	2,
	4
];
/**
* Commits without a checkout: first the tree, then the commit, then the reference, which moves only
* forward. When another run was faster, `change` is asked again on what that run wrote. Returns the commit,
* or nothing when there was nothing to change. A branch that does not exist starts without a history.
*/
async function commitTo(github, branch, change) {
	let overtaken;
	const attempt = async () => {
		const tip = await branchTip(github, branch, "contents: write");
		const parent = tip.commit;
		const wanted = await change(tip);
		if (!wanted) return void 0;
		const commit = await writeCommit(github, wanted, parent);
		if (commit === void 0) return void 0;
		await moveBranch(github, branch, commit, parent).catch((error) => {
			if (isConflict(error)) overtaken = error;
			throw error;
		});
		return commit;
	};
	return retry(attempt, {
		pauses: PAUSES.map((pause) => pause * (1 + Math.random())),
		mayPass: (error) => error === overtaken
	});
}
/** `permission` is what a refusal names: the one permission that covers all that the caller does. */
async function branchTip(github, branch, permission) {
	return tipAt(github, (await github.call(permission, "GET /repos/{owner}/{repo}/git/ref/{ref}", { ref: `heads/${branch}` }).catch(unlessMissing))?.object.sha, permission);
}
/**
* Writes a commit that no branch points to yet. Returns nothing when the files have the wanted text
* already.
*/
async function writeCommit(github, { message, files }, parent) {
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
function tipAt(github, commit, permission) {
	if (commit === void 0) return { read: async () => void 0 };
	return {
		commit,
		read: async (path) => {
			return await github.call(permission, "GET /repos/{owner}/{repo}/contents/{path}", {
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
	return status === 422 && /already exists|fast.forward|cannot be locked/i.test(reasonOf(error));
}
function unlessMissing(error) {
	if (statusOf(error) !== 404) throw error;
}
export { historyFiles as a, readHistory as c, INDEX as i, viewsOf as l, commitTo as n, isNews as o, writeCommit as r, pastResultsOf as s, branchTip as t, withOutcome as u };
