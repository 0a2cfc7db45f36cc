import { expect, test } from "vitest";
import { expectedSizeSentence } from "../../src/operations/disk-space.ts";
import type { FilestoreEstimate } from "../../src/operations/filestore/estimate-filestore.ts";

test.each<[string, number, FilestoreEstimate, string]>([
  ["a backup like the last one", 1e6, { bytes: 3e6 }, "the last backup took 4 MB"],
  [
    "the first archive after dumps without one",
    1e6,
    { bytes: 3e6, measured: "files" },
    "the last dump took 1 MB and the filestore's files take 3 MB",
  ],
  [
    "the first backup of all",
    0,
    { bytes: 3e6, measured: "new files" },
    "the filestore's new files take 3 MB",
  ],
  [
    "a pool that has all files",
    1e6,
    { bytes: 0, measured: "new files" },
    "the last backup took 1 MB",
  ],
])("%s takes what is told", (_, dump, foreseen, told) => {
  expect(expectedSizeSentence(dump, foreseen)).toBe(told);
});
