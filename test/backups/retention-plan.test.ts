import { describe, expect, test } from "vitest";
import { momentOf, stampOf } from "../../src/backups/backup-name.ts";
import type { ListedBackup, Orphan } from "../../src/backups/listing.ts";
import { planRetention, type RetentionInput } from "../../src/backups/retention-plan.ts";

/** Given `daily/20260115` or `daily/20260115_140000`, return that backup as a listing shows it. */
function listed(path: string, more: Partial<ListedBackup> = {}): ListedBackup {
  const [kind = "", date = ""] = path.split("/");
  const name = `openspp_${date.padEnd(15, "_020000")}.dump`;
  return {
    name,
    path: `/backups/${kind}/${name}`,
    kind: kind as ListedBackup["kind"],
    takenAt: momentOf(stampOf(name), "+0000"),
    bytes: 1000,
    manifest: true,
    latest: false,
    ...more,
  };
}

const days = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => `202601${first + index}`).toReversed();

function plan(backups: readonly (string | ListedBackup)[], more: Partial<RetentionInput> = {}) {
  const all = backups.map((one) => (typeof one === "string" ? listed(one) : one));
  const stored: RetentionInput = {
    backups: all.sort((a, b) => b.takenAt.getTime() - a.takenAt.getTime()),
    orphans: [],
    policy: { days: 7, weeks: 4, months: 6 },
    now: "20260131_030000",
    ...more,
  };
  const { promoted, kept, going } = planRetention(stored);
  const shown = ({ backup, reason }: { backup: ListedBackup; reason: string }) =>
    `${backup.kind}/${stampOf(backup.name).replace("_020000", "")}: ${reason}`;
  return {
    promoted: promoted.map((one) => `${one.to} from ${shown(one)}`),
    kept: kept.map(shown),
    going: going.map(shown),
  };
}

const CALM = { policy: { days: 7, weeks: 0, months: 0 } };
const WITHIN = "within the 7 newest days with a backup";
const OLDER = "older than the 7 newest days with a backup";

describe("daily backups", () => {
  test("are kept of seven days, every one of each day", () => {
    const backups = [...days(23, 31), "20260125_140000", "20260124_140000"];
    expect(
      plan(
        backups.map((day) => `daily/${day}`),
        CALM,
      ),
    ).toEqual({
      promoted: [],
      kept: [
        ...["20260131", "20260130", "20260129", "20260128", "20260127", "20260126"],
        ...["20260125_140000", "20260125"],
      ].map((day) => `daily/${day}: ${WITHIN}`),
      going: ["20260124_140000", "20260124", "20260123"].map((day) => `daily/${day}: ${OLDER}`),
    });
  });

  test("are counted, not dated: a month without any costs nothing", () => {
    const { going } = plan(["daily/20251102", "daily/20251101", "daily/20260131"], CALM);
    expect(going).toEqual([]);
  });

  test("that are empty are no day's backup, and go with their time", () => {
    const empty = (day: string) => listed(`daily/${day}`, { bytes: 0 });
    const backups = [
      empty("20260131"),
      empty("20260122"),
      ...days(23, 30).map((day) => `daily/${day}`),
    ];
    expect(plan(backups, CALM).going).toEqual([
      `daily/20260123: ${OLDER}`,
      `daily/20260122: ${OLDER}`,
    ]);
  });

  test("that something still writes count for nothing", () => {
    const backups = days(24, 31).map((day) => `daily/${day}`);
    const unfinished = new Set(["openspp_20260131_020000.dump"]);
    expect(plan(backups, { ...CALM, unfinished })).toMatchObject({
      kept: [
        "daily/20260131: not finished yet",
        ...days(24, 30).map((day) => `daily/${day}: ${WITHIN}`),
      ],
      going: [],
    });
  });

  test("dated in the future stay, and push nothing out", () => {
    const ahead = [
      "20360101",
      "20360102",
      "20360103",
      "20360104",
      "20360105",
      "20360106",
      "20360107",
    ];
    const { kept, going } = plan(
      [...ahead, "20260131", "20260130"].map((day) => `daily/${day}`),
      CALM,
    );
    expect(going).toEqual([]);
    expect(kept[0]).toBe("daily/20360107: dated in the future: a clock was wrong");
    expect(kept.at(-1)).toBe(`daily/20260130: ${WITHIN}`);
  });

  test("written before a clock was set back are not in the future within their day", () => {
    const now = { ...CALM, now: "20261025_021000" };
    expect(plan(["daily/20261025_025900"], now).kept).toEqual([`daily/20261025_025900: ${WITHIN}`]);
  });
});

