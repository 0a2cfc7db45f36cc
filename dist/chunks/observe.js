import { a as UserMistake, n as Failed } from "./failure.js";
import { t as counted } from "./count.js";
import { c as namesOf, u as poolOf } from "./backup-name.js";
import { a as passed, o as switchedOff, r as failed } from "./check.js";
import { t as formatBytes } from "./bytes.js";
import { a as and, c as program, u as shellScript } from "./shell.js";
import { t as CommandFailed } from "./command-failed.js";
import { F as onDatabase, H as hasRoom, P as inBackup, R as parseRecords, ct as literal, dt as userSchema, lt as ownByNoExtension, st as identifier, ut as qualified, z as recordPath } from "./discover.js";
import { A as NEED_PACKER, C as idsOf, D as readArchive, O as LACKS_ZSTD, S as inVolumesContainer, T as PACKER, b as runJudgement, j as PRELUDE, v as attachmentsOf, w as judgeFilestore, x as WORK, y as judgementCommand } from "./kept-filestores.js";
import { o as firstValue } from "./sessions.js";
import { t as removeQuietly } from "./remove-quietly.js";
import { S as EXTENSIONS_QUERY, w as LOG_TO_COME_QUERY } from "./refuse-server.js";
import { d as makeFolder, l as freeBytesIn, u as freeSpace } from "./throwaway-database.js";
// src/backups/table-of-contents.ts
/** Longest first, so that `TABLE DATA` is not read as `TABLE`. From pg_dump's archiver, PostgreSQL 18. */
const KINDS = [
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
const ENTRY = new RegExp(`^(\\d+); \\d+ \\d+ (${KINDS.join("|")}) (.*)$`);
function parseTableOfContents(output) {
	return {
		database: /^; {5}dbname: (.*)$/m.exec(output)?.[1] ?? "",
		serverVersion: /^; {5}Dumped from database version: (.*)$/m.exec(output)?.[1] ?? "",
		dumpVersion: /^; {5}Dumped by pg_dump version: (.*)$/m.exec(output)?.[1] ?? "",
		entries: output.split("\n").flatMap(parseEntry)
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
function parseEntry(line) {
	const [, id, kind, rest] = ENTRY.exec(line) ?? [];
	if (id === void 0 || kind === void 0 || rest === void 0) return [];
	const words = rest.split(" ");
	return [{
		id: Number(id),
		kind,
		schema: words[0] ?? "-",
		name: words.slice(1, -1).join(" "),
		owner: words.at(-1) ?? ""
	}];
}
// src/checks/scan.ts
/**
* The tables whose rows a dump holds: ordinary ones and leaves of partitions, unlogged too. Of an
* extension's tables, only those that it declares as configuration. One row, one JSON value.
*/
const TABLES_QUERY = `
SELECT coalesce(json_agg(json_build_object(
    'schema', n.nspname, 'name', c.relname, 'bytes', pg_relation_size(c.oid),
    'dumped', e.condition, 'columns', coalesce(a.columns, '[]'))), '[]') AS tables
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN LATERAL (
  SELECT json_agg(json_build_object('name', a.attname, 'type', t.typname,
      'builtIn', t.typnamespace = 'pg_catalog'::regnamespace AND t.typtype = 'b',
      'declared', CASE WHEN t.typname IN ('geometry', 'geography') THEN format_type(a.atttypid, a.atttypmod) END)
    ORDER BY a.attnum) AS columns
  FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) a ON true
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
/** Types whose hash under PostgreSQL's own equality depends on every byte of the value. */
const HASHED_AS_THEY_ARE = /* @__PURE__ */ new Set([
	"bool",
	"int2",
	"int4",
	"int8",
	"oid",
	"date",
	"time",
	"timestamp",
	"timestamptz",
	"uuid",
	"bytea",
	"name"
]);
const HASHED_AS_BYTES_OF_TEXT = /* @__PURE__ */ new Set(["text", "varchar"]);
const HASHED_AS_BINARY = /* @__PURE__ */ new Set(["geometry", "geography"]);
/** Blocks in one task: 64 MiB of PostgreSQL's 8 KiB blocks, so that a large table keeps all sessions busy. */
const BLOCKS_PER_TASK = 8192;
const BLOCK_BYTES = 8192;
/**
* Statements that read the tables' content, largest first. Each row is hashed as a record, and that hash is
* mixed once more before it is summed. The sum does not depend on the order of rows, and counts duplicates.
* It changes when a value moves from one row to another. The record hash alone would not show that, because
* it is linear in its columns.
*/
function scanTasks(tables, postgisSchema) {
	return tables.flatMap((table) => tasksOf(table, postgisSchema)).sort((a, b) => b.bytes - a.bytes);
}
function tasksOf(table, postgisSchema) {
	const name = qualified(table.schema, table.name);
	const select = selectOf(table, postgisSchema);
	if (table.dumped) return [{
		table,
		bytes: table.bytes,
		sql: `${select} FROM (SELECT * FROM ONLY ${name} ${table.dumped}) t`
	}];
	const parts = Math.max(1, Math.ceil(table.bytes / BLOCK_BYTES / BLOCKS_PER_TASK));
	if (parts === 1) return [{
		table,
		bytes: table.bytes,
		sql: `${select} FROM ONLY ${name} t`
	}];
	return Array.from({ length: parts }, (_, part) => {
		const from = `t.ctid >= '(${part * BLOCKS_PER_TASK},0)'`;
		const to = part < parts - 1 ? ` AND t.ctid < '(${(part + 1) * BLOCKS_PER_TASK},0)'` : "";
		return {
			table,
			bytes: table.bytes / parts,
			sql: `${select} FROM ONLY ${name} t WHERE ${from}${to}`
		};
	});
}
function selectOf(table, postgisSchema) {
	const invalid = geometriesOf$1(table, postgisSchema).map((column) => `count(*) FILTER (WHERE NOT ${postgisSchema}.st_isvalid(t.${identifier(column.name)}))`);
	return `SELECT count(*)::text AS rows, ${hashOf(table.columns)} AS hash, json_build_array(${invalid.join(", ")}) AS invalid`;
}
function hashOf(columns) {
	return `coalesce(sum(hashint8extended(hash_record_extended(${`ROW(${columns.map(hashedValueOf).join(", ")})`}, 0), 0)), 0)::text`;
}
function hashedValueOf({ name, type, builtIn }) {
	const value = `t.${identifier(name)}`;
	if (builtIn && HASHED_AS_THEY_ARE.has(type)) return value;
	if (builtIn && HASHED_AS_BYTES_OF_TEXT.has(type)) return `${value} COLLATE "C"`;
	if (HASHED_AS_BINARY.has(type)) return `${value}::bytea`;
	return builtIn && type !== "xml" ? `${value}::text COLLATE "C"` : `ROW(${value})::text COLLATE "C"`;
}
function geometriesOf$1(table, postgisSchema) {
	return postgisSchema === void 0 ? [] : table.columns.filter(({ type }) => type === "geometry");
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
function contentOf(tables, answers, postgisSchema) {
	const byTable = Map.groupBy(answers, ({ task }) => task.table);
	return tables.map((table) => {
		const parts = (byTable.get(table) ?? []).map(({ answer }) => answer);
		if (parts.length === 0) throw new Error(`no answer for ${table.schema}.${table.name}`);
		return {
			schema: table.schema,
			name: table.name,
			rows: parts.reduce((sum, { rows }) => sum + Number(rows), 0),
			hash: hexOf(parts.reduce((sum, { hash }) => sum + BigInt(hash), 0n)),
			geometries: geometriesOf$1(table, postgisSchema).map(({ name, declared = "geometry" }, index) => ({
				column: name,
				type: declared,
				srid: Number(/,(\d+)\)$/.exec(declared)?.[1] ?? 0),
				invalid: parts.reduce((sum, { invalid }) => sum + (invalid[index] ?? 0), 0)
			}))
		};
	}).sort((a, b) => compareText(a.schema, b.schema) || compareText(a.name, b.name));
}
function compareText(a, b) {
	return a < b ? -1 : Number(a > b);
}
function hexOf(sum) {
	return BigInt.asUintN(64, sum).toString(16).padStart(16, "0");
}
// src/checks/structure.ts
/**
* SQL of a definition in a form that a restore does not change. A check such as `state IN ('a', 'b')` on a
* varchar prints other casts and parentheses after a restore (the parser folds them again), so these do not
* count.
*/
const definition = (text) => `translate(regexp_replace(${text}, '::(text|character varying|bpchar)(\\([0-9]+\\))?(\\[\\])?', '', 'g'), E'() \\n\\t', '')`;
/** Rights of all but the policy's two roles: the rights of those depend on who restored. */
const rights = (acl, owner) => `
  (SELECT string_agg(g.grantee::regrole::text || '=' || g.privilege_type || g.is_grantable, ',' ORDER BY g.grantee::regrole::text, g.privilege_type)
   FROM aclexplode(${acl}) g WHERE g.grantee <> ${owner} AND pg_get_userbyid(g.grantee) <> ALL ($roles$))`;
/** The owner, where it is neither of the two. */
const thirdOwner = (owner) => `CASE WHEN pg_get_userbyid(${owner}) <> ALL ($roles$) THEN 'of ' || ${owner}::regrole END`;
const relation = `
SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialised view' WHEN 'S' THEN 'sequence'
    WHEN 'c' THEN 'composite type' WHEN 'f' THEN 'foreign table' ELSE 'table' END AS kind,
  n.nspname || '.' || c.relname AS name,
  concat_ws('|', c.relkind, c.relpersistence, c.reloptions, c.relrowsecurity, c.relforcerowsecurity, c.relreplident,
    pg_get_partkeydef(c.oid), ${definition("pg_get_expr(c.relpartbound, c.oid)")},
    (SELECT string_agg(i.inhparent::regclass::text, ',' ORDER BY i.inhseqno) FROM pg_inherits i WHERE i.inhrelid = c.oid),
    (SELECT string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
        a.attgenerated, ${definition("pg_get_expr(d.adbin, d.adrelid)")}, a.attcollation::regcollation, a.attoptions,
        a.attstorage, a.attcompression, ${rights("a.attacl", "c.relowner")}), ',' ORDER BY a.attnum)
     FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
    (SELECT string_agg(k.conname || ' ' || ${definition("pg_get_constraintdef(k.oid)")} || k.convalidated, ',' ORDER BY k.conname)
     FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype <> 'n'),
    (SELECT string_agg(${definition("pg_get_indexdef(i.indexrelid)")} || i.indisvalid || i.indisclustered || i.indisreplident, ',' ORDER BY i.indexrelid::regclass::text)
     FROM pg_index i WHERE i.indrelid = c.oid AND i.indisready AND (i.indisvalid OR c.relkind = 'p')),
    (SELECT string_agg(pg_get_triggerdef(t.oid) || t.tgenabled::text, ',' ORDER BY t.tgname)
     FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal),
    (SELECT string_agg(concat_ws(' ', p.polname, p.polcmd, p.polpermissive,
        (SELECT string_agg(o::regrole::text, ' ' ORDER BY o::regrole::text) FROM unnest(p.polroles) o), ${definition("pg_get_expr(p.polqual, p.polrelid)")}, ${definition("pg_get_expr(p.polwithcheck, p.polrelid)")}), ',' ORDER BY p.polname)
     FROM pg_policy p WHERE p.polrelid = c.oid),
    (SELECT string_agg(${definition("pg_get_ruledef(r.oid)")} || r.ev_enabled::text, ',' ORDER BY r.rulename)
     FROM pg_rewrite r WHERE r.ev_class = c.oid AND r.rulename <> '_RETURN'),
    CASE WHEN c.relkind IN ('v', 'm') THEN ${definition("pg_get_viewdef(c.oid)")} || c.relispopulated END,
    (SELECT concat_ws(' ', s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmax, s.seqmin, s.seqcache, s.seqcycle)
     FROM pg_sequence s WHERE s.seqrelid = c.oid),
    (SELECT string_agg(d.refobjid::regclass::text || d.refobjsubid || d.deptype::text, ',' ORDER BY d.refobjid::regclass::text)
     FROM pg_depend d WHERE c.relkind = 'S' AND d.classid = 'pg_class'::regclass AND d.objid = c.oid
       AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')),
    (SELECT concat_ws(' ', s.srvname, f.ftoptions,
        (SELECT string_agg(a.attname || ' ' || a.attfdwoptions::text, ',' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attfdwoptions IS NOT NULL))
     FROM pg_foreign_table f JOIN pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = c.oid),
    (SELECT string_agg(x.objsubid || ' ' || x.description, ',' ORDER BY x.objsubid)
     FROM pg_description x WHERE x.classoid = 'pg_class'::regclass AND x.objoid = c.oid),
    ${rights("c.relacl", "c.relowner")}, ${thirdOwner("c.relowner")}) AS text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c') AND c.relpersistence <> 't'
  AND ${userSchema("n.nspname")} AND ${ownByNoExtension("'pg_class'::regclass", "c.oid")}
  AND (c.relkind <> 'c' OR ${ownByNoExtension("'pg_type'::regclass", "c.reltype")})`;
const routine = `
SELECT 'function', n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
  concat_ws('|', p.prokind, CASE WHEN p.prokind = 'a' THEN p.prosrc ELSE pg_get_functiondef(p.oid) END,
    (SELECT concat_ws(' ', g.aggtransfn, g.aggfinalfn, g.aggtranstype::regtype, g.agginitval) FROM pg_aggregate g WHERE g.aggfnoid = p.oid),
    ${rights("coalesce(p.proacl, acldefault('f', p.proowner))", "p.proowner")}, ${thirdOwner("p.proowner")})
FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE ${userSchema("n.nspname")} AND ${ownByNoExtension("'pg_proc'::regclass", "p.oid")}`;
const type = `
SELECT 'type', n.nspname || '.' || t.typname,
  concat_ws('|', t.typtype, format_type(nullif(t.typbasetype, 0), t.typtypmod), t.typnotnull, ${definition("t.typdefault")},
    (SELECT string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = t.oid),
    (SELECT string_agg(k.conname || ${definition("pg_get_constraintdef(k.oid)")}, ',' ORDER BY k.conname) FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype <> 'n'),
    (SELECT r.rngsubtype::regtype::text FROM pg_range r WHERE r.rngtypid = t.oid),
    ${rights("coalesce(t.typacl, acldefault('T', t.typowner))", "t.typowner")}, ${thirdOwner("t.typowner")})
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE t.typtype IN ('e', 'd', 'r') AND ${userSchema("n.nspname")} AND ${ownByNoExtension("'pg_type'::regclass", "t.oid")}`;
const schema = `
SELECT 'schema', n.nspname::text,
  concat_ws('|', ${rights("coalesce(n.nspacl, acldefault('n', n.nspowner))", "n.nspowner")}, ${thirdOwner("n.nspowner")})
FROM pg_namespace n WHERE ${userSchema("n.nspname")} AND ${ownByNoExtension("'pg_namespace'::regclass", "n.oid")}
UNION ALL
SELECT 'default rights', concat_ws(' ', 'of', x.defaclrole::regrole, 'in', nullif(x.defaclnamespace, 0)::regnamespace, 'on', x.defaclobjtype),
  ${rights("x.defaclacl", "x.defaclrole")}
FROM pg_default_acl x`;
/** Their content is proven row by row. The rights of others to them are here, for all together. */
const largeObjects = `
SELECT 'large objects', 'rights',
  string_agg(concat_ws(' ', m.oid, ${rights("m.lomacl", "m.lomowner")}, ${thirdOwner("m.lomowner")}), ',' ORDER BY m.oid)
FROM pg_largeobject_metadata m
HAVING count(*) > 0`;
/** The lowest id of an object that is neither PostgreSQL's own nor initdb's (FirstNormalObjectId). */
const OWN = 16384;
const rare = `
SELECT o.type, o.identity, x.text
FROM (
  SELECT 'pg_operator'::regclass AS catalog, oid, concat_ws(' ', oprcode, oprcom::regoperator, oprnegate::regoperator, oprrest, oprjoin, oprcanmerge, oprcanhash)
  FROM pg_operator
  UNION ALL
  SELECT 'pg_cast'::regclass, oid, concat_ws(' ', castfunc::regprocedure, castcontext, castmethod) FROM pg_cast
  UNION ALL
  SELECT 'pg_collation'::regclass, oid, concat_ws(' ', collprovider, collisdeterministic, collcollate, collctype, colllocale, collicurules) FROM pg_collation
  UNION ALL
  SELECT 'pg_ts_config'::regclass, c.oid, (SELECT string_agg(concat_ws(' ', m.maptokentype, m.mapdict::regdictionary), ',' ORDER BY m.maptokentype, m.mapseqno) FROM pg_ts_config_map m WHERE m.mapcfg = c.oid)
  FROM pg_ts_config c
  UNION ALL
  SELECT 'pg_ts_dict'::regclass, oid, dictinitoption FROM pg_ts_dict
  UNION ALL
  SELECT 'pg_statistic_ext'::regclass, oid, pg_get_statisticsobjdef(oid) FROM pg_statistic_ext
  UNION ALL
  SELECT 'pg_foreign_server'::regclass, s.oid, concat_ws('|', w.fdwname, s.srvtype, s.srvversion, s.srvoptions)
  FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
  UNION ALL
  SELECT 'pg_event_trigger'::regclass, oid, concat_ws('|', evtevent, evtfoid::regprocedure, evtenabled, evttags) FROM pg_event_trigger
) AS x (catalog, oid, text)
CROSS JOIN LATERAL pg_identify_object(x.catalog, x.oid, 0) o
WHERE x.oid >= ${OWN} AND ${ownByNoExtension("x.catalog", "x.oid")}`;
/** All comments but those on tables and their columns, which count as part of the table. */
const comments = `
SELECT 'comment on', concat_ws(' ', o.type, o.identity), x.description
FROM pg_description x CROSS JOIN LATERAL pg_identify_object(x.classoid, x.objoid, x.objsubid) o
WHERE x.objoid >= ${OWN} AND x.classoid <> 'pg_extension'::regclass
  AND NOT EXISTS (SELECT FROM pg_class c WHERE x.classoid = 'pg_class'::regclass AND c.oid = x.objoid AND c.relkind NOT IN ('i', 'I'))
  AND ${ownByNoExtension("x.classoid", "x.objoid")}`;
/**
* Lists every object that belongs to no extension, with a hash of its definition. `roles` are the policy's
* two roles. One row, one JSON value.
*/
function structureQuery(roles) {
	const array = `ARRAY[${roles.map((role) => `'${role.replaceAll("'", "''")}'`).join(", ")}]::text[]`;
	return `
SELECT coalesce(json_agg(json_build_object('kind', kind, 'name', name,
    'hash', lpad(to_hex(hashtextextended(coalesce(text, '') COLLATE "C", 0)), 16, '0')) ORDER BY kind, name), '[]') AS structure
FROM (${[
		relation,
		routine,
		type,
		schema,
		largeObjects,
		rare,
		comments
	].join("\nUNION ALL\n")}) AS objects (kind, name, text)`.replaceAll("$roles$", () => array);
}
/** Passed when each object of the source is there and defined alike, and no other. */
function compareStructure(expected, restored) {
	const key = ({ kind, name }) => `${kind} ${name}`;
	const found = new Map(restored.map((object) => [key(object), object.hash]));
	const wanted = new Set(expected.map(key));
	const missing = expected.filter((object) => !found.has(key(object)));
	const changed = expected.filter((object) => found.has(key(object)) && found.get(key(object)) !== object.hash);
	const extra = restored.filter((object) => !wanted.has(key(object)));
	const trouble = [
		named("missing", missing, key),
		named("different", changed, key),
		named("unexpected", extra, key)
	].filter(Boolean);
	if (trouble.length > 0) return failed("structure", `The restored structure is not the source's: ${trouble.join("; ")}.`, "Restore this backup by hand and compare `pg_dump --schema-only` of both; report it if they agree.");
	return passed("structure", `All ${expected.length} objects are there and defined as in the source.`);
}
function named(what, objects, key) {
	if (objects.length === 0) return "";
	const shown = objects.slice(0, 5).map(key).join(", ");
	return `${objects.length} ${what} (${shown}${objects.length > 5 ? ", …" : ""})`;
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
	const check = judgeFilestore(findings, {
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
	const keyOf = (one) => `${one.schema}.${one.table}.${one.column}`;
	const found = new Map(restored.map((one) => [keyOf(one), one]));
	const wrong = expected.flatMap((one) => {
		const other = found.get(keyOf(one));
		if (!other) return [`${keyOf(one)} is missing`];
		if (other.type !== one.type) return [`${keyOf(one)} is ${other.type} instead of ${one.type}`];
		if (other.invalid !== one.invalid) return [`${keyOf(one)} has ${other.invalid} invalid geometries instead of ${one.invalid}`];
		return [];
	});
	if (wrong.length > 0) return failed("geometry", `${wrong.length} of ${expected.length} geometry columns differ: ${wrong.slice(0, 5).join("; ")}.`, "Compare the PostGIS versions of source and target; do not rely on this backup until it passes.");
	const invalid = expected.reduce((sum, one) => sum + one.invalid, 0);
	const note = invalid > 0 ? ` (${invalid} geometries are invalid in the source, too)` : "";
	return passed("geometry", `${expected.length} geometry columns agree in type, SRID and validity${note}.`);
}
// src/checks/sequences.ts
/**
* The state of every sequence that a dump holds. `pg_get_sequence_data` is what pg_dump 18 itself reads.
* One row, one JSON value.
*/
const SEQUENCES_QUERY = `
SELECT coalesce(json_agg(json_build_object('schema', n.nspname, 'name', c.relname,
    'value', s.last_value::text, 'called', s.is_called) ORDER BY n.nspname, c.relname), '[]') AS sequences
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL pg_get_sequence_data(c.oid) s
WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND ${userSchema("n.nspname")}
  AND NOT EXISTS (SELECT FROM pg_depend d JOIN pg_extension x ON x.oid = d.refobjid
    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
      AND array_position(x.extconfig, c.oid) IS NULL)`;
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
/** Passed when each has a value that it had during the dump. */
function compareSequences(expected, restored) {
	const found = new Map(restored.map((sequence) => [keyOf(sequence), sequence]));
	const wrong = expected.filter((sequence) => !stoodAt(sequence, found.get(keyOf(sequence))));
	if (wrong.length === 0) return passed("sequences", `All ${expected.length} sequences have the values that they had.`);
	const shown = wrong.slice(0, 5).map((one) => `${one.schema}.${one.name} is at ${found.get(keyOf(one))?.value ?? "nothing"} instead of ${one.before.value}`).join("; ");
	return failed("sequences", `${wrong.length} of ${expected.length} sequences have other values: ${shown}.`, "New records would collide with restored ones. Take a new backup and drill it.");
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
// src/checks/large-objects.ts
/** Count and content hash of all large objects. One row, one JSON value. */
const LARGE_OBJECTS_QUERY = `
SELECT json_build_object('count', count(*),
  'hash', lpad(to_hex((coalesce(sum(hashint8extended(hash_record_extended(ROW(m.oid, lo_get(m.oid)), 0), 0)), 0) % 9223372036854775807)::int8), 16, '0')) AS large_objects
FROM pg_largeobject_metadata m`;
function compareLargeObjects(expected, restored) {
	if (expected.count === restored.count && expected.hash === restored.hash) return passed("large-objects", `All ${expected.count} large objects came back as they were.`);
	return failed("large-objects", expected.count === restored.count ? `The ${expected.count} large objects came back with other content.` : `${restored.count} large objects came back instead of ${expected.count}.`, "Do not rely on this backup. Take a new one and drill it.");
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
	return contentOf(scan.tables, answers, scan.postgisSchema);
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
		structureQuery(options.roles),
		LARGE_OBJECTS_QUERY,
		...postgisSchema === void 0 ? [] : [`SELECT ${postgisSchema}.postgis_version()`]
	]);
	const catalog = options.complete ? options.complete.then(askCatalog) : askCatalog();
	const free = options.complete ? first : catalog.then(() => first);
	const scan = scanContent([...others, free], {
		...options,
		tables,
		postgisSchema
	});
	const [[sequences, extensions, structure, largeObjects, postgis], contents] = await Promise.all([catalog, scan]);
	return {
		tables,
		contents,
		sequences,
		extensions,
		structure,
		largeObjects,
		...postgisSchema !== void 0 && {
			postgisSchema,
			postgis
		}
	};
}
export { parseTableOfContents as C, scanTasks as S, compareStructure as _, compareLargeObjects as a, TABLES_QUERY as b, sequencesOf as c, noRoomFailure as d, prepareBackupFolder as f, saveFilestore as g, readsFilestore as h, inTransactions as i, compareGeometries as l, filestorePartialsOf as m, scanContent as n, SEQUENCES_QUERY as o, NOT_SAVED as p, inSnapshot as r, compareSequences as s, observe as t, geometriesOf as u, POSTGIS_SCHEMA_QUERY as v, relationsOfExtensions as w, contentOf as x, REWRITTEN_QUERY as y };
