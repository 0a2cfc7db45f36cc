import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commentOf, type FormerMark } from "../../../src/backups/extra-databases.ts";
import { Failed } from "../../../src/failure.ts";
import { backup } from "../../../src/operations/backup/backup.ts";
import { prune } from "../../../src/operations/retention/prune.ts";
import type { BackupReport, Report } from "../../../src/report/report-schema.ts";
import { type Lab, startLab } from "../../lab/lab.ts";
import { databasesOf, type Inputs, inBackup, KeptLog, onLab } from "../on-lab.ts";

/** The volume of a deployment over the weeks: the days before today are files of the right names. */
let lab: Lab;
let taken: BackupReport;

beforeAll(async () => {
  lab = await startLab({
    name: `retention-${process.pid}`,
    policy: "flexible",
    seed: { registrants: 300 },
    fsyncOff: true,
  });
  taken = await onLab(lab, backup);
});

afterAll(() => lab?.down());

const files = async () =>
  (await inBackup(lab, "cd /backups && find . -type f | sort")).split("\n").filter(Boolean);
const retentionOf = ({ checks }: Report) => checks.find(({ name }) => name === "retention");
const make = (...paths: string[]) =>
  inBackup(lab, `cd /backups && for f in ${paths.join(" ")}; do echo rows > $f; done`);

/** A dump and its manifest for each of the days, as the deployment's own clock counts them. */
async function makeOld(folder: string, ...days: string[]): Promise<void> {
  await make(
    ...days.flatMap((day) => [
      `${folder}/openspp_${day}_020000.dump`,
      `${folder}/openspp_${day}_020000.manifest.json`,
    ]),
  );
}

describe("after a good backup", () => {
  test("the first one becomes the week's and the month's, without taking space", async () => {
    expect(retentionOf(taken)).toEqual({
      name: "retention",
      status: "passed",
      message:
        "1 backup kept (policy: 7 days, 4 weeks, 6 months); 1 weekly copy made; 1 monthly copy made; 0 backups removed.",
    });
    const stem = taken.backup.name.replace(".dump", "");
    const { dump, manifest } = { dump: `${stem}.dump`, manifest: `${stem}.manifest.json` };
    const stands = ["daily", "monthly", "weekly"].flatMap((folder) => [
      `./${folder}/${dump}`,
      `./${folder}/${manifest}`,
    ]);
    expect((await files()).filter((path) => path.includes(stem))).toEqual(
      expect.arrayContaining(stands),
    );
    expect(
      await inBackup(lab, `stat -c %h /backups/weekly/${dump} /backups/monthly/${manifest}`),
    ).toBe("3\n3");
  });

  test("the second one of the day makes no further copy", async () => {
    const second = await onLab(lab, backup);
    expect(second.retention).toMatchObject({ promoted: [], removed: [] });
    expect(second.retention?.kept).toHaveLength(4);
  });

  test("nothing is touched when nobody wants it", async () => {
    const before = await files();
    const report = await onLab(lab, backup, { retention: "off" });
    expect(retentionOf(report)).toBeUndefined();
    expect((await files()).filter((path) => !before.includes(path))).toEqual([
      `./daily/${report.backup.name}`,
      `./daily/${report.backup.name.replace(".dump", ".manifest.json")}`,
      `./daily/${report.backup.name.replace("openspp_", "openspp_filestore_").replace(".dump", ".tar.gz")}`,
    ]);
  });
});

describe("over the weeks", () => {
  const STRANGERS = [
    "daily/notes.txt",
    "daily/other_20200101_020000.dump",
    "daily/openspp_test_20200101_020000.dump",
    "daily/openspp_20200101_020000.dump.gpg",
    "daily/openspp_20200230_020000.dump",
  ];
  const OLD = ["20200108", "20200107", "20200106", "20200105", "20200104", "20200103", "20200102"];

  beforeAll(async () => {
    await makeOld("daily", ...OLD);
    await makeOld("weekly", "20200105", "20191229", "20191222", "20191215");
    await make(
      ...STRANGERS,
      "daily/openspp_20191231_020000.manifest.json",
      "daily/openspp_filestore_20200102_020000.tar.gz",
    );
  });

  test("a dry run says what would go, and changes nothing", async () => {
    const [before, log] = [await files(), new KeptLog()];
    const report = await onLab(lab, prune, { "dry-run": "true" }, log);
    expect(await files()).toEqual(before);
    expect(report).toMatchObject({
      operation: "prune",
      verdict: "passed",
      retention: { dryRun: true },
    });
    expect(log.lines).toContain(
      "Remove  daily/openspp_20200102_020000.dump: older than the 7 newest days with a backup",
    );
    expect(log.lines).toContain(
      "Remove  /backups/daily/openspp_20191231_020000.manifest.json: its dump is gone",
    );
    expect(retentionOf(report)?.message).toMatch(/^Only planned, nothing was changed: /);
  });

  test("what it said goes, each backup with all its files; strangers stay", async () => {
    const before = await files();
    await onLab(lab, prune);
    const after = await files();
    expect(before.filter((path) => !after.includes(path))).toEqual([
      "./daily/openspp_20191231_020000.manifest.json",
      "./daily/openspp_20200102_020000.dump",
      "./daily/openspp_20200102_020000.manifest.json",
      "./daily/openspp_filestore_20200102_020000.tar.gz",
      "./weekly/openspp_20191215_020000.dump",
      "./weekly/openspp_20191215_020000.manifest.json",
    ]);
    expect(after).toEqual(expect.arrayContaining(STRANGERS.map((path) => `./${path}`)));
    expect(await inBackup(lab, "test -s /backups/daily/openspp_latest.dump && echo stands")).toBe(
      "stands",
    );
  });

  test("the user's own numbers come before the deployment's", async () => {
    const { retention } = await onLab(lab, prune, { "keep-daily": "2", "keep-weekly": "1" });
    const left = retention?.kept.map(({ backup: path }) => path) ?? [];
    expect(left.filter((path) => /2020|2019/.test(path))).toEqual([
      "daily/openspp_20200108_020000.dump",
      // January 2020 had no monthly copy: its first backup became one.
      "monthly/openspp_20200102_020000.dump",
    ]);
  });
});

