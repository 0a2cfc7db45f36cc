import { expect, test } from "vitest";
import { backupFilesIn, planCopy, remoteListing } from "../../src/backups/offsite-plan.ts";
import { localFilesIn } from "../../src/backups/stored-file.ts";

const NOW = 1_768_500_000;
const LINES = [
  "/backups/daily/openspp_20260115_020000.dump|900|1768442405",
  "/backups/daily/openspp_20260115_020000.manifest.json|20|1768442405",
  "/backups/daily/openspp_filestore_20260115_020000.tar.gz|500|1768442405",
  "/backups/weekly/openspp_20260115_020000.dump|900|1768442405",
  "/backups/daily/openspp_20260114_020000.dump|800|1768356005",
  "/backups/daily/.openspp_20260116_020000.dump.part|1|1768442405",
  "/backups/daily/other_20260115_020000.dump|1|1768442405",
  "/backups/daily/notes.txt|1|1768442405",
  "/backups/filestore/openspp/ab/abcd|1|1768442405",
].join("\n");
const FILES = localFilesIn(LINES, "/backups");
const HERE = backupFilesIn(FILES, "openspp");

test("a backup is its dump with all that carries its stamp, the manifest last, the newest first", () => {
  expect(HERE.map(({ files }) => files.map(({ path }) => path))).toEqual([
    [
      "daily/openspp_20260115_020000.dump",
      "daily/openspp_filestore_20260115_020000.tar.gz",
      "daily/openspp_20260115_020000.manifest.json",
    ],
    ["weekly/openspp_20260115_020000.dump"],
    ["daily/openspp_20260114_020000.dump"],
  ]);
});

test("what the remote lacks is copied, of each backup only that", () => {
  const there = FILES.filter(({ path }) => /^daily\/openspp_2.*dump$/.test(path));
  const plan = planCopy(HERE, [], there, NOW);
  expect(plan.missing.map(({ files }) => files.map(({ path }) => path))).toEqual([
    [
      "daily/openspp_filestore_20260115_020000.tar.gz",
      "daily/openspp_20260115_020000.manifest.json",
    ],
    ["weekly/openspp_20260115_020000.dump"],
  ]);
  expect(plan.conflicts).toEqual([]);
});

test("what has another size there is a conflict, and not copied over", () => {
  const there = [{ path: "daily/openspp_20260114_020000.dump", bytes: 5 }];
  const plan = planCopy(HERE, [], there, NOW);
  expect(plan.conflicts).toEqual([
    { path: "daily/openspp_20260114_020000.dump", here: 800, there: 5 },
  ]);
  expect(plan.missing.map(({ dump }) => dump)).not.toContain("daily/openspp_20260114_020000.dump");
});

test("a backup without a manifest that has just changed, or is empty, may still be written", () => {
  const fresh = planCopy(HERE, [], [], 1_768_442_405 + 60);
  expect(fresh.unfinished).toEqual(["weekly/openspp_20260115_020000.dump"]);
  expect(fresh.missing.map(({ dump }) => dump)).toContain("daily/openspp_20260115_020000.dump");
  const empty = localFilesIn("/backups/daily/openspp_20260114_020000.dump|0|5", "/backups");
  expect(planCopy(backupFilesIn(empty, "openspp"), [], [], NOW).unfinished).toHaveLength(1);
});

test("files of the pool are copied when the remote lacks them or has them in another size", () => {
  const pool = [
    { path: "filestore/openspp/ab/abcd", bytes: 1, changedAt: 5 },
    { path: "filestore/openspp/cd/cdef", bytes: 2, changedAt: 5 },
  ];
  const there = [{ path: "filestore/openspp/ab/abcd", bytes: 1 }];
  expect(planCopy(HERE, pool, there, NOW).pool).toEqual([pool[1]]);
});

test("a remote's files are a listing like the volume's, by names and the clock that wrote them", () => {
  const { backups } = remoteListing(FILES, "openspp", "+0300");
  expect(backups[0]).toMatchObject({
    name: "openspp_20260115_020000.dump",
    path: "/daily/openspp_20260115_020000.dump",
    manifest: true,
    latest: true,
    takenAt: new Date("2026-01-14T23:00:00Z"),
  });
  expect(backups).toHaveLength(3);
});
