import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { BackupReport } from "../../../src/report/report-schema.ts";
import { expectRefusal, type Running, Subject } from "../../lab/bad-input/subject.ts";
import { cutConnections, fillBackupVolume, freeBackupVolume } from "../../lab/faults.ts";
import { type Lab, startLab } from "../../lab/lab.ts";
import { Bulk, throwawaysOf, untilSaving, whileSaving } from "./bulk.ts";
import { inOdoo } from "./planted.ts";

const MB = 1024 * 1024;
const KINDS = ["tar.gz", "tar.zst", "incremental"] as const;

/** A deployment whose filestore takes some seconds to save, and whose backup volume holds it about three times. */
let lab: Lab;
let subject: Subject;
beforeAll(async () => {
  lab = await startLab({
    name: `filestore-${process.pid}`,
    policy: "flexible",
    backupVolumeBytes: 240 * MB,
    seed: { registrants: 100 },
  });
  subject = new Subject(lab);
});
afterAll(() => lab?.down());

let bulk: Bulk;
beforeEach(async () => {
  bulk = await Bulk.add(lab, 0);
});
afterEach(async () => {
  await bulk.remove();
  await subject.inBackup("rm -rf /backups/* /backups/.filler /backups/.others");
});

const start = (filestore: string) => subject.spawn(["backup", "--json", "--filestore", filestore]);
const visible = () => subject.inBackup("cd /backups && find . -type f ! -path '*/.*' | sort");
async function attachmentsIn({ ended }: Running) {
  const { report, code } = await ended;
  const check = (report as BackupReport).checks.find(({ name }) => name === "attachments");
  return { code, status: check?.status, message: check?.message };
}

describe.each(KINDS)("while the filestore is saved as %s", (kind) => {
  test("a file that no attachment names vanishes: it is counted, and no trouble", async () => {
    const { unnamed } = await bulk.lastFiles();
    const notHashed =
      kind === "incremental" ? " Those new to the pool were hashed, and a drill hashes all\\." : "";
    const running = await start(kind);
    await whileSaving(lab, () => inOdoo(lab, `rm openspp/${unnamed}`));
    expect(await attachmentsIn(running)).toEqual({
      code: 0,
      status: "passed",
      message: expect.stringMatching(
        `: \\d+ files, [\\d.]+ MB, \\d+ of them named by no attachment, without 1 file that nothing names and that vanished meanwhile\\.${notHashed}$`,
      ),
    });
  });

  test("a file that an attachment of the snapshot names vanishes: that is red", async () => {
    const { named, id } = await bulk.lastFiles();
    const running = await start(kind);
    await whileSaving(lab, () => inOdoo(lab, `rm openspp/${named}`));
    expect(await attachmentsIn(running)).toEqual({
      code: 1,
      status: "failed",
      message: expect.stringMatching(
        `: the file of 1 attachment vanished while it was read \\(id ${id}\\)\\.$`,
      ),
    });
  });

  test.each<[string, (pid: number) => unknown, number | undefined]>([
    ["the runner is killed", (pid) => process.kill(pid, "SIGKILL"), undefined],
    ["the connection is cut", () => cutConnections(lab), 3],
  ])(
    "%s: nothing partial is seen, the next run cleans, and the one after is whole",
    async (_, strike, code) => {
      const running = await start(kind);
      await untilSaving(lab);
      await strike(running.pid);
      expect((await running.ended).code).toBe(code);
      expect(await visible()).toBe("");
      await subject.expectSwept();
      expect(await throwawaysOf(lab)).toEqual([]);
      expect(await visible()).toBe("");

      expect((await subject.run(["cycle", "--filestore", kind])).code).toBe(0);
      const wrong = `cd /backups/filestore/openspp && find . -type f -exec sha1sum {} + | awk '{ if (substr($2, length($2) - 39) != $1) print }'`;
      if (kind === "incremental") expect(await subject.inBackup(wrong)).toBe("");
    },
  );

  test("the volume cannot hold a first one: it is refused with figures, before the dump", async () => {
    await fillBackupVolume(lab, 20 * MB);
    const outcome = await (await start(kind)).ended;
    await freeBackupVolume(lab);
    expectRefusal(
      outcome,
      1,
      kind === "incremental"
        ? /The backup volume has 21 MB free, and the filestore's new files take 6\d MB\./
        : /The backup volume has 21 MB free, and the filestore's files take 6\d MB\./,
    );
    expect(await subject.inBackup("find /backups ! -path '*/.openspp-backup/*' -type f")).toBe("");
  });

  test("the volume is filled by others: the dump is kept, what was saved is removed", async () => {
    await fillBackupVolume(lab, 95 * MB);
    const running = await start(kind);
    await whileSaving(lab, () =>
      subject.inBackup(`head -c ${60 * MB} /dev/zero > /backups/.others || true`),
    );
    const { message, ...rest } = await attachmentsIn(running);
    await freeBackupVolume(lab);
    expect(rest).toEqual({ code: 1, status: "failed" });
    expect(message).toMatch(/^The filestore could not be saved: .*No space left on device/);
    expect(await visible()).toMatch(
      /^\.\/daily\/openspp_\d+_\d+\.dump\n\.\/daily\/openspp_\d+_\d+\.manifest\.json$/,
    );
    await subject.expectNothingLeft();
  });
});
