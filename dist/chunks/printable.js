// src/words/printable.ts
/**
* What a name or a tool's output may hold and no terminal, log or page may get: control characters
* (they move cursors and end lines), and those that turn the direction of text or are invisible.
*/
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
/** Given any text, return it on one line, with each unprintable character spelled out as `\u{…}`. */
function printable(text) {
	return text.replace(UNPRINTABLE, (character) => {
		if (character === "	") return " ";
		return `\\u{${character.codePointAt(0)?.toString(16)}}`;
	});
}
/** Given a text of several lines, return its lines, each printable. */
function printableLines(text) {
	return text.split(/\r?\n/).map(printable);
}
export { printableLines as n, printable as t };
