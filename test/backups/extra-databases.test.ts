import { describe, expect, test } from "vitest";
import {
  commentOf,
  expiredDatabases,
  extraDatabaseName,
  extraDatabasesIn,
  type FormerMark,
  type IncomingMark,
  type PlaceholderMark,
  parseMark,
  placeholderIn,
} from "../../src/backups/extra-databases.ts";

const common = {
  of: "openspp",
  backup: "openspp_20260115_020000.dump",
  since: "2026-01-16T09:00:00.000Z",
};
const incoming: IncomingMark = { is: "incoming", ...common };
const former: FormerMark = {
  ...common,
  is: "former",
  until: "2026-01-23T09:00:00.000Z",
  confirmed: true,
};

const vacant: PlaceholderMark = {
  ...common,
  is: "vacant",
  safety: "openspp_20260116_085900.dump",
  properties: {
    ...{ owner: "odoo", connectionLimit: 57, tablespace: "pg_default", bytes: 1 },
    comment: 'The registry; don\'t touch {"a": 1}',
    grants: [{ grantee: null, privilege: "TEMPORARY", grantable: false }],
    settings: [{ role: "odoo", name: "odoo.mode", value: "it's \\ odd" }],
  },
  stopped: ["openspp-odoo-1"],
};

test("a mark is a sentence for people, and comes back as it was", () => {
  expect(commentOf(former)).toMatch(
    /^openspp-backup: openspp as it was before the restore of openspp_20260115_020000\.dump; kept until 2026-01-23\. \{/,
  );
  expect(parseMark(commentOf(former))).toEqual(former);
  expect(parseMark(commentOf(incoming))).toEqual(incoming);
  expect(parseMark(commentOf(vacant))).toEqual(vacant);
});

test.each([
  null,
  "",
  "The registry",
  'The registry {"is": "former"}',
  "openspp-backup: throwaway database of a restore drill of openspp; the next run drops it",
  'openspp-backup: {"is":"former"}',
  "openspp-backup: {not JSON}",
  commentOf(former).replace("openspp-backup: ", "openspp: "),
])("no mark of ours: %j", (comment) => {
  expect(parseMark(comment)).toBeUndefined();
});

const one = (name: string, comment: string) => ({ name, comment, bytes: 1 });

test("those of another deployment on the same server are not ours, nor is production itself", () => {
  const found = extraDatabasesIn(
    [
      one("openspp_before_1", commentOf(former)),
      one("other_before_1", commentOf({ ...former, of: "other" })),
      one("openspp", commentOf(former)),
      one("openspp_x", "openspp-backup: kept by somebody }"),
    ],
    "openspp",
  );
  expect(found.map(({ name }) => name)).toEqual(["openspp_before_1"]);
});

test("what has production's name while it is dropped is known by its mark there, and by that of no other", () => {
  expect(placeholderIn([one("openspp", commentOf(vacant))], "openspp")).toEqual(vacant);
  expect(placeholderIn([one("openspp_vacant_1", commentOf(vacant))], "openspp")).toBeUndefined();
  expect(
    placeholderIn([one("openspp", commentOf({ ...vacant, of: "other" }))], "openspp"),
  ).toBeUndefined();
  expect(placeholderIn([one("openspp", commentOf(former))], "openspp")).toBeUndefined();
});

describe("what the retention may drop", () => {
  const names = (mark: IncomingMark | FormerMark | PlaceholderMark, now: string) =>
    expiredDatabases([{ name: "it", mark, bytes: 1 }], new Date(now)).map(({ name }) => name);

  test("is what was kept for as long as agreed", () => {
    expect(names(former, "2026-01-23T09:00:01Z")).toEqual(["it"]);
    expect(names(former, "2026-01-23T08:59:59Z")).toEqual([]);
  });

  test("is never one whose restore was not confirmed, nor one on its way in", () => {
    expect(names({ ...former, confirmed: false }, "2030-01-01T00:00:00Z")).toEqual([]);
    expect(names(incoming, "2030-01-01T00:00:00Z")).toEqual([]);
    expect(names(vacant, "2030-01-01T00:00:00Z")).toEqual([]);
  });
});

test("a name is never longer than PostgreSQL's 63 bytes, and keeps its stamp", () => {
  expect(extraDatabaseName("openspp", "before", "20260116_090000")).toBe(
    "openspp_before_20260116_090000",
  );
  const long = extraDatabaseName("régistre".repeat(8), "restore", "20260116_090000");
  expect(Buffer.byteLength(long)).toBeLessThanOrEqual(63);
  expect(long).toMatch(/^régistre.*_restore_20260116_090000$/);
});
