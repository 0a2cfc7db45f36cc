import { a as UserMistake, n as Failed } from "./failure.js";
import { n as formatCount, t as counted } from "./count.js";
import { c as namesOf, u as poolOf } from "./backup-name.js";
import { a as passed, o as switchedOff, r as failed } from "./check.js";
import { t as formatBytes } from "./bytes.js";
import { a as and, c as program, u as shellScript } from "./shell.js";
import { t as CommandFailed } from "./command-failed.js";
import { G as hasRoom, H as recordPath, L as inBackup, R as onDatabase, V as parseRecords, X as firstValue, _t as literal, gt as identifier, vt as qualified, yt as userSchema } from "./discover.js";
import { A as NEED_PACKER, C as compareFilestore, D as readArchive, O as LACKS_ZSTD, S as inVolumesContainer, T as PACKER, b as runJudgement, j as PRELUDE, v as attachmentsOf, w as idsOf, x as WORK, y as judgementCommand } from "./kept-filestores.js";
import { t as removeQuietly } from "./remove-quietly.js";
import { S as EXTENSIONS_QUERY, w as LOG_TO_COME_QUERY } from "./refuse-server.js";
import { d as makeFolder, l as freeBytesIn, u as freeSpace } from "./throwaway-database.js";
// src/backups/table-of-contents.ts
/** Longest first, so that `TABLE DATA` is not read as `TABLE`. From pg_dump's archiver, PostgreSQL 18. */
const KINDS$1 = [
	"ACCESS METHOD",
	"ACL",
	"AGGREGATE",
	"BLOB COMMENTS",
	"BLOB METADATA",
	"BLOB",
	"BLOBS",
	"CAST",
	"CHECK CONSTRAINT",
	"COLLATION",
	"COMMENT",
	"CONSTRAINT",
	"CONVERSION",
	"DATABASE PROPERTIES",
	"DATABASE",
	"DEFAULT ACL",
	"DEFAULT",
	"DOMAIN",
	"ENCODING",
	"EVENT TRIGGER",
	"EXTENSION",
	"FK CONSTRAINT",
	"FOREIGN DATA WRAPPER",
	"FOREIGN SERVER",
	"FOREIGN TABLE",
	"FUNCTION",
	"INDEX ATTACH",
	"INDEX",
	"LARGE OBJECT",
	"MATERIALIZED VIEW DATA",
	"MATERIALIZED VIEW",
	"OPERATOR CLASS",
	"OPERATOR FAMILY",
	"OPERATOR",
	"POLICY",
	"PROCEDURAL LANGUAGE",
	"PROCEDURE",
	"PUBLICATION TABLES IN SCHEMA",
	"PUBLICATION TABLE",
	"PUBLICATION",
	"ROW SECURITY",
	"RULE",
	"SCHEMA",
	"SEARCHPATH",
	"SECURITY LABEL",
	"SEQUENCE OWNED BY",
	"SEQUENCE SET",
	"SEQUENCE",
	"SERVER",
	"SHELL TYPE",
	"STATISTICS DATA",
	"STATISTICS",
	"STDSTRINGS",
	"SUBSCRIPTION TABLE",
	"SUBSCRIPTION",
	"TABLE ATTACH",
	"TABLE DATA",
	"TABLE",
	"TEXT SEARCH CONFIGURATION",
	"TEXT SEARCH DICTIONARY",
	"TEXT SEARCH PARSER",
	"TEXT SEARCH TEMPLATE",
	"TRANSFORM",
	"TRIGGER",
	"TYPE",
	"USER MAPPING",
	"VIEW"
].sort((a, b) => b.length - a.length);
const ENTRY = new RegExp(`^(\\d+); \\d+ \\d+ ((${KINDS$1.join("|")}) (.*))$`);
/** Restored only together with the database itself; a list that is not verbose leaves them out. */
const OF_THE_DATABASE = /^(?:ENCODING|STDSTRINGS|SEARCHPATH|DATABASE|DATABASE PROPERTIES|(?:ACL|COMMENT|SECURITY LABEL) - DATABASE) /;
/** `roles` are names of roles that are known: a name with a space can be told from the object's only by them. */
function parseTableOfContents(output, roles = []) {
	const entries = [];
	for (const line of output.split("\n")) {
		const depends = /^;\tdepends on:([ \d]*)$/.exec(line)?.[1];
		if (depends !== void 0) entries.at(-1)?.dependsOn.push(...depends.trim().split(" ").filter(Boolean).map(Number));
		else entries.push(...parseEntry(line, roles));
	}
	return {
		database: /^; {5}dbname: (.*)$/m.exec(output)?.[1] ?? "",
		serverVersion: /^; {5}Dumped from database version: (.*)$/m.exec(output)?.[1] ?? "",
		dumpVersion: /^; {5}Dumped by pg_dump version: (.*)$/m.exec(output)?.[1] ?? "",
		entries: entries.filter(({ line }) => !OF_THE_DATABASE.test(line))
	};
}
const RELATIONS = /* @__PURE__ */ new Set([
	"TABLE",
	"VIEW",
	"MATERIALIZED VIEW",
	"FOREIGN TABLE",
	"SEQUENCE"
]);
/**
* The relations, as `schema.name`, that an archive mentions but does not define. They belong to extensions:
* of these a dump holds only the name and the rows that are the user's own.
*/
function relationsOfExtensions({ entries }) {
	const nameOf = ({ schema, name }) => `${schema}.${name}`;
	const defined = new Set(entries.filter(({ kind }) => RELATIONS.has(kind)).map(nameOf));
	const named = entries.flatMap((entry) => {
		if (entry.kind === "TABLE DATA" || entry.kind === "SEQUENCE SET") return [nameOf(entry)];
		const [what, ...rest] = entry.name.split(" ");
		return (entry.kind === "ACL" || entry.kind === "COMMENT" || entry.kind === "SECURITY LABEL") && what === "TABLE" ? [`${entry.schema}.${unquoted(rest.join(" "))}`] : [];
	});
	return new Set(named.filter((name) => !defined.has(name)));
}
/** Inside another entry, a list quotes an object's name where the name needs it. */
function unquoted(name) {
	return name.startsWith("\"") ? name.slice(1, -1).replaceAll("\"\"", "\"") : name;
}
function parseEntry(text, roles) {
	const [, id, line, kind, rest] = ENTRY.exec(text) ?? [];
	if (id === void 0 || line === void 0 || kind === void 0 || rest === void 0) return [];
	const owner = ownerIn(rest, roles);
	const [schema = "-", ...name] = rest.slice(0, rest.length - owner.length - 1).split(" ");
	return [{
		id: Number(id),
		line,
		dependsOn: [],
		kind,
		schema,
		name: name.join(" "),
		owner
	}];
}
/** The longest known role that the line ends with; without one, its last word. */
function ownerIn(rest, roles) {
	return roles.filter((role) => rest.endsWith(` ${role}`)).sort((a, b) => b.length - a.length)[0] ?? rest.split(" ").at(-1) ?? "";
}
// src/checks/content-hash.ts
/** Types whose hash under PostgreSQL's own equality depends on every bit of the value. */
const HASHED_AS_THEY_ARE = /* @__PURE__ */ new Set([
	"bool",
	"int2",
	"int4",
	"oid",
	"date",
	"uuid",
	"bytea",
	"name"
]);
const HASHED_AS_BYTES_OF_TEXT = /* @__PURE__ */ new Set(["text", "varchar"]);
/** Types of 64 bits: their own hash folds these into 32 (hashint8extended), so their bytes are hashed. */
const SENT = {
	int8: "int8send",
	time: "time_send",
	timestamp: "timestamp_send",
	timestamptz: "timestamptz_send"
};
/**
* SQL of what is hashed of a value: all that a dump keeps of it. `value` is SQL from our code. A dump holds what
* the type's output function prints. A cast to text may print less (bpchar) or run code of whoever made the cast.
*
* Only PostGIS needs two expressions. Its binary form is what a dump holds, and makes POINT(NaN NaN) empty; an
* empty point has no points.
*/
function hashedValues(value, { type, origin, output }, postgisSchema) {
	if (origin === "postgresql" && output !== void 0) {
		const send = SENT[type];
		if (send !== void 0) return [`${send}(${value})`];
		if (HASHED_AS_THEY_ARE.has(type)) return [value];
		if (HASHED_AS_BYTES_OF_TEXT.has(type)) return [`${value} COLLATE "C"`];
		return [`textin(${output}(${value})) COLLATE "C"`];
	}
	if (origin === "postgis" && (type === "geometry" || type === "geography")) {
		const geometry = `${value}::${postgisSchema}.${type}`;
		const points = type === "geometry" ? geometry : `${geometry}::${postgisSchema}.geometry`;
		return [`${geometry}::bytea`, `${postgisSchema}.st_npoints(${points})`];
	}
	return [`textin(record_out(ROW(${value}))) COLLATE "C"`];
}
/** PostgreSQL allows 1,600 columns in a table, and 1,664 in a row (MaxTupleAttributeNumber). */
const VALUES_PER_RECORD = 1600;
/**
* SQL of a hash of 64 bits of a row. The record's hash is linear in its columns, so it is mixed once more before
* it may be summed: else the sum would not change when a value moves from one row to another.
*
* Measured on one core, as CPU time. 200,000 `res_partner` rows with 60 columns, of which 3 are timestamps (the least
* of 11 runs in turn): bytes of timestamps and of the row's hash instead of hashint8extended cost 5 % more, printed
* timestamps 13 %, `date_part` 13 %. A subquery that mixes the two halves apart costs 3 % to 4 %: not enough to pay for
* the longer statement. All tables of the lab with 150,000 registrants: 8 % more, with the points of geometries.
*/
function hashOfRow(values) {
	return `hashbyteaextended(${bytesOfRecord(values)}, 0)`;
}
function bytesOfRecord(values) {
	if (values.length > VALUES_PER_RECORD) return bytesOfRecord([bytesOfRecord(values.slice(0, VALUES_PER_RECORD)), ...values.slice(VALUES_PER_RECORD)]);
	return `int8send(hash_record_extended(ROW(${values.join(", ")}), 0))`;
}
// src/checks/structure/catalog.ts
/** The lowest id of an object that is neither PostgreSQL's own nor initdb's (FirstNormalObjectId). */
const FIRST_NORMAL_OID = 16384;
/** SQL that names an object of a catalog. For catalogs that have no `reg…` type. */
function identityOf(catalog, oid) {
	return `(SELECT i.identity FROM pg_identify_object('${catalog}'::regclass, ${oid}, 0) i)`;
}
/** SQL: the names of several objects, in their order. */
function identitiesOf(catalog, oids) {
	return `(SELECT json_agg(${identityOf(catalog, "u.oid")} ORDER BY u.place) FROM unnest(${oids}) WITH ORDINALITY u (oid, place))`;
}
/** SQL: the names of columns, in the order of their numbers in the array. */
function columnNames(relation, numbers) {
	return `(SELECT json_agg(a.attname ORDER BY u.place) FROM unnest(${numbers}) WITH ORDINALITY u (number, place)
    LEFT JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = u.number)`;
}
/** SQL: options of foreign data in an order of their own, since a dump sorts them. */
function sortedOptions(column) {
	return `(SELECT json_agg(x.option ORDER BY x.option) FROM unnest(${column}) x (option))`;
}
/** SQL that is true for an object that neither PostgreSQL nor initdb made. */
function isUsers(oid = "o.oid") {
	return `${oid} >= ${FIRST_NORMAL_OID}`;
}
/** SQL that is true for an object of the user's that belongs to no extension. */
function ownObject(catalog, oid = "o.oid") {
	return `${isUsers(oid)} AND ${noMember(catalog, oid)}`;
}
/** SQL that is true for an object that belongs to no extension. */
function noMember(catalog, oid = "o.oid") {
	return `NOT EXISTS (SELECT FROM member m WHERE m.classid = '${catalog}'::regclass AND m.objid = ${oid})`;
}
/** SQL: kind, name, text and prints of each object. */
function selectObjects(catalog) {
	const { together, expressions } = catalog;
	const text = `json_build_array(${comparedOf(catalog).join(", ")})::text`;
	if (together === void 0) return selectOf(catalog, `${text} AS text, ${expressions?.prints ?? "NULL"}::text[] AS prints`);
	return `${selectOf(catalog, `string_agg(${text}, ',' ORDER BY ${together}) AS text, NULL::text[] AS prints`)} GROUP BY 1, 2`;
}
/** SQL: what is needed to create the objects with expressions once more. */
function selectAgain(catalog, { owner, again, made }) {
	return selectOf(catalog, `'${catalog.catalog}' AS catalog, (${owner})::text AS owner, ${again}::text[] AS again, (${made})::text AS made`);
}
function selectOf({ catalog, joins = "", where, object }, columns) {
	const { kind, name } = object ?? {
		kind: "i.type",
		name: "i.identity"
	};
	const identified = `CROSS JOIN LATERAL pg_identify_object('${catalog}'::regclass, o.oid, 0) i`;
	return `SELECT (${kind})::text AS kind, (${name})::text AS name, ${columns}
FROM ${catalog} o ${joins} ${object ? "" : identified} WHERE ${where}`;
}
function comparedOf({ values = [], references = {}, printed = {}, more = [] }) {
	return [
		...values.map((column) => `o.${column}`),
		...Object.entries(references).map(([column, type]) => referenceOf(`o.${column}`, type)),
		...Object.values(printed),
		...more
	];
}
/** `regclass`, `regtype[]` and the like, or a catalog. */
function referenceOf(column, type) {
	if (type.endsWith("[]")) return `${column}::oid[]::${type}`;
	return type.startsWith("reg") ? `${column}::${type}` : identityOf(type, column);
}
// src/checks/structure/catalogs/in-dump.ts
/** SQL that is true for a table, view, sequence, index or composite type that a dump holds. */
const IN_DUMP = (oid) => `${oid} IN (SELECT r.oid FROM relation r)`;
/** SQL: the role that owns a relation. */
const OWNER_OF = (relation) => `SELECT c.relowner::regrole FROM pg_class c WHERE c.oid = ${relation}`;
const NAME_OF = (relation) => identityOf("pg_class", relation);
/** The table in which an expression is parsed again. It is empty, temporary, and rolled back. */
const PRINT_TABLE = "pg_temp.openspp_print_again";
/** SQL: the statement that makes PRINT_TABLE with the columns of a relation. */
const likeTable = (relation, more = "") => `format('CREATE TEMPORARY TABLE openspp_print_again (LIKE %s)${more}', ${relation}::regclass)`;
/** Reasons why a column is not compared. */
const NUMBER = "the number of the object in this database";
const DERIVED = "follows from other columns that are compared";
const STORAGE = "tells how and where PostgreSQL stores it, which each database decides by itself";
const IN_DEFINITION = "printed with the definition";
/** SQL: a condition for a catalog's row of PRINT_TABLE. */
const madeIn = (column) => `'o.${column} = ''${PRINT_TABLE}''::regclass'`;
/**
* Tables whose foreign keys are not enforced. A dump does not keep this: where the source has it, a restored
* table may lack it.
*/
const DISABLED_KEYS = "disabled foreign keys of";
// src/checks/structure/catalogs/key-catalogs.ts
const OF_RELATION$1 = `(o.conrelid <> 0 AND ${IN_DUMP("o.conrelid")} OR ${ownObject("pg_type", "o.contypid")})`;
/** A check that a table has only from its parents follows from theirs. */
const IS_OWN_CHECK = "o.contype = 'c' AND o.coninhcount = 0";
/** `(expression) operator class` of each expression of an index, and `{n}` for the expression itself. */
const INDEX_KEYS = `(SELECT string_agg(format('({print %s}) %s', u.expression, ${identityOf("pg_opclass", "u.class").replace("i.identity", "split_part(i.identity, ' USING ', 1)")}), ', ' ORDER BY u.place)
      FROM (SELECT k.place, c.class, count(*) FILTER (WHERE k.number = 0) OVER (ORDER BY k.place) AS expression, k.number
        FROM unnest(o.indkey::int2[]) WITH ORDINALITY k (number, place)
        JOIN unnest(o.indclass::oid[]) WITH ORDINALITY c (class, place) USING (place)) u WHERE u.number = 0)`;
