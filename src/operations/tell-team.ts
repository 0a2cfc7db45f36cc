import type { Clock } from "../clock.ts";
import { Failed, Failure } from "../failure.ts";
import type { TellSettings } from "../inputs/settings.ts";
import {
  type ClosedIssue,
  closeIssues,
  type IssueUpdate,
  tellIssue,
} from "../notify/github/alert-issues.ts";
import { commitTo } from "../notify/github/commit-to-branch.ts";
import type { GitHub } from "../notify/github/github-client.ts";
import { keepAlive } from "../notify/github/keep-alive.ts";
import { openSignOff, tellPullRequest } from "../notify/github/pull-requests.ts";
import type { WorkflowRun } from "../notify/github/workflow-run.ts";
import { postToWebhook } from "../notify/post-webhook.ts";
import { alertsOf, recoveredBy, recoverySentence } from "../report/alert.ts";
import { renderFailure } from "../report/failure-summary.ts";
import {
  historyFiles,
  INDEX,
  isNews,
  pastResultsOf,
  readHistory,
  viewsOf,
  withOutcome,
} from "../report/history.ts";
import type { Log } from "../report/journal.ts";
import { isReport, type Outcome } from "../report/outcome.ts";
import type { PastResult } from "../report/past-result.ts";
import { signOffOf } from "../report/quarter.ts";
import { renderSummary, renderTrend } from "../report/summary.ts";
import { headline } from "../report/verdict.ts";
import type { ChatMessage } from "../report/webhook-message.ts";
import { withoutMentions } from "../words/mention.ts";

export interface TellEffects {
  readonly github: GitHub;
  readonly run: WorkflowRun;
  readonly log: Log;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** The summary on the page of the job that did the work. Empty where that job left none. */
  readonly shown: string;
  /** Shows Markdown on the page of this run. */
  readonly show: (markdown: string) => Promise<void>;
}

/**
 * Tells the team in every way that is switched on: issues, a chat, a pull request, the history.
 * When one way fails, the others are still tried. In the end a failure is thrown, because an alert
 * that could not be sent must not look like one that was not needed.
 */
