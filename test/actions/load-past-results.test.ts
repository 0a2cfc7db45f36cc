import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { pastResults } from "../../src/actions/load-past-results.ts";
import type { Verb } from "../../src/inputs/table.ts";
import { readHistory, withOutcome } from "../../src/report/history.ts";
import { pastResultOf } from "../../src/report/past-result.ts";
import { Secret } from "../../src/secret.ts";
import { type ApiServer, commitAs, type Fault, startApi } from "../notify/github/api-server.ts";
import { connect, runOn } from "../notify/github/connected.ts";
import { PASSED } from "../report/example.ts";

/** The history's index as an action reads it at the end of its work; GitHub is a server of ours. */
let api: ApiServer;
let lines: string[];

beforeEach(async () => {
  api = await startApi();
  lines = [];
  vi.stubEnv("GITHUB_API_URL", api.url);
  vi.stubEnv("GITHUB_REPOSITORY", "ministry/operations");
  vi.stubEnv("GITHUB_RUN_ID", "8");
  const history = withOutcome(readHistory(undefined), PASSED, runOn(api));
  commitAs(api.repository, "drill-reports", { "index.json": JSON.stringify(history) });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await api[Symbol.asyncDispose]();
});

const EARLIER = [pastResultOf(PASSED)];

async function read(
  given: { operation?: Verb; token?: string; branch?: string } = {},
  signal = new AbortController().signal,
) {
  const { operation = "drill", token = "ghs_0123456789", branch = "drill-reports" } = given;
  const log = {
    ...connect(api).log,
    info: (line: string) => void lines.push(`info: ${line}`),
    warning: (line: string) => void lines.push(`warning: ${line}`),
  };
  return pastResults(operation, { token: new Secret(token), historyBranch: branch }, log, signal);
}

it.each<Verb>(["backup", "drill", "cycle", "restore"])(
  "is read for the trend of a %s, without a word",
  async (operation) => {
    expect(await read({ operation })).toEqual(EARLIER);
    expect(lines).toEqual([]);
  },
);

it.each<Verb>(["sync", "monitor"])(
  "is not read for a %s, which has no trend",
  async (operation) => {
    expect(await read({ operation })).toEqual([]);
    expect({ lines, requests: api.requests }).toEqual({ lines: [], requests: [] });
  },
);

it("is not read outside of a workflow, nor where nobody filled the token in", async () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as it stands in action.yml
  expect(await read({ token: "${{ github.token }}" })).toEqual([]);
  vi.stubEnv("GITHUB_REPOSITORY", "");
  expect(await read()).toEqual([]);
  expect({ lines, requests: api.requests }).toEqual({ lines: [], requests: [] });
});

it("may not be there yet, which is nothing to warn of", async () => {
  expect(await read({ branch: "elsewhere" })).toEqual([]);
  expect(lines).toEqual([
    "info: No trend yet: this run's token sees no history on the branch elsewhere.",
  ]);
});

describe("is given up with one line", () => {
  const REF = /^GET \/git\/ref/;
  const INDEX = /^GET \/contents/;

  it.each<[string, Omit<Fault, "times">, string]>([
    [
      "when it is refused",
      { on: INDEX, status: 403, body: { message: "Resource not accessible by integration" } },
      "The token of this run lacks the permission `contents: read`. Resource not accessible by integration",
    ],
    [
      "when the token is none",
      { on: REF, status: 401, body: { message: "Bad credentials" } },
      "GitHub does not accept the token. Bad credentials",
    ],
    [
      "when GitHub fails",
      { on: REF, status: 503, body: { message: "Unavailable" } },
      "GitHub answered 503 to GET /repos/{owner}/{repo}/git/ref/{ref}. Unavailable",
    ],
    [
      "when a limit is reached",
      {
        on: REF,
        status: 429,
        body: { message: "You have exceeded a secondary rate limit" },
        headers: { "retry-after": "1" },
      },
      "GitHub answered 429 to GET /repos/{owner}/{repo}/git/ref/{ref}. You have exceeded a secondary rate limit",
    ],
  ])("%s, and not tried again", async (_, fault, why) => {
    api.faults.push({ ...fault, times: 9 });
    expect(await read()).toEqual([]);
    expect(lines).toEqual([`warning: The report has no trend: ${why}`]);
    expect(api.requests.filter((line) => fault.on.test(line))).toHaveLength(1);
  });

  it("when GitHub cannot be reached", async () => {
    const gone = await startApi();
    await gone[Symbol.asyncDispose]();
    vi.stubEnv("GITHUB_API_URL", gone.url);
    expect(await read()).toEqual([]);
    const address = gone.url.replace("http://", "");
    expect(lines).toEqual([
      `warning: The report has no trend: GitHub's API cannot be reached. connect ECONNREFUSED ${address}`,
    ]);
  });

  it.each([REF, INDEX])("when it never answers %s", async (on) => {
    api.faults.push({ on, status: 200, silent: true });
    expect(await read()).toEqual([]);
    expect(lines).toEqual([
      "warning: The report has no trend: GitHub's API cannot be reached. The operation was aborted due to timeout",
    ]);
  });

  it("when the run is cancelled meanwhile", async () => {
    const cancellation = new AbortController();
    api.faults.push({
      on: REF,
      status: 200,
      silent: true,
      meanwhile: () => cancellation.abort(),
    });
    expect(await read({}, cancellation.signal)).toEqual([]);
    expect(lines).toEqual(["warning: The report has no trend: This operation was aborted"]);
  });

  it.each([
    ["is cut off", '{"schemaVersion": 1, "entr'],
    ["is of a newer version", '{"schemaVersion": 2, "entries": []}'],
    ["holds a run that is none", '{"schemaVersion": 1, "entries": [{"at": "today"}]}'],
  ])("when the index %s", async (_, index) => {
    commitAs(api.repository, "drill-reports", { "index.json": index });
    expect(await read()).toEqual([]);
    expect(lines).toEqual([
      expect.stringMatching(
        /^warning: The report has no trend: The history's index\.json is not one that this version can read\. [^\n]+$/,
      ),
    ]);
  });

  it("when the runner's own file of the event is broken", async () => {
    vi.stubEnv("GITHUB_EVENT_NAME", "pull_request");
    vi.stubEnv("GITHUB_EVENT_PATH", "/nowhere/event.json");
    expect(await read()).toEqual([]);
    expect(lines).toEqual([
      expect.stringMatching(/^warning: The report has no trend: ENOENT: .*event\.json'$/),
    ]);
  });
});