/** Constraints and indexes. */
const KEY_CATALOGS = [
	{
		catalog: "pg_constraint",
		where: `${OF_RELATION$1} AND o.contype <> 'n' AND NOT (o.contype = 'f' AND o.conparentid <> 0)`,
		named: [
			"conname",
			"conrelid",
			"contypid"
		],
		values: [
			"contype",
			"condeferrable",
			"condeferred",
			"conenforced",
			"convalidated",
			"conislocal",
			"coninhcount",
			"conperiod"
		],
		references: {
			confrelid: "regclass",
			conexclop: "regoperator[]"
		},
		printed: {
			connoinherit: "CASE WHEN o.contype = 'c' THEN o.connoinherit END",
			confkey: columnNames("o.confrelid", "o.confkey"),
			conkey: columnNames("o.conrelid", "o.conkey"),
			confdelsetcols: columnNames("o.conrelid", "o.confdelsetcols")
		},
		more: ["CASE WHEN o.contype NOT IN ('c', 'x') THEN pg_get_constraintdef(o.oid) END"],
		expressions: {
			columns: ["conbin"],
			prints: `CASE WHEN ${IS_OWN_CHECK} THEN ARRAY[pg_get_expr(o.conbin, o.conrelid)] END`,
			owner: `CASE WHEN o.conrelid <> 0 THEN (${OWNER_OF("o.conrelid")})
        ELSE (SELECT t.typowner::regrole FROM pg_type t WHERE t.oid = o.contypid) END`,
			again: `(SELECT ARRAY[format('ALTER %s DROP CONSTRAINT %I', x.parent, o.conname),
          format('ALTER %s ADD CONSTRAINT %I CHECK ({print 1}) NOT VALID', x.parent, o.conname)]
        FROM (VALUES (CASE WHEN o.conrelid <> 0 THEN format('TABLE %s', o.conrelid::regclass)
          ELSE format('DOMAIN %s', o.contypid::regtype) END)) x (parent))`,
			made: `format('o.conname = %L AND ', o.conname) || CASE WHEN o.conrelid <> 0 THEN format('o.conrelid = %L::regclass', o.conrelid::regclass)
        ELSE format('o.contypid = %L::regtype', o.contypid::regtype) END`
		},
		left: {
			oid: NUMBER,
			connamespace: "that of its table or domain",
			conindid: "PostgreSQL chooses among indexes that are alike",
			conparentid: DERIVED,
			confupdtype: IN_DEFINITION,
			confdeltype: IN_DEFINITION,
			confmatchtype: IN_DEFINITION,
			conpfeqop: DERIVED,
			conppeqop: DERIVED,
			conffeqop: DERIVED
		}
	},
	{
		catalog: "pg_constraint",
		where: `o.contype = 'n' AND ${OF_RELATION$1}`,
		object: {
			kind: "'not-null constraints of'",
			name: `CASE WHEN o.conrelid <> 0 THEN ${identityOf("pg_class", "o.conrelid")} ELSE o.contypid::regtype::text END`
		},
		together: "o.conname",
		values: [
			"conname",
			"convalidated",
			"conislocal",
			"coninhcount",
			"connoinherit"
		],
		printed: { conkey: columnNames("o.conrelid", "o.conkey") }
	},
	{
		catalog: "pg_index",
		where: IN_DUMP("o.indexrelid"),
		object: {
			kind: "'keys of'",
			name: identityOf("pg_class", "o.indexrelid")
		},
		named: ["indexrelid"],
		values: [
			"indnatts",
			"indnkeyatts",
			"indisunique",
			"indnullsnotdistinct",
			"indisprimary",
			"indisexclusion",
			"indimmediate",
			"indisclustered",
			"indisvalid",
			"indisready",
			"indisreplident",
			"indoption"
		],
		references: {
			indrelid: "regclass",
			indcollation: "regcollation[]"
		},
		printed: {
			indkey: columnNames("o.indrelid", "o.indkey::int2[]"),
			indclass: identitiesOf("pg_opclass", "o.indclass::oid[]")
		},
		expressions: {
			columns: ["indexprs", "indpred"],
			prints: `CASE WHEN o.indexprs IS NOT NULL OR o.indpred IS NOT NULL THEN
        (SELECT coalesce(array_agg(pg_get_indexdef(o.indexrelid, k.place::int, false) ORDER BY k.place), '{}')
          FROM unnest(o.indkey::int2[]) WITH ORDINALITY k (number, place) WHERE k.number = 0)
        || coalesce(ARRAY[pg_get_expr(o.indpred, o.indrelid)], '{}') END`,
			owner: OWNER_OF("o.indrelid"),
			again: `(SELECT ARRAY[${likeTable("o.indrelid")}, format('CREATE INDEX openspp_print_again_key ON ${PRINT_TABLE} USING %s (%s)%s',
          (SELECT quote_ident(m.amname) FROM pg_class c JOIN pg_am m ON m.oid = c.relam WHERE c.oid = o.indexrelid),
          coalesce(x.keys, (SELECT format('%I %s', a.attname, split_part(${identityOf("pg_opclass", "o.indclass[0]")}, ' USING ', 1)) FROM pg_attribute a WHERE a.attrelid = o.indrelid AND a.attnum = o.indkey[0])),
          CASE WHEN o.indpred IS NOT NULL THEN format(' WHERE ({print %s})', 1 + (SELECT count(*) FROM unnest(o.indkey::int2[]) k WHERE k = 0)) ELSE '' END)]
        FROM (VALUES (${INDEX_KEYS})) x (keys))`,
			made: "'o.indexrelid = ''pg_temp.openspp_print_again_key''::regclass'"
		},
		left: {
			indcheckxmin: "tells when it may be used",
			indislive: DERIVED
		}
	}
];
// src/checks/structure/catalogs/other-catalogs.ts
const IN_USER_SCHEMA$1 = (column) => userSchema(`${column}::regnamespace::text`);
/** A dump holds who owns `public` and what is said of it, though initdb made it. */
const IS_PUBLIC = "'public'::regnamespace";
/** Comments on a table's columns are part of one object, as an Odoo database has one for each. */
const OF_RELATION = "o.classoid = 'pg_class'::regclass";
/** Schemas, comments, text search, publications, foreign data and what is rare. */
const OTHER_CATALOGS = [
	{
		catalog: "pg_namespace",
		where: `${userSchema("o.nspname")} AND (o.oid = ${IS_PUBLIC} OR ${ownObject("pg_namespace")})`,
		named: ["nspname"],
		references: { nspowner: "regrole" },
		rights: ["nspacl"],
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_extension",
		where: isUsers(),
		named: ["extname"],
		values: ["extrelocatable"],
		references: {
			extowner: "regrole",
			extnamespace: "regnamespace"
		},
		left: {
			oid: NUMBER,
			extversion: "compared by the check `extensions`",
			extconfig: "set by the extension's own script",
			extcondition: "set by the extension's own script"
		}
	},
	{
		catalog: "pg_description",
		where: `${OF_RELATION} AND ${IN_DUMP("o.objoid")}`,
		object: {
			kind: "'comments on'",
			name: identityOf("pg_class", "o.objoid")
		},
		together: "o.objsubid",
		named: ["objoid", "classoid"],
		values: ["description"],
		printed: { objsubid: "(SELECT a.attname FROM pg_attribute a WHERE a.attrelid = o.objoid AND a.attnum = o.objsubid)" }
	},
	{
		catalog: "pg_description",
		joins: "CROSS JOIN LATERAL pg_identify_object(o.classoid, o.objoid, o.objsubid) i",
		where: `NOT ${OF_RELATION} AND (${isUsers("o.objoid")} OR o.classoid = 'pg_namespace'::regclass AND o.objoid = ${IS_PUBLIC})
      AND NOT EXISTS (SELECT FROM member m WHERE m.classid = o.classoid AND m.objid = o.objoid)
      AND NOT (o.classoid = 'pg_extension'::regclass AND EXISTS (SELECT FROM pg_available_extensions e
        JOIN pg_extension x ON x.extname = e.name WHERE x.oid = o.objoid AND e.comment = o.description))`,
		object: {
			kind: "'comment on ' || i.type",
			name: "i.identity"
		},
		values: ["description"]
	},
	{
		catalog: "pg_seclabel",
		joins: "CROSS JOIN LATERAL pg_identify_object(o.classoid, o.objoid, o.objsubid) i",
		where: isUsers("o.objoid"),
		object: {
			kind: "'security label of ' || o.provider || ' on ' || i.type",
			name: "i.identity"
		},
		named: [
			"objoid",
			"classoid",
			"objsubid",
			"provider"
		],
		values: ["label"]
	},
	{
		catalog: "pg_depend",
		where: `o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass AND o.deptype IN ('a', 'i')
      AND o.objid IN (SELECT r.oid FROM relation r WHERE r.relkind = 'S')`,
		object: {
			kind: "'column that owns'",
			name: identityOf("pg_class", "o.objid")
		},
		named: ["classid", "objid"],
		values: ["deptype"],
		references: { refobjid: "regclass" },
		printed: { refobjsubid: "(SELECT a.attname FROM pg_attribute a WHERE a.attrelid = o.refobjid AND a.attnum = o.refobjsubid)" },
		left: {
			objsubid: "a sequence has no parts",
			refclassid: "always that of relations"
		}
	},
	{
		catalog: "pg_depend",
		joins: "CROSS JOIN LATERAL pg_identify_object(o.classid, o.objid, o.objsubid) i JOIN pg_extension x ON x.oid = o.refobjid",
		where: "o.deptype = 'x'",
		object: {
			kind: "'dependence on ' || x.extname || ' of ' || i.type",
			name: "i.identity"
		},
		values: ["deptype"]
	},
	{
		catalog: "pg_default_acl",
		where: "true",
		named: [
			"defaclrole",
			"defaclnamespace",
			"defaclobjtype"
		],
		printed: { defaclacl: `(SELECT json_agg(x.one ORDER BY x.one) FROM (SELECT concat_ws(' ', g.grantor::regrole, g.grantee::regrole, g.privilege_type, g.is_grantable)
        FROM aclexplode(o.defaclacl) g) x (one))` },
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_event_trigger",
		where: ownObject("pg_event_trigger"),
		named: ["evtname"],
		values: [
			"evtevent",
			"evtenabled",
			"evttags"
		],
		references: {
			evtowner: "regrole",
			evtfoid: "regprocedure"
		},
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_foreign_data_wrapper",
		where: ownObject("pg_foreign_data_wrapper"),
		named: ["fdwname"],
		printed: { fdwoptions: sortedOptions("o.fdwoptions") },
		references: {
			fdwowner: "regrole",
			fdwhandler: "regprocedure",
			fdwvalidator: "regprocedure"
		},
		rights: ["fdwacl"],
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_foreign_server",
		where: ownObject("pg_foreign_server"),
		named: ["srvname"],
		values: ["srvtype", "srvversion"],
		printed: { srvoptions: sortedOptions("o.srvoptions") },
		references: {
			srvowner: "regrole",
			srvfdw: "pg_foreign_data_wrapper"
		},
		rights: ["srvacl"],
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_user_mapping",
		where: ownObject("pg_foreign_server", "o.umserver"),
		named: ["umuser", "umserver"],
		printed: { umoptions: sortedOptions("o.umoptions") },
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_publication",
		where: ownObject("pg_publication"),
		named: ["pubname"],
		values: [
			"puballtables",
			"pubinsert",
			"pubupdate",
			"pubdelete",
			"pubtruncate",
			"pubviaroot",
			"pubgencols"
		],
		references: { pubowner: "regrole" },
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_publication_namespace",
		where: ownObject("pg_publication", "o.pnpubid"),
		named: ["pnpubid", "pnnspid"],
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_publication_rel",
		where: ownObject("pg_publication", "o.prpubid"),
		named: ["prpubid", "prrelid"],
		printed: { prattrs: `(SELECT json_agg(x.name ORDER BY x.name) FROM json_array_elements_text(${columnNames("o.prrelid", "o.prattrs::int2[]")}) x (name))` },
		expressions: {
			columns: ["prqual"],
			prints: "CASE WHEN o.prqual IS NOT NULL THEN ARRAY[pg_get_expr(o.prqual, o.prrelid)] END",
			owner: "SELECT p.pubowner::regrole FROM pg_publication p WHERE p.oid = o.prpubid",
			again: `ARRAY[format('ALTER PUBLICATION %I SET TABLE ONLY %s WHERE ({print 1})', (SELECT p.pubname FROM pg_publication p WHERE p.oid = o.prpubid), o.prrelid::regclass)]`,
			made: `format('o.prrelid = %L::regclass AND o.prpubid = %s', o.prrelid::regclass, o.prpubid)`
		},
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_ts_parser",
		where: `${IN_USER_SCHEMA$1("o.prsnamespace")} AND ${ownObject("pg_ts_parser")}`,
		named: ["prsname", "prsnamespace"],
		references: {
			prsstart: "regprocedure",
			prstoken: "regprocedure",
			prsend: "regprocedure",
			prsheadline: "regprocedure",
			prslextype: "regprocedure"
		},
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_ts_template",
		where: `${IN_USER_SCHEMA$1("o.tmplnamespace")} AND ${ownObject("pg_ts_template")}`,
		named: ["tmplname", "tmplnamespace"],
		references: {
			tmplinit: "regprocedure",
			tmpllexize: "regprocedure"
		},
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_ts_dict",
		where: `${IN_USER_SCHEMA$1("o.dictnamespace")} AND ${ownObject("pg_ts_dict")}`,
		named: ["dictname", "dictnamespace"],
		values: ["dictinitoption"],
		references: {
			dictowner: "regrole",
			dicttemplate: "pg_ts_template"
		},
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_ts_config",
		where: `${IN_USER_SCHEMA$1("o.cfgnamespace")} AND ${ownObject("pg_ts_config")}`,
		named: ["cfgname", "cfgnamespace"],
		references: {
			cfgowner: "regrole",
			cfgparser: "pg_ts_parser"
		},
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_ts_config_map",
		where: ownObject("pg_ts_config", "o.mapcfg"),
		object: {
			kind: "'dictionaries of'",
			name: "o.mapcfg::regconfig"
		},
		together: "o.maptokentype, o.mapseqno",
		named: ["mapcfg"],
		values: ["maptokentype"],
		references: { mapdict: "regdictionary" },
		left: { mapseqno: "compared as the order" }
	},
	{
		catalog: "pg_largeobject_metadata",
		where: "true",
		object: {
			kind: "'large objects'",
			name: "'owners'"
		},
		together: "o.oid",
		values: ["oid"],
		references: { lomowner: "regrole" },
		rights: ["lomacl"]
	}
];
// src/checks/structure/catalogs/relation-catalogs.ts
const IS_INDEX = "(SELECT c.relkind IN ('i', 'I') FROM pg_class c WHERE c.oid = o.attrelid)";
/** Tables, views, sequences, indexes and composite types, and what hangs on them. */
const RELATION_CATALOGS = [
	{
		catalog: "pg_class",
		where: IN_DUMP("o.oid"),
		named: ["relname", "relnamespace"],
		values: [
			"relkind",
			"relrowsecurity",
			"relforcerowsecurity",
			"relispopulated",
			"relreplident",
			"relispartition"
		],
		references: {
			reloftype: "regtype",
			relam: "pg_am"
		},
		printed: {
			relowner: "CASE WHEN o.relkind NOT IN ('i', 'I') THEN o.relowner::regrole END",
			relpersistence: "CASE WHEN o.relkind NOT IN ('i', 'I') THEN o.relpersistence END",
			reloptions: "(SELECT json_agg(x.option ORDER BY x.option) FROM unnest(o.reloptions) x (option))",
			reltoastrelid: "(SELECT t.reloptions FROM pg_class t WHERE t.oid = o.reltoastrelid)",
			relpartbound: "pg_get_expr(o.relpartbound, o.oid)"
		},
		rights: ["relacl"],
		left: {
			oid: NUMBER,
			reltype: DERIVED,
			relfilenode: STORAGE,
			reltablespace: "compared as `tablespace of` (see below), as a fresh server has none",
			relpages: STORAGE,
			reltuples: "an estimate of ANALYZE",
			relallvisible: STORAGE,
			relallfrozen: STORAGE,
			relhasindex: DERIVED,
			relisshared: "only PostgreSQL's own are",
			relnatts: "counts dropped columns, too",
			relchecks: DERIVED,
			relhasrules: DERIVED,
			relhastriggers: DERIVED,
			relhassubclass: DERIVED,
			relrewrite: STORAGE,
			relfrozenxid: STORAGE,
			relminmxid: STORAGE
		}
	},
	{
		catalog: "pg_attribute",
		where: `o.attnum > 0 AND NOT o.attisdropped AND ${IN_DUMP("o.attrelid")}
      AND (NOT ${IS_INDEX} OR o.attstattarget IS NOT NULL OR o.attoptions IS NOT NULL)`,
		object: {
			kind: "'columns of'",
			name: NAME_OF("o.attrelid")
		},
		together: `CASE WHEN EXISTS (SELECT FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid
  WHERE h.inhrelid = o.attrelid AND NOT c.relispartition AND c.relkind IN ('r', 'f')) THEN o.attname END, o.attnum`,
		named: ["attrelid"],
		values: [
			"attnotnull",
			"attidentity",
			"attgenerated",
			"attislocal",
			"attinhcount",
			"attcompression",
			"attstattarget",
			"attoptions"
		],
		references: { attcollation: "regcollation" },
		printed: {
			attfdwoptions: sortedOptions("o.attfdwoptions"),
			attname: `CASE WHEN NOT ${IS_INDEX} THEN o.attname END`,
			atttypid: "format_type(o.atttypid, o.atttypmod)",
			attnum: `CASE WHEN ${IS_INDEX} THEN o.attnum END`,
			attstorage: `CASE WHEN NOT ${IS_INDEX} THEN o.attstorage END`
		},
		rights: ["attacl"],
		left: {
			attlen: DERIVED,
			atttypmod: "printed with the type",
			attndims: "PostgreSQL does not use it, and a dump does not keep it",
			attbyval: DERIVED,
			attalign: DERIVED,
			atthasdef: DERIVED,
			atthasmissing: STORAGE,
			attisdropped: "a dropped column is not restored",
			attmissingval: STORAGE
		}
	},
	{
		catalog: "pg_attrdef",
		joins: "JOIN pg_attribute a ON a.attrelid = o.adrelid AND a.attnum = o.adnum",
		where: IN_DUMP("o.adrelid"),
		named: ["adrelid", "adnum"],
		expressions: {
			columns: ["adbin"],
			prints: "ARRAY[pg_get_expr(o.adbin, o.adrelid)]",
			owner: OWNER_OF("o.adrelid"),
			again: `CASE WHEN a.attgenerated = '' THEN
        ARRAY[format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT {print 1}', o.adrelid::regclass, a.attname)]
      ELSE ARRAY[${likeTable("o.adrelid")},
        format('ALTER TABLE ${PRINT_TABLE} DROP COLUMN %I', a.attname),
        format('ALTER TABLE ${PRINT_TABLE} ADD COLUMN %I %s GENERATED ALWAYS AS ({print 1}) STORED', a.attname, format_type(a.atttypid, a.atttypmod))] END`,
			made: `CASE WHEN a.attgenerated = '' THEN format('o.adrelid = %L::regclass AND o.adnum = %s', o.adrelid::regclass, o.adnum)
        ELSE ${madeIn("adrelid")} END`
		},
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_inherits",
		where: IN_DUMP("o.inhrelid"),
		object: {
			kind: "'parents of'",
			name: NAME_OF("o.inhrelid")
		},
		together: "o.inhseqno",
		named: ["inhrelid"],
		values: ["inhdetachpending"],
		references: { inhparent: "regclass" },
		left: { inhseqno: "compared as the order" }
	},
	{
		catalog: "pg_partitioned_table",
		where: IN_DUMP("o.partrelid"),
		object: {
			kind: "'partition key of'",
			name: NAME_OF("o.partrelid")
		},
		named: ["partrelid"],
		values: ["partstrat", "partnatts"],
		printed: {
			partattrs: columnNames("o.partrelid", "o.partattrs::int2[]"),
			partcollation: "o.partcollation::oid[]::regcollation[]"
		},
		more: ["CASE WHEN o.partexprs IS NULL THEN pg_get_partkeydef(o.partrelid) END"],
		expressions: {
			columns: ["partexprs"],
			prints: "CASE WHEN o.partexprs IS NOT NULL THEN ARRAY[pg_get_partkeydef(o.partrelid)] END",
			owner: OWNER_OF("o.partrelid"),
			again: `ARRAY[${likeTable("o.partrelid", " PARTITION BY {print 1}")}]`,
			made: madeIn("partrelid")
		},
		left: {
			partclass: "printed with the key",
			partdefid: "the partition's own bound says it"
		}
	},
	{
		catalog: "pg_sequence",
		where: IN_DUMP("o.seqrelid"),
		object: {
			kind: "'parameters of'",
			name: NAME_OF("o.seqrelid")
		},
		named: ["seqrelid"],
		values: [
			"seqstart",
			"seqincrement",
			"seqmax",
			"seqmin",
			"seqcache",
			"seqcycle"
		],
		references: { seqtypid: "regtype" }
	},
	{
		catalog: "pg_foreign_table",
		where: IN_DUMP("o.ftrelid"),
		object: {
			kind: "'foreign server of'",
			name: NAME_OF("o.ftrelid")
		},
		named: ["ftrelid"],
		printed: { ftoptions: sortedOptions("o.ftoptions") },
		references: { ftserver: "pg_foreign_server" }
	},
	{
		catalog: "pg_rewrite",
		joins: "JOIN pg_class c ON c.oid = o.ev_class",
		where: IN_DUMP("o.ev_class"),
		named: ["rulename", "ev_class"],
		values: [
			"ev_type",
			"ev_enabled",
			"is_instead"
		],
		expressions: {
			columns: ["ev_qual", "ev_action"],
			prints: `ARRAY[rtrim(CASE WHEN o.rulename = '_RETURN' THEN pg_get_viewdef(o.ev_class) ELSE pg_get_ruledef(o.oid) END, ';')]`,
			owner: OWNER_OF("o.ev_class"),
			again: `CASE WHEN o.rulename <> '_RETURN' THEN ARRAY[format('DROP RULE %I ON %s', o.rulename, o.ev_class::regclass), '{print 1}']
        WHEN c.relkind = 'v' THEN ARRAY[format('CREATE OR REPLACE VIEW %s AS {print 1}', o.ev_class::regclass)]
        ELSE ARRAY['CREATE TEMPORARY VIEW openspp_print_again AS {print 1}'] END`,
			made: `CASE WHEN c.relkind = 'm' THEN ${madeIn("ev_class")}
        ELSE format('o.ev_class = %L::regclass AND o.rulename = %L', o.ev_class::regclass, o.rulename) END`
		},
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_policy",
		where: isUsers("o.polrelid"),
		named: ["polname", "polrelid"],
		values: ["polcmd", "polpermissive"],
		printed: { polroles: "(SELECT json_agg(x.role ORDER BY x.role) FROM (SELECT r::regrole::text FROM unnest(o.polroles) r) x (role))" },
		expressions: {
			columns: ["polqual", "polwithcheck"],
			prints: "ARRAY[pg_get_expr(o.polqual, o.polrelid), pg_get_expr(o.polwithcheck, o.polrelid)]",
			owner: OWNER_OF("o.polrelid"),
			again: `ARRAY[format('ALTER POLICY %I ON %s', o.polname, o.polrelid::regclass)
        || CASE WHEN o.polqual IS NULL THEN '' ELSE ' USING ({print 1})' END
        || CASE WHEN o.polwithcheck IS NULL THEN '' ELSE ' WITH CHECK ({print 2})' END]`,
			made: "format('o.polrelid = %L::regclass AND o.polname = %L', o.polrelid::regclass, o.polname)"
		},
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_trigger",
		where: `${IN_DUMP("o.tgrelid")} AND NOT o.tgisinternal`,
		named: ["tgname", "tgrelid"],
		values: ["tgenabled"],
		printed: { tgparentid: "o.tgparentid <> 0" },
		more: ["CASE WHEN o.tgqual IS NULL THEN pg_get_triggerdef(o.oid) END"],
		expressions: {
			columns: ["tgqual"],
			prints: "CASE WHEN o.tgqual IS NOT NULL AND o.tgparentid = 0 THEN ARRAY[pg_get_triggerdef(o.oid)] END",
			owner: OWNER_OF("o.tgrelid"),
			again: "ARRAY[format('DROP TRIGGER %I ON %s', o.tgname, o.tgrelid::regclass), '{print 1}']",
			made: "format('o.tgrelid = %L::regclass AND o.tgname = %L', o.tgrelid::regclass, o.tgname)"
		},
		left: {
			oid: NUMBER,
			tgfoid: IN_DEFINITION,
			tgtype: IN_DEFINITION,
			tgisinternal: "only those that are not internal are compared",
			tgconstrrelid: IN_DEFINITION,
			tgconstrindid: DERIVED,
			tgconstraint: DERIVED,
			tgdeferrable: IN_DEFINITION,
			tginitdeferred: IN_DEFINITION,
			tgnargs: IN_DEFINITION,
			tgattr: IN_DEFINITION,
			tgargs: IN_DEFINITION,
			tgoldtable: IN_DEFINITION,
			tgnewtable: IN_DEFINITION
		}
	},
	{
		catalog: "pg_trigger",
		where: `${IN_DUMP("o.tgrelid")} AND o.tgisinternal AND o.tgenabled <> 'O'`,
		object: {
			kind: `'${DISABLED_KEYS}'`,
			name: NAME_OF("o.tgrelid")
		},
		together: "k.conname, o.tgtype",
		joins: "JOIN pg_constraint k ON k.oid = o.tgconstraint",
		values: ["tgenabled", "tgtype"],
		more: ["k.conname"]
	},
	{
		catalog: "pg_statistic_ext",
		where: `${IN_DUMP("o.stxrelid")} AND ${noMember("pg_statistic_ext")}`,
		named: ["stxname", "stxnamespace"],
		values: ["stxstattarget", "stxkind"],
		references: {
			stxrelid: "regclass",
			stxowner: "regrole"
		},
		printed: { stxkeys: columnNames("o.stxrelid", "o.stxkeys::int2[]") },
		expressions: {
			columns: ["stxexprs"],
			prints: "CASE WHEN o.stxexprs IS NOT NULL THEN ARRAY[pg_get_statisticsobjdef(o.oid)] END",
			owner: "o.stxowner::regrole",
			again: `ARRAY[format('DROP STATISTICS %s.%I', o.stxnamespace::regnamespace, o.stxname), '{print 1}']`,
			made: "format('o.stxnamespace = %L::regnamespace AND o.stxname = %L', o.stxnamespace::regnamespace, o.stxname)"
		},
		left: { oid: NUMBER }
	}
];
// src/checks/structure/catalogs/routine-catalogs.ts
const IN_USER_SCHEMA = (column) => userSchema(`${column}::regnamespace::text`);
const language = (oid) => `(SELECT l.lanname FROM pg_language l WHERE l.oid = ${oid})`;
/** Functions, types, and what is made of them. */
const ROUTINE_CATALOGS = [
	{
		catalog: "pg_proc",
		where: `${IN_USER_SCHEMA("o.pronamespace")} AND ${ownObject("pg_proc")}`,
		named: [
			"proname",
			"pronamespace",
			"proargtypes",
			"pronargs"
		],
		values: [
			"procost",
			"prorows",
			"prokind",
			"prosecdef",
			"proleakproof",
			"proisstrict",
			"proretset",
			"provolatile",
			"proparallel",
			"pronargdefaults",
			"proargmodes",
			"proargnames",
			"prosrc",
			"probin",
			"proconfig"
		],
		references: {
			proowner: "regrole",
			provariadic: "regtype",
			prosupport: "regprocedure",
			prorettype: "regtype",
			proallargtypes: "regtype[]",
			protrftypes: "regtype[]"
		},
		printed: { prolang: language("o.prolang") },
		expressions: {
			columns: ["prosqlbody", "proargdefaults"],
			prints: `CASE WHEN (o.prosqlbody IS NOT NULL OR o.proargdefaults IS NOT NULL) AND o.prokind <> 'a' THEN ARRAY[pg_get_functiondef(o.oid)] END`,
			owner: "o.proowner::regrole",
			again: "ARRAY['{print 1}']",
			made: "format('o.oid = %L::regprocedure', o.oid::regprocedure)"
		},
		rights: ["proacl"],
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_aggregate",
		joins: "JOIN pg_proc p ON p.oid = o.aggfnoid",
		where: `${IN_USER_SCHEMA("p.pronamespace")} AND ${ownObject("pg_proc", "p.oid")}`,
		object: {
			kind: "'parts of'",
			name: "'aggregate ' || o.aggfnoid::regprocedure"
		},
		named: ["aggfnoid"],
		values: [
			"aggkind",
			"aggnumdirectargs",
			"aggfinalextra",
			"aggmfinalextra",
			"aggfinalmodify",
			"aggmfinalmodify",
			"aggtransspace",
			"aggmtransspace",
			"agginitval",
			"aggminitval"
		],
		references: {
			aggtransfn: "regprocedure",
			aggfinalfn: "regprocedure",
			aggcombinefn: "regprocedure",
			aggserialfn: "regprocedure",
			aggdeserialfn: "regprocedure",
			aggmtransfn: "regprocedure",
			aggminvtransfn: "regprocedure",
			aggmfinalfn: "regprocedure",
			aggsortop: "regoperator",
			aggtranstype: "regtype",
			aggmtranstype: "regtype"
		}
	},
	{
		catalog: "pg_type",
		where: `o.typtype IN ('b', 'd', 'e', 'm', 'p', 'r') AND o.typsubscript <> 'array_subscript_handler'::regproc
      AND ${IN_USER_SCHEMA("o.typnamespace")} AND ${ownObject("pg_type")}`,
		named: ["typname", "typnamespace"],
		values: [
			"typlen",
			"typbyval",
			"typtype",
			"typcategory",
			"typispreferred",
			"typisdefined",
			"typdelim",
			"typalign",
			"typstorage",
			"typnotnull"
		],
		references: {
			typowner: "regrole",
			typsubscript: "regprocedure",
			typelem: "regtype",
			typinput: "regprocedure",
			typoutput: "regprocedure",
			typreceive: "regprocedure",
			typsend: "regprocedure",
			typmodin: "regprocedure",
			typmodout: "regprocedure",
			typanalyze: "regprocedure",
			typcollation: "regcollation"
		},
		printed: {
			typbasetype: "format_type(nullif(o.typbasetype, 0), o.typtypmod)",
			typdefault: "CASE WHEN o.typdefaultbin IS NULL THEN o.typdefault END"
		},
		expressions: {
			columns: ["typdefaultbin"],
			prints: "CASE WHEN o.typdefaultbin IS NOT NULL THEN ARRAY[pg_get_expr(o.typdefaultbin, 0)] END",
			owner: "o.typowner::regrole",
			again: "ARRAY[format('ALTER DOMAIN %s SET DEFAULT {print 1}', o.oid::regtype)]",
			made: "format('o.oid = %L::regtype', o.oid::regtype)"
		},
		rights: ["typacl"],
		left: {
			oid: NUMBER,
			typrelid: DERIVED,
			typarray: DERIVED,
			typtypmod: "printed with the base type",
			typndims: "PostgreSQL does not use it, and a dump does not keep it"
		}
	},
	{
		catalog: "pg_enum",
		where: ownObject("pg_type", "o.enumtypid"),
		object: {
			kind: "'labels of'",
			name: "o.enumtypid::regtype"
		},
		together: "o.enumsortorder",
		named: ["enumtypid"],
		values: ["enumlabel"],
		left: {
			oid: NUMBER,
			enumsortorder: "compared as the order"
		}
	},
	{
		catalog: "pg_range",
		where: ownObject("pg_type", "o.rngtypid"),
		object: {
			kind: "'range of'",
			name: "o.rngtypid::regtype"
		},
		named: ["rngtypid"],
		references: {
			rngsubtype: "regtype",
			rngmultitypid: "regtype",
			rngcollation: "regcollation",
			rngsubopc: "pg_opclass",
			rngcanonical: "regprocedure",
			rngsubdiff: "regprocedure"
		}
	},
	{
		catalog: "pg_cast",
		where: ownObject("pg_cast"),
		named: ["castsource", "casttarget"],
		values: ["castcontext", "castmethod"],
		references: { castfunc: "regprocedure" },
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_operator",
		where: `${IN_USER_SCHEMA("o.oprnamespace")} AND ${ownObject("pg_operator")}`,
		named: [
			"oprname",
			"oprnamespace",
			"oprleft",
			"oprright"
		],
		values: [
			"oprkind",
			"oprcanmerge",
			"oprcanhash"
		],
		references: {
			oprowner: "regrole",
			oprresult: "regtype",
			oprcom: "regoperator",
			oprnegate: "regoperator",
			oprcode: "regprocedure",
			oprrest: "regprocedure",
			oprjoin: "regprocedure"
		},
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_opclass",
		where: `${IN_USER_SCHEMA("o.opcnamespace")} AND ${ownObject("pg_opclass")}`,
		named: [
			"opcname",
			"opcnamespace",
			"opcmethod"
		],
		values: ["opcdefault"],
		references: {
			opcowner: "regrole",
			opcfamily: "pg_opfamily",
			opcintype: "regtype",
			opckeytype: "regtype"
		},
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_opfamily",
		where: `${IN_USER_SCHEMA("o.opfnamespace")} AND ${ownObject("pg_opfamily")}`,
		named: [
			"opfname",
			"opfnamespace",
			"opfmethod"
		],
		references: { opfowner: "regrole" },
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_amop",
		where: `${isUsers()} AND ${noMember("pg_opfamily", "o.amopfamily")}`,
		named: [
			"amopfamily",
			"amoplefttype",
			"amoprighttype",
			"amopstrategy"
		],
		values: ["amoppurpose"],
		references: {
			amopopr: "regoperator",
			amopsortfamily: "pg_opfamily"
		},
		left: {
			oid: NUMBER,
			amopmethod: DERIVED
		}
	},
	{
		catalog: "pg_amproc",
		where: `${isUsers()} AND ${noMember("pg_opfamily", "o.amprocfamily")}`,
		named: [
			"amprocfamily",
			"amproclefttype",
			"amprocrighttype",
			"amprocnum"
		],
		references: { amproc: "regprocedure" },
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_collation",
		where: `${IN_USER_SCHEMA("o.collnamespace")} AND ${ownObject("pg_collation")}`,
		named: ["collname", "collnamespace"],
		values: [
			"collprovider",
			"collisdeterministic",
			"collcollate",
			"collctype",
			"colllocale",
			"collicurules"
		],
		references: { collowner: "regrole" },
		left: {
			oid: NUMBER,
			collencoding: "a restored collation is for the encoding of its database",
			collversion: "the version of the server's library, which a dump does not keep"
		}
	},
	{
		catalog: "pg_conversion",
		where: `${IN_USER_SCHEMA("o.connamespace")} AND ${ownObject("pg_conversion")}`,
		named: ["conname", "connamespace"],
		values: [
			"conforencoding",
			"contoencoding",
			"condefault"
		],
		references: {
			conowner: "regrole",
			conproc: "regprocedure"
		},
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_transform",
		where: ownObject("pg_transform"),
		named: ["trftype", "trflang"],
		references: {
			trffromsql: "regprocedure",
			trftosql: "regprocedure"
		},
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_language",
		where: ownObject("pg_language"),
		named: ["lanname"],
		values: ["lanispl", "lanpltrusted"],
		references: {
			lanowner: "regrole",
			lanplcallfoid: "regprocedure",
			laninline: "regprocedure",
			lanvalidator: "regprocedure"
		},
		rights: ["lanacl"],
		left: { oid: NUMBER }
	},
	{
		catalog: "pg_am",
		where: ownObject("pg_am"),
		named: ["amname"],
		values: ["amtype"],
		references: { amhandler: "regprocedure" },
		left: { oid: NUMBER }
	}
];
// src/checks/structure/rights.ts
/** Where rights are: the catalog, its columns for rights and owner, and the letter of `acldefault`. */
const HOLDERS = [
	[
		"pg_proc",
		"proacl",
		"proowner",
		"'f'"
	],
	[
		"pg_type",
		"typacl",
		"typowner",
		"'T'"
	],
	[
		"pg_namespace",
		"nspacl",
		"nspowner",
		"'n'"
	],
	[
		"pg_language",
		"lanacl",
		"lanowner",
		"'l'"
	],
	[
		"pg_foreign_data_wrapper",
		"fdwacl",
		"fdwowner",
		"'F'"
	],
	[
		"pg_foreign_server",
		"srvacl",
		"srvowner",
		"'S'"
	],
	[
		"pg_class",
		"relacl",
		"relowner",
		"CASE o.relkind WHEN 'S' THEN 's' ELSE 'r' END"
	],
	[
		"pg_largeobject_metadata",
		"lomacl",
		"lomowner",
		"'L'"
	]
];
const exploded = (acl) => `(SELECT coalesce(json_agg(x.one ORDER BY x.one), '[]')::text
    FROM (SELECT concat_ws(' ', g.grantor::regrole, g.grantee::regrole, g.privilege_type, g.is_grantable) FROM aclexplode(${acl}) g) x (one))`;
