import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { EVERY } from "../src/inputs/table/input.ts";
import { COMMANDS } from "../src/inputs/table.ts";
import { type ActionVerbs, withInputsAndOutputs } from "./action-file.ts";
import { FAULTS_PAGE, faultsPage } from "./faults-page.ts";
import { withTables } from "./page-tables.ts";
import { publishedSchema, SCHEMA } from "./published-schema.ts";

/** Every file that is written from the source, wholly or in parts, by its path, with the text that it has to have. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const files = new Map([[SCHEMA, `${JSON.stringify(publishedSchema(), null, 2)}\n`]]);
  for (const page of ["README.md", ...globSync("docs/**/*.md")]) {
    files.set(page, withTables(readFileSync(page, "utf8")));
  }
  files.set(FAULTS_PAGE, faultsPage());
  for (const file of ["action.yml", ...globSync("actions/*/action.yml")]) {
    const verbs = verbsOf(dirname(file));
    files.set(file, withInputsAndOutputs(readFileSync(file, "utf8"), verbs));
    const page = `${dirname(file)}/README.md`;
    if (file !== "action.yml" && existsSync(page)) {
      files.set(page, withTables(readFileSync(page, "utf8"), verbs));
    }
  }
  return files;
}

/** An action's folder is named by the verb that it does. */
function verbsOf(folder: string): ActionVerbs {
  if (folder === ".") return COMMANDS;
  const name = basename(folder);
  const verb = [...EVERY, "report" as const].find((one) => one === name);
  if (!verb) throw new Error(`${folder} is named by no verb`);
  return [verb];
}
