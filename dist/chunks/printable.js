// src/words/printable.ts
/**
* Characters that a name or a tool's output may hold, but that must not reach a terminal, log or page.
* Control characters move cursors and end lines; others are invisible or turn the direction of text.
*/
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
/** On one line, with each unprintable character spelled out as `\u{…}`. */
function printable(text) {
	return text.replace(UNPRINTABLE, (character) => {
		if (character === "	") return " ";
		return `\\u{${character.codePointAt(0)?.toString(16)}}`;
	});
}
function printableLines(text) {
	return text.split(/\r?\n/).map(printable);
}
export { printableLines as n, printable as t };