function initial(catalog, part = "0") {
	return `(SELECT p.initprivs FROM pg_init_privs p WHERE p.classoid = '${catalog}'::regclass AND p.objoid = ${catalog === "pg_attribute" ? "o.attrelid" : "o.oid"} AND p.objsubid = ${part})`;
}
/**
* SQL: one SELECT for each object whose rights are not those that it was made with, also for PostgreSQL's
* own and extensions' objects: a dump holds just these.
*/
function selectRights() {
	const holders = HOLDERS.map(([catalog, acl, owner, letter]) => select(`${catalog} o`, `pg_identify_object('${catalog.replace("pg_largeobject_metadata", "pg_largeobject")}'::regclass, o.oid, 0)`, `o.${acl}`, `coalesce(${initial(catalog)}, acldefault((${letter})::"char", o.${owner}))`, catalog === "pg_class" ? "o.relpersistence <> 't'" : "true"));
	const columns = select("pg_attribute o JOIN pg_class c ON c.oid = o.attrelid", "pg_identify_object('pg_class'::regclass, o.attrelid, o.attnum)", "o.attacl", `coalesce(${initial("pg_attribute", "o.attnum").replace("pg_attribute", "pg_class")}, NULL::aclitem[])`, `o.attnum > 0 AND NOT o.attisdropped AND c.relpersistence <> 't'`);
	return [...holders, columns];
}
function select(from, identity, acl, made, where) {
	return `SELECT 'rights on ' || i.type AS kind, i.identity AS name, ${exploded(acl)} AS text,
  NULL::text[] AS prints
FROM ${from} CROSS JOIN LATERAL ${identity} i
WHERE ${acl} IS NOT NULL AND ${where} AND coalesce(i.schema, i.name, '') <> 'information_schema'
  AND ${exploded(acl)} <> ${exploded(made)}`;
}
[...HOLDERS.map(([catalog, acl]) => `${catalog}.${acl}`)];
// src/checks/structure/structure-query.ts
const CATALOGS = [
	...RELATION_CATALOGS,
	...KEY_CATALOGS,
	...ROUTINE_CATALOGS,
	...OTHER_CATALOGS
];
/** The tablespaces of relations that are not in the database's own. */
const TABLESPACES = `SELECT 'tablespace of' AS kind, i.identity AS name, t.spcname::text AS text, NULL::text[] AS prints
FROM pg_class o JOIN pg_tablespace t ON t.oid = o.reltablespace CROSS JOIN LATERAL pg_identify_object('pg_class'::regclass, o.oid, 0) i
WHERE o.oid IN (SELECT r.oid FROM relation r)`;
/** An index that is not valid is not in a dump, unless it is a partitioned table's. */
const WITH = `WITH member AS MATERIALIZED (
  SELECT d.classid, d.objid FROM pg_depend d WHERE d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass
), main AS MATERIALIZED (
  SELECT c.oid, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c') AND c.relpersistence <> 't' AND ${userSchema("n.nspname")}
    AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_class'::regclass AND m.objid = c.oid)
    AND NOT (c.relkind = 'c' AND EXISTS (SELECT FROM member m WHERE m.classid = 'pg_type'::regclass AND m.objid = c.reltype))
), relation AS MATERIALIZED (
  SELECT m.oid, m.relkind FROM main m
  UNION ALL
  SELECT x.indexrelid, c.relkind FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid JOIN main m ON m.oid = x.indrelid
  WHERE x.indisready AND (x.indisvalid OR m.relkind = 'p')
)`;
const OBJECTS = [
	...CATALOGS.map(selectObjects),
	...selectRights(),
	TABLESPACES
].join("\nUNION ALL\n");
/** Lists every object that a dump holds, as StructureObject. One row, one JSON value. */
const STRUCTURE_QUERY = `${WITH}
SELECT coalesce(json_agg(json_strip_nulls(json_build_object('kind', s.kind, 'name', s.name, 'hash', ${hashOf("s.text")},
  'prints', s.prints)) ORDER BY s.kind, s.name), '[]') AS structure
FROM (${OBJECTS}) s`;
const AGAIN = CATALOGS.flatMap((catalog) => catalog.expressions ? [selectAgain(catalog, catalog.expressions)] : []).join("\nUNION ALL\n");
/** Answers Again for each of the objects that is there. One row, one JSON value. */
function againQuery(objects) {
	const wanted = JSON.stringify(objects.map(({ kind, name }) => ({
		kind,
		name
	})));
	return `${WITH}
SELECT coalesce(json_agg(s), '[]') AS again FROM (${AGAIN}) s
JOIN json_to_recordset(${literal(wanted)}) AS w (kind text, name text) ON w.kind = s.kind AND w.name = s.name`;
}
/** The statements that create the object once more from the source's prints, and one that prints it. */
function printAgain({ catalog, again, made }, prints) {
	const expressions = CATALOGS.find((one) => one.catalog === catalog && one.expressions)?.expressions;
	if (!expressions) throw new RangeError(`${catalog} has no expressions`);
	return [...again.map((statement) => statement.replaceAll(/\{print (\d)\}/g, (_, place) => prints[Number(place) - 1] ?? "NULL")), `SELECT ${expressions.prints}::text[] AS prints FROM ${catalog} o WHERE ${made}`];
}
function hashOf(text) {
	return `lpad(to_hex(hashtextextended(${text} COLLATE "C", 0)), 16, '0')`;
}
// src/operations/filestore/commands/measure-files.ts
/** Bytes of a block of ext4, xfs and tmpfs. A file takes whole blocks. */
const BLOCK = 4096;
/**
* Prints the bytes of a filestore's files: one number, 0 where there is no filestore. An archive takes only a few bytes for
* each file more. It does not take much less, since most of what people upload is already packed.
*/
function measureFiles({ work, jobs }, filestore, packer) {
	const steps = `
    ${PRELUDE}
    filestore=$1 packer=$2
    ${NEED_PACKER}
    cd "$filestore" 2> /dev/null || { echo 0; exit; }
    sizes | awk '{ n += $1 } END { printf "%.0f\\n", n }'`;
	return shellScript(steps, [
		work,
		String(jobs),
		filestore,
		packer
	]);
}
/** Prints the bytes that `addToPool` will take in the pool: one number. */
function measureNewFiles({ work, jobs }, filestore, pool) {
	const steps = `
    ${PRELUDE}
    filestore=$1 pool=$2
    cd "$filestore" 2> /dev/null || { echo 0; exit; }
    sizes > "$work/now"
    (cd "$pool" 2> /dev/null && sizes) > "$work/kept"
    comm -23 "$work/now" "$work/kept" |
    awk '{ n += int(($1 + 4095) / ${BLOCK}) * ${BLOCK} } END { printf "%.0f\\n", n }'`;
	return shellScript(steps, [
		work,
		String(jobs),
		filestore,
		pool
	]);
}
/**
* Packs as the reference script does; `filestores` is the folder with those of all databases. A file that vanishes meanwhile
* is no error here: `readArchive` finds out whether all files are there.
*/
function saveArchive({ work, jobs }, filestores, database, packer, archive) {
	const steps = `
    ${PRELUDE}
    database=$2 packer=$3 archive=$4
    cd "$1" && [ -d "./$database" ] || exit 66
    (cd "./$database" && find . -type f) | named | sort > "$work/before"
    { tar -c -f - -- "$database" || :; } | "$packer" > "$archive"`;
	return shellScript(steps, [
		work,
		String(jobs),
		filestores,
		database,
		packer,
		archive
	]);
}
/** Notes which files vanished while they were saved: those that `before` names and `held` lacks, both in the work folder. */
function noteVanished(work) {
	return shellScript(`
    export LC_ALL=C
    cut -c 43- "$1/held" | comm -23 "$1/before" - | awk '{ print "vanished\\t" $1 "\\t" }' >> "$1/notes"`, [work]);
}
/**
* Copies into the pool the files that it lacks, each only when its content is what its name says. Writes the list of the files
* that the filestore and the pool both hold then.
*
* A file of another size than the pool's is copied again: one of the two was damaged. So is a file that a pool in doubt holds
* damaged; the damaged one stays until a good one replaces it. A file that vanishes meanwhile is no error; one that cannot be
* written is.
*/
function addToPool({ work, jobs }, filestore, { pool, incoming, list, doubted }) {
	const steps = `
    ${PRELUDE}
    filestore=$1 pool=$2 incoming=$3 list=$4 doubted=$5
    wrong() { all sums | awk '{ if (substr($2, length($2) - 39) != $1) print $2 }' | sort; }
    copy() { xargs -n 500 sh -c '[ "$#" -eq 0 ] || tar -c -f - "$@" | tar -x -o -f - -C "$0"' "$incoming"; }
    cd "$filestore" || exit 66
    inspect
    count_others
    sizes > "$work/now"
    rm -rf "$incoming" && mkdir -p "$pool" "$incoming" || exit
    (cd "$pool" && sizes) > "$work/had"
    : > "$work/damaged"
    if [ "$doubted" = yes ]; then
    (cd "$pool" && cut -d " " -f 2 "$work/had" | hash)
    wrong > "$work/damaged"
    rm -rf "$work/names" "$work/sums" && mkdir "$work/names" "$work/sums" || exit
    fi
    grep -v -F -f "$work/damaged" "$work/had" > "$work/kept"
    comm -23 "$work/now" "$work/kept" | cut -d " " -f 2 > "$work/new"
    copy < "$work/new" || exit
    cd "$incoming" || exit
    find . -type f | named | hash
    wrong > "$work/wrong"
    xargs rm -f < "$work/wrong"
    find . -type f | named | sort | comm -23 "$work/damaged" - > "$work/still"
    sync
    for folder in *; do
    [ -d "$folder" ] || continue
    mkdir -p "$pool/$folder" || exit
    find "$folder" -type f -exec sh -c 'mv -f "$@" "$0"' "$pool/$folder" {} + || exit
    done
    cd "$pool" && rm -rf "$incoming"
    sizes | grep -v -F -f "$work/still" > "$work/kept"
    comm -12 "$work/now" "$work/kept" > "$work/measured"
    awk '{ print substr($2, length($2) - 39) "  " $2 }' "$work/measured" | sort -k 2 > "$work/held"
    awk '{ print "refused\\t" $1 "\\t" }' "$work/wrong" >> "$work/notes"
    cut -d " " -f 2 "$work/now" | sort | comm -23 - "$work/wrong" > "$work/before"
    note digest "" "$(digest_of "$work/held")"
    cp "$work/held" "$list"`;
	return shellScript(steps, [
		work,
		String(jobs),
		...[
			filestore,
			pool,
			incoming,
			list
		],
		doubted ? "yes" : "no"
	]);
}
// src/operations/filestore/save-filestore.ts
/** If so, Odoo's collector of files must be kept out meanwhile. */
function readsFilestore({ settings, facts, deployment }) {
	return settings.backup.filestore !== "off" && facts.attachments && deployment.filestore !== void 0;
}
/**
* Saves the filestore in the folder under a temporary name. Proves that what was written holds every file that
* an attachment of the snapshot names. Trouble with the filestore is a failed check: the dump is kept.
*/
async function saveFilestore(run, folder, snapshot) {
	const { settings, facts, deployment, session } = run;
	const kind = settings.backup.filestore;
	if (kind === "off") return { check: NOT_SAVED };
	if (!facts.attachments) return { check: passed("attachments", "The database has no attachments as Odoo's have: there is no filestore to save.") };
	if (!deployment.filestore) return { check: judgeUnread(await attachmentsOf(session), NOT_FOUND) };
	const output = filestoreOutputOf(run, folder, kind);
	try {
		return await saveAndJudge(run, deployment.filestore, output, snapshot);
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		await removeQuietly(run, filestorePartialsOf(run, folder));
		return { check: await unsaved(run, deployment.filestore, error) };
	}
}
/** The check of a backup that the settings keep from saving the filestore. */
const NOT_SAVED = {
	...switchedOff("attachments"),
	message: "The filestore was not saved: it is switched off by `filestore: off`."
};
function filestoreOutputOf({ deployment, stamp }, folder, kind) {
	const { backups, database } = deployment;
	const name = namesOf(database.name, stamp).filestore[kind];
	const pool = poolOf(backups.directory, database.name);
	const incoming = pool.replace(/[^/]*$/, (last) => `.${last}.part`);
	return {
		kind,
		name,
		partial: `${folder}/.${name}.part`,
		pool,
		incoming
	};
}
/** Paths of the run's unfinished filestore; some may not exist. */
function filestorePartialsOf(run, folder) {
	const kind = run.settings.backup.filestore;
	if (kind === "off") return [];
	const { partial, incoming } = filestoreOutputOf(run, folder, kind);
	return kind === "incremental" ? [partial, incoming] : [partial];
}
async function saveAndJudge(run, filestore, output, snapshot) {
	const { deployment } = run;
	const { kind, name, partial } = output;
	const doubted = kind === "incremental" && await isPoolDoubted(run);
	const steps = savingSteps(run, filestore, output, doubted);
	const { findings, why } = await runJudgement(run, inVolumesContainer(deployment, {
		backups: "write",
		filestore: {
			at: filestore,
			may: "read"
		}
	}, and(...steps, judgementCommand(run, {
		database: deployment.database.name,
		snapshot
	}))));
	const { files, bytes, digest } = findings;
	const check = compareFilestore(findings, {
		check: "attachments",
		name,
		hashed: kind === "incremental" && !doubted ? "new" : "all",
		why,
		next: LOST
	});
	return {
		check,
		written: {
			partial,
			manifest: {
				file: name,
				kind,
				files,
				bytes,
				digest,
				proven: check.status === "passed"
			}
		}
	};
}
/** A backup does not read all of a pool. But when the last drill failed, the pool may be why. */
async function isPoolDoubted(run) {
	const path = recordPath(run.deployment.backups.directory, "drill");
	try {
		const record = await inBackup(run, program(["cat", path]));
		return parseRecords(record).some(({ verdict }) => verdict === "failed");
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		return false;
	}
}
const LOST = "Production itself has lost these files, or its rows are wrong about them. Put them back from an older backup, or delete these attachments in Odoo if nobody needs them. The backup is kept, as production is.";
/** They write the filestore, and read back what was written. */
function savingSteps({ deployment, settings }, filestore, { kind, partial, pool, incoming }, doubted) {
	const { name: database } = deployment.database;
	const reading = {
		work: WORK,
		jobs: settings.backup.jobs ?? deployment.cores
	};
	if (kind === "incremental") return [addToPool(reading, `${filestore.directory}/${database}`, {
		pool,
		incoming,
		list: partial,
		doubted
	}), noteVanished(WORK)];
	const packer = PACKER[kind];
	return [
		saveArchive(reading, filestore.directory, database, packer, partial),
		readArchive(reading, partial, database, packer),
		noteVanished(WORK)
	];
}
async function unsaved(run, filestore, error) {
	const { directory, volume } = filestore;
	const { name } = run.deployment.database;
	if (error.exit === 66) return judgeUnread(await attachmentsOf(run.session), {
		what: `The filestore ${directory}/${name} is gone`,
		next: `See what became of the volume ${volume}. Put the filestore back from an older backup, together with a database of the same time.`
	});
	return failed("attachments", `The filestore could not be saved: ${error.reason}`, "The dump is kept, without its filestore. See that the backup volume has room, then take the backup again.");
}
const NOT_FOUND = {
	what: "The filestore was not found: no container of the Odoo service has it on a volume",
	next: "Start Odoo, or name the service with `odoo-service` and the folder with `filestore-directory`; or accept it by name: `filestore: off`."
};
/** A new database has no attachment that names a file, and needs no filestore. */
function judgeUnread(attachments, { what, next }) {
	if (attachments.count === 0) return passed("attachments", "No attachment names a file: there is no filestore to save.");
	const message = `${what}, and ${counted(attachments.count, "attachment names", "attachments name")} files in it (ids ${idsOf(attachments)}).`;
	return failed("attachments", message, next);
}
// src/operations/filestore/estimate-filestore.ts
/**
* For the backup that is about to be taken. Throws UserMistake when the tool that packs the filestore is
* missing: the user should know that before the dump is written, not after it.
*/
async function estimateFilestore(run) {
	const { settings, deployment, listing } = run;
	const kind = settings.backup.filestore;
	if (kind === "off" || !deployment.filestore || !readsFilestore(run)) return { bytes: 0 };
	if (kind === "incremental") return {
		bytes: await measure(run, deployment.filestore),
		measured: "new files"
	};
	const last = listing.backups.find(({ filestore }) => filestore?.kind === kind)?.filestore;
	if (last && kind === "tar.gz") return { bytes: last.bytes };
	const bytes = await measure(run, deployment.filestore);
	return last ? { bytes: last.bytes } : {
		bytes,
		measured: "files"
	};
}
async function measure(run, at) {
	const { host, deployment, settings, signal } = run;
	const { name } = deployment.database;
	const reading = {
		work: WORK,
		jobs: 1
	};
	const filestore = `${at.directory}/${name}`;
	const kind = settings.backup.filestore;
	const command = kind === "tar.gz" || kind === "tar.zst" ? measureFiles(reading, filestore, PACKER[kind]) : measureNewFiles(reading, filestore, poolOf(deployment.backups.directory, name));
	try {
		const access = {
			backups: "read",
			filestore: {
				at,
				may: "read"
			}
		};
		return Number((await host.run(inVolumesContainer(deployment, access, command), { signal })).stdout);
	} catch (error) {
		if (!(error instanceof CommandFailed && error.exit === 69)) throw error;
		const state = "Nothing was written; the earlier backups are as they were.";
		throw new UserMistake({
			...LACKS_ZSTD,
			state
		}, { cause: error });
	}
}
// src/operations/disk-space.ts
/**
* Makes the folder to dump into. Throws Failed unless a dump as large as the last one fits there,
* together with its filestore.
*/
async function prepareBackupFolder(run, folder) {
	const { volume } = run.deployment.backups;
	const dump = run.listing.backups[0]?.bytes ?? 0;
	const [space, filestore] = await Promise.all([inBackup(run, makeFolder(folder)), estimateFilestore(run)]);
	const free = freeBytesIn(space);
	if (hasRoom(free, dump + filestore.bytes)) return;
	throw new Failed({
		what: `The backup volume has ${formatBytes(free)} free, and ${expectedSizeSentence(dump, filestore)}.`,
		state: "Nothing was written; the earlier backups are as they were.",
		next: `Free space on the volume ${volume}, or lower the retention.`
	});
}
/**
* Part of a sentence: what the next backup is expected to take. `dump` is the last one's bytes, 0
* without one.
*/
function expectedSizeSentence(dump, { bytes, measured }) {
	if (!measured || bytes === 0) return `the last backup took ${formatBytes(dump + bytes)}`;
	const files = `the filestore's ${measured} take ${formatBytes(bytes)}`;
	return dump > 0 ? `the last dump took ${formatBytes(dump)} and ${files}` : files;
}
/**
* Why a second database as large as production does not fit next to it. Undefined if it fits, or if
* the server does not say where its data is.
*/
async function noRoomFailure(run) {
	const { databaseBytes, dataDirectory } = run.facts;
	if (dataDirectory === "") return void 0;
	const [space, logToCome] = await Promise.all([onDatabase(run, freeSpace(dataDirectory)), run.maintenance.value(LOG_TO_COME_QUERY)]);
	const free = freeBytesIn(space);
	if (hasRoom(free, databaseBytes, { logToCome })) return void 0;
	return new Failed({
		what: `The database server has ${formatBytes(free)} of disk free. The database takes ${formatBytes(databaseBytes)}, and the server's log up to ${formatBytes(logToCome)} more.`,
		why: "A disk that a drill fills stops whatever else is on it.",
		state: "Nothing was restored.",
		next: "Free space on that disk, or give it more."
	});
}
// src/words/first-few.ts
/** For a message that many things could fill: five of them, and a sign that there are more. */
function firstFew(shown) {
	return `${shown.slice(0, 5).join("; ")}${shown.length > 5 ? "; …" : ""}`;
}
// src/checks/geometry.ts
function geometriesOf(tables) {
	return tables.flatMap(({ schema, name, geometries }) => geometries.map((geometry) => ({
		schema,
		table: name,
		...geometry
	})));
}
/** Compares types and SRIDs, and whether a geometry became invalid. */
function compareGeometries(expected, restored) {
	const found = new Map(restored.map((one) => [keyOf$1(one), one]));
	const known = new Set(expected.map(keyOf$1));
	const wrong = expected.flatMap((one) => differenceOf(one, found.get(keyOf$1(one))));
	const unknown = restored.filter((one) => !known.has(keyOf$1(one))).map(nameOf);
	if (wrong.length > 0 || unknown.length > 0) {
		const sentences = [wrong.length > 0 && `${wrong.length} of ${expected.length} geometry columns differ: ${firstFew(wrong)}.`, unknown.length > 0 && `${counted(unknown.length, "geometry column")} came back that the manifest does not know: ${firstFew(unknown)}.`];
		return failed("geometry", sentences.filter(Boolean).join(" "), "Compare the PostGIS versions of source and target; do not rely on this backup until it passes.");
	}
	const invalid = expected.reduce((sum, one) => sum + one.invalid, 0);
	const note = invalid > 0 ? ` (${invalid} geometries are invalid in the source, too)` : "";
	return passed("geometry", `${expected.length} geometry columns agree in type, SRID and validity${note}.${unjudgedNote(restored)}`);
}
function differenceOf(one, other) {
	const name = nameOf(one);
	if (!other) return [`${name} is missing`];
	if (other.type !== one.type) return [`${name} is ${other.type} instead of ${one.type}`];
	if (other.srid !== one.srid) return [`${name} has SRID ${other.srid} instead of ${one.srid}`];
	if (other.invalid !== one.invalid) return [`${name} has ${other.invalid} invalid geometries instead of ${one.invalid}`];
	const [now, before] = [other, one].map(({ unjudged }) => unjudged?.count ?? 0);
	return now === before ? [] : [`${name} has ${now} geometries whose validity cannot be judged instead of ${before}`];
}
function unjudgedNote(geometries) {
	const shown = geometries.flatMap((one) => one.unjudged ? [`${nameOf(one)} (${formatCount(one.unjudged.count)}: ${one.unjudged.types.join(", ")})`] : []);
	return shown.length === 0 ? "" : ` Validity was not judged, because PostGIS cannot judge these types: ${firstFew(shown)}.`;
}
function nameOf({ schema, table, column }) {
	return `${schema}.${table}.${column}`;
}
function keyOf$1({ schema, table, column }) {
	return JSON.stringify([
		schema,
		table,
		column
	]);
}
// src/checks/sequences.ts
/**
* The state of every sequence that a dump holds. `pg_get_sequence_data` is what pg_dump 18 itself reads.
* One row, one JSON value.
*/
const SEQUENCES_QUERY = `
SELECT coalesce(json_agg(json_build_object('schema', n.nspname, 'name', c.relname,
    'value', s.last_value::text, 'called', s.is_called, 'extension', e.oid IS NOT NULL) ORDER BY n.nspname, c.relname), '[]') AS sequences
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL pg_get_sequence_data(c.oid) s
LEFT JOIN LATERAL (
  SELECT x.oid, array_position(x.extconfig, c.oid) AS position
  FROM pg_depend d JOIN pg_extension x ON x.oid = d.refobjid
  WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
    AND d.refclassid = 'pg_extension'::regclass) e ON true
WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND ${userSchema("n.nspname")}
  AND (e.oid IS NULL OR e.position IS NOT NULL)`;
