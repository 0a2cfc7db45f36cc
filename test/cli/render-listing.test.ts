import { expect, it } from "vitest";
import { renderListing } from "../../src/cli/render-listing.ts";

const NOW = new Date("2026-01-15T07:03:00Z");

const filestoreOf = (kind: "tar.gz" | "incremental") => ({
  ...{ name: "f", path: "/backups/daily/f", bytes: 5_000_000, kind },
});

it("lists backups as a table", () => {
  const listing = renderListing(
    {
      kept: [],
      backups: [
        {
          name: "openspp_20260115_020000.dump",
          path: "/backups/daily/openspp_20260115_020000.dump",
          kind: "daily",
          takenAt: new Date("2026-01-15T02:00:00Z"),
          bytes: 88_100_000,
          manifest: true,
          filestore: filestoreOf("tar.gz"),
          latest: true,
        },
        {
          name: "openspp_20260111_020000.dump",
          path: "/backups/weekly/openspp_20260111_020000.dump",
          kind: "weekly",
          takenAt: new Date("2026-01-11T02:00:00Z"),
          bytes: 88_000_000,
          manifest: true,
          filestore: filestoreOf("incremental"),
          latest: false,
        },
        {
          name: "openspp_20260101_020000.dump",
          path: "/backups/monthly/openspp_20260101_020000.dump",
          kind: "monthly",
          takenAt: new Date("2026-01-01T02:00:00Z"),
          bytes: 0,
          manifest: false,
          latest: false,
        },
      ],
    },
    NOW,
  );
  expect(listing).toBe(
    [
      "BACKUP                                 FOLDER   TAKEN (UTC)       AGE        SIZE   FILESTORE    MANIFEST",
      "openspp_20260115_020000.dump (latest)  daily    2026-01-15 02:00  5 h 3 min  88 MB  5 MB         yes",
      "openspp_20260111_020000.dump           weekly   2026-01-11 02:00  4 d 5 h    88 MB  incremental  yes",
      "openspp_20260101_020000.dump           monthly  2026-01-01 02:00  14 d 5 h   0 B    no           no",
      "",
    ].join("\n"),
  );
});

it("says what to do where there is none", () => {
  expect(renderListing({ backups: [], kept: null }, NOW)).toBe(
    "There is no backup yet. Take one: openspp-backup backup\n",
  );
});

it("lists what restores keep beside production, and how it comes back", () => {
  const kept = [
    {
      name: "openspp_before_20260114_090000",
      what: "database openspp before the restore of openspp_20260114_020000.dump",
      until: "2026-01-21T09:00:00.000Z",
      bytes: 632_000_000,
    },
    { name: "openspp_restore_20260115_070000", what: "left by a restore", bytes: 8_000_000 },
  ];
  expect(renderListing({ backups: [], kept }, NOW).split("\n\n").slice(1)).toEqual([
    [
      "KEPT BY A RESTORE                WHAT                                                                 UNTIL       SIZE",
      "openspp_before_20260114_090000   database openspp before the restore of openspp_20260114_020000.dump  2026-01-21  632 MB",
      "openspp_restore_20260115_070000  left by a restore                                                                8 MB",
    ].join("\n"),
    "The newest of the former ones comes back by: openspp-backup restore --undo\n",
  ]);
});
