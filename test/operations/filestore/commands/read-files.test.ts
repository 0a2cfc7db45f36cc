import { createHash, randomBytes } from "node:crypto";
import {
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { program } from "../../../../src/commands/command.ts";
import { CommandFailed } from "../../../../src/host/command-failed.ts";
import {
  judgePool,
  readArchive,
  readFolder,
  type SavedDigest,
} from "../../../../src/operations/filestore/commands/read-files.ts";
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
    /** Stands for the judgement: it prints what there is to judge. */
    const show = 'cd "$1" && for file in held measured notes; do sed "s/^/$file /" "$file"; done';
    const readList = (expected?: SavedDigest, judge = show) => {
      const reading = store.reading();
      const judging = program(["sh", "-c", judge, "sh", reading.work]);
      return store.run(judgePool(reading, list(), store.filestore, judging, expected));
    };
    const known = () => ({ digest: digestOf(readFileSync(list(), "utf8")), bytes: 6 });
    const digestOf = (text: string) => createHash("sha256").update(text).digest("hex");

    test("gives those of the files that it names", async () => {
      writeFileSync(list(), lines(["one", "two"]));
      await readList();
      expect(rows()).toEqual(fileRows(["one", "two"]));
    });

    test("gives them in the list's order, so that the list's digest is theirs", async () => {
      const many = Array.from({ length: 2_500 }, (_, n) => `content ${n}`);
      const old = `${sha1("old").slice(0, 3)}/${sha1("old")}`;
      store.stock(many);
      store.write(join(store.filestore, old), "old");
      const paths = [...many.map(pathOf), old].sort();
      writeFileSync(list(), paths.map((path) => `${path.slice(-40)}  ${path}\n`).join(""));
      await readList();
      expect(store.digest()).toBe(digestOf(readFileSync(list(), "utf8")));
    });

    const heldOf = (contents: readonly string[]) =>
      lines(contents).replaceAll(/^./gm, (first) => `held ${first}`);

    test("is judged itself when it is its manifest's, and its files are what it says: none is measured", async () => {
      writeFileSync(list(), lines(["two", "one"]));
      const { digest, bytes } = known();
      const { stdout } = await readList({ digest, bytes });
      expect(stdout).toBe(
        `${heldOf(["two", "one"])}notes digest\t\t${digest}\nnotes bytes\t\t${bytes}\n`,
      );
    });

    test.each([
      ["has another content", (path: string) => store.write(path, "twO"), sha1("twO")],
      ["is missing", (path: string) => rmSync(path), undefined],
    ])("is not what is judged in the end when one of its files %s", async (_, damage, hash) => {
      writeFileSync(list(), lines(["two", "one"]));
      damage(join(store.filestore, pathOf("two")));
      const { stdout } = await readList(known());
      const held = [...(hash ? [`held ${hash}  ${pathOf("two")}\n`] : []), heldOf(["one"])];
      expect(stdout).toMatch(new RegExp(`^${held.join("")}measured `));
      expect(stdout).not.toMatch(/^notes bytes/m);
      expect(store.digest()).toBe(digestOf(held.join("").replaceAll("held ", "")));
    });

    test("is not what is judged when it is another than its manifest's", async () => {
      writeFileSync(list(), lines(["two", "one"]));
      const before = known();
      writeFileSync(list(), lines(["one"]));
      const { stdout } = await readList(before);
      expect(stdout).toMatch(new RegExp(`^${heldOf(["one"])}measured `));
    });

    test.each(["false", "exit 3"])("a judgement that fails (%s) fails", async (judge) => {
      writeFileSync(list(), lines(["two", "one"]));
      await expect(readList(known(), judge)).rejects.toThrow(CommandFailed);
      await expect(readList(undefined, judge)).rejects.toThrow(CommandFailed);
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
        [`irregular ${pathOf("two")} `, "outside  3", ...fileRows(["one"])].sort(),
      );
    });

    test("opens no file of a folder that is a link, and no pipe", async () => {
      const [linked, piped] = [pathOf("two"), pathOf("three")];
      renameSync(join(store.filestore, dirname(linked)), join(store.root, "elsewhere"));
      symlinkSync(join(store.root, "elsewhere"), join(store.filestore, dirname(linked)));
      rmSync(join(store.filestore, piped));
      await execa("mkfifo", [join(store.filestore, piped)]);
      writeFileSync(list(), lines(["one", "two", "three"]));
      await readList();
      expect(store.rows()).toEqual(
        [
          `irregular ${dirname(linked)} `,
          `irregular ${piped} `,
          "outside  0",
          ...fileRows(["one"]),
        ].sort(),
      );
    });

    test("of a pool that is gone gives no file", async () => {
      writeFileSync(list(), lines(["one"]));
      const reading = store.reading();
      await store.run(judgePool(reading, list(), join(store.root, "gone"), program(["true"])));
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
