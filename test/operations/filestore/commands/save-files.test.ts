import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CommandFailed } from "../../../../src/host/command-failed.ts";
import { readArchive } from "../../../../src/operations/filestore/commands/read-files.ts";
import {
  addToPool,
  NO_FILESTORE,
  noteVanished,
  saveArchive,
} from "../../../../src/operations/filestore/commands/save-files.ts";
import { fileRows, pathOf, Store, sha1, TOOLS } from "./store.ts";

const CONTENTS = ["", "one", "two", "three"];

let store: Store;

const filesIn = (rows: readonly string[]) => rows.filter((row) => row.startsWith("file "));

describe.each(TOOLS)("with the tools of $image", (tools) => {
  beforeEach(() => {
    store = new Store(tools);
    store.stock(CONTENTS);
  });
  afterEach(() => store.remove());

  describe("an archive", () => {
    const archive = () => join(store.root, "a.tar.gz");
    const save = (packer = "gzip") =>
      store.run(saveArchive(store.reading(), store.filestores, store.database, packer, archive()));

    test("holds the filestore as the reference script packs it", async () => {
      await save();
      const { stdout } = await execa("tar", ["-tzf", archive()]);
      expect(stdout.split("\n").sort()).toEqual(
        (
          await execa(
            "find",
            [store.database, "-type", "f", "-o", "-type", "d", "-printf", "%p/\n", "-o", "-print"],
            { cwd: store.filestores },
          )
        ).stdout
          .split("\n")
          .filter(Boolean)
          .concat(CONTENTS.map((content) => `${store.database}/${pathOf(content)}`))
          .sort(),
      );
    });

    test("files that vanish while it is read are told from those that never were there", async () => {
      await save();
      store.stock(["later"]);
      rmSync(join(store.filestore, pathOf("two")));
      const { work } = store.reading();
      rmSync(join(work, "before"));
      await execa("sh", [
        "-c",
        `printf '%s\\n' ${[...CONTENTS, "later"].map(pathOf).sort().join(" ")} > "$1/before"`,
        "sh",
        work,
      ]);
      await store.run(readArchive(store.reading(), archive(), store.database, "gzip"));
      await store.run(noteVanished(work));
      expect(filesIn(store.rows())).toEqual(fileRows(CONTENTS));
      expect(store.rows()).toContain(`vanished ${pathOf("later")} `);
    });

    test("of zstd holds the same", async () => {
      await save("zstd");
      await store.run(readArchive(store.reading(), archive(), store.database, "zstd"));
      expect(filesIn(store.rows())).toEqual(fileRows(CONTENTS));
    });

    test("of a filestore that is gone is refused with a code of its own", async () => {
      rmSync(store.filestore, { recursive: true });
      const failure = await save().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(CommandFailed);
      expect((failure as CommandFailed).exit).toBe(NO_FILESTORE);
      expect(existsSync(archive())).toBe(false);
    });

    test("that cannot be written is an error", async () => {
      await expect(save("no-such-packer")).rejects.toThrow(/no-such-packer/);
    });
  });

  describe("the pool", () => {
    const files = () => ({
      pool: join(store.root, "pool/my db"),
      incoming: join(store.root, "pool/.my db.part"),
      list: join(store.root, "list"),
    });
    let times = 0;
    const add = async (doubted = false) => {
      times += 1;
      const target = { ...files(), doubted };
      await store.run(addToPool(store.reading(`work${times}`), store.filestore, target));
      await store.run(noteVanished(store.reading(`work${times}`).work));
      return store.rows(`work${times}`);
    };
    const list = () => readFileSync(files().list, "utf8");

    test("takes each file once, and the list proves them by sha1sum alone", async () => {
      store.write(join(store.filestore, "checklist", pathOf("one")), "");
      expect(await add()).toEqual(["other  0", ...fileRows(CONTENTS)].sort());
      await execa("sha1sum", ["--check", "--strict", "--quiet", files().list], {
        cwd: files().pool,
      });
      expect(list().split("\n")).toHaveLength(CONTENTS.length + 1);
      expect(readdirSync(join(store.root, "pool"))).toEqual(["my db"]);

      const before = statSync(join(files().pool, pathOf("three")));
      store.stock(["four"]);
      rmSync(join(store.filestore, pathOf("one")));
      expect(filesIn(await add())).toEqual(fileRows(["", "two", "three", "four"]));
      expect(statSync(join(files().pool, pathOf("three"))).ino).toBe(before.ino);
      // Earlier backups name it.
      expect(existsSync(join(files().pool, pathOf("one")))).toBe(true);
    });

    test("takes no file whose content is not its name, and says so", async () => {
      store.write(join(store.filestore, pathOf("one")), "onE");
      const rows = await add();
      expect(filesIn(rows)).toEqual(fileRows(["", "two", "three"]));
      expect(rows).toContain(`refused ${pathOf("one")} `);
      expect(rows.filter((row) => row.startsWith("vanished"))).toEqual([]);
      expect(existsSync(join(files().pool, pathOf("one")))).toBe(false);
      expect(list()).not.toContain(sha1("one"));
    });

    test("heals a file that was cut short in it", async () => {
      await add();
      store.write(join(files().pool, pathOf("three")), "th");
      await add();
      expect(readFileSync(join(files().pool, pathOf("three")), "utf8")).toBe("three");
    });

    test("heals a file with a wrong byte in it once it is doubted, and reads what it has only then", async () => {
      await add();
      const [one, three] = [pathOf("one"), pathOf("three")].map((path) => join(files().pool, path));
      store.write(String(three), "thrEE");
      const { ino } = statSync(String(one));
      await add();
      expect(readFileSync(String(three), "utf8")).toBe("thrEE");
      expect(filesIn(await add(true))).toEqual(fileRows(CONTENTS));
      expect(readFileSync(String(three), "utf8")).toBe("three");
      expect(statSync(String(one)).ino).toBe(ino);
      expect(list().split("\n")).toHaveLength(CONTENTS.length + 1);
    });

    test("doubted, keeps what is damaged until there is better, and does not list it", async () => {
      await add();
      for (const folder of [files().pool, store.filestore]) {
        store.write(join(folder, pathOf("one")), "onE");
      }
      const rows = await add(true);
      expect(filesIn(rows)).toEqual(fileRows(["", "two", "three"]));
      expect(rows).toContain(`refused ${pathOf("one")} `);
      expect(list()).not.toContain(sha1("one"));
      expect(readFileSync(join(files().pool, pathOf("one")), "utf8")).toBe("onE");
    });

    test("begins anew where a run died", async () => {
      store.write(join(files().incoming, pathOf("half")), "ha");
      expect(filesIn(await add())).toEqual(fileRows(CONTENTS));
      expect(existsSync(files().incoming)).toBe(false);
      expect(existsSync(join(files().pool, pathOf("half")))).toBe(false);
    });

    test("is refused a filestore that is gone, with a code of its own", async () => {
      rmSync(store.filestore, { recursive: true });
      const failure = await add().catch((error: unknown) => error);
      expect((failure as CommandFailed).exit).toBe(NO_FILESTORE);
    });
  });
});
