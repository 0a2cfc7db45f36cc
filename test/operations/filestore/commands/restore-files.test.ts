import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CommandFailed } from "../../../../src/host/command-failed.ts";
import {
  checkFolder,
  exchangeFolders,
  removeFilestores,
  STAGE_EXIT,
  stageArchive,
  stageFromPool,
} from "../../../../src/operations/filestore/commands/restore-files.ts";
import { pathOf, Store, sha1, TOOLS } from "./store.ts";

const CONTENTS = ["", "one", "two"];
const STAGED = ".my db_restore_20260115_020000";
const BEFORE = ".my db_before_20260115_020000";

let store: Store;

const archive = () => join(store.root, "a.tar.gz");
const pack = () => execa("tar", ["-czf", archive(), "-C", store.filestores, store.database]);
const where = (bytes = 6) => ({
  ...{ filestores: store.filestores, database: store.database, staged: STAGED, bytes },
});
const stage = (bytes?: number) => store.run(stageArchive(where(bytes), archive(), "gzip"));
const staged = (...path: string[]) => join(store.filestores, STAGED, ...path);
const exitOf = async (work: Promise<unknown>) => {
  const failure = await work.catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(CommandFailed);
  return (failure as CommandFailed).exit;
};

describe.each(TOOLS)("with the tools of $image", (tools) => {
  beforeEach(() => {
    store = new Store(tools);
    store.stock(CONTENTS);
  });
  afterEach(() => store.remove());

  describe("staging", () => {
    test("puts an archive's files beside the live ones, with their modes", async () => {
      await pack();
      chmodSync(store.filestore, 0o750);
      for (const content of CONTENTS) chmodSync(join(store.filestore, pathOf(content)), 0o640);
      await stage();
      for (const content of CONTENTS) {
        expect(readFileSync(staged(pathOf(content)), "utf8")).toBe(content);
        expect(statSync(staged(pathOf(content))).mode & 0o777).toBe(0o640);
      }
      expect(statSync(staged()).mode & 0o777).toBe(0o750);
      expect(readdirSync(store.filestores).sort()).toEqual([STAGED, store.database].sort());
    });

    test("puts a list's files there from the pool, and none that is no file of Odoo's", async () => {
      const pool = join(store.root, "pool");
      const list = join(store.root, "list");
      await execa("cp", ["-r", store.filestore, pool]);
      const lines = ["one", "two"].map((content) => `${sha1(content)}  ${pathOf(content)}\n`);
      writeFileSync(list, `${lines.join("")}${sha1("x")}  ../../etc/passwd\n`);
      await store.run(stageFromPool(where(), list, pool));
      const files = await execa("find", [".", "-type", "f"], { cwd: staged() });
      expect(files.stdout.split("\n").sort()).toEqual(
        ["one", "two"].map((content) => `./${pathOf(content)}`).sort(),
      );
    });

    test("makes the folder of all filestores on a server that has none yet", async () => {
      await pack();
      rmSync(store.filestores, { recursive: true });
      await stage();
      expect(readFileSync(staged(pathOf("one")), "utf8")).toBe("one");
      expect(statSync(store.filestores).uid).toBe(statSync(store.root).uid);
    });

    test("begins anew where a run died, and leaves the live one alone", async () => {
      await pack();
      mkdirSync(staged("half"), { recursive: true });
      await stage();
      expect(existsSync(staged("half"))).toBe(false);
      expect(existsSync(join(store.filestore, pathOf("one")))).toBe(true);
    });

    test("is refused where there is no room", async () => {
      await pack();
      expect(await exitOf(stage(2 ** 60))).toBe(STAGE_EXIT.noRoom);
      expect(existsSync(staged())).toBe(false);
    });

    test("fails for an archive that is cut short", async () => {
      await pack();
      truncateSync(archive(), statSync(archive()).size - 30);
      await expect(stage()).rejects.toBeInstanceOf(CommandFailed);
      expect(existsSync(staged())).toBe(false);
    });

    test("is refused an archive that holds a link", async () => {
      symlinkSync("/etc/passwd", join(store.filestore, "link"));
      await pack();
      expect(await exitOf(stage())).toBe(STAGE_EXIT.notPlain);
    });
  });

  describe("what a person sees of a folder", () => {
    const look = () => store.run(checkFolder(store.filestores, store.database));

    test("is how many files there are, and that each is what its name says", async () => {
      store.write(join(store.filestore, "checklist", "ab", "cd"), "Odoo's own");
      expect((await look()).stdout.trim()).toBe("3 files, each as its name says");
    });

    test("or which one is not, and a failure", async () => {
      const path = pathOf("one");
      writeFileSync(join(store.filestore, path), "two");
      const failure = await look().catch((error: unknown) => error);
      expect((failure as CommandFailed).stdout).toBe(`damaged: ./${path}\n3 files, some damaged\n`);
      expect((failure as CommandFailed).exit).toBe(1);
    });
  });

  describe("the swap", () => {
    const live = () => readFileSync(join(store.filestore, "which"), "utf8");
    const names = () => ({ filestores: store.filestores, live: store.database });
    const swap = () => store.run(exchangeFolders({ ...names(), aside: BEFORE, next: STAGED }));
    const swapBack = () => store.run(exchangeFolders({ ...names(), aside: STAGED, next: BEFORE }));
    beforeEach(() => {
      store.write(join(store.filestore, "which"), "old");
      store.write(staged("which"), "new");
    });

    test("puts the staged one in the live one's place, and back", async () => {
      await swap();
      expect(live()).toBe("new");
      expect(readFileSync(join(store.filestores, BEFORE, "which"), "utf8")).toBe("old");
      await swapBack();
      expect(live()).toBe("old");
      expect(readFileSync(staged("which"), "utf8")).toBe("new");
    });

    test("done twice does nothing more", async () => {
      await swap();
      await swap();
      expect(live()).toBe("new");
    });

    test("needs no live one, on a server that has none yet", async () => {
      rmSync(store.filestore, { recursive: true });
      await swap();
      expect(live()).toBe("new");
      expect(existsSync(join(store.filestores, BEFORE))).toBe(false);
    });

    test("is refused when one stands aside already: the live one stays", async () => {
      mkdirSync(join(store.filestores, BEFORE));
      await expect(swap()).rejects.toThrow(/is not there, or .*_before_.* is/);
      expect(live()).toBe("old");
    });
  });

  test("removes filestores of ours, and never a live one", async () => {
    mkdirSync(staged());
    mkdirSync(join(store.filestores, `${STAGED}.part`));
    await store.run(removeFilestores(store.filestores, [STAGED, BEFORE]));
    expect(readdirSync(store.filestores)).toEqual([store.database]);
    await expect(
      store.run(removeFilestores(store.filestores, [store.database])),
    ).rejects.toBeInstanceOf(CommandFailed);
    expect(readdirSync(store.filestores)).toEqual([store.database]);
  });
});
