import { afterEach, describe, expect, it } from "vitest";
import { fillBackupVolume, freeBackupVolume } from "../faults.ts";
import { expectRefusal, type Subject } from "./subject.ts";

const KIB = 1024;
/** The volume is a tmpfs, which gives out whole pages. */
const PAGE = 4096;

/** A backup volume that is full: what was there stays, and nothing half-written is seen. */
export function fullDiskCases(subject: () => Subject): void {
  describe("a full backup volume", () => {
    afterEach(() => freeBackupVolume(subject().lab));

    it("before the dump is written: it is not begun", async () => {
      await subject().untouched(async () => {
        await fillBackupVolume(subject().lab, 64 * KIB);
        const outcome = await subject().call("backup");
        expectRefusal(
          outcome,
          1,
          /The backup volume has 6\d kB free, and the last backup took [\d.]+ MB/,
        );
      });
    });

    it("in the middle of the dump: what was written is removed", async () => {
      await subject().untouched(async () => {
        const backup = await subject().whileDumpWaits(["backup"], () =>
          fillBackupVolume(subject().lab, 256 * KIB),
        );
        const outcome = await backup.ended;
        expectRefusal(
          outcome,
          1,
          /The backup could not be finished\.\nWhy: .*No space left on device/,
        );
        await subject().expectNothingLeft();
      });
    });

    it("when only the manifest is left to be written: the dump is removed, too", async () => {
      const size = Number(
        await subject().inBackup("stat -c %s $(readlink -f /backups/daily/openspp_latest.dump)"),
      );
      await subject().untouched(async () => {
        const backup = await subject().whileDumpWaits(["backup", "--filestore", "off"], () =>
          // The dump of the same content fits once more, with less to spare than the manifest takes.
          fillBackupVolume(subject().lab, Math.ceil(size / PAGE) * PAGE + 3 * PAGE),
        );
        const outcome = await backup.ended;
        expect(outcome.stderr).toContain("Make it visible …");
        expectRefusal(outcome, 1, /could not be finished\.\nWhy: .*No space left on device/);
        await subject().expectNothingLeft();
      });
    });
  });
}
