import { existsSync, globSync, readFileSync } from "node:fs";
import type { Command } from "commander";
import { expect, it } from "vitest";
import packageFile from "../../package.json" with { type: "json" };
import { buildProgram } from "../../src/cli/program.ts";
import { CHECK_NAMES } from "../../src/report/check.ts";
import { BLOCKS, PAGES, rowsUnder } from "./pages.ts";

const SOURCE = globSync("src/**/*.ts")
  .map((file) => readFileSync(file, "utf8").replaceAll("\\`", "`"))
  .join("\n");

const PROGRAM = buildProgram({
  perform: async () => {},
  showReport: async () => {},
  init: async () => {},
});

it("explains every check once", () => {
  const named = rowsUnder("Check").flatMap(([cell = ""]) => cell.split(", "));
  expect(named.toSorted()).toEqual([...CHECK_NAMES, "sql: …"].toSorted());
});

it("has the exit codes that the CLI's help has", () => {
  let help = "";
  PROGRAM.configureOutput({ writeOut: (part) => (help += part) }).outputHelp();
  const codes = [...help.matchAll(/^ {2}(\d+) +(.*)$/gm)].map(([, code, meaning]) => [
    code,
    meaning,
  ]);
  expect(codes.length).toBe(6);
  expect(rowsUnder("Exit code")).toEqual(codes);
});

it("quotes errors that there are", () => {
  const quoted = rowsUnder("The error says").map(([words = ""]) => words);
  expect(quoted.length).toBeGreaterThan(10);
  for (const words of quoted) expect(SOURCE).toContain(words);
});

it.each(PAGES)("%s names files that there are", (page) => {
  const spans =
    readFileSync(page, "utf8").match(
      /(?<=`)[\w./-]+\/(?:[\w.-]+\.(?:ts|yml|md)|)(?=`)|(?<=`)(?:src|test)\/[\w./-]+(?=`)/g,
    ) ?? [];
  const named = spans.filter(
    (path) =>
      !/^(?:demo-out|dist\/LICENCES|\.github\/workflows\/(?:backup|drill))/.test(path) &&
      !/^(?:daily|weekly|monthly|\.trash|\.openspp-backup|demo-out)\//.test(path),
  );
  const missing = named.filter((path) => !existsSync(path) && !existsSync(`src/${path}`));
  expect(missing).toEqual([]);
});

it("runs scripts of npm that there are", () => {
  const text = PAGES.map((page) => readFileSync(page, "utf8")).join("\n");
  const scripts = [...text.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name]) => name);
  expect(scripts.length).toBeGreaterThan(10);
  expect(Object.keys(packageFile.scripts)).toEqual(expect.arrayContaining([...new Set(scripts)]));
});

/** The lines of the pages that call the CLI, as words. */
const CALLS = BLOCKS.filter(({ language }) => language === "bash").flatMap(({ page, text }) =>
  [...text.matchAll(/^(?:openspp-backup|node \S*main\.(?:js|ts)) (.*)$/gm)].map(
    ([, words = ""]) => ({ page, words: words.replace(/ #.*$/, "") }),
  ),
);

it.each(CALLS)("$page: `openspp-backup $words` is a call that the CLI understands", ({ words }) => {
  const [verb = "", ...rest] = words.split(" ");
  const command = PROGRAM.commands.find((one) => one.name() === verb);
  expect(command, verb).toBeDefined();
  const options = rest.filter((word) => word.startsWith("--"));
  expect(longOptionsOf(command)).toEqual(expect.arrayContaining(options));
});

function longOptionsOf(command: Command | undefined): readonly (string | undefined)[] {
  return command?.options.map(({ long }) => long ?? undefined) ?? [];
}
