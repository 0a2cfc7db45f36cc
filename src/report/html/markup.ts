import { printable, printableLines } from "../../words/printable.ts";
import { escapeMarkup } from "../escape.ts";

/** HTML that is safe to put into a page as it is. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * What a template may hold. A text is escaped, markup is not. Nothing and `false` are left out; each item
 * of a list is written.
 */
type Content = string | number | Markup | undefined | false | readonly Content[];

/** Whatever is put into the template is text, unless it is markup already. */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  const parts = strings.map((string, index) => `${string}${written(contents[index])}`);
  return new Markup(parts.join(""));
}

/** For a name that a database or a person chose: its text direction does not affect the text around it. */
export function code(name: string): Markup {
  return html`<code><bdi>${name}</bdi></code>`;
}

/** Sentences, one per line, in which `backticks` mark code, as a paragraph's content. */
export function prose(sentences: string): Markup {
  const lines = printableLines(sentences).map((line) => {
    const parts = line.split("`");
    const unpaired = parts.length % 2 === 0 ? `\`${parts.pop()}` : "";
    return html`${parts.map((part, index) => (index % 2 === 1 ? code(part) : part))}${unpaired}`;
  });
  return html`${lines.map((line, index) => (index === 0 ? line : html`<br>${line}`))}`;
}

function written(content: Content): string {
  if (content === undefined || content === false) return "";
  if (content instanceof Markup) return content.text;
  if (typeof content === "object") return content.map(written).join("");
  return escapeMarkup(printable(`${content}`));
}
