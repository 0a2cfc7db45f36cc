import { describe, expect, test } from "vitest";
import { chooseBackup, parseListing } from "../../src/backups/listing.ts";
import { UserMistake } from "../../src/failure.ts";

const line = (path: string, bytes = 1000) => `/backups/${path}|${bytes}|1768442400`;
const list = (...lines: string[]) =>
  parseListing(lines.map((one) => `${one}\n`).join(""), "/backups", "openspp", "+0000");

describe("a listing", () => {
  test("of one backup with its manifest and its filestore", () => {
    const lines = [
      line("daily/openspp_20260115_020000.manifest.json", 28_000),
      line("daily/openspp_20260115_020000.dump", 88_000_000),
      line("daily/openspp_filestore_20260115_020000.tar.gz", 5_000_000),
    ];
    expect(list(...lines)).toEqual({
      backups: [
        {
          name: "openspp_20260115_020000.dump",
          path: "/backups/daily/openspp_20260115_020000.dump",
          kind: "daily",
          takenAt: new Date("2026-01-15T02:00:00Z"),
          bytes: 88_000_000,
          manifest: true,
          filestore: {
            name: "openspp_filestore_20260115_020000.tar.gz",
            path: "/backups/daily/openspp_filestore_20260115_020000.tar.gz",
            bytes: 5_000_000,
            kind: "tar.gz",
          },
          latest: true,
        },
      ],
      partials: [],
      orphans: [],
    });
  });

  test.each([
    ["daily/openspp_filestore_20260115_020000.tar.zst", "tar.zst"],
    ["daily/openspp_filestore_20260115_020000.sha1", "incremental"],
    ["daily/openspp_filestore_20260115_020001.tar.gz", undefined],
    ["weekly/openspp_filestore_20260115_020000.tar.gz", undefined],
    ["daily/openspp2_filestore_20260115_020000.tar.gz", undefined],
    ["daily/openspp_filestore_20260115_020000.tar.gz.part", undefined],
    ["filestore/openspp", undefined],
  ])("beside a backup, %s is its filestore: %s", (path, kind) => {
    const { backups } = list(line("daily/openspp_20260115_020000.dump"), line(path));
    expect(backups.map(({ filestore }) => filestore?.kind)).toEqual([kind]);
  });

  test("the newest first, by the name's stamp; a daily one before its copies", () => {
    const { backups } = list(
      line("monthly/openspp_20260101_020000.dump"),
      line("weekly/openspp_20260201_020000.dump"),
      line("monthly/openspp_20260201_020000.dump"),
      line("daily/openspp_20260201_020000.dump"),
      line("daily/openspp_20260131_020000.dump"),
    );
    expect(backups.map(({ kind, name, latest }) => [`${kind}/${name}`, latest])).toEqual([
      ["daily/openspp_20260201_020000.dump", true],
      ["weekly/openspp_20260201_020000.dump", true],
      ["monthly/openspp_20260201_020000.dump", true],
      ["daily/openspp_20260131_020000.dump", false],
      ["monthly/openspp_20260101_020000.dump", false],
    ]);
  });

  test("a manifest counts in the dump's own folder only", () => {
    const { backups } = list(
      line("daily/openspp_20260115_020000.dump"),
      line("weekly/openspp_20260115_020000.dump"),
      line("weekly/openspp_20260115_020000.manifest.json"),
    );
    expect(backups.map(({ kind, manifest }) => [kind, manifest])).toEqual([
      ["daily", false],
      ["weekly", true],
    ]);
  });

  test("what unfinished runs left, wherever it stands", () => {
    const { backups, partials } = list(
      line("daily/.openspp_20260115_020000.dump.part"),
      line("daily/openspp_20260115_020000.manifest.json.part"),
      line("weekly/.openspp_20260111_020000.dump.part"),
    );
    expect(backups).toEqual([]);
    expect(partials).toEqual([
      "/backups/daily/.openspp_20260115_020000.dump.part",
      "/backups/daily/openspp_20260115_020000.manifest.json.part",
      "/backups/weekly/.openspp_20260111_020000.dump.part",
    ]);
  });

  test("what is left of this database's backups whose dump is gone", () => {
    const { orphans } = list(
      line("daily/openspp_20260115_020000.manifest.json"),
      line("daily/openspp_filestore_20260115_020000.sha1"),
      line("daily/openspp_filestore_20260115_020000.tar.zst"),
      line("weekly/openspp_20260115_020000.dump"),
      line("weekly/openspp_20260115_020000.manifest.json"),
      line("daily/other_20260115_020000.manifest.json"),
      line("daily/openspp_other_20260115_020000.manifest.json"),
      line("daily/openspp_notes.manifest.json"),
      line("daily/openspp_20260230_020000.manifest.json"),
      line("yearly/openspp_20260115_020000.manifest.json"),
    );
    const orphan = (name: string, archive: boolean) => ({
      path: `/backups/daily/${name}`,
      kind: "daily",
      stamp: "20260115_020000",
      archive,
    });
    expect(orphans).toEqual([
      orphan("openspp_20260115_020000.manifest.json", false),
      orphan("openspp_filestore_20260115_020000.sha1", false),
      orphan("openspp_filestore_20260115_020000.tar.zst", true),
    ]);
  });

  test.each([
    "daily/openspp2_20260115_020000.dump",
    "daily/old_openspp_20260115_020000.dump",
    "yearly/openspp_20260115_020000.dump",
    "daily/openspp_20260115_020000.dump.gpg",
    "daily/openspp_20269915_020000.dump",
    "lost+found/#123",
    "daily/$(reboot)",
    "daily/a|b",
    "daily/openspp_latest.dump",
    "daily/deeper/openspp_20260115_020000.dump",
    "daily/a\n/backups/daily/openspp_20260115_020000.txt",
  ])("%s is none of its backups", (path) => {
    expect(list(line(path))).toEqual({ backups: [], partials: [], orphans: [] });
  });

  test("lines that are no file's are passed over", () => {
    const lines = ["", "garbage", "/etc/openspp_20260115_020000.dump|5|5", "|||", "/backups/|1|1"];
    expect(list(...lines)).toEqual({ backups: [], partials: [], orphans: [] });
  });

  test("a database whose name holds a bar, a space and quotes", () => {
    const name = `it's a|"db"_20260115_020000.dump`;
    const { backups } = parseListing(
      `${line(`daily/${name}`)}\n`,
      "/backups",
      `it's a|"db"`,
      "+0000",
    );
    expect(backups.map((one) => one.name)).toEqual([name]);
  });
});

