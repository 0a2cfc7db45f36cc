import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

/** The rules of ARCHITECTURE.md, read from the imports themselves. */

interface Import {
  readonly file: string;
  /** A path within the repository for a module of ours, the package or `node:` module otherwise. */
  readonly target: string;
  /** Gone once types are stripped. */
  readonly typeOnly: boolean;
  /** Loaded only where it is needed. */
  readonly lazy: boolean;
}

const STATEMENT =
  /^(?:import|export)\s+(?<type>type\s)?(?:(?<names>[^"';]*?)\sfrom\s+)?["'](?<from>[^"']+)["']|\bimport\(\s*["'](?<lazy>[^"']+)["']\s*\)/gm;

const FILES = globSync("src/**/*.ts").map((file) => file.replaceAll("\\", "/"));
const IMPORTS = FILES.flatMap(importsOf);

function importsOf(file: string): Import[] {
  return [...readFileSync(file, "utf8").matchAll(STATEMENT)].map(({ groups = {} }) => {
    const target = groups.from ?? groups.lazy ?? "";
    const names = /^\{(?<list>[^}]*)\}$/.exec(groups.names?.trim() ?? "")?.groups?.list;
    const onlyTypes = names
      ?.split(",")
      .filter((name) => name.trim() !== "")
      .every((name) => name.trim().startsWith("type "));
    return {
      file,
      target: target.startsWith(".") ? join(dirname(file), target) : packageOf(target),
      typeOnly: groups.type !== undefined || onlyTypes === true,
      lazy: groups.lazy !== undefined,
    };
  });
}

function packageOf(target: string): string {
  const parts = target.split("/");
  return target.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? "");
}

function importersOf(target: string | RegExp, { typesToo } = { typesToo: true }): string[] {
  const found = IMPORTS.filter(
    (one) =>
      (typesToo || !one.typeOnly) &&
      (typeof target === "string" ? one.target === target : target.test(one.target)),
  );
  return [...new Set(found.map(({ file }) => file))].sort();
}

/** Everything that loading a file loads too, at once or later, and by way of which file. */
function loadedBy(
  file: string,
  { lazyToo } = { lazyToo: true },
  seen = new Map<string, string>(),
): Map<string, string> {
  for (const one of IMPORTS) {
    if (one.file !== file || one.typeOnly || seen.has(one.target)) continue;
    if (one.lazy && !lazyToo) continue;
    seen.set(one.target, file);
    if (one.target.startsWith("src/")) loadedBy(one.target, { lazyToo }, seen);
  }
  return seen;
}

const within = (...folders: string[]) => new RegExp(`^(?:${folders.join("|")})`);
const outside = (files: string[], allowed: RegExp) => files.filter((file) => !allowed.test(file));

it("reads imports of every kind", () => {
  expect(FILES.length).toBeGreaterThan(50);
  expect(importersOf("src/report/summary.ts")).toContain("src/report/publish.ts");
  expect(importersOf("src/operations/cycle.ts")).toContain("src/operations/verbs.ts");
  const typed = IMPORTS.find(
    (one) => one.file === "src/inputs/read-values.ts" && one.target.endsWith("settings.ts"),
  );
  expect(typed?.typeOnly).toBe(true);
  const mixed = IMPORTS.find(
    (one) => one.file === "src/entry.ts" && one.target.endsWith("journal.ts"),
  );
  expect(mixed?.typeOnly).toBe(false);
});

/** The house from the roof to the ground: a folder, or a file of `src` itself, imports only what is below it. */
const FLOORS = [
  "cli",
  "actions",
  "entry.ts",
  "operations",
  "database",
  "deployment",
  "host",
  "commands",
  "checks",
  "ping.ts",
  "inputs",
  "notify",
  "report",
  "backups",
  "secret.ts",
  "words",
  "failure.ts",
  "retry.ts",
  "clock.ts",
];

/** Imports that run upwards, and why. */
const UPWARD = {
  "src/commands/postgres.ts -> src/deployment/deployment.ts":
    "the type Role: a command says as whom it connects",
};

/** Base names that repeat because two folders mirror each other: a verb's action and its operation, the entries of two faces. */
const MIRRORED = ["backup.ts", "drill.ts", "main.ts", "monitor.ts", "restore.ts", "sync.ts"];

describe("the house", () => {
  const roomOf = (path: string) => path.split("/")[1] ?? "";

  it("has a floor for each folder", () => {
    expect([...new Set(FILES.map(roomOf))].sort()).toEqual(FLOORS.toSorted());
  });

  it("imports downwards, but for what is named", () => {
    const upward = IMPORTS.filter(
      ({ file, target }) =>
        target.startsWith("src/") && FLOORS.indexOf(roomOf(file)) > FLOORS.indexOf(roomOf(target)),
    ).map(({ file, target }) => `${file} -> ${target}`);
    expect([...new Set(upward)].sort()).toEqual(Object.keys(UPWARD).sort());
    expect(Object.keys(UPWARD).length).toBeLessThanOrEqual(4);
  });

  it("has no files that import each other in a circle, not even for types", () => {
    const targetsOf = Map.groupBy(IMPORTS, ({ file }) => file);
    const done = new Set<string>();
    const circleFrom = (file: string, path: readonly string[]): readonly string[] | undefined => {
      if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
      if (done.has(file)) return undefined;
      for (const { target } of targetsOf.get(file) ?? []) {
        const found = circleFrom(target, [...path, file]);
        if (found) return found;
      }
      done.add(file);
      return undefined;
    };
    expect(FILES.flatMap((file) => circleFrom(file, []) ?? [])).toEqual([]);
  });

  it("repeats a file's base name only where folders mirror each other", () => {
    const named = Map.groupBy(FILES, (file) => file.slice(file.lastIndexOf("/") + 1));
    const repeated = [...named].filter(([, files]) => files.length > 1).map(([name]) => name);
    expect(repeated.sort()).toEqual(MIRRORED);
  });
});

