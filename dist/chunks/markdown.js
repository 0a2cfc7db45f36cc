import { n as printableLines, t as printable } from "./printable.js";
// src/words/mention.ts
/** As GitHub reads a mention: an `@` with no letter, digit or underscore before it, and a login behind it. So `backup@host` is none. */
const MENTION = /(?<![A-Za-z0-9_])@(?=[A-Za-z0-9])/g;
/** Given any text, return it so that it calls nobody on GitHub: an invisible space stands behind the `@` of a mention. */
function withoutMentions(text) {
	return text.replace(MENTION, "@​");
}
// src/report/markdown.ts
/** Markdown that shows exactly the text it was given, on GitHub: no markup, no HTML, no broken table, and nobody called. */
const SIGNS = {
	passed: "✅",
	failed: "❌",
	"not-run": "⚠️"
};
/** Given sections of Markdown, return them as one page; empty ones are left out. */
function page(sections) {
	return `${sections.filter(Boolean).join("\n\n")}\n`;
}
/** Given a name, return it as a code span. It may stand in a table's cell or in a line. */
function code(name) {
	const text = printable(name);
	if (text === "") return "<code></code>";
	const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = "`".repeat(longest + 1);
	const pad = /^[` ]|[` ]$/.test(text) ? " " : "";
	return `${fence}${pad}${text.replaceAll("|", "\\|")}${pad}${fence}`;
}
/** Given sentences in which `backticks` mark code, return them as Markdown; a line break stays one, in a table too. */
function prose(sentences) {
	return printableLines(sentences).map(proseLine).join("<br>");
}
/** Given the heads of the columns and rows of Markdown cells, return a table; a head that ends in `:` aligns right. */
function table(heads, rows) {
	const line = (cells) => `| ${cells.join(" | ")} |`;
	const rule = heads.map((head) => head.endsWith(":") ? "---:" : "---");
	return [
		line(heads.map((head) => head.replace(/:$/, ""))),
		line(rule),
		...rows.map(line)
	].join("\n");
}
function proseLine(line) {
	const parts = line.split("`");
	const unpaired = parts.length % 2 === 0 ? parts.pop() : void 0;
	return parts.map((part, index) => index % 2 === 1 ? code(part) : escaped(part)).join("") + (unpaired === void 0 ? "" : `\\\`${escaped(unpaired)}`);
}
function escaped(text) {
	return withoutMentions(text).replace(/[\\*[\]~|$]/g, "\\$&").replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
export { table as a, prose as i, code as n, withoutMentions as o, page as r, SIGNS as t };
