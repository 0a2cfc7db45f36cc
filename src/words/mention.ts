/** As GitHub reads a mention: an `@` with no letter, digit or underscore before it, and a login behind it. So `backup@host` is none. */
const MENTION = /(?<![A-Za-z0-9_])@(?=[A-Za-z0-9])/g;

/** Given any text, return it so that it calls nobody on GitHub: an invisible space stands behind the `@` of a mention. */
export function withoutMentions(text: string): string {
  return text.replace(MENTION, "@\u200b");
}
