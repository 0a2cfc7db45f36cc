import { access } from "node:fs/promises";
import { expect, test } from "vitest";
import { dealt, LONGEST, longestFirst } from "./longest-first.ts";

const file = (moduleId: string, groupOrder: number) => ({
  moduleId,
  project: { config: { sequence: { groupOrder } } },
});

const byName = (a: { moduleId: string }, b: { moduleId: string }) =>
  a.moduleId < b.moduleId ? -1 : 1;

test("the longest files begin, behind the groups before theirs; the others keep their order", () => {
  const [first, second] = LONGEST as [string, string];
  const files = [
    file("/test/small.test.ts", 0),
    file("/test/b.lab.test.ts", 1),
    file(second, 1),
    file("/test/a.lab.test.ts", 1),
    file(first, 1),
  ];
  expect(longestFirst(files).map(({ moduleId }) => moduleId)).toEqual([
    "/test/small.test.ts",
    first,
    second,
    "/test/b.lab.test.ts",
    "/test/a.lab.test.ts",
  ]);
});

test("every file is in one share, and no share has all the longest ones", () => {
  const files = [...LONGEST, "/test/b.lab.test.ts", "/test/a.lab.test.ts"].map((one) =>
    file(one, 1),
  );
  const shares = [1, 2, 3].map((index) => dealt(files, { index, count: 3 }));
  expect(shares.flat().toSorted(byName)).toEqual(files.toSorted(byName));
  expect(shares.map((share) => share[0]?.moduleId)).toEqual(LONGEST.slice(0, 3));
  const sizes = shares.map((share) => share.length);
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
});

test.each(LONGEST)("%s is a test file", async (end) => {
  await expect(access(`${import.meta.dirname}/..${end}`)).resolves.toBeUndefined();
});
