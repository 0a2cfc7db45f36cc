import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Clock } from "../../src/clock.ts";
import { Unreachable, UserMistake } from "../../src/failure.ts";
import type { TellSettings } from "../../src/inputs/settings.ts";
import type { WorkflowRun } from "../../src/notify/github/workflow-run.ts";
import { tellTeam } from "../../src/operations/tell-team.ts";
import { type CheckName, failed, passed } from "../../src/report/check.ts";
import { endedEarly, endedSilently, type Outcome } from "../../src/report/outcome.ts";
import { pastResultOf } from "../../src/report/past-result.ts";
import { renderSummary } from "../../src/report/summary.ts";
import { Secret } from "../../src/secret.ts";
import { type ApiServer, createIssue, filesAt, startApi } from "../notify/github/api-server.ts";
import { connect, RUN, runOn } from "../notify/github/connected.ts";
import { FAILED, PASSED } from "../report/example.ts";

let api: ApiServer;

beforeEach(async () => {
  api = await startApi();
  api.now = new Date("2026-01-15T07:10:00Z");
  onPage = "";
  shown = [];
});

afterEach(() => api[Symbol.asyncDispose]());

const ALERT: TellSettings = {
  operation: "drill",
  token: new Secret("token"),
  alert: true,
  alertLabels: ["ops"],
  alertAssignees: ["octocat"],
  webhookFormat: "generic",
  history: false,
  historyBranch: "drill-reports",
  pullRequest: false,
  keepAlive: false,
};

/** What the job that did the work showed on the run's page, and what this one adds. */
let onPage = "";
let shown: string[] = [];

const clock: Clock = { now: () => api.now, seconds: () => 0 };

async function tell(
  outcome: Outcome,
  settings: Partial<TellSettings> = {},
  run: Partial<WorkflowRun> = {},
): Promise<string[]> {
  const { github, log, lines } = connect(api);
  const show = async (markdown: string) => void shown.push(markdown);
  const signal = new AbortController().signal;
  const effects = { github, log, clock, signal, shown: onPage, show };
  await tellTeam(outcome, { ...ALERT, ...settings }, { ...effects, run: runOn(api, run) });
  return lines;
}

const mistakeOf = (work: Promise<unknown>): Promise<UserMistake> =>
  work.then(
    () => {
      throw new Error("it went well");
    },
    (error) => error,
  );

const unreachable = endedEarly(
  "backup",
  new Unreachable({
    what: "vps refused the connection.",
    why: "ECONNREFUSED",
    next: "Check the port.",
  }),
  new Date("2026-01-15T02:30:00Z"),
);

