// src/report/compared-tables.ts
/**
* Given the tables of a report, return them with what their comparison came to: different ones first,
* then the largest. A table that is missing among restored ones is different; where none was
* restored, none is.
*/
function compareTables(tables) {
	const restored = tables.some(({ rows }) => rows.restored !== null);
	const comparisonOf = (table) => {
		if (!restored) return "recorded";
		return isProven(table) ? "equal" : "different";
	};
	const rank = ({ comparison }) => comparison === "different" ? 0 : 1;
	return tables.map((table) => ({
		...table,
		comparison: comparisonOf(table)
	})).sort((a, b) => rank(a) - rank(b) || b.rows.expected - a.rows.expected);
}
/** Whether the restored table holds exactly what the source held. */
function isProven({ rows, hash }) {
	return rows.expected === rows.restored && hash.expected === hash.restored;
}
/** Given compared tables, return those that are different. */
function differentOnes(tables) {
	return tables.filter(({ comparison }) => comparison === "different");
}
export { differentOnes as n, isProven as r, compareTables as t };