function sequencesOf(before, after) {
	const later = new Map(after.map((sequence) => [keyOf(sequence), sequence]));
	return before.map((sequence) => {
		const { value, called } = later.get(keyOf(sequence)) ?? sequence;
		return {
			schema: sequence.schema,
			name: sequence.name,
			before: {
				value: sequence.value,
				called: sequence.called
			},
			after: {
				value,
				called
			}
		};
	});
}
/**
* Passed when each has a value that it had during the dump, and there are no others. One that another version of
* an extension brought, and that was never called, is the extension's.
*/
function compareSequences(expected, restored) {
	const found = new Map(restored.map((sequence) => [keyOf(sequence), sequence]));
	const known = new Set(expected.map(keyOf));
	const wrong = expected.filter((sequence) => !stoodAt(sequence, found.get(keyOf(sequence))));
	const unknown = restored.filter((sequence) => !known.has(keyOf(sequence)) && !(sequence.extension && !sequence.called));
	if (wrong.length > 0) {
		const shown = wrong.map((one) => `${one.schema}.${one.name} is at ${found.get(keyOf(one))?.value ?? "nothing"} instead of ${one.before.value}`);
		return failed("sequences", [`${wrong.length} of ${expected.length} sequences have other values: ${firstFew(shown)}.`, ...unknownSentence(unknown)].join(" "), "New records would collide with restored ones. Take a new backup and drill it.");
	}
	if (unknown.length > 0) return failed("sequences", unknownSentence(unknown).join(" "), "Do not rely on this backup. Take a new one and drill it.");
	return passed("sequences", `All ${expected.length} sequences have the values that they had.`);
}
function unknownSentence(unknown) {
	if (unknown.length === 0) return [];
	const names = firstFew(unknown.map(({ schema, name }) => `${schema}.${name}`));
	return [`${counted(unknown.length, "sequence")} came back that the manifest does not know: ${names}.`];
}
/** A sequence that did not move during the dump has one right state; one that moved may be anywhere in between. */
function stoodAt({ before, after }, restored) {
	if (!restored) return false;
	if (isSame(before, restored) || isSame(after, restored)) return true;
	if (isSame(before, after) || !restored.called) return false;
	const [value, from, to] = [
		restored,
		before,
		after
	].map((one) => BigInt(one.value ?? 0));
	return from <= value && value <= to || to <= value && value <= from;
}
function isSame(one, other) {
	return one.value === other.value && one.called === other.called;
}
function keyOf({ schema, name }) {
	return JSON.stringify([schema, name]);
}
// src/checks/generated-rights.ts
const grantsOf = (acl) => `(SELECT coalesce(json_agg(json_build_object('grantee', r.rolname, 'grantable', g.is_grantable) ORDER BY g.grantee), '[]')
   FROM aclexplode(${acl}) g LEFT JOIN pg_roles r ON r.oid = g.grantee)`;
