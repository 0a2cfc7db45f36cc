import { expect, test } from "vitest";
import type { ListedBackup } from "../../src/backups/listing.ts";
import { deletedByMirror, whyNotMirror } from "../../src/backups/mirror-guard.ts";

function side(bytes: Readonly<Record<string, number>>) {
  const files = Object.entries(bytes).map(([day, size]) => ({ path: `daily/${day}`, bytes: size }));
  const days = Object.keys(bytes).sort();
  const last = days.at(-1);
  const newest = last && {
    name: last,
    bytes: bytes[last],
    takenAt: new Date(`2026-01-${last}T02:00:00Z`),
  };
  return { files, newest: (newest || undefined) as ListedBackup | undefined };
}

test.each([
  ["nothing speaks against one more backup", { "15": 9, "16": 9 }, { "15": 9 }, undefined],
  ["nor against an empty remote", { "15": 9 }, {}, undefined],
  ["an emptied volume", {}, { "15": 9 }, "The backup volume holds no backup of this database."],
  [
    "an older volume",
    { "14": 9 },
    { "14": 9, "15": 9 },
    "The newest backup here, 14, is older than the remote's, 15.",
  ],
  [
    "a newest backup that shrank",
    { "15": 40, "16": 19 },
    { "15": 40 },
    "The newest backup here has 19 B, and the remote's newest 40 B.",
  ],
  [
    "more deletions than allowed",
    { "16": 9 },
    { "12": 9, "13": 9, "14": 9, "16": 9 },
    "It would delete 3 of the remote's 4 files, and `max-delete` allows 50 %.",
  ],
])("%s", (_, here, there, reason) => {
  expect(whyNotMirror(side(here), side(there), 0.5)).toBe(reason);
});

test("exactly the share that is allowed may go", () => {
  const [here, there] = [side({ "15": 9, "16": 9 }), side({ "13": 9, "14": 9, "15": 9, "16": 9 })];
  expect(deletedByMirror(here, there).map(({ path }) => path)).toEqual(["daily/13", "daily/14"]);
  expect(whyNotMirror(here, there, 0.5)).toBeUndefined();
});

test("backups of a database that the volume has none of are another deployment's, and stay", () => {
  const of = (database: string, day: number) => ({
    path: `daily/${database}_202601${day}_020000.dump`,
    bytes: 9,
  });
  const here = { ...side({ "16": 9 }), files: [of("openspp", 16)] };
  const there = { ...side({ "15": 9 }), files: [of("openspp", 16), of("openspp", 15)] };
  expect(whyNotMirror(here, there, 0.5)).toBeUndefined();
  const shared = { ...there, files: [...there.files, of("census", 15), of("census", 16)] };
  expect(whyNotMirror(here, shared, 0.9)).toBe(
    "It would delete daily/census_20260115_020000.dump, a backup of a database that has no backup in the volume: the remote is not this deployment's alone.",
  );
});
