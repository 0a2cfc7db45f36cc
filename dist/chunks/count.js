// src/words/count.ts
/** With a comma between thousands: `1,234,567`. Takes whole numbers only. */
function formatCount(number) {
	return String(number).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
/** `1 table`, `2,500 tables`. */
function counted(number, one, many = `${one}s`) {
	return `${formatCount(number)} ${number === 1 ? one : many}`;
}
export { formatCount as n, counted as t };
