import { describe, expect, it } from "vitest";
import { startApi } from "../notify/github/api-server.ts";
import { KEY, NOWHERE, runEntry } from "./entry-process.ts";

const ENTRIES = ["main", "backup", "drill", "restore", "monitor"];
const entry = (name: string) => `src/actions/${name}.ts`;

/** What the runner is told to hide: each line of the key that says something. */
const MASKS = KEY.trim()
  .split("\n")
  .filter((line) => !line.startsWith("-----"))
  .map((line) => `::add-mask::${line}`);

const UNREACHABLE =
  "127.0.0.1:1 refused the connection: nothing listens there.%0AState: Nothing was changed.%0ANext: Check the port, and that the SSH server is running.";

describe.each(ENTRIES)("the action %s", (name) => {
  it("names every missing input in one error", async () => {
    const { code, stdout, stderr, output, state } = await runEntry(entry(name), {});
    expect(stdout).toBe(
      `::error::${[
        "Input `ssh-host` is missing.",
        "Input `ssh-user` is missing.",
        "Input `ssh-known-hosts` is missing.",
        "Input `project-directory` is missing.",
        "State: Nothing was done.",
        "Next: write for example",
        "  ssh-host: vps.example.org",
        "  ssh-user: backup",
        "  ssh-known-hosts: vps.example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA…",
        "  project-directory: /opt/openspp/docker",
      ].join("%0A")}`,
    );
    expect({ code, stderr, output, state }).toEqual({
      code: 2,
      stderr: "",
      output: "verdict<<EOF\nnot-run\nEOF\n",
      state: "",
    });
  });

  it("says that a host cannot be reached, and hides the key", async () => {
    const { code, stdout, output, state, summary } = await runEntry(entry(name), NOWHERE);
    expect(stdout.split("\n")).toEqual([...MASKS, `::error::${UNREACHABLE}`]);
    expect({ code, output, state }).toEqual({
      code: 3,
      output: "verdict<<EOF\nnot-run\nEOF\n",
      state: "",
    });
    expect(summary).toBe(
      "## ❌ 127.0.0.1:1 refused the connection: nothing listens there.\n\n**State:** Nothing was changed.\n\n**Next:** Check the port, and that the SSH server is running.\n",
    );
  });

  it("keeps the reason for the job that tells the team", async () => {
    const { files } = await runEntry(entry(name), NOWHERE, { env: { GITHUB_RUN_ID: "7" } });
    const operation = name === "main" ? "cycle" : name;
    const kept = JSON.parse(files[`openspp-${operation}-report/failure.json`] ?? "");
    expect(kept).toEqual({
      schemaVersion: 1,
      operation,
      verdict: "not-run",
      endedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      ended: {
        kind: "unreachable",
        what: "127.0.0.1:1 refused the connection: nothing listens there.",
        state: "Nothing was changed.",
        next: "Check the port, and that the SSH server is running.",
      },
    });
  });

  it("shows a stack only to someone who asks for debug logging", async () => {
    const { stdout } = await runEntry(entry(name), NOWHERE, { debug: true });
    expect(stdout).toContain("\n::debug::Unreachable: 127.0.0.1:1 refused the connection");
    expect(stdout).toMatch(/%0A {4}at /);
  });
});

describe("hostile inputs", () => {
  it("cannot speak to the runner", async () => {
    const { stdout, code } = await runEntry(entry("drill"), {
      ...NOWHERE,
      "throwaway-database": "x%0A\n::set-output name=verdict::passed",
      backup: "::stop-commands::x",
    });
    expect(code).toBe(2);
    expect(stdout.split("\n").slice(MASKS.length)).toEqual([
      '::error::Input `backup` is "::stop-commands::x", which is not latest, random or the name of a backup.' +
        "%0AInput `throwaway-database` holds a line break, which no value of it can." +
        "%0AState: Nothing was done.%0ANext: write for example" +
        "%0A  backup: openspp_20260115_020000.dump%0A  throwaway-database: openspp_test",
    ]);
  });

  it.each(["'", '"', "`id`", "$(id)", "; id", "a\nb", "\u0001", "../x", "-x"])(
    "%j in every checked input is refused, not run",
    async (hostile) => {
      const names = [
        "ssh-host",
        "ssh-port",
        "database-service",
        "backup",
        "throwaway-database",
        "rpo",
      ];
      const inputs = Object.fromEntries(names.map((name) => [name, hostile]));
      const { stdout, code } = await runEntry(entry("drill"), { ...NOWHERE, ...inputs });
      expect(code).toBe(2);
      for (const name of names) expect(stdout).toContain(`Input \`${name}\` `);
    },
  );

  it("a key that is none is told apart from a host that is none", async () => {
    const { stdout, code } = await runEntry(entry("backup"), { ...NOWHERE, "ssh-key": "hello" });
    expect(stdout).toContain("::error::The SSH key cannot be read.%0A");
    expect(code).toBe(2);
  });
});

it("a sync without a remote is told before anything is connected", async () => {
  const { stdout, code } = await runEntry(entry("sync"), NOWHERE);
  expect(stdout).toContain(
    "::error::Input `remote` is missing, and it says where the off-site copy is.%0A",
  );
  expect(code).toBe(2);
});

describe("the token for the history", () => {
  it("is hidden, and used by no run that ends without a report", async () => {
    await using api = await startApi();
    const env = { GITHUB_API_URL: api.url, GITHUB_REPOSITORY: "ministry/operations" };
    const given = { ...NOWHERE, "github-token": "ghs_0123456789" };
    const { stdout, code } = await runEntry(entry("drill"), given, { env });
    expect(stdout.split("\n")).toEqual([
      ...MASKS,
      "::add-mask::ghs_0123456789",
      `::error::${UNREACHABLE}`,
    ]);
    expect({ code, requests: api.requests }).toEqual({ code: 3, requests: [] });
  });

  it("comes with a branch that could be one", async () => {
    const given = { ...NOWHERE, "history-branch": "a..b" };
    const { stdout, code } = await runEntry(entry("backup"), given);
    expect(stdout).toContain(
      '::error::Input `history-branch` is "a..b", which is not the name of a branch.',
    );
    expect(code).toBe(2);
  });
});

describe("the root action", () => {
  it("knows its commands", async () => {
    const { stdout, code } = await runEntry(entry("main"), { ...NOWHERE, command: "restore" });
    expect(stdout).toContain(
      '::error::Input `command` is "restore", but it can only be cycle, backup, sync, drill.',
    );
    expect(code).toBe(2);
  });
});

describe("post", () => {
  it.each(["", "done"])("does nothing when main left nothing: %j", async (sweep) => {
    const { stdout, code } = await runEntry(entry("post"), NOWHERE, { state: { sweep } });
    expect({ stdout, code }).toEqual({ stdout: "Nothing to clean up.", code: 0 });
  });

  it("warns and never fails the job", async () => {
    const { stdout, code, output } = await runEntry(entry("post"), NOWHERE, {
      state: { sweep: "needed" },
    });
    expect(stdout.split("\n").at(-1)).toBe(
      `::warning title=Clean-up did not finish; the next run does it::${UNREACHABLE}`,
    );
    expect({ code, output }).toEqual({ code: 0, output: "" });
  });
});
