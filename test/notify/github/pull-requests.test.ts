import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSignOff, tellPullRequest } from "../../../src/notify/github/pull-requests.ts";
import { signOffOf } from "../../../src/report/quarter.ts";
import { FAILED, PASSED } from "../../report/example.ts";
import { type ApiServer, commitAs, filesAt, startApi } from "./api-server.ts";
import { connect, RUN } from "./connected.ts";

let api: ApiServer;

beforeEach(async () => {
  api = await startApi();
  commitAs(api.repository, "main", { "README.md": "Operations\n" });
});

afterEach(() => api[Symbol.asyncDispose]());

const BRANCH = "openspp-backup/drill-2026-Q1";
const open = (report = PASSED) => openSignOff(connect(api).github, signOffOf(report, RUN));

describe("a quarter's sign-off", () => {
  it("is a pull request that adds the report, and nothing else, to the default branch", async () => {
    expect(await open()).toBe("https://github.com/ministry/operations/pull/100");
    expect(api.repository.pulls).toMatchObject([
      { title: "Restore drill 2026-Q1: passed", head: BRANCH, base: "main", state: "open" },
    ]);
    const { "drills/2026-Q1/report.json": report = "", ...others } = filesAt(
      api.repository,
      BRANCH,
    );
    expect(JSON.parse(report)).toEqual(PASSED);
    expect(Object.keys(others).sort()).toEqual(["README.md", "drills/2026-Q1/summary.md"]);
    const [parent] =
      api.repository.commits.get(api.repository.branches.get(BRANCH) ?? "")?.parents ?? [];
    expect(parent).toBe(api.repository.branches.get("main"));
  });

  it("is brought up to date by the next drill of the quarter, not opened twice", async () => {
    await open();
    await open(FAILED);
    expect(api.repository.pulls.map(({ title }) => title)).toEqual([
      "Restore drill 2026-Q1: failed",
    ]);
    expect(filesAt(api.repository, BRANCH)["drills/2026-Q1/report.json"]).toContain(
      '"verdict": "failed"',
    );
  });

  it("is opened anew when the earlier one was merged and the result is another", async () => {
    await open();
    const [pull] = api.repository.pulls;
    if (pull) pull.state = "closed";
    commitAs(api.repository, "main", filesAt(api.repository, BRANCH));
    expect(await open()).toBeUndefined();
    await open(FAILED);
    expect(api.repository.pulls.map(({ state }) => state)).toEqual(["closed", "open"]);
  });
});

it("finds its comment among more than a page of others, and writes it anew", async () => {
  const { github } = connect(api);
  for (let id = 1; id <= 130; id++) {
    const comment = { id, issue: 3, body: "a person's", created_at: "", html_url: `page#${id}` };
    api.repository.comments.push(comment);
  }
  const first = await tellPullRequest(github, 3, "drill", "red");
  const second = await tellPullRequest(github, 3, "drill", "green");
  await tellPullRequest(github, 3, "backup", "green");
  expect(second).toBe(first);
  expect(api.repository.comments.slice(130).map(({ body }) => body)).toEqual([
    "<!-- openspp-backup: comment drill -->\ngreen",
    "<!-- openspp-backup: comment backup -->\ngreen",
  ]);
});
