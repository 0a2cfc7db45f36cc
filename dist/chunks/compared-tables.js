// src/report/compared-tables.ts
/**
* Different ones first, then the largest. A table that is missing among restored ones is different. When
* nothing was restored, no table is different.
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
function differentTables(tables) {
	return tables.filter(({ comparison }) => comparison === "different");
}
export { differentTables as n, isProven as r, compareTables as t };
