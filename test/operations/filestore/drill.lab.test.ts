import { rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { FilestoreKind } from "../../../src/backups/backup-name.ts";
import { backup } from "../../../src/operations/backup/backup.ts";
import type { Lab } from "../../lab/lab.ts";
import { sharedLab } from "../../lab/shared.ts";
import { inBackup, onLab } from "../on-lab.ts";
import { flip, Planted, pathOfAttachment } from "./planted.ts";

/** Attachment 10 shares the file of attachment 9. */
const [ONE, SHARED] = [4, 9];

let lab: Lab;
let one: string;
let shared: string;
beforeAll(async () => {
  lab = await sharedLab("flexible");
  one = await pathOfAttachment(lab, ONE);
  shared = await pathOfAttachment(lab, SHARED);
});

describe("a drill of a backup with an archive", () => {
  let planted: Planted;
  beforeAll(async () => {
    planted = await Planted.after(lab, "tar.gz");
  });
  beforeEach(() => planted.plant());
  afterEach(() => planted.remove());

  test("is green as it was written", async () => {
    const { verdict, message } = await planted.drill();
    expect(verdict).toBe("passed");
    expect(message).toMatch(
      /^passed: \S+ holds the file of each of 15 attachments, and its SHA-1 is its name and the row's checksum: 15 files, 5\.\d MB, 1 of them named by no attachment\.$/,
    );
  });

  test("that was cut short", async () => {
    await inBackup(lab, `f=${planted.filestore}; truncate -s $(($(stat -c %s $f) / 2)) $f`);
    const { verdict, message } = await planted.drill();
    expect(verdict).toBe("failed");
    expect(message).toMatch(/it cannot be read to its end \(.+\); the files? of \d+ attachments?/);
    expect(message).toMatch(/\(ids? [\d, ]+\)/);
  });

  test.each<[string, (folder: string) => Promise<unknown>, string]>([
    [
      "that lacks a file",
      (folder) => rm(join(folder, shared)),
      "the files of 2 attachments are missing (ids 9, 10)",
    ],
    [
      "with one wrong bit in a file",
      (folder) => flip(join(folder, one)),
      "the file of 1 attachment has another content than its name says (id 4)",
    ],
    [
      "with a link out of the store in a file's place",
      async (folder) => {
        await rm(join(folder, one));
        await symlink("/etc/passwd", join(folder, one));
      },
      "the file of 1 attachment is a link, or something else that is no file (id 4)",
    ],
  ])("%s", async (_, change, what) => {
    await planted.repack(change);
    const { verdict, message } = await planted.drill();
    expect(verdict).toBe("failed");
    expect(message).toContain(what);
  });

  test.each([
    ["above it", "../"],
    ["at the root", "/"],
  ])("with a path that leads %s", async (_, prefix) => {
    await planted.repack(() => {}, "--transform", `s|^openspp/${one}$|${prefix}${one}|`);
    const { verdict, message } = await planted.drill();
    expect(verdict).toBe("failed");
    expect(message).toContain("the file of 1 attachment is missing (id 4)");
    expect(message).toMatch(/it holds \d names? that would lead out of the filestore/);
  });

  test("that is gone", async () => {
    await inBackup(lab, `rm ${planted.filestore}`);
    const { verdict, message } = await planted.drill();
    expect(verdict).toBe("failed");
    expect(message).toMatch(
      /^failed: openspp_filestore_\S+ is gone: it was written with \S+, and 15 attachments name files \(ids 1, 2, 3, .* 15\)\.$/,
    );
  });

  test("and without a manifest that says so, is not green without one", async () => {
    await inBackup(
      lab,
      `rm ${planted.filestore} /backups/daily/openspp_20260101_000000.manifest.json`,
    );
    const { verdict, message } = await planted.drill();
    expect(verdict).not.toBe("passed");
    expect(message).toMatch(
      /^not-run: This backup holds no filestore, and 15 attachments name files/,
    );
  });
});

test.each<FilestoreKind>(["tar.gz", "incremental"])(
  "a drill of %s finds a row that says another size than its file has",
  async (kind) => {
    const client = await lab.connect();
    const size = (change: string) =>
      client.query(`UPDATE ir_attachment SET file_size = ${change} WHERE id = $1`, [SHARED]);
    await size("file_size + 1");
    const planted = await Planted.after(lab, kind);
    await size("file_size - 1");
    await client.end();
    await planted.plant();
    const { verdict, message } = await planted.drill();
    await planted.remove();
    expect(verdict).toBe("failed");
    expect(message).toMatch(
      /^failed: \S+: the file of 1 attachment has another size than its row says \(id 9\)\.$/,
    );
  },
);

describe("a drill of an incremental backup", () => {
  const pool = "/backups/filestore/openspp";
  let planted: Planted;
  beforeAll(async () => {
    planted = await Planted.after(lab, "incremental");
    await inBackup(lab, `cp -r ${pool} /tmp/good`);
  });
  beforeEach(() => planted.plant());
  afterEach(async () => {
    await planted.remove();
    await inBackup(lab, `rm -rf ${pool} && cp -r /tmp/good ${pool}`);
  });
  afterAll(() => inBackup(lab, "rm -rf /tmp/good"));

  test("is green as it was written", async () => {
    const { verdict, message } = await planted.drill();
    expect(verdict).toBe("passed");
    expect(message).toMatch(/^passed: \S+\.sha1 holds the file of each of 15 attachments/);
  });

  test.each<[string, (list: string) => string, string]>([
    [
      "whose pool lacks a file",
      () => `rm ${pool}/${shared}`,
      "the files of 2 attachments are missing (ids 9, 10)",
    ],
    [
      "whose pool has one wrong byte in a file",
      () => `printf '\\001' | dd of=${pool}/${one} bs=1 conv=notrunc 2>/dev/null`,
      "the file of 1 attachment has another content than its name says (id 4)",
    ],
    [
      "whose pool has a link out of it in a file's place",
      () => `ln -sf /etc/passwd ${pool}/${one}`,
      "the file of 1 attachment is a link, or something else that is no file (id 4)",
    ],
    [
      "whose pool has a link in a folder's place",
      () => `rm -r ${pool}/${one.slice(0, 2)} && ln -s /etc ${pool}/${one.slice(0, 2)}`,
      "the file of 1 attachment is a link, or something else that is no file (id 4)",
    ],
    [
      "whose list has a path that leads out",
      (list) => `sed -i 's|  ${one}$|  ../../../etc/passwd|' ${list}`,
      "the file of 1 attachment is missing (id 4); it holds 1 name that would lead out of the filestore",
    ],
    [
      "whose pool is gone",
      () => `rm -rf ${pool}`,
      "the files of 15 attachments are missing (ids 1, 2, 3, ",
    ],
    [
      "whose list is gone",
      (list) => `rm ${list}`,
      "is gone: it was written with openspp_20260101_000000.dump, and 15 attachments name files (ids 1, 2, ",
    ],
  ])("%s", async (_, damage, what) => {
    await inBackup(lab, damage(planted.filestore));
    const { verdict, message } = await planted.drill();
    expect(message).toContain(what);
    expect(verdict).toBe("failed");
  });

  test("whose pool was damaged is green again once a new backup was taken, as the drill says", async () => {
    await inBackup(
      lab,
      `rm ${pool}/${shared}; printf '\\001' | dd of=${pool}/${one} bs=1 conv=notrunc`,
    );
    expect((await planted.drill()).verdict).toBe("failed");
    const taken = await onLab(lab, backup, { filestore: "incremental" });
    expect(taken.checks.find(({ name }) => name === "attachments")?.message).toContain(
      "and its SHA-1 is its name and the row's checksum",
    );
    expect((await planted.drill()).verdict).toBe("passed");
    const next = await onLab(lab, backup, { filestore: "incremental" });
    expect(next.checks.find(({ name }) => name === "attachments")?.message).toContain(
      "Those new to the pool were hashed, and a drill hashes all.",
    );
  });
});
