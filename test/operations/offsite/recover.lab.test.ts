import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { cycle } from "../../../src/operations/cycle.ts";
import { restore } from "../../../src/operations/restore/restore.ts";
import type { BackupReport, Report } from "../../../src/report/report-schema.ts";
import { type Lab, startLab } from "../../lab/lab.ts";
import { type Site, startWholeSite } from "../../lab/site.ts";
import { inBackup, onLab } from "../on-lab.ts";
import { Runner } from "./runner.ts";

let lab: Lab;
let site: Site;
let runner: Runner;
let taken: BackupReport;

const troublesOf = ({ checks }: Report) =>
  checks.filter(({ status }) => status !== "passed").map(({ name, message }) => [name, message]);

beforeAll(async () => {
  lab = await startLab({
    name: `recover-${process.pid}`,
    policy: "flexible",
    seed: { registrants: 300 },
    fsyncOff: true,
  });
  site = await startWholeSite(lab.folder);
  runner = await Runner.start(lab, site);
  // The machine that the tests run on is the runner.
  for (const [name, value] of Object.entries(lab.engine.env)) vi.stubEnv(name, value);
  vi.stubEnv("PATH", `${join(lab.folder, "ssh", "bin")}:${process.env.PATH}`);
  vi.stubEnv("RUNNER_TEMP", runner.temp);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await lab?.down();
});

test("a cycle copies the backup that it took, and drills that copy on the runner, the pool of its filestore with it", async () => {
  taken = await onLab(lab, cycle, {
    filestore: "incremental",
    remote: site.remotes.s3,
    "rclone-config": site.rcloneConfig,
    scenario: "datacenter-outage",
    "runner-image": runner.image,
  });
  expect(troublesOf(taken)).toEqual([]);
  expect(taken).toMatchObject({
    operation: "cycle",
    deployment: { project: lab.project },
    rehearsal: { source: "offsite", where: "runner", remote: site.remotes.s3 },
    rtoObjectiveSeconds: 8 * 3600,
  });
  expect(taken.checks.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["dump", "offsite-copy", "archive", "content", "filestore", "rto"]),
  );
  expect(await runner.leftovers()).toEqual([]);
});

test("a cycle whose copy fails says that nothing was drilled, and is red", async () => {
  const report = await onLab(lab, cycle, {
    remote: site.remotes.s3,
    "rclone-config": site.rcloneConfig.replace("lab-secret-key", "another-secret"),
    scenario: "datacenter-outage",
    "runner-image": runner.image,
  });
  expect(report.verdict).toBe("failed");
  expect(report.checks.find(({ name }) => name === "restore")).toEqual({
    name: "restore",
    status: "not-run",
    message: "Not tried: the backup was not copied off-site.",
  });
});

test("production comes back from the off-site copy, although the volume's backups are gone", async () => {
  await inBackup(lab, "rm -r /backups/daily /backups/filestore");
  const client = await lab.connect();
  await client.query("UPDATE spp_program SET name = 'damaged'");
  await client.end();
  const report = await onLab(lab, restore, {
    source: "offsite",
    remote: site.remotes.s3,
    confirm: `restore openspp on ${lab.ssh.host}`,
  });
  expect(troublesOf(report)).toEqual([]);
  expect(report.backup?.name).toBe(taken.backup.name);
  const restored = await lab.connect();
  const { rows } = await restored.query(
    "SELECT count(*)::int AS programmes FROM spp_program WHERE name <> 'damaged'",
  );
  await restored.end();
  expect(rows[0].programmes).toBe(5);
  expect(await inBackup(lab, "find /backups -name '*.part'")).toBe("");
});
