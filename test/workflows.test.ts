import { globSync, readFileSync } from "node:fs";
import { execa } from "execa";
import { expect, it } from "vitest";

/** Given a tool and its arguments, return its exit code and output; a missing tool is a failure that says how to get it. */
async function check(tool: string, args: readonly string[]) {
  const { exitCode, code, all } = await execa(tool, args, { reject: false, all: true });
  if (code === "ENOENT") {
    throw new Error(`${tool} is missing: \`bash .ci/tools\` says why it was not installed.`);
  }
  return { exitCode, all };
}

it("actionlint finds nothing in the workflows", async () => {
  expect(await check("actionlint", ["-no-color"])).toEqual({ exitCode: 0, all: "" });
});

it("zizmor finds nothing in workflows and actions, at its most pedantic", async () => {
  const { exitCode, all } = await check("zizmor", [
    "--offline",
    "--persona=pedantic",
    "--color=never",
    ".",
  ]);
  expect(all).toContain("No findings to report.");
  expect(exitCode).toBe(0);
});

it("every action that a workflow uses is its own repository's, or pinned by its full SHA with the version beside it", () => {
  const uses = globSync(".github/workflows/*.yml")
    .flatMap((file) => readFileSync(file, "utf8").match(/^\s*(?:- )?uses: .*$/gm) ?? [])
    .map((line) => line.trim().replace(/^- /, ""));
  expect(uses.length).toBeGreaterThan(0);
  for (const line of uses)
    expect(line).toMatch(/^uses: (?:\$\/actions\/\w+|\S+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/);
});
