import { readFileSync, writeFileSync } from "node:fs";
import { parse } from "yaml";
import { INPUT_NAMES, INPUTS, type Input } from "../src/inputs/table.ts";

export const README = "README.md";

interface Output {
  readonly description: string;
}

/** Given the README's text, return it with the tables of inputs and outputs as the sources have them. */
export function withTables(readme: string): string {
  return [
    ["inputs", inputs()],
    ["outputs", outputs()],
  ].reduce((text, [name = "", table = ""]) => between(text, name, table), readme);
}

function between(text: string, name: string, table: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${README} lacks ${start} … ${end}`);
  return `${text.slice(0, from + start.length)}\n\n${table}\n\n${text.slice(to)}`;
}

function inputs(): string {
  const rows = INPUT_NAMES.map((name) => {
    const { description, default: preset, required, secret, verbs }: Input = INPUTS[name];
    const value = preset === undefined ? (required ? "**required**" : "") : `\`${preset}\``;
    return [`\`${name}\`${secret ? " 🔑" : ""}`, escaped(description), value, usersOf(verbs)];
  });
  return table(["Input", "Meaning", "Default", "Used by"], rows);
}

function usersOf(verbs: Input["verbs"]): string {
  if (verbs === INPUTS["ssh-host"].verbs) return "all";
  const named = verbs.filter((verb) => verb !== "cycle" && verb !== "sweep");
  return named.length > 0 ? named.join(", ") : "root action";
}

function outputs(): string {
  const file = parse(readFileSync("action.yml", "utf8")) as { outputs: Record<string, Output> };
  const rows = Object.entries(file.outputs).map(([name, { description }]) => [
    `\`${name}\``,
    escaped(description),
  ]);
  return table(["Output", "Meaning"], rows);
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|");
}

if (import.meta.main) writeFileSync(README, withTables(readFileSync(README, "utf8")));
