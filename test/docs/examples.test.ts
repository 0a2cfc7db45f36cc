import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readSettings } from "../../src/inputs/read-settings.ts";
import { inputsOf, type Verb } from "../../src/inputs/table.ts";
import { BLOCKS } from "./pages.ts";

interface Step {
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}

interface Job extends Step {
  readonly permissions: object;
  readonly secrets?: object;
  readonly steps?: readonly Step[];
}

/** One of this project's actions, named after its verb; the root action has no name. */
const OURS = /^OpenSPP\/openspp-backup-actions(?:\/actions\/(\w+))?@/;

const YAML = BLOCKS.filter(({ language }) => language === "yaml");
const WORKFLOWS = YAML.filter(({ text }) => /^jobs:$/m.test(text));
const STEPS = YAML.filter(({ text }) => /^- name: .*\n {2}uses: /.test(text));
const SQL_CHECKS = YAML.filter((block) => !WORKFLOWS.includes(block) && !STEPS.includes(block));

/** A workflow around the steps of an example, with what such a step may refer to. */
function around(steps: string): string {
  return `name: Example
on:
  workflow_dispatch:
    inputs:
      confirm:
        description: What is confirmed
permissions: {}
jobs:
  backup:
    name: Backup
    runs-on: ubuntu-24.04
    steps:
      - run: "true"
  example:
    name: Example
    needs: backup
    runs-on: ubuntu-24.04
    environment: openspp
    steps:
${steps.replaceAll(/^(?=.)/gm, "      ")}`;
}

const WHOLE = [
  ...WORKFLOWS.map(({ page, text }) => ({ page, text })),
  ...STEPS.map(({ page, text }) => ({ page, text: around(text) })),
];

function jobsOf(workflow: string): readonly Job[] {
  return Object.values<Job>(parse(workflow).jobs);
}

it("are there, of each kind", () => {
  expect([WORKFLOWS.length, STEPS.length, SQL_CHECKS.length]).toEqual([4, 7, 1]);
});

it.each(WHOLE)("$page, %#: actionlint finds nothing", async ({ text }) => {
  const { exitCode, code, all } = await execa("actionlint", ["-no-color", "-"], {
    input: text,
    reject: false,
    all: true,
  });
  expect({ exitCode, code, all }).toEqual({ exitCode: 0, code: undefined, all: "" });
});

it("zizmor finds nothing in them", async () => {
  const folder = await mkdtemp(join(tmpdir(), "openspp-backup-examples-"));
  try {
    const files = WHOLE.map((_, index) => join(folder, `${index}.yml`));
    await Promise.all(files.map((file, index) => writeFile(file, WHOLE[index]?.text ?? "")));
    const { all, code } = await execa("zizmor", ["--offline", "--color=never", ...files], {
      reject: false,
      all: true,
    });
    expect({ all, code }).toMatchObject({
      all: expect.stringContaining("No findings to report."),
      code: undefined,
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});

const CALLS = WORKFLOWS.flatMap(({ text }) => jobsOf(text)).filter(({ uses }) => uses);

it.each(CALLS)("a call of $uses has the permissions that its jobs ask for", async (job) => {
  const file = /\/(\.github\/workflows\/\w+\.yml)@/.exec(job.uses ?? "")?.[1] ?? "";
  const text = await readFile(file, "utf8");
  const asked = jobsOf(text).map(({ permissions }) => permissions);
  expect(job.permissions).toEqual(Object.assign({}, ...asked));
  const secrets = Object.keys(parse(text).on.workflow_call.secrets);
  expect(secrets).toEqual(expect.arrayContaining(Object.keys(job.secrets ?? {})));
});

describe("the inputs of each action that an example uses", () => {
  const used = WHOLE.flatMap(({ page, text }) =>
    jobsOf(text)
      .flatMap(({ steps = [] }) => steps)
      .flatMap(({ uses = "", with: given = {} }) => {
        const ours = OURS.exec(uses);
        return ours ? [{ page, action: (ours[1] ?? "cycle") as Verb | "report", given }] : [];
      }),
  );

  it.each(used)("$page: $action has them all", ({ action, given }) => {
    const verbs = action === "cycle" ? (["cycle", "backup", "drill", "sync"] as const) : [action];
    expect(inputsOf("action", verbs)).toEqual(expect.arrayContaining(Object.keys(given)));
  });

  const onDeployments = used.flatMap(({ action, ...rest }) =>
    action === "report" ? [] : [{ ...rest, action }],
  );

  it.each(onDeployments)("$page: $action needs no more", async ({ action, given }) => {
    await expect(readSettings(inputs(given), undefined, action)).resolves.toBeDefined();
  });

  it("are more than a few", () => expect(used.length).toBeGreaterThanOrEqual(10));
});

it.each(SQL_CHECKS)("$page: the drill reads these checks", async ({ text }) => {
  const given = {
    "ssh-host": "h",
    "ssh-user": "u",
    "ssh-key": "k",
    "ssh-known-hosts": "k",
    "project-directory": "/opt/openspp",
    "sql-checks": text,
  };
  const { drill } = await readSettings(inputs(given), undefined, "drill");
  expect(drill).toBeDefined();
});

/** What an action is given, as it reads it; what GitHub fills in matters only where something is read of it. */
function inputs(given: Readonly<Record<string, string>>) {
  const filled: Record<string, string> = {
    remote: "offsite:backups",
    "rclone-config": "[offsite]\ntype = s3",
    "project-directory": "/opt/openspp",
    confirm: "restore openspp on x",
  };
  return {
    read: (name: string) => (given[name]?.startsWith("${{") ? (filled[name] ?? "x") : given[name]),
    call: (name: string) => name,
    show: (name: string) => name,
  };
}
