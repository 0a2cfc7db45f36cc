import { globSync, readFileSync } from "node:fs";
import { execa } from "execa";
import { expect, it } from "vitest";
import { parse } from "yaml";

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

it("every variable and secret that a workflow reads is in the setup page", () => {
  const texts = globSync(".github/workflows/*.yml").map((file) => readFileSync(file, "utf8"));
  const read = texts.flatMap((text) => text.match(/(?<=(?:vars|secrets)\.)OPENSPP_\w+/g) ?? []);
  const setup = readFileSync("docs/setup.md", "utf8");
  const named = new Set(setup.match(/(?<=`)OPENSPP_\w+(?=`)/g));
  expect(read.length).toBeGreaterThan(50);
  expect([...new Set(read)].filter((name) => !named.has(name))).toEqual([]);
});

it("no job that holds the key to the deployment may write, and no job that may write holds the key", () => {
  const jobs = globSync(".github/workflows/{backup,drill,restore,monitor}.yml").flatMap((file) =>
    Object.values<{ permissions: object }>(parse(readFileSync(file, "utf8")).jobs),
  );
  expect(jobs).toHaveLength(9);
  for (const job of jobs) {
    const holdsKey = JSON.stringify(job).includes("secrets.OPENSPP_SSH_KEY");
    expect(Object.values(job.permissions).includes("write")).toBe(!holdsKey);
    if (holdsKey) expect(job.permissions).toEqual({ contents: "read" });
  }
});

it("every job on the deployment tells the dead man's switch of its workflow, which a caller can hand over", () => {
  for (const name of ["backup", "drill", "restore", "monitor"]) {
    const { on, jobs } = parse(readFileSync(`.github/workflows/${name}.yml`, "utf8"));
    const secret = `OPENSPP_${name.toUpperCase()}_PING_URL`;
    const steps = Object.values<{ steps: { uses?: string; with: Record<string, string> }[] }>(jobs)
      .flatMap((job) => job.steps)
      .filter(({ uses }) => uses !== undefined && uses !== "$/actions/report");
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps) expect(step.with["ping-url"]).toBe(`\${{ secrets.${secret} }}`);
    expect(Object.keys(on.workflow_call.secrets)).toContain(secret);
  }
});

it("a caller can hand over every secret that a workflow reads", () => {
  for (const file of globSync(".github/workflows/{backup,drill,restore,monitor}.yml")) {
    const text = readFileSync(file, "utf8");
    const read = new Set(text.match(/(?<=secrets\.)OPENSPP_\w+/g));
    expect(Object.keys(parse(text).on.workflow_call.secrets).sort()).toEqual([...read].sort());
  }
});

it("everything that changes the deployment waits for everything else that does, however many wait", () => {
  const texts = ["backup", "drill", "restore"].map((name) =>
    readFileSync(`.github/workflows/${name}.yml`, "utf8"),
  );
  const jobs = texts.flatMap((text) => Object.values<object>(parse(text).jobs));
  const onDeployment = jobs.filter((job) => JSON.stringify(job).includes("OPENSPP_SSH_KEY"));
  expect(onDeployment).toHaveLength(4);
  for (const job of onDeployment) {
    expect(job).toMatchObject({
      concurrency: {
        group: expect.stringMatching(/^openspp-\$\{\{ vars\.OPENSPP_SSH_HOST \}\}$/),
        "cancel-in-progress": false,
        queue: "max",
      },
    });
  }
});

it("a runner's rclone is the one that the lab tries", () => {
  const lab = readFileSync("test/lab/rclone.ts", "utf8");
  const [version] = /(?<=")v\d+\.\d+\.\d+(?=")/.exec(lab) ?? [];
  const files = [...globSync(".github/workflows/*.yml"), ...globSync("{docs,actions}/**/*.md")];
  const named = files.flatMap(
    (file) => readFileSync(file, "utf8").match(/(?<=rclone\/rclone@)\S+/g) ?? [],
  );
  expect(named).toEqual([version, version, version]);
});
