import { afterEach, beforeEach, expect, it } from "vitest";
import { Failure } from "../../../src/failure.ts";
import { readPastResults } from "../../../src/notify/github/past-results.ts";
import { readHistory, withOutcome } from "../../../src/report/history.ts";
import { pastResultOf } from "../../../src/report/past-result.ts";
import { PASSED } from "../../report/example.ts";
import { type ApiServer, commitAs, startApi } from "./api-server.ts";
import { connect, runOn } from "./connected.ts";

let api: ApiServer;

beforeEach(async () => {
  api = await startApi();
});

afterEach(() => api[Symbol.asyncDispose]());

const BRANCH = "drill-reports";
const read = () => readPastResults(connect(api).github, BRANCH);

it("reads what earlier runs left on the branch, and writes nothing", async () => {
  const history = withOutcome(readHistory(undefined), PASSED, runOn(api));
  commitAs(api.repository, BRANCH, { "index.json": JSON.stringify(history) });
  expect(await read()).toEqual([pastResultOf(PASSED)]);
  expect(api.requests).toEqual(["GET /git/ref/heads/drill-reports", "GET /contents/index.json"]);
});

it("tells a branch that is not there, or holds something else, from a history that is empty", async () => {
  expect(await read()).toBeUndefined();
  commitAs(api.repository, BRANCH, { "README.md": "Something else\n" });
  expect(await read()).toBeUndefined();
  const empty = JSON.stringify(readHistory(undefined));
  commitAs(api.repository, BRANCH, { "index.json": empty });
  expect(await read()).toEqual([]);
});

it.each([/^GET \/git\/ref/, /^GET \/contents/])(
  "asks for no more than `contents: read` when it is refused %s",
  async (on) => {
    commitAs(api.repository, BRANCH, { "index.json": JSON.stringify(readHistory(undefined)) });
    api.faults.push({
      on,
      status: 403,
      body: { message: "Resource not accessible by integration" },
    });
    const failure: unknown = await read().catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).explanation).toMatchObject({
      what: "The token of this run lacks the permission `contents: read`.",
      next: "Add the line to the job's permissions in the workflow:\n    permissions:\n      contents: read",
    });
  },
);

it("refuses an index that it cannot read", async () => {
  commitAs(api.repository, BRANCH, { "index.json": '{"schemaVersion": 2, "entries": []}' });
  await expect(read()).rejects.toThrow("index.json is not one that this version can read");
});