/** One row, one JSON value. The name is quoted, a function's with its schema and arguments. */
const GENERATED_RIGHTS_QUERY = `
SELECT coalesce(json_agg(json_build_object('kind', x.kind, 'name', x.name, 'grants', x.grants) ORDER BY x.kind, x.name), '[]') AS rights
FROM (
  SELECT 'FUNCTION' AS kind, i.identity AS name, ${grantsOf("p.proacl")} AS grants
  FROM pg_proc p CROSS JOIN LATERAL pg_identify_object('pg_proc'::regclass, p.oid, 0) i
  WHERE p.proacl IS NOT NULL AND EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
    AND d.refclassid = 'pg_type'::regclass AND d.deptype = 'i'
    AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = d.refclassid AND x.objid = d.refobjid AND x.deptype = 'e'))
  UNION ALL
  SELECT 'LANGUAGE', quote_ident(l.lanname), ${grantsOf("l.lanacl")}
  FROM pg_language l WHERE l.lanacl IS NOT NULL AND NOT l.lanispl) x`;
const KINDS = {
	FUNCTION: {
		type: "regprocedure",
		right: "EXECUTE",
		owner: "SELECT pg_get_userbyid(proowner) FROM pg_catalog.pg_proc WHERE oid = object",
		find: (name) => `to_regprocedure(${literal(name)})`
	},
	LANGUAGE: {
		type: "name",
		right: "USAGE",
		owner: "SELECT pg_get_userbyid(lanowner) FROM pg_catalog.pg_language WHERE lanname = object",
		find: (name) => `(SELECT lanname FROM pg_catalog.pg_language WHERE quote_ident(lanname) = ${literal(name)})`
	}
};
/**
* Statements for the admin role. `roleHere` says how a role of the source is called here. The name of an object is only looked
* up, never run as part of a statement: it comes from a file.
*/
function restoreGeneratedRights(rights, roleHere) {
	return rights.map(({ kind, name, grants }) => {
		const given = grants.map(({ grantee, grantable }) => ({
			grantee: grantee === null ? null : roleHere(grantee),
			grantable
		}));
		const { type, right, owner, find } = KINDS[kind];
		return `DO ${literal(`
DECLARE
  object ${type} := ${find(name)};
  given record;
BEGIN
  IF object IS NULL THEN RETURN; END IF;
  EXECUTE format('REVOKE ALL ON ${kind} %s FROM PUBLIC, %I', object, (${owner}));
  FOR given IN SELECT * FROM json_to_recordset(${literal(JSON.stringify(given))}) AS x (grantee text, grantable boolean) LOOP
    EXECUTE format('GRANT ${right} ON ${kind} %s TO %s', object, coalesce(quote_ident(given.grantee), 'PUBLIC'))
      || CASE WHEN given.grantable THEN ' WITH GRANT OPTION' ELSE '' END;
  END LOOP;
END`)}`;
	});
}
// src/checks/large-objects.ts
/** The bytes of a page without the zeros at its end. */
const PAGE = "rtrim(p.data, decode('00', 'hex'))";
/**
* Count and content hash of all large objects. One row, one JSON value. The pages are read, because lo_get ends
* at 1 GB. A page that is missing reads as zeros, a short one as if zeros followed, and a restore writes both out:
* so zeros at a page's end do not count, and the size does. A page is a quarter of a block (LOBLKSIZE).
*/
const LARGE_OBJECTS_QUERY = `
SELECT json_build_object('count', count(*), 'hash', lpad(to_hex((coalesce(sum(
    ${hashOfRow([
	"m.oid",
	"o.size",
	"o.content"
])}), '0'::numeric)
  % '9223372036854775807'::numeric)::int8), 16, '0')) AS large_objects
FROM pg_largeobject_metadata m
LEFT JOIN (
  SELECT p.loid,
    max(p.pageno::numeric * (current_setting('block_size')::numeric / '4'::numeric) + length(p.data)::numeric) AS size,
    sum(${hashOfRow(["p.pageno", PAGE])}) FILTER (WHERE length(${PAGE}) > 0) AS content
  FROM pg_largeobject p GROUP BY p.loid) o ON o.loid = m.oid`;
