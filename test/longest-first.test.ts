import { access } from "node:fs/promises";
import { expect, test } from "vitest";
import { LONGEST, longestFirst } from "./longest-first.ts";

const file = (moduleId: string, groupOrder: number) => ({
  moduleId,
  project: { config: { sequence: { groupOrder } } },
});

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

test.each(LONGEST)("%s is a test file", async (end) => {
  await expect(access(`${import.meta.dirname}/..${end}`)).resolves.toBeUndefined();
});
