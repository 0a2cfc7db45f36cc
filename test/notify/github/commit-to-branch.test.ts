import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Failure } from "../../../src/failure.ts";
import { commitTo } from "../../../src/notify/github/commit-to-branch.ts";
import { type ApiServer, commitAs, filesAt, startApi } from "./api-server.ts";
import { connect } from "./connected.ts";

let api: ApiServer;

beforeEach(async () => {
  api = await startApi();
});

afterEach(() => api[Symbol.asyncDispose]());

const BRANCH = "drill-reports";
const files = (given: Record<string, string>) => new Map(Object.entries(given));

/** Adds a line to a list of names on the branch, as the history adds an entry to its index. */
function addName(name: string): Promise<string | undefined> {
  return commitTo(connect(api).github, BRANCH, async (tip) => ({
    message: `Add ${name}`,
    files: files({ names: `${(await tip.read("names")) ?? ""}${name}\n` }),
  }));
}

it("starts a branch that does not exist, without a history and without the files of any other", async () => {
  commitAs(api.repository, "main", { "README.md": "Operations\n" });
  const commit = await addName("a");
  expect(api.repository.commits.get(commit ?? "")?.parents).toEqual([]);
  expect(filesAt(api.repository, BRANCH)).toEqual({ names: "a\n" });
  expect(api.requests).toEqual([
    "GET /git/ref/heads/drill-reports",
    "POST /git/trees",
    "POST /git/commits",
    "POST /git/refs",
  ]);
});

it("adds to a branch and leaves every other file", async () => {
  const before = commitAs(api.repository, BRANCH, { other: "stays\n", names: "a\n" });
  const commit = await addName("b");
  expect(api.repository.commits.get(commit ?? "")).toMatchObject({
    message: "Add b",
    parents: [before],
  });
  expect(filesAt(api.repository, BRANCH)).toEqual({ other: "stays\n", names: "a\nb\n" });
});

it("commits nothing when nothing changes", async () => {
  const before = commitAs(api.repository, BRANCH, { names: "a\n" });
  const same = async () => ({ message: "Again", files: files({ names: "a\n" }) });
  expect(await commitTo(connect(api).github, BRANCH, same)).toBeUndefined();
  expect(await commitTo(connect(api).github, BRANCH, async () => undefined)).toBeUndefined();
  expect(api.repository.branches.get(BRANCH)).toBe(before);
});

describe("two runs at once", () => {
  it("lose nothing: whoever comes second builds on what the first one wrote", async () => {
    commitAs(api.repository, BRANCH, { names: "" });
    const names = ["a", "b", "c", "d"];
    await Promise.all(names.map(addName));
    expect(filesAt(api.repository, BRANCH).names?.trim().split("\n").sort()).toEqual(names);
  });

  it("may both start the branch", async () => {
    await Promise.all([addName("a"), addName("b")]);
    expect(filesAt(api.repository, BRANCH).names?.trim().split("\n").sort()).toEqual(["a", "b"]);
  });

  it.each([
    [409, "Conflict"],
    [422, "Update is not a fast forward"],
  ])("a conflict that GitHub calls %i %s is tried again", async (status, message) => {
    commitAs(api.repository, BRANCH, { names: "a\n" });
    api.faults.push({ on: /^PATCH \/git\/refs/, status, body: { message } });
    await addName("b");
    expect(filesAt(api.repository, BRANCH).names).toBe("a\nb\n");
  });

  it("are given up after six tries", async () => {
    commitAs(api.repository, BRANCH, { names: "a\n" });
    const body = { message: "Update is not a fast forward" };
    api.faults.push({ on: /^PATCH \/git\/refs/, status: 422, body, times: 9 });
    const error = await addName("b").catch((thrown: Failure) => thrown);
    expect((error as Failure).explanation.why).toBe("Update is not a fast forward");
    expect(api.requests.filter((line) => line.startsWith("PATCH"))).toHaveLength(6);
  }, 60_000);
});

it("does not try again what will be refused again", async () => {
  commitAs(api.repository, BRANCH, { names: "a\n" });
  api.faults.push({
    on: /^PATCH \/git\/refs/,
    status: 422,
    body: { message: "Object does not exist" },
  });
  await expect(addName("b")).rejects.toThrow("Object does not exist");
  expect(api.requests.filter((line) => line.startsWith("PATCH"))).toHaveLength(1);
});
