import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PastResult } from "../../src/report/past-result.ts";
import { REPORT_FORMATS, renderFormat } from "../../src/report/report-formats.ts";
import type { Report } from "../../src/report/report-schema.ts";
import { renderSummary } from "../../src/report/summary.ts";
import {
  type Artifact,
  type ArtifactServer,
  startArtifacts,
} from "../notify/github/artifact-server.ts";
import { FAILED, PASSED } from "./example.ts";
import { PAST } from "./past.ts";

let folder: string;
let server: ArtifactServer | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "publish-"));
});

afterEach(async () => {
  await server?.[Symbol.asyncDispose]();
  server = undefined;
  await rm(folder, { recursive: true });
});

/** What an action's process does with its report; warnings come on standard error. */
const SCRIPT = `
const [module, report, past, artifact] = process.argv.slice(1);
const { publish } = await import(module);
const log = { warning: (line) => console.error(line) };
await publish(JSON.parse(report), JSON.parse(past), { artifact: artifact === "true", artifactDays: 30, log });
`;

async function publish(
  module: string,
  report: Report,
  artifact: boolean,
  past: readonly PastResult[] = [],
): Promise<string> {
  const files = ["GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"].map((name) => [name, join(folder, name)]);
  for (const [, file] of files) await writeFile(file ?? "", "");
  const args = ["--input-type=module", "--eval", SCRIPT];
  const { stderr } = await execa(
    process.execPath,
    [...args, resolve(module), ...[report, past, artifact].map((one) => JSON.stringify(one))],
    {
      extendEnv: false,
      env: { RUNNER_TEMP: folder, ...Object.fromEntries(files), ...server?.env },
    },
  );
  return stderr;
}

const read = (name: string) => readFile(join(folder, name), "utf8");

describe.each(["src/report/publish.ts", "dist/chunks/publish.js"])("%s", (module) => {
  it("writes files, summary and outputs", async () => {
    await publish(module, FAILED, false);
    expect(JSON.parse(await read("openspp-drill-report/report.json"))).toEqual(FAILED);
    for (const face of ["html", "junit", "summary"] as const) {
      expect(await read(`openspp-drill-report/${REPORT_FORMATS[face]}`)).toBe(
        await renderFormat(face, FAILED),
      );
    }
    expect(await read("GITHUB_STEP_SUMMARY")).toBe(renderSummary(FAILED));
    expect((await read("GITHUB_OUTPUT")).replaceAll(/ghadelimiter_[\w-]+/g, "EOF")).toBe(
      [
        ["verdict", "failed"],
        ["report", join(folder, "openspp-drill-report/report.json")],
        ["html", join(folder, "openspp-drill-report/report.html")],
        ["junit", join(folder, "openspp-drill-report/junit.xml")],
        ["summary", join(folder, "openspp-drill-report/summary.md")],
        ["backup", "openspp_20260115_020000.dump"],
        ["rto-seconds", "90.2"],
        ["rpo-seconds", "18180.0"],
        ["tables", "2"],
        ["rows", "1000012"],
      ]
        .map(([name, value]) => `${name}<<EOF\n${value}\nEOF\n`)
        .join(""),
    );
  });

  it("shows the trend in the job summary, in its file and on the page", async () => {
    await publish(module, PASSED, false, PAST);
    for (const face of ["html", "summary"] as const) {
      const file = await read(`openspp-drill-report/${REPORT_FORMATS[face]}`);
      expect(file).toBe(await renderFormat(face, PASSED, PAST));
      expect(file).not.toBe(await renderFormat(face, PASSED));
    }
    const shown = await read("GITHUB_STEP_SUMMARY");
    expect(shown).toBe(renderSummary(PASSED, PAST));
    expect(shown).toContain("### Trend\n\n```mermaid\n");
  });

  it("keeps every face as an artifact where GitHub takes it, as long as the user says", async () => {
    server = await startArtifacts();
    expect(await publish(module, PASSED, true)).toBe("");
    expect([...server.artifacts.keys()]).toEqual(["openspp-drill-report"]);
    const { zip, expiresAt } = [...server.artifacts.values()][0] as Artifact;
    for (const name of ["report.json", "report.html", "junit.xml"]) {
      expect(zip.includes(name)).toBe(true);
    }
    expect(Math.round((Date.parse(expiresAt) - Date.now()) / 86_400_000)).toBe(30);
  });

  it("only warns when GitHub does not take it", async () => {
    server = await startArtifacts(403);
    expect(await publish(module, PASSED, true)).toMatch(
      /^The report could not be kept as the artifact openspp-drill-report: .*403.*$/,
    );
    expect(await read("GITHUB_OUTPUT")).toContain("passed");
  });

  it("sends nothing to anyone who did not ask for it", async () => {
    server = await startArtifacts();
    await publish(module, PASSED, false);
    expect(server.artifacts.size).toBe(0);
  });
});
