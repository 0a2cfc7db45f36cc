import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, startLab } from "../../lab/lab.ts";

/** `init` without a terminal, on a deployment that has never seen this project; `gh` writes down what GitHub would be told. */
let lab: Lab;
let folder: string;

const GH = `#!/bin/sh
printf '%s\\n' "$*" >> "$GH_LOG"
input=$(cat)
[ -z "$input" ] || printf '< %s\\n' "$(printf '%s' "$input" | head -n 1)" >> "$GH_LOG"
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "init-"));
  await writeFile(join(folder, "gh"), GH, { mode: 0o755 });
  lab = await startLab({
    name: `init-${process.pid}`,
    policy: "strict",
    seed: { registrants: 200 },
    fsyncOff: true,
  });
});

afterAll(async () => {
  await lab.down();
  await rm(folder, { recursive: true });
});

const inFolder = (name: string) => join(folder, name);

async function init(...options: string[]) {
  const { host, port, user } = lab.ssh;
  const deployment = [
    ...["--ssh-host", host, "--ssh-port", String(port), "--ssh-user", user],
    ...["--project-directory", lab.directory, "--new-key", inFolder("key")],
    ...["--workflows", inFolder("workflows"), "--commit", "0".repeat(40)],
    ...["--repository", "ministry/operations"],
  ];
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    ["src/cli/main.ts", "init", ...deployment, ...options],
    {
      reject: false,
      input: "",
      env: {
        ...lab.engine.env,
        HOME: folder,
        GH_LOG: inFolder("gh.log"),
        PATH: [folder, process.env.PATH].join(delimiter),
        SSH_AUTH_SOCK: "",
      },
    },
  );
  return { code: exitCode, stdout, stderr };
}

/** As a person reads it on the host itself. */
async function ownFingerprint(): Promise<string> {
  const line = lab.ssh.knownHosts.split("\n").find((one) => one.includes("ssh-ed25519")) ?? "";
  const { stdout } = await execa("ssh-keygen", ["-l", "-f", "-"], {
    input: line.replace(/^\S+ /, ""),
  });
  return stdout.split(" ")[1] ?? "";
}

it("makes a key for its owner alone, says how to let it in, and waits for that", async () => {
  const { code, stdout, stderr } = await init();
  expect(code).toBe(2);
  expect(stderr).toContain("error: Is that done? Nobody is at the terminal to answer.");
  expect((await stat(inFolder("key"))).mode & 0o777).toBe(0o600);
  const publicKey = (await readFile(inFolder("key.pub"), "utf8")).trim();
  expect(publicKey).toMatch(/^ssh-ed25519 \S+ openspp-backup$/);
  expect(stdout).toContain(`restrict,port-forwarding,permitopen="*:5432" ${publicKey}`);
  const { stdout: derived } = await execa("ssh-keygen", ["-y", "-f", inFolder("key")]);
  expect(publicKey).toContain(derived.split(" ")[1]);
});

it("shows the host's key and trusts it only when somebody says that it is the host's", async () => {
  const own = await ownFingerprint();
  const unanswered = await init("--yes");
  expect(unanswered.code).toBe(2);
  expect(unanswered.stdout).toContain(`\n  ${own}\n`);
  expect(unanswered.stdout).toContain("ssh-keygen -l -f /etc/ssh/ssh_host_ed25519_key.pub");
  const wrong = await init("--yes", "--fingerprint", `SHA256:${"A".repeat(43)}`);
  expect(wrong.code).toBe(3);
  expect(wrong.stderr).toContain(`shows the host key ${own}, and not SHA256:AAAA`);
});

it("says that the host does not let the key in", async () => {
  const { code, stderr } = await init("--yes", "--fingerprint", await ownFingerprint());
  expect(code).toBe(2);
  expect(stderr).toContain("The server did not accept our key for");
});

it("writes the workflows, sets the repository up by gh, and ends with a backup and its drill", async () => {
  const publicKey = await readFile(inFolder("key.pub"), "utf8");
  await appendFile(join(lab.folder, "ssh", "authorized_keys"), publicKey);
  const { code, stdout, stderr } = await init(
    ...["--yes", "--gh", "--fingerprint", await ownFingerprint()],
  );
  expect(code, stderr).toBe(0);
  expect(stdout).toContain("Connected. There is no backup yet.");
  expect((await readdir(inFolder("workflows"))).sort()).toEqual([
    "backup.yml",
    "drill.yml",
    "monitor.yml",
    "restore.yml",
  ]);
  expect(stdout).toContain("✔ The backup is good");
  expect(stdout).toContain("✔ The backup can be restored");
  const told = (await readFile(inFolder("gh.log"), "utf8")).split("\n");
  expect(told).toContain("secret set OPENSPP_SSH_KEY --env openspp --repo ministry/operations");
  expect(told).toContain("< -----BEGIN OPENSSH PRIVATE KEY-----");
  expect(told.at(-2)).toBe(
    `variable set OPENSPP_SSH_HOST --body ${lab.ssh.host} --repo ministry/operations`,
  );
  const [, secret = ""] = (await readFile(inFolder("key"), "utf8")).split("\n");
  expect(stdout + stderr).not.toContain(secret);
});

it("leaves what stands there already, and prints what to set where gh is not wanted", async () => {
  await writeFile(inFolder("workflows/backup.yml"), "mine");
  const { code, stdout } = await init(
    ...["--yes", "--no-first-run", "--fingerprint", await ownFingerprint()],
  );
  expect(code).toBe(0);
  expect(stdout).toContain(`Left ${inFolder("workflows/backup.yml")} as it is.`);
  expect(await readFile(inFolder("workflows/backup.yml"), "utf8")).toBe("mine");
  expect(stdout).toContain(
    `  gh secret set OPENSPP_SSH_KEY --env openspp --repo ministry/operations < ${inFolder("key")}\n`,
  );
});
