import { describe, expect, test } from "vitest";
import { truncate } from "../../lab/faults.ts";
import { inBackup } from "../on-lab.ts";
import { planted } from "./planted.ts";
import { find, type WatchedLab } from "./watched-lab.ts";

/** What may be wrong with the files of the backups, and with the last drill. */
export function backupCases(watched: () => WatchedLab): void {
  describe("the backups", () => {
    const only = (day: string) =>
      `cp daily/${watched().taken} /tmp/one && rm -r daily/* weekly/* monthly/* && mv /tmp/one daily/openspp_${day}_020000.dump && ln -s openspp_${day}_020000.dump daily/openspp_latest.dump`;

    test("none at all", async () => {
      const report = await watched().withBroken("rm -r daily weekly monthly");
      expect(find(report, "backup-age").message).toBe(
        "There is no complete backup of this database.",
      );
      expect(find(report, "backup-size").status).toBe("not-run");
    });

    test("too old, by name", async () => {
      const report = await watched().withBroken(only("20260101"));
      expect(find(report, "backup-age")).toMatchObject({
        status: "failed",
        message: expect.stringMatching(
          /^The newest backup, openspp_20260101_020000\.dump, is \d+ d.* old; 26 h is allowed\.$/,
        ),
      });
      expect(find(report, "manifests")).toMatchObject({ warning: true });
    });

    test("dated in the future", async () => {
      const report = await watched().withBroken(only("20991231"));
      expect(find(report, "backup-age").message).toMatch(/is dated .* in the future\.$/);
    });

    test("empty", async () => {
      const report = await watched().withBroken(`: > daily/openspp_20990101_000000.dump`);
      expect(find(report, "backup-files").message).toBe(
        "daily/openspp_20990101_000000.dump is empty.",
      );
      expect(find(report, "backup-age").status).toBe("passed");
    });

    test("cut short", async () => {
      await inBackup(watched().lab, `rm /backups/weekly/* /backups/monthly/*`);
      await truncate(watched().lab, `daily/${watched().taken}`, 100_000);
      const report = await watched().withBroken("true");
      expect(find(report, "backup-files")).toMatchObject({
        status: "failed",
        message: expect.stringMatching(/has 100000 bytes instead of \d+\.$/),
      });
    });

    test("unreadable", async () => {
      const size = `$(stat -c %s daily/${watched().taken})`;
      const report = await watched().withBroken(
        `head -c ${size} /dev/zero > /tmp/z && cat /tmp/z > daily/${watched().taken}`,
      );
      expect(find(report, "backup-files").message).toMatch(
        /^The latest dump cannot be read: pg_restore: error: /,
      );
    });

    test("never finished, as the reference script leaves it", async () => {
      const report = await watched().withBroken(
        `head -c 200000 daily/${watched().taken} > daily/openspp_20990101_000000.dump`,
      );
      expect(find(report, "backup-files")).toMatchObject({
        warning: true,
        message: "daily/openspp_20990101_000000.dump was never finished.",
      });
    });

    test("collapsed to a few kilobytes", async () => {
      const report = await watched().withBroken(
        `rm -r daily/* weekly/* monthly/* && head -c 5000 /var/kept/daily/${watched().taken} > daily/${watched().taken} && ln -s ${watched().taken} daily/openspp_latest.dump`,
      );
      expect(find(report, "backup-size").message).toBe(
        `${watched().taken} takes 5 kB: too little for a registry.`,
      );
    });

    test("jumped", async () => {
      const usual = await watched().withBroken(planted([2, 1, 1, 1].map((size) => ({ size }))));
      expect(find(usual, "backup-size").warning).toBeUndefined();
      const jumped = await watched().withBroken(planted([2.1, 1, 1, 1].map((size) => ({ size }))));
      expect(find(jumped, "backup-size")).toMatchObject({
        warning: true,
        message: expect.stringMatching(
          / takes 2\.1 MB, the 3 backups before it 1 MB: a sudden jump\.$/,
        ),
      });
    });

    test("without a week's and a month's copy", async () => {
      const report = await watched().withBroken("rm weekly/* monthly/*");
      expect(find(report, "copies").message).toBe(
        "weekly/ has no copy of 1 of the last 1 week; monthly/ has no copy of 1 of the last 1 month.",
      );
    });
  });

  describe("the last drill", () => {
    const record = (more: object) =>
      `echo '${JSON.stringify({ recordVersion: 1, operation: "drill", verdict: "passed", endedAt: "2026-01-01T00:00:00.000Z", ...more })}' > .openspp-backup/last-drill.json`;

    test.each([
      [
        "too long ago",
        record({}),
        /^The last restore drill passed \d+ d.* ago; 100 d is allowed\.$/,
      ],
      ["failed", record({ verdict: "failed" }), /^The last restore drill, .* ago, failed\.$/],
      [
        "never",
        "rm -r .openspp-backup",
        /^No restore drill has proven a backup of this deployment yet\.$/,
      ],
    ])("%s", async (_, line, message) => {
      const finding = find(await watched().withBroken(line), "drill");
      expect(finding.status).toBe("failed");
      expect(finding.message).toMatch(message);
    });
  });
}
