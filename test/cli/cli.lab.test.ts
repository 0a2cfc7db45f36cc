import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, it } from "vitest";
import { renderFormat } from "../../src/report/report-formats.ts";
import type { Report } from "../../src/report/report-schema.ts";
import { renderTerminal } from "../../src/report/terminal.ts";
import { type Lab, startLab } from "../lab/lab.ts";

/** The CLI as a person uses it, on a deployment under the flexible policy. */
let lab: Lab;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "cli-lab-"));
  lab = await startLab({
    name: `cli-${process.pid}`,
    policy: "flexible",
    seed: { registrants: 500 },
    fsyncOff: true,
  });
});

afterAll(async () => {
  await lab.down();
  await rm(folder, { recursive: true });
});

async function cli(...args: string[]) {
  const env = await lab.env();
  const { exitCode, stdout, stderr } = await execa(process.execPath, ["src/cli/main.ts", ...args], {
    reject: false,
    stripFinalNewline: false,
    env: { ...env, NO_COLOR: "1" },
  });
  return { code: exitCode, stdout, stderr };
}

it("says that there is no backup, and what to do", async () => {
  expect(await cli("list", "--quiet")).toEqual({
    code: 0,
    stdout: "There is no backup yet. Take one: openspp-backup backup\n",
    stderr: "",
  });
  const { code, stderr } = await cli("drill", "--quiet");
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: There is no backup of this database/);
});

it("takes a backup and drills it; the report is all that stands on standard output", async () => {
  const files = {
    report: join(folder, "report.json"),
    summary: join(folder, "summary.md"),
    html: join(folder, "report.html"),
    junit: join(folder, "junit.xml"),
  };
  const { code, stdout, stderr } = await cli(
    ...["cycle", "--json", "--compression", "zstd:1"],
    ...["--report", files.report, "--summary", files.summary],
    ...["--html", files.html, "--junit", files.junit, "--badges", join(folder, "badges")],
  );
  const report = JSON.parse(stdout) as Report;
  expect(report).toMatchObject({ schemaVersion: 1, operation: "cycle", verdict: "passed" });
  expect(code).toBe(0);
  expect(await readFile(files.report, "utf8")).toBe(stdout);
  for (const face of ["summary", "html", "junit"] as const) {
    expect(await readFile(files[face], "utf8")).toBe(await renderFormat(face, report));
  }
  const badge = await readFile(join(folder, "badges/last-backup.json"), "utf8");
  expect(JSON.parse(badge)).toMatchObject({ message: report.backup?.takenAt.slice(0, 10) });
  expect(stderr).toMatch(/^Discover the deployment …\n/);
  expect(stderr).toMatch(/^Restore: [\d.]+ m?s$/m);
});

it("lists it for a person and for a machine", async () => {
  const { stdout } = await cli("list", "--quiet", "--json");
  const {
    backups: [backup, ...others],
  } = JSON.parse(stdout);
  expect(others.map(({ kind }: { kind: string }) => kind)).toEqual(["weekly", "monthly"]);
  expect(backup).toMatchObject({ kind: "daily", manifest: true, latest: true });
  const table = await cli("list", "--quiet");
  expect(table.stdout).toMatch(
    new RegExp(`^BACKUP .*\\n${backup.name} \\(latest\\) +daily +.* +yes\\n`),
  );
});

it("drills it by name, and ends with 1 when an objective is missed", async () => {
  const {
    backups: [backup],
  } = JSON.parse((await cli("list", "--quiet", "--json")).stdout);
  const checks = join(folder, "checks.yml");
  await writeFile(checks, "- name: one\n  sql: SELECT 1\n  expect: 1\n");
  const report = join(folder, "red.json");
  const { code, stdout, stderr } = await cli(
    ...["drill", "--quiet", "--backup", backup.name, "--rpo", "1s"],
    ...["--sql-checks-file", checks, "--skip-checks", "rto", "--report", report],
  );
  const written = JSON.parse(await readFile(report, "utf8")) as Report;
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(stdout).toBe(renderTerminal(written, false));
  expect(stdout).toMatch(/^✘ The restore drill failed: rpo\n/);
  expect(stdout).toContain("\n✔ sql: one: ");
  expect(stdout).toContain("\n- rto: Switched off");
});

it.each<[string, string[], RegExp]>([
  [
    "no such backup",
    ["drill", "--backup", "openspp_19990101_000000"],
    /no backup "openspp_19990101_000000/,
  ],
  ["no such folder", ["list", "--project-directory", "/no/such"], /\/no\/such/],
  ["no such user", ["list", "--ssh-user", "nobody-here"], /nobody-here/],
  ["no such key", ["list", "--ssh-key-file", "/dev/null"], /ssh-key/],
  [
    "another host key",
    [
      "list",
      "--ssh-known-hosts",
      "elsewhere.example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE5FRVZFUk5FRVZFUk5FRVZFUk5FRVZFUk5FRVZF",
    ],
    /SHA256:/,
  ],
  [
    "production as the throwaway",
    ["drill", "--throwaway-database", "openspp"],
    /production database/,
  ],
])("%s ends with 2 and one clear error", async (_, args, message) => {
  const { code, stdout, stderr } = await cli(...args, "--quiet");
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^error: /);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n {4}at /);
});

it("sweeps, and says that there was nothing", async () => {
  expect(await cli("sweep", "--quiet")).toEqual({
    code: 0,
    stdout: "Nothing was left to clean up.\n",
    stderr: "",
  });
});
