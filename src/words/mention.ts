/**
 * What GitHub reads as a mention: an `@` before a login, with no letter, digit or underscore before the
 * `@`. So `backup@host` is none.
 */
const MENTION = /(?<![A-Za-z0-9_])@(?=[A-Za-z0-9])/g;

/** Puts an invisible space after the `@` of each mention, so that the text calls nobody on GitHub. */
export function withoutMentions(text: string): string {
  return text.replace(MENTION, "@\u200b");
}
