// src/words/count.ts
/** Given a whole number, return it with its thousands apart: `1,234,567`. */
function formatCount(number) {
	return String(number).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
/** Given a number and what is counted, return both: `1 table`, `2,500 tables`. */
function counted(number, one, many = `${one}s`) {
	return `${formatCount(number)} ${number === 1 ? one : many}`;
}
export { formatCount as n, counted as t };
