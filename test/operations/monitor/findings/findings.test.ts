import { describe, expect, test } from "vitest";
import type { ListedBackup } from "../../../../src/backups/listing.ts";
import {
  judgeLog,
  judgeSchedule,
  judgeService,
} from "../../../../src/operations/monitor/findings/backup-service.ts";
import { judgeSize } from "../../../../src/operations/monitor/findings/backup-size.ts";
import {
  judgeAge,
  judgeClock,
  judgeDrill,
  oldestAllowed,
} from "../../../../src/operations/monitor/findings/judge-ages.ts";
import {
  judgeForecast,
  judgeInodes,
  judgeSpace,
  type Volume,
} from "../../../../src/operations/monitor/findings/judge-disk.ts";
import {
  judgeFiles,
  judgeManifests,
} from "../../../../src/operations/monitor/findings/judge-files.ts";
import { judgeCopies } from "../../../../src/operations/monitor/findings/retention-copies.ts";
import { failed, passed } from "../../../../src/report/check.ts";

const NOW = new Date("2026-01-31T12:00:00Z");
const HOUR = 3600;
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

function backup(path: string, more: Partial<ListedBackup> = {}): ListedBackup {
  const [kind = "", day = ""] = path.split("/");
  const name = `openspp_${day}_020000.dump`;
  return {
    name,
    path: `/backups/${kind}/${name}`,
    kind: kind as ListedBackup["kind"],
    takenAt: new Date(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T02:00:00Z`),
    bytes: 1_000_000,
    manifest: true,
    latest: false,
    ...more,
  };
}

describe("the service", () => {
  const service = {
    name: "backup",
    state: "exited (1)",
    running: false,
    start: "docker compose up",
  };

  test("runs, or is red with the way to start it", () => {
    expect(judgeService(service)).toEqual(
      failed(
        "backup-service",
        "The service `backup` is not running (exited (1)): no backup is taken.",
        "Start it there: docker compose up",
      ),
    );
    expect(judgeService({ ...service, state: "running", running: true })).toEqual(
      passed("backup-service", "The service `backup` is running."),
    );
  });
});

describe("the crontab", () => {
  const cron = (...lines: string[]) => ({ lines, read: true });

  test.each([
    ["as the lab's", "0 2 * * * /backup.sh >> /var/log/backup.log 2>&1", "0 2 * * *"],
    ["with other spaces", "  0  2 * *\t* /backup.sh", "0 2 * * *"],
    ["with a word for a schedule", "@daily /backup.sh", "@daily"],
  ])("%s agrees", (_, line, schedule) => {
    const finding = judgeSchedule(cron("# do not edit", line), schedule, false);
    expect(finding).toEqual(passed("schedule", `The crontab runs the backup at \`${schedule}\`.`));
  });

  test.each([
    ["no entry", [], "The crontab has no entry for the backup."],
    [
      "one that is a comment",
      ["# 0 2 * * * /backup.sh"],
      "The crontab has no entry for the backup.",
    ],
    ["one of something else", ["0 2 * * * /vacuum.sh"], "The crontab has no entry for the backup."],
    [
      "another time",
      ["0 3 * * * /backup.sh"],
      "The crontab says `0 3 * * *`, and BACKUP_SCHEDULE says `0 2 * * *`.",
    ],
  ])("%s is red, and a warning where this project takes the backups", (_, lines, message) => {
    expect(judgeSchedule(cron(...lines), "0 2 * * *", false)).toMatchObject({
      status: "failed",
      message,
    });
    expect(judgeSchedule(cron(...lines), "0 2 * * *", true)).toMatchObject({
      warning: true,
      message,
    });
  });

  test("that nothing reads is as good as none", () => {
    const unread = { lines: ["0 2 * * * /backup.sh"], read: false };
    expect(judgeSchedule(unread, "0 2 * * *", false).message).toBe(
      "The crontab has its entry, and no cron daemon runs in the container to read it.",
    );
  });
});