describe("what never goes", () => {
  const one = { policy: { days: 1, weeks: 0, months: 0 }, now: "20260131_030000" };

  test("the last good one, wherever it stands", () => {
    const backups = [
      listed("daily/20260131", { bytes: 0 }),
      "monthly/20260101",
      "monthly/20251201",
    ];
    expect(plan(backups, one)).toMatchObject({
      kept: [
        "daily/20260131: within the 1 newest day with a backup",
        "monthly/20260101: the last good backup",
      ],
      going: ["monthly/20251201: older than the 0 newest months with a backup"],
    });
  });

  test("the newest that can be proven, however many of the reference script are newer", () => {
    const script = (day: string) => listed(`daily/${day}`, { manifest: false });
    const backups = [script("20260131"), script("20260130"), "daily/20260129", "daily/20260128"];
    const { kept, going } = plan(backups, one);
    expect(kept).toEqual([
      "daily/20260131: within the 1 newest day with a backup",
      "daily/20260130: within the 1 newest day with a backup",
      "daily/20260129: within the 1 newest day with a backup",
    ]);
    expect(going).toHaveLength(1);
  });

  test("one that is not off-site yet, when off-site is configured", () => {
    const backups = ["daily/20260131", "daily/20260130", "daily/20260129"];
    const offsite = new Set(["openspp_20260129_020000.dump"]);
    expect(plan(backups, { ...one, offsite })).toMatchObject({
      kept: [expect.any(String), "daily/20260130: not off-site yet"],
      going: ["daily/20260129: older than the 1 newest day with a backup"],
    });
  });
});

describe("weekly and monthly copies", () => {
  const FIRST_OF_WEEK = "the first of a week that has no copy yet";
  const FIRST_OF_MONTH = "the first of a month that has no copy yet";

  test("are made of Sunday's backup and of the 1st's", () => {
    const now = { now: "20260202_030000" };
    const known = ["weekly/20260125", "monthly/20260101"];
    expect(plan(["daily/20260201", "daily/20260131", ...known], now).promoted).toEqual([
      `weekly from daily/20260201: ${FIRST_OF_WEEK}`,
      `monthly from daily/20260201: ${FIRST_OF_MONTH}`,
    ]);
  });

  test("are made up for by the next backup of that week or month, once", () => {
    const now = { now: "20260204_030000" };
    const known = ["weekly/20260125", "monthly/20260101", "daily/20260203"];
    expect(plan(known, now).promoted).toEqual([
      `weekly from daily/20260203: ${FIRST_OF_WEEK}`,
      `monthly from daily/20260203: ${FIRST_OF_MONTH}`,
    ]);
    const made = ["weekly/20260203", "monthly/20260203", "daily/20260204"];
    expect(plan([...known, ...made], now).promoted).toEqual([]);
  });

  test("that the reference script made are not made again of its own dumps, but of one that can be proven", () => {
    const script = (path: string) => listed(path, { manifest: false });
    const sunday = ["daily", "weekly", "monthly"].map((folder) => script(`${folder}/20260201`));
    const now = { now: "20260201_050000" };
    expect(plan(sunday, now).promoted).toEqual([]);
    expect(plan(["daily/20260201_040000", ...sunday], now).promoted).toHaveLength(2);
  });

  test("that a full disk cut off are made again", () => {
    const backups = [
      "daily/20260201",
      listed("weekly/20260201", { bytes: 10 }),
      "monthly/20260201",
    ];
    expect(plan(backups, { now: "20260201_050000" }).promoted).toEqual([
      `weekly from daily/20260201: ${FIRST_OF_WEEK}`,
    ]);
  });

  test("go after four weeks and six months that have one", () => {
    const sundays = ["20260125", "20260118", "20260111", "20260104", "20251228"];
    const firsts = [
      "20260101",
      "20251201",
      "20251101",
      "20251001",
      "20250901",
      "20250801",
      "20250701",
    ];
    const { going } = plan([
      ...sundays.map((day) => `weekly/${day}`),
      ...firsts.map((day) => `monthly/${day}`),
    ]);
    expect(going).toEqual([
      "weekly/20251228: older than the 4 newest weeks with a backup",
      "monthly/20250701: older than the 6 newest months with a backup",
    ]);
  });

  test("are not made where the policy keeps none", () => {
    expect(plan(["daily/20260131"], CALM).promoted).toEqual([]);
  });
});

test("what is left of backups whose dump is gone goes; an archive in its time", () => {
  const orphan = (day: string, archive: boolean): Orphan => ({
    path: `/backups/daily/${day}${archive ? ".tar.gz" : ".manifest.json"}`,
    kind: "daily",
    stamp: `${day}_020000`,
    archive,
  });
  const { orphans } = planRetention({
    backups: days(20, 31).map((day) => listed(`daily/${day}`)),
    orphans: [orphan("20260125", false), orphan("20260125", true), orphan("20260124", true)],
    ...CALM,
    now: "20260131_030000",
  });
  expect(orphans).toEqual([
    "/backups/daily/20260125.manifest.json",
    "/backups/daily/20260124.tar.gz",
  ]);
});
