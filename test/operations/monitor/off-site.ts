import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stampOf } from "../../../src/backups/backup-name.ts";
import type { Report } from "../../../src/report/report-schema.ts";
import { withOtherLogin } from "../../lab/bad-input/other-login.ts";
import { findRclone } from "../../lab/rclone.ts";
import { cutSite, resumeSite, type Site, startWholeSite } from "../../lab/site.ts";
import { contentOf, syncLab } from "../offsite/on-site.ts";
import { type Inputs, inBackup } from "../on-lab.ts";
import { find, troubles, type WatchedLab } from "./watched-lab.ts";

/** A remote that lost a copy, or cannot be looked at. */
export function offsiteCases(watched: () => WatchedLab): void {
  describe("the copies off-site", () => {
    let site: Site;
    let path: string | undefined;
    const lookAt = (remote: string, inputs: Inputs = {}) =>
      watched().look({ "skip-checks": "backup-log", remote, ...inputs });
    const folder = () => join(site.folder, "rsync");

    beforeAll(async () => {
      site = await startWholeSite(watched().lab.folder);
      path = process.env.PATH;
      process.env.PATH = `${dirname(await findRclone(() => {}))}:${path}`;
      const report = await syncLab(watched().lab, { remote: site.remotes.rsync });
      expect(report.verdict).toBe("passed");
    });

    afterAll(async () => {
      process.env.PATH = path;
      await inBackup(watched().lab, "rm /backups/.openspp-backup/last-sync.json");
    });

    test("are known by the last sync alone where no remote is named, and it says so", async () => {
      const finding = find(await watched().look({ "skip-checks": "backup-log" }), "off-site");
      expect(finding.status).toBe("passed");
      expect(finding.message).toMatch(
        /^The newest copy off-site, by the last sync .* ago, is .* old, the same as here; 32 h 30 min is allowed\.$/,
      );
    });

    test("are looked at by the host's rsync, and nothing there is changed", async () => {
      const before = await contentOf(folder());
      const report = await lookAt(site.remotes.rsync);
      expect(find(report, "off-site").message).toMatch(
        new RegExp(
          `^The newest copy on \`${site.remotes.rsync}\` is .* old, the same as here; 32 h 30 min is allowed\\.$`,
        ),
      );
      expect(report).toMatchObject({ verdict: "passed", lastSync: { verdict: "passed" } });
      expect(await contentOf(folder())).toEqual(before);
    });

    test("are looked at by the runner's rclone, with a configuration that is handed in", async () => {
      const inputs = { "rclone-config": site.rcloneConfig, from: "runner" };
      const empty = find(await lookAt(site.remotes.s3, inputs), "off-site");
      // The last sync was to another remote, so that nothing is lost here.
      expect(empty).toMatchObject({
        status: "failed",
        message: `There is no complete backup of this database on \`${site.remotes.s3}\`.`,
      });
      await syncLab(watched().lab, { remote: site.remotes.s3, ...inputs });
      expect(find(await lookAt(site.remotes.s3, inputs), "off-site").message).toContain(
        `The newest copy on \`${site.remotes.s3}\` is `,
      );
      await syncLab(watched().lab, { remote: site.remotes.rsync });
    });

    test("of which the newest was deleted are red, although the last sync was green", async () => {
      const stamp = stampOf(watched().taken);
      const older = "openspp_20260102_020000.dump";
      await execa("sh", [
        "-c",
        `cd "$1" && cp daily/${watched().taken} daily/${older} && find . -name '*${stamp}*' -delete`,
        "sh",
        folder(),
      ]);
      const report = await lookAt(site.remotes.rsync);
      expect(report).toMatchObject({ verdict: "failed", lastSync: { verdict: "failed" } });
      expect(find(report, "off-site").message).toMatch(
        new RegExp(
          `^${watched().taken}, which the last sync .* ago left on \`.*\`, is no longer complete there: the newest there, ${older}, is \\d+ d.* old\\.$`,
        ),
      );
      await rm(join(folder(), "daily", older));
      await syncLab(watched().lab, { remote: site.remotes.rsync });
    });

    test("of which the newest was cut short are red", async () => {
      const { stdout } = await execa("find", [folder(), "-name", watched().taken]);
      for (const file of stdout.split("\n")) await execa("truncate", ["-s", "1000", file]);
      expect(find(await lookAt(site.remotes.rsync), "off-site").message).toContain(
        "is no longer complete there: there is no complete backup there.",
      );
      for (const file of stdout.split("\n")) await rm(file);
      await syncLab(watched().lab, { remote: site.remotes.rsync });
    });

    test("on a remote that cannot be reached are red, and all else is still looked at", async () => {
      await cutSite(watched().lab.folder);
      const report = await lookAt(site.remotes.rsync);
      await resumeSite(watched().lab.folder);
      expect(find(report, "off-site").message).toMatch(
        /^.* cannot list `.*`\. .* By the last sync, .* ago, the newest copy there is .* old\.$/,
      );
      expect(find(report, "off-site").next).toMatch(/^Try it there, by hand: rsync --list-only /);
      expect(troubles(report)).toEqual(["off-site: failed"]);
    });

    test("by a tool that the host does not have are red, with the way to install it", async () => {
      const finding = await withOtherLogin(
        watched().lab,
        { PATH: "/usr/bin:/bin" },
        async (env) => {
          const { stdout } = await execa(
            process.execPath,
            ["src/cli/main.ts", "monitor", "--json", "--quiet", "--remote", "s3:nowhere"],
            { env, reject: false },
          );
          return find(JSON.parse(stdout) as Report, "off-site");
        },
      );
      expect(finding.status).toBe("failed");
      expect(finding.message).toMatch(/^The command `rclone` is not on the PATH of /);
      expect(finding.next).toMatch(/^Install version /);
    });
  });
}
