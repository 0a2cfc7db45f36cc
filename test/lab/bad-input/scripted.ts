import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "vitest";
import { expectRefusal, type Subject } from "./subject.ts";

const BEGIN = `#!/bin/sh\nset -e\ndump=openspp_$(date +%Y%m%d_%H%M%S).dump\n`;

/** A /backup.sh that does not do what it says: what it leaves is not taken for a backup. */
export function scriptedCases(subject: () => Subject): void {
  describe("the deployment's own /backup.sh", () => {
    let script: string;
    let own: string;

    beforeAll(async () => {
      script = join(subject().lab.directory, "backup.sh");
      own = await readFile(script, "utf8");
    });

    afterAll(() => writeFile(script, own));

    it.each([
      ["fails for want of rights", undefined, /backup\.sh failed\.\nWhy: .*ERROR: /],
      ["writes nothing", BEGIN, /ended without an error, and no new dump is in daily/],
      [
        "writes half a dump and fails",
        `${BEGIN}head -c 5000 /backups/daily/openspp_latest.dump > /backups/daily/$dump; exit 3\n`,
        /backup\.sh failed/,
      ],
      [
        "writes half a dump and does not notice",
        `${BEGIN}head -c 5000 /backups/daily/openspp_latest.dump > /backups/daily/$dump\n`,
        /the dump that it wrote cannot be read/,
      ],
    ])("%s", async (_, content, what) => {
      // In place: the container has this very file mounted.
      await writeFile(script, content ?? own);
      await subject().untouched(async () => {
        expectRefusal(await subject().call("backup", { mode: "script" }), 1, what);
      });
    });
  });
}
