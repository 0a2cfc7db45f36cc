import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, it } from "vitest";
import { pastResultOf } from "../../src/report/past-result.ts";
import { renderFormat } from "../../src/report/report-formats.ts";
import { renderTerminal } from "../../src/report/terminal.ts";
import { FAILED, PASSED } from "../report/example.ts";
import { PAST } from "../report/past.ts";

let folder: string;
const inFolder = (name: string) => join(folder, name);
const OLDER = { ...FAILED, startedAt: "2025-10-01T03:00:00.000Z" };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "report-"));
  await writeFile(inFolder("newest.json"), JSON.stringify(PASSED));
  await writeFile(inFolder("older.json"), JSON.stringify(OLDER));
});

afterAll(() => rm(folder, { recursive: true }));

async function report(...args: readonly string[]) {
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    ["src/cli/main.ts", "report", ...args],
    { reject: false, stripFinalNewline: false },
  );
  return { code: exitCode, stdout, stderr };
}

it("shows the newest of several reports, and ends by its verdict", async () => {
  const files = [inFolder("newest.json"), inFolder("older.json")];
  expect(await report("--from", ...files)).toEqual({
    code: 0,
    stdout: renderTerminal(PASSED, false),
    stderr: "",
  });
  expect(await report("--json", "--from", inFolder("older.json"))).toEqual({
    code: 1,
    stdout: `${JSON.stringify(OLDER, null, 2)}\n`,
    stderr: "",
  });
});

it("writes every face of it, the others being its past", async () => {
  const names = { html: "a.html", junit: "a.xml", summary: "a.md", report: "a.json" } as const;
  const options = Object.entries(names).flatMap(([face, name]) => [`--${face}`, inFolder(name)]);
  const from = ["--from", inFolder("older.json"), inFolder("newest.json")];
  await report(...from, ...options, "--badges", inFolder("badges"));
  for (const face of ["html", "junit", "summary", "report"] as const) {
    expect(await readFile(inFolder(names[face]), "utf8")).toBe(
      await renderFormat(face, PASSED, [pastResultOf(OLDER)]),
    );
  }
  expect(await readFile(inFolder("a.md"), "utf8")).toContain("### Trend");
  expect((await readdir(inFolder("badges"))).sort()).toEqual(
    ["last-backup", "last-drill", "off-site"].flatMap((name) => [`${name}.json`, `${name}.svg`]),
  );
});

it.each<[string, string[], string]>([
  ["no file", [], "error: required option '--from <files...>' not specified"],
  [
    "a file that is not there",
    ["--from", "/none.json"],
    "error: /none.json cannot be read.\nWhy: ENOENT",
  ],
  [
    "a file that is no report",
    ["--from", "package.json"],
    "error: package.json is no report of this version.",
  ],
  [
    "a folder that is not there",
    ["--from", "NEWEST", "--html", "/none/a.html"],
    "error: --html /none/a.html cannot be written: /none is no folder that you may write to.\nWhy: ENOENT",
  ],
])("says what is wrong with %s", async (_, args, message) => {
  const given = args.map((arg) => arg.replace("NEWEST", inFolder("newest.json")));
  const { code, stdout, stderr } = await report(...given);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
});

it("leaves another deployment out of the trend", async () => {
  const other = { ...OLDER, deployment: { ...OLDER.deployment, host: "other" } };
  expect(await renderFormat("summary", PASSED, [pastResultOf(other)])).not.toContain("### Trend");
  expect(await renderFormat("summary", PASSED, PAST)).toContain("### Trend");
});
