import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { callingWorkflow, WORKFLOWS } from "../../../src/cli/init/workflows.ts";

const PIN = { commit: "0123456789abcdef0123456789abcdef01234567", version: "0.1.0" };

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "calling-"));
  await mkdir(join(folder, ".github/workflows"), { recursive: true });
  await execa("git", ["init", "--quiet"], { cwd: folder });
  for (const file of WORKFLOWS) {
    const text = await readFile(`.github/workflows/${file}`, "utf8");
    const path = join(folder, ".github/workflows", file);
    await writeFile(path, callingWorkflow(text, file, PIN));
  }
});

afterAll(() => rm(folder, { recursive: true }));

describe.each(WORKFLOWS)("what calls %s", (file) => {
  const read = async (path: string) => parse(await readFile(path, "utf8"));

  it("starts by the same events, with the same inputs, and cannot be called itself", async () => {
    const called = await read(`.github/workflows/${file}`);
    const calling = await read(join(folder, ".github/workflows", file));
    const { workflow_call, ...events } = called.on;
    expect(calling.on).toEqual(events);
    expect(calling.permissions).toEqual({});
    const [job] = Object.values<Record<string, object>>(calling.jobs);
    expect(job?.uses).toBe(
      `OpenSPP/openspp-backup-actions/.github/workflows/${file}@${PIN.commit}`,
    );
    expect(Object.keys(job?.with ?? {})).toEqual(Object.keys(workflow_call.inputs ?? {}));
    expect(Object.keys(job?.secrets ?? {})).toEqual(Object.keys(workflow_call.secrets));
  });

  it("gives what it calls every permission that its jobs ask for, and no other", async () => {
    const called = await read(`.github/workflows/${file}`);
    const calling = await read(join(folder, ".github/workflows", file));
    const asked = Object.values<{ permissions: object }>(called.jobs).map((job) => job.permissions);
    const [job] = Object.values<{ permissions: object }>(calling.jobs);
    expect(job?.permissions).toEqual(Object.assign({}, ...asked));
  });
});

it("actionlint and zizmor find nothing in them", async () => {
  const options = { cwd: folder, reject: false, all: true } as const;
  expect((await execa("actionlint", ["-no-color"], options)).all).toBe("");
  const zizmor = ["--offline", "--persona=pedantic", "--color=never", "."];
  expect((await execa("zizmor", zizmor, options)).all).toContain("No findings to report.");
});
