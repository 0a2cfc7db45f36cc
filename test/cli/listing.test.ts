import { expect, it } from "vitest";
import { renderListing } from "../../src/cli/listing.ts";

const NOW = new Date("2026-01-15T07:03:00Z");

const filestoreOf = (kind: "tar.gz" | "incremental") => ({
  ...{ name: "f", path: "/backups/daily/f", bytes: 5_000_000, kind },
});

it("lists backups as a table", () => {
  const listing = renderListing(
    [
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
  expect(renderListing([], NOW)).toBe("There is no backup yet. Take one: openspp-backup backup\n");
});
