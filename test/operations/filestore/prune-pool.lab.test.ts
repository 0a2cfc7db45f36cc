import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Failed } from "../../../src/failure.ts";
import { backup } from "../../../src/operations/backup/backup.ts";
import { drill } from "../../../src/operations/drill/drill.ts";
import { prune } from "../../../src/operations/retention/prune.ts";
import { type Lab, startLab } from "../../lab/lab.ts";
import { inBackup, KeptLog, onLab } from "../on-lab.ts";
import { inOdoo } from "./planted.ts";

const POOL = "/backups/filestore/openspp";
const ONLY_DAYS = { "keep-daily": "2", "keep-weekly": "0", "keep-monthly": "0" };

/** Three days of backups that share a pool; on each day production had a file of its own, which the day after it had no more. */
const DAYS = ["20260110_020000", "20260111_020000", "20260112_020000"] as const;
let lab: Lab;
const paths: string[] = [];
beforeAll(async () => {
  lab = await startLab({
    name: `pool-${process.pid}`,
    policy: "flexible",
    seed: { registrants: 100 },
    fsyncOff: true,
  });
  for (const stamp of DAYS) paths.push(await takeAsOf(stamp));
});
afterAll(() => lab?.down());

/** Takes a backup while a file of that day stands in the filestore, dates it back, and returns that file's path. */
async function takeAsOf(stamp: string): Promise<string> {
  const sha1 = createHash("sha1").update(stamp).digest("hex");
  const path = `${sha1.slice(0, 2)}/${sha1}`;
  const client = await lab.connect();
  await inOdoo(lab, `mkdir -p openspp/${path.slice(0, 2)} && printf ${stamp} > openspp/${path}`);
  await client.query(
    "INSERT INTO ir_attachment (name, type, store_fname, checksum, file_size) VALUES ('of a day', 'binary', $1, $2, $3)",
    [path, sha1, stamp.length],
  );
  const taken = await onLab(lab, backup, { filestore: "incremental", retention: "off" });
  await client.query("DELETE FROM ir_attachment WHERE name = 'of a day'");
  await client.end();
  await inOdoo(lab, `rm openspp/${path}`);
  const now = taken.backup.name.slice("openspp_".length, -".dump".length);
  await inBackup(
    lab,
    `cd /backups/daily && for file in *${now}*; do mv $file $(echo $file | sed s/${now}/${stamp}/); done && sed -i s/${now}/${stamp}/ openspp_${stamp}.manifest.json`,
  );
  return path;
}

const poolFiles = async () =>
  (await inBackup(lab, `cd ${POOL} && find . -type f | sort`)).split("\n");
const listOf = (stamp: string) => `/backups/daily/openspp_filestore_${stamp}.sha1`;

test("files that no remaining backup names go, and every remaining backup is proven by a drill", async () => {
  const before = await poolFiles();
  const log = new KeptLog();
  await onLab(lab, prune, ONLY_DAYS, log);
  expect(await inBackup(lab, "ls /backups/daily")).not.toContain(DAYS[0]);
  expect(before.filter((path) => paths.some((own) => path.endsWith(own)))).toHaveLength(3);
  expect(await poolFiles()).toEqual(before.filter((path) => path !== `./${paths[0]}`));
  expect(log.lines).toContain(
    "Removed 1 file of the filestore's pool that no backup names any more.",
  );
  for (const stamp of DAYS.slice(1)) {
    const { verdict, checks } = await onLab(lab, drill, {
      backup: `openspp_${stamp}.dump`,
      rpo: "10000d",
    });
    expect(checks.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(verdict).toBe("passed");
  }
});

test("while one list is not as its manifest says, no file of the pool is removed", async () => {
  const before = await poolFiles();
  await inBackup(lab, `sed -i 1d ${listOf(DAYS[2])}`);
  const failure = await onLab(lab, prune, { ...ONLY_DAYS, "keep-daily": "1" }).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(Failed);
  expect((failure as Failed).explanation).toMatchObject({
    what: "No file of the filestore's pool was removed.",
    why: `${listOf(DAYS[2])} is not as its manifest says`,
  });
  expect(await poolFiles()).toEqual(before);
});