describe("the log", () => {
  test.each([
    ["ended well", ["dumping openspp", "backup complete"], "passed"],
    ["failed once and ended well then", ["pg_dump: error: x", "backup complete"], "passed"],
    [
      "ended well once and failed then",
      ["backup complete", "pg_dump: error: x", "hint: y"],
      "failed",
    ],
  ])("of a last run that %s", (_, lines, status) => {
    expect(judgeLog(lines, false).status).toBe(status);
  });

  test("names the first error of the last run, cut to what a line holds", () => {
    const lines = [
      "ERROR: an older one",
      "backup complete",
      `FATAL: ${"x".repeat(300)}`,
      "it failed",
    ];
    const { message } = judgeLog(lines, false);
    expect(message).toMatch(/^The last run in its log ended with an error: FATAL: x+$/);
    expect(message.length).toBeLessThan(220);
    expect(judgeLog(lines, true).warning).toBe(true);
  });

  test("that tells nothing is a warning", () => {
    expect(judgeLog(["crond: started"], false)).toMatchObject({ warning: true });
  });
});

describe("the newest backup's age", () => {
  const expected = { pauseSeconds: 24 * HOUR, next: new Date("2026-02-01T02:00:00Z") };
  const newest = (seconds: number) => ({ name: "a.dump", takenAt: ago(seconds) });

  test("may be the schedule's pause and a margin: the guide's 24 h, 6 h and 1 h", () => {
    expect([24, 6, 1].map((hours) => oldestAllowed(hours * HOUR) / HOUR)).toEqual([26, 7.5, 1.25]);
  });

  test.each([
    [
      25 * HOUR,
      "passed",
      "The newest backup, a.dump, is 25 h old; 26 h is allowed, and the schedule's next is due 2026-02-01 02:00:00 UTC.",
    ],
    [27 * HOUR, "failed", "The newest backup, a.dump, is 27 h old; 26 h is allowed."],
    [
      -200,
      "passed",
      "The newest backup, a.dump, is 0 ms old; 26 h is allowed, and the schedule's next is due 2026-02-01 02:00:00 UTC.",
    ],
    [-2 * HOUR, "failed", "The newest backup, a.dump, is dated 2 h in the future."],
  ])("of %d seconds is %s", (seconds, status, message) => {
    expect(judgeAge(newest(seconds), NOW, expected)).toMatchObject({ status, message });
  });

  test("is measured by what the user says, when he does", () => {
    expect(judgeAge(newest(2 * HOUR), NOW, expected, HOUR).status).toBe("failed");
    expect(judgeAge(newest(48 * HOUR), NOW, undefined, 72 * HOUR).status).toBe("passed");
  });

  test("cannot be judged by a schedule that is none, and that is red", () => {
    expect(judgeAge(newest(HOUR), NOW, undefined).message).toMatch(/is no schedule in cron format/);
    expect(judgeAge(undefined, NOW, expected).message).toBe(
      "There is no complete backup of this database.",
    );
  });
});

describe("the size", () => {
  const sized = (...megabytes: number[]) =>
    megabytes.map((one, index) => ({
      name: `${index}.dump`,
      bytes: one * 1_000_000,
      takenAt: NOW,
      compression: "gzip:6",
    }));

  test.each([
    [[9, 10, 10, 10], "passed", "0.dump takes 9 MB, the 3 backups before it 10 MB."],
    [[4, 10, 9, 10], "failed", "0.dump takes 4 MB, the 3 backups before it 10 MB: it collapsed."],
    [
      [25, 10, 9, 10],
      "passed",
      "0.dump takes 25 MB, the 3 backups before it 10 MB: a sudden jump.",
    ],
    [[0.005, 0.005, 0.005], "failed", "0.dump takes 5 kB: too little for a registry."],
    [[4, 10], "passed", "0.dump takes 4 MB; there are not enough earlier backups for a trend yet."],
  ])("%j: %s", (megabytes, status, message) => {
    expect(judgeSize(sized(...megabytes))).toMatchObject({ status, message });
  });

  test("of another compression is no collapse", () => {
    const [newest, ...others] = sized(4, 10, 10, 10);
    const zstd = newest ? [{ ...newest, compression: "zstd:3" }, ...others] : [];
    expect(judgeSize(zstd).status).toBe("passed");
  });

  test("is told by what is usual: one that was small before changes nothing", () => {
    expect(judgeSize(sized(10, 0.03, 10, 10, 10)).status).toBe("passed");
    expect(judgeSize([]).status).toBe("not-run");
  });
});

