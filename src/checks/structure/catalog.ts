/**
 * How one catalog of PostgreSQL is compared. Each of its columns is in exactly one of the groups; a test
 * reads the catalogs of the server and holds this complete (test/database/catalogs.lab.test.ts).
 *
 * In all SQL, `o` is the row of the catalog. `relation` and `member` are those of the query
 * (structure-query.ts).
 */
export interface Catalog {
  readonly catalog: string;
  readonly joins?: string;
  /** SQL: the rows that a dump holds. */
  readonly where: string;
  /** SQL: kind and name of the object. Without it, as `pg_identify_object` calls it. */
  readonly object?: { readonly kind: string; readonly name: string };
  /** Rows with the same name are one object, in this order (SQL). */
  readonly together?: string;
  /** Columns that the object's name already says. */
  readonly named?: readonly string[];
  /** Columns that are compared as they are. */
  readonly values?: readonly string[];
  /** Columns that refer to other objects. Their names are compared, since each database numbers its own. */
  readonly references?: Readonly<Record<string, string>>;
  /** Columns that need SQL of their own to be compared. */
  readonly printed?: Readonly<Record<string, string>>;
  /** Properties that no column of this catalog has, as SQL. */
  readonly more?: readonly string[];
  /** Columns that hold parsed expressions. */
  readonly expressions?: Expressions;
  /** Columns with rights: they are compared by `rightsOf` (rights.ts), for all objects alike. */
  readonly rights?: readonly string[];
  /** Columns that are not compared, with the reason. */
  readonly left?: Readonly<Record<string, string>>;
}

/**
 * What PostgreSQL prints of an expression can change when it is parsed again. So the source's prints are
 * kept, and where one differs, it is parsed and printed once more (print-again.ts).
 */
export interface Expressions {
  readonly columns: readonly string[];
  /** SQL: an array of texts, or null where the object has no expression. */
  readonly prints: string;
  /** SQL: the owner of the object, who may create it once more. */
  readonly owner: string;
  /**
   * SQL: statements, as an array of texts, that create the object once more from the source's prints.
   * `{print 1}` is the first of these, `{print 2}` the second.
   */
  readonly again: string;
  /** SQL: a condition, as text, for the row of this catalog that they made. */
  readonly made: string;
}

/** The lowest id of an object that is neither PostgreSQL's own nor initdb's (FirstNormalObjectId). */
const FIRST_NORMAL_OID = 16_384;

/** SQL that names an object of a catalog. For catalogs that have no `reg…` type. */
export function identityOf(catalog: string, oid: string): string {
  return `(SELECT i.identity FROM pg_identify_object('${catalog}'::regclass, ${oid}, 0) i)`;
}

/** SQL: the names of several objects, in their order. */
export function identitiesOf(catalog: string, oids: string): string {
  return `(SELECT json_agg(${identityOf(catalog, "u.oid")} ORDER BY u.place) FROM unnest(${oids}) WITH ORDINALITY u (oid, place))`;
}

/** SQL: the names of columns, in the order of their numbers in the array. */
export function columnNames(relation: string, numbers: string): string {
  return `(SELECT json_agg(a.attname ORDER BY u.place) FROM unnest(${numbers}) WITH ORDINALITY u (number, place)
    LEFT JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = u.number)`;
}

/** SQL: options of foreign data in an order of their own, since a dump sorts them. */
export function sortedOptions(column: string): string {
  return `(SELECT json_agg(x.option ORDER BY x.option) FROM unnest(${column}) x (option))`;
}

/** SQL that is true for an object that neither PostgreSQL nor initdb made. */
export function isUsers(oid = "o.oid"): string {
  return `${oid} >= ${FIRST_NORMAL_OID}`;
}

/** SQL that is true for an object of the user's that belongs to no extension. */
export function ownObject(catalog: string, oid = "o.oid"): string {
  return `${isUsers(oid)} AND ${noMember(catalog, oid)}`;
}

/** SQL that is true for an object that belongs to no extension. */
export function noMember(catalog: string, oid = "o.oid"): string {
  return `NOT EXISTS (SELECT FROM member m WHERE m.classid = '${catalog}'::regclass AND m.objid = ${oid})`;
}

/** SQL: kind, name, text and prints of each object. */
export function selectObjects(catalog: Catalog): string {
  const { together, expressions } = catalog;
  const text = `json_build_array(${comparedOf(catalog).join(", ")})::text`;
  if (together === undefined) {
    return selectOf(catalog, `${text} AS text, ${expressions?.prints ?? "NULL"}::text[] AS prints`);
  }
  const all = `string_agg(${text}, ',' ORDER BY ${together}) AS text, NULL::text[] AS prints`;
  return `${selectOf(catalog, all)} GROUP BY 1, 2`;
}

/** SQL: what is needed to create the objects with expressions once more. */
export function selectAgain(catalog: Catalog, { owner, again, made }: Expressions): string {
  return selectOf(
    catalog,
    `'${catalog.catalog}' AS catalog, (${owner})::text AS owner, ${again}::text[] AS again, (${made})::text AS made`,
  );
}

function selectOf({ catalog, joins = "", where, object }: Catalog, columns: string): string {
  const { kind, name } = object ?? { kind: "i.type", name: "i.identity" };
  const identified = `CROSS JOIN LATERAL pg_identify_object('${catalog}'::regclass, o.oid, 0) i`;
  return `SELECT (${kind})::text AS kind, (${name})::text AS name, ${columns}
FROM ${catalog} o ${joins} ${object ? "" : identified} WHERE ${where}`;
}

function comparedOf({ values = [], references = {}, printed = {}, more = [] }: Catalog): string[] {
  return [
    ...values.map((column) => `o.${column}`),
    ...Object.entries(references).map(([column, type]) => referenceOf(`o.${column}`, type)),
    ...Object.values(printed),
    ...more,
  ];
}

/** `regclass`, `regtype[]` and the like, or a catalog. */
function referenceOf(column: string, type: string): string {
  if (type.endsWith("[]")) return `${column}::oid[]::${type}`;
  return type.startsWith("reg") ? `${column}::${type}` : identityOf(type, column);
}
