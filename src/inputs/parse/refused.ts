/**
 * A value without a meaning. The message completes the sentence "`ssh-port` …" and never holds a
 * secret.
 */
export class Refused extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "Refused";
  }
}

/** Quoted for a message, and cut to a length that a line can hold. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}
