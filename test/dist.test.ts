import { globSync, readFileSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NOWHERE, runEntry } from "./actions/entry-process.ts";

/** What a workflow runs: the committed dist/, alone. */
let away: string;

beforeAll(async () => {
  away = await mkdtemp(join(tmpdir(), "dist-"));
  await cp("dist", join(away, "dist"), { recursive: true });
  await cp("package.json", join(away, "package.json"));
});

afterAll(() => rm(away, { recursive: true }));

function contentsOf(folder: string): Record<string, string> {
  const files = globSync("**/*.{js,txt}", { cwd: folder }).sort();
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

it("is what the sources build, to the byte", async () => {
  const fresh = join(away, "fresh");
  await execa("rolldown", ["--config", "--dir", fresh], { preferLocal: true });
  const [built, committed] = [contentsOf(fresh), contentsOf("dist")];
  const stale = Object.keys({ ...built, ...committed }).filter(
    (file) => built[file] !== committed[file],
  );
  expect(stale, "dist/ is stale: run `npm run build` and commit it").toEqual([]);
});

it("hands on the text of each licence with the code", () => {
  const parts = readFileSync("dist/LICENCES.txt", "utf8").split(`\n\n${"-".repeat(80)}\n\n`);
  const [titles, texts] = [
    parts.map((part) => part.split("\n", 1)[0] ?? ""),
    parts.map((part) => part.split("\n").slice(2).join("\n")),
  ];
  expect(titles.length).toBeGreaterThan(150);
  expect(titles.filter((title) => !/^\S+ \d+\.\d+\.\d+\S*: \S/.test(title))).toEqual([]);
  expect(titles.filter((_, index) => (texts[index] ?? "").length < 300)).toEqual([]);
});

it("names nothing of the machine that built it", () => {
  const told = Object.entries(contentsOf("dist")).filter(([, text]) =>
    text.includes(process.cwd()),
  );
  expect(told.map(([file]) => file)).toEqual([]);
});

describe("away from node_modules, under Node 24", () => {
  it("is run by the Node that actions run on", () => {
    expect(process.versions.node).toMatch(/^24\./);
  });

  it.each(["main", "backup", "drill", "restore"])(
    "%s connects, with everything that it loads for that",
    async (name) => {
      const { stdout, stderr, code } = await runEntry(
        join(away, `dist/actions/${name}.js`),
        NOWHERE,
      );
      expect(stdout).toContain("::error::127.0.0.1:1 refused the connection");
      expect({ stderr, code }).toEqual({ stderr: "", code: 3 });
    },
  );

  it("drill asks the runner for its tools", async () => {
    const given = { scenario: "datacenter-outage", remote: "offsite:openspp-backups" };
    const entry = join(away, "dist/actions/drill.js");
    const { stdout, stderr, code } = await runEntry(entry, given, { env: { PATH: away } });
    expect(stdout).toContain("::error::The command `docker` is not on the PATH of the runner.");
    expect({ stderr, code }).toEqual({ stderr: "", code: 2 });
  });

  it("post warns", async () => {
    const entry = join(away, "dist/actions/post.js");
    const { stdout, code } = await runEntry(entry, NOWHERE, { state: { sweep: "needed" } });
    expect(stdout).toContain(
      "::warning title=Clean-up did not finish; the next run does it::127.0.0.1:1",
    );
    expect(code).toBe(0);
  });

  it("report says what it needs", async () => {
    const { stdout, code } = await runEntry(join(away, "dist/actions/report.js"), {});
    expect(stdout).toContain("::error title=The team was not told::Input `operation` is missing.");
    expect(code).toBe(2);
  });

  it("the CLI shows its help", async () => {
    const { stdout } = await execa(process.execPath, [
      join(away, "dist/cli/main.js"),
      "drill",
      "--help",
    ]);
    expect(stdout).toContain("Usage: openspp-backup drill");
  });

  it("every chunk can be loaded", async () => {
    const chunks = globSync("dist/chunks/*.js", { cwd: away });
    expect(chunks.length).toBeGreaterThan(5);
    const load = chunks
      .map((chunk) => `await import(${JSON.stringify(join(away, chunk))});`)
      .join("");
    const { stderr } = await execa(process.execPath, ["--input-type=module", "--eval", load], {
      cwd: away,
    });
    expect(stderr).toBe("");
  });
});