describe("an alert", () => {
  it("opens one issue for a red drill, labelled and assigned, and names tables and numbers only", async () => {
    expect(await tell(FAILED)).toEqual(["Opened https://github.com/ministry/operations/issues/1."]);
    expect(api.repository.issues).toMatchObject([
      {
        title: "The restore drill fails",
        labels: ["openspp-backup", "ops"],
        assignees: ["octocat"],
        state: "open",
      },
    ]);
    expect(api.repository.issues[0]?.body.replace(/[0-9a-f]{16}/, "DIGEST")).toBe(
      [
        "The restore drill failed: content, geometry",
        "",
        "Backup `openspp_20260115_020000.dump` of database `openspp` on `backup@vps.example.org:22`.",
        "Restored and checked in 1 min 30 s, within the objective of 30 min.",
        "A loss now would cost the work of 5 h 3 min, within the objective of 24 h.",
        "Of 2 tables with 1,000,012 rows, 1 table came back different.",
        "Left behind: database `openspp_test` still exists.",
        "",
        "- **content:** 1 table differs: `res_users`.<br>**Next:** Restore an older backup: openspp-backup list",
        "- **geometry:** The database closed the connection.<br>**Next:** Run the drill again.",
        "",
        `[This run](${RUN}), 2026-01-15 07:03:00 UTC. The next green run closes this issue.`,
        "",
        "<!-- openspp-backup: drill; DIGEST -->\n",
      ].join("\n"),
    );
  });

  it("says the same again only the next day, and at once what is new", async () => {
    await tell(FAILED);
    expect(await tell(FAILED)).toEqual([
      "https://github.com/ministry/operations/issues/1 says it already.",
    ]);
    const other = { ...FAILED, checks: FAILED.checks.filter(({ name }) => name !== "geometry") };
    expect(await tell(other)).toEqual([
      "Commented on https://github.com/ministry/operations/issues/1.",
    ]);
    api.now = new Date("2026-01-16T07:10:00Z");
    await tell(other);
    expect(api.repository.issues).toHaveLength(1);
    expect(api.repository.comments).toHaveLength(2);
  });

  it("is closed by the next green run, with the time to recovery", async () => {
    await tell(FAILED);
    api.now = new Date("2026-01-15T09:40:00Z");
    expect(await tell(PASSED)).toEqual(["Closed https://github.com/ministry/operations/issues/1."]);
    expect(api.repository.comments.map(({ body }) => body)).toEqual([
      `Green again after 2 h 30 min. [The green run](${RUN}).`,
    ]);
    expect(api.repository.issues[0]).toMatchObject({ state: "closed", state_reason: "completed" });
  });

  it("of a host that cannot be reached is one issue for all, closed by whatever reaches it, red or green", async () => {
    await tell(unreachable);
    await tell({ ...unreachable, operation: "drill" });
    expect(api.repository.issues.map(({ title }) => title)).toEqual([
      "The deployment cannot be reached",
    ]);
    expect(api.repository.issues[0]?.body).toContain("Why: ECONNREFUSED\n");
    await tell(FAILED);
    expect(api.repository.issues.map(({ title, state }) => [title, state])).toEqual([
      ["The deployment cannot be reached", "closed"],
      ["The restore drill fails", "open"],
    ]);
  });

  it("tells of a job that left nothing behind", async () => {
    await tell(endedSilently("drill", "failure", api.now));
    expect(api.repository.issues[0]?.body).toContain(
      "The run ended as `failure` and left no report.",
    );
  });

  it.each<[string, Outcome]>([
    ["was cancelled", endedSilently("drill", "cancelled", new Date())],
    [
      "was told wrongly",
      endedEarly("drill", new UserMistake({ what: "No such backup." }), new Date()),
    ],
  ])("keeps still of a run by hand that %s, but not of a scheduled one", async (_, outcome) => {
    await tell(outcome, {}, { event: "workflow_dispatch" });
    expect(api.repository.issues).toEqual([]);
    await tell(outcome);
    expect(api.repository.issues).toHaveLength(1);
  });

  it("tells each thing that a monitor finds by itself, and closes each when it is over", async () => {
    const seen = (...found: CheckName[]): Outcome => ({
      ...PASSED,
      operation: "monitor",
      verdict: found.length > 0 ? "failed" : "passed",
      checks: (["disk-space", "clock"] as const).map((name) =>
        found.includes(name) ? failed(name, `${name} is wrong.`) : passed(name, "Fine."),
      ),
    });
    await tell(seen("disk-space", "clock"));
    await tell(seen("clock"));
    expect(api.repository.issues.map(({ title, state }) => [title, state])).toEqual([
      ["Monitor: disk-space", "closed"],
      ["Monitor: clock", "open"],
    ]);
    expect(api.repository.issues[0]?.body).toContain("- **disk-space:** disk-space is wrong.");
  });

  it("leaves alone what people opened and closed kinds of trouble of others", async () => {
    createIssue(
      api.repository,
      { title: "Mine", body: "drill", labels: ["openspp-backup"] },
      api.now,
    );
    await tell(FAILED, { operation: "drill" });
    await tell({ ...PASSED, operation: "backup" });
    expect(api.repository.issues.map(({ state }) => state)).toEqual(["open", "open"]);
    await tell({ ...PASSED, operation: "cycle" });
    expect(api.repository.issues.map(({ state }) => state)).toEqual(["open", "closed"]);
  });

  it("is opened without an assignee whom GitHub does not take, and says so", async () => {
    api.faults.push({
      on: /^POST \/issues$/,
      status: 422,
      body: { message: "Validation Failed", errors: [{ field: "assignees", code: "invalid" }] },
    });
    await tell(FAILED);
    expect(api.repository.issues[0]).toMatchObject({ assignees: [] });
    expect(api.repository.issues[0]?.body).toContain("GitHub did not take the assignees octocat");
  });

  it("is not opened twice when the answer to the first time is lost", async () => {
    api.faults.push({
      on: /^POST \/issues$/,
      status: 502,
      meanwhile: (repository, sent) => void createIssue(repository, sent, api.now),
    });
    await tell(FAILED);
    expect(api.repository.issues).toHaveLength(1);
  });

  it("waits as long as GitHub asks: by both of its limits", async () => {
    const secondary = "You have exceeded a secondary rate limit. Please wait a few minutes";
    api.faults.push(
      {
        on: /^GET \/issues$/,
        status: 403,
        body: { message: "API rate limit exceeded" },
        headers: {
          "x-ratelimit-remaining": "0",
          "x-ratelimit-reset": String(Math.floor(Date.now() / 1000)),
        },
      },
      {
        on: /^POST \/issues$/,
        status: 429,
        body: { message: secondary },
        headers: { "retry-after": "1" },
      },
    );
    const lines = await tell(FAILED);
    expect(lines[0]).toMatch(/^GitHub's rate limit is reached; it asks to wait \d s\.$/);
    expect(lines[1]).toBe("GitHub's limit on bursts is reached; it asks to wait 1 s.");
    expect(api.repository.issues).toHaveLength(1);
  });

  it("does not wait for an hour, and fails", async () => {
    api.faults.push({
      on: /^GET \/issues$/,
      status: 403,
      body: { message: "You have exceeded a secondary rate limit" },
      headers: { "retry-after": "3600" },
      times: 9,
    });
    const { explanation } = await mistakeOf(tell(FAILED));
    expect(explanation).toEqual({
      what: "GitHub answered 403 to GET /repos/{owner}/{repo}/issues.",
      why: "You have exceeded a secondary rate limit",
      next: "Run it again later: GitHub's limit on requests was reached.",
    });
  });

  it("survives a server that fails for a moment", async () => {
    api.faults.push({ on: /^GET \/issues$/, status: 503, times: 2 });
    await tell(FAILED);
    expect(api.repository.issues).toHaveLength(1);
  });
});

describe("a missing permission", () => {
  const forbidden = { status: 403, body: { message: "Resource not accessible by integration" } };

  it.each<[RegExp, string, Partial<TellSettings>]>([
    [/^GET \/issues$/, "issues: write", {}],
    [/^POST \/git\/trees$/, "contents: write", { history: true }],
    [/^GET \/actions\/workflows$/, "actions: write", { keepAlive: true }],
  ])("%s names the line to add: %s", async (on, permission, settings) => {
    api.faults.push({ on, ...forbidden });
    const { explanation, exitCode } = await mistakeOf(tell(PASSED, settings));
    expect(exitCode).toBe(2);
    expect(explanation.what).toBe(`The token of this run lacks the permission \`${permission}\`.`);
    expect(explanation.next).toBe(
      `Add the line to the job's permissions in the workflow:\n    permissions:\n      ${permission}`,
    );
  });

  it("is named as GitHub itself names it where it does", async () => {
    const headers = { "x-accepted-github-permissions": "issues=write; pull_requests=write" };
    api.faults.push({ on: /^GET \/issues$/, ...forbidden, headers });
    const { explanation } = await mistakeOf(tell(PASSED));
    expect(explanation.next).toMatch(/\n {6}issues: write$/);
  });

  it("for one way keeps no other from being tried, and both troubles are named", async () => {
    api.faults.push(
      { on: /^GET \/issues$/, ...forbidden },
      { on: /^GET \/actions\/workflows$/, ...forbidden },
    );
    const all = { history: true, keepAlive: true };
    const { explanation } = await mistakeOf(tell(FAILED, all));
    expect(explanation.what).toBe(
      "The token of this run lacks the permission `issues: write`.\nThe token of this run lacks the permission `actions: write`.",
    );
    expect(Object.keys(filesAt(api.repository, "drill-reports"))).toContain("index.json");
  });

  it("to open pull requests is a setting of the repository", async () => {
    api.repository.branches.set("main", "none");
    api.faults.push({
      on: /^GET \/$/,
      status: 403,
      body: { message: "GitHub Actions is not permitted to create or approve pull requests." },
    });
    const { explanation } = await mistakeOf(tell(PASSED, { pullRequest: true }));
    expect(explanation.next).toBe(
      "Settings → Actions → General → Workflow permissions: allow GitHub Actions to create pull requests.",
    );
  });

  it("is told apart from a token that is none, and from a repository without issues", async () => {
    api.faults.push(
      { on: /^GET \/issues$/, status: 401, body: { message: "Bad credentials" } },
      { on: /^GET \/issues$/, status: 410, body: { message: "Issues has been disabled" } },
    );
    expect((await mistakeOf(tell(FAILED))).explanation.what).toBe(
      "GitHub does not accept the token.",
    );
    expect((await mistakeOf(tell(FAILED))).explanation.what).toBe("This repository has no issues.");
  });
});

describe("a webhook", () => {
  const webhook = () => ({ webhookUrl: new Secret(`${api.url}/webhook`) });

  it("is told of what is new: red, then nothing, then green", async () => {
    await tell(FAILED, webhook());
    await tell(FAILED, webhook());
    api.now = new Date("2026-01-15T07:25:00Z");
    await tell(PASSED, webhook());
    const common = {
      title: "The restore drill fails",
      repository: "ministry/operations",
      url: "https://github.com/ministry/operations/issues/1",
    };
    expect(api.webhook).toEqual([
      { ...common, state: "red", sentence: "The restore drill failed: content, geometry" },
      { ...common, state: "green", sentence: "Green again after 15 min." },
    ]);
  });

  it("is told without an issue, too", async () => {
    await tell(FAILED, { ...webhook(), alert: false });
    expect(api.webhook).toMatchObject([{ state: "red", url: RUN }]);
    expect(api.repository.issues).toEqual([]);
  });

  it("is told of what an issue could not", async () => {
    api.faults.push({
      on: /^GET \/issues$/,
      status: 410,
      body: { message: "Issues has been disabled" },
    });
    await mistakeOf(tell(FAILED, webhook()));
    expect(api.webhook).toMatchObject([{ state: "red", url: RUN }]);
  });

  it("that does not take it makes the run red, and its URL is not shown", async () => {
    api.faults.push({ on: /^POST \/webhook$/, status: 404 });
    const error = await mistakeOf(tell(FAILED, webhook()));
    expect(error.explanation).toMatchObject({
      what: "The webhook did not take the message.",
      why: "it answered 404",
    });
    expect(error.message).not.toContain(api.url);
    expect(api.repository.issues).toHaveLength(1);
  });

  it("is tried again when it fails for a moment", async () => {
    api.faults.push({ on: /^POST \/webhook$/, status: 500 });
    await tell(FAILED, webhook());
    expect(api.webhook).toHaveLength(1);
  });
});

describe("the history", () => {
  it("has a commit for each run, and none for a monitor that sees what it saw before", async () => {
    const only = { alert: false, history: true };
    const monitor: Outcome = { ...PASSED, operation: "monitor" };
    await tell(PASSED, only);
    await tell(monitor, only, { id: "8" });
    const commits = api.repository.commits.size;
    await tell(monitor, only, { id: "9" });
    expect(api.repository.commits.size).toBe(commits);
    const files = Object.keys(filesAt(api.repository, "drill-reports"));
    expect(files.filter((path) => path.startsWith("reports/"))).toEqual([
      "reports/2026/01/15-drill-7.json",
      "reports/2026/01/15-monitor-8.json",
    ]);
  });
});

it("turns a badge by its age alone, by each look of a monitor that brings no news", async () => {
  const only = { alert: false, history: true };
  const monitor: Outcome = { ...PASSED, operation: "monitor" };
  const badge = () =>
    JSON.parse(filesAt(api.repository, "drill-reports")["badges/last-backup.json"] ?? "").message;
  await tell(monitor, only);
  expect(badge()).toBe("2026-01-15");
  api.now = new Date("2026-01-16T05:10:00Z");
  await tell(monitor, only, { id: "8" });
  expect(badge()).toBe("none since 2026-01-15");
  expect([...api.repository.commits.values()].at(-1)?.message).toBe("Colour the badges");
});

it("calls nobody by a name that the deployment or the user gave", async () => {
  const name = "sql: @octocat" as CheckName;
  const check = failed(name, "@octocat is not 2", "Ask @octocat");
  const red: Outcome = { ...FAILED, checks: [check] };
  await tell(red, { history: true });
  const [issue] = api.repository.issues;
  const messages = [...api.repository.commits.values()].map(({ message }) => message);
  for (const text of [issue?.body, ...messages]) {
    expect(text).toContain("@\u200boctocat");
    expect(text).not.toContain("@octocat");
  }
});

describe("a pull request", () => {
  it("has one comment, which the next run writes anew; no issue is opened for it", async () => {
    const run = { event: "pull_request", pullRequest: 3 };
    const settings = { pullRequest: true, history: true };
    await tell(FAILED, settings, run);
    await tell(PASSED, settings, run);
    expect(api.repository.comments).toHaveLength(1);
    expect(api.repository.comments[0]).toMatchObject({
      issue: 3,
      body: `<!-- openspp-backup: comment drill -->\n${renderSummary(PASSED)}\n[This run](${RUN})\n`,
    });
    expect(api.repository.issues).toEqual([]);
    expect(api.repository.branches.size).toBe(0);
  });

  it("shows the trend on the run's page, as soon as there is one", async () => {
    const settings = { history: true };
    const id = (number: number) => ({ id: String(number) });
    await tell({ ...PASSED, startedAt: "2025-10-01T03:00:00.000Z" }, settings, id(1));
    expect(shown).toEqual([]);
    await tell(PASSED, settings, id(2));
    expect(shown).toEqual([expect.stringMatching(/^### Trend\n\n```mermaid\n/)]);
    expect(shown[0]).toContain('x-axis ["2025-10-01", "2026-01-15"]');
    expect(Object.keys(filesAt(api.repository, "drill-reports"))).toEqual(
      expect.arrayContaining(["index.html", "drill.html", "badges/last-drill.svg"]),
    );
  });

  it("shows no trend that the job shows there already which did the work", async () => {
    const settings = { history: true };
    const first = { ...PASSED, startedAt: "2025-10-01T03:00:00.000Z" };
    await tell(first, settings, { id: "1" });
    onPage = renderSummary(PASSED, [pastResultOf(first)]);
    await tell(PASSED, settings, { id: "2" });
    expect(shown).toEqual([]);
    onPage = renderSummary(PASSED);
    await tell(PASSED, settings, { id: "2" });
    expect(shown).toHaveLength(1);
  });
});
