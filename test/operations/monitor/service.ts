import { describe, expect, test } from "vitest";
import { inBackup } from "../on-lab.ts";
import { find, troubles, type WatchedLab } from "./watched-lab.ts";

/** The backup container: down, without its entry, with an error in its log. */
export function serviceCases(watched: () => WatchedLab): void {
  describe("the service and its schedule", () => {
    test("a container that does not run is red, and the volume is still looked at", async () => {
      // A volume in memory is gone when its container stops.
      await watched().lab.compose("pause", "backup");
      const report = await watched().look();
      await watched().lab.compose("unpause", "backup");
      expect(find(report, "backup-service").message).toMatch(
        /^The service `backup` is not running \(paused\): no backup is taken\.$/,
      );
      expect(find(report, "backup-service").next).toMatch(/^Start it there: .* unpause backup$/);
      expect(troubles(report)).toEqual(["backup-service: failed", "schedule: not-run"]);
      expect(find(report, "backup-age").message).toContain(watched().taken);
    });

    test.each([
      ["loses its entry", ": > /etc/crontabs/root", "The crontab has no entry for the backup."],
      [
        "has another time",
        "sed -i 's/^0 2/30 4/' /etc/crontabs/root",
        "The crontab says `30 4 * * *`, and BACKUP_SCHEDULE says `0 2 * * *`.",
      ],
    ])("a crontab that %s is told", async (_, line, message) => {
      await inBackup(watched().lab, `cp /etc/crontabs/root /tmp/crontab && ${line}`);
      const report = await watched().look();
      await inBackup(watched().lab, "cat /tmp/crontab > /etc/crontabs/root");
      // A backup of this project stands there, so that the deployment's own is not all there is.
      expect(find(report, "schedule")).toMatchObject({ message, warning: true });
    });

    test("an error at the end of its log is told, a later success takes it back", async () => {
      const write = (text: string) =>
        inBackup(watched().lab, `echo '${text}' >> /var/log/backup.log`);
      await write("pg_dump: error: connection to server failed");
      const failed = await watched().look({ "skip-checks": "off-site" });
      await write("backup complete");
      const mended = await watched().look({ "skip-checks": "off-site" });
      expect(find(failed, "backup-log").message).toBe(
        "The last run in its log ended with an error: pg_dump: error: connection to server failed",
      );
      expect(find(mended, "backup-log")).toMatchObject({ status: "passed" });
      expect(find(mended, "backup-log").warning).toBeUndefined();
    });
  });
}
