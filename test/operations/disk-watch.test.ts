import { expect, test } from "vitest";
import { pauseAt } from "../../src/operations/disk-watch.ts";

test("the disk is looked at before it can have been filled, at least every ten seconds and at most every second", () => {
  expect([0, 64e6, 1e9, 4e9, 10e9, 1e12].map(pauseAt)).toEqual([1, 1, 1, 4, 10, 10]);
});
