import { expect, test } from "vitest";
import { relayParts } from "../../src/backups/relay-parts.ts";

const MEBIBYTE = 1024 * 1024;

const filesOf = (count: number, bytes: number, name = "f") =>
  Array.from({ length: count }, (_, index) => ({ path: `${name}${index}`, bytes, changedAt: 5 }));

test("small files go together, as many as memory and a command line hold", () => {
  const sizes = (...files: ReturnType<typeof filesOf>[]) =>
    relayParts(files.flat()).map((part) => part.files.length);
  expect(sizes(filesOf(2000, 20_000))).toEqual([500, 500, 500, 500]);
  expect(sizes(filesOf(40, MEBIBYTE))).toEqual([16, 16, 8]);
  expect(sizes(filesOf(3, 0))).toEqual([3]);
  expect(relayParts([])).toEqual([]);
});

test("large files are streamed, after the small ones", () => {
  const [large, small] = [filesOf(2, MEBIBYTE + 1, "large"), filesOf(2, 10, "small")];
  expect(relayParts([...large, ...small])).toEqual([
    { files: small, together: true },
    { files: large, together: false },
  ]);
});
