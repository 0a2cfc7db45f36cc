import { readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { INPUT_NAMES, INPUTS, type Input, type InputName, inputsOf } from "../src/inputs/table.ts";

const EVERY_INPUT = "docs/inputs.md";
const ACTIONS = ["backup", "drill", "monitor", "report", "restore", "sync"] as const;

/** The pages that hold generated tables, each between `<!-- inputs -->` and `<!-- outputs -->` and their ends. */
export const GENERATED = [EVERY_INPUT, ...ACTIONS.map((action) => `actions/${action}/README.md`)];

interface Output {
  readonly description: string;
}

/** The page's text with the tables as the sources have them; throws where it lacks a marker. */
export function withTables(page: string, text: string): string {
  const tables = tablesOf(page);
  return Object.entries(tables).reduce(
    (all, [name, table]) => between(page, all, name, table),
    text,
  );
}

function tablesOf(page: string): { readonly inputs: string; readonly outputs: string } {
  const action = ACTIONS.find((name) => page === `actions/${name}/README.md`);
  if (action === undefined) return { inputs: everyInput(), outputs: outputsOf("action.yml") };
  return {
    inputs: table(
      ["Input", "Meaning", "Default"],
      inputsOf("action", [action]).map((name) => [...named(name), defaultOf(name, action)]),
    ),
    outputs: outputsOf(`actions/${action}/action.yml`),
  };
}

function everyInput(): string {
  const rows = INPUT_NAMES.map((name) => [...named(name), defaultOf(name), usersOf(name)]);
  return table(["Input", "Meaning", "Default", "Used by"], rows);
}

function named(name: InputName): readonly string[] {
  const { description, secret }: Input = INPUTS[name];
  return [`\`${name}\`${secret ? " 🔑" : ""}`, escaped(description)];
}

function defaultOf(name: InputName, action?: (typeof ACTIONS)[number]): string {
  const { default: preset, required }: Input = INPUTS[name];
  if (preset !== undefined) return `\`${preset}\``;
  if (required === undefined) return "";
  if (action !== "drill" || required === true) return "**required**";
  return `**required**, except with ${required === "host" ? "" : "`where: fresh` or "}\`where: runner\``;
}

function usersOf(name: InputName): string {
  const { verbs }: Input = INPUTS[name];
  if (verbs === INPUTS["ssh-host"].verbs) return "all";
  const users = verbs.filter((verb) => verb !== "cycle" && verb !== "sweep");
  return users.length > 0 ? users.join(", ") : "root action";
}

function outputsOf(action: string): string {
  const file = parse(readFileSync(action, "utf8")) as { outputs: Record<string, Output> };
  const rows = Object.entries(file.outputs).map(([name, { description }]) => [
    `\`${name}\``,
    escaped(description),
  ]);
  return table(["Output", "Meaning"], rows);
}

function between(page: string, text: string, name: string, table: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${page} lacks ${start} … ${end}`);
  return `${text.slice(0, from + start.length)}\n\n${table}\n\n${text.slice(to)}`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|");
}

if (import.meta.main)
  for (const page of GENERATED) writeFileSync(page, withTables(page, readFileSync(page, "utf8")));