describe("the files", () => {
  const sound = { written: new Map(), unfinished: new Set<string>(), dumping: false };
  const list = (...backups: ListedBackup[]) => ({ backups, partials: [], orphans: [] });
  const newest = backup("daily/20260131", { latest: true });

  test("that are sound", () => {
    expect(judgeFiles(list(newest), sound)).toEqual(
      passed("backup-files", "1 dump, none empty, cut short or unreadable."),
    );
  });

  test.each([
    ["is empty", { ...newest, bytes: 0 }, sound],
    ["has 1000000 bytes instead of 7", newest, { ...sound, written: new Map([[newest.path, 7]]) }],
    ["was never finished", newest, { ...sound, unfinished: new Set([newest.name]) }],
  ])("of which the newest %s are red", (trouble, one, found) => {
    expect(judgeFiles(list(one), found)).toMatchObject({
      status: "failed",
      message: `daily/${newest.name} ${trouble}.`,
    });
  });

  test("of which an older one is bad are a warning, three shown", () => {
    const empty = [28, 27, 26, 25].map((day) => backup(`daily/202601${day}`, { bytes: 0 }));
    const finding = judgeFiles(list(newest, ...empty), sound);
    expect(finding.warning).toBe(true);
    expect(finding.message).toMatch(/^daily\/openspp_20260128_.*; and 1 more\.$/);
  });

  test("of which the reference script failed to finish one are a warning, where others can be proven", () => {
    const script = backup("daily/20260131", { manifest: false, latest: true });
    const found = { ...sound, unfinished: new Set([script.name]) };
    expect(judgeFiles(list(script, backup("daily/20260130")), found).warning).toBe(true);
    expect(judgeFiles(list(script), found).status).toBe("failed");
  });

  test("that something still writes are no trouble", () => {
    const found = { ...sound, unfinished: new Set([newest.name]), dumping: true };
    expect(judgeFiles(list(newest), found).status).toBe("passed");
    const partials = { ...list(newest), partials: ["/backups/daily/.x.part"] };
    expect(judgeFiles(partials, { ...sound, dumping: true }).warning).toBeUndefined();
    expect(judgeFiles(partials, sound).message).toBe(
      "1 file of a run that did not finish takes space.",
    );
  });

  test("of which the latest cannot be read are red", () => {
    const finding = judgeFiles(list(newest), { ...sound, unreadable: "pg_restore: error: x" });
    expect(finding).toMatchObject({
      status: "failed",
      message: "The latest dump cannot be read: pg_restore: error: x",
    });
  });

  test("without manifests", () => {
    const script = backup("daily/20260131", { manifest: false });
    expect(judgeManifests([script])).toMatchObject({ warning: true });
    expect(judgeManifests([newest, { ...script, name: "b.dump" }]).message).toBe(
      "The newest backup has its manifest; 1 other of 2 dumps have none, as the deployment's own script writes them.",
    );
    expect(judgeManifests([newest]).message).toBe("Each of 1 dump has its manifest.");
  });
});

describe("weekly and monthly copies", () => {
  const policy = { days: 7, weeks: 4, months: 6 };
  const now = "20260131_030000";
  const sundays = ["20260125", "20260118", "20260111", "20260104"];

  test("that are all there", () => {
    const backups = [
      backup("daily/20260131"),
      ...sundays.map((day) => backup(`weekly/${day}`)),
      ...["20260101", "20251201", "20251101", "20251001", "20250901", "20250801"].map((day) =>
        backup(`monthly/${day}`),
      ),
    ];
    expect(judgeCopies(backups, policy, now).warning).toBeUndefined();
  });

  test("of which some are missing", () => {
    const backups = [
      backup("daily/20260131"),
      backup("weekly/20260125"),
      backup("monthly/20251201"),
    ];
    expect(judgeCopies(backups, policy, now)).toMatchObject({
      warning: true,
      message:
        "weekly/ has no copy of 3 of the last 4 weeks; monthly/ has no copy of 1 of the last 2 months.",
    });
  });

  test("are not asked of a time before the first backup, nor of a week without a daily yet", () => {
    expect(
      judgeCopies(
        [backup("weekly/20260125"), backup("daily/20260131"), backup("monthly/20260105")],
        policy,
        now,
      ).message,
    ).toContain("weekly/ has no copy of 3");
    expect(
      judgeCopies(
        [backup("weekly/20260125"), backup("monthly/20260125")],
        policy,
        "20260201_010000",
      ).warning,
    ).toBeUndefined();
    expect(judgeCopies([], policy, now).status).toBe("passed");
  });
});

