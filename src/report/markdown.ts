import { withoutMentions } from "../words/mention.ts";
import { printable, printableLines } from "../words/printable.ts";

/** Markdown that shows exactly the text it was given, on GitHub: no markup, no HTML, no broken table, and nobody called. */

export const SIGNS = { passed: "✅", failed: "❌", "not-run": "⚠️" } as const;

/** Given sections of Markdown, return them as one page; empty ones are left out. */
export function page(sections: readonly (string | undefined)[]): string {
  return `${sections.filter(Boolean).join("\n\n")}\n`;
}

/** Given a name, return it as a code span. It may stand in a table's cell or in a line. */
export function code(name: string): string {
  const text = printable(name);
  // Two backticks alone would open a span that the next two close.
  if (text === "") return "<code></code>";
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = /^[` ]|[` ]$/.test(text) ? " " : "";
  return `${fence}${pad}${text.replaceAll("|", "\\|")}${pad}${fence}`;
}

/** Given sentences in which `backticks` mark code, return them as Markdown; a line break stays one, in a table too. */
export function prose(sentences: string): string {
  return printableLines(sentences).map(proseLine).join("<br>");
}

/** Given the heads of the columns and rows of Markdown cells, return a table; a head that ends in `:` aligns right. */
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
  return withoutMentions(text)
    .replace(/[\\*[\]~|$]/g, "\\$&")
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