describe("the choice", () => {
  const listing = list(
    line("daily/openspp_20260117_020000.dump"),
    line("daily/openspp_20260116_020000.dump"),
    line("daily/openspp_20260115_020000.dump"),
    line("weekly/openspp_20260115_020000.dump"),
  );

  test.each([
    ["latest", "daily/openspp_20260117_020000.dump"],
    ["openspp_20260116_020000.dump", "daily/openspp_20260116_020000.dump"],
    ["openspp_20260115_020000.dump", "daily/openspp_20260115_020000.dump"],
    ["weekly/openspp_20260115_020000.dump", "weekly/openspp_20260115_020000.dump"],
  ])("%s", (wanted, expected) => {
    const { kind, name } = chooseBackup(listing, wanted, 0);
    expect(`${kind}/${name}`).toBe(expected);
  });

  test.each([
    [0, 0],
    [0.2499, 0],
    [0.25, 1],
    [0.9999999, 3],
  ])("random %d is backup %d", (random, index) => {
    expect(chooseBackup(listing, "random", random)).toBe(listing.backups[index]);
  });

  test.each(["openspp_20200101_000000.dump", "$(reboot)", "../daily/x\n", ""])(
    "%j is none, and says what is",
    (wanted) => {
      expect(() => chooseBackup(listing, wanted, 0)).toThrow(
        new UserMistake({
          what: `There is no backup ${JSON.stringify(wanted)} of this database.`,
          why: "The newest of 4 is openspp_20260117_020000.dump.",
          state: "Nothing was changed.",
          next: "See them all: openspp-backup list",
        }),
      );
    },
  );

  test.each(["latest", "random", "openspp_20260116_020000.dump"])(
    "%s of no backups at all",
    (wanted) => {
      expect(() => chooseBackup(list(), wanted, 0)).toThrow(
        new UserMistake({
          what: "There is no backup of this database in the backup volume.",
          why: "No file named `<database>_<date>_<time>.dump` is in daily/, weekly/ or monthly/.",
          state: "Nothing was changed.",
          next: "Take one: openspp-backup backup",
        }),
      );
    },
  );
});
