import { withoutMentions } from "../words/mention.ts";
import { printable, printableLines } from "../words/printable.ts";
import { escapeText } from "./escape.ts";

/**
 * Markdown that shows on GitHub exactly the text it was given: no markup, no HTML, no broken table, and no
 * mention.
 */

export const SIGNS = { passed: "✅", failed: "❌", "not-run": "⚠️" } as const;

/** Empty sections are left out. */
export function page(sections: readonly (string | undefined)[]): string {
  return `${sections.filter(Boolean).join("\n\n")}\n`;
}

/** A code span that is safe in a table's cell, too. */
export function code(name: string): string {
  const text = printable(name);
  // Two backticks alone would open a span that the next two close.
  if (text === "") return "<code></code>";
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = /^[` ]|[` ]$/.test(text) ? " " : "";
  return `${fence}${pad}${text.replaceAll("|", "\\|")}${pad}${fence}`;
}

/** Sentences in which `backticks` mark code. A line break stays one, in a table too. */
export function prose(sentences: string): string {
  return printableLines(sentences).map(proseLine).join("<br>");
}

/** The rows hold cells of Markdown. A head that ends in `:` aligns right. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = heads.map((head) => (head.endsWith(":") ? "---:" : "---"));
  const titles = heads.map((head) => head.replace(/:$/, ""));
  return [line(titles), line(rule), ...rows.map(line)].join("\n");
}

function proseLine(line: string): string {
  const parts = line.split("`");
  const unpaired = parts.length % 2 === 0 ? parts.pop() : undefined;
  const rendered = parts.map((part, index) => (index % 2 === 1 ? code(part) : escaped(part)));
  return rendered.join("") + (unpaired === undefined ? "" : `\\\`${escaped(unpaired)}`);
}

function escaped(text: string): string {
  const plain = withoutMentions(text)
    .replace(/[\\*[\]~|$]/g, "\\$&")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_");
  return escapeText(plain);
}
