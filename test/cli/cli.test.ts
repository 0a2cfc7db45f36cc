import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inputsOf, type Verb } from "../../src/inputs/table.ts";
import { KEY, NOWHERE } from "../actions/entry-process.ts";

let folder: string;
let keyFile: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cli-"));
  keyFile = join(folder, "key");
  await writeFile(keyFile, KEY);
});

afterAll(() => rm(folder, { recursive: true }));

async function cli(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { exitCode, stdout, stderr } = await execa(process.execPath, ["src/cli/main.ts", ...args], {
    extendEnv: false,
    env: { PATH: process.env.PATH, HOME: folder, ...env },
    reject: false,
  });
  return { code: exitCode, stdout, stderr };
}

const VERBS: Verb[] = ["backup", "drill", "cycle", "list", "sweep"];

describe("help", () => {
  it.each(VERBS)("of %s names every input that it has, by option and variable", async (verb) => {
    const { stdout, code } = await cli([verb, "--help"]);
    expect(code).toBe(0);
    for (const name of inputsOf("cli", [verb])) {
      expect(stdout).toMatch(new RegExp(`^  --${name}(?:-file <path>| <value>|  )`, "m"));
      expect(stdout.replace(/\s+/g, " ")).toContain(
        `[OPENSPP_${name.toUpperCase().replaceAll("-", "_")}]`,
      );
    }
  });

  it("shows examples and exit codes", async () => {
    const { stdout, code } = await cli(["--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain("  openspp-backup drill --backup random --rto 30m");
    expect(stdout).toContain("  130  cancelled");
  });
});

describe("mistakes end with exit code 2 and say what to do", () => {
  it.each<[string[], string]>([
    [[], "error: No command was given.\n"],
    [["recover"], "error: unknown command 'recover'\n"],
    [["drill", "--bakup", "x"], "error: unknown option '--bakup'\n(Did you mean --backup?)\n"],
    [["drill", "--backup"], "error: option '--backup <value>' argument missing\n"],
    [
      ["list", "openspp"],
      "error: too many arguments for 'list'. Expected 0 arguments but got 1: openspp.\n",
    ],
    [["list", "--ssh-key", "x"], "error: unknown option '--ssh-key'\n"],
  ])("%j", async (args, message) => {
    const { code, stdout, stderr } = await cli(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(stderr).toContain("Next: openspp-backup --help");
  });

  it("names every missing option at once, and where else it may stand", async () => {
    const { code, stderr } = await cli(["list"]);
    expect(code).toBe(2);
    expect(stderr).toBe(
      [
        "error: --ssh-host (or OPENSPP_SSH_HOST) is missing.",
        "--ssh-user (or OPENSPP_SSH_USER) is missing.",
        "--ssh-known-hosts (or OPENSPP_SSH_KNOWN_HOSTS) is missing.",
        "--project-directory (or OPENSPP_PROJECT_DIRECTORY) is missing.",
        "State: Nothing was done.",
        "Next: write for example",
        "  --ssh-host vps.example.org",
        "  --ssh-user backup",
        "  --ssh-known-hosts 'vps.example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA…'",
        "  --project-directory /opt/openspp/docker",
      ].join("\n"),
    );
  });

  it("says which Node is needed to who has an older one", async () => {
    const older = `data:text/javascript,Object.defineProperty(process,'versions',{value:{node:'20.19.0'}})`;
    const { code, stderr } = await cli(["list"], { NODE_OPTIONS: `--import=${older}` });
    expect(stderr).toMatch(/^error: This needs Node 24 or newer, and Node 20\.19\.0 runs it\.\n/);
    expect(code).toBe(2);
  });

  it("names a file that cannot be read", async () => {
    const { code, stderr } = await cli(["list", "--ssh-key-file", join(folder, "none")]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: The file of --ssh-key-file cannot be read\.\nWhy: ENOENT/);
  });
});

describe("a host that cannot be reached ends with exit code 3", () => {
  const REFUSED =
    "error: 127.0.0.1:1 refused the connection: nothing listens there.\nState: Nothing was changed.\nNext: Check the port, and that the SSH server is running.";

  it("asked for with options", async () => {
    const { "ssh-key": _, confirm: __, ...options } = NOWHERE;
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    expect(await cli(["list", "--ssh-key-file", keyFile, "--json", ...args])).toEqual({
      code: 3,
      stdout: "",
      stderr: REFUSED,
    });
  });

  it("asked for in the environment, options having the last word", async () => {
    const env = Object.fromEntries(
      Object.entries({ ...NOWHERE, "ssh-port": "22x" }).map(([name, value]) => [
        `OPENSPP_${name.toUpperCase().replaceAll("-", "_")}`,
        value,
      ]),
    );
    const { code, stderr } = await cli(["drill", "--ssh-port", "1", "--debug"], env);
    expect(code).toBe(3);
    expect(stderr).toContain(REFUSED);
    expect(stderr).toMatch(/\n {4}at /);
    expect(stderr).not.toContain(KEY.split("\n")[1]);
  });
});
