import { expect, test } from "vitest";
import { compareLargeObjects } from "../../src/checks/large-objects.ts";

const expected = { count: 5, hash: "00000000000000aa" };
const next = "Do not rely on this backup. Take a new one and drill it.";

test("the same objects", () => {
  expect(compareLargeObjects(expected, { ...expected })).toEqual({
    name: "large-objects",
    status: "passed",
    message: "All 5 large objects came back as they were.",
  });
});

test.each([
  ["one less", { count: 4, hash: "00000000000000ab" }, "4 large objects came back instead of 5."],
  [
    "other bytes",
    { count: 5, hash: "00000000000000ab" },
    "The 5 large objects came back with other content.",
  ],
])("%s", (_, restored, message) => {
  expect(compareLargeObjects(expected, restored)).toEqual({
    name: "large-objects",
    status: "failed",
    message,
    next,
  });
});
