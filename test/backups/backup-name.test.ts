import { describe, expect, test } from "vitest";
import {
  isPartial,
  manifestNameOf,
  momentOf,
  namesOf,
  parseDumpName,
  poolOf,
} from "../../src/backups/backup-name.ts";

test("the files of one backup are named as the reference script names them", () => {
  expect(namesOf("openspp", "20260115_020000")).toEqual({
    dump: "openspp_20260115_020000.dump",
    partial: ".openspp_20260115_020000.dump.part",
    manifest: "openspp_20260115_020000.manifest.json",
    latest: "openspp_latest.dump",
    filestore: {
      "tar.gz": "openspp_filestore_20260115_020000.tar.gz",
      "tar.zst": "openspp_filestore_20260115_020000.tar.zst",
      incremental: "openspp_filestore_20260115_020000.sha1",
    },
  });
  expect(poolOf("/backups", "openspp")).toBe("/backups/filestore/openspp");
});

test("what stands under a temporary name is no backup", () => {
  const { partial } = namesOf("openspp", "20260115_020000");
  expect(parseDumpName(partial)).toBeUndefined();
  expect(isPartial(partial)).toBe(true);
});

describe("a dump's name tells database and stamp", () => {
  test.each([
    ["openspp_20260115_020000.dump", "openspp", "20260115_020000"],
    ["my_db_20260115_020000.dump", "my_db", "20260115_020000"],
    ["a_20250101_000000_20260115_020000.dump", "a_20250101_000000", "20260115_020000"],
    ["with space_20260115_020000.dump", "with space", "20260115_020000"],
    ["größe_20260115_020000.dump", "größe", "20260115_020000"],
    ["$(id)_20260115_020000.dump", "$(id)", "20260115_020000"],
    ["leap_20240229_235959.dump", "leap", "20240229_235959"],
  ])("%s", (name, database, stamp) => {
    expect(parseDumpName(name)).toEqual({ database, stamp });
    expect(namesOf(database, stamp).dump).toBe(name);
  });

  test.each([
    "openspp_latest.dump",
    "openspp_20260115_020000.dump.part",
    "openspp_20260115_020000.manifest.json",
    "openspp_filestore_20260115_020000.tar.gz",
    "openspp_20260115.dump",
    "openspp_2026011_020000.dump",
    "_20260115_020000.dump",
    "20260115_020000.dump",
    "openspp_20261301_020000.dump",
    "openspp_20260115_250000.dump",
    "openspp_20260115_026000.dump",
    "openspp_20260230_020000.dump",
    "",
  ])("%j is none", (name) => {
    expect(parseDumpName(name)).toBeUndefined();
  });
});

test("a manifest stands beside its dump", () => {
  expect(manifestNameOf("/backups/daily/a.dump_20260115_020000.dump")).toBe(
    "/backups/daily/a.dump_20260115_020000.manifest.json",
  );
});

test.each([
  [".openspp_20260115_020000.dump.part", true],
  ["openspp_20260115_020000.manifest.json.part", true],
  ["openspp_latest.dump.part", true],
  ["openspp_20260115_020000.dump", false],
  ["openspp_20260115_020000.manifest.json", false],
  ["download.iso.part", false],
  [".part", false],
])("%s was left by an unfinished run: %s", (name, expected) => {
  expect(isPartial(name)).toBe(expected);
});

test.each([
  ["+0000", "2026-01-15T02:00:00.000Z"],
  ["+0545", "2026-01-14T20:15:00.000Z"],
  ["-0330", "2026-01-15T05:30:00.000Z"],
])("a stamp written by a clock at %s", (offset, expected) => {
  expect(momentOf("20260115_020000", offset).toISOString()).toBe(expected);
});
