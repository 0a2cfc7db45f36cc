import { describe, expect, test } from "vitest";
import { commentOf, parseMark } from "../../src/backups/extra-databases.ts";
import {
  type KeptFilestore,
  parseKeptFilestores,
  serializeKeptFilestore,
} from "../../src/operations/filestore/kept-record.ts";

const since = "2026-01-16T09:00:00.000Z";
const folders = {
  aside: ".openspp_before_20260116_090000",
  next: ".openspp_restore_20260116_090000",
};
const record: KeptFilestore = {
  recordVersion: 1,
  of: "openspp",
  backup: "openspp_20260115_020000.dump",
  since,
  until: since,
  ...folders,
  alone: true,
  state: "live",
};

/** What somebody may write who can write in the backup volume, or owns a database. */
const CRAFTED = [
  "openspp",
  ".",
  "..",
  "../openspp",
  ".x/../openspp_before_20260116_090000",
  "/var/lib/odoo/filestore/openspp",
  ".openspp",
  ".\nopenspp_before_20260116_090000",
  ".openspp_before_20260116_090000/",
  "-rf_before_20260116_090000",
  "",
];

describe("a folder that a restore made", () => {
  test("is read from a record and from a mark", () => {
    expect(parseKeptFilestores(serializeKeptFilestore(record), "openspp")).toEqual([record]);
    const { of, backup, until } = record;
    const mark = {
      is: "former",
      of,
      backup,
      since,
      until,
      confirmed: true,
      filestore: folders,
    } as const;
    expect(parseMark(commentOf(mark))).toEqual(mark);
  });

  test.each(CRAFTED)("is never %j", (name) => {
    for (const crafted of [{ aside: name }, { next: name }]) {
      const text = serializeKeptFilestore({ ...record, ...crafted });
      expect(parseKeptFilestores(text, "openspp")).toEqual([]);
      const filestore = { ...folders, ...crafted };
      const mark = {
        is: "incoming",
        of: "openspp",
        backup: record.backup,
        since,
        filestore,
      } as const;
      expect(parseMark(commentOf(mark))).toBeUndefined();
    }
  });
});
