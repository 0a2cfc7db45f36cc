import { expect, test } from "vitest";
import { CapturedOutput } from "../../src/host/captured-output.ts";

const PIECES = [
  ["abcdefghij"],
  ["abcde", "fghij"],
  "abcdefghij".split(""),
  ["a", "bcdefghi", "j"],
  ["ab", "", "cdefgh", "ij"],
];

test.each(PIECES.map((pieces) => [pieces]))("of %j it keeps the head and the tail", (pieces) => {
  const output = new CapturedOutput(5);
  for (const piece of pieces) output.add(Buffer.from(piece));
  expect(output.text()).toBe("ab\n[5 bytes left out]\nhij");
  expect(output.size).toBe(10);
});

test.each(PIECES.map((pieces) => [pieces]))("of %j it keeps all that has room", (pieces) => {
  for (const room of [10, 11, 100]) {
    const output = new CapturedOutput(room);
    for (const piece of pieces) output.add(Buffer.from(piece));
    expect(output.text()).toBe("abcdefghij");
  }
});

test("a letter of two bytes in the middle is whole", () => {
  const output = new CapturedOutput(4);
  for (const byte of Buffer.from("äö")) output.add(Buffer.from([byte]));
  expect(output.text()).toBe("äö");
});

test("hands on whole lines, and the last at the end", () => {
  const lines: string[] = [];
  const output = new CapturedOutput(100, (line) => lines.push(line));
  output.add(Buffer.from("one\r\ntw"));
  output.add(Buffer.from("o\n\nthr"));
  expect(lines).toEqual(["one", "two", ""]);
  output.end();
  expect(lines).toEqual(["one", "two", "", "thr"]);
});

test("hands on a progress that is written over itself, line by line", () => {
  const lines: string[] = [];
  const output = new CapturedOutput(100, (line) => lines.push(line));
  output.add(Buffer.from("\r 10%\r 20%\r"));
  expect(lines).toEqual(["", " 10%"]);
  output.add(Buffer.from("\n done\r"));
  output.add(Buffer.from(" 30%"));
  output.end();
  expect(lines).toEqual(["", " 10%", " 20%", " done", " 30%"]);
});

test("a line that never ends is handed on in pieces", () => {
  const lengths: number[] = [];
  const output = new CapturedOutput(10, (line) => lengths.push(line.length));
  for (let count = 0; count < 10; count += 1) output.add(Buffer.alloc(10_000, "x"));
  output.end();
  expect(lengths).toEqual([70_000, 30_000]);
});
