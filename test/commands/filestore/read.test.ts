import { createHash, randomBytes } from "node:crypto";
import { rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readArchive, readFolder, readPool } from "../../../src/commands/filestore/read.ts";
import { fileRows, pathOf, Store, sha1, TOOLS } from "./store.ts";

const CONTENTS = ["", "one", "two", "three", "ä large one".repeat(50_000)];
const CLEAN = ["other  0", ...fileRows(CONTENTS)].sort();

let store: Store;

const archive = () => join(store.root, "a.tar.gz");
const pack = (...options: string[]) =>
  execa("tar", ["-czf", archive(), "-C", store.filestores, ...options, store.database]);
const read = (work?: string) =>
  store.run(readArchive(store.reading(work), archive(), store.database, "gzip"));
const rows = () => store.rows().filter((row) => row !== "outside  0");
const without = (kinds: RegExp) => rows().filter((row) => !kinds.test(row));

describe.each(TOOLS)("with the tools of $image", (tools) => {
  beforeEach(() => {
    store = new Store(tools);
    store.stock(CONTENTS);
  });
  afterEach(() => store.remove());

  describe("an archive", () => {
    test("holds each file with its SHA-1, and a digest that sha1sum and sha256sum give by hand", async () => {
      await pack();
      await read();
      expect(rows()).toEqual(CLEAN);
      const lines = CONTENTS.map((content) => `${sha1(content)}  ${pathOf(content)}\n`).sort(
        (a, b) => (a.slice(42) < b.slice(42) ? -1 : 1),
      );
      const byHand = createHash("sha256").update(lines.join("")).digest("hex");
      expect(store.digest()).toBe(byHand);
    });

    test("of zstd is read as one of gzip is", async () => {
      const path = join(store.root, "a.tar.zst");
      await execa("tar", ["--zstd", "-cf", path, "-C", store.filestores, store.database]);
      await store.run(readArchive(store.reading(), path, store.database, "zstd"));
      expect(rows()).toEqual(CLEAN);
    });

    test("cut short says so, and still gives what it holds up to there", async () => {
      const noise = Array.from({ length: 2_000 }, (_, n) => randomBytes(n).toString("base64"));
      store.stock(noise);
      await pack("--sort=name");
      truncateSync(archive(), Math.floor(statSync(archive()).size / 2));
      await read();
      expect(store.rows()).toContain("broken  gzip");
      const files = store.rows().filter((row) => row.startsWith("file "));
      expect(files.length).toBeGreaterThan(2);
      expect(files.length).toBeLessThan(2_000);
    });

    test.each([
      ["empty", ""],
      ["no archive", "hello\n"],
    ])("that is %s is broken", async (_, content) => {
      writeFileSync(archive(), content);
      await read();
      expect(without(/^broken/)).toEqual(["other  0"]);
      expect(store.rows().filter((row) => row.startsWith("broken"))).not.toEqual([]);
    });

    test("with one wrong byte in a file gives that file another SHA-1 than its name", async () => {
      store.write(join(store.filestore, pathOf("one")), "onE");
      await pack();
      await read();
      expect(store.rows()).toContain(`file ${pathOf("one")} ${sha1("onE")} 3`);
    });

    test("with a link in a file's place, or a folder's, follows neither", async () => {
      store.write(join(store.root, "secret"), "secret");
      const [link] = [pathOf("secret")];
      store.write(join(store.filestore, link), "");
      await execa("ln", ["-sf", join(store.root, "secret"), join(store.filestore, link)]);
      symlinkSync("/etc", join(store.filestore, "zz"));
      await pack();
      await read();
      expect(without(/^irregular/)).toEqual(CLEAN);
      expect(
        store
          .rows()
          .filter((row) => row.startsWith("irregular"))
          .sort(),
      ).toEqual(["irregular  ", `irregular ${link} `]);
    });

    test.each([
      ["above it", "../gone"],
      ["at the root", "/gone"],
      ["beside it", "another/gone"],
    ])("with a name that leads out of the filestore, %s, says so", async (_, name) => {
      store.write(join(store.root, "evil"), "evil");
      const transform = `s|^evil$|${name}|`;
      await execa("tar", [
        ...["-czPf", archive(), "--transform", transform],
        ...["-C", store.root, "evil", "-C", store.filestores, store.database],
      ]);
      await read();
      expect(without(/^(?:outside|broken)/)).toEqual(CLEAN);
      expect(store.rows().some((row) => /^outside {2}[1-9]/.test(row))).toBe(true);
    });

    test("counts what is not named by content, but for the marks of Odoo's collector", async () => {
      store.write(join(store.filestore, "checklist", pathOf("one")), "");
      store.write(join(store.filestore, "notes.txt"), "x");
      store.write(join(store.filestore, "aa", "it's\nodd"), "x");
      await pack();
      await read();
      // A name with a line break counts twice.
      expect(without(/^other/)).toEqual(CLEAN.filter((row) => !row.startsWith("other")));
      expect(store.rows()).toContain("other  3");
    });

    test("keeps the longer folders of databases that began with an old version", async () => {
      const old = `${sha1("old").slice(0, 3)}/${sha1("old")}`;
      store.write(join(store.filestore, old), "old");
      await pack();
      await read();
      expect(store.rows()).toContain(`file ${old} ${sha1("old")} 3`);
    });
  });

  describe("a list of files in the pool", () => {
    const list = () => join(store.root, "list");
    const lines = (contents: readonly string[]) =>
      contents.map((content) => `${sha1(content)}  ${pathOf(content)}\n`).join("");
    const readList = () => store.run(readPool(store.reading(), list(), store.filestore));

    test("gives those of the files that it names", async () => {
      writeFileSync(list(), lines(["one", "two"]));
      await readList();
      expect(rows()).toEqual(["other  0", ...fileRows(["one", "two"])].sort());
    });

    test("gives the SHA-1 of what is there, not what it says itself", async () => {
      writeFileSync(list(), lines(["one", "two", "never written"]));
      store.write(join(store.filestore, pathOf("two")), "twO");
      await readList();
      expect(store.rows().filter((row) => row.startsWith("file"))).toEqual(
        [...fileRows(["one"]), `file ${pathOf("two")} ${sha1("twO")} 3`].sort(),
      );
    });

    test("opens no path that leads out of the pool, and no link in it", async () => {
      store.write(join(store.root, "secret"), "secret");
      rmSync(join(store.filestore, pathOf("two")));
      symlinkSync(join(store.root, "secret"), join(store.filestore, pathOf("two")));
      writeFileSync(
        list(),
        `${lines(["one", "two"])}${sha1("x")}  ../../secret\n${sha1("x")}  /etc/passwd\nx\n`,
      );
      await readList();
      expect(store.rows()).toEqual(
        [`irregular ${pathOf("two")} `, "other  0", "outside  3", ...fileRows(["one"])].sort(),
      );
    });

    test("of a pool that is gone gives no file", async () => {
      writeFileSync(list(), lines(["one"]));
      await store.run(readPool(store.reading(), list(), join(store.root, "gone")));
      expect(rows()).toEqual([]);
    });

    test("that is gone itself is an error", async () => {
      await expect(readList()).rejects.toThrow(/No such file/);
    });
  });

  test("a folder is read whole", async () => {
    store.write(join(store.filestore, "notes.txt"), "x");
    await store.run(readFolder(store.reading(), store.filestore));
    expect(store.rows()).toEqual(["other  1", ...fileRows(CONTENTS)].sort());
  });
});
