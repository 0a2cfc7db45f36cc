import { describe, expect, test } from "vitest";
import type { ExtraDatabase, FormerMark } from "../../../src/backups/extra-databases.ts";
import {
  expiredFilestores,
  type KeptFilestore,
  keptFilestorePath,
  parseKeptFilestores,
  serializeKeptFilestore,
} from "../../../src/operations/filestore/kept-record.ts";
import { keptItems } from "../../../src/operations/restore/kept-databases.ts";

const common = {
  of: "openspp",
  backup: "openspp_20260115_020000.dump",
  since: "2026-01-16T09:00:00.000Z",
  until: "2026-01-23T09:00:00.000Z",
};
const names = {
  aside: ".openspp_before_20260116_090000",
  next: ".openspp_restore_20260116_090000",
};
const filestore: KeptFilestore = {
  ...{ ...common, ...names },
  ...{ recordVersion: 1, alone: true, state: "live" },
};
const former: ExtraDatabase<FormerMark> = {
  name: "openspp_before_20260117_090000",
  mark: {
    ...{ ...common, is: "former", since: "2026-01-17T09:00:00.000Z", confirmed: true },
    filestore: {
      aside: ".openspp_before_20260117_090000",
      next: ".openspp_restore_20260117_090000",
    },
  },
  bytes: 5,
};

describe("a record of a kept filestore", () => {
  test("stands hidden in the backup volume, and comes back as it was", () => {
    expect(keptFilestorePath("/backups", filestore)).toBe(
      "/backups/.openspp-backup/filestore-openspp_before_20260116_090000.json",
    );
    expect(parseKeptFilestores(serializeKeptFilestore(filestore), "openspp")).toEqual([filestore]);
  });

  test("of another deployment, of another version, or cut short, is none", () => {
    const text = [
      serializeKeptFilestore({ ...filestore, of: "other" }),
      serializeKeptFilestore(filestore).replace('"recordVersion":1', '"recordVersion":2'),
      serializeKeptFilestore(filestore).slice(0, 40),
    ].join("\n");
    expect(parseKeptFilestores(text, "openspp")).toEqual([]);
  });

  test("expires after its date, and never before it serves", () => {
    const late = new Date("2026-01-23T09:00:01Z");
    expect(expiredFilestores([filestore], new Date("2026-01-23T09:00:00Z"))).toEqual([]);
    expect(expiredFilestores([filestore], late)).toEqual([filestore]);
    expect(expiredFilestores([{ ...filestore, state: "proven" }], late)).toEqual([]);
  });
});

test("what is kept is told with its date, the newest first; what did not end, with what becomes of it", () => {
  const cut: ExtraDatabase = {
    name: "openspp_restore_20260101_090000",
    mark: { ...common, is: "incoming", since: "2026-01-01T09:00:00.000Z" },
    bytes: 1,
  };
  expect(keptItems([cut, former], [filestore, { ...filestore, state: "staging" }])).toEqual([
    {
      name: "openspp_before_20260117_090000",
      what: "database openspp before the restore of openspp_20260115_020000.dump",
      until: common.until,
      bytes: 5,
    },
    {
      name: ".openspp_before_20260117_090000",
      what: "filestore of openspp before the restore of openspp_20260115_020000.dump",
      until: common.until,
    },
    {
      name: names.aside,
      what: "filestore of openspp before the restore of openspp_20260115_020000.dump",
      until: common.until,
    },
    {
      name: names.aside,
      what: "filestore, of a restore of openspp_20260115_020000.dump that did not end; the next run settles it",
    },
    {
      name: cut.name,
      what: "left by a restore of openspp_20260115_020000.dump that did not end; the next run settles it",
      bytes: 1,
    },
  ]);
});