describe("the last drill", () => {
  const drill = { recordVersion: 1, operation: "drill", verdict: "passed" } as const;
  const ended = (seconds: number) => ({ ...drill, endedAt: ago(seconds).toISOString() });
  const LIMIT = 100 * 24 * HOUR;

  test.each([
    [undefined, "failed", "No restore drill has proven a backup of this deployment yet."],
    [
      { ...ended(HOUR), rtoSeconds: 42 },
      "passed",
      "The last restore drill passed 60 min ago and took 42 s; 100 d is allowed.",
    ],
    [
      ended(101 * 24 * HOUR),
      "failed",
      "The last restore drill passed 101 d ago; 100 d is allowed.",
    ],
    [
      { ...ended(HOUR), verdict: "failed" } as const,
      "failed",
      "The last restore drill, 60 min ago, failed.",
    ],
    [
      { ...ended(HOUR), verdict: "not-run" } as const,
      "failed",
      "The last restore drill, 60 min ago, proved nothing.",
    ],
    [ended(-60), "passed", "The last restore drill passed 0 ms ago; 100 d is allowed."],
    [ended(-9 * 24 * HOUR), "failed", "The last restore drill is dated 9 d in the future."],
  ])("%j", (last, status, message) => {
    const finding = judgeDrill(last, NOW, LIMIT);
    expect(finding.status).toBe(status);
    expect(finding.message).toBe(message.replaceAll("60 min", "1 h"));
  });
});

describe("the disks", () => {
  const volume = (freeBytes: number, freeInodes = 50): Volume => ({
    name: "the backup volume",
    totalBytes: 100_000_000,
    freeBytes,
    totalInodes: 100,
    freeInodes,
  });

  test.each([
    [50_000_000, "passed", undefined],
    [9_000_000, "passed", true],
    [1_100_000, "failed", undefined],
  ])("with %d bytes free", (free, status, warning) => {
    const finding = judgeSpace([volume(free)], 1_000_000);
    expect([finding.status, finding.warning]).toEqual([status, warning]);
  });

  test("with few inodes, or no fixed number", () => {
    expect(judgeInodes([volume(1, 50)]).message).toBe(
      "The backup volume has 50 % of its inodes free.",
    );
    expect(judgeInodes([volume(1, 9)]).warning).toBe(true);
    expect(judgeInodes([volume(1, 50), { ...volume(1, 1), name: "the other" }])).toMatchObject({
      status: "failed",
      message: "The other has 1 % of its inodes free.",
    });
    expect(judgeInodes([{ ...volume(1), totalInodes: 0 }]).status).toBe("passed");
  });

  test.each([
    [200, "passed", undefined],
    [20, "passed", true],
    [5, "failed", undefined],
  ])("that are full in %d days", (days, status, warning) => {
    const fullAt = new Date(NOW.getTime() + days * 24 * HOUR * 1000);
    const finding = judgeForecast({ bytesPerDay: 1_200_000, fullAt, lookedAheadDays: 365 }, NOW);
    expect([finding.status, finding.warning]).toEqual([status, warning]);
    expect(finding.message).toContain(
      `A backup grows by 1.2 MB a day; at that rate the backup volume is full on ${fullAt.toISOString().slice(0, 10)}`,
    );
  });

  test("that hold out, or of which too little is known", () => {
    expect(judgeForecast({ bytesPerDay: 0, lookedAheadDays: 365 }, NOW).message).toBe(
      "A backup grows by 0 B a day; at that rate the backup volume is not full within 365 days.",
    );
    const pooled = { bytesPerDay: 0, pooledBytesPerDay: 2e6, lookedAheadDays: 365 };
    expect(judgeForecast(pooled, NOW).message).toContain(
      "A backup grows by 0 B a day, the filestore's pool by 2 MB; at that rate",
    );
    expect(judgeForecast(undefined, NOW).status).toBe("passed");
  });
});

describe("the clock", () => {
  test.each([
    [3, "passed", undefined, "The host's clock agrees with that of the machine that looks at it."],
    [
      -90,
      "passed",
      true,
      "The host's clock is 1 min 30 s behind the clock of the machine that looks at it.",
    ],
    [
      7200,
      "failed",
      undefined,
      "The host's clock is 2 h ahead of the clock of the machine that looks at it.",
    ],
  ])("%d seconds off", (skew, status, warning, message) => {
    const finding = judgeClock(skew);
    expect([finding.status, finding.warning, finding.message]).toEqual([status, warning, message]);
  });
});
