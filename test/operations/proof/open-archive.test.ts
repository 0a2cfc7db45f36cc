import { expect, test } from "vitest";
import type { Manifest } from "../../../src/backups/manifest.ts";
import { judgeArchive } from "../../../src/operations/proof/open-archive.ts";

const NAME = "openspp_20260115_020000.dump";
const SHA256 = "a".repeat(64);
const manifest = { dump: { file: NAME, bytes: 2_000_000, sha256: SHA256 } } as Manifest;
const next =
  "It was changed or damaged after it was written. Drill another backup, take a new one, and look at the disk.";

test("the bytes that were written", () => {
  expect(judgeArchive(NAME, 2_000_000, SHA256, manifest)).toEqual({
    name: "archive",
    status: "passed",
    message: `${NAME} (2 MB) is readable, and its SHA-256 is the manifest's.`,
  });
});

test("without a manifest, that there is nothing to compare with", () => {
  expect(judgeArchive(NAME, 2_000_000, SHA256).message).toBe(
    `${NAME} (2 MB) is readable. It has no manifest, so no checksum to compare.`,
  );
});

test.each([
  ["fewer bytes", 1_999_999, SHA256, `${NAME} has 1999999 bytes instead of 2000000.`],
  ["no bytes", 0, "e3b0", `${NAME} has 0 bytes instead of 2000000.`],
  [
    "one flipped bit",
    2_000_000,
    "b".repeat(64),
    `${NAME} has another SHA-256 than when it was written.`,
  ],
])("%s", (_, bytes, sha256, message) => {
  expect(judgeArchive(NAME, bytes, sha256, manifest)).toEqual({
    name: "archive",
    status: "failed",
    message,
    next,
  });
});
