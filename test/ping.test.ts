import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Failed } from "../src/failure.ts";
import { withPing } from "../src/ping.ts";
import { Secret } from "../src/secret.ts";
import { type DeadMansSwitch, startSwitch } from "./dead-mans-switch.ts";
import { KeptLog } from "./operations/on-lab.ts";

let listening: DeadMansSwitch;
let told: readonly string[];
let log: KeptLog;
let url: Secret;

beforeEach(async () => {
  listening = await startSwitch();
  log = new KeptLog();
  told = listening.told;
  url = new Secret(listening.url);
});

afterEach(() => listening[Symbol.asyncDispose]());

const AT_ONCE = [0, 0];
const good = () => ({ good: true, text: "All is well" });

test("a run that ends well is told from start to end", async () => {
  expect(await withPing(url, log, async () => 42, good)).toBe(42);
  expect(told).toEqual(["POST /ping/key/start", "POST /ping/key All is well"]);
  expect(log.lines).toEqual([]);
});

test("a red one is told as a failure", async () => {
  await withPing(
    url,
    log,
    async () => 1,
    () => ({ good: false, text: "The restore drill failed: content" }),
  );
  expect(told[1]).toBe("POST /ping/key/fail The restore drill failed: content");
});

test("one that throws is told by its first line, and throws still", async () => {
  const error = new Failed({ what: "The dump failed.", why: "the disk is full" });
  await expect(withPing(url, log, () => Promise.reject(error), good)).rejects.toBe(error);
  expect(told[1]).toBe("POST /ping/key/fail The dump failed.");
});

test("the link to a workflow run goes along", async () => {
  const env = {
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_REPOSITORY: "a/b",
    GITHUB_RUN_ID: "7",
  };
  Object.assign(process.env, env);
  try {
    await withPing(url, log, async () => 0, good);
  } finally {
    for (const name of Object.keys(env)) delete process.env[name];
  }
  expect(told).toEqual([
    "POST /ping/key/start https://github.com/a/b/actions/runs/7",
    "POST /ping/key All is well\nhttps://github.com/a/b/actions/runs/7",
  ]);
});

test("a query stays behind the path", async () => {
  const queried = new Secret(`${url.reveal()}?status=up&token=x`);
  await withPing(queried, log, async () => 0, good);
  expect(told[0]).toBe("POST /ping/key/start?status=up&token=x");
});

test("nothing is told where no address is given", async () => {
  expect(await withPing(undefined, log, async () => 1, good)).toBe(1);
  expect(told).toEqual([]);
});

describe("a switch", () => {
  test("that knows only the plain address is left alone", async () => {
    listening.answers = (path) => (path.endsWith("/start") ? 404 : 200);
    await withPing(url, log, async () => 0, good);
    expect(log.lines).toEqual([]);
  });

  test("that is out of order for a moment is asked again", async () => {
    listening.answers = (path, times) => (path.endsWith("/key") && times === 1 ? 503 : 200);
    await withPing(url, log, async () => 0, good, AT_ONCE);
    expect(told.filter((line) => line.startsWith("POST /ping/key All"))).toHaveLength(2);
    expect(log.lines).toEqual([]);
  });

  test("that stays out of order is told of in a warning, after three attempts", async () => {
    listening.answers = (path) => (path.endsWith("/key") ? 503 : 200);
    await withPing(url, log, async () => 0, good, AT_ONCE);
    expect(told.filter((line) => line.startsWith("POST /ping/key All"))).toHaveLength(3);
    expect(log.lines).toEqual([
      "warning: The dead man's switch could not be told (success): it answered 503.",
    ]);
  });

  test("that refuses is a warning without its address, and costs the run nothing", async () => {
    listening.answers = () => 403;
    expect(await withPing(url, log, async () => 5, good)).toBe(5);
    expect(log.lines).toEqual([
      "warning: The dead man's switch could not be told (start): it answered 403.",
      "warning: The dead man's switch could not be told (success): it answered 403.",
    ]);
  });

  test("that cannot be reached is one, too", async () => {
    const nobody = new Secret("http://127.0.0.1:1/ping/key");
    await withPing(nobody, log, async () => 0, good, AT_ONCE);
    expect(log.lines.at(-1)).toMatch(
      /^warning: The dead man's switch .* \(success\): it cannot be reached \(.+\)\.$/,
    );
    expect(log.lines.join()).not.toContain("key");
  });
});
