import { EVERY } from "../src/inputs/table/input.ts";
import { INPUT_NAMES, INPUTS, type InputName, inputsOf } from "../src/inputs/table.ts";
import { OUTPUTS } from "../src/report/outputs.ts";
import { type ActionVerbs, isRequired, outputsOf } from "./action-file.ts";

/**
 * A page's text with the tables between `<!-- inputs -->` and `<!-- /inputs -->`, and `<!-- outputs -->` and
 * `<!-- /outputs -->`, where it has these marks: those of an action, or of all of them.
 */
export function withTables(page: string, verbs?: ActionVerbs): string {
  const withInputs = between(page, "inputs", verbs ? actionInputs(verbs) : allInputs());
  return between(withInputs, "outputs", outputs(verbs));
}

function between(page: string, name: string, table: string): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(start), page.indexOf(end)];
  if (from < 0 && to < 0) return page;
  if (from < 0 || to < from) throw new Error(`a page has only one of ${start} and ${end}`);
  return `${page.slice(0, from + start.length)}\n\n${table}\n\n${page.slice(to)}`;
}

function allInputs(): string {
  const rows = INPUT_NAMES.map((name) => [...named(name), defaultOf(name), usersOf(name)]);
  return table(["Input", "Meaning", "Default", "Used by"], rows);
}

function actionInputs(verbs: ActionVerbs): string {
  const rows = inputsOf("action", verbs).map((name) => [...named(name), defaultOf(name, verbs)]);
  return table(["Input", "Meaning", "Default"], rows);
}

function named(name: InputName): readonly string[] {
  const { description, secret } = INPUTS[name];
  return [`\`${name}\`${secret ? " 🔑" : ""}`, escaped(description)];
}

function defaultOf(name: InputName, verbs?: ActionVerbs): string {
  const { default: preset, required } = INPUTS[name];
  if (preset !== undefined) return `\`${preset}\``;
  if (!required) return "";
  if (!verbs || isRequired(name, verbs)) return "**required**";
  return `**required**, except with ${required === "host" ? "" : "`where: fresh` or "}\`where: runner\``;
}

function usersOf(name: InputName): string {
  const { verbs } = INPUTS[name];
  if (verbs === EVERY) return "all";
  const users = verbs.filter((verb) => verb !== "cycle" && verb !== "sweep");
  return users.length > 0 ? users.join(", ") : "root action";
}

function outputs(verbs?: ActionVerbs): string {
  const rows = verbs ? outputsOf(verbs) : Object.entries(OUTPUTS);
  return table(
    ["Output", "Meaning"],
    rows.map(([name, { description }]) => [`\`${name}\``, escaped(description)]),
  );
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("|", "\\|");
}
