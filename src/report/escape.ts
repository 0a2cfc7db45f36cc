/** `&`, `<` and `>` as entities: a text between tags, in Markdown, and in a Slack message. */
export function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** The same, and both quotes, so that it may be an attribute's value, too: in HTML, XML and SVG. */
export function escapeMarkup(text: string): string {
  return escapeText(text).replaceAll('"', "&quot;").replaceAll("'", "&#39;");
}
