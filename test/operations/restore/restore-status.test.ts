import { expect, test } from "vitest";
import type { ExtraDatabase, PlaceholderMark } from "../../../src/backups/extra-databases.ts";
import type { DatabaseProperties } from "../../../src/checks/database-properties.ts";
import type { KeptFilestore } from "../../../src/operations/filestore/kept-record.ts";
import { statusSentences } from "../../../src/operations/restore/restore-status.ts";

type Asked = Parameters<typeof statusSentences>[0];

const common = {
  of: "openspp",
  backup: "openspp_20260115_020000.dump",
  since: "2026-01-16T09:00:00.000Z",
};
const until = "2026-01-23T09:00:00.000Z";
const production = { bytes: 632_000_000 } as DatabaseProperties;
const placeholder = {
  ...common,
  is: "vacant",
  safety: "openspp_20260116_085900.dump",
} as PlaceholderMark;

const asked = (more: Partial<Asked>): Asked =>
  ({
    production,
    extraDatabases: [],
    deployment: { database: { name: "openspp" }, services: [] },
    settings: { restore: { services: ["odoo"] } },
    ...more,
  }) as unknown as Asked;

test("production, and nothing beside it", () => {
  expect(statusSentences(asked({}), [])).toEqual([
    "openspp is there, 632 MB.",
    "Its services run.",
    "No restore left anything next to it.",
  ]);
});

test("production that was dropped: what for, where it is, and both ways on", () => {
  expect(statusSentences(asked({ production: null, placeholder }), [])[0]).toBe(
    "There is no production database: openspp was dropped at 2026-01-16 09:00:00 UTC for a restore of openspp_20260115_020000.dump that did not end. As it was, it is in the safety backup openspp_20260116_085900.dump. Nobody can connect to openspp until a backup is restored. Finish it: openspp-backup restore --backup openspp_20260115_020000.dump --strategy replace; or go back to what it was: openspp-backup restore --backup openspp_20260116_085900.dump --strategy replace",
  );
  const declined = { ...placeholder, safety: null };
  expect(statusSentences(asked({ production: null, placeholder: declined }), [])[0]).toMatch(
    /No safety backup was taken before: it was declined\. .* --backup openspp_20260115_020000\.dump --strategy replace$/,
  );
});

test("production that nobody knows anything of", () => {
  expect(statusSentences(asked({ production: null }), [])[0]).toBe(
    "There is no database openspp. Restore a backup: openspp-backup restore",
  );
});

test("what is beside it, and what becomes of that", () => {
  const extraDatabases: readonly ExtraDatabase[] = [
    {
      name: "openspp_before_1",
      mark: { ...common, is: "former", until, confirmed: false, doomed: true },
      bytes: 1e6,
    },
    { name: "openspp_restore_1", mark: { ...common, is: "incoming", proven: true }, bytes: 1e6 },
    { name: "openspp_vacant_1", mark: placeholder, bytes: 1e6 },
    { name: "openspp_look_1", mark: { ...common, is: "copy", until }, bytes: 1e6 },
  ];
  const filestore: KeptFilestore = {
    ...{ ...common, until, recordVersion: 1, alone: true, state: "live" },
    ...{ aside: ".openspp_before_1", next: ".openspp_restore_1" },
  };
  expect(statusSentences(asked({ extraDatabases }), [filestore]).slice(2)).toEqual([
    "openspp_before_1 (1 MB): openspp as it was until 2026-01-16 09:00:00 UTC, about to be dropped for a restore of openspp_20260115_020000.dump. The next run brings it back if it is still whole.",
    "openspp_restore_1 (1 MB): a restore of openspp_20260115_020000.dump, begun 2026-01-16 09:00:00 UTC, that did not end; it never was production. The next run finishes it where production was dropped for it, or drops it.",
    "openspp_vacant_1 (1 MB): had the name of openspp while that was dropped. The next run drops it.",
    "openspp_look_1 (1 MB): openspp_20260115_020000.dump, to look at. Kept until 2026-01-23.",
    ".openspp_before_1: the filestore of openspp as it was until 2026-01-16 09:00:00 UTC. Kept until 2026-01-23; to bring it back: openspp-backup restore --undo",
  ]);
});
