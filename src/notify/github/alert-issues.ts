import type { Clock } from "../../clock.ts";
import { type Alert, marked, markOf, type RunLink, renderRecovery } from "../../report/alert.ts";
import type { GitHub } from "./github-client.ts";
import { statusOf } from "./github-errors.ts";

/** Our issues are found by this label, whatever other labels they carry. */
const LABEL = "openspp-backup";

/** An hourly run that finds the same trouble again says so once a day. More would teach people to mute it. */
const QUIET_HOURS = 20;

const TRIES = 3;

export interface IssueOptions {
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
}

/** What happened to an alert: `quiet` when the issue already said the same less than a day ago. */
export interface IssueUpdate {
  readonly alert: Alert;
  readonly how: "opened" | "commented" | "quiet";
  readonly url: string;
}

export interface ClosedIssue {
  readonly kind: string;
  readonly title: string;
  readonly since: Date;
  readonly url: string;
}

interface OpenIssue {
  readonly number: number;
  readonly title: string;
  readonly body?: string | null;
  readonly created_at: string;
  readonly html_url: string;
}

/** Opens an issue for this kind of trouble, or comments on the open issue. */
export async function tellIssue(
  github: GitHub,
  alert: Alert,
  options: IssueOptions,
  clock: Clock,
): Promise<IssueUpdate> {
  for (let tries = 1; ; tries++) {
    const [open] = await openIssues(github, [alert.kind]);
    if (open) return comment(github, open, alert, clock);
    try {
      const { html_url: url } = await create(github, alert, options);
      return { alert, how: "opened", url };
    } catch (error) {
      // It may have been created although the answer was lost: look again before trying again.
      if (statusOf(error) < 500 || tries === TRIES) throw error;
    }
  }
}

/** The trouble is over: says so in the open issues of these kinds and closes them. */
export async function closeIssues(
  github: GitHub,
  kinds: readonly string[],
  run: RunLink,
  clock: Clock,
): Promise<readonly ClosedIssue[]> {
  const closed: ClosedIssue[] = [];
  for (const { number, title, body, created_at, html_url } of await openIssues(github, kinds)) {
    const since = new Date(created_at);
    await github.call(
      "issues: write",
      "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
      { issue_number: number, body: renderRecovery(since, clock.now(), run) },
    );
    await github.call("issues: write", "PATCH /repos/{owner}/{repo}/issues/{issue_number}", {
      issue_number: number,
      state: "closed",
      state_reason: "completed",
    });
    closed.push({ kind: markOf(body ?? "")?.kind ?? "", title, since, url: html_url });
  }
  return closed;
}

async function openIssues(github: GitHub, kinds: readonly string[]): Promise<OpenIssue[]> {
  const found = await github.list("issues: write", "GET /repos/{owner}/{repo}/issues", {
    state: "open",
    labels: LABEL,
  });
  return found.filter(
    ({ body, pull_request }) => !pull_request && kinds.includes(markOf(body ?? "")?.kind ?? ""),
  );
}

async function comment(
  github: GitHub,
  issue: OpenIssue,
  alert: Alert,
  clock: Clock,
): Promise<IssueUpdate> {
  const url = issue.html_url;
  const since = new Date(clock.now().getTime() - QUIET_HOURS * 3_600_000);
  const recent = await github.list(
    "issues: write",
    "GET /repos/{owner}/{repo}/issues/{issue_number}/comments",
    { issue_number: issue.number, since: since.toISOString() },
  );
  const texts = [
    ...(new Date(issue.created_at) > since ? [issue.body] : []),
    ...recent.map(({ body }) => body),
  ];
  const last = texts.flatMap((text) => markOf(text ?? "") ?? []).at(-1);
  if (last?.digest === alert.digest) return { alert, how: "quiet", url };
  await github.call("issues: write", "POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
    issue_number: issue.number,
    body: marked(alert),
  });
  return { alert, how: "commented", url };
}

/** Somebody who left the team must not stop the alert: then the issue is opened without assignees. */
async function create(
  github: GitHub,
  alert: Alert,
  { labels, assignees }: IssueOptions,
): Promise<{ html_url: string }> {
  const issue = {
    title: alert.title,
    body: marked(alert),
    labels: [LABEL, ...labels],
  };
  const route = "POST /repos/{owner}/{repo}/issues";
  if (assignees.length === 0) return github.call("issues: write", route, issue, { retries: 0 });
  try {
    return await github.call(
      "issues: write",
      route,
      { ...issue, assignees: [...assignees] },
      { retries: 0 },
    );
  } catch (error) {
    if (statusOf(error) !== 422) throw error;
    const unassigned = `GitHub did not take the assignees ${assignees.join(", ")}: see \`alert-assignees\`.`;
    const body = `${unassigned}\n\n${issue.body}`;
    return github.call("issues: write", route, { ...issue, body }, { retries: 0 });
  }
}
