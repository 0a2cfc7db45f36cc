import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startSwitch } from "../dead-mans-switch.ts";
import { corrupt } from "../lab/faults.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { startSite } from "../lab/site.ts";
import { type ApiServer, commitAs, filesAt, startApi } from "../notify/github/api-server.ts";
import { type ActRepository, actRepository } from "./act.ts";

/** The workflows that a deployment runs, as they are, run by act on a deployment; GitHub's API is a server of ours. */
let lab: Lab;
/** As OPENSPP_REMOTE names it. */
let remote: string;
let api: ApiServer;
let repository: ActRepository;

beforeAll(async () => {
  lab = await startLab({
    name: `workflows-${process.pid}`,
    policy: "strict",
    seed: { registrants: 200 },
    fsyncOff: true,
  });
  remote = await startSite(lab.folder);
  api = await startApi();
  const files = ["backup", "drill", "restore", "monitor"].map(
    (name) => `.github/workflows/${name}.yml`,
  );
  repository = await actRepository(files, lab, api);
});

afterAll(async () => {
  await repository[Symbol.asyncDispose]();
  await api[Symbol.asyncDispose]();
  await lab.down();
});

beforeEach(() => {
  api.requests.length = 0;
});

async function throwaways(): Promise<number> {
  const client = await lab.connect(lab.database.admin);
  try {
    const { rows } = await client.query("SELECT FROM pg_database WHERE datname = 'openspp_test'");
    return rows.length;
  } finally {
    await client.end();
  }
}

async function latestBackup(): Promise<string> {
  const link = "/backups/daily/openspp_latest.dump";
  return lab.docker("exec", lab.container("backup"), "readlink", link);
}

const history = () =>
  JSON.parse(filesAt(api.repository, "drill-reports")["index.json"] ?? '{"entries": []}').entries;

const states = () => api.repository.issues.map(({ title, state }) => [title, state]);

it("is quiet until it is configured", async () => {
  const vars = { OPENSPP_SSH_HOST: "" };
  const { exitCode, log } = await repository.run("backup.yml", "schedule", { vars });
  expect(exitCode, log).toBe(0);
  expect(log).not.toContain("Run Main");
  expect(api.requests).toEqual([]);
});

it("backs up on a schedule, adds it to the history, and shows no key", async () => {
  const { exitCode, log } = await repository.run("backup.yml", "schedule");
  expect(exitCode, log).toBe(0);
  expect(log).toContain("## ✅ The backup is good");
  expect(log).toContain("No trend yet: this run's token sees no history");
  expect(history()).toMatchObject([{ operation: "backup", verdict: "passed" }]);
  expect(states()).toEqual([]);
  const key = (await lab.env()).OPENSPP_SSH_KEY ?? "";
  const lines = key.split("\n").filter((line) => line !== "" && !line.startsWith("-----"));
  expect(lines.length).toBeGreaterThan(3);
  for (const line of lines) expect(log).not.toContain(line);
});

it("copies the backups off-site where a remote is set, and tells a dead man's switch of both jobs", async () => {
  await using listening = await startSwitch();
  const { exitCode, log } = await repository.run("backup.yml", "schedule", {
    vars: { OPENSPP_REMOTE: remote },
    secrets: { OPENSPP_BACKUP_PING_URL: listening.url },
  });
  expect(exitCode, log).toBe(0);
  expect(history()).toMatchObject([
    { operation: "backup" },
    { operation: "backup", verdict: "passed" },
    { operation: "sync", verdict: "passed" },
  ]);
  const folder = remote.slice(remote.indexOf(":") + 1);
  expect(await readdir(join(folder, "daily"))).toContain(await latestBackup());
  const link = history().at(-1).run;
  expect(link).toMatch(/^https:\/\/github\.com\/ministry\/operations\/actions\/runs\/\d+$/);
  expect(log).toContain('title "Size of the dump"');
  expect(listening.told).toEqual([
    `POST /ping/key/start ${link}`,
    `POST /ping/key The backup is good\n${link}`,
    `POST /ping/key/start ${link}`,
    `POST /ping/key The backups are off-site\n${link}`,
  ]);
  expect(log).not.toContain(listening.url);
});

it("drills on a schedule, and asks for the team's sign-off by a pull request", async () => {
  commitAs(api.repository, "main", { "README.md": "Operations\n" });
  const { exitCode, log } = await repository.run("drill.yml", "schedule");
  expect(exitCode, log).toBe(0);
  expect(log).toContain("## ✅ The backup can be restored");
  expect(history().at(-1)).toMatchObject({ operation: "drill", verdict: "passed" });
  expect(api.repository.pulls).toMatchObject([
    { title: expect.stringMatching(/^Restore drill \d{4}-Q[1-4]: passed$/), base: "main" },
  ]);
});

