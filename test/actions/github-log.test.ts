import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { GitHubLog } from "../../src/actions/github-log.ts";

let written: string;
let now: number;
let log: GitHubLog;

beforeEach(() => {
  written = "";
  now = 0;
  log = new GitHubLog({ now: () => new Date(0), seconds: () => now });
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    written += String(text);
    return true;
  });
});

afterEach(() => vi.restoreAllMocks());

it("folds a step, a step within it is a line, and each says how long it took", () => {
  log.startGroup("Restore");
  log.startGroup("Create the database");
  log.endGroup(0.25);
  log.info("4 jobs");
  now = 5;
  log.progress(0.1, "of 610 tables");
  now = 8;
  log.progress(0.42, "of 610 tables");
  log.endGroup(61);
  expect(written.split("\n")).toEqual([
    "::group::Restore",
    "Create the database",
    "Create the database: 0.3 s",
    "4 jobs",
    " 42 % of 610 tables",
    "::endgroup::",
    "Restore: 1 min 1 s",
    "",
  ]);
});

it("lets nothing that a tool or a name says become a command of the runner", () => {
  log.info("::add-mask::x\n  ::error::y\r\n##[group]z\u001b[2J");
  log.startGroup("a\n::stop-commands::b");
  log.warning("a\n::error::b%0A");
  log.debug("::error::c");
  expect(written.split("\n")).toEqual([
    ": :add-mask::x",
    "  : :error::y",
    "## [group]z\\u{1b}[2J",
    "::group::a\\u{a}::stop-commands::b",
    "::warning::a%0A::error::b%250A",
    "::debug::::error::c",
    "",
  ]);
});

it("hides a value only where a runner listens", () => {
  vi.stubEnv("GITHUB_ACTIONS", "");
  log.mask("hunter2");
  expect(written).toBe("");
  vi.stubEnv("GITHUB_ACTIONS", "true");
  log.mask("hunter2");
  log.mask("");
  vi.unstubAllEnvs();
  expect(written).toBe("::add-mask::hunter2\n");
});
