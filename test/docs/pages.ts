import { globSync, readFileSync } from "node:fs";
import GithubSlugger from "github-slugger";
import type { Root, Table } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { toString as textOf } from "mdast-util-to-string";
import { gfm } from "micromark-extension-gfm";
import { visit } from "unist-util-visit";

export const README = "README.md";

/** Every page that a person reads, by its path from the repository's root. */
export const PAGES: readonly string[] = globSync([
  "*.md",
  "docs/**/*.md",
  "actions/*/README.md",
]).toSorted();

/** The page's text as a tree, with GitHub's tables. */
export function treeOf(page: string): Root {
  return fromMarkdown(readFileSync(page, "utf8"), {
    extensions: [gfm()],
    mdastExtensions: [gfmFromMarkdown()],
  });
}

/** The anchors that GitHub gives to the page's headings. */
export function anchorsOf(page: string): readonly string[] {
  const slugger = new GithubSlugger();
  const anchors: string[] = [];
  visit(treeOf(page), "heading", (heading) => {
    anchors.push(slugger.slug(textOf(heading)));
  });
  return anchors;
}

/** The cells of all tables, in all pages, whose first column has this head: row by row, without the heads. */
export function rowsUnder(head: string): readonly (readonly string[])[] {
  return PAGES.flatMap((page) => {
    const rows: string[][] = [];
    visit(treeOf(page), "table", (table) => {
      const [heads = [], ...rest] = cellsOf(table);
      if (heads[0] === head) rows.push(...rest);
    });
    return rows;
  });
}

function cellsOf(table: Table): string[][] {
  return table.children.map((row) => row.children.map((cell) => textOf(cell)));
}

export interface Block {
  readonly page: string;
  readonly language: string;
  readonly text: string;
}

/** Every fenced block of the pages. */
export const BLOCKS: readonly Block[] = PAGES.flatMap((page) => {
  const blocks: Block[] = [];
  visit(treeOf(page), "code", ({ lang, value }) => {
    blocks.push({ page, language: lang ?? "", text: `${value}\n` });
  });
  return blocks;
});
