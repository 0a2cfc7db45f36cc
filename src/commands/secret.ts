import { inspect } from "node:util";

export const REDACTED = "[REDACTED]";

/** A value that prints as `[REDACTED]` wherever it goes; only the process that needs it reads `reveal()`. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}

/** Given a text and the secrets that may stand in it, return the text with each of them redacted. */
export function redact(text: string, secrets: Iterable<Secret>): string {
  return [...secrets]
    .map((secret) => secret.reveal())
    .filter((value) => value.length > 0)
    .sort((a, b) => b.length - a.length)
    .reduce((clean, value) => clean.replaceAll(value, REDACTED), text);
}
