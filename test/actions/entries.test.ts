import { mkdtempDisposable, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startApi } from "../notify/github/api-server.ts";
import { type EntryOptions, KEY, NOWHERE, runEntry } from "./entry-process.ts";

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

describe("what it starts on the runner itself", () => {
  const ON_RUNNER = {
    scenario: "datacenter-outage",
    remote: "offsite:openspp-backups",
  };
  const FROM_RUNNER = { ...NOWHERE, remote: "offsite:openspp-backups", from: "runner" };

  /** A runner that has these tools; each is a script of a shell. */
  async function onRunner(
    tools: Readonly<Record<string, string>>,
    name: string,
    inputs: Readonly<Record<string, string>>,
    options: EntryOptions = {},
  ) {
    await using folder = await mkdtempDisposable(join(tmpdir(), "runner-"));
    for (const [tool, steps] of Object.entries(tools)) {
      await writeFile(join(folder.path, tool), `#!/bin/sh\n${steps}\n`, { mode: 0o755 });
    }
    return await runEntry(entry(name), inputs, { ...options, env: { PATH: folder.path } });
  }

  const DOCKER = "echo 28.5.1";
  const RCLONE = 'echo "rclone v1.71.0"; echo "- os/version: debian 13.1"';

  it("is named in the log, with its versions", async () => {
    const { stdout, code } = await onRunner({ rclone: RCLONE }, "sync", FROM_RUNNER);
    expect(stdout.split("\n").slice(MASKS.length)).toEqual([
      "On the runner: rclone 1.71.0.",
      `::error::${UNREACHABLE}`,
    ]);
    expect(code).toBe(3);
  });

  it.each(["docker", "rclone"])("is missed before anything is connected: %s", async (missing) => {
    const { [missing]: _, ...others } = { docker: DOCKER, rclone: RCLONE } as Record<
      string,
      string
    >;
    const { stdout, code, state } = await onRunner(others, "drill", ON_RUNNER);
    expect(stdout).toMatch(
      new RegExp(
        `^::error::The command \`${missing}\` is not on the PATH of the runner\\.%0AState: Nothing was .*%0ANext: `,
      ),
    );
    expect({ code, state }).toEqual({ code: 2, state: "" });
  });

  it("is refused when it is too old, and says how to get a newer one", async () => {
    const tools = { rclone: "echo rclone v1.60.1-DEV" };
    const { stdout, code } = await onRunner(tools, "sync", FROM_RUNNER);
    expect(stdout).toContain("\nOn the runner: rclone 1.60.1.\n");
    expect(stdout).toMatch(
      /::error::The rclone of the runner is version 1\.60\.1, and this needs 1\.63 or newer\.%0AWhy: .*%0ANext: Install version 1\.63 /,
    );
    expect(code).toBe(2);
  });

  it("is refused when Docker's engine does not answer, in its own words", async () => {
    const docker = 'echo; echo "Cannot connect to the Docker daemon." >&2; exit 1';
    const { stdout, code } = await onRunner({ docker, rclone: RCLONE }, "drill", ON_RUNNER);
    expect(stdout).toMatch(
      /^::error::The Docker engine of the runner does not answer\.%0AWhy: Cannot connect to the Docker daemon\.%0A/,
    );
    expect(code).toBe(2);
  });

  it("does not hold a run that is cancelled while an engine hangs", async () => {
    const tools = { docker: "exec /bin/sleep 60", rclone: RCLONE };
    const interrupt = { after: MASKS.at(-1) ?? "", signal: "SIGINT" } as const;
    const inputs = { ...ON_RUNNER, "ssh-key": KEY };
    const { stdout, stderr, code } = await onRunner(tools, "drill", inputs, { interrupt });
    expect(stdout.split("\n").slice(MASKS.length)).toEqual([
      expect.stringMatching(/^::error::The run was cancelled\.%0AState: /),
    ]);
    expect({ stderr, code }).toEqual({ stderr: "", code: 130 });
  });
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
