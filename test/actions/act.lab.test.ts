import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, startLab } from "../lab/lab.ts";
import { seedLab } from "../lab/seeding.ts";

/** A user's workflow, run by act on this machine: the action.yml files, the committed dist/, main and post. */
let lab: Lab;
let repository: string;

beforeAll(async () => {
  repository = await mkdtemp(join(tmpdir(), "act-"));
  const parts = ["action.yml", "actions", "dist", "package.json"];
  await Promise.all(parts.map((part) => cp(part, join(repository, part), { recursive: true })));
  const workflows = join(repository, ".github/workflows");
  await mkdir(workflows, { recursive: true });
  await cp("test/actions/backup-and-drill.yml", join(workflows, "backup-and-drill.yml"));
  const author = ["-c", "user.name=act", "-c", "user.email=act@example.org"];
  await execa("git", ["init", "--quiet", "--initial-branch=main"], { cwd: repository });
  await execa("git", [...author, "commit", "--quiet", "--allow-empty", "--message=A deployment"], {
    cwd: repository,
  });
  lab = await startLab({ name: `act-${process.pid}`, policy: "strict" });
  await seedLab(lab, { registrants: 200 });
});

afterAll(async () => {
  await lab.down();
  await rm(repository, { recursive: true });
});

/** Given the objective of the drill's age, run the workflow and return what act prints of it. */
async function runWorkflow(rpo: string) {
  const { OPENSPP_SSH_KEY: key = "", ...env } = await lab.env();
  const variables = {
    SSH_HOST: env.OPENSPP_SSH_HOST,
    SSH_PORT: env.OPENSPP_SSH_PORT,
    SSH_USER: env.OPENSPP_SSH_USER,
    SSH_KNOWN_HOSTS: env.OPENSPP_SSH_KNOWN_HOSTS,
    PROJECT_DIRECTORY: env.OPENSPP_PROJECT_DIRECTORY,
    RPO: rpo,
  };
  const { exitCode, code, all } = await execa(
    "act",
    [
      ...["push", "--platform", "ubuntu-latest=-self-hosted", "--no-cache-server"],
      ...["--secret", "SSH_KEY"],
      ...Object.entries(variables).flatMap(([name, value]) => ["--var", `${name}=${value}`]),
    ],
    {
      cwd: repository,
      reject: false,
      all: true,
      env: {
        ...lab.engine.env,
        SSH_KEY: key,
        PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
        XDG_CACHE_HOME: join(repository, ".cache"),
      },
    },
  );
  if (code === "ENOENT") {
    throw new Error("act is missing: `bash .ci/tools` says why it was not installed.");
  }
  return { exitCode, log: all, key };
}

it("backs up, drills and does both, each handing on its outputs, and shows no key", async () => {
  const { exitCode, log, key } = await runWorkflow("24h");
  expect(exitCode, log).toBe(0);
  expect(log).toContain("| same=true newer=true verdicts=passed,passed,passed\n");
  expect(log).toContain("## ✅ The backup can be restored");
  expect(log.match(/\| Nothing to clean up\./g)).toHaveLength(3);
  const lines = key.split("\n").filter((line) => line !== "" && !line.startsWith("-----"));
  expect(lines.length).toBeGreaterThan(3);
  for (const line of lines) expect(log).not.toContain(line);
});

it("fails the job when a drill is red, and still runs post", async () => {
  const { exitCode, log } = await runWorkflow("1s");
  expect(exitCode).toBe(1);
  expect(log).toContain("## ❌ The restore drill failed: rpo");
  expect(log).toContain("Failure - Main ./actions/drill");
  expect(log.match(/\| Nothing to clean up\./g)).toHaveLength(2);
  expect(log).toContain("Job failed");
});
