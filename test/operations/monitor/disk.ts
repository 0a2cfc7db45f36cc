import { describe, expect, test } from "vitest";
import { fillBackupVolume, freeBackupVolume } from "../../lab/faults.ts";
import { planted } from "./planted.ts";
import { find, INODES, MEGABYTE, type WatchedLab } from "./watched-lab.ts";

/** A volume without room, without inodes, or soon without room. */
export function diskCases(watched: () => WatchedLab): void {
  test("a disk on which the next backup has no room", async () => {
    await fillBackupVolume(watched().lab, MEGABYTE);
    const report = await watched().look();
    await freeBackupVolume(watched().lab);
    expect(find(report, "disk-space")).toMatchObject({
      status: "failed",
      message: expect.stringMatching(
        /^The backup volume has .* free; .*: the next one has no room\.$/,
      ),
    });
  });

  test("a file system that runs out of inodes", async () => {
    const fill = (free: number) =>
      `mkdir many && n=$(df -P -i /backups | awk 'END { print $4 }') && while [ "$n" -gt ${free} ]; do : > many/$n; n=$((n - 1)); done`;
    const low = find(await watched().withBroken(fill(INODES * 0.05)), "inodes");
    const none = find(await watched().withBroken(fill(INODES * 0.015)), "inodes");
    expect(low).toMatchObject({
      warning: true,
      message: expect.stringMatching(/^The backup volume has [45] % of its inodes free\.$/),
    });
    expect(none).toMatchObject({
      status: "failed",
      message: "The backup volume has 1 % of its inodes free.",
    });
  });

  describe("the day on which the disk is full", () => {
    test("is told by the growth of the backups", async () => {
      const report = await watched().withBroken(planted([8, 6, 4, 2].map((size) => ({ size }))));
      expect(find(report, "disk-forecast")).toMatchObject({
        status: "failed",
        message: expect.stringMatching(
          /^A backup grows by 2 MB a day; at that rate the backup volume is full on \d{4}-\d\d-\d\d, in [2345] d.*\.$/,
        ),
      });
    });

    test("is told by the growth of the filestore's pool, too", async () => {
      const report = await watched().withBroken(
        planted([40, 30, 20, 10].map((pooled) => ({ size: 1, pooled }))),
      );
      expect(find(report, "disk-forecast")).toMatchObject({
        status: "failed",
        message: expect.stringMatching(
          /^A backup grows by 0 B a day, the filestore's pool by 10 MB; at that rate the backup volume is full on .*, in [56] d.*\.$/,
        ),
      });
    });
  });
}
