import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { pastResultOf } from "../../src/report/past-result.ts";
import { renderSummary } from "../../src/report/summary.ts";
import { type ApiServer, startApi } from "../notify/github/api-server.ts";
import { FAILED, PASSED } from "../report/example.ts";
import { type EntryOptions, runEntry } from "./entry-process.ts";

/** The action that tells the team, as the runner starts it; GitHub is a server of ours. */
let api: ApiServer;
let folder: string;
let report: string;

beforeEach(async () => {
  api = await startApi();
  folder = await mkdtemp(join(tmpdir(), "report-"));
  report = join(folder, "report.json");
  await writeFile(report, JSON.stringify(FAILED));
});

afterEach(async () => {
  await api[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function run(inputs: Record<string, string>, options: EntryOptions = {}) {
  const env = {
    GITHUB_API_URL: api.url,
    GITHUB_REPOSITORY: "ministry/operations",
    GITHUB_RUN_ID: "7",
    GITHUB_EVENT_NAME: "schedule",
    ...options.env,
  };
  const given = { operation: "drill", "github-token": "ghs_0123456789", ...inputs };
  return runEntry("src/actions/report.ts", given, { ...options, env });
}

it("tells by issue and history of the report that it is given, and hides the token", async () => {
  const { code, stdout, output } = await run({ report, "pull-request": "false" });
  expect(stdout.split("\n")).toEqual([
    "::add-mask::ghs_0123456789",
    "Opened https://github.com/ministry/operations/issues/1.",
    expect.stringMatching(/^Wrote the history on drill-reports: [0-9a-f]{40}\.$/),
  ]);
  expect({ code, output }).toEqual({ code: 0, output: "verdict<<EOF\nfailed\nEOF\n" });
});

it("shows what changed since the runs before", async () => {
  const startedAt = "2026-04-15T07:03:00.000Z";
  const first = await run({ report, alert: "false", "pull-request": "false" });
  expect(first.summary).toBe("");
  await writeFile(report, JSON.stringify({ ...PASSED, startedAt }));
  const env = { GITHUB_RUN_ID: "8" };
  const { summary } = await run({ report, alert: "false", "pull-request": "false" }, { env });
  expect(summary).toMatch(/^### Trend\n\n```mermaid\n/);
});

it("leaves out what the job that did the work showed of them, by the summary beside its report", async () => {
  const settings = { report, alert: "false", "pull-request": "false" };
  await run(settings);
  const green = { ...PASSED, startedAt: "2026-04-15T07:03:00.000Z" };
  await writeFile(report, JSON.stringify(green));
  await writeFile(join(folder, "summary.md"), renderSummary(green, [pastResultOf(FAILED)]));
  const { summary, code } = await run(settings, { env: { GITHUB_RUN_ID: "8" } });
  expect({ summary, code }).toEqual({ summary: "", code: 0 });
});

it("tells of a job that left no report by how it ended", async () => {
  const { code, output } = await run({ result: "failure", history: "false" });
  expect({ code, output }).toEqual({ code: 0, output: "verdict<<EOF\nnot-run\nEOF\n" });
  expect(api.repository.issues[0]?.body).toContain(
    "The run ended as `failure` and left no report.",
  );
});

it("comments on the pull request that the run is for", async () => {
  const event = join(folder, "event.json");
  await writeFile(event, JSON.stringify({ pull_request: { number: 3 } }));
  await writeFile(report, JSON.stringify(PASSED));
  const env = { GITHUB_EVENT_NAME: "pull_request", GITHUB_EVENT_PATH: event };
  const { stdout, code } = await run({ report }, { env });
  expect(stdout).toContain("Told https://github.com/ministry/operations/issues/3#issuecomment-1.");
  expect(code).toBe(0);
  expect(api.repository.comments[0]?.body).toContain("## ✅ The backup can be restored");
});

it("is red when it could not tell, and says which permission is missing", async () => {
  api.faults.push({
    on: /^GET \/issues$/,
    status: 403,
    body: { message: "Resource not accessible by integration" },
  });
  const { code, stdout } = await run({ report, history: "false", "pull-request": "false" });
  expect(stdout.split("\n").at(-1)).toBe(
    "::error title=The team was not told::The token of this run lacks the permission `issues: write`." +
      "%0AWhy: Resource not accessible by integration%0AState: Nothing was changed." +
      "%0ANext: Add the line to the job's permissions in the workflow:%0A    permissions:%0A      issues: write",
  );
  expect(code).toBe(2);
});

it("is red when GitHub cannot be reached", async () => {
  const env = { GITHUB_API_URL: "http://127.0.0.1:1" };
  const { code, stdout } = await run(
    { report, history: "false", "pull-request": "false" },
    { env },
  );
  expect(stdout).toContain("::error title=The team was not told::GitHub's API cannot be reached.");
  expect(code).toBe(3);
}, 60_000);

it.each<[Record<string, string>, string]>([
  [{}, "There is no report to tell the team about."],
  [{ report: "/nowhere/report.json" }, "The report cannot be read."],
  [{ report: "test/report/cycle.json" }, "The report is of a cycle, and `operation` is `drill`."],
  [
    { operation: "list" },
    'Input `operation` is "list", but it can only be backup, sync, drill, cycle, restore, monitor.',
  ],
  [{ "webhook-url": "hunter2" }, "Input `webhook-url` is not a URL that starts with https://."],
  [
    { "history-branch": "a..b" },
    'Input `history-branch` is "a..b", which is not the name of a branch.',
  ],
])("says what is wrong with %j", async (inputs, what) => {
  const { code, stdout } = await run(inputs);
  expect(stdout).toContain(`::error title=The team was not told::${what}`);
  expect(stdout.replaceAll(/^::add-mask::.*$/gm, "")).not.toContain("hunter2");
  expect(code).toBe(2);
});

it("outside of a workflow there is nobody to tell", async () => {
  const { stdout, code } = await run({ report }, { env: { GITHUB_REPOSITORY: "" } });
  expect(stdout).toContain("This is no workflow run: GITHUB_REPOSITORY is not set.");
  expect(code).toBe(2);
});
