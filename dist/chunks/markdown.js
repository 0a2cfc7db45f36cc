import { n as printableLines, t as printable } from "./printable.js";
import { n as escapeText } from "./escape.js";
// src/words/mention.ts
/**
* What GitHub reads as a mention: an `@` before a login, with no letter, digit or underscore before the
* `@`. So `backup@host` is none.
*/
const MENTION = /(?<![A-Za-z0-9_])@(?=[A-Za-z0-9])/g;
/** Puts an invisible space after the `@` of each mention, so that the text calls nobody on GitHub. */
function withoutMentions(text) {
	return text.replace(MENTION, "@​");
}
// src/report/markdown.ts
/**
* Markdown that shows on GitHub exactly the text it was given: no markup, no HTML, no broken table, and no
* mention.
*/
const SIGNS = {
	passed: "✅",
	failed: "❌",
	"not-run": "⚠️"
};
/** Empty sections are left out. */
function page(sections) {
	return `${sections.filter(Boolean).join("\n\n")}\n`;
}
/** A code span that is safe in a table's cell, too. */
function code(name) {
	const text = printable(name);
	if (text === "") return "<code></code>";
	const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
	const fence = "`".repeat(longest + 1);
	const pad = /^[` ]|[` ]$/.test(text) ? " " : "";
	return `${fence}${pad}${text.replaceAll("|", "\\|")}${pad}${fence}`;
}
/** Sentences in which `backticks` mark code. A line break stays one, in a table too. */
function prose(sentences) {
	return printableLines(sentences).map(proseLine).join("<br>");
}
/** The rows hold cells of Markdown. A head that ends in `:` aligns right. */
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
	const plain = withoutMentions(text).replace(/[\\*[\]~|$]/g, "\\$&").replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_");
	return escapeText(plain);
}
export { table as a, prose as i, code as n, withoutMentions as o, page as r, SIGNS as t };
