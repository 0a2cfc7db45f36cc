import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { withInputsAndOutputs } from "../generate/action-file.ts";
import { generatedFiles } from "../generate/generated-files.ts";
import { withTables } from "../generate/page-tables.ts";

const FILES = generatedFiles();
const ACTIONS = ["action.yml", ...globSync("actions/*/action.yml")];
const actionOf = (file: string) => parse(readFileSync(file, "utf8"));

describe("npm run generate", () => {
  it.each([...FILES])("has nothing to change in %s", (path, text) => {
    expect(readFileSync(path, "utf8")).toBe(text);
  });

  it("writes the report's schema, every action and every page with tables", () => {
    const pages = globSync(["README.md", "docs/**/*.md", "actions/*/README.md"]).filter((page) =>
      readFileSync(page, "utf8").includes("<!-- inputs -->"),
    );
    expect(pages.length).toBeGreaterThan(0);
    expect(ACTIONS.length).toBe(7);
    const expected = ["schema/report.schema.json", ...ACTIONS, ...pages];
    expect([...FILES.keys()]).toEqual(expect.arrayContaining(expected));
  });
});

describe("an action's file", () => {
  const HAND = "name: x # a name\n\ninputs:\n  old:\n    description: y\n\noutputs:\n  z: {}\n";
  const RUNS = "\nruns:\n  using: node24 # as written\n";

  it("keeps what is written by hand", () => {
    const text = withInputsAndOutputs(HAND + RUNS, ["report"]);
    expect(text.startsWith("name: x # a name\n\ninputs:\n  operation:\n")).toBe(true);
    expect(text.endsWith(RUNS)).toBe(true);
    expect(parse(text).inputs.old).toBeUndefined();
  });

  it("without a place for them is refused", () => {
    expect(() => withInputsAndOutputs(RUNS, ["report"])).toThrow("an action.yml has no inputs");
  });

  it.each(ACTIONS)("%s runs on Node 24, and sweeps in the end what it left on a host", (file) => {
    const { runs } = actionOf(file);
    expect(runs.using).toBe("node24");
    expect(runs["post-if"]).toBe(file === "actions/report/action.yml" ? undefined : "always()");
  });

  it.each(ACTIONS)("%s requires a host unless it may do without", (file) => {
    const { inputs } = actionOf(file);
    const without = ["actions/drill/action.yml", "actions/report/action.yml"].includes(file);
    expect(inputs["ssh-host"]?.required).toBe(without ? undefined : true);
    expect(inputs["ssh-key"]?.required).toBeUndefined();
  });

  it.each(ACTIONS)("%s hands on a verdict, and of a copy what only a copy has", (file) => {
    const outputs = Object.keys(actionOf(file).outputs);
    expect(outputs[0]).toBe("verdict");
    const copies = ["action.yml", "actions/sync/action.yml"].includes(file);
    expect(outputs.includes("copied")).toBe(copies);
    expect(outputs.includes("tables")).toBe(file !== "actions/report/action.yml");
  });
});

describe("a page", () => {
  const PAGE = "Before\n<!-- inputs -->\nold\n<!-- /inputs -->\nAfter\n";

  it("has the inputs of all, with who uses them, or those of an action", () => {
    expect(withTables(PAGE)).toContain(
      "\n| `ssh-host` | Name or address of the deployment's host. | **required** | all |\n",
    );
    const drill = withTables(PAGE, ["drill"]);
    expect(drill).toContain("host. | **required**, except with `where: runner` |\n");
    expect(drill).toContain("| **required**, except with `where: fresh` or `where: runner` |\n");
    expect(drill).not.toContain("| `confirm` |");
    expect(drill).toMatch(
      /^Before\n<!-- inputs -->\n\n\| Input[\s\S]*\|\n\n<!-- \/inputs -->\nAfter\n$/,
    );
  });

  it("without marks is left alone; with half of them it is refused", () => {
    expect(withTables("Nothing\n")).toBe("Nothing\n");
    expect(() => withTables("<!-- outputs -->\n")).toThrow("a page has only one of");
  });
});
