import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLab } from "./lab.ts";

const DEMO = join(import.meta.dirname, "demo.ts");
const NAME = `demo-${process.pid}`;

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "demo-"));
});

afterAll(() => rm(folder, { recursive: true }));

function demo(...args: readonly string[]) {
  return execa(process.execPath, [DEMO, "--name", NAME, ...args], { cwd: folder, reject: false });
}

test("prints only the report with --json, leaves it and the summary, and takes the lab down", async () => {
  const { exitCode, stdout } = await demo("--json");
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ operation: "cycle", verdict: "passed", schemaVersion: 1 });
  expect(report.deployment.policy).toBe("strict");
  // The first backup is the week's and the month's, too.
  expect(report.sync).toMatchObject({ tool: "rsync", copied: 3, verified: "hash" });
  expect(report.rehearsal).toMatchObject({ source: "offsite", where: "host" });
  expect(report.partners).toBeGreaterThanOrEqual(20_000);
  expect(exitCode).toBe(0);

  const files = join(folder, "demo-out");
  expect((await readdir(files)).sort()).toEqual(["report.html", "report.json", "summary.md"]);
  expect(JSON.parse(await readFile(join(files, "report.json"), "utf8"))).toEqual(report);
  expect(await readFile(join(files, "summary.md"), "utf8")).toMatch(
    /^## ✅ A new backup was taken/,
  );
  expect(await openLab(NAME)).toBeUndefined();
});

test.each(["Bring up", "Restore …"])(
  "takes the lab down when it is cancelled at: %s",
  async (step) => {
    const running = demo("--policy", "flexible");
    let told = "";
    running.stderr.on("data", (chunk: Buffer) => {
      const before = told;
      told += chunk;
      // Once: the step is named again where it fails, and a process that is ending has no handler left.
      if (told.includes(step) && !before.includes(step)) running.kill("SIGINT");
    });
    const { exitCode, stdout, stderr } = await running;
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: "" });
    expect(stderr).toMatch(/error: The demo was cancelled\.$/);
    expect(await openLab(NAME)).toBeUndefined();
  },
);
