import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, startLab } from "../lab/lab.ts";
import { type ApiServer, startApi } from "../notify/github/api-server.ts";
import { type ActRepository, actRepository } from "./act.ts";

/** What a user's own workflow says, run by act on this machine: each action, main and post, and its outputs. */
let lab: Lab;
let api: ApiServer;
let repository: ActRepository;

beforeAll(async () => {
  lab = await startLab({
    name: `act-${process.pid}`,
    policy: "strict",
    seed: { registrants: 200 },
    fsyncOff: true,
  });
  api = await startApi();
  repository = await actRepository(["test/actions/backup-and-drill.yml"], lab, api);
});

afterAll(async () => {
  await repository[Symbol.asyncDispose]();
  await api[Symbol.asyncDispose]();
  await lab.down();
});

const runWorkflow = (rpo: string) =>
  repository.run("backup-and-drill.yml", "push", { vars: { RPO: rpo } });

it("backs up, drills and does both, each handing on its outputs, and shows no key", async () => {
  const { exitCode, log } = await runWorkflow("24h");
  expect(exitCode, log).toBe(0);
  expect(log).toContain("| same=true newer=true verdicts=passed,passed,passed\n");
  expect(log).toContain("## ✅ The backup can be restored");
  expect(log.match(/\| Nothing to clean up\./g)).toHaveLength(3);
  const key = (await lab.env()).OPENSPP_SSH_KEY ?? "";
  const lines = key.split("\n").filter((line) => line !== "" && !line.startsWith("-----"));
  expect(lines.length).toBeGreaterThan(3);
  for (const line of lines) expect(log).not.toContain(line);
});

it("fails the job when a drill is red, and still runs post", async () => {
  const { exitCode, log } = await runWorkflow("1s");
  expect(exitCode).toBe(1);
  expect(log).toContain("## ❌ The restore drill failed: rpo");
  expect(log).toContain("Failure - Main ministry/operations/actions/drill");
  expect(log.match(/\| Nothing to clean up\./g)).toHaveLength(2);
  expect(log).toContain("Job failed");
});
