import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, it } from "vitest";

/** `init` at a terminal, which `script` of util-linux makes; what is typed comes once the question stands. */
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "asking-"));
});

afterAll(() => rm(home, { recursive: true }));

async function atTerminal(answers: readonly (readonly [question: string, typed: string])[]) {
  const line = `${process.execPath} src/cli/main.ts init --workflows ${home}/workflows`;
  const running = execa("script", ["--quiet", "--return", "--command", line, "/dev/null"], {
    reject: false,
    env: { HOME: home, SSH_AUTH_SOCK: "", NO_COLOR: "1" },
  });
  let [seen, next] = ["", 0];
  running.stdout.on("data", (chunk: Buffer) => {
    seen += chunk.toString();
    const [question, typed] = answers[next] ?? [];
    if (question === undefined || !seen.includes(question)) return;
    next++;
    running.stdin.write(typed);
  });
  const { exitCode, stdout } = await running;
  return { code: exitCode, stdout };
}

const HOST = ["Name or address of the deployment's host?", "127.0.0.1\r"] as const;

it("asks for what it was not given, suggests what is usual, and says what is wrong", async () => {
  const { code, stdout } = await atTerminal([
    HOST,
    ["User on that host for backups?", "\r"],
    ["Folder on that host that holds the Compose file?", "\r"],
    ["Is that done?", "n\r"],
  ]);
  expect(stdout).toContain(
    "sudo useradd --create-home --groups docker --password '*' openspp-backup",
  );
  expect(stdout).toContain("/opt/openspp/docker/.env.production");
  expect(stdout).toContain("error: The host does not know the key yet.");
  expect(code).toBe(2);
});

it("is left by Ctrl-C as everything else is", async () => {
  const { code, stdout } = await atTerminal([HOST, ["User on that host for backups?", "\u0003"]]);
  expect(stdout).toContain("error: The set-up was cancelled.");
  expect(code).toBe(130);
});
