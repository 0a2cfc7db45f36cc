import { existsSync, globSync, readFileSync } from "node:fs";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { buildProgram } from "../src/cli/program.ts";
import { readSettings } from "../src/inputs/read-settings.ts";
import { inputsOf } from "../src/inputs/table.ts";
import { CHECK_NAMES } from "../src/report/check.ts";
import { README, withTables } from "./readme.ts";

const text = readFileSync(README, "utf8");
const source = globSync("src/**/*.ts")
  .map((file) => readFileSync(file, "utf8").replaceAll("\\`", "`"))
  .join("\n");

/** The first cells of the table under a heading. */
function cellsUnder(heading: string, column = 0): string[] {
  const section = text.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const rows = section.match(/^\| .* \|$/gm) ?? [];
  return rows.slice(2).map((row) => row.split(" | ")[column]?.replace(/^\| /, "") ?? "");
}

it("has the tables of inputs and outputs that the sources have: npm run readme writes them", () => {
  expect(withTables(text)).toBe(text);
});

it("explains every check", () => {
  const cells = ["What a drill proves", "The monitor"].flatMap((heading) => cellsUnder(heading));
  const named = cells.flatMap(
    (cell) => cell.match(/(?<=`)[^`]+(?=`)/g)?.filter((name) => name !== ", ") ?? [],
  );
  expect(named.sort()).toEqual([...CHECK_NAMES, "sql: …"].sort());
});

it("has the exit codes that the CLI's help has", () => {
  let help = "";
  const program = buildProgram({
    perform: async () => {},
    showReport: async () => {},
    init: async () => {},
  });
  program.configureOutput({ writeOut: (part) => (help += part) }).outputHelp();
  const codes = [...help.matchAll(/^ {2}(\d+) +(.*)$/gm)].map(([, code, meaning]) => [
    code,
    meaning,
  ]);
  const rows =
    text.split("| Exit code | Meaning |")[1]?.split("\n\n")[0]?.split("\n").slice(2) ?? [];
  expect(codes.length).toBe(6);
  expect(rows).toEqual(codes.map(([code, meaning]) => `| ${code} | ${meaning} |`));
});

it("quotes errors that there are", () => {
  const quoted = cellsUnder("When something is wrong").map((cell) => cell.replaceAll("`", ""));
  expect(quoted.length).toBeGreaterThan(10);
  for (const words of quoted) expect(source).toContain(words);
});

it.each([README, "ARCHITECTURE.md", "CONTRIBUTING.md"])(
  "%s names files that there are",
  (document) => {
    const spans =
      readFileSync(document, "utf8").match(/(?<=`)[\w./-]+\/[\w.-]+\.(?:ts|yml|md)(?=`)/g) ?? [];
    const named = spans.filter(
      (path) => !/^(?:demo-out|\.github\/workflows\/(?:backup|drill))/.test(path),
    );
    const missing = named.filter((path) => !existsSync(path) && !existsSync(`src/${path}`));
    expect(missing).toEqual([]);
  },
);

describe("the example workflows", () => {
  const examples = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = ""]) => yaml);

  const ofActions = examples.filter((yaml) => yaml.includes("/actions/drill@"));
  const [ofWorkflow = ""] = examples.filter((yaml) => !ofActions.includes(yaml));

  it("are three", () => expect([examples.length, ofActions.length]).toEqual([3, 2]));

  it.each(examples)("%#: actionlint finds nothing", async (yaml) => {
    const { exitCode, code, all } = await execa("actionlint", ["-no-color", "-"], {
      input: yaml,
      reject: false,
      all: true,
    });
    expect({ exitCode, code, all }).toEqual({ exitCode: 0, code: undefined, all: "" });
  });

  it("call the drill with the permissions that its jobs ask for", () => {
    const [job] = Object.values<{ uses: string; permissions: object; secrets: object }>(
      parse(ofWorkflow).jobs,
    );
    const file = /\/(\.github\/workflows\/\w+\.yml)@/.exec(job?.uses ?? "")?.[1] ?? "";
    const called = parse(readFileSync(file, "utf8"));
    const asked = Object.values<{ permissions: object }>(called.jobs).map((one) => one.permissions);
    expect(job?.permissions).toEqual(Object.assign({}, ...asked));
    const secrets = Object.keys(called.on.workflow_call.secrets);
    expect(secrets).toEqual(expect.arrayContaining(Object.keys(job?.secrets ?? {})));
  });

  it.each(ofActions)(
    "%#: give the drill the inputs that it has, and all that it needs",
    async (yaml) => {
      const [job] = Object.values<{ steps: { uses?: string; with?: Record<string, string> }[] }>(
        parse(yaml).jobs,
      );
      const given = job?.steps.find(({ uses }) => uses !== undefined)?.with ?? {};
      expect(inputsOf("action", ["drill"])).toEqual(expect.arrayContaining(Object.keys(given)));
      // What GitHub fills in is of no matter here, but for what is read of it.
      const filled: Record<string, string> = {
        ...{ remote: "offsite:backups", "rclone-config": "[offsite]\ntype = s3" },
        "project-directory": "/opt/openspp",
      };
      const inputs = {
        read: (name: string) =>
          given[name]?.startsWith("${{") ? (filled[name] ?? "x") : given[name],
        call: (name: string) => name,
        show: (name: string) => name,
      };
      await expect(readSettings(inputs, undefined, "drill")).resolves.toBeDefined();
    },
  );
});
