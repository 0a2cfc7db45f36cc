import type { Root } from "mdast";
import { toString as textOf } from "mdast-util-to-string";
import { CONTINUE, SKIP, visit } from "unist-util-visit";
import { expect, it } from "vitest";
import { PAGES, treeOf } from "./pages.ts";

const LONGEST_SENTENCE = 30;

/** Words that this project once wrote in, and that a reader with English as a second language stumbles over. */
const DIALECT = [
  /\b(?:stand|stands|stood|standing)\b/i,
  /\bbeside\b/i,
  /\bof ours\b/i,
  /\bby which\b/i,
  /\banew\b/i,
  /\b(?:come|comes|came) to\b/i,
  /\b(?:is|are|was|were|be|been) told\b/i,
  /\bon the whole\b/i,
  /\bthe one that\b/i,
  /\b(?:whom|whereby|thereof|hitherto)\b/i,
];

/** The prose of a page, paragraph by paragraph; code says what a program says, and is left out. */
function proseOf(page: string, withTables: boolean): readonly string[] {
  const prose: string[] = [];
  visit(withoutCode(treeOf(page)), (node) => {
    if (node.type === "table" && !withTables) return SKIP;
    if (!["paragraph", "heading", "tableCell"].includes(node.type)) return CONTINUE;
    prose.push(textOf(node).replaceAll(/\s+/g, " "));
    return SKIP;
  });
  return prose;
}

/** The tree with one word in place of each piece of code. */
function withoutCode(tree: Root): Root {
  visit(tree, "inlineCode", (node) => {
    node.value = "CODE";
  });
  return tree;
}

function sentencesOf(paragraph: string): readonly string[] {
  return paragraph.split(/(?<=[.!?:][”"')]?)\s+(?=[\p{Lu}“"'(])/u);
}

it.each(PAGES)("%s has no sentence of more than 30 words", (page) => {
  const long = proseOf(page, false)
    .flatMap(sentencesOf)
    .filter((sentence) => sentence.split(" ").length > LONGEST_SENTENCE);
  expect(long).toEqual([]);
});

it.each(PAGES)("%s has no word of the dialect", (page) => {
  const found = proseOf(page, true).filter((text) => DIALECT.some((word) => word.test(text)));
  expect(found).toEqual([]);
});

it("finds a long sentence, and a word of the dialect", () => {
  const long = `${"word ".repeat(LONGEST_SENTENCE)}end.`;
  expect(sentencesOf(`Short. W${long.slice(1)}`).map((one) => one.split(" ").length)).toEqual([
    1, 31,
  ]);
  expect(DIALECT.some((word) => word.test("A manifest stands beside it."))).toBe(true);
});
