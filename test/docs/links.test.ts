import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { visit } from "unist-util-visit";
import { expect, it } from "vitest";
import { anchorsOf, PAGES, README, treeOf } from "./pages.ts";

const LONGEST_README = 200;

interface Link {
  readonly url: string;
  /** The file that it leads to, from the repository's root. */
  readonly path: string;
  readonly anchor: string;
}

/** The page's links and pictures that lead into this repository. */
function linksOf(page: string): readonly Link[] {
  const urls: string[] = [];
  visit(treeOf(page), (node) => {
    if (node.type === "link" || node.type === "image" || node.type === "definition")
      urls.push(node.url);
    if (node.type === "html") urls.push(...(node.value.match(/(?<=(?:src|href)=")[^"]*/g) ?? []));
  });
  return urls
    .filter((url) => !/^[a-z]+:/.test(url))
    .map((url) => {
      const [path = "", anchor = ""] = url.split("#");
      return { url, anchor, path: path === "" ? page : join(dirname(page), path) };
    });
}

it.each(PAGES)("%s links to files and headings that there are", (page) => {
  const broken = linksOf(page).filter(
    ({ path, anchor }) => !existsSync(path) || (anchor !== "" && !anchorsOf(path).includes(anchor)),
  );
  expect(broken.map(({ url }) => url)).toEqual([]);
});

it("every page can be reached from the README", () => {
  const reached = new Set([README]);
  for (const page of reached)
    for (const { path } of linksOf(page)) if (PAGES.includes(path)) reached.add(path);
  expect([...reached].toSorted()).toEqual(PAGES);
});

it("the README is short", () => {
  const lines = readFileSync(README, "utf8").split("\n").length - 1;
  expect(lines).toBeLessThanOrEqual(LONGEST_README);
});
