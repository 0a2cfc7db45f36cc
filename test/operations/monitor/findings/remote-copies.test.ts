import { describe, expect, test } from "vitest";
import { parseListing } from "../../../../src/backups/listing.ts";
import type { RunRecord } from "../../../../src/backups/run-record.ts";
import type { BackupStore } from "../../../../src/operations/monitor/findings/backup-store.ts";
import {
  judgeOffsite,
  type RemoteEvidence,
} from "../../../../src/operations/monitor/findings/remote-copies.ts";
import { failed, passed, warned } from "../../../../src/report/check.ts";

const NOW = new Date("2026-01-15T12:00:00Z");
const LIMIT = 26 * 3600;
const ADDRESS = "offsite:openspp-backups";
const SYNC = "openspp-backup sync, or the action `sync`";

const nameOf = (day: number) => `openspp_202601${day}_100000`;
/** The files of a day's backup, as a remote lists them. */
const files = (day: number, bytes = 1000) => [
  { path: `daily/${nameOf(day)}.dump`, bytes },
  { path: `daily/${nameOf(day)}.manifest.json`, bytes: 9 },
];
const seen = (...lists: ReturnType<typeof files>[]): RemoteEvidence => ({
  address: ADDRESS,
  files: lists.flat(),
});

function store(record?: Partial<RunRecord>): BackupStore {
  const here = [15, 14].flatMap((day) => files(day));
  const lines = here.map(({ path, bytes }) => `/backups/${path}|${bytes}|0`).join("\n");
  const sync = {
    ...({ recordVersion: 1, operation: "sync", verdict: "passed" } as const),
    ...{ endedAt: "2026-01-15T11:00:00Z", remote: ADDRESS, backup: `${nameOf(15)}.dump` },
  };
  return {
    listing: parseListing(lines, "/backups", "openspp", "+0000"),
    ...{ stamp: "20260115_120000", zone: { offset: "+0000" }, schedule: "0 2 * * *", linked: "" },
    ...{ policy: { days: 7, weeks: 4, months: 6 }, heads: new Map() },
    records: record ? [{ ...sync, ...record }] : [],
  };
}

const judge = (remote?: RemoteEvidence, record?: Partial<RunRecord>) =>
  judgeOffsite(store(record), "openspp", remote, NOW, LIMIT);

describe("a remote that can be listed", () => {
  const current = passed(
    "off-site",
    `The newest copy on \`${ADDRESS}\` is 2 h old, the same as here; 26 h is allowed.`,
  );

  test("is judged by its own list, whether a sync is known or not", () => {
    expect(judge(seen(files(15), files(14)))).toEqual(current);
    expect(judge(seen(files(15)), {})).toEqual(current);
  });

  test("whose newest copy a wrong clock dated is red: it would be the newest for as long", () => {
    expect(judge(seen(files(19), files(15)))).toMatchObject({
      status: "failed",
      message: `The newest copy on \`${ADDRESS}\`, ${nameOf(19)}.dump, is dated 3 d 22 h in the future.`,
    });
  });

  test("whose newest copy is too old is red", () => {
    expect(judge(seen(files(13)))).toEqual(
      failed(
        "off-site",
        `The newest copy on \`${ADDRESS}\` is 2 d 2 h old, 2 d behind the newest here; 26 h is allowed.`,
        `Copy now: ${SYNC}`,
      ),
    );
  });

  test("that lost what the last sync left there is red, although the one before is new enough", () => {
    const lost = `openspp_20260115_100000.dump, which the last sync 1 h ago left on \`${ADDRESS}\`, is no longer complete there`;
    const next = `Copy again: ${SYNC}. Then find out who or what deletes there.`;
    expect(judge(seen(files(14)), {})).toEqual(
      failed("off-site", `${lost}: the newest there, ${nameOf(14)}.dump, is 26 h old.`, next),
    );
    expect(judge(seen(), {})).toEqual(
      failed("off-site", `${lost}: there is no complete backup there.`, next),
    );
  });

  test("lost nothing when the last sync was to another one", () => {
    expect(judge(seen(files(14)), { remote: "elsewhere:" }).message).toBe(
      `The newest copy on \`${ADDRESS}\` is 26 h old, 24 h behind the newest here; 26 h is allowed.`,
    );
  });

  test.each([
    ["is cut short", files(15, 999)],
    ["has no manifest yet", files(15).slice(0, 1)],
  ])("does not count a copy that %s", (_, newest) => {
    expect(judge(seen(newest, files(14))).message).toContain("24 h behind the newest here");
  });

  test("of which a copy stands no longer here counts it unless it is empty", () => {
    expect(judge(seen(files(13, 0))).message).toBe(
      `There is no complete backup of this database on \`${ADDRESS}\`.`,
    );
    expect(judge(seen(files(13))).message).toContain("2 d 2 h old");
  });

  test("does not make up for a sync that failed: what is there may be damaged", () => {
    expect(judge(seen(files(15)), { verdict: "failed" })).toEqual(
      failed(
        "off-site",
        "The last off-site copy, 1 h ago, failed.",
        `Read its report and copy again: ${SYNC}`,
      ),
    );
  });
});

describe("a remote that cannot be listed", () => {
  const remote: RemoteEvidence = {
    ...{ address: ADDRESS, trouble: "vps cannot list it. No route.", next: "Try it." },
  };

  test("is red, and says what the last sync knew, if that was to the same one", () => {
    const silent = failed("off-site", "vps cannot list it. No route.", "Try it.");
    expect(judge(remote)).toEqual(silent);
    expect(judge(remote, { remote: "elsewhere:" })).toEqual(silent);
    expect(judge(remote, {})).toEqual(
      failed(
        "off-site",
        "vps cannot list it. No route. By the last sync, 1 h ago, the newest copy there is 2 h old.",
        "Try it.",
      ),
    );
  });
});

describe("without a remote to look at", () => {
  test("none that is known is a warning", () => {
    expect(judge()).toEqual(
      warned(
        "off-site",
        "No off-site copy of the backups is known.",
        `Configure a remote, and copy: ${SYNC}`,
      ),
    );
  });

  test.each([
    [
      {},
      "passed",
      "The newest copy off-site, by the last sync 1 h ago, is 2 h old, the same as here; 26 h is allowed.",
    ],
    [
      { backup: `${nameOf(13)}.dump` },
      "failed",
      "The newest copy off-site, by the last sync 1 h ago, is 2 d 2 h old, 2 d behind the newest here; 26 h is allowed.",
    ],
    [{ backup: undefined }, "failed", "There is no backup off-site."],
    [{ verdict: "not-run" as const }, "failed", "The last off-site copy, 1 h ago, proved nothing."],
  ])("the last sync %j is all that is known", (record, status, message) => {
    expect(judge(undefined, record)).toMatchObject({ status, message });
  });
});