it("turns red by a corrupted backup, opens an issue, and closes it by the next green drill", async () => {
  const name = await latestBackup();
  await corrupt(lab, `daily/${name}`, 100_000, 3);
  const red = await repository.run("drill.yml", "schedule");
  expect(red.exitCode).toBe(1);
  expect(red.log).toContain("## ❌ The restore drill failed: archive");
  expect(states()).toEqual([["The restore drill fails", "open"]]);
  expect(api.repository.issues[0]?.body).toContain("has another SHA-256 than when it was written.");
  expect(api.repository.pulls).toMatchObject([{ title: expect.stringMatching(/: failed$/) }]);
  await corrupt(lab, `daily/${name}`, 100_000, 3);
  const green = await repository.run("drill.yml", "workflow_dispatch", {
    inputs: { backup: name },
  });
  expect(green.exitCode, green.log).toBe(0);
  expect(green.log).toContain(`Open ${name}`);
  // The drill's own summary shows the drill before the red one; the job that tells the team does not show it again.
  const parts = /^### (?:Timeline|Trend)|^<details><summary>\d+ checks passed/gm;
  expect(green.log.match(parts)).toEqual([
    "### Timeline",
    "### Trend",
    expect.stringContaining("checks passed"),
  ]);
  expect(green.log).toMatch(/title "Time to restore/);
  expect(states()).toEqual([["The restore drill fails", "closed"]]);
  expect(await throwaways()).toBe(0);
});

it("comments on a pull request, and does nothing for a fork's", async () => {
  const payload = (fork: boolean) => ({ pull_request: { number: 3, head: { repo: { fork } } } });
  const own = await repository.run("drill.yml", "pull_request", { payload: payload(false) });
  expect(own.exitCode, own.log).toBe(0);
  const comments = api.repository.comments.filter(({ issue }) => issue === 3);
  expect(comments.map(({ body }) => body)).toEqual([
    expect.stringContaining("## ✅ The backup can be restored"),
  ]);
  const foreign = await repository.run("drill.yml", "pull_request", { payload: payload(true) });
  expect(foreign.log).not.toContain("Run Main");
});

it("alerts of a host that cannot be reached, although there is no report", async () => {
  await using listening = await startSwitch();
  const { exitCode } = await repository.run("backup.yml", "schedule", {
    vars: { OPENSPP_SSH_PORT: "1" },
    secrets: { OPENSPP_BACKUP_PING_URL: listening.url },
  });
  expect(exitCode).toBe(1);
  expect(listening.told.map((line) => line.split(" ")[1])).toEqual([
    "/ping/key/start",
    "/ping/key/fail",
  ]);
  expect(states().at(-1)).toEqual(["The deployment cannot be reached", "open"]);
});

it("is red twice when the alert cannot be sent either", async () => {
  api.faults.push({
    on: /^GET \/issues$/,
    status: 403,
    body: { message: "Resource not accessible by integration" },
  });
  const { exitCode, log } = await repository.run("backup.yml", "schedule", {
    vars: { OPENSPP_SSH_PORT: "1" },
  });
  expect(exitCode).toBe(1);
  expect(log).toContain("The token of this run lacks the permission `issues: write`.");
});

it("leaves nothing behind when a drill is cancelled while its database stands", async () => {
  const stands = () => expect.poll(throwaways, { timeout: 60_000, interval: 50 }).toBe(1);
  const { exitCode, log } = await repository.run("drill.yml", "workflow_dispatch", {
    cancelOnce: stands,
  });
  expect(exitCode, log).not.toBe(0);
  expect(log).not.toContain("## ✅");
  await expect.poll(throwaways, { timeout: 30_000, interval: 1000 }).toBe(0);
});

it("looks every hour, and opens an issue for each thing that it finds, once", async () => {
  const before = states().length;
  await lab.compose("stop", "backup");
  const { exitCode, log } = await repository.run("monitor.yml", "schedule");
  expect(exitCode, log).toBe(1);
  expect(states().slice(before)).toContainEqual(["Monitor: backup-service", "open"]);
  await lab.compose("start", "backup");
  const vars = { OPENSPP_REMOTE: remote };
  const mended = await repository.run("monitor.yml", "schedule", { vars });
  expect(states().slice(before)).toContainEqual(["Monitor: backup-service", "closed"]);
  expect(mended.log).toContain(`The newest copy on \`${remote}\` is `);
});

describe("a restore by hand", () => {
  const restore = (inputs: Record<string, string>) =>
    repository.run("restore.yml", "workflow_dispatch", { inputs });

  /** What people wrote after the last backup, and lose by restoring it. */
  async function countMarked(): Promise<number> {
    const client = await lab.connect();
    try {
      const { rows } = await client.query("SELECT FROM res_partner WHERE ref = 'after the backup'");
      return rows.length;
    } finally {
      await client.end();
    }
  }

  beforeAll(async () => {
    const client = await lab.connect();
    await client.query(
      "UPDATE res_partner SET ref = 'after the backup' WHERE id = (SELECT min(id) FROM res_partner)",
    );
    await client.end();
  });

  it("is refused without its confirmation, touches nothing, and calls nobody", async () => {
    const before = states().length;
    const { exitCode, log } = await restore({ confirm: "restore it please" });
    expect(exitCode).toBe(1);
    expect(log).toContain("restore <database> on 127.0.0.1");
    expect(await countMarked()).toBe(1);
    expect(states()).toHaveLength(before);
  });

  it("brings production back from the latest backup", async () => {
    const host = (await lab.env()).OPENSPP_SSH_HOST;
    const { exitCode, log } = await restore({ confirm: `restore ${lab.database.name} on ${host}` });
    expect(exitCode, log).toBe(0);
    expect(await countMarked()).toBe(0);
    expect(history().at(-1)).toMatchObject({ operation: "restore", verdict: "passed" });
  });
});
