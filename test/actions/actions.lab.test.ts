import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readHistory, withOutcome } from "../../src/report/history.ts";
import { pastResultOf } from "../../src/report/past-result.ts";
import type { BackupReport, Report } from "../../src/report/report-schema.ts";
import { renderSummary } from "../../src/report/summary.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { commitAs, startApi } from "../notify/github/api-server.ts";
import { runOn } from "../notify/github/connected.ts";
import { type EntryOptions, runEntry } from "./entry-process.ts";

/** The actions as a workflow runs them, on a deployment under the strict policy. */
let lab: Lab;

beforeAll(async () => {
  lab = await startLab({
    name: `actions-${process.pid}`,
    policy: "strict",
    seed: { registrants: 1000 },
    fsyncOff: true,
  });
});

afterAll(() => lab.down());

async function run(name: string, inputs: Record<string, string> = {}, options: EntryOptions = {}) {
  const given = Object.entries(await lab.env())
    .filter(([variable]) => variable.startsWith("OPENSPP_"))
    .map(([variable, value]) => [variable.slice(8).toLowerCase().replaceAll("_", "-"), value]);
  return runEntry(`src/actions/${name}.ts`, { ...Object.fromEntries(given), ...inputs }, options);
}

async function throwaways(): Promise<number> {
  const client = await lab.connect(lab.database.admin);
  try {
    const { rows } = await client.query("SELECT FROM pg_database WHERE datname = 'openspp_test'");
    return rows.length;
  } finally {
    await client.end();
  }
}

/** What a workflow reads from GITHUB_OUTPUT and GITHUB_STATE; of several values of one name the last counts. */
function valuesOf(text: string): Record<string, string> {
  const values = [...text.matchAll(/^(.+)<<EOF\n([\s\S]*?)\nEOF$/gm)];
  return Object.fromEntries(values.map(([, name, value]) => [name, value]));
}

it("takes a backup, drills it and publishes what it proved", async () => {
  const { code, stdout, output, state, summary, files } = await run("main");
  const report = JSON.parse(files["openspp-cycle-report/report.json"] ?? "") as BackupReport;
  expect({ code, verdict: report.verdict, operation: report.operation }).toEqual({
    code: 0,
    verdict: "passed",
    operation: "cycle",
  });
  expect(summary).toBe(renderSummary(report));
  expect(files["openspp-cycle-report/summary.md"]).toBe(summary);
  expect(valuesOf(output)).toEqual({
    verdict: "passed",
    report: expect.stringMatching(/\/openspp-cycle-report\/report\.json$/),
    html: expect.stringMatching(/\/openspp-cycle-report\/report\.html$/),
    junit: expect.stringMatching(/\/openspp-cycle-report\/junit\.xml$/),
    summary: expect.stringMatching(/\/openspp-cycle-report\/summary\.md$/),
    backup: report.backup.name,
    "rto-seconds": report.rtoSeconds?.toFixed(1),
    "rpo-seconds": report.rpoSeconds?.toFixed(1),
    tables: String(report.tables.length),
    rows: String(report.rows),
  });
  expect(valuesOf(state)).toEqual({ operation: "cycle", sweep: "done" });
  expect(stdout).toContain("::group::Restore\n");
  expect(stdout.match(/^::group::/gm)?.length).toBe(stdout.match(/^::endgroup::/gm)?.length);
  expect(stdout).not.toContain("::error");
});

it("shows in its summary and on its page how its numbers changed, by a history that it only reads", async () => {
  await using api = await startApi();
  const first = await run("drill");
  const before = JSON.parse(first.files["openspp-drill-report/report.json"] ?? "") as Report;
  const history = withOutcome(readHistory(undefined), before, runOn(api));
  commitAs(api.repository, "drill-reports", { "index.json": JSON.stringify(history) });
  const token = { "github-token": "ghs_0123456789" };
  const env = { GITHUB_API_URL: api.url, GITHUB_REPOSITORY: "ministry/operations" };
  const { summary, files } = await run("drill", token, { env });
  const report = JSON.parse(files["openspp-drill-report/report.json"] ?? "") as Report;
  expect(summary).toBe(renderSummary(report, [pastResultOf(before)]));
  expect(summary).toContain('title "Time to restore');
  expect(files["openspp-drill-report/summary.md"]).toBe(summary);
  expect(files["openspp-drill-report/report.html"]).toContain("Time to restore (RTO) in 2 runs: ");
  expect(first.files["openspp-drill-report/report.html"]).not.toContain(" in 2 runs: ");
  expect(api.requests).toEqual(["GET /git/ref/heads/drill-reports", "GET /contents/index.json"]);
});

it("fails red with what to do when a check does not hold, and publishes that too", async () => {
  const { code, stdout, output, summary, files } = await run("drill", {
    "sql-checks": '[{"name": "two", "sql": "SELECT 1", "expect": "2"}]',
  });
  expect(code).toBe(1);
  expect(stdout.split("\n").at(-1)).toMatch(
    /^::error title=The restore drill failed%3A sql%3A two::.*%0Asql: two: .*%0A {2}Next: /,
  );
  expect(valuesOf(output)).toMatchObject({ verdict: "failed" });
  expect(summary).toMatch(/^## ❌ The restore drill failed: sql: two\n/);
  expect(Object.keys(files).sort()).toEqual([
    "openspp-drill-report/RECOVERY.md",
    "openspp-drill-report/junit.xml",
    "openspp-drill-report/report.html",
    "openspp-drill-report/report.json",
    "openspp-drill-report/summary.md",
  ]);
  expect(await throwaways()).toBe(0);
});

it.each(["SIGINT", "SIGTERM"] as const)(
  "cleans up by itself when cancelled by %s",
  async (signal) => {
    const { code, stdout, output } = await run(
      "drill",
      {},
      { interrupt: { after: "::group::Restore", signal } },
    );
    expect(stdout.split("\n").at(-1)).toMatch(/^::error::The run was cancelled\./);
    expect(code).toBe(130);
    expect(valuesOf(output)).toEqual({ verdict: "not-run" });
    expect(await throwaways()).toBe(0);
  },
);

it("cleans up in post when it was killed", async () => {
  const interrupt = { after: "::group::Restore", signal: "SIGKILL" } as const;
  const { state } = await run("drill", {}, { interrupt });
  expect(valuesOf(state)).toEqual({ operation: "drill", sweep: "needed" });
  expect(await throwaways()).toBe(1);
  const { code, stdout } = await run("post", {}, { state: valuesOf(state) });
  expect(code).toBe(0);
  expect(stdout).toContain("Dropped the throwaway database openspp_test.");
  expect(stdout).not.toContain("::warning");
  expect(await throwaways()).toBe(0);
});

it("shows no secret of the deployment", async () => {
  const { stdout, stderr, summary, files } = await run("drill", {}, { debug: true });
  const shown = [
    stdout.replaceAll(/^::add-mask::.*$/gm, ""),
    ...[stderr, summary, ...Object.values(files)],
  ].join("\n");
  const settings = await readFile(join(lab.directory, ".env.production"), "utf8");
  const passwords = [...settings.matchAll(/^\w*PASS\w*="(.+)"$/gm)].map(([, quoted = ""]) =>
    quoted.replaceAll(/\\(?=["$\\])/g, ""),
  );
  expect(passwords.length).toBeGreaterThan(1);
  expect(stdout).toContain(`::add-mask::${lab.database.password.replaceAll("%", "%25")}\n`);
  for (const password of passwords) expect(shown).not.toContain(password);
  expect(shown).not.toContain("PRIVATE KEY");
});