function compareLargeObjects(expected, restored) {
	if (expected.count === restored.count && expected.hash === restored.hash) return passed("large-objects", `All ${expected.count} large objects came back as they were.`);
	return failed("large-objects", expected.count === restored.count ? `The ${expected.count} large objects came back with other content.` : `${restored.count} large objects came back instead of ${expected.count}.`, "Do not rely on this backup. Take a new one and drill it.");
}
// src/checks/geometry-validity.ts
/**
* What ST_IsValid answers for, as ST_GeometryType names it: each was tried with PostGIS 3.6. It refuses a
* PolyhedralSurface with an error. A type that is not in this list may be refused, too.
*/
const JUDGED_TYPES = [
	"ST_Point",
	"ST_LineString",
	"ST_Polygon",
	"ST_MultiPoint",
	"ST_MultiLineString",
	"ST_MultiPolygon",
	"ST_CircularString",
	"ST_CompoundCurve",
	"ST_CurvePolygon",
	"ST_MultiCurve",
	"ST_MultiSurface",
	"ST_Tin",
	"ST_Triangle"
];
/** A collection is refused for what is in it. Its text names the types: a word of capitals that is none of the list. */
const ANOTHER_WORD = `[[:<:]](?!(${JUDGED_TYPES.map((type) => type.slice(3).toUpperCase()).join("|")}|GEOMETRYCOLLECTION|EMPTY)[[:>:]])[A-Z]{3,}`;
/** A declared type admits no other, except that a GeometryCollection admits what is derived from it. */
const DECLARED_JUDGED = new RegExp(`\\((?:${JUDGED_TYPES.map((type) => type.slice(3)).join("|")})(?:Z|M|ZM)?[,)]`, "i");
/**
* SQL of an aggregate, one JSON object, over the geometries `value` of a column that is `declared` so, as
* format_type prints it. ST_IsValid is only called where it answers: its error would end the scan. To ask for
* the type of each geometry costs a scan of OpenSPP's tables 16 %, so it is asked only where none is declared.
*/
function validityOf(value, postgis, declared = "geometry") {
	const geometry = `${value}::${postgis}.geometry`;
	if (DECLARED_JUDGED.test(declared)) return `json_build_object('invalid', count(*) FILTER (WHERE NOT ${postgis}.st_isvalid(${geometry})), 'unjudged', 0, 'types', json_build_array())`;
	const type = `${postgis}.st_geometrytype(${geometry})`;
	const judged = `CASE WHEN ${type} IN (${JUDGED_TYPES.map((name) => `'${name}'`).join(", ")}) THEN true WHEN ${type} = 'ST_GeometryCollection' THEN ${postgis}.st_astext(${geometry}) !~ '${ANOTHER_WORD}' ELSE ${value} IS NULL END`;
	return [
		`json_build_object('invalid', count(*) FILTER (WHERE CASE WHEN ${judged} THEN NOT ${postgis}.st_isvalid(${geometry}) END)`,
		`'unjudged', count(*) FILTER (WHERE NOT ${judged})`,
		`'types', coalesce(json_agg(DISTINCT ${type}) FILTER (WHERE NOT ${judged}), '[]'))`
	].join(", ");
}
/** Of a table that was read in parts. */
function joinValidities(parts) {
	return {
		invalid: parts.reduce((sum, part) => sum + part.invalid, 0),
		unjudged: parts.reduce((sum, part) => sum + part.unjudged, 0),
		types: [...new Set(parts.flatMap((part) => part.types))].sort()
	};
}
/**
* The tables whose rows a dump holds, with their columns by name: a restore can put those of a table with a
* parent in another order. Ordinary tables and leaves of partitions, unlogged too. Of an
* extension's tables, only those that it declares as configuration. One row, one JSON value.
*/
const TABLES_QUERY = `
WITH 
RECURSIVE beneath AS (
  SELECT oid AS type, oid AS base, -1 AS modifier FROM pg_type WHERE typtype <> 'd'
  UNION ALL
  SELECT d.oid, b.base, CASE WHEN d.typtypmod = -1 THEN b.modifier ELSE d.typtypmod END
  FROM pg_type d JOIN beneath b ON b.type = d.typbasetype WHERE d.typtype = 'd'),
types AS (
  SELECT b.type, b.base, b.modifier, t.typname AS name, o.proname AS output,
    CASE WHEN t.typnamespace = 'pg_catalog'::regnamespace AND t.oid < '16384'::oid THEN 'postgresql'
      WHEN EXISTS (SELECT FROM pg_depend d JOIN pg_extension x ON x.oid = d.refobjid
        WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
          AND d.refclassid = 'pg_extension'::regclass AND x.extname = 'postgis') THEN 'postgis'
      ELSE 'other' END AS origin
  FROM beneath b JOIN pg_type t ON t.oid = b.base JOIN pg_proc o ON o.oid = t.typoutput),
columns AS (
  SELECT a.attrelid, json_agg(json_build_object('name', a.attname, 'type', t.name, 'origin', t.origin,
      'output', CASE t.origin WHEN 'postgresql' THEN t.output END,
      'declared', CASE WHEN t.origin = 'postgis' AND t.name = 'geometry' THEN json_build_object(
        'type', format_type(t.base, m.modifier), 'srid', CASE WHEN m.modifier = -1 THEN 0 ELSE ((m.modifier & 268435200) - (m.modifier & 268435456)) >> 8 END) END)
    ORDER BY a.attname) AS columns
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' JOIN types t ON t.type = a.atttypid
  CROSS JOIN LATERAL (SELECT CASE WHEN a.atttypmod = -1 THEN t.modifier ELSE a.atttypmod END AS modifier) m
  WHERE a.attnum > 0 AND NOT a.attisdropped
  GROUP BY a.attrelid)
SELECT coalesce(json_strip_nulls(json_agg(json_build_object(
    'schema', n.nspname, 'name', c.relname, 'bytes', pg_relation_size(c.oid),
    'dumped', e.condition, 'columns', coalesce(a.columns, '[]')))), '[]') AS tables
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN columns a ON a.attrelid = c.oid
LEFT JOIN LATERAL (
  SELECT x.extcondition[array_position(x.extconfig, c.oid)] AS condition, array_position(x.extconfig, c.oid) AS position, x.oid AS extension
  FROM pg_depend d JOIN pg_extension x ON x.oid = d.refobjid
  WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
    AND d.refclassid = 'pg_extension'::regclass) e ON true
WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND ${userSchema("n.nspname")}
  AND (e.extension IS NULL OR e.position IS NOT NULL)`;