it("gives each exported type a name of its own", () => {
  const declared = FILES.flatMap((file) =>
    [
      ...readFileSync(file, "utf8").matchAll(
        /^export (?:abstract )?(?:type|interface|class) (?<name>\w+)/gm,
      ),
    ].map(({ groups }) => ({ file, name: groups?.name ?? "" })),
  );
  const named = Map.groupBy(declared, ({ name }) => name);
  expect(named.get("Session")).toEqual([{ file: "src/database/session.ts", name: "Session" }]);
  expect([...named.values()].filter((places) => places.length > 1)).toEqual([]);
});

describe("actions | cli → operations → the rest", () => {
  it("imports no entry from anywhere else", () => {
    expect(outside(importersOf(/^src\/actions\//), within("src/actions/"))).toEqual([]);
    expect(outside(importersOf(/^src\/cli\//), within("src/cli/"))).toEqual([]);
  });

  it("imports operations only from entries", () => {
    const allowed = within("src/operations/", "src/actions/", "src/cli/", "src/entry.ts");
    expect(outside(importersOf(/^src\/operations\//), allowed)).toEqual([]);
  });

  it("makes hosts only in entries", () => {
    expect(outside(importersOf("src/host/ssh.ts"), within("src/entry.ts"))).toEqual([]);
  });
});

describe("effects each have one place", () => {
  it.each<[string, string | RegExp, RegExp]>([
    ["ssh2", "ssh2", within("src/host/ssh.ts", "src/host/ssh-setup.ts")],
    ["pg", "pg", within("src/database/")],
    ["@actions/*", /^@actions\//, within("src/actions/", "src/report/publish.ts")],
    [
      "child processes",
      /^(?:execa|node:child_process|child_process)$/,
      within("src/host/local.ts"),
    ],
    [
      "files",
      /^(?:node:)?fs$/,
      within(
        "src/actions/",
        "src/cli/",
        "src/notify/github/workflow-run.ts",
        "src/report/publish.ts",
      ),
    ],
    ["servers", /^(?:node:)?https?$/, within("src/host/file-server.ts")],
    ["@octokit/*", /^@octokit\//, within("src/notify/github/")],
    [
      "GitHub's API",
      /^src\/notify\/github\//,
      within(
        "src/notify/github/",
        "src/operations/",
        "src/actions/report.ts",
        "src/actions/load-past-results.ts",
      ),
    ],
    ["chats", "src/notify/post-webhook.ts", within("src/operations/")],
    ["commander", "commander", within("src/cli/")],
    ["questions", "@inquirer/prompts", within("src/cli/init/")],
  ])("%s", (_, target, allowed) => {
    const importers = importersOf(target, { typesToo: false });
    expect(importers).not.toEqual([]);
    expect(outside(importers, allowed)).toEqual([]);
  });

  it("speaks to the network by itself in few places", () => {
    const callers = FILES.filter((file) => /\bfetch\(/.test(readFileSync(file, "utf8")));
    expect(outside(callers, within("src/ping.ts", "src/notify/"))).toEqual([]);
    expect(callers).toContain("src/ping.ts");
  });

  it("keeps the time in the clock", () => {
    const readers = FILES.filter((file) =>
      /\bnew Date\(\)|\bDate\.now\(|\bperformance\.now\(|\bhrtime\b/.test(
        readFileSync(file, "utf8"),
      ),
    );
    // The other is a script of a page: its clock is the reader's.
    expect(readers).toEqual(["src/clock.ts", "src/report/html/ages.ts"]);
  });
});

it("starts an action without what a mistake of its user does not need", () => {
  const heavy = /^(?:ssh2|pg|@octokit\/.*|@actions\/artifact|@observablehq\/plot)$/;
  const [all, atOnce] = [true, false].map((lazyToo) =>
    [...loadedBy("src/actions/action.ts", { lazyToo }).keys()].filter((target) =>
      heavy.test(target),
    ),
  );
  expect(all).toEqual(expect.arrayContaining(["ssh2", "pg", "@octokit/core"]));
  expect(atOnce).toEqual([]);
});

describe("pure parts do no I/O", () => {
  const PURE = within(
    "src/commands/",
    "src/checks/",
    "src/backups/",
    "src/report/",
    "src/inputs/",
    "src/words/",
    "src/operations/filestore/commands/",
    "src/operations/filestore/filestore-verdict.ts",
    "src/operations/monitor/findings/",
    "src/operations/monitor/probe.ts",
    "src/operations/monitor/growth.ts",
    "src/operations/monitor/schedule.ts",
    "src/operations/restore/kept-databases.ts",
    "src/secret.ts",
  );
  const HARMLESS =
    /^(?:src\/|package\.json$|node:(?:util|crypto)$|yaml$|zod$|croner$|@observablehq\/plot$|@xmldom\/xmldom$)/;
  const files = FILES.filter((file) => PURE.test(file) && file !== "src/report/publish.ts");

  it.each(files)("%s", (file) => {
    const loaded = [...loadedBy(file)].filter(
      ([target]) =>
        !HARMLESS.test(target) ||
        within(
          "src/host/ssh",
          "src/host/local",
          "src/database/",
          "src/notify/",
          "src/operations/(?!filestore/(?:commands/|filestore-verdict|kept-record)|monitor/(?:findings/|probe|growth|schedule)|restore/kept-databases)",
        ).test(target),
    );
    expect(loaded).toEqual([]);
  });
});
