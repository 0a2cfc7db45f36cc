// src/words/bytes.ts
const UNITS = [
	"B",
	"kB",
	"MB",
	"GB",
	"TB",
	"PB"
];
/** In decimal units with at most one decimal: `88 MB`, `1.4 GB`. */
function formatBytes(bytes) {
	let amount = bytes;
	let unit = 0;
	while (unit < UNITS.length - 1 && Number(shortened(amount)) >= 1e3) {
		amount /= 1e3;
		unit += 1;
	}
	return `${shortened(amount)} ${UNITS[unit]}`;
}
function shortened(amount) {
	return amount < 9.95 ? amount.toFixed(1).replace(".0", "") : amount.toFixed(0);
}
export { formatBytes as t };
