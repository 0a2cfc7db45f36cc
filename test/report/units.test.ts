import { expect, it } from "vitest";
import { Progress } from "../../src/report/progress.ts";
import { bar } from "../../src/report/timeline.ts";
import { formatBytes } from "../../src/words/bytes.ts";
import { counted, formatCount } from "../../src/words/count.ts";
import { formatDuration } from "../../src/words/duration.ts";
import { printable } from "../../src/words/printable.ts";

it.each([
  [0, "0 ms"],
  [0.0251, "25 ms"],
  [0.0996, "0.1 s"],
  [3, "3 s"],
  [0.44, "0.4 s"],
  [9.94, "9.9 s"],
  [9.96, "10 s"],
  [59.4, "59 s"],
  [59.6, "1 min"],
  [252, "4 min 12 s"],
  [3599.7, "1 h"],
  [18_180, "5 h 3 min"],
  [86_400, "24 h"],
  [86_399.9, "24 h"],
  [172_800, "2 d"],
  [187_300, "2 d 4 h"],
  [-90, "-1 min 30 s"],
])("says %d seconds as %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1 kB"],
  [1400, "1.4 kB"],
  [9960, "10 kB"],
  [999_600, "1 MB"],
  [88_100_000, "88 MB"],
  [1_400_000_000, "1.4 GB"],
])("says %d bytes as %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it("keeps thousands apart, and one thing from several", () => {
  expect([0, 999, 1000, 1_234_567].map(formatCount)).toEqual(["0", "999", "1,000", "1,234,567"]);
  expect([counted(1, "table"), counted(2500, "table"), counted(2, "entry", "entries")]).toEqual([
    "1 table",
    "2,500 tables",
    "2 entries",
  ]);
});

it("spells out what would move a cursor, end a line or turn the direction of text", () => {
  expect(printable("a\u001b[31mb\r\nc\td\u202ee\u0000é😀")).toBe(
    "a\\u{1b}[31mb\\u{d}\\u{a}c d\\u{202e}e\\u{0}é😀",
  );
});

it("prints progress at each tenth, though not at once, and at least every ten seconds", () => {
  let now = 0;
  const progress = new Progress({ now: () => new Date(0), seconds: () => now });
  const said = [
    [0, 0],
    [1, 0.5],
    [2, 0.51],
    [3, 0.55],
    [5, 0.62],
    [14.9, 0.65],
    [15, 0.65],
    [15.5, 1],
    [16, 0],
    [19, 0.2],
  ].map(([at = 0, fraction = 0]) => {
    now = at;
    return progress.lineFor(fraction, "restored");
  });
  expect(said.filter((line) => line !== undefined)).toEqual([
    " 51 % restored",
    " 62 % restored",
    " 65 % restored",
    " 20 % restored",
  ]);
});

it("draws a bar where a phase was, however short it was", () => {
  const draw = (startedAfter: number, seconds: number, total = 100) =>
    bar({ name: "", startedAfter, seconds }, total, 10);
  expect(draw(0, 100)).toBe("██████████");
  expect(draw(50, 0.1)).toBe("░░░░░█░░░░");
  expect(draw(100, 0)).toBe("░░░░░░░░░█");
  expect(draw(0, 0, 0)).toBe("█░░░░░░░░░");
});

it("shows a detail that changes without taking it for another step", () => {
  let now = 0;
  const progress = new Progress({ now: () => new Date(0), seconds: () => now });
  expect(progress.lineFor(0.1, "copied", "1 MB/s")).toBeUndefined();
  now = 3;
  expect(progress.lineFor(0.5, "copied", "2 MB/s, 4 s left")).toBe(
    " 50 % copied, 2 MB/s, 4 s left",
  );
});
