import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Command } from "../../../../src/commands/command.ts";
import {
  measureFiles,
  measureNewFiles,
} from "../../../../src/operations/filestore/commands/measure-files.ts";
import { NO_PACKER } from "../../../../src/operations/filestore/commands/scripts.ts";
import { pathOf, Store, TOOLS } from "./store.ts";

let store: Store;

const bytes = async (command: Command) => Number((await store.run(command)).stdout);

describe.each(TOOLS)("with the tools of $image", (tools) => {
  beforeEach(() => {
    store = new Store(tools);
    store.stock(["", "one", "a larger one".repeat(1000)]);
    store.write(join(store.filestore, "checklist", pathOf("one")), "a mark is no file of Odoo's");
  });
  afterEach(() => store.remove());

  describe("an archive takes", () => {
    const files = (packer = "gzip") => measureFiles(store.reading(), store.filestore, packer);

    test("the bytes of the files", async () => {
      expect(await bytes(files())).toBe(3 + 12_000);
    });

    test("nothing where there is no filestore", async () => {
      rmSync(store.filestore, { recursive: true });
      expect(await bytes(files())).toBe(0);
    });

    test("a tool to pack it, and without that it says so by a code of its own", async () => {
      await expect(bytes(files("no-such-packer"))).rejects.toMatchObject({ exit: NO_PACKER });
    });
  });

  describe("a pool takes", () => {
    const pool = () => join(store.root, "pool");
    const files = () => measureNewFiles(store.reading(), store.filestore, pool());

    test("the blocks of all files while it is not there yet", async () => {
      expect(await bytes(files())).toBe(4096 + 3 * 4096);
    });

    test("the blocks of those that it does not have, or has in another size", async () => {
      store.write(join(pool(), pathOf("one")), "one");
      expect(await bytes(files())).toBe(3 * 4096);
      store.write(join(pool(), pathOf("one")), "on");
      expect(await bytes(files())).toBe(4096 + 3 * 4096);
    });

    test("nothing where there is no filestore", async () => {
      rmSync(store.filestore, { recursive: true });
      expect(await bytes(files())).toBe(0);
    });
  });
});