/**
* Tables that were rewritten since the snapshot that asks: their files are others now. TRUNCATE, and the
* kinds of ALTER TABLE that rewrite, are not safe under snapshots: an earlier snapshot sees the table empty
* (PostgreSQL manual, "Caveats" of concurrency control). One row, one JSON value.
*/
const REWRITTEN_QUERY = `
SELECT coalesce(json_agg(n.nspname || '.' || c.relname), '[]') AS rewritten
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND ${userSchema("n.nspname")}
  AND pg_relation_filenode(c.oid) IS DISTINCT FROM c.relfilenode`;
/** The schema that holds PostGIS, or no row. */
const POSTGIS_SCHEMA_QUERY = `
SELECT extnamespace::regnamespace::text AS schema FROM pg_extension WHERE extname = 'postgis'`;
/** Blocks in one task: 64 MiB of PostgreSQL's 8 KiB blocks, so that a large table keeps all sessions busy. */
const BLOCKS_PER_TASK = 8192;
const BLOCK_BYTES = 8192;
/**
* Statements that read the tables' content, largest first. The hashes of the rows are summed: the sum does not
* depend on the order of rows, and counts duplicates.
*/
function scanTasks(tables, postgisSchema) {
	return tables.flatMap((table) => tasksOf(table, postgisSchema)).sort((a, b) => b.bytes - a.bytes);
}
function tasksOf(table, postgisSchema) {
	const name = qualified(table.schema, table.name);
	if (table.dumped) return [scanTask(table, `(SELECT * FROM ONLY ${name} ${table.dumped})`, postgisSchema)];
	const whole = scanTask(table, `ONLY ${name}`, postgisSchema);
	const parts = Math.max(1, Math.ceil(table.bytes / BLOCK_BYTES / BLOCKS_PER_TASK));
	if (parts === 1) return [whole];
	return Array.from({ length: parts }, (_, part) => {
		const from = `t.ctid >= '(${part * BLOCKS_PER_TASK},0)'`;
		const to = part < parts - 1 ? ` AND t.ctid < '(${(part + 1) * BLOCKS_PER_TASK},0)'` : "";
		return {
			table,
			bytes: table.bytes / parts,
			sql: `${whole.sql} WHERE ${from}${to}`
		};
	});
}
/** Reads the whole table at once, from `rows`: SQL from our code of a relation with the table's columns. */
function scanTask(table, rows, postgisSchema) {
	const columns = table.columns.map((column) => ({
		column,
		value: `t.${identifier(column.name)}`
	}));
	const values = columns.flatMap(({ column, value }) => hashedValues(value, column, postgisSchema));
	const validities = columns.filter(({ column }) => isGeometry(column)).map(({ column, value }) => validityOf(value, String(postgisSchema), column.declared?.type));
	return {
		table,
		bytes: table.bytes,
		sql: `SELECT count(*) AS rows, coalesce(sum(${hashOfRow(values)}), 0) AS hash, json_build_array(${validities.join(", ")}) AS geometries FROM ${rows} t`
	};
}
function isGeometry({ type, origin }) {
	return origin === "postgis" && type === "geometry";
}
/**
* Each batch is one round trip. They are few enough for a slow line, and enough to keep all sessions busy
* to the end. Tasks keep their order, largest first.
*/
function batchesOf(tasks, sessions) {
	const weight = (task) => task.bytes + BLOCK_BYTES;
	const share = tasks.reduce((sum, task) => sum + weight(task), 0) / sessions;
	const target = Math.max(share / BATCHES_PER_SESSION, Math.min(share, WORTH_A_ROUND_TRIP));
	const batches = [];
	let room = 0;
	for (const task of tasks) {
		if (room <= 0 || batches.length === 0) {
			batches.push([]);
			room = target;
		}
		batches.at(-1)?.push(task);
		room -= weight(task);
	}
	return batches;
}
const BATCHES_PER_SESSION = 4;
/** About as many bytes as are read during one slow round trip: less is not worth balancing. */
const WORTH_A_ROUND_TRIP = 16777216;
/** Sorted by schema and name. */
function contentOf(tables, answers) {
	const byTable = Map.groupBy(answers, ({ task }) => task.table);
	return tables.map((table) => {
		const parts = (byTable.get(table) ?? []).map(({ answer }) => answer);
		if (parts.length === 0) throw new Error(`no answer for ${table.schema}.${table.name}`);
		return {
			schema: table.schema,
			name: table.name,
			rows: parts.reduce((sum, { rows }) => sum + Number(rows), 0),
			hash: hexOf(parts.reduce((sum, { hash }) => sum + BigInt(hash), 0n)),
			geometries: table.columns.filter(isGeometry).map(({ name, declared }, index) => ({
				column: name,
				...declared ?? {
					type: "geometry",
					srid: 0
				},
				...validity(parts.flatMap(({ geometries }) => geometries[index] ?? []))
			}))
		};
	}).sort((a, b) => compareText(a.schema, b.schema) || compareText(a.name, b.name));
}
function validity(parts) {
	const { invalid, unjudged, types } = joinValidities(parts);
	return {
		invalid,
		...unjudged > 0 && { unjudged: {
			count: unjudged,
			types
		} }
	};
}
function compareText(a, b) {
	return a < b ? -1 : Number(a > b);
}
function hexOf(sum) {
	return BigInt.asUintN(64, sum).toString(16).padStart(16, "0");
}
// src/database/transactions.ts
/** Statements see what the session sees. */
const AS_IT_STANDS = {
	begin: [],
	end: []
};
/** Another session exported the snapshot and must keep it open. */
function inSnapshot(snapshot) {
	return {
		begin: ["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", `SET TRANSACTION SNAPSHOT ${literal(snapshot)}`],
		end: ["COMMIT"]
	};
}
/**
* A statement locks its table and each of its indexes until the transaction ends. The server has room for a
* few thousand locks (`max_locks_per_transaction`), and production needs them, too.
*/
const STATEMENTS_PER_TRANSACTION = 100;
/** In one round trip, in as many transactions as needed. Returns the rows of each statement. */
async function inTransactions(session, { begin, end }, statements) {
	const parts = Array.from({ length: Math.ceil(statements.length / STATEMENTS_PER_TRANSACTION) }, (_, index) => index * STATEMENTS_PER_TRANSACTION).map((from) => statements.slice(from, from + STATEMENTS_PER_TRANSACTION));
	const answers = await session.batch(parts.flatMap((part) => [
		...begin,
		...part,
		...end
	]));
	const around = begin.length + end.length;
	return parts.flatMap((part, index) => {
		const from = index * (STATEMENTS_PER_TRANSACTION + around) + begin.length;
		return answers.slice(from, from + part.length);
	});
}
// src/database/scan-tables.ts
/** Reads on all sessions at once. */
async function scanContent(sessions, scan) {
	const tasks = scanTasks(scan.tables, scan.postgisSchema);
	const waiting = [...batchesOf(tasks, sessions.length)];
	const total = tasks.reduce((sum, { bytes }) => sum + bytes, 0) || 1;
	const answers = [];
	let done = 0;
	const work = async (ready) => {
		const session = await ready;
		for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
			scan.signal?.throwIfAborted();
			const results = await inTransactions(session, scan.transaction ?? AS_IT_STANDS, batch.map(({ sql }) => sql));
			for (const [index, task] of batch.entries()) {
				answers.push({
					task,
					answer: results[index]?.[0]
				});
				done += task.bytes;
			}
			scan.onProgress?.(done / total);
		}
	};
	await Promise.all(sessions.map(work));
	return contentOf(scan.tables, answers);
}
// src/database/observe.ts
/** All sessions must see the same state. Takes two round trips, and those of the scan. */
async function observe(sessions, options) {
	const [first, ...others] = sessions;
	if (!first) throw new RangeError("a database is observed through at least one session");
	const ask = async (statements) => (await inTransactions(first, options.transaction, statements)).map(firstValue);
	const [tables, postgisSchema] = await ask([TABLES_QUERY, POSTGIS_SCHEMA_QUERY]);
	const askCatalog = () => ask([
		SEQUENCES_QUERY,
		EXTENSIONS_QUERY,
		STRUCTURE_QUERY,
		LARGE_OBJECTS_QUERY,
		GENERATED_RIGHTS_QUERY,
		...postgisSchema === void 0 ? [] : [`SELECT ${postgisSchema}.postgis_version()`]
	]);
	const catalog = options.complete ? options.complete.then(askCatalog) : askCatalog();
	const free = options.complete ? first : catalog.then(() => first);
	const scan = scanContent([...others, free], {
		...options,
		tables,
		postgisSchema
	});
	const [[sequences, extensions, structure, largeObjects, generatedRights, postgis], contents] = await Promise.all([catalog, scan]);
	return {
		tables,
		contents,
		sequences,
		extensions,
		structure,
		largeObjects,
		generatedRights,
		...postgisSchema !== void 0 && {
			postgisSchema,
			postgis
		}
	};
}
export { saveFilestore as C, parseTableOfContents as D, DISABLED_KEYS as E, relationsOfExtensions as O, readsFilestore as S, printAgain as T, firstFew as _, POSTGIS_SCHEMA_QUERY as a, NOT_SAVED as b, contentOf as c, restoreGeneratedRights as d, SEQUENCES_QUERY as f, geometriesOf as g, compareGeometries as h, inTransactions as i, scanTask as l, sequencesOf as m, scanContent as n, REWRITTEN_QUERY as o, compareSequences as p, inSnapshot as r, TABLES_QUERY as s, observe as t, compareLargeObjects as u, noRoomFailure as v, againQuery as w, filestorePartialsOf as x, prepareBackupFolder as y };