describe("what others still need", () => {
  test("a backup that is newer than the newest off-site stays", async () => {
    await makeOld("daily", "20190301", "20190302");
    const record = { recordVersion: 1, operation: "sync", verdict: "passed" };
    const told = {
      ...record,
      endedAt: "2019-03-01T03:00:00.000Z",
      backup: "openspp_20190301_020000.dump",
    };
    await inBackup(
      lab,
      `mkdir -p /backups/.openspp-backup && echo '${JSON.stringify(told)}' > /backups/.openspp-backup/last-sync.json`,
    );
    const { retention } = await onLab(lab, prune, { "keep-daily": "1" });
    await inBackup(lab, "rm /backups/.openspp-backup/last-sync.json");
    expect(retention?.removed.map(({ backup: path }) => path)).toContain(
      "daily/openspp_20190301_020000.dump",
    );
    expect(retention?.kept).toContainEqual({
      backup: "daily/openspp_20190302_020000.dump",
      reason: "not off-site yet",
    });
  });

  test("a database that a restore kept goes after its date, and not before", async () => {
    const client = await lab.connect(lab.database.admin);
    const make = async (name: string, until: string) => {
      const mark = {
        is: "former",
        of: "openspp",
        backup: "a.dump",
        since: "2026-01-01T00:00:00.000Z",
      };
      const comment = commentOf({ ...mark, until, confirmed: true } as FormerMark);
      await client.query(`CREATE DATABASE ${name}`);
      await client.query(`COMMENT ON DATABASE ${name} IS '${comment}'`);
    };
    await make("openspp_before_1", "2026-01-08T00:00:00.000Z");
    await make("openspp_before_2", "2999-01-08T00:00:00.000Z");
    await onLab(lab, prune, { "dry-run": "true" });
    expect(await databasesOf(lab)).toContain("openspp_before_1");
    await onLab(lab, prune);
    expect(await databasesOf(lab)).toEqual(["openspp", "openspp_before_2"]);
    await client.query("DROP DATABASE openspp_before_2");
    await client.end();
  });
});

describe("beside the reference script", () => {
  test("a dump that it still writes stays, and counts for no day", async () => {
    await make("daily/openspp_20990101_020000.dump");
    const today = taken.backup.name.slice(8, 16);
    await make(`daily/openspp_${today}_235959.dump`);
    const { retention } = await onLab(lab, prune, { "keep-daily": "1" });
    const reasons = Object.fromEntries(
      retention?.kept.map(({ backup: path, reason }) => [path, reason]) ?? [],
    );
    expect(reasons[`daily/openspp_${today}_235959.dump`]).toBe("not finished yet");
    expect(reasons["daily/openspp_20990101_020000.dump"]).toBe(
      "dated in the future: a clock was wrong",
    );
    expect(reasons[`daily/${taken.backup.name}`]).toBe("within the 1 newest day with a backup");
    await inBackup(
      lab,
      `rm /backups/daily/openspp_${today}_235959.dump /backups/daily/openspp_20990101*`,
    );
  });

  test("its own run finds our copies, deletes by its own rule, and what it leaves of ours goes", async () => {
    await makeOld("daily", "20200201");
    await inBackup(lab, "touch -d '2020-02-01 02:00:00' /backups/daily/openspp_20200201*");
    await inBackup(lab, "/backup.sh");
    expect(await files()).not.toContain("./daily/openspp_20200201_020000.dump");
    expect(await files()).toContain("./daily/openspp_20200201_020000.manifest.json");
    await onLab(lab, prune);
    expect(await files()).not.toContain("./daily/openspp_20200201_020000.manifest.json");
  });
});

describe("what goes wrong", () => {
  const broken = async (inputs: Inputs = {}) => {
    await makeOld("daily", "20180101");
    const before = await files();
    const outcome = await onLab(lab, backup, inputs).catch((error: unknown) => error);
    const after = await files();
    return { outcome, gone: before.filter((path) => !after.includes(path)) };
  };

  test("after a backup that failed, nothing goes", async () => {
    await inBackup(lab, "mv /usr/lib/postgresql/18/bin/pg_dump /usr/lib/postgresql/18/bin/away");
    const { outcome, gone } = await broken({ "keep-daily": "1" });
    await inBackup(lab, "mv /usr/lib/postgresql/18/bin/away /usr/lib/postgresql/18/bin/pg_dump");
    expect(outcome).toBeInstanceOf(Failed);
    expect(gone).toEqual([]);
  });

  test("a copy that cannot be made is a red check, the backup stays good, and nothing goes", async () => {
    await inBackup(lab, "mv /backups/weekly /backups/weekly.away && echo x > /backups/weekly");
    const { outcome, gone } = await broken({ "keep-daily": "1" });
    await inBackup(lab, "rm /backups/weekly && mv /backups/weekly.away /backups/weekly");
    const report = outcome as BackupReport;
    expect(report.verdict).toBe("failed");
    const troubles = report.checks.filter(({ status }) => status !== "passed");
    expect(troubles.map(({ name, status }) => [name, status])).toEqual([["retention", "failed"]]);
    expect(gone).toEqual([]);
  });
});
