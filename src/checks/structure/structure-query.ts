import { literal, userSchema } from "../sql.ts";
import { type Catalog, selectAgain, selectObjects } from "./catalog.ts";
import { KEY_CATALOGS } from "./catalogs/key-catalogs.ts";
import { OTHER_CATALOGS } from "./catalogs/other-catalogs.ts";
import { RELATION_CATALOGS } from "./catalogs/relation-catalogs.ts";
import { ROUTINE_CATALOGS } from "./catalogs/routine-catalogs.ts";
import { selectRights } from "./rights.ts";

export const CATALOGS: readonly Catalog[] = [
  ...RELATION_CATALOGS,
  ...KEY_CATALOGS,
  ...ROUTINE_CATALOGS,
  ...OTHER_CATALOGS,
];

/**
 * Goes up with every change to what is compared and how it is printed: the hashes of two versions cannot be
 * compared.
 */
export const STRUCTURE_VERSION = 3;

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

const OBJECTS = [...CATALOGS.map(selectObjects), ...selectRights(), TABLESPACES].join(
  "\nUNION ALL\n",
);

/** Lists every object that a dump holds, as StructureObject. One row, one JSON value. */
export const STRUCTURE_QUERY = `${WITH}
SELECT coalesce(json_agg(json_strip_nulls(json_build_object('kind', s.kind, 'name', s.name, 'hash', ${hashOf("s.text")},
  'prints', s.prints)) ORDER BY s.kind, s.name), '[]') AS structure
FROM (${OBJECTS}) s`;

/** What creates an object once more, and tells where it then is. `{print 1}` is the source's first print. */
export interface Again {
  readonly kind: string;
  readonly name: string;
  readonly catalog: string;
  readonly owner: string;
  readonly again: readonly string[];
  /** SQL: a condition for the row of the catalog that it makes. */
  readonly made: string;
}

const AGAIN = CATALOGS.flatMap((catalog) =>
  catalog.expressions ? [selectAgain(catalog, catalog.expressions)] : [],
).join("\nUNION ALL\n");

/** Answers Again for each of the objects that is there. One row, one JSON value. */
export function againQuery(objects: readonly { kind: string; name: string }[]): string {
  const wanted = JSON.stringify(objects.map(({ kind, name }) => ({ kind, name })));
  return `${WITH}
SELECT coalesce(json_agg(s), '[]') AS again FROM (${AGAIN}) s
JOIN json_to_recordset(${literal(wanted)}) AS w (kind text, name text) ON w.kind = s.kind AND w.name = s.name`;
}

/** The statements that create the object once more from the source's prints, and one that prints it. */
export function printAgain(
  { catalog, again, made }: Again,
  prints: readonly (string | null)[],
): readonly string[] {
  const expressions = CATALOGS.find(
    (one) => one.catalog === catalog && one.expressions,
  )?.expressions;
  if (!expressions) throw new RangeError(`${catalog} has no expressions`);
  const statements = again.map((statement) =>
    statement.replaceAll(/\{print (\d)\}/g, (_, place) => prints[Number(place) - 1] ?? "NULL"),
  );
  return [
    ...statements,
    `SELECT ${expressions.prints}::text[] AS prints FROM ${catalog} o WHERE ${made}`,
  ];
}

function hashOf(text: string): string {
  return `lpad(to_hex(hashtextextended(${text} COLLATE "C", 0)), 16, '0')`;
}
