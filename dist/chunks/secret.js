import { inspect } from "node:util";
// src/secret.ts
const REDACTED = "[REDACTED]";
/** A value that prints as `[REDACTED]` wherever it goes; only the process that needs it reads `reveal()`. */
var Secret = class {
	#value;
	#common;
	constructor(value, { common = false } = {}) {
		this.#value = value;
		this.#common = common;
	}
	/** It is passed on as a secret, but is too common a word to be cut out of what tools say: `s3`, `true`. */
	get common() {
		return this.#common;
	}
	reveal() {
		return this.#value;
	}
	toString() {
		return REDACTED;
	}
	toJSON() {
		return REDACTED;
	}
	[inspect.custom]() {
		return REDACTED;
	}
};
function redact(text, secrets) {
	return [...secrets].filter(({ common }) => !common).map((secret) => secret.reveal()).filter((value) => value.length > 0).sort((a, b) => b.length - a.length).reduce((clean, value) => clean.replaceAll(value, REDACTED), text);
}
export { Secret as n, redact as r, REDACTED as t };