export async function tellTeam(
  outcome: Outcome,
  settings: TellSettings,
  effects: TellEffects,
): Promise<void> {
  const failures: Failure[] = [];
  let past: readonly PastResult[] = [];
  const attempt = async (tell: () => Promise<void>) => {
    try {
      await tell();
    } catch (error) {
      if (!(error instanceof Failure) || effects.signal.aborted) throw error;
      failures.push(error);
    }
  };
  if (effects.run.pullRequest !== undefined) {
    if (settings.pullRequest) await attempt(() => commentOnPullRequest(outcome, effects));
  } else {
    let news: readonly ChatMessage[] = everyAlert(outcome, effects);
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
function everyAlert(outcome: Outcome, effects: TellEffects): readonly ChatMessage[] {
  const { run } = effects;
  return alertsOf(outcome, run).map((alert) => alertMessage({ alert, url: run.url }, effects));
}

/**
 * Opens issues, comments on them and closes them. Returns what is new in them, for people who read
 * a chat instead.
 */
async function tellIssues(
  outcome: Outcome,
  { alert: wanted, alertLabels: labels, alertAssignees: assignees }: TellSettings,
  effects: TellEffects,
): Promise<readonly ChatMessage[]> {
  const { github, run, clock, log } = effects;
  if (!wanted) return everyAlert(outcome, effects);
  const messages: ChatMessage[] = [];
  for (const alert of alertsOf(outcome, run)) {
    const update = await tellIssue(github, alert, { labels, assignees }, clock);
    log.info(HOW[update.how](update));
    if (update.how !== "quiet") messages.push(alertMessage(update, effects));
  }
  for (const closed of await closeIssues(github, recoveredBy(outcome), run, clock)) {
    log.info(`Closed ${closed.url}.`);
    messages.push(recoveryMessage(closed, effects));
  }
  return messages;
}

const HOW: Record<IssueUpdate["how"], (told: IssueUpdate) => string> = {
  opened: ({ url }) => `Opened ${url}.`,
  commented: ({ url }) => `Commented on ${url}.`,
  quiet: ({ url }) => `${url} says it already.`,
};

function alertMessage(
  { alert, url }: Pick<IssueUpdate, "alert" | "url">,
  { github }: TellEffects,
): ChatMessage {
  const { title, sentence } = alert;
  return { state: "red", title, sentence, url, repository: nameOf(github) };
}

function recoveryMessage(
  { title, since, url }: ClosedIssue,
  { github, clock }: TellEffects,
): ChatMessage {
  const sentence = recoverySentence(since, clock.now());
  return { state: "green", title, sentence, url, repository: nameOf(github) };
}

function nameOf({ owner, repository }: GitHub): string {
  return `${owner}/${repository}`;
}

async function tellChat(
  messages: readonly ChatMessage[],
  { webhookUrl: url, webhookFormat: format }: TellSettings,
  { log, signal }: TellEffects,
): Promise<void> {
  if (!url) return;
  for (const message of messages) {
    await postToWebhook({ url, format }, message, signal);
    log.info("Told the webhook.");
  }
}

async function keepHistory(
  outcome: Outcome,
  { history: wanted, historyBranch }: TellSettings,
  { github, run, log, clock, shown, show }: TellEffects,
): Promise<readonly PastResult[]> {
  if (!wanted) return [];
  const now = clock.now();
  let past: readonly PastResult[] = [];
  const commit = await commitTo(github, historyBranch, async (tip) => {
    const before = readHistory(await tip.read(INDEX));
    past = pastResultsOf(before);
    // The badges' colours depend on the age of the results, so they are written even if there is no
    // new one.
    if (!isNews(before, outcome))
      return { message: "Colour the badges", files: viewsOf(before, now, outcome) };
    const history = withOutcome(before, outcome, run);
    past = pastResultsOf(history);
    return { message: sentenceOf(outcome), files: historyFiles(history, outcome, run, now) };
  });
  if (commit) log.info(`Wrote the history on ${historyBranch}: ${commit}.`);
  const trend = isReport(outcome) ? renderTrend(outcome, past) : "";
  // The job that did the work shows the trend itself, unless its token could not read the history.
  if (!shown.includes(trend)) await show(trend);
  return past;
}

function sentenceOf(outcome: Outcome): string {
  const sentence = isReport(outcome)
    ? headline(outcome)
    : (outcome.ended.what.split("\n")[0] ?? "");
  return withoutMentions(sentence);
}

async function askForSignOff(
  outcome: Outcome,
  past: readonly PastResult[],
  { pullRequest }: TellSettings,
  { github, run, log }: TellEffects,
): Promise<void> {
  if (!pullRequest || run.event !== "schedule") return;
  if (!isReport(outcome) || outcome.operation !== "drill") return;
  const url = await openSignOff(github, signOffOf(outcome, run.url, past));
  log.info(url ? `For the team's sign-off: ${url}` : "The repository holds this report already.");
}

async function commentOnPullRequest(
  outcome: Outcome,
  { github, run, log }: TellEffects,
): Promise<void> {
  if (run.pullRequest === undefined) return;
  const text = isReport(outcome) ? renderSummary(outcome) : renderFailure(outcome.ended);
  const body = `${text}\n[This run](${run.url})\n`;
  log.info(`Told ${await tellPullRequest(github, run.pullRequest, outcome.operation, body)}.`);
}

async function keepSchedules({ github, log }: TellEffects): Promise<void> {
  for (const path of await keepAlive(github)) log.info(`Kept ${path} scheduled.`);
}

/** One failure is thrown as it is. Several are thrown as one that names them all. */
function notToldFailure(failures: readonly Failure[]): Failure {
  const [first, ...more] = failures;
  if (first && more.length === 0) return first;
  return new Failed({
    what: failures.map(({ explanation }) => explanation.what).join("\n"),
    why: failures.flatMap(({ explanation }) => explanation.why ?? []).join("; ") || undefined,
    state: "The team was not told in these ways. The others were tried.",
    next: [...new Set(failures.flatMap(({ explanation }) => explanation.next ?? []))].join("\n  "),
  });
}
