// src/report/escape.ts
/** `&`, `<` and `>` as entities: a text between tags, in Markdown, and in a Slack message. */
function escapeText(text) {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
/** The same, and both quotes, so that it may be an attribute's value, too: in HTML, XML and SVG. */
function escapeMarkup(text) {
	return escapeText(text).replaceAll("\"", "&quot;").replaceAll("'", "&#39;");
}
export { escapeText as n, escapeMarkup as t };
