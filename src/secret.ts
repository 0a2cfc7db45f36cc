import { inspect } from "node:util";

export const REDACTED = "[REDACTED]";

/** A value that prints as `[REDACTED]` wherever it goes; only the process that needs it reads `reveal()`. */
export class Secret {
  readonly #value: string;
  readonly #common: boolean;

  constructor(value: string, { common = false } = {}) {
    this.#value = value;
    this.#common = common;
  }

  /** It is passed on as a secret, but is too common a word to be cut out of what tools say: `s3`, `true`. */
  get common(): boolean {
    return this.#common;
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

export function redact(text: string, secrets: Iterable<Secret>): string {
  return [...secrets]
    .filter(({ common }) => !common)
    .map((secret) => secret.reveal())
    .filter((value) => value.length > 0)
    .sort((a, b) => b.length - a.length)
    .reduce((clean, value) => clean.replaceAll(value, REDACTED), text);
}
