import { expect, test } from "vitest";
import { hasRoom, SERVER_RESERVE } from "../../src/checks/disk-room.ts";

test.each<[string, boolean, Parameters<typeof hasRoom>]>([
  ["a fifth more than expected", true, [1_200_000, 1_000_000]],
  ["a byte less", false, [1_199_999, 1_000_000]],
  ["nothing to write", true, [0, 0]],
  ["no room for a server's log", false, [SERVER_RESERVE - 1, 0, { logToCome: 0 }]],
  ["room for the least that a server needs", true, [SERVER_RESERVE, 0, { logToCome: 0 }]],
  ["room for a larger log", true, [1_200_000 + 1e9, 1_000_000, { logToCome: 1e9 }]],
  ["a larger log, a byte short", false, [1_199_999 + 1e9, 1_000_000, { logToCome: 1e9 }]],
])("%s: %s", (_, expected, asked) => {
  expect(hasRoom(...asked)).toBe(expected);
});
