import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { CommandFailed } from "../../../../src/host/command-failed.ts";
import {
  LIST_CHANGED,
  prunePool,
} from "../../../../src/operations/filestore/commands/prune-files.ts";
import { pathOf, Store, sha1, TOOLS } from "./store.ts";

let store: Store;

/** Writes the list of a backup, and a manifest that holds its digest or another one. */
function writeList(folder: string, stamp: string, contents: readonly string[], digest?: string) {
  const list = contents.map((content) => `${sha1(content)}  ${pathOf(content)}\n`).join("");
  const own = createHash("sha256").update(list).digest("hex");
  const base = join(store.root, "backups", folder);
  store.write(join(base, `my db_filestore_${stamp}.sha1`), list);
  const manifest = JSON.stringify({ filestore: { digest: digest ?? own } });
  store.write(join(base, `my db_${stamp}.manifest.json`), manifest);
}

const prune = async () => {
  const command = prunePool(join(store.root, "backups"), store.database, store.filestore);
  return (await store.run(command)).stdout.trim();
};
const stands = (content: string) => existsSync(join(store.filestore, pathOf(content)));

describe.each(TOOLS)("with the tools of $image", (tools) => {
  beforeEach(() => {
    store = new Store(tools);
    store.stock(["one", "two", "three"]);
  });
  afterEach(() => store.remove());

  describe("the pool", () => {
    test("keeps what any backup names, in whatever folder, and loses the rest", async () => {
      writeList("daily", "20260115_020000", ["one"]);
      writeList("weekly", "20260111_020000", ["two"]);
      store.write(join(store.filestore, "notes.txt"), "not ours");
      expect(await prune()).toBe("1");
      expect(["one", "two", "three"].map(stands)).toEqual([true, true, false]);
      expect(existsSync(join(store.filestore, "notes.txt"))).toBe(true);
      expect(await prune()).toBe("0");
    });

    test("loses nothing without a list, or without a pool", async () => {
      expect(await prune()).toBe("0");
      expect(["one", "two", "three"].map(stands)).toEqual([true, true, true]);
      writeList("daily", "20260115_020000", ["one"]);
      store.remove();
      expect(await prune()).toBe("0");
      store = new Store(tools);
    });

    test("loses nothing while a list is not the one that was written", async () => {
      writeList("daily", "20260115_020000", ["one"]);
      writeList("daily", "20260114_020000", ["two"], "0".repeat(64));
      const failure = await prune().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(CommandFailed);
      expect((failure as CommandFailed).exit).toBe(LIST_CHANGED);
      expect((failure as CommandFailed).explanation.why).toMatch(
        /my db_filestore_20260114_020000\.sha1 is not as its manifest says$/,
      );
      expect(["one", "two", "three"].map(stands)).toEqual([true, true, true]);
    });
  });
});
